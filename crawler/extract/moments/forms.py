"""Full dates in a line, in every form seen on some 90 Vietnamese hosts (2026-11), and where.

Numbers that cannot be a date in either order are none: 31/02 is not swapped into another day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Order = Literal["dmy", "mdy"]

WEEKDAY = (
    r"(?:thứ\s?(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s?nhật|cn|t[2-7]"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "hai 2 mon",
            "ba 3 tue",
            "tư 4 wed",
            "năm 5 thu",
            "sáu 6 fri",
            "bảy bẩy 7 sat",
            "nhật cn sun",
        )
    )
    for name in names.split()
}
_NEAR_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<name>{WEEKDAY})(?!\w)[\s,.()\[\]|–—-]{{0,6}}(?:ngày)?\s?:?\s?$", re.IGNORECASE
)
_WEEKDAY_AFTER = re.compile(rf"\s?[(,-]?\s?(?P<name>{WEEKDAY})(?!\w)", re.IGNORECASE)
_WEEKDAY_REACH = 28

_MONTHS = {
    name.replace("_", " "): number
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
    for name in names.split()
}
_ENGLISH = "|".join(sorted((m for m in _MONTHS if m.isascii()), key=len)[::-1])
_WORDS = r"mười một|mười hai|mười|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|chạp"
_MONTH = (
    rf"(?:(?:tháng|thg|th)\s?\.?\s?(?P<viet>(?:{_WORDS})(?!\w)|\d{{1,2}}(?!\d))"
    rf"|(?P<english>{_ENGLISH})(?![^\W\d_])\.?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?<!\d[/.-])(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)"
        r"(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?<!\d[/.-])(?P<first>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<second>\d{1,2})\s?(?P=sep)\s?"
        rf"{_YEAR}(?!\s?[/.]\s?[\d\w])",
        rf"(?<!\d)(?P<day>\d{{1,2}})\s?[,./-]?\s?{_MONTH}[\s,./-]{{0,4}}(?:năm\s)?{_YEAR}",
        rf"(?<!\w){_MONTH}\s(?:ngày\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s(?:năm\s)?{_YEAR}",
        rf"(?<!\w){_MONTH}\s?,\s?(?P<day>\d{{1,2}})\s?/\s?{_YEAR}",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
        r"(?:(?:đăng|viết|cập\snhật|xuất\sbản|đưa\stin|posted|published|updated)"
        r"(?:\s(?:ngày|lúc|vào|tin|bài|lên|on|at|date)){0,3}"
        r"|(?:đăng\sbởi|(?:posted|published)\sby)\s?:?\s?[^|:/\d]{1,40}[|,;–-]\s?(?:ngày|lúc|date|on))"
        r"\s?:?\s?(?P<short>\d{1,2}(?P<sep>[-/])\d{1,2}"
        r"(?P=sep)\d{2})(?!\d|[-/.]\d)",
    )
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a line."""

    start: int
    end: int
    dmy: date | None
    """Read day first; None where that is impossible. The same as `mdy` for forms without doubt."""
    mdy: date | None
    weekday: int | None
    """The day that is named beside it, 0 for Monday; None where none is."""

    @property
    def proves(self) -> Order | None:
        """Say which order it proves: the other one cannot be, or is not the weekday named."""
        if self.dmy == self.mdy:
            return None
        if self.dmy is None or self.mdy is None:
            return "dmy" if self.mdy is None else "mdy"
        fits = [day.weekday() == self.weekday for day in (self.dmy, self.mdy)]
        return None if fits[0] == fits[1] else "dmy" if fits[0] else "mdy"

    def read(self, order: Order) -> date:
        """Read it in `order`, but in the one that it proves where it proves one."""
        first, second = (self.dmy, self.mdy) if order == "dmy" else (self.mdy, self.dmy)
        proved = self.proves
        if proved:
            first = self.dmy if proved == "dmy" else self.mdy
        day = first or second
        assert day is not None, "a written date is a date in one order at least"
        return day


def dates_in(line: str) -> list[Written]:
    """List the full dates of a line (`one_line`), in its order."""
    found: list[Written] = []
    for form in _FORMS:
        for match in form.finditer(line):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            days = [*_days_of(match)]
            if any(days):
                start = match.start("short" if "short" in form.groupindex else 0)
                found.append(
                    Written(start, match.end(), days[0], days[-1], _weekday(line, start, match))
                )
    return sorted(found, key=lambda one: one.start)


def _days_of(match: re.Match[str]) -> Iterator[date | None]:
    parts = match.groupdict()
    if "short" in parts:  # a year of two digits counts behind a label alone
        one, two, year = map(int, parts["short"].split(parts["sep"]))
        yield _day(2000 + year, two, one)
        yield _day(2000 + year, one, two)
        return
    year = int(parts["year"])
    if "first" in parts:
        one, two = int(parts["first"]), int(parts["second"])
        yield _day(year, two, one)
        yield _day(year, one, two)
    else:
        yield _day(year, _month_of(parts), int(parts["day"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_of(parts: dict[str, str | None]) -> int:
    name = (parts.get("month") or parts.get("viet") or parts.get("english") or "").lower()
    return int(name) if name.isdigit() else _MONTHS[name]


def _weekday(line: str, start: int, match: re.Match[str]) -> int | None:
    near = line[max(0, start - _WEEKDAY_REACH) : start]
    found = _NEAR_WEEKDAY.search(near) or _WEEKDAY_AFTER.match(line, match.end())
    if found is None:
        return None
    name = found["name"].lower()
    if name.isascii() and not name[-1].isdigit() and name != "cn":
        return _WEEKDAYS[name[:3]]  # English
    return _WEEKDAYS[re.sub(r"^(?:thứ|chủ|t)\s?", "", name)]
