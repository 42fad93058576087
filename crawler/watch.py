"""Watches over one crawl from its start to its Run: hears it, limits its time, leaves no gap.

Whatever becomes of the process, a Run tells it: the crawl's own, or one written here.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from crawler import pool
from crawler.config import Config
from crawler.moments import present
from crawler.order import Order
from crawler.pool import Child
from crawler.spool import spool_run
from store.connect import open_store
from store.errors import StoreError
from store.model import Run
from store.records import read
from store.turns import Lease

MOST_SECONDS = 3600.0
"""A crawl of the news that takes longer hangs, or will go on where it was."""

STOP_SECONDS = 7.0
"""A crawl that was told to stop and is still there then is killed. Its worker cuts itself off
earlier, and whoever waits for us (systemd, docker) does so for ten seconds."""


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
    """Whom to tell; each is called in the thread that watches."""

    progress: Callable[[Progress], None] = lambda _: None
    ended: Callable[[Run], None] = lambda _: None
    busy: Callable[[str, Lease], None] = lambda _, __: None
    """A source is not crawled, as somebody else has leased its host."""
    log: Callable[[str], None] = lambda _: None


BrokenOff = Literal["too-long", "lost", "stopped"]

_SAID: dict[BrokenOff, str] = {
    "too-long": "the crawl took too long and was ended",
    "lost": "the crawl was ended, as its lease had run out and the host is another's",
    "stopped": "the crawl was stopped before its end",
}
_GOES_ON = "(the next one picks up where it was)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """What was heard of a crawl by its end."""

    told: Run | None
    code: int
    last_words: str


async def crawl(
    order: Order,
    listener: Listener,
    *,
    most_seconds: float | None = MOST_SECONDS,
    lost: asyncio.Task[None] | None = None,
) -> Run:
    """Crawl a source in a process of its own; return how it went.

    It is ended after `most_seconds`, when `lost` is done, and when this is cancelled: the Run is
    written then, too, before CancelledError is raised.
    """
    opened = Run(id=order.run_id, source=order.source, state="running", started=present())
    try:
        child = await _start(order)
    except (OSError, EOFError) as fault:
        end = _End(told=None, code=1, last_words=f"no process could be started: {fault}")
        return await asyncio.to_thread(_record, _broken_off(opened, end, None), order.config)
    life = asyncio.create_task(_hear(child, order.source, listener))
    why: BrokenOff | None = None
    cancelled = False
    try:
        await asyncio.wait(
            {life} if lost is None else {life, lost},
            timeout=most_seconds,
            return_when=asyncio.FIRST_COMPLETED,
        )
        if not life.done():
            why = "lost" if lost is not None and lost.done() else "too-long"
    except asyncio.CancelledError:
        why, cancelled = "stopped", True
    try:
        if why is not None:
            await _stop(child, life)
        end = await life
    finally:
        child.close()
    run = end.told
    if run is None or why in {"lost", "too-long"}:
        run = await asyncio.to_thread(_record, _broken_off(opened, end, why), order.config)
    if cancelled:
        raise asyncio.CancelledError
    return run


async def _start(order: Order) -> Child:
    starting = asyncio.create_task(asyncio.to_thread(pool.start, order))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        with contextlib.suppress(OSError, EOFError):
            (await starting).close()  # it has not begun yet
        raise


async def _hear(child: Child, source: str, listener: Listener) -> _End:
    told, last_words, code = await asyncio.gather(
        _listen(child, source, listener), _forward_log(child, listener), child.wait()
    )
    return _End(told=told, code=code, last_words=last_words)


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


async def _stop(child: Child, life: asyncio.Task[_End]) -> None:
    child.hang_up()
    await asyncio.wait({life}, timeout=STOP_SECONDS)
    if not life.done():
        child.kill()


def _broken_off(opened: Run, end: _End, why: BrokenOff | None) -> Run:
    """Say what became of a crawl that told nothing, or had to be ended."""
    run = replace(end.told or opened, ended=present())
    if end.told is None:
        run = replace(run, state="killed" if why or end.code < 0 else "failed")
    if why is not None:
        return replace(run, cause=why, complete=False, message=f"{_SAID[why]} {_GOES_ON}")
    if end.code < 0:
        message = f"the crawl was killed by signal {-end.code} {_GOES_ON}"
        return replace(run, cause="killed", message=message)
    message = f"the crawl broke off: {end.last_words} (please report this)"
    return replace(run, cause="crashed", message=message)


def _record(run: Run, config: Config) -> Run:
    """Write the run of a crawl that did not tell one, or spool it; return what it was.

    One that the crawl ended itself in the store, and could not tell any more, stays as it is.
    """
    try:
        store = open_store(config.store)
        try:
            begun = store.run(run.id)
            if begun is not None and run.cause not in {"lost", "too-long"}:
                if begun.state != "running":
                    return begun
                run = replace(run, started=begun.started)
            store.save_run(run)
        finally:
            store.close()
    except StoreError:
        spool_run(run, config.spool)
    return run
