"""Read a saved page for a source: the one door between fetching a page and keeping an article.

Pure: no request, no clock, no store. What is odd is told as doubts, which a run counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from crawler.clean.article import Refusal, clean, published_of
from crawler.clean.published import Candidate, choose
from crawler.clean.urls import canonical
from crawler.extract.article import read_article
from crawler.extract.date_order import SourceDates
from crawler.extract.draft import Draft, Entry, Found, Listing
from crawler.extract.listing import read_listing
from crawler.extract.moments.general import general_published
from crawler.extract.page import Page
from crawler.extract.published import read_published
from crawler.extract.rules import Rules
from crawler.extract.title import general_title, read_title
from crawler.extract.titles.line import OPENS
from crawler.extract.titles.names import is_no_title
from crawler.extract.titles.text import without_tails
from crawler.families import FAMILIES, Family, family_named
from crawler.families.base import STRONG
from crawler.naming import is_elsewhere, names_at
from crawler.recipe import Source
from store.identity import TRUST, Sighting

_GENERIC = family_named("generic")
_UNNAMED = replace(_GENERIC.rules, title=(), date=(), body=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one article's page gave."""

    family: str
    """Name of the family whose rules read the page."""
    evidence: tuple[str, ...]
    """What the family was recognised by; empty where the recipe named it, or nothing tells."""
    draft: Draft
    """The fields as read, each with its rule."""
    sighting: Sighting | None
    """The article; None when it was refused."""
    refusal: Refusal | None
    """Why there is no article; None when there is one."""
    doubts: tuple[str, ...]
    """What was missing or odd, as counter paths: `article/date/missing`."""

    @property
    def why_refused(self) -> str:
        """A key of `crawler.failures.CAUSES`, for a page that gave no article."""
        return self.refusal.reason if self.refusal else "unreadable"


def read_list(page: Page, source: Source, *, dates: SourceDates | None = None) -> Listing:
    """Read a list page by the source's rules.

    `dates` is what the crawl has learnt of the source's dates so far, and learns more.
    """
    family, _ = family_of(page, source)
    page = family.before_reading(page)
    dates = dates or source.dates()
    dates.expect(family.date_orders)
    listing = read_listing(
        page,
        source.own_rules.before(family.rules),
        is_article=lambda url: source.is_article(url, family),
        leaves=lambda url: is_elsewhere(source, url),
        dates=dates,
        sure=bool(source.own_rules.entry) or family is source.family is not _GENERIC,
    )
    titles = without_tails([entry.title or "" for entry in listing.entries])
    entries = zip(listing.entries, titles, strict=True)
    return replace(listing, entries=tuple(replace(e, title=t or None) for e, t in entries))


def read(
    page: Page,
    source: Source,
    *,
    entry: Entry | None,
    now: datetime,
    audit: bool = False,
    dates: SourceDates | None = None,
    others: Iterable[Candidate] = (),
) -> Reading:
    """Read an article's page by the source's rules, then make it fit to keep.

    `entry` is the article as a list showed it; its title and date stand in where the page gives
    none. `now` is the moment of the crawl. With `audit` the general reader is asked as well, and
    its agreement becomes the article's `confidence`. `dates` is what the crawl has learnt of the
    source's dates; `others` are dates of the article from its print page, sitemap and feed, best
    first.
    """
    dates = dates or source.dates()
    listed = entry.date if entry else None
    family, evidence = family_of(page, source)
    dates.expect(family.date_orders)
    page = family.before_reading(page)
    draft = read_article(
        page,
        _rules_for(source, family),
        article_address=source.article_address,
        signs_in_body=family.signs_in_body,
        spare=_GENERIC.rules,
        audit=audit,
        dates=dates,
        known=listed.value if listed and dates.is_sure(listed.value, listed.rule) else None,
        false_dates=family.false_dates,
    )
    draft = _with_others(family.after_reading(page, draft), entry, others, now)
    outcome = clean(draft, source=source, now=now)
    sighting = _also_named(outcome, page, source, entry) if isinstance(outcome, Sighting) else None
    refusal = outcome if isinstance(outcome, Refusal) else None
    doubts = draft.doubts + _doubts(draft, sighting, now)
    if audit and _made_by_another(page, source.family):
        doubts += ("article/family/changed",)
    return Reading(
        family=family.name,
        evidence=evidence,
        draft=draft,
        sighting=sighting,
        refusal=refusal,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def read_listed(entry: Entry, source: Source, *, now: datetime) -> Sighting | None:
    """Make the article of an entry that lies on another site: what the list says of it.

    Its text is the list's summary, if that has one. None for an entry without a title.
    """
    if entry.title is None:
        return None
    draft = Draft(
        url=entry.url,
        key=None if entry.leaves else source.key_of(entry.url),
        title=Found(entry.title, "listing"),
        published=entry.date,
        published_from="listing" if entry.date else None,
        summary=Found(entry.summary, "listing") if entry.summary else None,
        body_html=Found(f"<p>{escape(entry.summary)}</p>", "listing") if entry.summary else None,
        body_text=entry.summary or "",
    )
    outcome = clean(draft, source=source, now=now, bare=True)
    return outcome if isinstance(outcome, Sighting) else None


def _also_named(sighting: Sighting, page: Page, source: Source, entry: Entry | None) -> Sighting:
    """Name an article by the addresses too that a list and a redirect gave it."""
    others = (entry.url if entry else page.url, page.url)
    named = [name for url in others for name in names_at(source, canonical(url))]
    return replace(sighting, aliases=tuple(dict.fromkeys((*sighting.aliases, *named))))


def family_of(page: Page, source: Source) -> tuple[Family, tuple[str, ...]]:
    """Name the family whose rules read the page: the recipe's, or the one its traces prove.

    The evidence is empty where the recipe named the family, or nothing tells.
    """
    return recognise(page) if source.family is _GENERIC else (source.family, ())


def _rules_for(source: Source, family: Family) -> Rules:
    """Put the recipe's own rules before the family's.

    A page of no family has none for title, date and body: there the shared names have a voice
    beside the general reader, not the last word.
    """
    return source.own_rules.before(_UNNAMED if family is _GENERIC else family.rules)


def recognise(page: Page) -> tuple[Family, tuple[str, ...]]:
    """Name the family that made a page, with the evidence; the generic one with none."""
    weighed = [(family, family.recognise(page)) for family in FAMILIES.values()]
    family, known = max(weighed, key=lambda pair: pair[1].points)
    return (family, known.evidence) if known.points >= STRONG else (_GENERIC, ())


def _made_by_another(page: Page, family: Family) -> bool:
    """Tell whether a page bears the traces of another CMS than the recipe's."""
    told, _ = recognise(page)
    return told is not family and _GENERIC not in (told, family)


def read_print(page: Page, source: Source) -> Candidate | None:
    """Read the date of an article off its print page; None where that gives none.

    Print pages may write another order than the articles (`Family.date_orders`, `print`).
    """
    family, _ = family_of(page, source)
    page = family.before_reading(page)
    order = family.date_orders.get("print")
    dates = SourceDates(usual={"": order} if order else {}, zone=source.dates().zone)
    rules = _rules_for(source, family)
    title = read_title(page, rules.title) or general_title(page, _GENERIC.rules.title)
    found = read_published(page, rules.date, dates) or general_published(
        page,
        title=title.value if title else None,
        names=_GENERIC.rules.date,
        dates=dates,
        false=family.false_dates,
    )
    return (Found(found[0].value, f"print:{found[0].rule}"), "print") if found else None


def lacks_date(reading: Reading) -> bool:
    """Tell whether neither page nor list gave the article's date: its print page may."""
    article = reading.sighting.article if reading.sighting else None
    return article is not None and TRUST.index(article.published_from) > TRUST.index("print")


def _with_others(
    draft: Draft, entry: Entry | None, others: Iterable[Candidate], now: datetime
) -> Draft:
    """Let list, print page, sitemap and feed stand in where the page is silent, or cannot be right.

    The time of a day that the page names alone is taken from them too.
    """
    if entry is not None and entry.title and _is_unnamed(draft):
        draft = replace(draft, title=Found(entry.title, "listing"))
    read: Candidate | None = (
        (draft.published, draft.published_from or "page") if draft.published else None
    )
    listed: Candidate | None = (entry.date, "listing") if entry and entry.date else None
    decided = choose((read, listed, *sorted(others, key=_trust)), now=now)
    if decided.chosen is None or (decided.chosen == read and not decided.doubts):
        return draft
    return replace(
        draft,
        published=decided.chosen[0],
        published_from=decided.chosen[1],
        doubts=draft.doubts + decided.doubts,
    )


def _is_unnamed(draft: Draft) -> bool:
    """Tell whether the page gave no title, or one that a list knows better."""
    title = draft.title
    return title is None or title.rule == OPENS or is_no_title(title.value)


def _trust(candidate: Candidate) -> int:
    return TRUST.index(candidate[1])


def _doubts(draft: Draft, sighting: Sighting | None, now: datetime) -> tuple[str, ...]:
    doubts = list(published_of(draft, now=now).doubts)
    missing = {
        "title": draft.title is None,
        "summary": draft.summary is None,
        "body": draft.body_html is None,
        "date": sighting is not None and sighting.article.published_from == "first-seen",
    }
    doubts += [f"article/{field}/missing" for field, is_missing in missing.items() if is_missing]
    return tuple(doubts)
