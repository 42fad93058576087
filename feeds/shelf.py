"""Reads a channel's articles from the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from itertools import islice

from feeds.channel import CORRECTIONS, STATUS, Channel
from feeds.corrections import corrections, corrections_version, edited
from feeds.incidents import incidents, incidents_version
from store.base import Cursor, Store, Version
from store.model import Article, local_time
from store.paging import articles_of
from store.text import words

LATE = timedelta(days=2)
"""An article that was first seen so long after it was published came late."""

MOST_LATE = 10
"""So many late articles of one source, first seen on one day, a shared channel shows."""

LOOKED_AT = 2000
"""So many articles are looked through for those that a feed may show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The newest articles that a channel shows."""

    articles: tuple[Article, ...]
    """Newest first."""
    behind: Article | None
    """The newest article of the channel that is not among them; None where all are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """How the articles of a channel are made that the store does not hold."""

    version: Callable[[Store], Version]
    articles: Callable[[Store, int], list[Article]]
    listed: Callable[[Store, int], list[Article]]
    """What its page shows."""


_MADE = {
    CORRECTIONS.path: _Made(
        version=corrections_version,
        articles=lambda store, limit: corrections(store, limit=limit),
        listed=lambda store, limit: edited(store, limit=limit),
    ),
    STATUS.path: _Made(
        version=incidents_version,
        articles=lambda store, limit: incidents(store, limit=limit),
        listed=lambda store, limit: incidents(store, limit=limit),
    ),
}
"""Path of a channel → how."""


def is_made(channel: Channel) -> bool:
    """Whether a channel's articles are made: it has one page, and no archives."""
    return channel.path in _MADE


def version(store: Store, channel: Channel) -> Version:
    """Tell what a cache needs to know of a channel. Of one with phrases: of their words."""
    if made := _MADE.get(channel.path):
        return made.version(store)
    found = [store.version(part) for part in channel.parts]
    changes = [one.changed for one in found if one.changed]
    return Version(count=sum(one.count for one in found), changed=max(changes, default=None))


def newest(
    store: Store, channel: Channel, *, limit: int, after: Cursor | None = None
) -> list[Article]:
    """Return the channel's articles, newest first, in the order of `Store.newest`.

    Of a channel whose articles are made: what its page lists, all at once.
    """
    if made := _MADE.get(channel.path):
        return made.listed(store, limit) if after is None else []
    found = walk(store, channel, size=limit, after=after)
    return list(islice((one for one in found if _says(one, channel)), limit))


def shelf(store: Store, channel: Channel, *, limit: int, after: Cursor | None = None) -> Shelf:
    """Return what a feed of the channel shows.

    A source's first crawl, and a walk through its archive, bring old articles by the hundred. Of
    those that came late a shared channel shows only ten, the newest, of a source and day (of first
    sight, in Vietnam); the others stand in its pages and archives by their date. This depends on
    the articles alone.
    """
    if made := _MADE.get(channel.path):
        return Shelf(articles=tuple(made.articles(store, limit)), behind=None)
    shown: list[Article] = []
    late: Counter[tuple[str, date]] = Counter()
    behind = None
    found = walk(store, channel, size=limit + 1, after=after)
    for article in islice(found, max(LOOKED_AT, limit + 1)):
        if not _says(article, channel):
            continue
        if len(shown) < limit and not (channel.shared and _floods(article, late)):
            shown.append(article)
        elif behind is None:
            behind = article
        if len(shown) == limit and behind is not None:
            break
    return Shelf(articles=tuple(shown), behind=behind)


def _floods(article: Article, late: Counter[tuple[str, date]]) -> bool:
    """Tell whether an article is one too many of those that came late, and count it."""
    if article.first_seen - article.published <= LATE:
        return False
    batch = (article.source, local_time(article.first_seen).date())
    late[batch] += 1
    return late[batch] > MOST_LATE


def _says(article: Article, channel: Channel) -> bool:
    """Tell whether all the phrases stand in an article; they are rare, so the text is folded."""
    if not channel.phrases:
        return True
    text = f"{article.title}\n{article.summary or ''}\n{article.body_text}"
    said = f" {' '.join(words(text))} "
    return all(f" {phrase} " in said for phrase in channel.phrases)


def walk(
    store: Store, channel: Channel, *, size: int, after: Cursor | None = None
) -> Iterator[Article]:
    """Yield the articles of all parts of a channel in one order, asking for `size` at a time."""
    lines = [articles_of(store, part, size=size, after=after) for part in channel.parts]
    return merge(*lines, key=lambda one: (-one.published.timestamp(), one.id))
