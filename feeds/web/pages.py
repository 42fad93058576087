"""Pages for people: home, channels, articles, search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feeds.channel import ALL, Channel, channel_at, province_channels, source_channel
from feeds.feed import title_of
from feeds.formats import FORMATS
from feeds.safe import page_html, web_address
from store import VERSION
from store.base import Cursor, Selection, Store, Version
from store.model import Article, local_time
from store.provinces import province_name
from store.text import words

A_PAGE = 20
"""Articles a page."""

MOST_WORDS = 12
"""Of a search."""

_CURSOR = re.compile(r"(\d{1,15})-([0-9a-f-]{36})")

FROM = {
    "page": "",
    "meta": "",
    "listing": "theo danh sách tin của trang nguồn",
    "print": "theo bản in của trang nguồn",
    "sitemap": "theo sơ đồ trang của trang nguồn",
    "feed": "theo nguồn tin RSS của trang nguồn",
    "url": "theo địa chỉ bài viết",
    "lead": "theo câu mở đầu bài viết",
    "first-seen": "ngày tinso thấy bài lần đầu",
}
"""Where a date was read → what a reader is told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to send."""

    html: str
    status: int = 200


class Pages:
    """Makes pages of what is stored; used from many threads."""

    def __init__(self, store: Store, base_url: str) -> None:
        self._store = store
        self._with_articles: tuple[Version, list[Channel]] | None = None
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "day": day,
            "moment": moment,
            "machine": machine,
            "titled": title_of,
            "web": web_address,
            "host": host,
        }
        self._templates.globals |= {
            "base_url": base_url,
            "formats": list(FORMATS.values()),
            "province_name": province_name,
            "published": published,
            "published_from": FROM,
            "version": VERSION,
        }

    def home(self) -> Page:
        """The newest of all, and the channels there are."""
        return self._page(
            "home.html",
            channel=ALL,
            articles=self._store.newest(Selection(), limit=A_PAGE),
            provinces=self._provinces(),
            sources=[source_channel(card) for card in self._store.sources()],
            names=self._names(),
        )

    def channel(self, path: str, query: Mapping[str, str]) -> Page | None:
        """A channel, newest first; None where there is none, or the cursor is none."""
        channel = channel_at(path, self._store.sources())
        after = _cursor(query.get("after", ""))
        if channel is None or ("after" in query and after is None):
            return None
        articles, older = self._some(channel.which, after)
        return self._page(
            "channel.html",
            channel=channel,
            articles=articles,
            older=f"{path}?{urlencode({'after': older})}" if older else None,
            names=self._names(),
        )

    def article(self, article_id: str) -> Page | None:
        """One article, also a withdrawn one; None where there is none."""
        article = self._store.get(article_id)
        if article is None:
            return None
        return self._page(
            "article.html", article=article, body=page_html(article.body_html), names=self._names()
        )

    def search(self, query: Mapping[str, str]) -> Page:
        """Articles that hold all the words; marks, case and đ do not matter."""
        asked = " ".join(query.get("q", "").split())[:200]
        wanted = tuple(dict.fromkeys(words(asked)))[:MOST_WORDS]
        articles, older = (
            self._some(Selection(words=wanted), _cursor(query.get("after", "")))
            if wanted
            else ([], None)
        )
        return self._page(
            "search.html",
            asked=asked,
            articles=articles,
            older=f"/search?{urlencode({'q': asked, 'after': older})}" if older else None,
            names=self._names(),
        )

    def trouble(self, status: int) -> Page:
        """Say in both languages what went wrong, and nothing of how it looks inside."""
        vi, en = TROUBLES.get(status, TROUBLES[500])
        return replace(self._page("trouble.html", vi=vi, en=en, status=status), status=status)

    def _provinces(self) -> list[Channel]:
        """List the provinces that have articles; looked up again when any article changed."""
        version = self._store.version(Selection())
        if self._with_articles is None or self._with_articles[0] != version:
            found = [one for one in province_channels() if self._store.version(one.which).count]
            self._with_articles = (version, found)
        return self._with_articles[1]

    def _some(self, which: Selection, after: Cursor | None) -> tuple[list[Article], str | None]:
        articles = self._store.newest(which, limit=A_PAGE + 1, after=after)
        if len(articles) <= A_PAGE:
            return articles, None
        last = articles[A_PAGE - 1]
        return articles[:A_PAGE], f"{int(last.published.timestamp() * 1000)}-{last.id}"

    def _names(self) -> dict[str, str]:
        return {card.id: card.name for card in self._store.sources()}

    def _page(self, template: str, **facts: Any) -> Page:
        return Page(html=self._templates.get_template(template).render(facts))


TROUBLES = {
    400: ("Yêu cầu không hợp lệ.", "The request is not valid."),
    404: ("Không có trang này.", "There is no such page."),
    405: ("Trang này chỉ để đọc.", "This page can only be read."),
    500: ("Máy chủ gặp lỗi, đã ghi lại.", "The server failed; it was logged."),
    503: (
        "Kho tin tạm thời không trả lời. Xin thử lại sau ít phút.",
        "The store does not answer for the moment. Please try again in a few minutes.",
    ),
}
"""Status → what went wrong, in Vietnamese and in English."""


def day(value: date) -> str:
    """Write a day as Vietnamese read it: `20/11/2026`."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """Write a time in Vietnam's zone: `20/11/2026 09:15`."""
    return f"{local_time(value):%d/%m/%Y %H:%M}"


def published(article: Article) -> str:
    """Write an article's date as precisely as it is known."""
    if article.published_precision == "day":
        return day(local_time(article.published))
    return moment(article.published)


def machine(article: Article) -> str:
    """Write an article's date for `<time datetime>`."""
    local = local_time(article.published)
    precise = article.published_precision == "minute"
    return local.isoformat(timespec="minutes") if precise else local.date().isoformat()


def host(url: str) -> str:
    """Name the site that an address leads to."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _cursor(text: str) -> Cursor | None:
    found = _CURSOR.fullmatch(text)
    if found is None:
        return None
    try:
        at = datetime.fromtimestamp(int(found[1]) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return Cursor(published=at, id=found[2])
