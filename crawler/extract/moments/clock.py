"""The time of day that stands beside a date: its clock, its half of the day, its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta, timezone

from crawler.extract.moments.forms import WEEKDAY
from store.model import VIETNAM

_ZONE = r"(?P<zone>z\b|(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d{2})?(?![\d/.-])|gmt\b|utc\b|ict\b)"
_HALF = r"am|pm|a\.m\.|p\.m\.|sa|ch|sáng|trưa|chiều|tối"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])\s?(?::|h|g|giờ)\s?(?P<minute>[0-5]\d)(?!\d)(?:\s?(?:phút|p)\b|['’′])?"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?(?!\d)|\s[0-5]?\d\s?giây)?"
    rf"(?:\s?(?P<half>{_HALF})(?![^\W\d_]))?"
)
_ANY = re.compile(rf"(?<![\d:./-]){_CLOCK}(?:\s?\(?{_ZONE}\)?)?", re.IGNORECASE)
_FILL = (
    r"(?:[\s,|()\[\]T–—•·-]|(?:lúc|giờ|ngày|time|date)\s?:|lúc|vào|hồi|at\b|ngày"
    rf"|{WEEKDAY}(?![^\W\d_])){{0,12}}"
)
_AFTER = re.compile(rf"{_FILL}{_CLOCK}(?:\s?\(?{_ZONE}\)?)?", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<![\d:./-]){_CLOCK}(?:\s?\(?{_ZONE}\)?)?{_FILL}(?<![\d+])$", re.IGNORECASE
)
_GLUED = re.compile(
    r"(?P<zone>[+-]\d{2}(?::?\d{2})?|[a-z]{3,4})(?P<clock>\d\d:\d\d(?::\d\d)?)(?!\d)", re.IGNORECASE
)
"""NukeViet 4 and 5 write `2026-11-20+0709:15:00`: the T of the pattern is taken as the zone."""
_REACH = 60
_LONGEST = 120
_LATER = {"pm", "ch", "chiều", "tối"}
_EARLIER = {"am", "sa", "sáng"}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it is written."""

    time: timedelta
    """Since midnight."""
    zone: timezone | None
    """None where none is written."""
    end: int
    """Where its words end in the line, if it stands behind the date; else the date's end."""


def clock_beside(line: str, start: int, end: int) -> Clock | None:
    """Read the clock behind the date at `start` to `end`, else the one before it.

    None too for a clock that says that the time is not known.
    """
    glued = _GLUED.match(line, end) if line[end : end + 1].strip() else None
    if glued:
        found = _AFTER.match(glued["clock"])
        if found:
            return Clock(_time(found), _zone(glued["zone"]), glued.end())
    found = _AFTER.match(line[: end + _LONGEST], end)
    if found:
        if _means_none(found, for_programs=line[start : start + 4].isdigit()):
            return None
        return Clock(_time(found), _zone(found["zone"]), found.end())
    found = _BEFORE.search(line[max(0, start - _REACH) : start])
    if found is None or _means_none(found, for_programs=False):
        return None
    return Clock(_time(found), _zone(found["zone"]), end)


def without_clocks(line: str) -> str:
    """Take the times of day out of a line."""
    return _ANY.sub(" ", line)


def is_clock(line: str) -> bool:
    """Tell whether a line is a time of day and nothing else."""
    found = _ANY.search(line[:_REACH])
    return found is not None and not re.search(r"\w", line[: found.start()] + line[found.end() :])


def _means_none(clock: re.Match[str], *, for_programs: bool) -> bool:
    """Tell a clock that stands for none: midnight, as programs write a day without a time.

    Liferay 6.2 shows 12:00 AM (sotttt.hanoi.gov.vn, 2022-08); behind an ISO date it is 00:00:00.
    Another zone's midnight is a time like any other.
    """
    hour, minute = int(clock["hour"]), int(clock["minute"])
    if minute or int(clock["second"] or 0):
        return False
    if hour == 12:
        return _half(clock) in _EARLIER
    return for_programs and hour == 0 and _zone(clock["zone"]) in {None, VIETNAM}


def _time(clock: re.Match[str]) -> timedelta:
    hour, half = int(clock["hour"]), _half(clock)
    if half in _LATER and hour < 12:
        hour += 12
    elif half in _EARLIER and hour == 12:
        hour = 0  # 12:30 AM; an AM or PM after a 24-hour clock (00:01 AM, 14:30 PM) says nothing
    return timedelta(hours=hour, minutes=int(clock["minute"]), seconds=int(clock["second"] or 0))


def _half(clock: re.Match[str]) -> str:
    return (clock["half"] or "").lower().replace(".", "")


def _zone(name: str | None) -> timezone | None:
    text = (name or "").lower().replace(" ", "")
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", text)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes == 7 * 60 and offset[1] == "+":
            return VIETNAM
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    if text in {"z", "gmt", "utc"}:
        return timezone(timedelta(0))
    return VIETNAM if text == "ict" else None
