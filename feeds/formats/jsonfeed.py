"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from typing import Any

import orjson

from feeds.feed import (
    Feed,
    author_of,
    categories_of,
    distinct_updates,
    entry_id,
    files_of,
    summary_of,
    title_of,
)
from feeds.safe import clean_text, feed_html, one_line, web_address
from store.model import Article, local_time, show_published

VERSION_URL = "https://jsonfeed.org/version/1.1"


def render_json(feed: Feed) -> bytes:
    """Write a feed as JSON Feed."""
    links = feed.links
    found = zip(feed.articles, distinct_updates(feed.articles), strict=True)
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
        | {"items": [_item(feed, article, updated) for article, updated in found]}
    )


def _item(feed: Feed, article: Article, updated: Any) -> dict[str, Any]:
    card = feed.sources.get(article.source)
    author = author_of(article)
    body = feed_html(article.body_html)
    files = [
        _given(
            url=file.url,
            mime_type=file.media_type,
            title=file.title,
            size_in_bytes=file.size_bytes,
        )
        for file in files_of(article)
    ]
    image = next((file["url"] for file in files if file["mime_type"].startswith("image/")), None)
    return _given(
        id=entry_id(article),
        url=web_address(article.url),
        title=title_of(article),
        summary=summary_of(article),
        content_html=body or None,
        content_text=None if body else clean_text(article.body_text) or title_of(article),
        image=image,
        date_published=local_time(article.published).isoformat(),
        date_modified=local_time(updated).isoformat(),
        authors=[{"name": author}] if author else None,
        tags=categories_of(article) or None,
        attachments=files or None,
        _tinso=_given(
            source=article.source,
            source_name=one_line(card.name) if card else None,
            province=article.province,
            province_now=article.province_now,
            published=show_published(article),
            published_from=article.published_from,
        ),
    )


def _given(**fields: Any) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in fields.items() if value is not None}
