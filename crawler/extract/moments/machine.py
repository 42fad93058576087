"""The publication date that a page gives for programs: JSON-LD, meta, microdata, `time`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any

from crawler.clean.text import one_line
from crawler.extract.date_order import SourceDates
from crawler.extract.dates import may_hold_date
from crawler.extract.draft import Found, Moment
from crawler.extract.moments.event import names_event
from crawler.extract.page import Page
from crawler.extract.select import Element, elements, text_of
from crawler.extract.text.frame import Frame, is_of_others
from store.model import PublishedFrom

_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "datecreated",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)
_ARTICLES = ("article", "posting", "report", "newsitem")
_EDITED = ("updated", "modified", "cap-nhat", "capnhat")
_MOST_TIMES = 30
_ISO = re.compile(r"\s*\d{4}-\d\d-\d\d")
_JUST_NOW = timedelta(minutes=10)

Dated = tuple[Found[Moment], PublishedFrom]


def machine_dates(
    page: Page, dates: SourceDates, frame: Frame, *, title: str | None, false: Collection[str] = ()
) -> Iterator[Dated]:
    """Yield them, best first; never an edit's, nor the moment of the answer itself.

    `false` names those that hold another time on this CMS: `json-ld`, `meta`, `microdata`, `time`.
    """
    for name, read in (
        ("json-ld", _json_ld(page, title)),
        ("meta", ((f"meta:{name}", page.meta.get(name, "")) for name in _META)),
        ("microdata", _microdata(page, frame)),
        ("time", _times(page, frame)),
    ):
        if name in false:
            continue
        for rule, text in read:
            moment = dates.read(text, rule, reference=page.fetched) if text else None
            if moment and not _is_now(moment, page):
                yield Found(moment, rule), "page" if name == "time" else "meta"
                break


def _json_ld(page: Page, title: str | None) -> Iterator[tuple[str, str]]:
    """Yield the dates of the page's own article, then of whatever else has one."""
    items = [item for item in page.json_ld if isinstance(item.get("datePublished"), str)]
    for item in sorted(items, key=lambda item: _strangeness(item, title)):
        yield "json-ld:datePublished", item["datePublished"]


def _strangeness(item: Mapping[str, Any], title: str | None) -> int:
    kinds = item.get("@type")
    told = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
    headline = item.get("headline") or item.get("name")
    own = isinstance(headline, str) and title is not None and one_line(headline) == title
    return (0 if own else 2) + (0 if any(kind in told.lower() for kind in _ARTICLES) else 1)


def _microdata(page: Page, frame: Frame) -> Iterator[tuple[str, str]]:
    rule = "css:[itemprop=datePublished]"
    if page.contains("datePublished"):
        for node in elements(page.root, "[itemprop~=datePublished]")[:_MOST_TIMES]:
            if not frame.holds(node):
                yield rule, node.get("content") or node.get("datetime") or text_of(node)


def _times(page: Page, frame: Frame) -> Iterator[tuple[str, str]]:
    times = elements(page.root, "time")[:_MOST_TIMES] if page.contains("<time") else []
    for node in times:
        if (
            _is_edit(node)
            or frame.holds(node)
            or _in_link_or_row(node)
            or is_of_others(node, frame)
            or names_event(node)
        ):
            continue
        told, shown = node.get("datetime") or "", text_of(node)
        yield "css:time[datetime]", told if ":" in told or ":" not in shown else f"{shown} {told}"
    if atom := _microformat(page, frame):
        yield "css:abbr.published[title]", atom


def _microformat(page: Page, frame: Frame) -> str | None:
    """Read the date of hAtom, which Blogger writes behind a clock; of several posts none.

    One that shows its day is read as shown: its zone may make another day of it.
    """
    if not page.contains("<abbr"):
        return None
    nodes = elements(page.root, "abbr.published[title]")[:_MOST_TIMES]
    told = {
        node.get("title") or ""
        for node in nodes
        if not is_of_others(node, frame) and not may_hold_date(text_of(node))
    }
    only = told.pop() if len(told) == 1 else ""
    return only if _ISO.match(only) else None


def _is_edit(node: Element) -> bool:
    around = node.getparent()
    names = f"{node.get('class') or ''} {node.get('itemprop') or ''}".lower()
    if around is not None:  # Joomla 4 and 5: `dd.modified > time`
        names += f" {around.get('class') or ''}".lower()
    return any(word in names for word in _EDITED) and "published" not in names


def _in_link_or_row(node: Element) -> bool:
    """Tell a date of other news: in a link, or in an item of a list that has one."""
    for around in [node, *node.iterancestors()][:4]:
        if around.tag == "a":
            return True
        if around.tag == "li" and around.find(".//a[@href]") is not None:
            return len(one_line(text_of(around))) > len(one_line(text_of(node))) + 25
    return False


def _is_now(moment: Moment, page: Page) -> bool:
    """Tell the time of the answer, which some programs write as the article's."""
    if page.fetched is None or moment.precision == "day":
        return False
    return abs(moment.at - page.fetched) < _JUST_NOW
