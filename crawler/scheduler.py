"""Crawls each source when it is due, several hosts at once, until it is told to stop.

When a source is due, and who crawls it, stands in the store: a restart loses nothing, and any
number of schedulers may share the sources. This one remembers only what it runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from crawler import watch
from crawler.config import Config
from crawler.order import Order
from crawler.recipe import Source
from crawler.schedule import Due
from crawler.survey import Survey, look_around
from crawler.turns import CLOCK, Clock, Crawl, Turns, host_of
from crawler.watch import Listener
from store.base import Store
from store.connect import open_store
from store.errors import StoreAway, StoreError, WrongUse
from store.model import Run
from store.turns import Lease

LOOK_SECONDS = 15.0
"""At least so often the store is asked what is due: somebody else may have changed it."""

SURVEY = timedelta(minutes=1)
"""Between two looks at the recipes."""

AWAY_SECONDS, MOST_AWAY_SECONDS = 2.0, 60.0
"""Between two attempts while the store does not answer, twice as long each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whom to tell; each is called in the thread that runs the loop."""

    ready: Callable[[], None] = lambda: None
    """The store is open; what this raises ends the loop."""
    ended: Callable[[Run, Due | None], None] = lambda _, __: None
    """How a crawl went, and when its source is due next; None where the store did not take that."""
    said: Callable[[str], None] = lambda _: None
    """Something about the whole, once."""
    log: Callable[[str], None] = lambda _: None
    """A line of a crawl's log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the loop works with, as a test may have it."""

    crawl: Crawl = watch.crawl
    clock: Clock = CLOCK
    open_store: Callable[[str], Store] = open_store


class Scheduler:
    """The loop: `run` it once."""

    def __init__(
        self,
        config: Config,
        told: Told,
        *,
        jobs: int,
        only: Sequence[str] = (),
        once: bool = False,
        log_level: str = "ERROR",
        parts: Parts | None = None,
    ) -> None:
        self.config = config
        self.told = told
        self.jobs = jobs
        self.only = only
        self.once = once
        self.log_level = log_level
        self.parts = parts or Parts()
        self.crawls: dict[str, asyncio.Task[None]] = {}
        """Host → the crawl that keeps it busy."""
        self._turns: Turns | None = None
        self._survey = Survey(sources={}, faults=())
        self._surveyed: datetime | None = None
        self._fruitless = 0
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End the crawls in good order, and then the loop."""
        self._stopping.set()

    async def run(self) -> None:
        """Crawl what is due, again and again; with `once`, what is due now.

        Waits for a store that is away, but not with `once`: raises StoreError then, as for a store
        that is none of ours, and WrongUse for sources that cannot be crawled.
        """
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            while not self._stopping.is_set():
                seconds = await self.tick()
                if self.once and not self.crawls:
                    return
                await asyncio.wait(
                    {stopping, *self.crawls.values()},
                    timeout=seconds,
                    return_when=asyncio.FIRST_COMPLETED,
                )
        finally:
            stopping.cancel()
            await self._end()

    async def tick(self) -> float:
        """Begin what is due; return after how many seconds to look again."""
        try:
            turns = await self._opened()
            await self._look_around(turns.store)
            sources, due = self._survey.sources, self._surveyed if self.once else None
            free = [source for source in sources.values() if host_of(source) not in self.crawls]
            for lease in await turns.claim_due(free, limit=self.jobs - len(self.crawls), due=due):
                self._begin(turns, lease, sources[lease.source])
            seconds = await self._until_next(turns.store)
        except StoreError as fault:
            if self.once or (self._turns is None and not isinstance(fault, StoreAway)):
                raise
            return self._away(fault)
        if self._fruitless:
            self._fruitless = 0
            self.told.said("kho tin trả lời lại / the store answers again")
        return seconds

    async def _opened(self) -> Turns:
        if self._turns is None:
            store = await asyncio.to_thread(self.parts.open_store, self.config.store)
            self._turns = Turns(store=store, crawl=self.parts.crawl, clock=self.parts.clock)
            self.told.ready()
        return self._turns

    async def _look_around(self, store: Store) -> None:
        now = self.parts.clock.now()
        if self._surveyed is not None and (self.once or abs(now - self._surveyed) < SURVEY):
            return
        look = partial(
            look_around, self.config, store, now, only=self.only, spread_out=not self.once
        )
        try:
            found = await asyncio.to_thread(look)
        except WrongUse as fault:
            if self._surveyed is None:
                raise
            found = Survey(sources=self._survey.sources, faults=[str(fault)])
        for fault_said in found.faults:
            if fault_said not in self._survey.faults:
                self.told.said(fault_said)
        self._survey, self._surveyed = found, now

    def _begin(self, turns: Turns, lease: Lease, source: Source) -> None:
        order = Order(source=source.id, config=self.config, log_level=self.log_level)

        async def crawl() -> None:
            self.told.ended(*await turns.take(lease, source, order, Listener(log=self.told.log)))

        def ended(task: asyncio.Task[None]) -> None:
            del self.crawls[lease.host]
            if not task.cancelled() and (fault := task.exception()) is not None:
                self.told.said(f"{source.id}: {fault!r} (please report this)")

        task = asyncio.create_task(crawl(), name=f"crawl {source.id}")
        self.crawls[lease.host] = task
        task.add_done_callback(ended)

    async def _until_next(self, store: Store) -> float:
        now = self.parts.clock.now()
        dues = await asyncio.to_thread(store.dues)
        ahead = [at for source, at in dues.items() if source in self._survey.sources and at > now]
        if not ahead or len(self.crawls) >= self.jobs:
            return LOOK_SECONDS
        return min((min(ahead) - now).total_seconds(), LOOK_SECONDS)

    def _away(self, fault: StoreError) -> float:
        if not self._fruitless:
            self.told.said(f"{fault}; chờ kho tin / waiting for the store")
        self._fruitless += 1
        return float(min(AWAY_SECONDS * 2 ** min(self._fruitless - 1, 9), MOST_AWAY_SECONDS))

    async def _end(self) -> None:
        crawls = [*self.crawls.values()]
        for task in crawls:
            task.cancel()
        await asyncio.gather(*crawls, return_exceptions=True)
        if self._turns is not None:
            await asyncio.to_thread(self._turns.store.close)
