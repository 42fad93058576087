"""Whose turn it is to crawl: due times of sources and leases of hosts, decided purely.

A host is leased, not a source: two sources on one host are never crawled at once either, and one
document of one key is what every backend can take as one step. Whoever gives a lease back writes
the source's next due time first, and whoever takes one reads the due time after: so nobody crawls
what somebody else has just crawled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.model import to_millisecond

LONGEST = timedelta(minutes=15)
"""No lease lasts longer; one that claims to was taken while a clock was wrong, and is void."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A source that may be crawled."""

    source: str
    host: str
    """What a crawl of it keeps busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Somebody crawls a source, and nobody else may ask its host meanwhile."""

    host: str
    source: str
    holder: str
    """Who, in one word that nobody else bears."""
    since: datetime
    until: datetime
    """When it runs out, unless it is renewed."""


def lease_of(turn: Turn, *, holder: str, now: datetime, until: datetime) -> Lease:
    """Make the lease that a turn asks for; its times are cut as a store cuts them."""
    return Lease(
        host=turn.host,
        source=turn.source,
        holder=holder,
        since=to_millisecond(now),
        until=to_millisecond(until),
    )


def stands(lease: Lease, now: datetime) -> bool:
    """Whether a lease keeps others away."""
    return now < lease.until <= now + LONGEST


def is_one(lease: Lease, wanted: Lease) -> bool:
    """Whether the lease that stands is the one that was asked for."""
    return (lease.holder, lease.source) == (wanted.holder, wanted.source)


def in_turn(
    turns: Iterable[Turn], dues: Mapping[str, datetime], leases: Iterable[Lease], *, now: datetime
) -> list[Turn]:
    """Return the turns that could be taken, longest overdue first, one a host.

    `dues` are those that have come; a source that is not among them is not due.
    """
    busy = {lease.host for lease in leases if stands(lease, now)}
    free = []
    for turn in sorted(
        (turn for turn in turns if turn.source in dues),
        key=lambda turn: (dues[turn.source], turn.source),
    ):
        if turn.host not in busy:
            free.append(turn)
            busy.add(turn.host)
    return free
