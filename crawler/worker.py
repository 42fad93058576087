"""One crawl of one source in this process, started by `crawler.round`.

The process ends its crawl in good order when its standard input closes, so that it never outlives
the one that started it.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import threading
import time

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.utils.project import get_project_settings

from crawler.config import Config
from crawler.loader import spider_of
from crawler.recipes import load_source
from crawler.spiders.backfill import BackfillSpider

GRACE_SECONDS = 8.0
"""A crawl that was told to stop and is not done by then is cut off."""


def main() -> None:
    """Crawl the source that the command line names; tell how it goes on standard output."""
    parser = argparse.ArgumentParser(prog="python -m crawler.worker", description=__doc__)
    parser.add_argument("source")
    parser.add_argument("--run-id", default="")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--backfill", action="store_true")
    parser.add_argument("--since", default="")
    parser.add_argument("--max-pages", default="")
    parser.add_argument("--log-level", default="WARNING")
    args = parser.parse_args()
    settings = get_project_settings()
    settings.set("TINSO_EVENTS", True, "cmdline")
    settings.set("LOG_LEVEL", args.log_level, "cmdline")
    if args.log_level != "INFO":  # a host that does not answer is told as a failure, in a line
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    process = AsyncCrawlerProcess(settings)
    told = {"full": "1" if args.full else "", "run_id": args.run_id}
    if args.backfill:
        spider = spider_of(load_source(args.source, Config().roots), BackfillSpider)
        task = process.crawl(spider, since=args.since, max_pages=args.max_pages, **told)
    else:
        task = process.crawl(args.source, **told)
    threading.Thread(
        target=_stop_when_alone, args=(process, task.get_loop()), name="stdin", daemon=True
    ).start()
    process.start(install_signal_handlers=True)


def _stop_when_alone(process: AsyncCrawlerProcess, loop: asyncio.AbstractEventLoop) -> None:
    while os.read(sys.stdin.fileno(), 1):  # unbuffered: a buffer's lock would outlive the thread
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


if __name__ == "__main__":
    main()
