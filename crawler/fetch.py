"""Fetches pages one after another with the crawl's own manners, in a process of its own.

The first line of standard input is the source, as JSON; each further one orders a page. The body
goes to the file that the order names, and a line of standard output says where it came from or why
it did not come (`crawler.failures.Failure`). The process ends when its standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from crawler import settings as crawl_settings
from crawler.answers import content_type_of, headers_of, request_of
from crawler.failures import Failure, of_exception
from crawler.loader import settings_of
from crawler.reach import domains_of
from crawler.recipe import Recipe, Source

if TYPE_CHECKING:
    from twisted.python.failure import Failure as TwistedFailure


class OrderedPages(Spider):
    """Asks for each page that is ordered and writes it down."""

    name = "ordered-pages"
    source: Source

    async def start(self) -> AsyncIterator[Request]:
        """Ask for each page as its order comes."""
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            order = json.loads(line)
            try:
                yield Request(
                    order["url"],
                    self.parse,
                    errback=self.failed,
                    cb_kwargs={"order": order},
                    dont_filter=True,  # asked again is answered again
                )
            except ValueError as fault:
                _answer(asdict(Failure(cause="other", url=order["url"], said=str(fault))))

    def parse(self, response: Response, *, order: dict[str, Any], **_: Any) -> None:
        """Write the page and where it came from."""
        Path(order["body"]).write_bytes(response.body)
        kind = content_type_of(response)
        _answer({"url": response.url, "content_type": kind, "headers": headers_of(response)})

    def failed(self, failure: TwistedFailure) -> None:
        """Write why it did not come."""
        url = request_of(failure).cb_kwargs["order"]["url"]
        _answer(asdict(of_exception(failure.value, url)))


def _answer(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 - the way back to who ordered


def main() -> None:
    """Fetch what standard input orders."""
    about = json.loads(sys.stdin.readline())
    source = Source(about["source"], Recipe.model_validate(about["recipe"]))
    names = [name for name in dir(crawl_settings) if name.isupper()]
    settings = {
        **{name: getattr(crawl_settings, name) for name in names},
        **settings_of(source),
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {"crawler.politeness.CrawlDelay": 0},
        "LOG_LEVEL": "CRITICAL",
    }
    home = [*domains_of(source)] if about["stay"] else []
    process = AsyncCrawlerProcess(settings)
    process.crawl(
        type("OrderedPagesOf", (OrderedPages,), {"source": source, "allowed_domains": home})
    )
    process.start()


if __name__ == "__main__":
    main()
