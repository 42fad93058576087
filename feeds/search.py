"""What people ask a search for, and its one canonical form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from feeds.channel import Channel
from store.base import Selection
from store.model import VIETNAM
from store.provinces import province_name, provinces_now
from store.text import words
from store.topics import TOPICS

MOST_WORDS = 12
"""Of a search, phrases and refused words counted."""
_MOST_CHARACTERS = 200
_PIECE = re.compile(r'(-?)(?:["“”„]([^"“”„]*)["“”„]|(\S+))')

PARAMETERS = ("q", "province", "topic", "since")
"""In their canonical order."""


class BadQuery(Exception):
    """A question that has no answer, with the reason in both languages."""

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search, its words folded."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    province: str | None = None
    topic: str | None = None
    since: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return self == Query()

    @property
    def text(self) -> str:
        """What `q` says, in its canonical form."""
        quoted = (f'"{phrase}"' for phrase in self.phrases)
        return " ".join((*self.words, *quoted, *(f"-{word}" for word in self.without)))

    @property
    def canonical(self) -> str:
        """The query string, in the one form that all ways to ask for it share."""
        since = self.since.isoformat() if self.since else None
        told = zip(PARAMETERS, (self.text, self.province, self.topic, since), strict=True)
        return urlencode([(name, value) for name, value in told if value])


def read_query(parameters: Mapping[str, str]) -> Query:
    """Read the parameters of a search; raises BadQuery. Unknown parameters are ignored.

    `q` holds words, `"exact phrases"` and `-refused` words; marks, case and đ do not matter.
    """
    wanted: dict[str, None] = {}
    phrases: dict[str, None] = {}
    without: dict[str, None] = {}
    for minus, phrase, word in _PIECE.findall(parameters.get("q", "")[:_MOST_CHARACTERS]):
        folded = words(phrase or word)
        if minus:
            without |= dict.fromkeys(folded)
        elif phrase and len(folded) > 1:
            phrases[" ".join(folded)] = None
        else:
            wanted |= dict.fromkeys(folded)
    count = len(wanted) + len(without) + sum(len(phrase.split()) for phrase in phrases)
    if count > MOST_WORDS:
        raise BadQuery(
            vi=f"Câu tìm dài quá: nhiều nhất {MOST_WORDS} từ.",
            en=f"The search is too long: {MOST_WORDS} words at most.",
        )
    return Query(
        words=tuple(wanted),
        phrases=tuple(phrases),
        without=tuple(without),
        province=_province(parameters.get("province", "")),
        topic=_topic(parameters.get("topic", "")),
        since=_since(parameters.get("since", "")),
    )


def search_channel(query: Query) -> Channel:
    """Make the channel of what a search finds."""
    about = [
        f"“{query.text}”" if query.text else "",
        province_name(query.province) or "" if query.province else "",
        TOPICS[query.topic] if query.topic else "",
        f"từ {query.since:%d/%m/%Y}" if query.since else "",
    ]
    said = ", ".join(filter(None, about))
    today = query.province in provinces_now()
    since = datetime.combine(query.since, time(), VIETNAM) if query.since else None
    which = Selection(
        words=(*query.words, *(word for phrase in query.phrases for word in phrase.split())),
        without=query.without,
        province_now=query.province if today else None,
        province=None if today else query.province,
        topic=query.topic,
        since=since,
    )
    return Channel(
        path="/search",
        title=f"Tìm tin: {said}",
        description=f"Tin mới của các sở tìm theo {said}",
        parts=(which,),
        phrases=query.phrases,
        query=query.canonical,
    )


def _province(slug: str) -> str | None:
    if slug and province_name(slug) is None:
        raise BadQuery(
            vi="Không có tỉnh, thành này: ghi tên không dấu, như province=dien-bien.",
            en="There is no such province: write its name like province=dien-bien.",
        )
    return slug or None


def _topic(slug: str) -> str | None:
    if slug and slug not in TOPICS:
        raise BadQuery(
            vi=f"Không có chủ đề này: chọn một trong {', '.join(TOPICS)}.",
            en=f"There is no such topic: take one of {', '.join(TOPICS)}.",
        )
    return slug or None


def _since(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadQuery(
            vi="Ngày ghi như since=2026-01-31.", en="Write a day like since=2026-01-31."
        ) from None
