"""Reads articles: their pages, their print pages, and those that only a list tells of."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response

from crawler import reading
from crawler.answers import failure_of, no_page, page_of, request_of
from crawler.clean.published import Candidate
from crawler.clean.urls import canonical
from crawler.config import Config
from crawler.extract.draft import Entry
from crawler.extract.page import Page
from crawler.failures import GONE, Failure
from crawler.guard import AskedBefore, LeftSite
from crawler.keeper import Keeper
from crawler.kept import keep_page, read_kept
from crawler.naming import leads_nowhere, names_at, names_of
from crawler.reach import is_within
from crawler.spiders.absences import Absences
from crawler.spool import Spool
from crawler.standins import says_gone, says_maintenance, standing_in
from crawler.walk import Walk
from store.identity import Sighting
from store.model import Article, KeptPage

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure as TwistedFailure

    from crawler.recipe import Source

MOVED_TOGETHER = 3
"""So many articles that lie under the same path on another host say that the site moved there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What passes from the spider to the pipelines: an article as read, and its raw page."""

    sighting: Sighting
    page: KeptPage | None
    """None for an article that only a list tells of."""
    doubts: tuple[str, ...]
    """Counter paths."""


class ArticleSpider(Spider):
    """What a source's spider knows of its articles; `SourceSpider` walks the lists."""

    source: ClassVar[Source]
    allowed_domains: ClassVar[list[str]]
    keeper: Keeper

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.walk = Walk()
        self.dates = self.source.dates()
        """What the crawl has learnt of how the source writes dates."""
        self.failures: list[tuple[str, Failure]] = []
        """Stage (`list`, `list-page` or `article`) and failure, in the order they came."""
        self.told_dates: dict[str, Candidate] = {}
        """Name of an article → its date as a feed, a sitemap or a list of posts told it."""
        self.other_names: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        """Names of an article that was read, and others under which a list led to it."""
        self.led_to: dict[str, tuple[str, ...]] = {}
        """Name of an article → names of the address that a redirect led there from."""
        self.absences = Absences(self)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ArticleSpider:
        """Make the spider and its hand on the store."""
        spider: ArticleSpider = super().from_crawler(crawler, *args, **kwargs)
        config = Config()
        spool = Spool(config.spool, most_bytes=config.spool_mebibytes * 1024 * 1024)
        keep_days = config.keep_pages_days
        spider.keeper = Keeper(config.store, spool, keep_pages_days=keep_days)
        return spider

    def ask_article(self, entry: Entry, *, audit: bool) -> Request:
        """Ask for the page of an entry."""
        return Request(
            entry.url,
            self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"entry": entry, "audit": audit},
            priority=1,
        )

    async def parse_article(
        self, response: Response, *, entry: Entry, audit: bool = False
    ) -> AsyncIterator[Request | Harvest]:
        """Read one article; where neither it nor the list gives a date, ask for its print page."""
        page = self.article_page(response, entry)
        if page is None:
            return
        if isinstance(page, Request | Harvest):
            yield page
            return
        self._count("article/read")
        found = self._read(page, entry, audit=audit)
        if self.absences.is_known(entry.url) and _says_gone(page, found):
            self._is_gone(entry)
            return
        if found.sighting is not None:
            self.absences.found(entry.url, gone=False)
        self._note_redirect(entry, page.url)
        print_url = self.source.print_url(found.draft.url) if reading.lacks_date(found) else None
        if print_url is None:
            for harvest in self._harvest(page, found, entry):
                yield harvest
            return
        self._count("article/print/asked")
        yield Request(
            print_url,
            self.parse_print,
            errback=self.print_failed,
            cb_kwargs={"page": page, "found": found, "entry": entry},
            priority=2,
        )

    def article_page(self, response: Response, entry: Entry) -> Page | Request | Harvest | None:
        """Take an answer as the article's page; the request for the page that it sends on to.

        Where it sends on to another site, what the list tells of the article. None where it is
        something else, which is then noted.
        """
        failure = no_page(response)
        page = page_of(response)
        instead = standing_in(page, entry.title) if failure is None else None
        if instead and instead.leads_to:
            sent = self._sent_on(response, instead.leads_to)
            if isinstance(sent, Request):
                return sent
            leaves = sent.cause == "moved-host"
            if leaves and not self._moved_with_others(entry, instead.leads_to):
                return next(self.listed(entry), None)
            failure = sent
        elif instead and instead.cause:
            failure = Failure(cause=instead.cause, url=page.url)
        elif failure is None and entry.title and says_maintenance(page, entry.title):
            failure = Failure(cause="maintenance", url=page.url)
        elif failure is None and leads_nowhere(self.source, asked=entry.url, got=page.url):
            self._led_nowhere(entry, page.url)
            return None
        if failure is None:
            return page
        self._fail("article", failure)
        return None

    async def parse_print(
        self, response: Response, *, page: Page, found: reading.Reading, entry: Entry
    ) -> AsyncIterator[Harvest]:
        """Take the date of an article from its print page."""
        dated = reading.read_print(page_of(response), self.source)
        if dated is not None:
            found = self._read(page, entry, others=(dated,))
        for harvest in self._harvest(page, found, entry):
            yield harvest

    def print_failed(self, failure: TwistedFailure) -> Iterator[Harvest]:
        """Keep an article whose print page could not be fetched as it was read."""
        request = request_of(failure)
        self._count("article/print/failed")
        told = request.cb_kwargs
        yield from self._harvest(told["page"], told["found"], told["entry"])

    def article_failed(self, failure: TwistedFailure) -> Iterator[Harvest]:
        """Note an article that could not be fetched; keep what the list tells of one elsewhere."""
        entry: Entry = request_of(failure).cb_kwargs["entry"]
        error = failure.value
        if isinstance(error, AskedBefore):
            self._again(entry, error.url)
        elif isinstance(error, LeftSite) and not self._moved_with_others(entry, error.url):
            yield from self.listed(entry)
        else:
            found = failure_of(failure)
            if found.cause in GONE and self.absences.is_known(entry.url):
                self._is_gone(entry)
            else:
                self._fail("article", found)

    def _is_gone(self, entry: Entry) -> None:
        """Note that a known article is gone: evidence, no failure of the crawl."""
        self._count("article/gone")
        self.absences.found(entry.url, gone=True)

    def _led_nowhere(self, entry: Entry, url: str) -> None:
        """Note an article that leads to the home page or a list; of a known one that says nothing:
        sites do so when they are being worked on."""
        if self.absences.is_known(entry.url):
            self._count("article/led-nowhere")
        else:
            self._fail("article", Failure(cause="soft-404", url=entry.url, said=f"leads to {url}"))

    def _again(self, entry: Entry, url: str) -> None:
        """Note that an entry is an article that this crawl has asked for at another address."""
        if leads_nowhere(self.source, asked=entry.url, got=url):
            self._led_nowhere(entry, url)
            return
        self._count("article/again")
        self.absences.found(entry.url, gone=False)
        self._note_redirect(entry, url)

    def _note_redirect(self, entry: Entry, url: str) -> None:
        """Note that the article of an entry lies at another address: both are its names."""
        there = names_at(self.source, canonical(url))
        here = names_of(self.source, entry)
        if there != here:
            self.other_names.append((there, here))
            self.led_to |= dict.fromkeys(there, here)

    def listed(self, entry: Entry) -> Iterator[Harvest]:
        """Keep an article that lies on another site, as the list shows it."""
        sighting = reading.read_listed(entry, self.source, now=datetime.now(UTC))
        if sighting is not None:
            self._count("article/listed")
            yield Harvest(sighting=sighting, page=None, doubts=())

    def _moved_with_others(self, entry: Entry, url: str) -> bool:
        asked, told = urlsplit(entry.url), urlsplit(url)
        if asked.path == told.path:
            self.walk.moved[told.netloc] += 1
        return asked.path == told.path and self.walk.moved[told.netloc] >= MOVED_TOGETHER

    def _sent_on(self, response: Response, url: str) -> Request | Failure:
        """Follow a page that sends its readers on, once, within the source's hosts."""
        if not is_within(urlsplit(url).hostname or "", self.allowed_domains):
            return Failure(cause="moved-host", url=response.url, said=url)
        if response.meta.get("sent_on") or url == response.url:
            return Failure(cause="redirect-loop", url=response.url)
        assert response.request is not None
        request: Request = response.request.replace(url=url, dont_filter=True)
        request.meta["sent_on"] = True
        return request

    def _read(
        self,
        page: Page,
        entry: Entry,
        *,
        audit: bool = False,
        others: tuple[Candidate, ...] = (),
    ) -> reading.Reading:
        told = self.told_dates.get(names_of(self.source, entry)[0])
        return reading.read(
            page,
            self.source,
            entry=entry,
            now=page.fetched or datetime.now(UTC),
            audit=audit,
            dates=self.dates,
            others=(*others, *((told,) if told else ())),
        )

    def _harvest(self, page: Page, found: reading.Reading, entry: Entry) -> Iterator[Harvest]:
        for doubt in found.doubts:
            self._count(doubt)
        if found.sighting is None:
            self._fail("article", Failure(cause=found.why_refused, url=page.url))
            return
        sighting = found.sighting
        led = (name for alias in sighting.aliases for name in self.led_to.get(alias, ()))
        yield Harvest(
            sighting=replace(sighting, aliases=tuple(dict.fromkeys((*sighting.aliases, *led)))),
            page=keep_page(page, sighting.article.id, entry, now=datetime.now(UTC)),
            doubts=found.doubts,
        )

    def read_again(self, page: KeptPage, article: Article) -> Article | None:
        """Read a kept page by today's rules; None where they cannot."""
        found = read_kept(page, article, self.source).sighting
        return found.article if found else None

    def _fail(self, stage: str, failure: Failure) -> None:
        self.failures.append((stage, failure))
        self._count(f"failure/{stage}/{failure.cause}")
        self.logger.warning("%s: %s", self.source.id, failure.message)

    def _count(self, path: str, by: int = 1) -> None:
        self.crawler.stats.inc_value(path, by)


def _says_gone(page: Page, found: reading.Reading) -> bool:
    """Tell whether a page that came with status 200 says that there is no such article."""
    return says_gone(page) or found.why_refused == "soft-404"
