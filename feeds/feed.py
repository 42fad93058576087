"""What a format is given: a channel with its articles, and nothing of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from feeds.channel import Channel
from feeds.safe import clean_text, one_line
from store.casing import readable_title
from store.model import VIETNAM, Article
from store.provinces import province_name

NEWEST = 50
"""Articles in a feed."""

TTL_MINUTES = 15
"""How long a reader may keep what it has; the same in `ttl` and in Cache-Control."""

SUMMARY_CHARACTERS = 400
"""Of the body, where an article has no summary."""

NO_TITLE = "(không có tiêu đề)"
"""Where nothing is left of a title; a feed without one is not valid."""

NO_NEWS = datetime(2025, 1, 1, tzinfo=VIETNAM)
"""The date of a channel that never held an article: formats want one, and it must not move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One rendering's worth of a channel."""

    channel: Channel
    articles: Sequence[Article]
    """Newest first, at most `NEWEST`."""
    self_url: str
    """The address that it is served at."""
    page_url: str
    """The address of the channel's page."""
    base_url: str
    """The server's, without a closing slash."""
    changed: datetime | None
    """When any article of the channel last changed; None when there was none."""


def entry_id(article: Article) -> str:
    """Name an article for readers: opaque, absolute, the same for ever (RFC 4287, 4.2.6)."""
    return f"urn:uuid:{article.id}"


def title_of(article: Article) -> str:
    """Return the title, in one line: never empty, and not in capitals throughout."""
    return readable_title(one_line(article.title), article.body_text) or NO_TITLE


def author_of(article: Article) -> str | None:
    """Return who wrote it, else the office that signs it; None when the page names neither."""
    named = (one_line(name or "") for name in (article.byline, article.organisation))
    return next(filter(None, named), None)


def summary_of(article: Article) -> str:
    """Return the lead, else the beginning of the body, else the title: never empty."""
    if summary := clean_text(article.summary or "").strip():
        return summary
    words = one_line(article.body_text)
    if len(words) > SUMMARY_CHARACTERS:
        words = words[:SUMMARY_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return words or title_of(article)


def categories_of(article: Article) -> list[str]:
    """List the section, our topics and the province, each once."""
    province = province_name(article.province) if article.province else None
    named = (one_line(name or "") for name in (article.section, *article.topics, province))
    return [name for name in dict.fromkeys(named) if name]


def distinct_updates(articles: Sequence[Article]) -> list[datetime]:
    """Give each article a time of update that no other of the feed has.

    Sources that show only days make ties, and readers take two entries with one time for one
    (the W3C validator warns of it). Each gets the microseconds that follow from its id alone, so
    that neither a new neighbour nor another process moves them.
    """
    taken: set[datetime] = set()
    times: dict[str, datetime] = {}
    for article in sorted(articles, key=lambda one: one.id):
        moment = article.updated.replace(microsecond=crc32(article.id.encode()) % 1_000_000)
        while moment in taken:
            moment += timedelta(microseconds=1)
        taken.add(moment)
        times[article.id] = moment
    return [times[article.id] for article in articles]
