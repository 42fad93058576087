"""Which of the dates that were read is the article's: never in the future, never a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.extract.draft import Found, Moment
from store.model import VIETNAM, PublishedFrom

_EARLIEST = datetime(1995, 1, 1, tzinfo=VIETNAM)
"""No Vietnamese site is older: the country joined the net in November 1997."""
_SKEW = timedelta(minutes=15)
"""How far a site's clock may run ahead of ours."""

Candidate = tuple[Found[Moment], PublishedFrom]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The date chosen, and what was odd on the way."""

    chosen: Candidate | None
    """None when no candidate can be right."""
    doubts: tuple[str, ...]


def choose(candidates: Iterable[Candidate | None], *, now: datetime) -> Published:
    """Take the first candidate that can be right; they come best first."""
    doubts: list[str] = []
    for candidate in candidates:
        if candidate is None:
            continue
        doubt = _doubt(candidate[0].value, now)
        if doubt is None:
            return Published(chosen=candidate, doubts=tuple(doubts))
        doubts.append(doubt)
    return Published(chosen=None, doubts=tuple(doubts))


def _doubt(moment: Moment, now: datetime) -> str | None:
    if moment.at > now + _SKEW:
        return "article/date/future"
    if moment.at < _EARLIEST:
        return "article/date/ancient"
    return None
