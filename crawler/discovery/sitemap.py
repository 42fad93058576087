"""A site's sitemap, news sitemap or index of sitemaps, read as a list of its articles.

`lastmod` is an edit's time on most systems: it orders the entries, and dates them only where the
CMS is known to write the time of publication there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from urllib.parse import urlsplit

from crawler.clean.text import one_line, plain
from crawler.clean.urls import absolute_or_none, canonical_or_none, site_of
from crawler.discovery.times import read_iso
from crawler.discovery.xml import items_of, name_of
from crawler.extract.draft import NO_LIST, Entry, Found, Listing, Moment
from crawler.extract.select import Element
from crawler.families.base import Family

_MOST_BYTES = 20_000_000
"""The protocol allows 50 MB; 50,000 addresses take some 10."""
_MOST_ITEMS = 50_000
"""The most that a sitemap may hold (sitemaps.org)."""
_MOST_PARTS = 1_000
MOST_ASKED = 100
"""Sitemaps of one source in one crawl; an index that leads on and on is left there."""
_LOCATION_CHARS, _TITLE_CHARS = 2_000, 500
_NO_ARTICLES = re.compile(
    r"(?:categor|chuyen-?muc|tax|tag|author|user|page(?!s\b)|image|video|product|banner|menu)",
    re.IGNORECASE,
)
"""In the file's name of a part that lists no articles: WordPress, Yoast, NukeViet, Liferay."""
_NUMBER = re.compile(r"\d+")

_Item = dict[str, str]
"""Name → text of an item's elements; the first of each name."""


def read_sitemap(
    body: bytes,
    url: str,
    *,
    is_article: Callable[[str], bool],
    family: Family,
    content_type: str = "",
) -> Listing:
    """Read the sitemap at `url`, packed or not: its entries, the newest first as far as dated.

    An address that is no article's is left out, but counts as a row. Of an index the entries are
    empty and `parts` are the sitemaps of the same host that may name articles, the newest first.
    The rule is `sitemap:urlset` or `sitemap:sitemapindex`, None for what is no sitemap.
    """
    found = items_of(
        body,
        ("urlset", "sitemapindex"),
        ("url", "sitemap"),
        content_type=content_type,
        most_bytes=_MOST_BYTES,
    )
    if found is None:
        return NO_LIST
    root, nodes = found
    items = list(_items(nodes))
    return Listing(
        entries=_entries(items, url, is_article, family) if root == "urlset" else (),
        next_page=None,
        rows=len(items),
        rule=f"sitemap:{root}",
        parts=_parts(items, url) if root == "sitemapindex" else (),
    )


def parts_to_ask(
    parts: Sequence[str], *, asked: Collection[str], whole: bool = False
) -> tuple[str, ...]:
    """Choose the parts of an index that a crawl asks for: the newest, or with `whole` all.

    None that is among the `asked` of this crawl, however indexes lead to each other.
    """
    left = [part for part in (parts if whole else parts[:1]) if part not in asked]
    return tuple(left[: max(0, MOST_ASKED - len(asked))])


def _items(nodes: Iterator[Element]) -> Iterator[_Item]:
    for count, node in enumerate(nodes):
        if count >= _MOST_ITEMS:
            return
        told: _Item = {}
        for part in node.iter():
            told.setdefault(name_of(part), part.text or "")
        yield told


def _entries(
    items: list[_Item], url: str, is_article: Callable[[str], bool], family: Family
) -> tuple[Entry, ...]:
    entries: dict[str, tuple[float, Entry]] = {}
    for told in items:
        address = _address(told, url, canonical_or_none)
        if address is None or not is_article(address):
            continue
        published = read_iso(told.get("publication_date", ""))
        edited = read_iso(told.get("lastmod", ""))
        date = Found(published, "sitemap:publication_date") if published else None
        if date is None and edited and family.lastmod_is_publication:
            date = Found(edited, "sitemap:lastmod")
        title = plain(told.get("title", "")[: 4 * _TITLE_CHARS])[:_TITLE_CHARS]
        newest = published or edited
        entry = Entry(url=address, title=title or None, date=date)
        entries.setdefault(address, (_age(newest), entry))
    return tuple(entry for _, entry in sorted(entries.values(), key=lambda dated: dated[0]))


def _parts(items: list[_Item], url: str) -> tuple[str, ...]:
    """Choose the sitemaps of an index: of several of one age, the one that is numbered highest."""
    parts: dict[str, tuple[float, int]] = {}
    for told in items:
        address = _address(told, url, absolute_or_none)
        if address is None or site_of(address) != site_of(url) or address == url:
            continue
        name = urlsplit(address).path.rpartition("/")[2]
        if not _NO_ARTICLES.search(name):
            numbers = [int(number[:9]) for number in _NUMBER.findall(name)]
            age = _age(read_iso(told.get("lastmod", "")))
            parts.setdefault(address, (age, -numbers[-1] if numbers else 0))
    return tuple(sorted(parts, key=lambda address: parts[address]))[:_MOST_PARTS]


def _age(moment: Moment | None) -> float:
    """Make a key that puts the newest first and what has no date last."""
    return -moment.at.timestamp() if moment else 0.0


def _address(told: _Item, url: str, form: Callable[[str, str], str | None]) -> str | None:
    text = one_line(told.get("loc", "")[:_LOCATION_CHARS])
    return form(text, url) if text else None
