"""Fetches pages one after another with the crawl's own manners, in a process of its own.

Each message of `orders` is an address, as JSON. Of `answers`, one says where the page came from and
the next is its body, or one says why it did not come (`crawler.failures.Failure`). The process ends
when the orders do.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from crawler.answers import content_type_of, headers_of, request_of
from crawler.failures import Failure, of_exception
from crawler.loader import settings_of
from crawler.order import open_standard_streams
from crawler.reach import domains_of
from crawler.recipe import Source

if TYPE_CHECKING:
    from twisted.python.failure import Failure as TwistedFailure


class OrderedPages(Spider):
    """Asks for each page that is ordered and sends it."""

    name = "ordered-pages"
    orders: ClassVar[Connection]
    answers: ClassVar[Connection]

    async def start(self) -> AsyncIterator[Request]:
        """Ask for each page as its order comes."""
        loop = asyncio.get_running_loop()
        while url := await loop.run_in_executor(None, self._next):
            try:
                yield Request(
                    url,
                    self.parse,
                    errback=self.failed,
                    cb_kwargs={"url": url},
                    dont_filter=True,  # asked again is answered again
                )
            except ValueError as fault:
                self._answer(asdict(Failure(cause="other", url=url, said=str(fault))))

    def parse(self, response: Response, **_: Any) -> None:
        """Send the page and where it came from."""
        kind = content_type_of(response)
        self._answer({"url": response.url, "content_type": kind, "headers": headers_of(response)})
        self.answers.send_bytes(response.body)

    def failed(self, failure: TwistedFailure) -> None:
        """Send why it did not come."""
        url = request_of(failure).cb_kwargs["url"]
        self._answer(asdict(of_exception(failure.value, url)))

    def _next(self) -> str | None:
        try:
            url: str = json.loads(self.orders.recv_bytes())
        except EOFError:
            return None
        return url

    def _answer(self, answer: dict[str, Any]) -> None:
        self.answers.send_bytes(json.dumps(answer).encode())


def fetch(
    source: Source,
    stay: bool,
    orders: Connection,
    answers: Connection,
    errors: Path,
    environ: dict[str, str],
) -> None:
    """Be the process: fetch a source's pages, with `stay` on its own hosts only."""
    os.environ.clear()
    os.environ.update(environ)
    with errors.open("wb") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
    open_standard_streams()
    from crawler import settings as crawl_settings  # reads the environment

    names = [name for name in dir(crawl_settings) if name.isupper()]
    settings = {
        **{name: getattr(crawl_settings, name) for name in names},
        **settings_of(source),
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {"crawler.politeness.CrawlDelay": 0},
        "LOG_LEVEL": "CRITICAL",
    }
    home = [*domains_of(source)] if stay else []
    told = {"source": source, "allowed_domains": home, "orders": orders, "answers": answers}
    process = AsyncCrawlerProcess(settings)
    process.crawl(type("OrderedPagesOf", (OrderedPages,), told))
    process.start()
