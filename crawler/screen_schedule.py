"""What `tinso schedule`, `tinso up` and `tinso crawl --due` say: a line a crawl."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import click

from crawler.config import Config
from crawler.schedule import Due
from crawler.scheduler import Scheduler, Told
from crawler.screen import summary_of
from store.model import Run, local_time
from store.shown import shown

STOP_SECONDS = 9.0
"""From a signal to the end at the latest; crawls have had theirs by then (`crawler.watch`)."""

REASONS = {
    "first": "lần đầu / first",
    "pace": "theo công thức / its recipe's pace",
    "rhythm": "theo nhịp đăng tin / its rhythm",
    "burst": "vừa có tin / it has just had news",
    "back-off": "lùi lại sau lỗi / after a failure",
    "asked-to-wait": "trang yêu cầu chờ / the site asked to wait",
}
"""What settled a due time, in Vietnamese and English."""


def keep_schedule(
    config: Config,
    *,
    only: Sequence[str],
    jobs: int,
    verbose: bool,
    as_json: bool,
    once: bool = False,
    ready: Callable[[], None] = lambda: None,
) -> tuple[list[Run], bool]:
    """Crawl what is due until SIGTERM or Ctrl-C; return the runs, and whether it was stopped.

    `only` are the sources to crawl, all where none is named. With `once`, what is due now; the runs
    are returned for that alone. `ready` is called once the store is open. Raises as `Scheduler.run`
    does.
    """
    runs: list[Run] = []

    def ended(run: Run, due: Due | None) -> None:
        if once:
            runs.append(run)
        if not as_json:
            say(f"{run.source}: {line_of(run)}{due_said(due)}")
        elif not once:
            click.echo(json.dumps({"run": shown(run), "due": due and due.at}, default=str))

    told = Told(ready=ready, ended=ended, said=say, log=say)
    log_level = "INFO" if verbose else "ERROR"
    scheduler = Scheduler(config, told, jobs=jobs, only=only, once=once, log_level=log_level)
    return runs, asyncio.run(_until_stopped(scheduler))


async def _until_stopped(scheduler: Scheduler) -> bool:
    """Run the loop; return whether a signal ended it."""
    loop = asyncio.get_running_loop()
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        scheduler.stop()
        # A thread that waits for a store that is away cannot be called back; what it would write
        # then is the lease, which runs out by itself.
        loop.call_later(STOP_SECONDS, os._exit, int(scheduler.once))

    with _heard(loop, stop):
        await scheduler.run()
    return stopped


@contextlib.contextmanager
def _heard(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> Iterator[None]:
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def line_of(run: Run) -> str:
    """Say how a crawl went."""
    if run.message:
        return f"{run.state}: {run.message}"
    return f"{run.state}, {summary_of(run)}"


def due_said(due: Due | None) -> str:
    """Say when a source is due next, and why then."""
    if due is None:
        return ""
    return f"; lần tới / next {local_time(due.at):%d/%m %H:%M}, {REASONS[due.reason]}"


def say(line: str) -> None:
    """Print a line with its time in Vietnam on standard error."""
    click.echo(f"{local_time(datetime.now(UTC)):%H:%M:%S} {line}", err=True)
