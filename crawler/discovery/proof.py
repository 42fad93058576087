"""Whether what a site offers may be relied upon to find its articles: proved by its list pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.extract.draft import Entry, Listing

KNOWN_PART = 4
"""Of so many entries of an offer one must be known for it to reach back."""

State = Literal["fresh", "partial", "stale", "foreign", "broken"]
"""`fresh`: names every article of the list that it should. `partial`: leaves some out.
`stale`: ends before the list's newest. `foreign`: names no article of the source's. `broken`: is
no feed, sitemap or list of posts, or an empty one."""

SLACK = timedelta(days=1)
"""What an offer's oldest date may be wrong by: times that lie, and days without a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a comparison with a list page showed."""

    state: State
    reason: str
    """In words for people; lower case, no full stop."""
    shared: int = 0
    """Articles that both name."""
    missing: tuple[str, ...] = ()
    """Addresses that the list names and the offer should, in the list's order."""

    @property
    def fresh(self) -> bool:
        """Whether the offer may stand in for the list."""
        return self.state == "fresh"


def prove(
    offered: Listing,
    listed: Listing,
    *,
    name: Callable[[str], str],
    kept: Mapping[str, datetime],
) -> Verdict:
    """Decide whether an offer may stand in for a list, from the first page of each.

    `name` makes one name of the addresses of one article; `kept` is when those articles were
    published that the store knows, by that name. The offer need not name what is older than it
    reaches back: an entry whose date, by list or store, is not `SLACK` after the offer's oldest;
    or one without any date that stands below all that both name.
    """
    if offered.rule is None:
        return Verdict(state="broken", reason="the answer is not of its kind")
    if not offered.rows:
        return Verdict(state="broken", reason="it names nothing")
    if not offered.entries:
        reason = f"none of its {offered.rows} links leads to an article of this source"
        return Verdict(state="foreign", reason=reason)
    if not listed.entries:
        return Verdict(state="partial", reason="the list names nothing to compare it with")

    def date_of(entry: Entry) -> datetime | None:
        return kept.get(name(entry.url)) or (entry.date.value.at if entry.date else None)

    dates = sorted(filter(None, map(date_of, offered.entries)))
    names = {name(entry.url) for entry in offered.entries}
    is_shared = [name(entry.url) in names for entry in listed.entries]
    last_shared = max((place for place, both in enumerate(is_shared) if both), default=-1)
    missing = [
        place
        for place, entry in enumerate(listed.entries)
        if not is_shared[place]
        and _is_in_reach(date_of(entry), dates, above_shared=place < last_shared)
    ]
    return _verdict(listed, is_shared, missing, dates, date_of)


def _is_in_reach(date: datetime | None, offered: list[datetime], *, above_shared: bool) -> bool:
    if date and offered:
        return date > offered[0] + SLACK
    return above_shared


def _verdict(
    listed: Listing,
    is_shared: list[bool],
    missing: list[int],
    offered: list[datetime],
    date_of: Callable[[Entry], datetime | None],
) -> Verdict:
    shared = sum(is_shared)
    lacking = tuple(listed.entries[place].url for place in missing)
    if shared and not missing:
        reason = f"it names all that the list does, as far as it reaches back ({shared} articles)"
        return Verdict(state="fresh", reason=reason, shared=shared)
    newest = max(filter(None, map(date_of, listed.entries)), default=None)
    if newest and offered and newest > offered[-1] + SLACK:
        reason = f"its newest is of {offered[-1]:%d/%m/%Y}, the list's of {newest:%d/%m/%Y}"
        return Verdict(state="stale", reason=reason, shared=shared, missing=lacking)
    if shared and missing == list(range(len(missing))):
        reason = f"it does not name the list's newest {len(missing)} articles"
        return Verdict(state="stale", reason=reason, shared=shared, missing=lacking)
    if not shared:
        return Verdict(state="partial", reason="it names no article of the list", missing=lacking)
    reason = f"it leaves out {len(missing)} of the list's articles, such as {lacking[0]!r}"
    return Verdict(state="partial", reason=reason, shared=shared, missing=lacking)


def reaches_back(offered: Listing, known: Collection[Entry]) -> bool:
    """Tell whether an offer goes back to what is known, so that nothing lies between.

    With a feed of twenty, the twenty-first new article since the last crawl is on the list alone.
    One entry in four must be known: a few alone may be pinned.
    """
    reached = sum(entry in known for entry in offered.entries)
    return reached > 0 and reached * KNOWN_PART >= len(offered.entries)
