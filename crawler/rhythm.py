"""A source's own rhythm: how much news to expect in each hour of a week, learnt from its articles.

Pure. What is not known is filled by what offices are known to do, so that a source without any
articles has a rhythm too, and one article does not make a habit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import log

from crawler.holidays import is_holiday, is_tet
from store.model import Appearance, local_time

HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_DAYS, _HOURS = 7, 24
_SUNDAY = 6

_WORKDAY = (*(0.02,) * 6, 0.2, *(1.0,) * 5, 0.6, *(1.0,) * 5, *(0.15,) * 5, 0.05)
"""Of an hour beside the busiest: what to expect of an office before it is known."""
_WEEKEND_SHARE = 0.15
_TET_SHARE = 0.1

_DOUBT = 8.0
"""Articles that say as much as what offices are known to do."""
_DOUBT_WEEKLY = 1.0
"""Articles a week of a source of which none is known."""
_HALF_LIFE_DAYS = 60.0
"""An article this much older says half as much."""
_NEIGHBOURS = 0.15
"""What an article says of the hour before and the hour after its own."""
_OWN_DAY = 0.2
"""What it says of its own weekday alone; the rest of all days of its kind."""
_LOOKED = timedelta(hours=2)
"""Between two looks at a source, where no run tells."""

AFTER = timedelta(minutes=30)
"""So soon after an article another one is likely, where a source publishes in bursts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How much news to expect of a source, and when."""

    hours: tuple[float, ...]
    """Articles an hour, for the 168 hours of a week from Monday 00:00 in Vietnam."""
    follows: float
    """How likely an article is followed by another within `AFTER`: 0 to 1."""
    last: datetime | None
    """When the newest article came out; None when there is none."""

    def at(self, moment: datetime) -> float:
        """Return how many articles an hour to expect at a moment."""
        local = local_time(moment)
        expected = self.hours[_cell(moment)]
        if is_tet(local.date()):
            expected *= _TET_SHARE
        return max(expected, self.follows * (HOUR / AFTER)) if self.stirred(moment) else expected

    def stirred(self, moment: datetime) -> bool:
        """Tell whether an article came out so shortly before that another may follow."""
        return self.last is not None and self.last <= moment < self.last + AFTER


def learn(appeared: Iterable[Appearance], looks: Sequence[datetime], now: datetime) -> Rhythm:
    """Learn a source's rhythm from its articles and the moments when its lists were read.

    Articles that are dated after `now` or were first seen after it are ignored.
    """
    looks = sorted(looks)
    spans = [_span(each, looks) for each in appeared if each.first_seen <= now]
    known = sorted((span for span in spans if span and span[1] <= now), key=lambda span: span[1])
    learnt = [0.0] * (_DAYS * _HOURS)
    for begin, end in known:
        weight = _remembered((now - end) / _DAY)
        for cell, share in _spread(begin, end):
            learnt[cell] += weight * share
    blurred = _among_days(_among_hours(learnt))
    total = sum(_USUAL)
    mixed = [b + _DOUBT * u / total for b, u in zip(blurred, _USUAL, strict=True)]
    weekly = _weekly(known, now) / sum(mixed)
    return Rhythm(
        hours=tuple(weekly * each for each in mixed),
        follows=_follows([end for begin, end in known if begin == end]),
        last=known[-1][1] if known else None,
    )


def _span(article: Appearance, looks: Sequence[datetime]) -> tuple[datetime, datetime] | None:
    """Return between which moments an article came out; equal where the moment is known.

    Its date tells it to the minute, or the day. Where that is but a day, or earlier than a look
    that would have seen it (a date from before its release), it came out after the look before the
    one that found it. None where nothing tells, as of an archive that nobody dated.
    """
    seen, published = article.first_seen, article.published
    found_by = bisect_right(looks, seen) - 1
    before = looks[found_by - 1] if found_by > 0 else None
    if before is not None and seen - before > _DAY:
        before = None
    if article.published_from == "first-seen":
        return (before, seen) if before else None
    if article.published_precision == "minute":
        late = before is not None and before - _DAY < published < before
        return (before, seen) if before and late else (published, published)
    midnight = published + _DAY
    if seen >= midnight:
        return (published, midnight)
    return (max(published, before or seen - _LOOKED), seen)


def _spread(begin: datetime, end: datetime) -> Iterator[tuple[int, float]]:
    """Yield the hours of a week that a span lies in, and how likely each is; sums to 1."""
    cells = [_cell(begin)]
    while (begin := next_hour(begin)) < end:
        cells.append(_cell(begin))
    total = sum(_USUAL[cell] for cell in cells)
    for cell in cells:
        yield cell, _USUAL[cell] / total


def _cell(moment: datetime) -> int:
    """Return the hour of the week in Vietnam; a holiday's are a Sunday's."""
    local = local_time(moment)
    day = _SUNDAY if is_holiday(local.date()) else local.weekday()
    return day * _HOURS + local.hour


def next_hour(moment: datetime) -> datetime:
    """Return when the hour after this one begins, in Vietnam as in UTC."""
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR


def _among_hours(cells: Sequence[float]) -> list[float]:
    """Lend the neighbours of each hour a part of it."""
    own, count = 1 - 2 * _NEIGHBOURS, len(cells)
    return [
        own * cells[i] + _NEIGHBOURS * (cells[i - 1] + cells[(i + 1) % count]) for i in range(count)
    ]


def _among_days(cells: Sequence[float]) -> list[float]:
    """Lend the same hour of all workdays, or of both days of a weekend, a part of each."""
    lent = [0.0] * len(cells)
    for days in _KINDS_OF_DAY:
        for hour in range(_HOURS):
            of_kind = [day * _HOURS + hour for day in days]
            mean = sum(cells[cell] for cell in of_kind) / len(of_kind)
            for cell in of_kind:
                lent[cell] = _OWN_DAY * cells[cell] + (1 - _OWN_DAY) * mean
    return lent


def _remembered(age_days: float) -> float:
    return float(0.5 ** (age_days / _HALF_LIFE_DAYS))


def _weekly(known: Sequence[tuple[datetime, datetime]], now: datetime) -> float:
    """Return how many articles a week to expect; older ones count less."""
    ages = [(now - end) / _DAY for _, end in known]
    counted = sum(map(_remembered, ages))
    span = max(ages, default=0.0)
    watched = (1 - _remembered(span)) * _HALF_LIFE_DAYS / log(2)
    return _DAYS * (counted + _DOUBT_WEEKLY) / (watched + _DAYS)


def _follows(moments: Sequence[datetime]) -> float:
    """Return how likely one is followed by another within `AFTER`."""
    followed = sum(later - one <= AFTER for one, later in pairwise(moments))
    return (followed + 1) / (len(moments) + 8)


_KINDS_OF_DAY = (range(5), range(5, 7))
_USUAL = tuple(share * hour for share in (*(1.0,) * 5, *(_WEEKEND_SHARE,) * 2) for hour in _WORKDAY)
