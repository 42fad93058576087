"""One crawl of one source in this process, which `crawler.pool` started for it.

The process ends its crawl in good order when its wire closes, so that it never outlives the one
that started it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import resource
import threading
import time
from multiprocessing.connection import Connection

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.loader import spider_of
from crawler.order import Order, Wires, open_standard_streams
from crawler.recipe import Source
from crawler.recipes import load_source
from crawler.spiders.backfill import BackfillSpider

MEMORY_SECONDS = 5.0
"""Between two looks at how much memory a crawl takes."""

HEADROOM_MEGABYTES = 512
"""Above its bound a crawl is asked to end; this much above it the system gives it no more."""

GRACE_SECONDS = 6.0
"""A crawl that was told to stop and is not done by then is cut off."""


def crawl(order: Order, wires: Wires) -> None:
    """Crawl a source; tell how it goes on standard output."""
    os.setsid()  # Ctrl-C in a terminal reaches it through its wire, in good order
    _connect(wires)
    os.environ.clear()
    os.environ.update(order.environ | order.config.environ())
    os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    source = load_source(order.source, order.config.roots)
    settings = get_project_settings()
    settings.set("TINSO_EVENTS", True, "cmdline")
    settings.set("LOG_LEVEL", order.log_level, "cmdline")
    _bound(order, source, settings)
    if order.log_level != "INFO":
        settings.set("LOG_VERSIONS", [], "cmdline")  # finding them out takes as long as a page
    process = AsyncCrawlerProcess(settings)  # which sets the levels of Scrapy's own loggers
    if order.log_level != "INFO":  # a host that does not answer is told as a failure, in a line
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    told = {"full": "1" if order.full else "", "run_id": order.run_id}
    if order.backfill is not None:
        spider = spider_of(source, BackfillSpider)
        task = process.crawl(spider, asked=order.backfill, **told)
    else:
        task = process.crawl(spider_of(source), **told)
    threading.Thread(
        target=_stop_when_alone, args=(wires.stop, process, task.get_loop()), daemon=True
    ).start()
    process.start(install_signal_handlers=True)


def _bound(order: Order, source: Source, settings: Settings) -> None:
    """Bound the memory, so that a page or a leak that takes all there is hits this crawl alone.

    What a browser reserves is many times what it uses, so a crawl that renders has the first bound
    only; `crawler.browser` bounds the scripts.
    """
    settings.set("MEMUSAGE_LIMIT_MB", order.most_megabytes, "cmdline")
    settings.set("MEMUSAGE_CHECK_INTERVAL_SECONDS", MEMORY_SECONDS, "cmdline")
    if not source.recipe.render:
        most = (order.most_megabytes + HEADROOM_MEGABYTES) << 20
        with contextlib.suppress(ValueError, OSError):  # not every system has it
            resource.setrlimit(resource.RLIMIT_DATA, (most, resource.RLIM_INFINITY))


def _connect(wires: Wires) -> None:
    """Make the wires standard output and standard error, also for what libraries print."""
    for number, wire in ((1, wires.events), (2, wires.log)):
        os.dup2(wire.fileno(), number)
        wire.close()
    open_standard_streams()


def _stop_when_alone(
    wire: Connection, process: AsyncCrawlerProcess, loop: asyncio.AbstractEventLoop
) -> None:
    while os.read(wire.fileno(), 1):
        pass
    cut_off = threading.Timer(GRACE_SECONDS, os._exit, args=(1,))
    cut_off.daemon = True
    cut_off.start()
    while not any(map(_is_running, process.crawlers)):
        time.sleep(0.05)  # a crawl that is told to stop before it runs does not hear it
    asyncio.run_coroutine_threadsafe(process.stop(), loop)


def _is_running(crawler: Crawler) -> bool:
    try:
        return bool(crawler.engine.running)
    except RuntimeError:  # it has no engine yet
        return False
