"""The dates that a site's own feed and news sitemap give: their bytes → address → moment.

Feeds lie in known ways (`FeedTime`); a sitemap's `lastmod` is an edit's time on most systems.
Hostile XML is safe: no entity is resolved, nothing is fetched, and no more than 4 MB are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Literal

from lxml import etree

from crawler.clean.text import one_line
from crawler.clean.urls import canonical
from crawler.extract.dates import read_moment
from crawler.extract.draft import Found, Moment
from crawler.extract.select import Element
from store.model import VIETNAM

FeedTime = Literal["right", "month-in-minutes", "utc-as-local"]
"""`month-in-minutes`: NukeViet 3.0 to 4.5 and 5 write the number of the month for the minutes.
`utc-as-local`: Joomla 3 writes the UTC clock with the local offset, 7 hours early."""

_READ_BYTES = 4_000_000
_MOST_ITEMS = 50_000
"""The most that a sitemap may hold (sitemaps.org)."""
_PUBLISHED = ("pubDate", "published", "issued", "date")
"""RSS 2.0, Atom, Atom 0.3, Dublin Core; `updated` is an edit's."""

Dates = dict[str, Found[Moment]]
"""Canonical address → date; an address without a date is left out."""


def read_feed(body: bytes, url: str, *, time: FeedTime = "right") -> Dates:
    """Read the dates of an RSS 0.9 to 2.0 or Atom feed at `url`; empty for what is none."""
    found: Dates = {}
    for item in _items(body, ("item", "entry")):
        told = {_name(node): one_line(node.text or "")[:200] for node in item}
        name = next((name for name in _PUBLISHED if told.get(name)), None)
        moment = read_moment(told[name]) if name else None
        if name and moment:
            _keep(found, _link(item), url, Found(_corrected(moment, time), f"feed:{name}"))
    return found


def read_sitemap(body: bytes, url: str, *, lastmod: bool = False) -> Dates:
    """Read the dates of a news sitemap at `url`: `news:publication_date`.

    `lastmod` stands in for it where the CMS is known to write the time of publication there.
    """
    found: Dates = {}
    for entry in _items(body, ("url",)):
        told = {_name(node): one_line(node.text or "")[:2000] for node in entry.iter()}
        names = ("publication_date", "lastmod") if lastmod else ("publication_date",)
        for name in names:
            moment = read_moment(told.get(name, ""))
            if moment:
                _keep(found, told.get("loc", ""), url, Found(moment, f"sitemap:{name}"))
                break
    return found


def _items(body: bytes, names: tuple[str, ...]) -> Iterator[Element]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(body[:_READ_BYTES].lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:
        return
    for count, node in enumerate(root.iter(*(f"{{*}}{name}" for name in names))):
        if count >= _MOST_ITEMS:
            return
        yield node


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _link(item: Element) -> str:
    links = [node for node in item if _name(node) == "link"]
    for node in links:
        if node.get("href") and node.get("rel", "alternate") == "alternate":
            return node.get("href") or ""
    return next((node.text.strip() for node in links if node.text), "")


def _keep(found: Dates, link: str, base: str, date: Found[Moment]) -> None:
    try:
        address = canonical(link, base) if link else ""
    except ValueError:
        return
    if address:
        found.setdefault(address, date)


def _corrected(moment: Moment, time: FeedTime) -> Moment:
    """Undo a known lie; of minutes that are a month's number only the day is believed.

    The hour is right there, but no precision lies between minute and day, and a feed is asked only
    where nothing better tells. NukeViet 4.6 writes other minutes, which are kept.
    """
    if moment.precision == "day":
        return moment
    if time == "month-in-minutes":
        told = moment.at.astimezone(UTC)
        if told.minute == told.month and not told.second:
            day = moment.at.astimezone(VIETNAM).replace(hour=0, minute=0, second=0)
            return Moment(at=day, precision="day", raw=moment.raw)
    if time == "utc-as-local" and moment.at.utcoffset() == VIETNAM.utcoffset(None):
        at = moment.at.replace(tzinfo=UTC)
        return Moment(at=at, precision="minute", raw=moment.raw)
    return moment
