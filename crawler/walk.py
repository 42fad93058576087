"""What to read of a list, and whether to go on to its next page: pure decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from crawler.extract.draft import Entry, Listing, NextPage
from crawler.failures import GONE
from crawler.list_note import NOTHING_NOTED, ListNote, read_note, write_note
from crawler.list_order import Order, Trend, followed
from store.model import Note

LOOK_AGAIN_AGES = (timedelta(hours=2), timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""Since an article was first crawled: at each age it is read again, to catch edits."""

AUDIT_EVERY = 50
"""Of the new articles of a crawl the first, and every so many after it, is read by the general
reader too: a recipe that reads the wrong element is told by its disagreement."""

MOST_PAGES = 200
"""Pages of all lists of one crawl; a site whose paging never ends is left there."""

MOST_NEW = 2000
"""Unknown articles that one crawl asks for, at a second each; the next one goes on. Nothing but a
first crawl has so many, or a page that is made to hurt."""

TAIL_DAYS = timedelta(days=7)
"""So long a list that shows the oldest first is begun at its last page; then it is walked whole
again, since what turned round meanwhile would hide its news for good."""


@dataclass(slots=True)
class Walk:
    """What one crawl has met so far; each crawl has its own."""

    seen: set[str] = field(default_factory=set)
    """Aliases of every article that a list named."""
    pages: int = 0
    new: int = 0
    """Unknown articles that were chosen to be read."""
    cut: bool = False
    """The walk stopped at `MOST_PAGES` or `MOST_NEW`, before the lists' end."""
    moved: Counter[str] = field(default_factory=Counter)
    """Foreign host → articles that lie there under the path that they had here."""

    def meets(self, names: Collection[str]) -> bool:
        """Note an article; tell whether the crawl meets it for the first time."""
        first = self.seen.isdisjoint(names)
        self.seen.update(names)
        return first


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWalk:
    """What a crawl has learnt of one list so far; every page makes a new one of it."""

    url: str
    """Its address in the recipe."""
    since: datetime | None = None
    """The end of the last complete walk: ground that was known by then need not be walked again.
    None where the list is to be walked to its end."""
    noted: ListNote = NOTHING_NOTED
    at_tail: bool = False
    """The walk began at what was the last page."""
    trend: Trend = field(default_factory=Trend)
    named: frozenset[str] = frozenset()
    """Aliases of every article that it named."""
    pages: int = 0
    most: int = 0
    """Entries of its longest page."""
    last: int = 0
    """Entries of its last page so far."""
    tail: str | None = None

    @property
    def start(self) -> str:
        """Where the walk begins."""
        return self.noted.tail or self.url if self.at_tail else self.url

    @property
    def order(self) -> Order:
        """The list's order: what its pages say now, if they turned round, else what was noted."""
        if self.trend.order == "oldest" or self.noted.order == "unknown":
            return self.trend.order
        return self.noted.order

    @property
    def may_stop(self) -> bool:
        """Whether the walk may end on known ground: not where news may stand behind it.

        That a list is in no order counts only where a whole walk has shown it.
        """
        if self.since is None or self.noted.order == "mixed":
            return False
        return self.order != "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """What follows from one list page."""

    read: tuple[Entry, ...]
    audit: frozenset[Entry]
    """Those of `read` whose recipe is to be checked by the general reader."""
    next_page: NextPage | None
    """None at the list's end, and where going on is pointless."""
    known: int
    after: ListWalk
    """What is known of the list behind this page."""
    ended: bool
    """The list has no more pages."""
    left: int = 0
    """Unknown articles that are left to the next crawl."""


def begin_list(url: str, note: Note | None, *, since: datetime | None, now: datetime) -> ListWalk:
    """Decide where to begin: a list that showed the oldest first, at what was its last page."""
    noted = read_note(note)
    fresh = noted.at is not None and abs(now - noted.at) < TAIL_DAYS
    at_tail = (
        since is not None and noted.order == "oldest" and noted.tail not in {None, url} and fresh
    )
    return ListWalk(url=url, since=since, noted=noted, at_tail=at_tail)


def from_the_first(of: ListWalk) -> ListWalk:
    """Begin anew at the first page: the noted last one is it no more."""
    return ListWalk(url=of.url, since=of.since, noted=of.noted)


def is_tail_lost(of: ListWalk, listing: Listing, *, url: str) -> bool:
    """Tell whether the page that a walk began at is no longer the end of such a list."""
    if not of.at_tail or of.pages:
        return False
    return not listing.entries or url != of.start


def is_due_again(first_seen: datetime, *, since: datetime | None, now: datetime) -> bool:
    """Tell whether an article reached one of `LOOK_AGAIN_AGES` after `since`, the last walk.

    One that was first seen in the future, by a clock that was wrong, is due: reading it mends that.
    """
    if first_seen > now:
        return True
    reached = (first_seen + age for age in LOOK_AGAIN_AGES)
    return any(moment <= now and (since is None or since < moment) for moment in reached)


def plan_list(
    listing: Listing,
    *,
    url: str | None,
    of: ListWalk,
    known: Mapping[Entry, datetime | None],
    due: Collection[Entry],
    names: Mapping[Entry, tuple[str, ...]],
    key_of: Callable[[str], str | None],
    walk: Walk,
    full: bool = False,
    most_new: int = MOST_NEW,
) -> ListPlan:
    """Choose the entries to read and the page to go on to; notes in `walk` what was met.

    `url` is the page's address, None where a form led there; `known` gives the moment when each
    stored article was first seen. An article that another list named in this crawl is not read
    twice. A known one is read again if it is among those that are `due`, or if everything is. The
    list ends where a page names nothing that its earlier pages did not (sites answer their first
    or last page to a number past the end). A walk that may stop does so where a page names nothing
    but what was known when the last complete walk ended, and what other lists named.
    """
    here = [entry for entry in listing.entries if of.named.isdisjoint(names[entry])]
    fresh = [entry for entry in here if walk.meets(names[entry])]
    wanted = [entry for entry in fresh if full or entry not in known or entry in due]
    walk.pages += 1
    unknown = [entry for entry in wanted if entry not in known]
    new = unknown[: max(0, most_new - walk.new)]
    left = frozenset(unknown[len(new) :])
    read = tuple(entry for entry in wanted if entry not in left)
    audit = (e for number, e in enumerate(new, walk.new) if number % AUDIT_EVERY == 0)
    walk.new += len(new)
    after = replace(
        of,
        trend=followed(of.trend, listing.entries, key_of) if here else of.trend,
        named=of.named.union(*(names[entry] for entry in here)),
        pages=of.pages + 1,
        most=max(of.most, len(listing.entries)),
        last=len(listing.entries),
        tail=url if here else of.tail,
    )
    on_old_ground = _is_old(here, known, of.since) and all(
        _is_old([entry], known, of.since) for entry in fresh
    )
    stops = after.may_stop and on_old_ground and not full
    goes_on = bool(here) and not stops and listing.next_page is not None
    cut = bool(left) or (goes_on and walk.pages >= MOST_PAGES)
    walk.cut = walk.cut or cut
    return ListPlan(
        read=read,
        audit=frozenset(audit),
        next_page=listing.next_page if goes_on and not cut else None,
        known=sum(1 for entry in listing.entries if entry in known),
        after=after,
        ended=not (goes_on or stops),
        left=len(left),
    )


def _is_old(
    entries: Collection[Entry], known: Mapping[Entry, datetime | None], since: datetime | None
) -> bool:
    """Tell whether any of the entries was known when the last complete walk ended."""
    moments = (known[entry] for entry in entries if entry in known)
    return since is not None and any(moment and moment <= since for moment in moments)


def is_past_the_end(of: ListWalk, cause: str, url: str) -> bool:
    """Tell whether a page that could not be read lies behind the list's end.

    There is none: it does. A site that fails: where the page before it was a short one, or where
    the walk before this one broke off at the same address.
    """
    if of.pages == 0:
        return False
    if cause in GONE:
        return True
    short = 3 * of.last <= 2 * of.most
    return cause.startswith("http-5") and (short or of.noted.broke_at == url)


def list_note(
    of: ListWalk, source: str, *, now: datetime, broke_at: str | None = None
) -> Note | None:
    """Write what the next walk is to know of a list; None where it knows that already."""
    order = of.trend.order if of.trend.order != "unknown" and not of.at_tail else of.order
    after = ListNote(
        order=order, tail=of.tail, broke_at=broke_at, at=of.noted.at if of.at_tail else now
    )
    same = replace(after, at=of.noted.at) == of.noted
    if same and (order != "oldest" or of.at_tail):
        return None
    return write_note(after, source, of.url, now=now)
