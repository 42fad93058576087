"""Pages that need a browser: fetched as any other, then rendered, for sources that say so.

Everything that a page asks for goes through the crawl's own downloader, one thing at a time and
with its pauses: robots.txt, the guards of addresses and redirects and the terms of TLS hold for
scripts and data as for pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK

from crawler.answers import headers_of
from crawler.browser import Browser, NoBrowser
from crawler.config import Config
from crawler.failures import of_exception
from crawler.guard import Refused
from crawler.reach import is_own
from crawler.visit import Answer, NotRendered, Part

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.recipe import Source

SECONDS_TO_RENDER = 30.0
PARTS_IN_TIME = 20
"""Parts whose pauses a page's time allows for."""


class Rendering:
    """Downloader middleware: runs the scripts of pages; not there for other sources.

    robots.txt and what a page asks for have no callback; everything else is a page.
    """

    def __init__(self, crawler: Crawler, source: Source) -> None:
        self.crawler = crawler
        self.source = source
        self.browser = Browser(
            named=Config().chromium, user_agent=crawler.settings["USER_AGENT"] or ""
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Rendering:
        """Render the pages of a source whose recipe says so."""
        source = getattr(crawler.spidercls, "source", None)
        if source is None or not source.recipe.render:
            raise NotConfigured
        middleware = cls(crawler, source)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    async def process_request(self, request: Request) -> None:
        """See to it that there is a browser before anything is asked of the site."""
        if request.callback is not NO_CALLBACK:
            try:
                await self.browser.start()
            except NoBrowser as fault:
                raise Refused("no-browser", str(fault)) from fault

    async def process_response(self, request: Request, response: Response) -> Response:
        """Render a page; anything else, also what was posted for, passes."""
        if (
            request.callback is NO_CALLBACK
            or request.method != "GET"
            or response.status != 200
            or not isinstance(response, HtmlResponse)
        ):
            return response
        try:
            await self.browser.start()
            page = await self.browser.render(
                _answer(response),
                self._ask,
                most_seconds=SECONDS_TO_RENDER + PARTS_IN_TIME * self._pause(request),
                wanted=lambda: self.crawler.engine.running,
            )
        except (NoBrowser, NotRendered) as fault:
            raise Refused(getattr(fault, "cause", "no-browser"), str(fault)) from fault
        self.crawler.stats.inc_value("render/pages")
        if not page.settled:
            self.crawler.stats.inc_value("render/unsettled")
        headers = {**response.headers, "Content-Type": "text/html; charset=utf-8"}
        return response.replace(
            url=page.url,
            status=page.status,
            headers=headers,
            body=page.html.encode("utf-8", "replace"),
            encoding="utf-8",
            cls=HtmlResponse,
        )

    async def spider_closed(self) -> None:
        """End the browser with the crawl."""
        await self.browser.close()

    async def _ask(self, part: Part) -> Answer:
        stats = self.crawler.stats
        if not is_own(part.url, self.source):
            stats.inc_value("render/refused")
            raise NotRendered("moved-host", f"a script leads to {part.url[:200]}")
        request = Request(
            part.url,
            method=part.method,
            headers=dict(part.headers),
            cookies=[{"name": name, "value": value} for name, value in part.cookies.items()],
            body=part.body,
            callback=NO_CALLBACK,
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as fault:
            stats.inc_value("render/failed")
            found = of_exception(fault, part.url)
            raise NotRendered(found.cause, found.said) from fault
        stats.inc_value("render/parts")
        return _answer(response)

    def _pause(self, request: Request) -> float:
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        return float(slot.delay) if slot else 0.0


def _answer(response: Response) -> Answer:
    return Answer(
        url=response.url,
        status=response.status,
        headers=headers_of(response),
        body=response.body,
    )
