"""Pages for people: home, channels, articles, search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feeds.address import month_of, read_cursor, split_month, write_cursor
from feeds.channel import (
    ALL,
    Channel,
    channel_at,
    province_channels,
    region_channels,
    source_channel,
    topic_channels,
)
from feeds.entry import title_of
from feeds.formats import FORMATS
from feeds.rendering import read_month
from feeds.safe import page_html, web_address
from feeds.search import BadQuery, read_query, search_channel
from feeds.shelf import is_made, newest, shelf
from feeds.shelf import version as version_of
from store import VERSION
from store.base import Cursor, Selection, Store, Version
from store.model import Article, local_time
from store.provinces import province_name

A_PAGE = 20
"""Articles a page."""

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

    def __init__(self, store: Store, base_url: str, *, static: bool = False) -> None:
        """`static`: for files, where nobody answers a search or a question behind a `?`."""
        self._store = store
        self._static = static
        self._with_articles: tuple[Version, dict[str, list[Channel]]] | None = None
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
            "static": static,
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
            **self._filled(),
            sources=[source_channel(card) for card in self._store.sources()],
            names=self._names(),
        )

    def channel(self, path: str, query: Mapping[str, str]) -> Page | None:
        """A channel or a month of it, newest first; None where there is none; raises BadQuery."""
        path, month = split_month(path)
        channel = channel_at(path, self._store.sources())
        if channel is None:
            return None
        if month:
            articles, before = read_month(self._store, channel, month)
            older = f"{path}/{before.name}" if before else None
        elif self._static:
            found = shelf(self._store, channel, limit=A_PAGE)
            articles = list(found.articles)
            older = f"{path}/{month_of(found.behind).name}" if found.behind else None
        else:
            articles, older = self._some(channel, query)
        if month and not articles:
            return None
        return self._page(
            "channel.html",
            channel=channel,
            month=month,
            articles=articles,
            older=older,
            names=self._names(),
        )

    def article(self, article_id: str) -> Page | None:
        """One article, also a withdrawn one; None where there is none."""
        article = self._store.get(article_id)
        if article is None:
            return None
        made = self._page(
            "article.html", article=article, body=page_html(article.body_html), names=self._names()
        )
        return replace(made, status=410 if article.state == "withdrawn" else 200)

    def search(self, query: Mapping[str, str]) -> Page:
        """Articles that meet a search; marks, case and đ do not matter; raises BadQuery."""
        wanted = read_query(query)
        channel = None if wanted.is_empty else search_channel(wanted)
        articles, older = self._some(channel, query) if channel else ([], None)
        return self._page(
            "search.html",
            asked=" ".join(query.get("q", "").split()),
            channel=channel,
            articles=articles,
            older=older,
            names=self._names(),
        )

    def trouble(self, status: int, said: BadQuery | None = None) -> Page:
        """Say in both languages what went wrong, and nothing of how it looks inside."""
        vi, en = (said.vi, said.en) if said else TROUBLES.get(status, TROUBLES[500])
        return replace(self._page("trouble.html", vi=vi, en=en, status=status), status=status)

    def _filled(self) -> dict[str, list[Channel]]:
        """List the channels that have articles, by kind; looked up anew when any changed."""
        version = self._store.version(Selection())
        if self._with_articles is None or self._with_articles[0] != version:
            found = {
                kind: [one for one in make() if version_of(self._store, one).count]
                for kind, make in _KINDS
            }
            self._with_articles = (version, found)
        return self._with_articles[1]

    def _some(self, channel: Channel, query: Mapping[str, str]) -> tuple[list[Article], str | None]:
        """Return a page of articles, and the address of the next one."""
        after = read_cursor(query.get("after", ""))
        found = newest(self._store, channel, limit=A_PAGE + 1, after=after)
        articles = found[:A_PAGE]
        if len(found) <= A_PAGE or is_made(channel):
            return articles, None
        joint = "&" if channel.query else "?"
        after = Cursor.of(articles[-1])
        return articles, f"{channel.address()}{joint}after={write_cursor(after)}"

    def _names(self) -> dict[str, str]:
        return {card.id: card.name for card in self._store.sources()}

    def _page(self, template: str, **facts: Any) -> Page:
        return Page(html=self._templates.get_template(template).render(facts))


_KINDS = (
    ("provinces", province_channels),
    ("topics", topic_channels),
    ("regions", region_channels),
)
"""How a page names the channels of a kind, and what lists them."""

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
