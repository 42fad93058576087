"""Articles and their like, as short as a test can say them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from store.content import content_hash
from store.identity import Sighting
from store.model import Article, KeptPage, Note, Run, SourceCard
from store.names import aliases_of, mint

DIEN_BIEN = "dien-bien/tttt"
MORNING = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)


def article(number: int = 1, **fields: Any) -> Article:
    """Make article `number` of Điện Biên, published that many minutes into the morning."""
    source = fields.get("source", DIEN_BIEN)
    published = fields.get("published", MORNING + timedelta(minutes=number))
    usual: dict[str, Any] = {
        "id": mint(source, str(number)),
        "source": source,
        "province": "dien-bien",
        "province_from": "source",
        "province_now": "dien-bien",
        "url": f"http://dic.gov.vn/vi/news/tin-{number}.html",
        "title": f"Tin thứ {number}",
        "summary": None,
        "body_html": "<p>Nội dung.</p>",
        "body_text": "Nội dung.",
        "published": published,
        "published_precision": "minute",
        "published_from": "page",
        "updated": published,
        "first_seen": MORNING + timedelta(days=1),
        "changed": MORNING + timedelta(days=1),
    }
    made = Article(**usual | fields)
    return replace(
        made,
        content_hash=content_hash(
            title=made.title,
            summary=made.summary,
            body_html=made.body_html,
            attachments=made.attachments,
        ),
    )


def sighting(number: int = 1, *, aliases: Iterable[str] = (), **fields: Any) -> Sighting:
    """Make a sighting of article `number`, known by its number and its address."""
    made = article(number, **fields)
    own = aliases_of(made.source, key=str(number), url=made.url)
    return Sighting(article=made, aliases=tuple(aliases) or own)


def page(number: int = 1, **fields: Any) -> KeptPage:
    usual: dict[str, Any] = {
        "article_id": article(number).id,
        "url": article(number).url,
        "fetched": MORNING,
        "content_type": "text/html; charset=utf-8",
        "body": "<h1>Tin thứ một</h1>".encode(),
    }
    return KeptPage(**usual | fields)


def note(**fields: Any) -> Note:
    usual: dict[str, Any] = {
        "source": "dien-bien/tttt",
        "name": "robots http://dic.gov.vn",
        "at": MORNING,
        "text": "User-agent: *\nDisallow: /tìm/\n",
    }
    return Note(**usual | fields)


def run(number: int = 1, **fields: Any) -> Run:
    """Make run `number`, begun that many hours into the morning."""
    started = MORNING + timedelta(hours=number)
    usual: dict[str, Any] = {
        "id": f"run-{number}",
        "source": DIEN_BIEN,
        "state": "ok",
        "started": started,
        "ended": started + timedelta(minutes=3),
        "counters": {"keep/inserted": 1, "article/date/missing": 2},
    }
    return Run(**usual | fields)


def card(**fields: Any) -> SourceCard:
    usual: dict[str, Any] = {
        "id": DIEN_BIEN,
        "name": "Sở Thông tin và Truyền thông tỉnh Điện Biên",
        "site": "http://dic.gov.vn",
        "province": "dien-bien",
        "family": "nukeviet",
        "checked": True,
    }
    return SourceCard(**usual | fields)
