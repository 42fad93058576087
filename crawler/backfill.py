"""Walking a source's whole archive, over several calls: what is asked for, and the place reached.

The place is kept as a note of each list, written only once the store has what the pages before it
named: a walk that is killed at any moment goes on there, and loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from crawler.extract.draft import Entry, Found, Listing, Moment, NextPage
from crawler.failures import GONE, Failure
from crawler.list_order import Trend, followed
from store.errors import WrongUse
from store.model import local_time

MOST_TRIES = 3
"""So often an article is asked for that fails for a passing reason; a call asks twice at most."""

PAGES_BEFORE = 2
"""So many pages running that name only what is older than the day asked for end a walk: pinned
articles, and one in a wrong place, do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """What a call of `tinso crawl --backfill` asks for."""

    since: date | None = None
    """The day in Vietnam that the walk is to reach; None for the archive's end."""
    max_pages: int | None = None
    """List pages of this call; None for all."""


def backfill_from(
    ids: Sequence[str],
    *,
    backfill: bool,
    since: str | None,
    max_pages: int | None,
    now: datetime,
) -> Backfill | None:
    """Take the options of the command line; None where no archive is to be walked.

    Raises WrongUse for a day that is none or lies ahead, and for options that make no sense so.
    """
    if not backfill:
        for name, value in (("--since", since), ("--max-pages", max_pages)):
            if value is not None:
                raise WrongUse(f"{name} says how far to walk an archive", repair="add --backfill")
        return None
    if not ids:
        raise WrongUse(
            "an archive is walked for the sources that are named",
            repair="tinso crawl ID --backfill; `tinso sources` lists the ids",
        )
    day = _day(since) if since is not None else None
    if day and day > local_time(now).date():
        raise WrongUse(f"--since {since!r} lies ahead", repair="give the oldest day to fetch")
    return Backfill(since=day, max_pages=max_pages)


def _day(text: str) -> date:
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text.strip())
    except ValueError as fault:
        repair = "write it like 2021-03-31 or 31/03/2021"
        raise WrongUse(f"--since {text!r} is no day", repair=repair) from fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """An article that failed for a passing reason."""

    entry: Entry
    tries: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far the walk of one list came, or of a list that the site offers."""

    url: str
    left: tuple[NextPage, ...]
    """Pages to ask for, in this order; empty at the archive's end."""
    pages: int = 0
    """Pages behind it."""
    oldest: datetime | None = None
    """Of the articles that those named."""
    back_to: date | None = None
    """The day of `--since` that a call has reached; None where none has."""
    missed: tuple[Missed, ...] = ()
    broke_at: tuple[str, datetime] | None = None
    """Address of the page where the last call broke off, and when that was first so."""

    @property
    def done(self) -> bool:
        """Whether the archive was walked to its end."""
        return not self.left and not self.missed

    def is_behind(self, since: date | None) -> bool:
        """Tell whether no further page is to be asked for, in a walk back to that day."""
        there = since is not None and self.back_to is not None and self.back_to <= since
        return there or not self.left

    def reached(self, since: date | None) -> bool:
        """Tell whether nothing is left to do, for a walk back to that day."""
        return self.is_behind(since) and not self.missed


def beginning(url: str) -> Place:
    """Return the place before the first page."""
    return Place(url=url, left=(NextPage(url),))


@dataclass(slots=True)
class Stretch:
    """What one call has met of one list."""

    asked: set[NextPage] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    trend: Trend = field(default_factory=Trend)
    before: int = 0
    """Pages running that named only what is older than the day asked for."""


def passed(
    place: Place,
    listing: Listing,
    stretch: Stretch,
    *,
    names: Mapping[Entry, tuple[str, ...]],
    published: Mapping[Entry, datetime],
    parts: Sequence[str],
    since: date | None,
    key_of: Callable[[str], str | None],
) -> Place:
    """Return the place behind the page that was asked for last; notes in `stretch` what was met.

    A list may shift while it is walked, so that a page names nothing new: the walk goes on. It
    ends where there is no next page, where that was asked for before, and where a page repeats
    what the pages of this call named: sites answer their first or last page to a number past the
    end. `parts` are further lists that the page leads to, as a sitemap's index does.
    """
    fresh = [entry for entry in listing.entries if stretch.named.isdisjoint(names[entry])]
    repeats = not fresh and len(stretch.asked) > 1
    follow = listing.next_page
    goes_on = follow is not None and follow not in stretch.asked and not repeats
    stretch.named.update(*(names[entry] for entry in fresh))
    dated = [_dated(entry, published.get(entry)) for entry in fresh]
    stretch.trend = followed(stretch.trend, dated, key_of)
    days = [local_time(published[entry]).date() for entry in fresh if entry in published]
    before = since is not None and bool(days) and all(day < since for day in days)
    stretch.before = stretch.before + 1 if before else 0
    there = stretch.before >= PAGES_BEFORE and stretch.trend.order in {"newest", "unknown"}
    dates = [place.oldest, *(published.get(entry) for entry in fresh)]
    return replace(
        place,
        left=(
            *((follow,) if goes_on and follow else ()),
            *map(NextPage, parts),
            *place.left[1:],
        ),
        pages=place.pages + 1,
        oldest=min(filter(None, dates), default=None),
        back_to=since if there else place.back_to,
        broke_at=None,
    )


def _dated(entry: Entry, at: datetime | None) -> Entry:
    """Give an entry the date of its article."""
    moment = Moment(at=at, precision="minute", raw="") if at else None
    return replace(entry, date=Found(moment, "article")) if moment else entry


def behind_failure(
    place: Place, failure: Failure | None, stretch: Stretch, *, is_offer: bool, now: datetime
) -> Place | None:
    """Decide where to go on when a page could not be read; None: nowhere in this call.

    `failure` is None for a page that leads back to one that was asked for. What an earlier call
    left may be out of date, above all the state of a form: then the walk begins anew, which costs
    the list pages alone. A page that is gone lies behind the list's end; so does one that a site
    fails at for more than a day, and an offer is no source to fail for.
    """
    page = place.left[0]
    behind = replace(place, left=place.left[1:], broke_at=None)
    if failure is None:
        return behind
    cause = failure.cause
    resumed = place.pages > 0 and len(stretch.asked) == 1
    if is_offer:
        return None if failure.passing else behind
    if resumed and (not failure.passing or page.form):
        return replace(beginning(place.url), oldest=place.oldest, missed=place.missed)
    if place.pages and cause in GONE:
        return behind
    fails_on = place.broke_at is not None and place.broke_at[0] == page.url
    if place.pages and cause.startswith("http-5") and fails_on and place.broke_at:
        return behind if (now - place.broke_at[1]).days >= 1 else None
    return None


def how_far(places: Sequence[Place], *, since: date | None, pages: int) -> str:
    """Say how far the walks came, for people; lower case, with what to do in brackets."""
    oldest = min(filter(None, (place.oldest for place in places)), default=None)
    back = f", back to {local_time(oldest):%d/%m/%Y}" if oldest else ""
    told = f"{pages} page{'' if pages == 1 else 's'} of the archive in this call"
    if all(place.done for place in places):
        return f"the archive is complete{back}; {told} (--full walks it again)"
    if since and all(place.reached(since) for place in places):
        return f"the archive is complete since {since:%d/%m/%Y}{back}; {told}"
    left = next(place for place in places if not place.reached(since))
    at = left.left[0].url if left.left else left.url
    return f"{told}{back}; it goes on at {at} (tinso crawl ID --backfill)"
