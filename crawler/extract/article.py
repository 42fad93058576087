"""An article's page → its fields as read: pure, field by field, each with the rule that gave it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from crawler.clean.text import one_line
from crawler.clean.urls import canonical, canonical_or_none
from crawler.extract.beside.attachments import files_linked, unique_files
from crawler.extract.beside.authors import called_byline, structured_byline
from crawler.extract.beside.media import images_of, outer_images, unique_images
from crawler.extract.beside.nearby import files_around, heading_of
from crawler.extract.date_order import SourceDates
from crawler.extract.draft import Draft, Found, Moment
from crawler.extract.fields import read_byline, read_credit, read_text
from crawler.extract.key import key_in
from crawler.extract.moments.general import general_published
from crawler.extract.page import Page
from crawler.extract.published import read_published
from crawler.extract.rules import Rules
from crawler.extract.select import Element
from crawler.extract.text.blocks import RUNNING, Block, running_text
from crawler.extract.text.body import Body, find_body, tidied, without
from crawler.extract.text.dateline import lead_moment, split_dateline
from crawler.extract.text.general import General, general_body, weighed
from crawler.extract.text.lead import lead_above
from crawler.extract.text.lift import dateline_of, lift
from crawler.extract.text.look import letters_of
from crawler.extract.text.others import strangers
from crawler.extract.text.signature import Signature
from crawler.extract.text.voters import ask_finders, words_of
from crawler.extract.title import general_title, is_lone, read_title, title_beside
from crawler.extract.titles.pool import ABOVE_DATE
from store.model import Attachment, Image

_ANY_ADDRESS = re.compile("")
_LEAD_CHARS = 400
"""More are no lead: on 120 pages the longest one had 370 (2026-11)."""
_FIRST_LINES = 2
"""Of a text, where its lead may be printed again: below the title, which may be too."""
_LITTLE_TEXT, _MUCH_MORE = 600, 3
"""Letters below a title that may be a box's or the foot's, and how many times as many are more."""


def read_article(
    page: Page,
    rules: Rules,
    *,
    article_address: re.Pattern[str] = _ANY_ADDRESS,
    signs_in_body: bool = False,
    spare: Rules | None = None,
    audit: bool = False,
    dates: SourceDates | None = None,
    known: Moment | None = None,
    false_dates: Collection[str] = (),
) -> Draft:
    """Read the fields of an article from its page.

    `spare` are the names that portals share, to try for title, date and body where `rules` find
    none: a layout changed, or there is no recipe. With `audit` the general reader is asked even
    where a rule found the body, to say how far it agrees. `dates` reads the source's dates, `known`
    is its date from a place that is sure, `false_dates` names what lies on this CMS.
    """
    url = address_of(page, article_address)
    named = read_title(page, rules.title)
    title = named or (general_title(page, spare.title) if spare else None)
    files = _outer_files(page, rules)
    pictures = tuple(_outer_images(page, rules))
    body, matched = find_body(page, rules.body, rules.drop)
    said, heading = (title.value if title else None), heading_of(page, title)
    general, ask = None, partial(general_body, page)
    if spare is not None and (audit if body else not matched and not (files and rules.body)):
        ask = partial(general_body, page, drop=spare.drop, heard=ask_finders(page))
        general = ask(title=said, names=() if body else spare.body)
        if body is None and title is not None and _is_little(general):
            title, general = _text_above(page, title, general, partial(ask, names=spare.body))
            said, heading = title.value, heading_of(page, title)
    confidence, doubts = weighed(body, general)
    if body is None and general is not None:
        body = general.body
    beside = title_beside(page, title, body) if spare and body and not named else None
    if spare is not None and beside is not None:
        title, said = beside, beside.value
        if general is not None and body is general.body:  # what stands above it is not its text
            general = ask(title=said, names=spare.body) or general
            confidence, doubts = weighed(None, general)
            body = general.body
    summary = read_text(page, rules.summary)
    if not summary and body is not None:
        summary = _found(_lead(body, general, rules, heading), "above the body")
    dates = dates or SourceDates()
    dated = read_published(page, rules.date, dates, known=known)
    if dated is None and spare is not None:
        dated = general_published(
            page, title=said, names=spare.date, dates=dates, false=false_dates, known=known
        )
    draft = Draft(
        url=url,
        key=key_in(article_address, url),
        title=title,
        published=dated[0] if dated else None,
        published_from=dated[1] if dated else None,
        lead_day=_lead_day(summary, body),
        summary=summary,
        byline=_byline(page, rules, spare, heading, body),
        organisation=read_credit(page, rules.organisation),
        source_credit=read_credit(page, rules.source_credit),
        section=read_text(page, rules.section),
        confidence=confidence,
        doubts=doubts,
    )
    if body:
        draft = _with_body(page, draft, body, signs_in_body=signs_in_body)
    elif signs_in_body:
        draft = _without_dateline(draft)
    if draft.byline is None and spare is not None and not rules.body:
        draft = replace(draft, byline=structured_byline(page))
    files = (*files, *files_around(page, body, rules.body if matched else (), title, heading))
    return replace(
        draft,
        images=unique_images(pictures, draft.images),
        attachments=unique_files(files),
    )


def address_of(page: Page, article_address: re.Pattern[str]) -> str:
    """Return the page's canonical link if it stays on the host and names an article."""
    own = canonical(page.url)
    for href in page.canonical_hrefs:
        told = canonical_or_none(href, page.base_url)
        if told is None:
            continue
        same_host = told == own or _host(told) == _host(own)
        if same_host and urlsplit(told).path != "/" and article_address.search(told):
            return told
    return own


def _with_body(page: Page, draft: Draft, body: Body, *, signs_in_body: bool) -> Draft:
    body, signature = tidied(body), Signature()
    strange = strangers(body.blocks) | _repeats(body.blocks, draft.summary)
    body = (without(body, strange) if strange else None) or body
    dateline = dateline_of(body.blocks)
    if signs_in_body:
        draft = _without_dateline(draft)
        lifted = lift(body, draft.title.value if draft.title else None)
        body, signature, dateline = lifted.body, lifted.signature, lifted.dateline
    markup, text = body.html, running_text(body.blocks)
    lead = draft.summary.value if draft.summary else ""
    opens = draft.dateline and not dateline and len(lead) > _LEAD_CHARS
    if opens and lead not in one_line(text):
        # the agency opens the text: so long a lead below it is the text's first paragraph
        markup, text = f"<p>{_escape(lead)}</p>{markup}", f"{lead}\n\n{text}"
    return replace(
        draft,
        body_html=Found(markup, body.rule),
        body_text=text,
        dateline=draft.dateline or _found(dateline, body.rule),
        byline=draft.byline or _found(signature.byline, body.rule),
        organisation=draft.organisation or _found(signature.organisation, body.rule),
        source_credit=draft.source_credit or _found(signature.source_credit, body.rule),
        images=tuple(images_of(body.blocks, page.base_url)),
    )


def _lead(body: Body, general: General | None, rules: Rules, heading: Element | None) -> str | None:
    """Find the lead where no rule names it: as the general reader does, or above a rule's body."""
    if general is not None and body is general.body:
        return general.lead
    return lead_above(body, heading) if rules.summary and heading is not None else None


def _repeats(blocks: Sequence[Block], lead: Found[str] | None) -> set[int]:
    """List the first paragraphs of a text that say the lead once more, if others follow."""
    if lead is None:
        return set()
    running = [index for index, block in enumerate(blocks) if block.kind in RUNNING]
    wanted = _words_behind_dateline(lead.value)
    first = running[:-1][:_FIRST_LINES]
    return {index for index in first if _words_behind_dateline(blocks[index].text) == wanted}


def _words_behind_dateline(text: str) -> str:
    dateline = split_dateline(text)
    return words_of(text[dateline[1] :] if dateline else text)


def _lead_day(lead: Found[str] | None, body: Body | None) -> Found[Moment] | None:
    first = next((b.text for b in body.blocks if b.kind in RUNNING), "") if body else ""
    moments = map(lead_moment, (first, lead.value if lead else ""))
    return next((Found(moment, "lead") for moment in moments if moment), None)


def _without_dateline(draft: Draft) -> Draft:
    found = split_dateline(draft.summary.value) if draft.summary else None
    if draft.summary is None or found is None:
        return draft
    lead = draft.summary.value[found[1] :].strip()
    rule = draft.summary.rule
    return replace(
        draft, dateline=Found(found[0], rule), summary=Found(lead, rule) if lead else None
    )


def _outer_files(page: Page, rules: Rules) -> tuple[Attachment, ...]:
    nodes = [
        node for css in rules.attachments for node in page.select(css) if not isinstance(node, str)
    ]
    return tuple(files_linked(nodes, page.base_url, all_links=True))


def _outer_images(page: Page, rules: Rules) -> list[Image]:
    for css in rules.image:
        images = list(outer_images(page.select(css), page.base_url))
        if images:
            return images
    return []


def _text_above(
    page: Page, title: Found[str], below: General | None, ask: Callable[..., General | None]
) -> tuple[Found[str], General | None]:
    """Read again a page that shows hardly any text below its title, if that may be no title.

    What is found elsewhere counts where another line stands above it as titles do.
    """
    if not is_lone(page, title):
        return title, below
    general = ask()
    if general is None or _letters(general) < _MUCH_MORE * _letters(below):
        return title, below
    beside = title_beside(page, None if title.rule == ABOVE_DATE else title, general.body)
    if beside is None or beside.value == title.value:
        return title, below
    return beside, ask(title=beside.value) or general


def _is_little(general: General | None) -> bool:
    return _letters(general) < _LITTLE_TEXT


def _letters(general: General | None) -> int:
    return letters_of(general.body.blocks) if general else 0


def _byline(
    page: Page, rules: Rules, spare: Rules | None, heading: Element | None, body: Body | None
) -> Found[str] | None:
    """Believe the rules that were made for the site; else ask what portals call an author.

    Where no rule found the text, no name of a class can be trusted more than how it sounds.
    """
    byline = read_byline(page, rules.byline)
    if byline is not None or spare is None:
        return byline
    return called_byline(
        page,
        spare.byline,
        title=heading,
        text=body.origin if body else None,
        everywhere=body is None or body.rule.removeprefix("css:") not in rules.body,
    )


def _found(value: str | None, rule: str) -> Found[str] | None:
    return Found(value, rule) if value else None


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
