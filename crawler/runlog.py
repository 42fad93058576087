"""Makes one Run of every crawl, however it ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.discovery.plan import STOOD_IN
from crawler.failures import Failure
from crawler.moments import present
from crawler.patience import NOT_BEFORE
from store.errors import StoreError
from store.model import Run, RunState
from store.shown import shown

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.source import SourceSpider

HEARTBEAT_SECONDS = 20.0
"""Between two signs of life; `store.health` gives a run up after several missed ones."""

PROGRESS_SECONDS = 0.2

_OURS = (
    *("article/", "list/", "offer/", "backfill/", "keep/", "failure/"),
    *("robotstxt/", "render/"),
)
_SCRAPYS = {
    "downloader/request_count": "request/count",
    "downloader/response_bytes": "request/bytes",
    "retry/count": "request/retried",
    "log_count/ERROR": "log/errors",
}
_SPOOLED = (
    ("keep/spooled", "{} read articles wait in the spool (the next crawl keeps them)"),
    (
        "keep/lost",
        "{} read articles were kept nowhere, since the spool took no more (make room under"
        " TINSO_HOME, or raise TINSO_SPOOL_MEBIBYTES; what the lists still name is read again)",
    ),
)
"""Path of a counter → what it says where the store failed."""
_STATUS = "downloader/response_status_count/"


class RunLog:
    """Scrapy extension: writes the Run at the start, keeps it alive, and ends it.

    With the setting TINSO_EVENTS it also tells its progress and the Run, as JSON lines on
    standard output, to the process that started the crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.tells = crawler.settings.getbool("TINSO_EVENTS")
        self.opened: Run | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunLog:
        """Listen for the start and end of a source's crawl; `scrapy shell`'s is none."""
        if not hasattr(crawler.spidercls, "source"):
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    async def spider_opened(self, spider: SourceSpider) -> None:
        """Write the run as running."""
        now = present()
        self.opened = Run(
            id=spider.run_id or str(uuid4()),
            source=spider.source.id,
            state="running",
            started=now,
            heartbeat=now,
        )
        await spider.keeper.save_run(self.opened)
        self._tasks = [asyncio.create_task(self._beat(spider))]
        if self.tells:
            self._tasks.append(asyncio.create_task(self._tell_progress()))

    async def spider_closed(self, spider: SourceSpider, reason: str) -> None:
        """Write how it ended; to the spool if the store is away."""
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self.opened is None:
            return
        run = await spider.ended(self._conclude(spider, self.opened, reason))
        await spider.keeper.save_run(run)
        if spider.keeper.fault is not None and run.cause is None:
            run = _fail_for_store(run, spider.keeper.fault)
        await spider.keeper.close()
        if self.tells:
            tell({"run": shown(run)})

    def _conclude(self, spider: SourceSpider, opened: Run, reason: str) -> Run:
        now, stats = present(), self.crawler.stats
        moment: datetime | None = stats.get_value(NOT_BEFORE)
        opened = replace(opened, not_before=moment if moment and moment > now else None)
        return conclude(
            opened,
            reason=reason,
            stats=stats.get_stats(),
            failures=spider.failures,
            cut=spider.walk.cut,
            store_fault=spider.keeper.fault,
            now=now,
        )

    async def _beat(self, spider: SourceSpider) -> None:
        while self.opened is not None:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            await spider.keeper.save_run(replace(self.opened, heartbeat=present()))

    async def _tell_progress(self) -> None:
        told: dict[str, int] = {}
        while True:
            await asyncio.sleep(PROGRESS_SECONDS)
            stats = self.crawler.stats
            state = {
                "entries": sum(
                    stats.get_value(f"{stage}/entries", 0) - stats.get_value(f"{stage}/known", 0)
                    for stage in ("list", "offer")
                ),
                "read": stats.get_value("article/read", 0),
                "failed": sum(
                    count
                    for path, count in stats.get_stats().items()
                    if path.startswith("failure/article/")
                ),
                "kept": stats.get_value("keep/inserted", 0) + stats.get_value("keep/updated", 0),
            }
            if state != told:
                told = state
                tell({"progress": state})


_TOO_MUCH_MEMORY = "memusage_exceeded"
"""Scrapy's finish reason where its extension MemoryUsage ended a crawl."""


def conclude(
    opened: Run,
    *,
    reason: str,
    stats: Mapping[str, Any],
    failures: Sequence[tuple[str, Failure]],
    cut: bool,
    store_fault: StoreError | None,
    now: datetime,
) -> Run:
    """Say how a crawl ended, from what was counted.

    `reason` is Scrapy's finish reason. Failed: the store failed, no list could be read, or
    articles were asked for and none could be read. Partial: anything else was left unread.
    """
    counters = counters_of(stats)
    ended = replace(opened, ended=now, heartbeat=now, counters=counters)
    if store_fault is not None:
        return _fail_for_store(ended, store_fault)
    lists = [failure for stage, failure in failures if stage == "list"]
    others = [failure for stage, failure in failures if stage != "list"]
    read_lists = _read_lists(counters) - sum(f.cause.startswith("list-") for f in lists)
    stopped = reason != "finished"
    passing = any(failure.passing for failure in (*lists, *others))
    state: RunState = "ok"
    if (read_lists <= 0 and not stopped) or (others and not counters.get("article/read")):
        state = "failed"
    elif lists or others or stopped or counters.get("log/errors"):
        state = "partial"
    worst = _worst(lists or others)
    cause, message = (worst.cause, worst.message) if worst else _unread(reason, counters)
    return replace(
        ended,
        state=state,
        complete=not (
            read_lists <= 0 or lists or passing or stopped or cut or counters.get("log/errors")
        ),
        cause=cause,
        message=message,
    )


def counters_of(stats: Mapping[str, Any]) -> dict[str, int]:
    """Take from Scrapy's stats what a Run keeps, under the project's own paths; sorted."""
    counters = {
        path: count
        for path, count in stats.items()
        if path.startswith(_OURS) and isinstance(count, int)
    }
    counters |= {ours: int(stats[theirs]) for theirs, ours in _SCRAPYS.items() if theirs in stats}
    counters |= {
        f"request/status/{path.removeprefix(_STATUS)}": int(count)
        for path, count in stats.items()
        if path.startswith(_STATUS)
    }
    return dict(sorted(counters.items()))


def tell(event: Mapping[str, Any]) -> None:
    """Write one event for the process that started this one, if it still listens."""
    with contextlib.suppress(OSError):
        sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _worst(failures: Sequence[Failure]) -> Failure | None:
    """Return the first failure of the commonest cause."""
    if not failures:
        return None
    cause = Counter(failure.cause for failure in failures).most_common(1)[0][0]
    return next(failure for failure in failures if failure.cause == cause)


def _read_lists(counters: Mapping[str, int]) -> int:
    """Count the lists that were read or had not changed, and those that an offer stood in for."""
    return sum(counters.get(path, 0) for path in ("list/pages", "list/unchanged", STOOD_IN))


def _unread(reason: str, counters: Mapping[str, int]) -> tuple[str | None, str | None]:
    """Say what a crawl without a failed page lacks."""
    if reason == "finished" and not _read_lists(counters):
        return "no-list", "no list was read (check `site` and `listings` against the site)"
    if reason == _TOO_MUCH_MEMORY:
        return (
            "too-much-memory",
            "the crawl needed more memory than it may and was ended "
            "(the next one goes on; look at the site's largest pages if it happens again)",
        )
    if reason != "finished":
        return "stopped", f"the crawl was stopped before its end: {reason} (the next one goes on)"
    if counters.get("log/errors"):
        return "crashed", "a page could not be read: see the log (please report it)"
    return None, None


def _fail_for_store(run: Run, fault: StoreError) -> Run:
    """Turn a run into a failed one; the cause is the error's name, such as `store-away`."""
    name = type(fault).__name__
    cause = "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")
    told = [
        str(fault),
        *(said.format(run.counters[path]) for path, said in _SPOOLED if path in run.counters),
    ]
    return replace(run, state="failed", complete=False, cause=cause, message="; ".join(told))
