"""Dates that count back from the moment a page was fetched: "8 giờ trước", "Hôm qua, 10:20"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from crawler.extract.draft import Moment
from store.model import VIETNAM

_MOST_CHARS = 80
"""A line that is a date: a text that holds "hôm nay" is none."""
_AGO = re.compile(
    r"(?<!\w)(\d{1,3}|một|hai|ba|an?|one)"
    r"\s(phút|giờ|tiếng|ngày|tuần|minutes?|hours?|days?|weeks?)\s(?:trước|ago)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:vừa\sxong|vừa\sđăng|vài\sphút\strước|just\snow)", re.IGNORECASE)
_DAY = re.compile(
    r"\bhôm\s(nay|qua)\b(?:[\s,.|–-]{0,4}(?:lúc\s|vào\s)?(?P<hour>[01]?\d|2[0-3])[:hg](?P<minute>[0-5]\d)\b"
    r"|[\s,.)|]{0,4}$)",
    re.IGNORECASE,
)
"""With a clock or at the line's end: "Hôm nay: 1.234" counts visitors."""
_CLOCK_BEFORE = re.compile(r"(?<![\d:])([01]?\d|2[0-3])[:hg]([0-5]\d)[\s,|–-]{0,4}$")
RELATIVE = re.compile(f"{_AGO.pattern}|{_NOW.pattern}|{_DAY.pattern}", re.IGNORECASE)
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "a": 1, "an": 1, "one": 1}
_UNIT = {
    "phút": timedelta(minutes=1),
    "giờ": timedelta(hours=1),
    "tiếng": timedelta(hours=1),
    "ngày": timedelta(days=1),
    "tuần": timedelta(weeks=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


def read_relative(line: str, reference: datetime) -> Moment | None:
    """Count back from `reference`: to the day, but to the minute where a clock is written.

    Months and years "ago" are too coarse to be a date: None.
    """
    if len(line) > _MOST_CHARS:
        return None
    local = reference.astimezone(VIETNAM)
    ago = _AGO.search(line)
    if ago:
        count = _NUMBERS.get(ago[1].lower()) or int(ago[1])
        moment = local - count * _UNIT[ago[2].lower().removesuffix("s")]
        return Moment(at=_midnight(moment), precision="day", raw=ago[0])
    now = _NOW.search(line)
    if now:
        return Moment(at=_midnight(local), precision="day", raw=now[0])
    day = _DAY.search(line)
    if day is None:
        return None
    at = _midnight(local - timedelta(days=1) if day[1].lower() == "qua" else local)
    clock = day.group("hour", "minute")
    before = _CLOCK_BEFORE.search(line[: day.start()])
    if not clock[0] and before:
        clock = before.groups()
    if not clock[0]:
        return Moment(at=at, precision="day", raw=day[0].strip())
    at = at.replace(hour=int(clock[0]), minute=int(clock[1]))
    return Moment(at=at, precision="minute", raw=day[0].strip())


def is_relative(moment: Moment) -> bool:
    """Tell a day that was counted back from the moment of the fetch."""
    return moment.precision == "day" and bool(_AGO.search(moment.raw) or _NOW.search(moment.raw))


def names_today(line: str) -> bool:
    """Tell a date that is today's, to the day: what a page also shows of its visitors."""
    day = _DAY.search(line)
    return day is not None and day[1].lower() == "nay" and not day["hour"]


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
