"""When a source is to be crawled next: one pure decision of plain data and `now`.

A day's requests are placed where its news is likely. Of all ways to place so many of them, that
one has the least sum of squared delays (long ones count more) which asks, in each hour, in
proportion to the cube root of the news to expect. So every hour has a weight, and a crawl is due
once the weights since the last one have grown to its share of a week. Hours that bring next to
nothing, most of a week, would still take a third of all requests so: they weigh in proportion.

`./run bench schedule` tells what comes of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.rhythm import AFTER, HOUR, Rhythm, learn, next_hour
from store.health import settle
from store.model import BROKEN, Appearance, Run

SOONEST, LATEST = timedelta(minutes=10), timedelta(hours=24)
"""From the end of a crawl, and from its start, to the next; a recipe's own pace may be slower."""

APPEARANCES = 200
"""How many of a source's newest articles tell its rhythm."""

RUNS = 100
"""How many of its newest runs `next_due` looks at."""

A_DAY, FEWEST_A_DAY = 24.0, 4.0
"""Crawls of a source a day, on the mean of an ordinary week; and of one long silent."""

SILENT = timedelta(days=30)
"""A source that has been silent for longer is asked the less, the longer."""

FIRST_BACK_OFF = timedelta(minutes=15)
"""After one failure; twice that after the second, and so on to `LATEST`."""

OBEYED = timedelta(days=7)
"""A site may ask us to stay away for so long; what it asks beyond that is a mistake of its."""

JITTER = 0.1
"""Of a pause, more or less, so that sources of one rhythm do not come at once."""

_POWER = 1 / 3
_MOST = 0.97
"""Hours that bring less than those which together bring this share of the news are rare."""

Reason = Literal["first", "pace", "rhythm", "burst", "back-off", "asked-to-wait"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When to crawl a source, and what settled it."""

    at: datetime
    """Aware UTC, never before the `now` that was given."""
    reason: Reason


def next_due(
    source_id: str,
    *,
    runs: Sequence[Run],
    appeared: Sequence[Appearance],
    now: datetime,
    every_minutes: int | None = None,
    a_day: float = A_DAY,
) -> Due:
    """Decide when to crawl the source next.

    `runs` and `appeared` are the source's newest, in any order (`RUNS` and `APPEARANCES` of them
    are enough); what lies in the future of `now` is ignored. `every_minutes` is the recipe's own
    pace (`[pace]`); without it, the source is asked `a_day` times on the mean of a week.
    """
    past = sorted(
        (settle(run, now) for run in runs if _over(run) <= now),
        key=lambda run: run.started,
    )
    if not past:
        return Due(at=now, reason="first")
    last = past[-1]
    pause, reason = (
        _rhythmic(past, appeared, now, a_day)
        if every_minutes is None
        else (timedelta(minutes=every_minutes), "pace")
    )
    if (back_off := _back_off(past)) > pause:
        pause, reason = back_off, "back-off"
    pause *= 1 + JITTER * _chance(source_id, last.started)
    latest = max(LATEST, timedelta(minutes=every_minutes or 0))
    at = max(last.started + min(pause, latest), _over(last) + SOONEST, now)
    wait = max((_asked(run) for run in past if run.not_before), default=at)
    return Due(at=wait, reason="asked-to-wait") if wait > at else Due(at=at, reason=reason)


def _rhythmic(
    past: Sequence[Run], appeared: Sequence[Appearance], now: datetime, a_day: float
) -> tuple[timedelta, Reason]:
    """Return how long after the last crawl the next is due by the source's rhythm."""
    looks = [run.started for run in past if run.state in _LOOKED]
    rhythm, start = learn(appeared, looks, now), past[-1].started
    if rhythm.last is not None and start - rhythm.last > SILENT:
        a_day = max(FEWEST_A_DAY, a_day * (SILENT / (start - rhythm.last)))
    rare = _rare(rhythm.hours)

    def weight(expected: float) -> float:
        return float(max(expected, rare) ** _POWER) * min(1.0, expected / rare)

    left = sum(map(weight, rhythm.hours)) / (7 * a_day)
    for begin, end in _pieces(start, rhythm):
        weighs = weight(rhythm.at(begin))
        if weighs * ((end - begin) / HOUR) >= left:
            stirred = rhythm.stirred(begin)
            pause: timedelta = begin + (left / weighs) * HOUR - start
            return pause, "burst" if stirred else "rhythm"
        left -= weighs * ((end - begin) / HOUR)
    return LATEST, "rhythm"


def _rare(hours: Sequence[float]) -> float:
    """Return the least an hour brings that is needed for most of the news."""
    missing = _MOST * sum(hours)
    for expected in sorted(hours, reverse=True):
        missing -= expected
        if missing <= 0:
            return expected
    return min(hours)


def _pieces(start: datetime, rhythm: Rhythm) -> Iterator[tuple[datetime, datetime]]:
    """Cut the time until `LATEST` where the news to expect changes."""
    begin = start
    while begin < start + LATEST:
        calm = rhythm.last + AFTER if rhythm.last and rhythm.stirred(begin) else start + LATEST
        end = min(next_hour(begin), calm, start + LATEST)
        yield begin, end
        begin = end


def _back_off(past: Sequence[Run]) -> timedelta:
    """Return how long to leave a source alone that failed so many times in a row."""
    failures = 0
    for run in reversed(past):
        if run.state not in BROKEN:
            break
        failures += 1
    if not failures:
        return timedelta()
    return min(FIRST_BACK_OFF * (1 << min(failures - 1, 10)), LATEST)


def _over(run: Run) -> datetime:
    """Return the last moment that is known of a run, also where the clock was set back in it."""
    return max(run.started, run.ended or run.started)


def _asked(run: Run) -> datetime:
    """Return until when the site asked us to stay away, as far as we obey."""
    assert run.not_before is not None
    return min(run.not_before, _over(run) + OBEYED)


def _chance(source_id: str, start: datetime) -> float:
    """Return a number from -1 to 1 that differs from source to source and crawl to crawl."""
    told = hashlib.sha256(f"{source_id} {start.isoformat()}".encode()).digest()
    return int.from_bytes(told[:4]) / 2**31 - 1


_LOOKED = frozenset({"ok", "partial"})
