"""Dates as Vietnamese sites write them: one text in, one moment out, or none.

A date counts only with day, month and year. Ranges, bare years and numbers of decrees do not.
The forms are those seen on some 90 hosts, 2026-11; each has a line in the tests.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Literal

from crawler.clean.text import one_line
from crawler.extract.draft import Moment
from crawler.extract.relative_dates import read_relative
from store.model import VIETNAM

Order = Literal["dmy", "mdy"]

_WEEKDAY = (
    r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|cn|t[2-7]|[a-z]{3,9}day"
    r"|mon|tue|wed|thu|fri|sat|sun)"
)
_ZONE = r"(?P<zone>z\b|(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d{2})?(?![\d/.-])|gmt\b|utc\b|ict\b)"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])\s?(?::|h|g|giờ)\s?(?P<minute>[0-5]\d)(?!\d)(?:\s?(?:phút|p)\b)?"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d+)?(?!\d))?"
    r"(?:\s?(?P<half>am|pm|a\.m\.|p\.m\.|sa|ch)(?![^\W\d_]))?"
)
_FILL = rf"(?:[\s,|()\[\]T–—-]|lúc|vào|hồi|at\b|ngày|{_WEEKDAY})*"
_CLOCK_AFTER = re.compile(rf"{_FILL}{_CLOCK}(?:\s?\(?{_ZONE}\)?)?", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(rf"(?<![\d:./-]){_CLOCK}{_FILL}$", re.IGNORECASE)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january một giêng",
            "feb february hai",
            "mar march ba",
            "apr april tư bốn",
            "may năm",
            "jun june sáu",
            "jul july bảy bẩy",
            "aug august tám",
            "sep sept september chín",
            "oct october mười",
            "nov november mười_một",
            "dec december mười_hai chạp",
        ),
        1,
    )
    for name in names.replace("_", "\0").split()
}
_ENGLISH = "|".join(sorted((m for m in _MONTHS if m.isascii() and "\0" not in m), key=len)[::-1])
_WORDS = r"mười\s+một|mười\s+hai|mười|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|chạp"
_MONTH = rf"(?:(?:tháng|thg|th)\s?\.?\s?(?P<viet>{_WORDS}|\d{{1,2}})|(?P<english>{_ENGLISH})\.?)"

_ISO = (
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
)
_NUMBERS = (
    r"(?<![\d/.-])(?P<first>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<second_number>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR = r"(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY_MONTH = rf"(?<!\d)(?P<day>\d{{1,2}})\s*[,./-]?\s*{_MONTH}[\s,./-]*{_YEAR}"
_MONTH_DAY = rf"(?<!\w){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+{_YEAR}"
_FORMS = tuple(re.compile(f, re.IGNORECASE) for f in (_ISO, _NUMBERS, _DAY_MONTH, _MONTH_DAY))

_ZONE_IN_DATE = re.compile(
    r"(?P<zone>[+-]\d{2}(?::?\d{2})?|[a-z]{3,4})(?P<clock>\d\d:\d\d(?::\d\d)?)$", re.IGNORECASE
)
"""NukeViet 4 and 5 write `2026-11-20+0709:15:00`: the T of the pattern is taken as the zone."""

_RANGE = re.compile(r"\s*(?:[-–—]|đến|tới|to)\s*(?:ngày\s+)?$", re.IGNORECASE)


def read_moment(
    text: str, *, order: Order = "dmy", reference: datetime | None = None
) -> Moment | None:
    """Read the first full date in `text`, with the time of day that stands beside it.

    `order` is that of `05/02/2018`; the other one is taken where this one cannot be. `reference`
    is what "8 giờ trước" counts from. Vietnam's time unless a zone is written. None when there is
    no full date, or only a range of two.
    """
    line = one_line(text[:4000])
    found = _first_date(line, order)
    if found is None:
        return read_relative(line, reference) if reference else None
    start, end, date = found
    at, precision, end = _with_clock(line, start, end, date)
    return Moment(at=at, precision=precision, raw=line[start:end])


def _first_date(line: str, order: Order) -> tuple[int, int, datetime] | None:
    dates = _all_dates(line, order)
    for index, (start, end, date) in enumerate(dates):
        after = dates[index + 1] if index + 1 < len(dates) else None
        before = dates[index - 1] if index else None
        if after and _RANGE.fullmatch(line[end : after[0]]):
            continue
        if before and _RANGE.fullmatch(line[before[1] : start]):
            continue
        return start, end, date
    return None


def _all_dates(line: str, order: Order) -> list[tuple[int, int, datetime]]:
    found: list[tuple[int, int, datetime]] = []
    for form in _FORMS:
        for match in form.finditer(line):
            date = _date_of(match, order)
            if date and not any(
                start < match.end() and match.start() < end for start, end, _ in found
            ):
                found.append((match.start(), match.end(), date))
    return sorted(found, key=lambda item: item[0])


def _date_of(match: re.Match[str], order: Order) -> datetime | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        one, two = int(parts["first"]), int(parts["second_number"])
        day_month = [(one, two), (two, one)] if order == "dmy" else [(two, one), (one, two)]
    else:
        day_month = [(int(parts["day"]), _month_of(parts))]
    for day, month in day_month:
        try:
            return datetime(year, month, day, tzinfo=VIETNAM)
        except ValueError:
            continue
    return None


def _month_of(parts: dict[str, str | None]) -> int:
    if parts.get("month"):
        return int(parts["month"] or 0)
    name = (parts.get("viet") or parts.get("english") or "").lower()
    return int(name) if name.isdigit() else _MONTHS["\0".join(name.split())]


def _with_clock(
    line: str, start: int, end: int, date: datetime
) -> tuple[datetime, Literal["minute", "day"], int]:
    glued = _ZONE_IN_DATE.match(line, end) or _ZONE_IN_DATE.match(line.split(" ")[0], end)
    if glued and start == 0:
        clock = _CLOCK_AFTER.match(glued["clock"])
        if clock:
            at = date.replace(tzinfo=_zone(glued["zone"])) + _time_of_day(clock)
            return at, "minute", glued.end()
    after = _CLOCK_AFTER.match(line, end)
    clock = after or _CLOCK_BEFORE.search(line[max(0, start - 60) : start])
    if clock is None or _means_no_time(clock):
        return date, "day", end
    zone = after["zone"] if after else None
    at = date.replace(tzinfo=_zone(zone)) + _time_of_day(clock)
    return at, "minute", after.end() if after else end


def _means_no_time(clock: re.Match[str]) -> bool:
    """Liferay 6.2 shows 12:00 AM where it knows the day alone (sotttt.hanoi.gov.vn, 2022-08)."""
    half = (clock["half"] or "").lower().replace(".", "")
    return half in {"am", "sa"} and int(clock["hour"]) == 12 and int(clock["minute"]) == 0


def _time_of_day(clock: re.Match[str]) -> timedelta:
    hour, half = int(clock["hour"]), (clock["half"] or "").lower().replace(".", "")
    if half in {"pm", "ch"} and hour < 12:
        hour += 12
    elif half in {"am", "sa"} and hour == 12:
        hour = 0  # 12:30 AM; an AM or PM after a 24-hour clock (00:01 AM, 14:30 PM) says nothing
    return timedelta(hours=hour, minutes=int(clock["minute"]), seconds=int(clock["second"] or 0))


def _zone(name: str | None) -> timezone:
    text = (name or "").lower().replace(" ", "")
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", text)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    if text in {"z", "gmt", "utc"}:
        return timezone(timedelta(0))
    return VIETNAM
