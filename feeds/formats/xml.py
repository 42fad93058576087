"""RSS 2.0 and Atom 1.0 (RFC 4287), through feedgen.

feedgen writes the present time where no date is set, so every date is set; it takes the last link
given for the channel's `<link>`, so the page's comes last; and its entries are appended. It sets
the locale of the process while it writes a date, so one feed is written at a time.
"""

from __future__ import annotations

from html import escape
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from feedgen.feed import FeedGenerator

from feeds.entry import Entry, entry_of
from feeds.feed import Feed, distinct_updates
from feeds.formats.extras import ChannelExtras, EntryExtras, Origin
from feeds.safe import one_line
from store import VERSION
from store.model import Article, local_time

_LOCALE = Lock()


def render_rss(feed: Feed) -> bytes:
    """Write a feed as RSS 2.0."""
    made = _channel(feed, ending="rss")
    made.ttl(feed.ttl_minutes)
    made.load_extension("dc", atom=False, rss=True)
    for article in feed.articles:
        told = entry_of(article)
        entry = _entry(made, feed, article, told, ending="rss")
        # Readers take a description for HTML: what is text must not look like markup.
        entry.description(escape(told.summary, quote=False))
        if told.html:
            entry.content(told.html)
        if told.author:
            entry.dc.dc_creator(told.author)
    with _LOCALE:
        return bytes(made.rss_str())


def render_atom(feed: Feed) -> bytes:
    """Write a feed as Atom 1.0."""
    made = _channel(feed, ending="atom")
    made.author(name=one_line(feed.channel.title))
    for article, updated in zip(feed.articles, distinct_updates(feed.articles), strict=True):
        told = entry_of(article)
        entry = _entry(made, feed, article, told, ending="atom")
        entry.updated(local_time(updated))
        entry.summary(told.summary)
        if told.html:
            entry.content(told.html, type="html")
        if told.author:
            entry.author(name=told.author)
    return bytes(made.atom_str())


def _channel(feed: Feed, *, ending: str) -> Any:
    made = FeedGenerator()
    made.register_extension("extras", ChannelExtras, EntryExtras)
    made.id(_name(feed, feed.channel.address()))
    made.title(one_line(feed.channel.title))
    made.description(one_line(feed.channel.description))
    made.language("vi")
    made.generator(f"tinso {VERSION}")
    made.updated(local_time(feed.updated))
    links = feed.links
    told = {
        "hub": links.hub,
        "current": links.current,
        "prev-archive": links.prev_archive,
    }
    others = [(rel, url) for rel, url in told.items() if url]
    made.extras.add(others, is_archive=feed.is_archive)
    made.link(rel="self", href=links.own, type=f"application/{ending}+xml")
    for rel, url in others:
        made.link(rel=rel, href=url)
    made.link(rel="alternate", href=links.page, type="text/html")
    return made


def _entry(made: Any, feed: Feed, article: Article, told: Entry, *, ending: str) -> Any:
    """Add what both formats share."""
    entry = made.add_entry(order="append")
    entry.id(told.id)
    entry.title(told.title)
    entry.published(told.published)
    entry.link(rel="alternate", href=told.url or feed.links.page, type="text/html")
    for category in told.categories:
        entry.category(term=category)
    card = feed.sources.get(article.source)
    path = f"/sources/{article.source}"
    origin = card and Origin(
        id=_name(feed, path),
        url=f"{feed.base_url}{path}.{ending}",
        title=one_line(card.name),
        updated=local_time(article.updated).isoformat(),
    )
    entry.extras.add(told.files, origin)
    return entry


def _name(feed: Feed, path: str) -> str:
    """Name a channel for ever (RFC 4287, 4.2.6): a tag URI (RFC 4151)."""
    host = urlsplit(feed.base_url).hostname or "localhost"
    return f"tag:{host},2026:{path}"
