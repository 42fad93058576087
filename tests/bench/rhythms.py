"""Years of publishing times, made up: how sources of several kinds might publish.

Each is a table of how likely an hour is, with what happens beside it: pauses, bursts, habits that
change. Nothing here is known to `crawler.schedule`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random

from crawler.holidays import is_holiday, is_tet
from store.model import VIETNAM, Precision

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "articles.jsonl"

Day = Callable[[Random, datetime], Iterator[datetime]]
"""Midnight of a day in Vietnam → the moments of that day's articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A made-up source."""

    name: str
    day: Day
    precision: Precision = "minute"

    def moments(self, begin: datetime, end: datetime, seed: int) -> list[datetime]:
        """Return when its articles come out, in order."""
        random = Random(f"{self.name} {seed}")
        first = begin.astimezone(VIETNAM).date()
        midnights = (
            datetime.combine(first + timedelta(days=n), time(), VIETNAM)
            for n in range((end - begin).days + 2)
        )
        found = sorted(m for midnight in midnights for m in self.day(random, midnight))
        return [moment for moment in found if begin <= moment < end]


Hours = Sequence[tuple[float, float, float]]
"""From hour, to hour, share of the articles."""

OFFICE: Hours = ((7.5, 11.5, 0.52), (13.5, 17.0, 0.40), (11.5, 13.5, 0.03), (17.0, 21.0, 0.05))
MORNING: Hours = ((7.0, 9.0, 0.95), (9.0, 17.0, 0.05))
EVENING: Hours = ((18.0, 23.0, 0.9), (8.0, 18.0, 0.1))
LUNCH_AND_CLOSE: Hours = ((11.5, 13.0, 0.5), (16.5, 18.5, 0.47), (8.0, 11.5, 0.03))


def regular(
    hours: Hours, a_week: float, *, weekend: float = 0.05, holiday: float = 0.1, tet: float = 0.02
) -> Day:
    """Publish so often on a workday, and that share of it on other days."""
    workday = a_week / (5 + 2 * weekend)

    def day(random: Random, midnight: datetime) -> Iterator[datetime]:
        mean = workday
        if is_tet(midnight.date()):
            mean *= tet
        elif is_holiday(midnight.date()):
            mean *= holiday
        elif midnight.weekday() >= 5:
            mean *= weekend
        for _ in range(_poisson(random, mean)):
            yield midnight + timedelta(hours=_hour(random, hours))

    return day


def in_bursts(hours: Hours, a_week: float, size: tuple[int, int]) -> Day:
    """Publish several articles within 40 minutes, so often a week."""
    begins = regular(hours, a_week)

    def day(random: Random, midnight: datetime) -> Iterator[datetime]:
        for begin in begins(random, midnight):
            for _ in range(random.randint(*size)):
                yield begin + timedelta(minutes=random.uniform(0, 40))

    return day


def changing(before: Day, after: Day, month: int) -> Day:
    """Publish one way until the month, another way from it on."""
    return lambda random, midnight: (before if midnight.month < month else after)(random, midnight)


def as_referenced(a_week: float) -> Day:
    """Publish at the weekdays and hours of real articles."""
    seen = [
        datetime.fromisoformat(published)
        for record in map(json.loads, REFERENCE.read_text(encoding="utf-8").splitlines())
        if len(published := record.get("published") or "") > len("2026-11-25")
    ]
    by_day: Mapping[int, list[datetime]] = {
        day: [moment for moment in seen if moment.weekday() == day] for day in range(7)
    }

    def day(random: Random, midnight: datetime) -> Iterator[datetime]:
        if is_tet(midnight.date()):
            return
        for model in by_day[midnight.weekday()]:
            for _ in range(_poisson(random, a_week / len(seen))):
                hour = model.hour + model.minute / 60 + random.gauss(0, 0.5)
                yield midnight + timedelta(hours=min(max(hour, 0.0), 23.9))

    return day


def _hour(random: Random, hours: Hours) -> float:
    begin, end, _ = random.choices(hours, [share for *_, share in hours])[0]
    return random.uniform(begin, end)


def _poisson(random: Random, mean: float) -> int:
    count, left = 0, random.expovariate(1.0)
    while left < mean:
        count += 1
        left += random.expovariate(1.0)
    return count


KNOWN: tuple[Publisher, ...] = (
    *([Publisher(name="as the reference", day=as_referenced(15))] if REFERENCE.exists() else []),
    Publisher(name="6 a day", day=regular(OFFICE, 32)),
    Publisher(name="1 a day", day=regular(OFFICE, 6)),
    Publisher(name="2 a week", day=regular(OFFICE, 2)),
    Publisher(name="2 a month", day=regular(OFFICE, 0.5)),
    Publisher(name="evenings", day=regular(EVENING, 7, weekend=0.5)),
    Publisher(name="early mornings", day=regular(MORNING, 10)),
    Publisher(name="bursts", day=in_bursts(OFFICE, 2, (3, 6))),
    Publisher(name="days only", day=regular(OFFICE, 8), precision="day"),
)
"""What `next_due` was made with in view."""

HELD_OUT: tuple[Publisher, ...] = (
    Publisher(name="noon and close", day=regular(LUNCH_AND_CLOSE, 9)),
    Publisher(name="7 days a week", day=regular(OFFICE, 14, weekend=1.0, holiday=1.0)),
    Publisher(
        name="moves to evenings",
        day=changing(regular(OFFICE, 8), regular(EVENING, 8), 7),
    ),
    Publisher(name="evening bursts", day=in_bursts(EVENING, 3, (2, 4))),
    Publisher(name="evenings, days only", day=regular(EVENING, 6), precision="day"),
    Publisher(
        name="round the clock",
        day=regular(((0.0, 24.0, 1.0),), 20, weekend=1.0, holiday=1.0, tet=1.0),
    ),
)
"""What it was not: looked at once it was done."""
