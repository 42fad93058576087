"""From the address of a feed to its bytes: what the server sends and `tinso publish` writes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.address import Month, Target, month_of
from feeds.channel import Channel
from feeds.feed import Feed, Links
from feeds.shelf import newest, shelf, version
from store.base import Cursor, Store, Version
from store.model import Article, SourceCard

MONTH_ARTICLES = 500
"""In one document of an archive; a month with more has several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The bytes of a feed; they depend on its articles alone."""

    body: bytes
    etag: str
    """Of the bytes, without quotes."""
    changed: datetime | None
    """When any of its articles last changed; None for a feed without any."""
    ttl_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a feed says beside its articles."""

    base_url: str
    """The server's, without a closing slash."""
    hub: str | None = None
    """WebSub's; None where none is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What tells that a feed changed, answered from indexes."""

    version: Version
    before: Month | None = None
    """Of an archive: the month that the older one is of."""


def state_of(store: Store, target: Target) -> State:
    """Ask what a feed is made of now, without reading its articles."""
    month = target.month
    if month is None:
        return State(version=version(store, target.channel))
    inside = target.channel.within(month.since, month.until)
    return State(version=version(store, inside), before=_before(store, target.channel, month))


def render(store: Store, target: Target, site: Site, sources: Sequence[SourceCard]) -> Rendered:
    """Read the articles of a feed and write it; an archive without articles has an empty body."""
    month = target.month
    feed = _archive(store, target, site, month) if month else _newest(store, target, site)
    feed = replace(feed, sources={card.id: card for card in sources})
    body = b"" if month and not feed.articles else target.form.render(feed)
    return Rendered(
        body=body,
        etag=hashlib.sha256(body).hexdigest()[:32],
        changed=max((article.changed for article in feed.articles), default=None),
        ttl_minutes=feed.ttl_minutes,
    )


def _newest(store: Store, target: Target, site: Site) -> Feed:
    found = shelf(store, target.channel, limit=target.limit, after=target.after)
    links = _links(target, site)
    if found.behind is not None:
        last = found.articles[-1] if found.articles else found.behind
        following = replace(target, after=Cursor.of(last))
        links = replace(
            links,
            prev_archive=_at(site, target, month_of(found.behind)),
            older=site.base_url + following.address,
        )
    return _feed(target, site, found.articles, links)


def read_month(
    store: Store, channel: Channel, month: Month
) -> tuple[Sequence[Article], Month | None]:
    """Read an archive's articles, newest first, and which archive goes on with what is older."""
    end = MONTH_ARTICLES * month.part
    found = newest(store, channel.within(month.since, month.until), limit=end + 1)
    if len(found) > end:
        older: Month | None = replace(month, part=month.part + 1)
    else:
        older = _before(store, channel, month)
    return found[end - MONTH_ARTICLES : end], older


def _archive(store: Store, target: Target, site: Site, month: Month) -> Feed:
    articles, older = read_month(store, target.channel, month)
    following = _at(site, target, older) if older else None
    links = replace(
        _links(target, site),
        current=site.base_url + replace(target, month=None).address,
        prev_archive=following,
        older=following,
    )
    return _feed(target, site, articles, links)


def _before(store: Store, channel: Channel, month: Month) -> Month | None:
    earlier = newest(store, channel.within(None, month.since), limit=1)
    return month_of(earlier[0]) if earlier else None


def _at(site: Site, target: Target, month: Month) -> str:
    archive = Target(channel=target.channel, form=target.form, month=month)
    return site.base_url + archive.address


def _links(target: Target, site: Site) -> Links:
    return Links(
        own=site.base_url + target.address,
        page=site.base_url + target.channel.address(),
        hub=site.hub if target.is_newest else None,
    )


def _feed(target: Target, site: Site, articles: Sequence[Article], links: Links) -> Feed:
    return Feed(channel=target.channel, articles=articles, links=links, base_url=site.base_url)
