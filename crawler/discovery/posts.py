"""WordPress's own list of posts (`/wp-json/wp/v2/posts`), read as a list of articles.

Times are exact: `date_gmt` is UTC, `date` the clock of the site's settings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.clean.text import one_line, plain
from crawler.clean.urls import canonical_or_none
from crawler.discovery.times import read_iso
from crawler.extract.draft import NO_LIST, Entry, Found, Listing, Moment, NextPage
from crawler.families.base import Family

_MOST_BYTES = 8_000_000
_MOST_POSTS = 100
"""The most that WordPress gives at once."""
_USUAL_POSTS = 10
_LIST = re.compile(r"\[\s*[{\]]")
_TITLE_CHARS, _SUMMARY_CHARS, _MARKUP_CHARS = 500, 2_000, 20_000


def read_posts(
    body: bytes,
    url: str,
    *,
    is_article: Callable[[str], bool],
    family: Family,  # noqa: ARG001 - a reader's call is the same for all kinds
    content_type: str = "",  # noqa: ARG001 - JSON is UTF-8
) -> Listing:
    """Read the answer to a question for posts at `url`: its entries, each address once.

    A post whose address is no article's is left out, but counts as a row. The next page is the one
    that `page` numbers, while an answer is full. The rule is `posts`; None for what is no list of
    posts: an error as JSON, a login, a page that says that the list is closed.
    """
    posts = _posts(body)
    if posts is None:
        return NO_LIST
    entries: dict[str, Entry] = {}
    for post in posts:
        entry = _entry(post, url)
        if entry is not None and is_article(entry.url):
            entries.setdefault(entry.url, entry)
    return Listing(
        entries=tuple(entries.values()),
        next_page=_next_page(url, len(posts)),
        rows=len(posts),
        rule="posts",
    )


def _posts(body: bytes) -> list[Mapping[str, Any]] | None:
    """Parse an answer, behind what a plugin may print before it."""
    if len(body) > _MOST_BYTES:
        return None
    text = body.decode("utf-8-sig", "replace")
    start = _LIST.search(text)
    if start is None:
        return None
    try:
        told, _ = json.JSONDecoder().raw_decode(text, start.start())
    except (ValueError, RecursionError):
        return None
    posts: list[Mapping[str, Any]] = [
        post for post in told if isinstance(post, dict) and isinstance(post.get("link"), str)
    ]
    return None if told and not posts else posts[:_MOST_POSTS]


def _entry(post: Mapping[str, Any], url: str) -> Entry | None:
    address = canonical_or_none(one_line(post["link"]), url)
    if address is None:
        return None
    return Entry(
        url=address,
        title=_rendered(post.get("title"))[:_TITLE_CHARS] or None,
        date=_date(post),
        summary=_rendered(post.get("excerpt"))[:_SUMMARY_CHARS] or None,
    )


def _date(post: Mapping[str, Any]) -> Found[Moment] | None:
    for name, zone in (("date_gmt", "Z"), ("date", "")):
        told = post.get(name)
        moment = read_iso(f"{told[:40]}{zone}") if isinstance(told, str) else None
        if moment:
            return Found(moment, f"posts:{name}")
    return None


def _rendered(value: object) -> str:
    text = value.get("rendered") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return ""
    whole = text[:_MARKUP_CHARS].encode("utf-8", "replace").decode()  # half a pair is no letter
    return plain(whole)


def _next_page(url: str, count: int) -> NextPage | None:
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    if count < _number(asked.get("per_page"), _USUAL_POSTS):
        return None
    page = _number(asked.get("page"), 1) + 1
    query = urlencode({**asked, "page": str(page)})
    return NextPage(urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 and int(text) else otherwise
