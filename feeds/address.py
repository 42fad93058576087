"""Addresses of feeds: what stands at one, and the one form that each has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from feeds.channel import Channel, channel_at
from feeds.feed import NEWEST
from feeds.formats import FORMATS, Format
from feeds.search import BadQuery, read_query, search_channel
from feeds.shelf import is_made
from store.base import Cursor
from store.model import VIETNAM, Article, SourceCard, local_time

MOST = 200
"""Articles in a feed, where somebody asks for more than usual."""

_MONTH = re.compile(r"(/.+)/((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-([2-9]|[1-9]\d{1,2}))?")
_CURSOR = re.compile(r"(\d{1,15})-([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """An archive: the articles of a month, in Vietnam, and which five hundred of them."""

    first: date
    """Its first day."""
    part: int = 1

    @property
    def since(self) -> datetime:
        """When it begins."""
        return datetime(self.first.year, self.first.month, 1, tzinfo=VIETNAM)

    @property
    def until(self) -> datetime:
        """When the next one begins."""
        return (self.since + timedelta(days=32)).replace(day=1)

    @property
    def name(self) -> str:
        """How addresses write it: `2026-10`, `2026-10-2`."""
        return f"{self.first:%Y-%m}" + (f"-{self.part}" if self.part > 1 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is asked for at the address of a feed."""

    channel: Channel
    form: Format
    limit: int = NEWEST
    after: Cursor | None = None
    month: Month | None = None
    """None for the newest."""

    @property
    def is_newest(self) -> bool:
        """Whether it is the feed that grows at its top: the one that a hub is told of."""
        return self.month is None and self.after is None

    @property
    def address(self) -> str:
        """The one address of it, from the root."""
        place = f"/{self.month.name}" if self.month else ""
        more = {} if self.limit == NEWEST else {"limit": self.limit}
        further = {} if self.after is None else {"after": write_cursor(self.after)}
        query = "&".join(filter(None, (self.channel.query, urlencode(more | further))))
        path = f"{self.channel.path}{place}.{self.form.ending}"
        return f"{path}?{query}" if query else path


def read_address(
    path: str, parameters: Mapping[str, str], sources: Sequence[SourceCard]
) -> Target | None:
    """Tell what stands at an address; None where nothing does.

    Parameters that mean nothing are ignored, so that nobody's cache-buster makes a feed of its
    own. Raises BadQuery for a value that means nothing.
    """
    page, _, ending = path.rpartition(".")
    form = FORMATS.get(ending)
    if form is None:
        return None
    page, month = split_month(page)
    if page == "/search":
        query = read_query(parameters)
        if query.is_empty:
            raise BadQuery(
                vi="Hãy ghi từ cần tìm: /search.atom?q=chuyen+doi+so.",
                en="Say what to search for: /search.atom?q=chuyen+doi+so.",
            )
        channel: Channel | None = search_channel(query)
    else:
        channel = channel_at(page, sources)
    if channel is None or (month and is_made(channel)):
        return None
    if month:
        return Target(channel=channel, form=form, month=month)
    return Target(
        channel=channel,
        form=form,
        limit=_limit(parameters.get("limit", "")),
        after=read_cursor(parameters.get("after", "")),
    )


def split_month(path: str) -> tuple[str, Month | None]:
    """Split `/all/2026-10-2` into the channel's path and the month; None where there is none."""
    found = _MONTH.fullmatch(path)
    if found is None:
        return path, None
    first = date(int(found[2]), int(found[3]), 1)
    return found[1], Month(first=first, part=int(found[4] or 1))


def month_of(article: Article) -> Month:
    """Return the archive that an article stands in, the first part of it."""
    return Month(first=local_time(article.published).date().replace(day=1))


def write_cursor(cursor: Cursor) -> str:
    """Write a place in the order of articles for an address."""
    return f"{int(cursor.published.timestamp() * 1000)}-{cursor.id}"


def read_cursor(text: str) -> Cursor | None:
    """Read what `write_cursor` wrote; None for no text; raises BadQuery."""
    if not text:
        return None
    found = _CURSOR.fullmatch(text)
    try:
        if found:
            at = datetime.fromtimestamp(int(found[1]) / 1000, UTC)
            return Cursor(published=at, id=found[2])
    except (ValueError, OverflowError, OSError):
        pass
    raise BadQuery(
        vi="Không có trang này: đi lại từ trang đầu.",
        en="There is no such page: start again at the first.",
    )


def _limit(text: str) -> int:
    if not text:
        return NEWEST
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST):
        raise BadQuery(
            vi=f"Số tin ghi từ 1 đến {MOST}, như limit=100.",
            en=f"Ask for 1 to {MOST} articles, like limit=100.",
        )
    return int(text)
