"""Keeps what a site's robots.txt says, for a day, and the pause that it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import Failure, of_exception
from crawler.guard import AskedBefore, LeftSite, Refused
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

MOST_AWAY = timedelta(days=30)
"""After so long a site that never gave its robots.txt counts as having none (section 2.3.1.4)."""

MOST_ROBOTS_BYTES = 500 * 1024
"""What is read of one (section 2.5)."""


class KeptRobots(RobotsTxtMiddleware):
    """Obeys robots.txt; asks for it once a day, not in every crawl (RFC 9309, section 2.3.1).

    The file is kept, and that there is none (any 4xx but 429). A site that fails to give it is
    crawled by the last one that it gave; where it never gave one, it is not crawled, until that
    has been so for `MOST_AWAY`.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._away: dict[str, Failure] = {}
        """Host → why it did not give its robots.txt."""
        self._came: dict[str, Response] = {}
        """Address of a robots.txt → what came; whoever asks for it as a page has it, too."""

    async def process_request(  # type: ignore[override]  # without the deprecated spider
        self, request: Request
    ) -> Response | None:
        """Let a request pass, or raise IgnoreRequest; robots.txt itself is asked for once."""
        await super().process_request(request)
        came = self._came.get(request.url) if request.method == "GET" else None
        return came and came.replace(request=request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host, from an earlier crawl's note if it is fresh.

        None where everything may be asked for; raises Refused where nothing may.
        """
        site, host = _site_of(request), urlparse_cached(request).netloc
        note = await self._note(f"robots {site}") if host not in self._parsers else None
        if note is not None and abs(datetime.now(UTC) - note.at) < ROBOTS_DAY:
            await self._take(note, host, request)
        parser = await super().robot_parser(request)
        if parser is None and host in self._away:
            return await self._without(site, host, request)
        return parser

    async def _take(self, note: Note, host: str, request: Request) -> None:
        """Take a kept robots.txt, unless another request has brought one meanwhile."""
        if self._parsers.get(host) is not None:
            return
        parser = self._parserimpl.from_crawler(self.crawler, note.text.encode())
        self._parsers[host] = parser
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )

    async def _without(self, site: str, host: str, request: Request) -> RobotParser | None:
        """Decide what holds for a host that did not give its robots.txt."""
        kept = await self._note(f"robots {site}")
        if kept is not None:
            await self._take(kept, host, request)
            return await super().robot_parser(request)
        now, name = datetime.now(UTC), f"robots-away {site}"
        since = await self._note(name)
        if since is None or since.text != "away" or since.at > now:
            await self._save(name, "away")
        elif now - since.at > MOST_AWAY:
            self._stats.inc_value("robotstxt/given-up")
            return None
        failure = self._away[host]
        raise Refused(failure.cause, failure.said)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status == 429 or response.status >= 500:
            raise Refused("robots-away", f"it answered {response.status}")
        text = response.body[:MOST_ROBOTS_BYTES] if response.status == 200 else b""
        self._came[f"{_site_of(request)}/robots.txt"] = response
        await super()._parse_robots(response.replace(body=text), netloc, request)
        site = _site_of(request)
        if response.status == 200 or 400 <= response.status < 500:
            await self._save(f"robots {site}", text.decode("utf-8", "replace"))
            away = await self._note(f"robots-away {site}")
            if away is not None and away.text:
                await self._save(away.name, "")

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        failure = of_exception(exc, f"//{netloc}/robots.txt")
        leads_away = isinstance(exc, (LeftSite, AskedBefore)) or failure.cause == "redirect-loop"
        if not leads_away:
            said = failure.said if failure.cause == "robots-away" else f"robots.txt {failure.said}"
            self._away[netloc] = replace(failure, said=said.strip())
        super()._robots_error(exc, netloc)

    async def _save(self, name: str, text: str) -> None:
        spider = self._spider
        if spider is not None:
            note = Note(source=spider.source.id, name=name, at=datetime.now(UTC), text=text)
            await spider.keeper.save_note(note)

    async def _note(self, name: str) -> Note | None:
        spider = self._spider
        return await spider.keeper.note(spider.source.id, name) if spider else None

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
