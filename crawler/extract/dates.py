"""Dates as Vietnamese sites write them: one text in, one moment out, or none.

A date counts only with day, month and year. Ranges, bare years, numbers and dates of decrees do
not. The forms are those seen on some 90 hosts, 2026-11; each has a line in the tests.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, timezone

from crawler.clean.text import one_line
from crawler.extract.draft import Moment
from crawler.extract.moments.clock import clock_beside
from crawler.extract.moments.context import Role, role_of
from crawler.extract.moments.forms import Order, Written, dates_in
from crawler.extract.moments.relative import read_relative
from store.model import VIETNAM

__all__ = [
    "Order",
    "chosen_of",
    "date_in",
    "dated_line",
    "may_hold_date",
    "moment_in",
    "read_epoch",
    "read_moment",
]

_READ_CHARS = 2000
"""Of a text: a date element is a line, and no date stands deeper in what is read by mistake."""
_YEAR = re.compile(r"(?:19|20)\d\d|\d[-/.]\d\d(?!\d)")
_ROLES: tuple[Role, ...] = ("published", "plain", "edited")
_EPOCH = re.compile(r"\s*(\d{10})(\d{3})?\s*")
_EPOCH_FROM, _EPOCH_TO = 800_000_000, 4_000_000_000


def read_moment(
    text: str,
    *,
    order: Order = "dmy",
    reference: datetime | None = None,
    zone: timezone = VIETNAM,
) -> Moment | None:
    """Read the date in `text`, with the time of day that stands beside it.

    Of several the one that is called the publication's counts, and one that is called an edit's
    only where there is no other. `order` is that of `05/02/2018`; the other one is taken where
    this one cannot be, or is not the weekday named. `reference` is what "8 giờ trước" counts from.
    `zone` is that of a clock without one; a day is Vietnam's. None when there is no full date, or
    only a range of two.
    """
    line = dated_line(text)
    return moment_in(line, date_in(line), order=order, reference=reference, zone=zone)


def moment_in(
    line: str,
    date: Written | None,
    *,
    order: Order,
    reference: datetime | None,
    zone: timezone,
) -> Moment | None:
    """Read a line (`dated_line`) whose date is known already (`date_in`), as `read_moment` does."""
    if date is None:
        return read_relative(line, reference) if reference else None
    day = datetime.combine(date.read(order), time(), VIETNAM)
    clock = clock_beside(line, date.start, date.end)
    if clock is None:
        return Moment(at=day, precision="day", raw=line[date.start : date.end])
    at = day.replace(tzinfo=clock.zone or zone) + clock.time
    return Moment(at=at, precision="minute", raw=line[date.start : clock.end])


def dated_line(text: str) -> str:
    """Make one line of a text, entities that were escaped twice resolved."""
    text = text[:_READ_CHARS]
    return one_line(html.unescape(text) if "&" in text else text)


def date_in(line: str) -> Written | None:
    """Find the date of a line (`dated_line`) that `read_moment` reads."""
    return chosen_of(line, dates_in(line)) if may_hold_date(line) else None


def may_hold_date(line: str) -> bool:
    """Tell cheaply whether a line may hold a full date: most do not."""
    return _YEAR.search(line) is not None


def chosen_of(line: str, dates: Sequence[Written]) -> Written | None:
    """Choose among the dates of a line the one that `read_moment` reads."""
    roles = [role_of(line, dates, index) for index in range(len(dates))]
    for role in _ROLES:
        if role in roles:
            return dates[roles.index(role)]
    return None


def read_epoch(text: str) -> Moment | None:
    """Read a whole text as milliseconds or seconds since 1970: only where a rule points at one.

    Thirteen digits in an address or a file's name are often the time of an import.
    """
    found = _EPOCH.fullmatch(text[:40])
    if found is None or not _EPOCH_FROM <= int(found[1]) < _EPOCH_TO:
        return None
    at = datetime.fromtimestamp(int(found[1]), UTC) + timedelta(milliseconds=int(found[2] or 0))
    return Moment(at=at, precision="minute", raw=text.strip())
