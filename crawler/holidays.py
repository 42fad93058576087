"""Days on which Vietnam's offices are closed: quiet is no failure then.

Only what falls on the same day for everybody. Days off that the government moves from year to year
(bridges, a Monday for a Sunday) are not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

_FIXED = frozenset({(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)})
"""Month and day: New Year, reunification, labour day, the two of the national day."""

_LUNAR: Mapping[int, tuple[tuple[int, int], tuple[int, int]]] = {
    2020: ((1, 25), (4, 2)),
    2021: ((2, 12), (4, 21)),
    2022: ((2, 1), (4, 10)),
    2023: ((1, 22), (4, 29)),
    2024: ((2, 10), (4, 18)),
    2025: ((1, 29), (4, 7)),
    2026: ((2, 17), (4, 26)),
    2027: ((2, 6), (4, 16)),
    2028: ((1, 26), (4, 4)),
    2029: ((2, 13), (4, 23)),
    2030: ((2, 2), (4, 12)),
    2031: ((1, 23), (4, 1)),
    2032: ((2, 11), (4, 19)),
    2033: ((1, 31), (4, 9)),
    2034: ((2, 19), (4, 28)),
    2035: ((2, 8), (4, 17)),
    2036: ((1, 28), (4, 6)),
    2037: ((2, 15), (4, 24)),
    2038: ((2, 4), (4, 13)),
    2039: ((1, 24), (4, 3)),
    2040: ((2, 12), (4, 20)),
    2041: ((2, 1), (4, 10)),
    2042: ((1, 22), (4, 29)),
    2043: ((2, 10), (4, 19)),
    2044: ((1, 30), (4, 7)),
    2045: ((2, 17), (4, 26)),
    2046: ((2, 6), (4, 15)),
    2047: ((1, 26), (4, 4)),
    2048: ((2, 14), (4, 22)),
    2049: ((2, 2), (4, 11)),
    2050: ((1, 23), (4, 1)),
}
"""Year → month and day of Tết's first day and of the Hùng kings' day (10th of the 3rd month), by
Vietnam's calendar: Hồ Ngọc Đức's rules (https://www.informatik.uni-leipzig.de/~duc/amlich/), at
+07. A year that is missing has neither."""

_TET_FROM, _TET_TO = timedelta(days=-2), timedelta(days=5)
"""Offices close two days before and open on the sixth (observed 2020 to 2026, ±1 day)."""


def is_holiday(day: date) -> bool:
    """Tell whether offices are closed on this day in Vietnam, whatever the weekday."""
    return (day.month, day.day) in _FIXED or is_tet(day) or _kings_day(day.year) == day


def is_tet(day: date) -> bool:
    """Tell whether the day is one of the week of Tết."""
    lunar = _LUNAR.get(day.year)
    if lunar is None:
        return False
    first = date(day.year, *lunar[0])
    return first + _TET_FROM <= day < first + _TET_TO


def _kings_day(year: int) -> date | None:
    lunar = _LUNAR.get(year)
    return date(year, *lunar[1]) if lunar else None
