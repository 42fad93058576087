"""What a site says of its own offers: links in a page's head, lines of its robots.txt."""

from __future__ import annotations

import re

from crawler.clean.urls import absolute_or_none
from crawler.extract.charset import decode
from crawler.extract.page import Page
from crawler.extract.select import elements

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_COMMENTS = re.compile(r"(?:/comments/|binh-luan|[?&]type=comments)", re.IGNORECASE)
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_MOST = 100


def feeds_of(page: Page) -> tuple[str, ...]:
    """Name the feeds that a page's head links to, absolute, in its order; none of comments."""
    links = elements(page.root, "link[rel~=alternate][href]")
    found = [
        link.get("href") or ""
        for link in links
        if (link.get("type") or "").partition(";")[0].strip().lower() in _FEED_TYPES
    ]
    addresses = _absolute(found, page.base_url)
    return tuple(address for address in addresses if not _COMMENTS.search(address))


def sitemaps_of(robots: bytes, url: str) -> tuple[str, ...]:
    """Name the sitemaps that the robots.txt at `url` gives, absolute, in its order."""
    return _absolute(_SITEMAP.findall(decode(robots[:500_000])), url)


def _absolute(addresses: list[str], base: str) -> tuple[str, ...]:
    found = (absolute_or_none(address, base) for address in addresses[:_MOST])
    return tuple(dict.fromkeys(filter(None, found)))
