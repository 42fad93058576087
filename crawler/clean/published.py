"""Which of the dates that were read is the article's: never in the future, never a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.extract.draft import Found, Moment
from store.model import VIETNAM, PublishedFrom

_EARLIEST = datetime(1995, 1, 1, tzinfo=VIETNAM)
"""No Vietnamese site is older: the country joined the net in November 1997."""
_SKEW = timedelta(minutes=15)
"""How far a site's clock may run ahead of ours."""

_KNOW_TIMES: frozenset[PublishedFrom] = frozenset({"listing", "print", "sitemap", "feed"})

Candidate = tuple[Found[Moment], PublishedFrom]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The date chosen, and what was odd on the way."""

    chosen: Candidate | None
    """None when no candidate can be right."""
    doubts: tuple[str, ...]


def choose(candidates: Iterable[Candidate | None], *, now: datetime) -> Published:
    """Take the first candidate that can be right; they come best first.

    A day alone takes its time from the next place that knows the minute of that same day; it stays
    the date of the place that named the day, and its rule names both.
    """
    doubts: list[str] = []
    possible: list[Candidate] = []
    for candidate in filter(None, candidates):
        doubt = _doubt(candidate[0].value, now)
        if doubt is None:
            possible.append(candidate)
        elif not possible:
            doubts.append(doubt)
    chosen = _refined(possible[0], possible[1:]) if possible else None
    return Published(chosen=chosen, doubts=tuple(doubts))


def _refined(chosen: Candidate, others: Iterable[Candidate]) -> Candidate:
    found, origin = chosen
    if found.value.precision == "day":
        for other, place in others:
            knows = place in _KNOW_TIMES and other.value.precision == "minute"
            if knows and _day(other.value) == _day(found.value):
                return Found(other.value, f"{found.rule} + {place}:{other.rule}"), origin
    return chosen


def _day(moment: Moment) -> date:
    return moment.at.astimezone(VIETNAM).date()


def _doubt(moment: Moment, now: datetime) -> str | None:
    if moment.at > now + _SKEW:
        return "article/date/future"
    if moment.at < _EARLIEST:
        return "article/date/ancient"
    return None
