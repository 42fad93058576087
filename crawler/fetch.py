"""Fetches one page with the crawl's own manners, in a process of its own.

The order comes as JSON on standard input; the body goes to the file that it names, and beside it
either where it came from or why it did not (`crawler.failures.Failure`).
"""

from __future__ import annotations

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
from crawler.failures import of_exception
from crawler.recipe import Recipe, Source
from crawler.spiders.source import headers_of

if TYPE_CHECKING:
    from twisted.python.failure import Failure as TwistedFailure


class OnePage(Spider):
    """Asks for one page and writes it down."""

    name = "one-page"
    source: Source
    order: dict[str, Any]

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the page."""
        yield Request(self.order["url"], self.parse, errback=self.failed)

    def parse(self, response: Response, **_: Any) -> None:
        """Write the page and where it came from."""
        Path(self.order["body"]).write_bytes(response.body)
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        self._answer({"url": response.url, "content_type": kind, "headers": headers_of(response)})

    def failed(self, failure: TwistedFailure) -> None:
        """Write why it did not come."""
        self._answer(asdict(of_exception(failure.value, self.order["url"])))

    def _answer(self, answer: dict[str, Any]) -> None:
        Path(self.order["answer"]).write_text(json.dumps(answer), encoding="utf-8")


def main() -> None:
    """Fetch what standard input orders."""
    order = json.load(sys.stdin)
    source = Source(order["source"], Recipe.model_validate(order["recipe"]))
    names = [name for name in dir(crawl_settings) if name.isupper()]
    settings = {name: getattr(crawl_settings, name) for name in names} | {
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {"crawler.politeness.CrawlDelay": 0},
        "DOWNLOAD_VERIFY_CERTIFICATES": source.recipe.verify,
        "LOG_LEVEL": "CRITICAL",
    }
    process = AsyncCrawlerProcess(settings)
    process.crawl(type("OnePageOf", (OnePage,), {"source": source, "order": order}))
    process.start()


if __name__ == "__main__":
    main()
