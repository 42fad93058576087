"""A round: several sources crawled, each in a process of its own, each host by one at a time.

A crawl that crashes, hangs or is killed touches no other. A source whose host somebody else has
leased is told to the listener and left to them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from crawler import watch
from crawler.backfill import Backfill
from crawler.config import Config
from crawler.order import Order
from crawler.recipe import Source
from crawler.recipes import load_source
from crawler.turns import Turns, host_of
from crawler.watch import Listener as Listener
from crawler.watch import Progress as Progress
from store.base import Store
from store.connect import open_store
from store.errors import StoreError
from store.health import settle
from store.model import Run

JOBS = 4
"""Crawls at once; each asks its own host one thing at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What to crawl and where to keep it."""

    sources: Sequence[str]
    config: Config
    full: bool = False
    backfill: Backfill | None = None
    """Walk the archive; None for a crawl of the news."""
    jobs: int = JOBS
    log_level: str = "WARNING"


def crawl_round(round_: Round, listener: Listener) -> list[Run]:
    """Crawl the sources; return their runs in the order asked, without those left to others.

    Ctrl-C (KeyboardInterrupt) ends the crawls in good order, then is raised again.
    """
    return asyncio.run(_crawl_all(round_, listener))


async def _crawl_all(round_: Round, listener: Listener) -> list[Run]:
    turns = await asyncio.to_thread(_turns, round_)
    places = asyncio.Semaphore(round_.jobs)
    hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def one(source_id: str) -> Run | None:
        source = load_source(source_id, round_.config.roots)
        async with hosts[host_of(source)], places:  # two of one host go one after the other
            run = await _crawl(source, round_, turns, listener)
            if run is not None:
                listener.ended(run)
            return run

    try:
        runs = await asyncio.gather(*map(one, round_.sources))
    finally:
        if turns is not None:
            turns.store.close()
    return [run for run in runs if run is not None]


async def _crawl(
    source: Source, round_: Round, turns: Turns | None, listener: Listener
) -> Run | None:
    order = Order(
        source=source.id,
        config=round_.config,
        full=round_.full,
        backfill=round_.backfill,
        log_level=round_.log_level,
    )
    try:
        lease = await turns.claim(source) if turns else None
    except StoreError:
        lease = None
    if turns is None or lease is None:
        return await watch.crawl(order, listener)  # which says itself what is wrong with the store
    if not turns.holds(lease, source):
        listener.busy(source.id, lease)
        return None
    run, _ = await turns.take(lease, source, order, listener)
    return run


def _turns(round_: Round) -> Turns | None:
    """Open the store for leases, and close the runs of crawls that died unseen."""
    try:
        store = open_store(round_.config.store)
    except StoreError:
        return None
    with contextlib.suppress(StoreError):
        settle_the_dead(store, datetime.now(UTC))
    most_seconds = None if round_.backfill else watch.MOST_SECONDS
    return Turns(store=store, crawl=partial(watch.crawl, most_seconds=most_seconds))


def settle_the_dead(store: Store, now: datetime) -> None:
    """Close the runs of crawls that died unseen; raises StoreError."""
    for run in store.runs(limit=500):
        settled = settle(run, now)
        if settled != run:
            store.save_run(settled)
