"""A round: several sources crawled, each in a process of its own.

A crawl that crashes, hangs or is killed touches no other; its Run is written here if it could not
write it itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from crawler import pool
from crawler.backfill import Backfill
from crawler.config import Config
from crawler.order import Order
from crawler.pool import Child
from crawler.recipes import load_source
from crawler.spool import spool_run
from store.connect import open_store
from store.errors import StoreError
from store.health import settle
from store.model import Run, to_millisecond
from store.records import read

JOBS = 4
"""Crawls at once; each asks its own host one thing at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl is."""

    source: str
    entries: int
    """Articles that the lists named and the store did not know."""
    read: int
    failed: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Whom to tell; each is called in the thread that runs the round."""

    progress: Callable[[Progress], None] = lambda _: None
    ended: Callable[[Run], None] = lambda _: None
    log: Callable[[str], None] = lambda _: None


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
    """Crawl the sources; return their runs in the order asked.

    Ctrl-C (KeyboardInterrupt) ends the crawls in good order, then is raised again.
    """
    return asyncio.run(_crawl_all(round_, listener))


async def _crawl_all(round_: Round, listener: Listener) -> list[Run]:
    await asyncio.to_thread(_settle_the_dead, round_.config.store)
    places = asyncio.Semaphore(round_.jobs)
    hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def one(source: str) -> Run:
        host = load_source(source, round_.config.roots).hosts[0]
        async with hosts[host], places:  # two sources of one host go one after the other
            run = await _crawl(source, round_, listener)
            listener.ended(run)
            return run

    return list(await asyncio.gather(*map(one, round_.sources)))


async def _crawl(source: str, round_: Round, listener: Listener) -> Run:
    order = Order(
        source=source,
        config=round_.config,
        full=round_.full,
        backfill=round_.backfill,
        log_level=round_.log_level,
    )
    opened = Run(id=order.run_id, source=source, state="running", started=_now())
    starting = asyncio.create_task(asyncio.to_thread(pool.start, order))
    try:
        child = await asyncio.shield(starting)
        heard = asyncio.gather(_listen(child, source, listener), _forward_log(child, listener))
        code = await child.wait()
        told, last_words = await heard
    except asyncio.CancelledError:
        await (await starting).stop()
        raise
    finally:
        (await starting).close()
    if told is not None:
        return told
    return await asyncio.to_thread(_record_death, opened, code, last_words, round_)


async def _listen(child: Child, source: str, listener: Listener) -> Run | None:
    """Pass the progress on; return the Run once the crawl has told it."""
    run = None
    async for line in child.events():
        with contextlib.suppress(ValueError):
            event: dict[str, Any] = json.loads(line)
            if "progress" in event:
                listener.progress(Progress(source=source, **event["progress"]))
            elif "run" in event:
                run = read(Run, event["run"])
    return run


async def _forward_log(child: Child, listener: Listener) -> str:
    """Pass the log on; return its last line."""
    last = ""
    async for line in child.log():
        text = line.decode("utf-8", "replace").rstrip()
        last = text or last
        listener.log(text)
    return last


def _record_death(opened: Run, code: int, last_words: str, round_: Round) -> Run:
    """Write the run of a crawl that ended without telling one."""
    killed = code < 0
    run = replace(
        opened,
        state="killed" if killed else "failed",
        ended=_now(),
        cause="killed" if killed else "crashed",
        message=(
            f"the crawl was killed by signal {-code} (the next one picks up where it was)"
            if killed
            else f"the crawl broke off: {last_words} (please report this)"
        ),
    )
    try:
        store = open_store(round_.config.store)
        try:
            begun = store.run(run.id)
            store.save_run(replace(run, started=begun.started) if begun else run)
        finally:
            store.close()
    except StoreError:
        spool_run(run, round_.config.spool)
    return run


def _settle_the_dead(address: str) -> None:
    """Close the runs of crawls that died unseen, before this round adds its own."""
    try:
        store = open_store(address)
    except StoreError:
        return  # each crawl says so itself, with its source
    try:
        for run in store.runs(limit=500):
            settled = settle(run, _now())
            if settled != run:
                store.save_run(settled)
    except StoreError:
        pass
    finally:
        store.close()


def _now() -> datetime:
    return to_millisecond(datetime.now(UTC))
