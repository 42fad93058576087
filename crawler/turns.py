"""Crawls in turn: each under a lease of its host, which is given back with the next due time."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from crawler.clean.urls import bare_netloc
from crawler.order import Order
from crawler.recipe import Source
from crawler.schedule import APPEARANCES, RUNS, Due, next_due
from crawler.watch import Listener
from store.base import Store
from store.errors import StoreError
from store.model import Run, to_millisecond
from store.turns import Lease, Turn

LEASE = timedelta(minutes=2)
"""So long a host stays with one that has died, but for `is_gone`."""

RENEW_SECONDS = 30.0

ENDING_SECONDS = 7.0
"""A crawl ends so long after the process that started it at the latest (`crawler.worker`)."""


class Crawl(Protocol):
    """What crawls: `crawler.watch.crawl`."""

    def __call__(
        self, order: Order, listener: Listener, *, lost: asyncio.Task[None] | None
    ) -> Awaitable[Run]:
        """Crawl a source, until `lost` is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Time, as a test may have it."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


CLOCK = Clock()


def _holder() -> str:
    """Name this process and its machine in one word, and no other like it."""
    return f"{_machine()}:{os.getpid()}:{uuid4().hex[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """One round's or scheduler's hand on the leases in a store."""

    store: Store
    crawl: Crawl
    clock: Clock = CLOCK
    holder: str = field(default_factory=_holder)

    async def claim(self, source: Source) -> Lease:
        """Lease a source's host, due or not; return the lease that stands, maybe another's.

        One whose holder was a process of this machine and is gone keeps nobody away, once its crawl
        has ended too: that may still wait for a page.
        """
        lease = await self._claim(source)
        if not self.holds(lease, source) and is_gone(lease):
            await self.clock.sleep(ENDING_SECONDS)
            await asyncio.to_thread(self.store.release, lease)
            lease = await self._claim(source)
        return lease

    async def _claim(self, source: Source) -> Lease:
        turn, now = _turn_of(source), self.clock.now()
        claim = partial(self.store.claim, turn, holder=self.holder, now=now, until=now + LEASE)
        return await asyncio.to_thread(claim)

    def holds(self, lease: Lease, source: Source) -> bool:
        """Whether it is this hand's lease."""
        return (lease.holder, lease.source) == (self.holder, source.id)

    async def claim_due(
        self, sources: Sequence[Source], *, limit: int, due: datetime | None = None
    ) -> list[Lease]:
        """Lease the hosts of sources that are due by `due` (None: by now), at most `limit`."""
        turns, now = [_turn_of(source) for source in sources], self.clock.now()
        return await asyncio.to_thread(
            self.store.claim_due,
            turns,
            holder=self.holder,
            now=now,
            until=now + LEASE,
            limit=limit,
            due=due,
        )

    async def take(
        self, lease: Lease, source: Source, order: Order, listener: Listener
    ) -> tuple[Run, Due | None]:
        """Crawl under a lease, and give it back; return the run, and when the source is due next.

        None is due next where the store does not answer; the lease then runs out by itself. A walk
        through an archive leaves the due time as it was.
        """
        due: Due | None = None
        renewing = asyncio.ensure_future(self._renew(lease))
        try:
            run = await self.crawl(order, listener, lost=renewing)
        finally:
            renewing.cancel()
            with contextlib.suppress(StoreError):
                due = await asyncio.to_thread(
                    self._give_back, lease, source, news=order.backfill is None
                )
        return run, due

    async def _renew(self, lease: Lease) -> None:
        """Renew a lease as long as it can be; return once it is lost."""
        until = lease.until
        while True:
            await self.clock.sleep(RENEW_SECONDS)
            now = self.clock.now()
            try:
                if not await asyncio.to_thread(self.store.renew, lease, until=now + LEASE):
                    return
                until = now + LEASE
            except StoreError:
                if now >= until:
                    return

    def _give_back(self, lease: Lease, source: Source, *, news: bool) -> Due | None:
        due = due_of(self.store, source, self.clock.now()) if news else None
        self.store.release(lease, due=due.at if due else None)
        return due


def host_of(source: Source) -> str:
    """Name the host that a crawl of the source keeps busy."""
    return bare_netloc(source.hosts[0])


def _turn_of(source: Source) -> Turn:
    return Turn(source=source.id, host=host_of(source))


def due_of(store: Store, source: Source, now: datetime) -> Due:
    """Decide when a source is due, from what the store knows of it."""
    due = next_due(
        source.id,
        runs=store.runs(source.id, limit=RUNS),
        appeared=store.appearances(source.id, limit=APPEARANCES),
        now=now,
        every_minutes=source.recipe.pace.every_minutes,
    )
    return replace(due, at=to_millisecond(due.at))


def is_gone(lease: Lease) -> bool:
    """Whether the process that took a lease was one of this machine, and is no more."""
    machine, _, rest = lease.holder.partition(":")
    pid = rest.partition(":")[0]
    if machine != _machine() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def holder_said(lease: Lease) -> str:
    """Say who holds a lease, in Vietnamese and English."""
    machine, _, rest = lease.holder.partition(":")
    pid, host = rest.partition(":")[0], machine.partition("/")[0]
    return f"tiến trình {pid} trên {host} / process {pid} on {host}"


def _machine() -> str:
    """Name this machine; of one that runs containers each is a machine of its own."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:
        space = ""
    return f"{socket.gethostname()}/{space}".replace(":", "-")
