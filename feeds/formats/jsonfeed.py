"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

import orjson

from feeds.entry import KEPT, Entry, entry_of
from feeds.feed import Feed, distinct_updates
from feeds.safe import one_line
from store.model import Article, Precision, local_time, show_moment

VERSION_URL = "https://jsonfeed.org/version/1.1"


def render_json(feed: Feed) -> bytes:
    """Write a feed as JSON Feed."""
    links = feed.links
    found = zip(feed.articles, distinct_updates(feed.articles), strict=True)
    sources = {one.source for one in feed.articles} & feed.sources.keys()
    names = {source: one_line(feed.sources[source].name) for source in sources}
    items = [_item(one, names.get(one.source), updated) for one, updated in found]
    return orjson.dumps(
        _given(
            version=VERSION_URL,
            title=one_line(feed.channel.title),
            description=one_line(feed.channel.description),
            home_page_url=links.page,
            feed_url=links.own,
            next_url=links.older,
            language="vi",
            hubs=[{"type": "WebSub", "url": links.hub}] if links.hub else None,
        )
        | {"items": items}
    )


def _item(article: Article, source_name: str | None, updated: datetime) -> orjson.Fragment:
    """Write an item, or take what was written of the same entry."""
    return _written(entry_of(article), source_name, updated, *_BESIDE(article))


_BESIDE = attrgetter(
    "source", "province", "province_now", "published", "published_precision", "published_from"
)


@lru_cache(KEPT)
def _written(
    told: Entry,
    source_name: str | None,
    updated: datetime,
    source: str,
    province: str | None,
    province_now: str | None,
    published: datetime,
    precision: Precision,
    published_from: str,
) -> orjson.Fragment:
    files = [
        _given(
            url=file.url,
            mime_type=file.media_type,
            title=file.title,
            size_in_bytes=file.size_bytes,
        )
        for file in told.files
    ]
    pictures = (file.url for file in told.files if file.media_type.startswith("image/"))
    item = _given(
        id=told.id,
        url=told.url,
        title=told.title,
        summary=told.summary,
        content_html=told.html or None,
        content_text=None if told.html else told.text or told.title,
        image=next(pictures, None),
        date_published=told.published.isoformat(),
        date_modified=local_time(updated).isoformat(),
        authors=[{"name": told.author}] if told.author else None,
        tags=told.categories or None,
        attachments=files or None,
        _tinso=_given(
            source=source,
            source_name=source_name,
            province=province,
            province_now=province_now,
            published=show_moment(published, precision),
            published_from=published_from,
        ),
    )
    return orjson.Fragment(orjson.dumps(item))


def _given(**fields: Any) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in fields.items() if value is not None}
