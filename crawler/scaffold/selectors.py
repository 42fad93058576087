"""Elements of a site's own: where its articles say what its lists say of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crawler import reading
from crawler.clean.text import one_line
from crawler.extract.draft import Entry
from crawler.extract.page import Page
from crawler.extract.published import read_published
from crawler.extract.select import Element, text_of
from crawler.extract.title import read_title
from crawler.recipe import Source
from store.model import local_time
from store.text import words

_MOST_DATE_CHARS = 80
_NAME = re.compile(r"[a-zA-Z][\w-]*")
_TOLD_BY_END = re.compile(r"(?:ctl|dnn|_)\w*(_[a-zA-Z]{4,})")
"""Of ids that ASP.NET numbers, the end stays."""
_MOST_TRIED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An article that was read, and what a list says of it."""

    entry: Entry
    page: Page
    reading: reading.Reading

    @property
    def title_differs(self) -> bool:
        """Whether page and list name it otherwise; a list may cut a title short."""
        told, found = self.entry.title, self.reading.draft.title
        return bool(told) and not (found and _alike(told or "", found.value))

    @property
    def date_differs(self) -> bool:
        """Whether page and list show other days, or the page none."""
        told, found = self.entry.date, self.reading.draft.published
        if told is None:
            return False
        return found is None or _day(found.value.at) != _day(told.value.at)

    @property
    def date_is_another(self) -> bool:
        """Whether the page shows a date, and not the list's."""
        return self.date_differs and self.reading.draft.published is not None

    @property
    def dateless(self) -> bool:
        """Whether neither page nor list shows a date."""
        return self.entry.date is None and self.reading.draft.published is None

    @property
    def has_body(self) -> bool:
        """Whether the page gave a text."""
        sighting = self.reading.sighting
        return sighting is not None and bool(sighting.article.body_text)


def own_selectors(samples: Sequence[Sample], source: Source) -> dict[str, str]:
    """Find the elements that a recipe must name. Shape: field of `[select]` → CSS.

    Only where the reading of every sample differs from what the list says, and one element of all
    the pages says the same as the list.
    """
    found: dict[str, str] = {}
    if samples and all(sample.title_differs for sample in samples):
        css = _common(samples, _titles, _says_title)
        found |= {"title": css} if css else {}
    if samples and all(sample.date_differs for sample in samples):
        css = _common(samples, _dates, lambda sample, css: _says_date(sample, css, source))
        found |= {"date": css} if css else {}
    return found


def _common(
    samples: Sequence[Sample],
    candidates: Callable[[Sample], Iterator[Element]],
    says: Callable[[Sample, str], bool],
) -> str | None:
    tried: list[str] = []
    for node in candidates(samples[0]):
        tried += [css for css in _selectors(node) if css not in tried]
    for css in tried[:_MOST_TRIED]:
        if all(says(sample, css) for sample in samples):
            return css
    return None


def _titles(sample: Sample) -> Iterator[Element]:
    for node in _elements(sample.page):
        if _alike(sample.entry.title or "", one_line(text_of(node))):
            yield node


def _dates(sample: Sample) -> Iterator[Element]:
    told = sample.entry.date
    if told is None:
        return
    day = local_time(told.value.at)
    form = re.compile(rf"(?<!\d)0?{day.day}\s*[/.-]\s*0?{day.month}\s*[/.-]\s*{day.year}(?!\d)")
    for node in _elements(sample.page):
        said = one_line(text_of(node))
        if len(said) <= _MOST_DATE_CHARS and form.search(said):
            yield node


def _elements(page: Page) -> Iterator[Element]:
    for node in page.root.iter():
        if isinstance(node.tag, str) and node.tag not in {
            "script",
            "style",
            "a",
            "option",
            "title",
        }:
            yield node


def _selectors(node: Element) -> Iterator[str]:
    """Name an element by its id, its classes, or those of what holds it."""
    for own in (node, node.getparent()):
        if own is None:
            return
        within = "" if own is node else f" > {node.tag!s}"
        names = (own.get("class") or "").split()
        ident = own.get("id") or ""
        if told := _TOLD_BY_END.fullmatch(ident):
            yield f"[id$={told[1]}]{within}"
        elif _NAME.fullmatch(ident) and not re.search(r"\d{2,}", ident):
            yield f"#{ident}{within}"
        for name in names:
            if _NAME.fullmatch(name):
                yield f"{own.tag!s}.{name}{within}"


def _says_title(sample: Sample, css: str) -> bool:
    found = read_title(sample.page, (css,))
    return found is not None and _alike(sample.entry.title or "", found.value)


def _says_date(sample: Sample, css: str, source: Source) -> bool:
    found = read_published(sample.page, (css,), source.dates())
    told = sample.entry.date
    return found is not None and told is not None and _day(found[0].value.at) == _day(told.value.at)


def _alike(told: str, said: str) -> bool:
    """Compare by words; a list's title may break off."""
    listed, own = words(told), words(said)
    if told.rstrip().endswith(("…", "...")):
        own = own[: len(listed)]
    return bool(listed) and listed == own


def _day(at: datetime) -> date:
    return local_time(at).date()
