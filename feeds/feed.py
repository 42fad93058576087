"""What a format is given: a channel with its articles, and nothing of the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zlib import crc32

from feeds.channel import Channel
from store.model import VIETNAM, Article, SourceCard

NEWEST = 50
"""Articles in a feed, where nobody asks for another number."""

TTLS_MINUTES = (15, 30, 60)
"""How long a reader may keep what it has; the same in `ttl` and in Cache-Control."""

NO_NEWS = datetime(2025, 1, 1, tzinfo=VIETNAM)
"""The date of a channel that never held an article: formats want one, and it must not move."""


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
