"""Keeps what a site's robots.txt says, for a day, and the pause that it asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached

from store.model import Note

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

    from crawler.spiders.source import SourceSpider

LONGEST_DELAY_SECONDS = 60.0
"""A site that asks for more is asked once a minute all the same."""

ROBOTS_DAY = timedelta(hours=24)
"""So long a robots.txt may be taken from the last crawl (RFC 9309, section 2.4)."""


class KeptRobots(RobotsTxtMiddleware):
    """Obeys robots.txt; asks for it once a day, not in every crawl.

    Only an answer that settles what may be crawled is kept: the file itself, or that there is none.
    """

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host, from an earlier crawl's note if it is fresh."""
        site = _site_of(request)
        host = urlparse_cached(request).netloc
        note = await self._note(site) if host not in self._parsers else None
        if note is not None and host not in self._parsers:
            parser = self._parserimpl.from_crawler(self.crawler, note.text.encode())
            self._parsers[host] = parser
            await self.crawler.signals.send_catch_log_async(
                signal=signals.robots_parsed, robotparser=parser, request=request
            )
        return await super().robot_parser(request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        await super()._parse_robots(response, netloc, request)
        spider = self._spider
        if spider is not None and response.status in {200, 404, 410}:
            name = f"robots {_site_of(request)}"
            text = response.body.decode("utf-8", "replace") if response.status == 200 else ""
            note = Note(source=spider.source.id, name=name, at=datetime.now(UTC), text=text)
            await spider.keeper.save_note(note)

    async def _note(self, site: str) -> Note | None:
        spider = self._spider
        if spider is None:
            return None
        note = await spider.keeper.note(spider.source.id, f"robots {site}")
        return note if note and datetime.now(UTC) - note.at < ROBOTS_DAY else None

    @property
    def _spider(self) -> SourceSpider | None:
        """The crawl's spider; `tinso try` has none that keeps anything."""
        spider: Any = self.crawler.spider
        return spider if hasattr(spider, "keeper") else None


class CrawlDelay:
    """Scrapy extension: takes Crawl-delay over into the pause between two requests."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._asked: dict[str, float] = {}
        """Slot of the downloader → seconds."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelay:
        """Listen for robots.txt, and for requests: a slot is made with its first."""
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.slow_down, signal=signals.request_reached_downloader)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the pause that a site asks for."""
        asked = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        if asked:
            key = self.crawler.engine.downloader.get_slot_key(request)
            self._asked[key] = min(float(asked), LONGEST_DELAY_SECONDS)

    def slow_down(self, request: Request) -> None:
        """Slow the host's slot down; never speed it up."""
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        if key in self._asked:
            slot = downloader.slots[key]
            slot.delay = max(slot.delay, self._asked[key])


def _site_of(request: Request) -> str:
    parts = urlparse_cached(request)
    return f"{parts.scheme}://{parts.netloc}"
