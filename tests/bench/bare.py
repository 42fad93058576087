"""Scrapy alone, as it comes: one process that asks for the addresses of a file, keeps nothing."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class Bare(Spider):
    """Asks for every line of the file."""

    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        for url in Path(sys.argv[1]).read_text(encoding="utf-8").split():
            yield Request(url, dont_filter=True)

    def parse(self, response: Response, **_: object) -> None:
        """Keep nothing."""


def main() -> None:
    settings = {
        "LOG_LEVEL": "ERROR",
        "RETRY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
    }
    process = AsyncCrawlerProcess(settings)
    process.crawl(Bare)
    process.start()


if __name__ == "__main__":
    main()
