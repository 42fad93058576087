"""A site's feed, RSS 0.9 to 2.0 or Atom, read as a list of its articles.

Feeds lie in known ways about the time (`Family.feed_time`); what is left is a stand-in for the
article's own date, never better than it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from crawler.clean.text import one_line, plain
from crawler.clean.urls import absolute_or_none, canonical_or_none
from crawler.discovery.times import corrected, read_rfc822
from crawler.discovery.xml import items_of, name_of, text_in
from crawler.extract.date_order import SourceDates
from crawler.extract.draft import NO_LIST, Entry, Found, Listing, Moment, NextPage
from crawler.extract.select import Element
from crawler.families.base import Family, FeedTime

_MOST_BYTES, _MOST_ITEMS, _MOST_LINKS = 4_000_000, 5_000, 20
_TITLE_CHARS, _SUMMARY_CHARS, _MARKUP_CHARS = 500, 2_000, 20_000

_PUBLISHED = ("pubdate", "published", "issued", "date")
"""RSS 2.0, Atom, Atom 0.3, Dublin Core; `updated` is an edit's."""
_SUMMARIES = ("description", "summary")
_PLAIN_LINKS = ("origlink", "link", "guid", "id")
"""Best first: FeedBurner keeps the article's own address beside the one that counts the visit."""


def read_feed(
    body: bytes,
    url: str,
    *,
    is_article: Callable[[str], bool],
    family: Family,
    content_type: str = "",
) -> Listing:
    """Read the feed at `url`: its entries in the feed's order, each address once.

    An item whose links lead to no article is left out, but counts as a row. The rule is `feed:rss`,
    `feed:rdf` or `feed:feed` (Atom), None for what is no feed. The next page is the one that the
    feed names (RFC 5005).
    """
    found = items_of(
        body,
        ("rss", "rdf", "feed"),
        ("item", "entry"),
        content_type=content_type,
        most_bytes=_MOST_BYTES,
    )
    if found is None:
        return NO_LIST
    root, nodes = found
    items, next_page = _items(nodes, url)
    dates = _dates([date for _, _, _, date in items], family)
    entries: dict[str, Entry] = {}
    for (links, title, summary, _), date in zip(items, dates, strict=True):
        address = next(filter(is_article, links), None)
        if address:
            entry = Entry(url=address, title=title or None, date=date, summary=summary or None)
            entries.setdefault(address, entry)
    return Listing(
        entries=tuple(entries.values()), next_page=next_page, rows=len(items), rule=f"feed:{root}"
    )


_Item = tuple[list[str], str, str, tuple[str, str] | None]
"""Addresses, best first; title; summary; and where a date stands, with its words."""


def _items(nodes: Iterator[Element], url: str) -> tuple[list[_Item], NextPage | None]:
    items: list[_Item] = []
    around = None
    for node in nodes:
        items.append(_item(node, url))
        around = node.getparent()
        if len(items) >= _MOST_ITEMS:
            break
    return items, _next_page(around, url) if around is not None else None


def _next_page(feed: Element, url: str) -> NextPage | None:
    for node in feed:
        if name_of(node) == "link" and node.get("rel") == "next":
            address = _address(node.get("href") or "", _base(node, url), absolute_or_none)
            return NextPage(address) if address else None
    return None


def _item(item: Element, url: str) -> _Item:
    told: dict[str, str] = {}
    addresses: dict[str, list[str]] = {name: [] for name in _PLAIN_LINKS}
    for node in item:
        name = name_of(node)
        if name in addresses:
            if len(addresses[name]) < _MOST_LINKS and _may_lead_to_article(node):
                addresses[name].append(node.get("href") or node.text or "")
        elif name and name not in told and (text := text_in(node)[:_MARKUP_CHARS].strip()):
            told[name] = text
    about = next((value for key, value in item.items() if key.endswith("}about")), "")
    links = [link for name in _PLAIN_LINKS for link in addresses[name]] + [about]
    date = next(((name, told[name][:200]) for name in _PUBLISHED if told.get(name)), None)
    return (
        [link for text in links if (link := _address(text, _base(item, url), canonical_or_none))],
        plain(told.get("title", ""))[:_TITLE_CHARS],
        plain(next((told[name] for name in _SUMMARIES if name in told), ""))[:_SUMMARY_CHARS],
        date,
    )


def _may_lead_to_article(node: Element) -> bool:
    """Tell a link from one to the feed, a file or the comments, and an address from a number."""
    name = name_of(node)
    if name == "link":
        kind = node.get("type", "text/html")
        return node.get("rel", "alternate") == "alternate" and "html" in kind
    if name in {"guid", "id"}:
        return "://" in (node.text or "")
    return True


def _base(node: Element, url: str) -> str:
    return urljoin(url, node.base or "")


def _address(text: str, base: str, form: Callable[[str, str], str | None]) -> str | None:
    text = one_line(text)
    return form(text, base) if text else None


def _dates(told: list[tuple[str, str] | None], family: Family) -> list[Found[Moment] | None]:
    """Read the dates of all items; they are read twice, as each may prove the order of the rest."""
    dates = SourceDates(usual=family.date_orders)
    for _ in range(2):
        read = [_date(date, dates, family.feed_time) if date else None for date in told]
    return read


def _date(told: tuple[str, str], dates: SourceDates, time: FeedTime) -> Found[Moment] | None:
    name, text = told
    rule = f"feed:{name}"
    moment = dates.read(one_line(text), rule) or read_rfc822(text)
    return Found(corrected(moment, time), rule) if moment else None
