"""What to read of a list, and whether to go on to its next page: a pure decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.extract.draft import Entry, Listing, NextPage

LOOK_AGAIN_AGES = (timedelta(hours=2), timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""Since an article was first crawled: at each age it is read again, to catch edits."""

AUDIT_EVERY = 50
"""Of the new articles of a crawl the first, and every so many after it, is read by the general
reader too: a recipe that reads the wrong element is told by its disagreement."""

MOST_PAGES = 200
"""Pages of all lists of one crawl; a site whose paging never ends is left there."""


@dataclass(slots=True)
class Walk:
    """What one crawl has met so far; each crawl has its own."""

    seen: set[str] = field(default_factory=set)
    """Aliases of every article that a list named."""
    pages: int = 0
    new: int = 0
    """Unknown articles that were chosen to be read."""
    cut: bool = False
    """The walk stopped at `MOST_PAGES`, before the lists' end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """What follows from one list page."""

    read: tuple[Entry, ...]
    audit: frozenset[Entry]
    """Those of `read` whose recipe is to be checked by the general reader."""
    next_page: NextPage | None
    """None at the list's end, and where going on is pointless."""
    known: int


def is_due_again(first_seen: datetime, *, since: datetime | None, now: datetime) -> bool:
    """Tell whether an article reached one of `LOOK_AGAIN_AGES` after `since`, the last walk."""
    reached = (first_seen + age for age in LOOK_AGAIN_AGES)
    return any(moment <= now and (since is None or since < moment) for moment in reached)


def plan_list(
    listing: Listing,
    *,
    known: Collection[Entry],
    due: Collection[Entry],
    names: Mapping[Entry, tuple[str, ...]],
    walk: Walk,
    first: bool,
    stop_early: bool,
    full: bool,
) -> ListPlan:
    """Choose the entries to read and the page to go on to; notes in `walk` what was met.

    An article that another list named in this crawl is not read twice. A known one is read again
    if it is among those that are `due`, or if everything is. The walk of a list
    ends where a page names nothing that this crawl has not met (sites answer their first page to
    a number past the end), and with `stop_early` where it names nothing unknown.
    """
    fresh = [entry for entry in listing.entries if walk.seen.isdisjoint(names[entry])]
    read = tuple(entry for entry in fresh if full or entry not in known or entry in due)
    for entry in fresh:
        walk.seen.update(names[entry])
    walk.pages += 1
    new = [entry for entry in read if entry not in known]
    audit = (e for number, e in enumerate(new, walk.new) if number % AUDIT_EVERY == 0)
    walk.new += len(new)
    news = any(entry not in known for entry in fresh)
    go_on = bool(fresh or first) and (news or not stop_early)
    if go_on and listing.next_page and walk.pages >= MOST_PAGES:
        walk.cut = True
        go_on = False
    return ListPlan(
        read=read,
        audit=frozenset(audit),
        next_page=listing.next_page if go_on else None,
        known=sum(1 for entry in listing.entries if entry in known),
    )
