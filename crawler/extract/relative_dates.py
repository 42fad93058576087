"""Dates that count back from the moment a page was fetched: "8 giờ trước", "Hôm qua, 10:20"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal

from crawler.extract.draft import Moment
from store.model import VIETNAM

_AGO = re.compile(r"(?<!\d)(\d{1,3})\s+(phút|giờ|tiếng|ngày|tuần)\s+trước", re.IGNORECASE)
_DAY = re.compile(
    r"hôm\s+(nay|qua)\b(?:\D{0,12}?(?<!\d)([01]?\d|2[0-3])[:h]([0-5]\d))?", re.IGNORECASE
)
_UNIT = {
    "phút": timedelta(minutes=1),
    "giờ": timedelta(hours=1),
    "tiếng": timedelta(hours=1),
    "ngày": timedelta(days=1),
    "tuần": timedelta(weeks=1),
}


def read_relative(line: str, reference: datetime) -> Moment | None:
    """Count back from `reference`: to the day, but to the minute where a clock is written.

    Months and years "ago" are too coarse to be a date: None.
    """
    local = reference.astimezone(VIETNAM)
    ago = _AGO.search(line)
    if ago:
        moment = local - int(ago[1]) * _UNIT[ago[2].lower()]
        return Moment(at=_midnight(moment), precision="day", raw=ago[0])
    day = _DAY.search(line)
    if day is None:
        return None
    at = _midnight(local - timedelta(days=1) if day[1].lower() == "qua" else local)
    precision: Literal["minute", "day"] = "day"
    if day[2]:
        at, precision = at.replace(hour=int(day[2]), minute=int(day[3])), "minute"
    return Moment(at=at, precision=precision, raw=day[0])


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
