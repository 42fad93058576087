"""An article as feeds tell it: cleaned, named and put in order once, for all formats.

Cleaning costs more than writing. Of the fifty articles of a feed that changed, forty-nine are those
of the last time: what was made of an article is kept, and found again by the fields it was made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from mimetypes import guess_type
from operator import attrgetter
from typing import Literal
from urllib.parse import urlsplit

from feeds.safe import clean_text, feed_html, one_line, web_address
from store.casing import readable_title
from store.model import Article, Attachment, Image, local_time
from store.provinces import province_name
from store.topics import TOPICS

SUMMARY_CHARACTERS = 400
"""Of the body, where an article has no summary."""

NO_TITLE = "(không có tiêu đề)"
"""Where nothing is left of a title; a feed without one is not valid."""

UNKNOWN_TYPE = "application/octet-stream"

KEPT = 2048
"""Entries: some 10 KB each."""

_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file or a picture of an article."""

    url: str
    """Absolute, in ASCII."""
    media_type: str
    medium: Literal["document", "image"]
    title: str | None
    size_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """What a feed tells of an article; texts are clean. The same object for the same article."""

    id: str
    """Opaque, absolute, the same for ever (RFC 4287, 4.2.6)."""
    url: str | None
    """Of the original, in ASCII; None where no address leads to it."""
    title: str
    """One line, never empty, not in capitals throughout."""
    summary: str
    """The lead, else the beginning of the body, else the title: never empty."""
    html: str
    """The body; empty where there is none."""
    text: str
    """The running text; empty where there is none."""
    author: str | None
    """Who wrote it, else the office that signs it; None when the page names neither."""
    categories: Sequence[str]
    """Section, our topics and the province, each once, by their names."""
    files: Sequence[File]
    """Its files, then its pictures."""
    published: datetime
    """In Vietnam's zone."""


def entry_of(article: Article) -> Entry:
    """Make the entry of an article, or find the one that was made of the same fields."""
    return _made(*_FIELDS(article))


def title_of(article: Article) -> str:
    """Return the title of its entry."""
    return _title(article.title, article.body_text)


_FIELDS = attrgetter(
    *("id", "url", "title", "summary", "body_html", "body_text", "byline", "organisation"),
    *("section", "topics", "province", "attachments", "images", "published"),
)


@lru_cache(KEPT)
def _made(
    name: str,
    url: str,
    title: str,
    summary: str | None,
    body_html: str,
    body_text: str,
    byline: str | None,
    organisation: str | None,
    section: str | None,
    topics: Sequence[str],
    province: str | None,
    attachments: Sequence[Attachment],
    images: Sequence[Image],
    published: datetime,
) -> Entry:
    shown = _title(title, body_text)
    return Entry(
        id=f"urn:uuid:{name}",
        url=web_address(url),
        title=shown,
        summary=_summary(summary, body_text) or shown,
        html=feed_html(body_html),
        text=clean_text(body_text),
        author=next(filter(None, map(one_line, (byline or "", organisation or ""))), None),
        categories=_categories(section, topics, province),
        files=_files(attachments, images),
        published=local_time(published),
    )


def _title(title: str, body_text: str) -> str:
    return readable_title(one_line(title), body_text) or NO_TITLE


def _summary(summary: str | None, body_text: str) -> str:
    if found := clean_text(summary or "").strip():
        return found
    words = one_line(body_text)
    if len(words) > SUMMARY_CHARACTERS:
        words = words[:SUMMARY_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return words


def _categories(section: str | None, topics: Sequence[str], province: str | None) -> list[str]:
    of_province = province_name(province) if province else None
    named = (section, *(TOPICS.get(topic, topic) for topic in topics), of_province)
    cleaned = (one_line(name or "") for name in named)
    return [name for name in dict.fromkeys(cleaned) if name]


def _files(attachments: Sequence[Attachment], images: Sequence[Image]) -> list[File]:
    """List what an address leads to."""
    files = [
        _file(one.url, medium="document", title=one.title, told=one.media_type, size=one.size_bytes)
        for one in attachments
    ]
    pictures = [_file(one.url, medium="image", title=one.caption) for one in images]
    return [file for file in (*files, *pictures) if file is not None]


def _file(
    url: str,
    *,
    medium: Literal["document", "image"],
    title: str | None,
    told: str | None = None,
    size: int | None = None,
) -> File | None:
    address = web_address(url)
    if address is None:
        return None
    guessed = told or guess_type(urlsplit(address).path, strict=False)[0] or ""
    return File(
        url=address,
        media_type=guessed if _MEDIA_TYPE.fullmatch(guessed) else UNKNOWN_TYPE,
        medium=medium,
        title=one_line(title or "") or None,
        size_bytes=size,
    )
