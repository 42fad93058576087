"""What a format is given: a channel with its articles, and nothing of the clock."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from mimetypes import guess_type
from typing import Literal
from urllib.parse import urlsplit
from zlib import crc32

from feeds.channel import Channel
from feeds.safe import clean_text, one_line, web_address
from store.casing import readable_title
from store.model import VIETNAM, Article, SourceCard
from store.provinces import province_name
from store.topics import TOPICS

NEWEST = 50
"""Articles in a feed, where nobody asks for another number."""

TTLS_MINUTES = (15, 30, 60)
"""How long a reader may keep what it has; the same in `ttl` and in Cache-Control."""

SUMMARY_CHARACTERS = 400
"""Of the body, where an article has no summary."""

NO_TITLE = "(không có tiêu đề)"
"""Where nothing is left of a title; a feed without one is not valid."""

NO_NEWS = datetime(2025, 1, 1, tzinfo=VIETNAM)
"""The date of a channel that never held an article: formats want one, and it must not move."""


UNKNOWN_TYPE = "application/octet-stream"

_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a feed leads, absolute."""

    own: str
    """The address that it is served at."""
    page: str
    """The channel's page."""
    current: str | None = None
    """The feed of the newest; None where this is it."""
    prev_archive: str | None = None
    """The archive that goes on with what is older (RFC 5005, section 4)."""
    next_archive: str | None = None
    older: str | None = None
    """The same feed, going on behind the last article (JSON Feed, `next_url`)."""
    hub: str | None = None
    """WebSub's, if one is told of changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One rendering's worth of a channel."""

    channel: Channel
    articles: Sequence[Article]
    """Newest first."""
    links: Links
    base_url: str
    """The server's, without a closing slash."""
    sources: Mapping[str, SourceCard] = field(default_factory=dict)
    """By id."""

    @property
    def is_archive(self) -> bool:
        """Whether it holds a month that is told by its address, not the newest."""
        return self.links.current is not None

    @property
    def updated(self) -> datetime:
        """When an article last came or was edited."""
        moments = (moment for one in self.articles for moment in (one.updated, one.first_seen))
        return max(moments, default=NO_NEWS)

    @property
    def ttl_minutes(self) -> int:
        """How long to keep it: about the time from one article of the channel to the next."""
        times = [article.published for article in self.articles[:20]]
        if len(times) < 5:
            return TTLS_MINUTES[-1]
        gap = (times[0] - times[-1]) / (len(times) - 1)
        fitting = [minutes for minutes in TTLS_MINUTES if timedelta(minutes=minutes) <= gap]
        return max(fitting, default=TTLS_MINUTES[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file or a picture of an article, as a feed names it."""

    url: str
    """Absolute, in ASCII."""
    media_type: str
    medium: Literal["document", "image"]
    title: str | None
    size_bytes: int | None


def files_of(article: Article) -> list[File]:
    """List the files of an article, then its pictures; what no address leads to is left out."""
    files = [
        File(
            url=url,
            media_type=_media_type(file.media_type, url),
            medium="document",
            title=one_line(file.title) or None,
            size_bytes=file.size_bytes,
        )
        for file in article.attachments
        if (url := web_address(file.url))
    ]
    pictures = [
        File(
            url=url,
            media_type=_media_type(None, url),
            medium="image",
            title=one_line(image.caption or "") or None,
            size_bytes=None,
        )
        for image in article.images
        if (url := web_address(image.url))
    ]
    return files + pictures


def _media_type(told: str | None, url: str) -> str:
    guessed = told or guess_type(urlsplit(url).path, strict=False)[0] or ""
    return guessed if _MEDIA_TYPE.fullmatch(guessed) else UNKNOWN_TYPE


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
    """List the section, our topics and the province, each once, by their names."""
    province = province_name(article.province) if article.province else None
    topics = (TOPICS.get(topic, topic) for topic in article.topics)
    named = (one_line(name or "") for name in (article.section, *topics, province))
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
