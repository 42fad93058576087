"""Times as feeds and sitemaps write them for programs, and the lies that are known of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.clean.text import one_line
from crawler.extract.dates import read_moment
from crawler.extract.draft import Moment
from crawler.families.base import FeedTime
from store.model import VIETNAM

_CHARS = 60
_YEARS = range(1970, 2100)
"""ASP.NET writes the year 1 for a date that is not set."""
_SHORT_YEAR = re.compile(r"\d{1,2} [a-z]{3} \d\d ", re.IGNORECASE)


def read_iso(text: str) -> Moment | None:
    """Read a date as sitemaps have it, which is quick; else as Vietnamese sites write it."""
    text = one_line(text[:_CHARS])
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return read_moment(text)
    return _possible(at, text) if at.tzinfo else read_moment(text)


def read_rfc822(text: str) -> Moment | None:
    """Read a date whose year has two digits, as RFC 822 has it; other ones are read elsewhere."""
    text = one_line(text[:_CHARS])
    if not _SHORT_YEAR.search(text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError):
        return None
    return _possible(at if at.tzinfo else at.replace(tzinfo=VIETNAM), text)


def _possible(at: datetime, text: str) -> Moment | None:
    return Moment(at=at, precision="minute", raw=text) if at.year in _YEARS else None


def corrected(moment: Moment, time: FeedTime) -> Moment:
    """Undo a known lie; of minutes that are a month's number only the day is believed.

    The hour is right there, but no precision lies between minute and day, and a feed is asked only
    where nothing better tells. NukeViet 4.6 writes other minutes, which are kept.
    """
    if moment.precision == "day":
        return moment
    if time == "month-in-minutes":
        told = moment.at.astimezone(UTC)
        if told.minute == told.month and not told.second:
            day = datetime.combine(moment.at.astimezone(VIETNAM), datetime.min.time(), VIETNAM)
            return Moment(at=day, precision="day", raw=moment.raw)
    if time == "utc-as-local" and moment.at.utcoffset() == VIETNAM.utcoffset(None):
        return Moment(at=moment.at.replace(tzinfo=UTC), precision="minute", raw=moment.raw)
    return moment
