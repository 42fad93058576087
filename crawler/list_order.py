"""How a list is ordered, judged from the dates of its entries, else the numbers in their addresses.

Pinned entries, which stand above the others whatever their date, do not spoil the judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from crawler.extract.draft import Entry
from store.model import local_time

Order = Literal["newest", "oldest", "mixed", "unknown"]
"""Of a list: newest first, oldest first, none, or too little to tell."""

_MOST_PINNED = 5
_FEW_STEPS, _MANY_STEPS = 3, 6
_SIDED = 0.8
"""Of the steps from entry to entry, so many go one way in a list that has an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The steps from each entry of a list to the next, so far; two of one day are none."""

    older: int = 0
    newer: int = 0
    dated: bool = True
    """Judged by dates. Numbers grow with time, but lists seldom go by them: that they are mixed
    says nothing."""
    last: float | None = None
    """The value of the entry that the next page goes on from."""

    @property
    def order(self) -> Order:
        """Judge."""
        steps = self.older + self.newer
        if steps < _FEW_STEPS:
            return "unknown"
        if self.older >= _SIDED * steps:
            return "newest"
        if self.newer >= _SIDED * steps:
            return "oldest"
        return "mixed" if self.dated and steps >= _MANY_STEPS else "unknown"


def followed(trend: Trend, entries: Sequence[Entry], key_of: Callable[[str], str | None]) -> Trend:
    """Return the trend with one more page; `key_of` gives the number in an address."""
    values, dated = _values(entries, key_of)
    if not values:
        return trend
    last = trend.last if dated == trend.dated else None
    older, newer = _steps(values, last)
    return Trend(
        older=trend.older + older,
        newer=trend.newer + newer,
        dated=trend.dated and dated,
        last=values[-1],
    )


def _steps(values: Sequence[float], last: float | None) -> tuple[int, int]:
    """Count the steps to older and to newer ones; without the first few where those are pinned.

    They are if the rest has an order, which they disturb.
    """
    most = min(_MOST_PINNED, len(values) // 3)
    counts = [_counted(values[pins:], last) for pins in range(most + 1)]
    return next((c for c in counts if sum(c) >= _FEW_STEPS and max(c) == sum(c)), counts[0])


def _counted(values: Sequence[float], last: float | None) -> tuple[int, int]:
    line = [*(() if last is None else (last,)), *values]
    pairs = list(pairwise(line))
    return sum(b < a for a, b in pairs), sum(b > a for a, b in pairs)


def _values(
    entries: Sequence[Entry], key_of: Callable[[str], str | None]
) -> tuple[list[float], bool]:
    moments = [entry.date.value for entry in entries if entry.date]
    if 3 * len(moments) >= 2 * len(entries) > 0:
        by_day = any(moment.precision == "day" for moment in moments)
        days = [float(local_time(moment.at).toordinal()) for moment in moments]
        return (days if by_day else [moment.at.timestamp() for moment in moments]), True
    keys = [(key_of(entry.url) or "").rpartition("/")[2] for entry in entries]
    numbers = [float(key) for key in keys if key.isdecimal()]
    return (numbers, False) if 3 * len(numbers) >= 2 * len(entries) else ([], False)
