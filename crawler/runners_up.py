"""Each field of a page with what else the page offers for it: every candidate is asked.

For `tinso try` alone: a crawl stops at the first candidate that answers. Pure, like the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from crawler.clean.article import published_of
from crawler.clean.text import one_line, plain, visible
from crawler.extract.beside.attachments import files_linked, unique_files
from crawler.extract.beside.media import outer_images, unique_images
from crawler.extract.draft import Found, Moment
from crawler.extract.fields import read_byline, read_credit, read_text
from crawler.extract.moments.machine import machine_dates
from crawler.extract.moments.shown import scene_of, shown_date
from crawler.extract.page import Page
from crawler.extract.published import moment_in_url, read_published
from crawler.extract.rules import Candidates
from crawler.extract.text.blocks import running_text
from crawler.extract.text.body import Body, find_body
from crawler.extract.text.frame import Frame
from crawler.extract.text.general import general_body
from crawler.extract.title import general_title, read_title
from crawler.extract.titles.names import is_no_title
from crawler.families import family_named
from crawler.reading import Reading
from crawler.recipe import Source
from store.model import Attachment, Image, local_time

MOST = 4
"""Runners-up of one field."""

Value = str | tuple[Image, ...] | tuple[Attachment, ...]
"""A text, a date as `show_published` writes it, or what belongs to the article, in its order."""

_TITLES: Candidates = (
    "meta[property='og:title']::attr(content)",
    "meta[name='title']::attr(content)",
    "h1",
    "head > title",
)
"""Where every page may say its title, whatever made it."""
_GENERIC = family_named("generic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field as it was read, and what else it might have been."""

    value: Value | None
    """None when it was not found."""
    rule: str | None
    """What gave it; None when nothing did, or no rule can be named."""
    runners_up: tuple[Found[Value], ...] = ()
    """Other values that candidates gave, the best candidate first, each once."""

    def shown(self) -> dict[str, Any]:
        """Write it for a program."""
        others = [
            {"value": _jsonable(found.value), "rule": found.rule} for found in self.runners_up
        ]
        return {"value": _jsonable(self.value), "rule": self.rule, "runners_up": others}


def fields_of(page: Page, source: Source, reading: Reading, *, now: datetime) -> dict[str, Field]:
    """List every field that is read from an article's page, in the order people read them.

    `page`, `source` and `now` are those that `reading` was made of.
    """
    offers = _Offers(page, source, reading)
    draft = reading.draft
    dated = published_of(draft, now=now).chosen
    at = written(dated[0].value) if dated else None
    published: Found[Value] | None = Found(at, dated[0].rule) if dated and at else None
    return {
        "title": _field(_text(draft.title), offers.titles()),
        "published": _field(published, offers.dates(at)),
        "summary": _field(_text(draft.summary), offers.texts("summary", read_text)),
        "body": _field(_body(reading), offers.bodies()),
        "section": _field(_text(draft.section), offers.texts("section", read_text)),
        "byline": _field(_text(draft.byline), offers.texts("byline", read_byline)),
        "dateline": _field(_text(draft.dateline), ()),
        "organisation": _field(
            _text(draft.organisation), offers.texts("organisation", read_credit)
        ),
        "source_credit": _field(
            _text(draft.source_credit), offers.texts("source_credit", read_credit)
        ),
        "images": offers.images(),
        "attachments": offers.attachments(),
    }


def written(moment: Moment) -> str:
    """Write a moment as `store.model.show_published` writes an article's."""
    local = local_time(moment.at)
    if moment.precision == "day":
        return local.date().isoformat()
    return local.isoformat(timespec="seconds")


class _Offers:
    """What each candidate gives for each field of one page."""

    def __init__(self, page: Page, source: Source, reading: Reading) -> None:
        self._family = family_named(reading.family)
        self._page = self._family.before_reading(page)
        self._rules = source.own_rules.before(self._family.rules)
        self._dates = source.dates()
        self._draft = reading.draft
        self._article = reading.sighting.article if reading.sighting else None
        self._title = reading.draft.title.value if reading.draft.title else None

    def texts(
        self, name: str, read: Callable[[Page, Candidates], Found[str] | None]
    ) -> Iterator[Found[Value]]:
        """Yield what the candidates for a short field give, corrected as the article's is."""
        for css in getattr(self._rules, name):
            if found := read(self._page, (css,)):
                changed: dict[str, Any] = {name: found}
                alone = replace(self._draft, **changed)
                mended = getattr(self._family.after_reading(self._page, alone), name)
                yield Found(mended.value if mended else found.value, found.rule)

    def titles(self) -> Iterator[Found[Value]]:
        """Yield titles: by rule, by what all pages have, by what most of the page agrees on.

        What only puts the site's name beside the title that was taken is no other title.
        """
        taken = f"{_key(self._title)} " if self._title else "\0"
        for css in (*self._rules.title, *_GENERIC.rules.title, *_TITLES):
            found = read_title(self._page, (css,))
            if found and not (css in _TITLES and _key(found.value).startswith(taken)):
                yield Found(found.value, found.rule)
        found = general_title(self._page, _GENERIC.rules.title)
        if found and not is_no_title(found.value):
            yield Found(found.value, found.rule)

    def dates(self, taken: str | None) -> Iterator[Found[Value]]:
        """Yield dates: by rule, for programs, near the title, in the address and in the lead.

        The day alone of a date that is known to the minute is no other date.
        """
        known = [taken] if taken else []
        for found in self._moments():
            value = written(found.value)
            if not any(date.startswith(value) for date in known):
                known.append(value)
                yield Found(value, found.rule)

    def _moments(self) -> Iterator[Found[Moment]]:
        page, title = self._page, self._title
        scene = scene_of(page, title)
        frame = Frame(scene.title)
        for candidates, holds in ((self._rules.date, None), (_GENERIC.rules.date, frame)):
            for css in candidates:
                if dated := read_published(page, (css,), self._dates, frame=holds):
                    yield dated[0]
        false = self._family.false_dates
        for found, _ in machine_dates(page, self._dates, frame, title=title, false=false):
            yield found
        if shown := shown_date(scene, frame, self._dates, title=title, fetched=page.fetched):
            yield shown
        if in_url := moment_in_url(self._draft.url):
            yield Found(in_url, "url")
        if self._draft.lead_day:
            yield self._draft.lead_day

    def bodies(self) -> Iterator[Found[Value]]:
        """Yield bodies: by rule, and the general reader's."""
        matched = False
        for css in self._rules.body:
            body, _ = find_body(self._page, (css,), self._rules.drop)
            if body is not None:
                matched = True
                yield Found(_text_of_body(body), body.rule)
        general = general_body(
            self._page,
            title=self._title,
            names=() if matched else _GENERIC.rules.body,
            drop=_GENERIC.rules.drop,
        )
        if general is not None:
            yield Found(_text_of_body(general.body), general.body.rule)

    def images(self) -> Field:
        """Name the rules of the pictures: outside the body by rule, else the body's own."""
        offered = [
            Found(self._mended_images(tuple(found)), f"css:{css}")
            for css in self._rules.image
            if (found := list(outer_images(self._page.select(css), self._page.base_url)))
        ]
        kept = self._article.images if self._article else self._draft.images
        outside = {image.url for image in offered[0].value} if offered else set()
        rules = [offered[0].rule] if outside & {image.url for image in kept} else []
        if any(image.url not in outside for image in kept) and self._draft.body_html:
            rules.append(self._draft.body_html.rule)
        held = {image.url for image in kept}
        others: list[Found[Value]] = [
            Found(found.value, found.rule)
            for found in offered
            if not {image.url for image in found.value} <= held
        ]
        return _field(Found(kept, " + ".join(rules)) if kept else None, others)

    def attachments(self) -> Field:
        """Name the rules of the files: those of every rule are taken, and those of the body."""
        kept = self._article.attachments if self._article else self._draft.attachments
        missing = {file.url for file in kept}
        rules = []
        for css in self._rules.attachments:
            nodes = [node for node in self._page.select(css) if not isinstance(node, str)]
            found = unique_files(files_linked(nodes, self._page.base_url, all_links=True))
            told = {file.url for file in found} & missing
            if told:
                rules.append(f"css:{css}")
                missing -= told
        if missing and self._draft.body_html:
            rules.append(self._draft.body_html.rule)
        return _field(Found(kept, " + ".join(rules)) if kept else None, ())

    def _mended_images(self, images: tuple[Image, ...]) -> tuple[Image, ...]:
        """Let the family's hook correct pictures as it corrects the article's."""
        alone = replace(self._draft, images=unique_images(images, ()))
        return self._family.after_reading(self._page, alone).images


def _field(found: Found[Value] | None, offered: Iterable[Found[Value]]) -> Field:
    """Put beside what was taken whatever is another value, the best candidate first.

    A candidate's raw words, from which the reading cut a dateline or a label, are no other value.
    """
    offers = list(offered)
    taken = {""}
    if found is not None:
        taken |= {_key(found.value)} | {_key(o.value) for o in offers if o.rule == found.rule}
    others: dict[str, Found[Value]] = {}
    for offer in offers:
        if (key := _key(offer.value)) not in taken:
            others.setdefault(key, offer)
    return Field(
        value=(found.value or None) if found else None,
        rule=(found.rule or None) if found else None,
        runners_up=tuple(others.values())[:MOST],
    )


def _key(value: Value) -> str:
    """Fold a value to what must differ for it to be another one."""
    text = value if isinstance(value, str) else " ".join(one.url for one in value)
    return " ".join(visible(text).casefold().split())


def _text(found: Found[str] | None) -> Found[Value] | None:
    return Found(one_line(found.value), found.rule) if found else None


def _body(reading: Reading) -> Found[Value] | None:
    """Take the running text of the body; of one without any, what else it holds."""
    draft = reading.draft
    if draft.body_html is None:
        return None
    article = reading.sighting.article if reading.sighting else None
    text = article.body_text if article else draft.body_text.strip()
    left = article.body_html if article else ""
    return Found(text or plain(draft.body_html.value) or left, draft.body_html.rule)


def _text_of_body(body: Body) -> str:
    return running_text(body.blocks).strip() or plain(body.html)


def _jsonable(value: Value | None) -> Any:
    return [asdict(one) for one in value] if isinstance(value, tuple) else value
