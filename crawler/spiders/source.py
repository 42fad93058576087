"""Walks a source's lists and reads the articles that they name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request, Spider
from scrapy.http import Response

from crawler import reading
from crawler.clean.published import Candidate
from crawler.config import Config
from crawler.extract.draft import Entry, NextPage
from crawler.extract.page import Page
from crawler.failures import Failure, of_answer, of_exception
from crawler.keeper import Keeper
from crawler.walk import Walk, is_due_again, plan_list
from store.identity import Sighting, aliases_of
from store.model import KeptPage

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure as TwistedFailure

    from crawler.recipe import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What passes from the spider to the pipelines: an article as read, and its raw page."""

    sighting: Sighting
    page: KeptPage
    doubts: tuple[str, ...]
    """Counter paths."""


class SourceSpider(Spider):
    """The spider of one source; `crawler.loader` makes a named subclass of each recipe."""

    source: ClassVar[Source]

    def __init__(self, *args: Any, full: str = "", run_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.full = bool(full)
        """Walk the lists to their end and read every article again."""
        self.run_id = run_id
        self.walk = Walk()
        self.last_walk: datetime | None = None
        """When the last walk began that was complete; None where there was none."""
        self.dates = self.source.dates()
        """What the crawl has learnt of how the source writes dates."""
        self.failures: list[tuple[str, Failure]] = []
        """Stage (`list` or `article`) and failure, in the order they came."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SourceSpider:
        """Make the spider and its hand on the store."""
        spider: SourceSpider = super().from_crawler(crawler, *args, **kwargs)
        config = Config()
        spider.keeper = Keeper(config.store, config.spool)
        return spider

    keeper: Keeper

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first page of each list."""
        self.last_walk = await self.keeper.last_complete(self.source.id)
        early = not self.full and self.last_walk is not None
        for url in self.source.listing_urls:
            yield Request(
                url,
                self.parse_list,
                errback=self.list_failed,
                cb_kwargs={"first": True, "stop_early": early},
            )

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Request | Harvest]:
        """Read a page as a list: what `scrapy parse` and `scrapy shell` call."""
        async for found in self.parse_list(response, first=True, stop_early=False):
            yield found

    async def parse_list(
        self, response: Response, *, first: bool, stop_early: bool
    ) -> AsyncIterator[Request]:
        """Ask for the articles that a list names, and for its next page."""
        page = self._page(response, stage="list")
        if page is None:
            return
        listing = reading.read_list(page, self.source, dates=self.dates)
        self._count("list/pages")
        self._count("list/rows", listing.rows)
        self._count("list/entries", len(listing.entries))
        if first and not listing.entries:
            cause = "list-no-articles" if listing.rows else "list-unmatched"
            self._fail("list", Failure(cause=cause, url=response.url))
            return
        names = {entry: self._aliases(entry.url) for entry in listing.entries}
        ids = await self.keeper.known({name for some in names.values() for name in some})
        known = {
            entry: next(ids[name] for name in some if name in ids)
            for entry, some in names.items()
            if not ids.keys().isdisjoint(some)
        }
        plan = plan_list(
            listing,
            known=known.keys(),
            due=await self._due_again(known),
            names=names,
            walk=self.walk,
            first=first,
            stop_early=stop_early,
            full=self.full,
        )
        self._count("list/known", plan.known)
        for entry in plan.read:
            yield Request(
                entry.url,
                self.parse_article,
                errback=self.article_failed,
                cb_kwargs={"entry": entry, "audit": entry in plan.audit},
                priority=1,
            )
        if plan.next_page is not None:
            yield self._turn_to(plan.next_page, stop_early=stop_early)

    async def _due_again(self, known: Mapping[Entry, str]) -> set[Entry]:
        """Return those of the known entries that are to be read again for edits."""
        first_seen = await self.keeper.first_seen(set(known.values()))
        now = datetime.now(UTC)
        return {
            entry
            for entry, article_id in known.items()
            if article_id in first_seen
            and is_due_again(first_seen[article_id], since=self.last_walk, now=now)
        }

    async def parse_article(
        self, response: Response, *, entry: Entry, audit: bool = False
    ) -> AsyncIterator[Request | Harvest]:
        """Read one article; where neither it nor the list gives a date, ask for its print page."""
        page = self._page(response, stage="article")
        if page is None:
            return
        self._count("article/read")
        found = self._read(page, entry, audit=audit)
        print_url = self.source.print_url(found.draft.url) if reading.lacks_date(found) else None
        if print_url is None:
            for harvest in self._harvest(page, found):
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

    async def parse_print(
        self, response: Response, *, page: Page, found: reading.Reading, entry: Entry
    ) -> AsyncIterator[Harvest]:
        """Take the date of an article from its print page."""
        dated = reading.read_print(_to_page(response), self.source)
        if dated is not None:
            found = self._read(page, entry, others=(dated,))
        for harvest in self._harvest(page, found):
            yield harvest

    def print_failed(self, failure: TwistedFailure) -> Iterator[Harvest]:
        """Keep an article whose print page could not be fetched as it was read."""
        request = _request(failure)
        self._count("article/print/failed")
        yield from self._harvest(request.cb_kwargs["page"], request.cb_kwargs["found"])

    def _read(
        self,
        page: Page,
        entry: Entry,
        *,
        audit: bool = False,
        others: tuple[Candidate, ...] = (),
    ) -> reading.Reading:
        return reading.read(
            page,
            self.source,
            entry=entry,
            now=page.fetched or datetime.now(UTC),
            audit=audit,
            dates=self.dates,
            others=others,
        )

    def _harvest(self, page: Page, found: reading.Reading) -> Iterator[Harvest]:
        for doubt in found.doubts:
            self._count(doubt)
        if found.sighting is None:
            reason = found.refusal.reason if found.refusal else "unreadable"
            self._fail("article", Failure(cause=reason, url=page.url))
            return
        yield Harvest(
            sighting=found.sighting,
            page=KeptPage(
                article_id=found.sighting.article.id,
                url=page.url,
                fetched=page.fetched or datetime.now(UTC),
                content_type=page.content_type,
                body=page.body,
            ),
            doubts=found.doubts,
        )

    def _turn_to(self, next_page: NextPage, *, stop_early: bool) -> Request:
        form = urlencode(next_page.form)
        return Request(
            next_page.url,
            self.parse_list,
            method="POST" if form else "GET",
            body=form,
            headers={"Content-Type": "application/x-www-form-urlencoded"} if form else {},
            errback=self.list_failed,
            cb_kwargs={"first": False, "stop_early": stop_early},
        )

    def list_failed(self, failure: TwistedFailure) -> None:
        """Note a list page that could not be fetched; past the first, 404 is the list's end."""
        request = _request(failure)
        found = of_exception(failure.value, request.url)
        if found.cause == "http-404" and not request.cb_kwargs["first"]:
            self._count("list/past-the-end")
            return
        self._fail("list" if request.cb_kwargs["first"] else "list-page", found)

    def article_failed(self, failure: TwistedFailure) -> None:
        """Note an article that could not be fetched."""
        self._fail("article", of_exception(failure.value, _request(failure).url))

    def _page(self, response: Response, *, stage: str) -> Page | None:
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        failure = of_answer(url=response.url, content_type=content_type, body=response.body)
        if failure is not None:
            self._fail(stage, failure)
            return None
        return _to_page(response)

    def _aliases(self, url: str) -> tuple[str, ...]:
        return aliases_of(self.source.id, key=self.source.key_of(url), url=url)

    def _fail(self, stage: str, failure: Failure) -> None:
        self.failures.append((stage, failure))
        self._count(f"failure/{stage}/{failure.cause}")
        self.logger.warning("%s: %s", self.source.id, failure.message)

    def _count(self, path: str, by: int = 1) -> None:
        self.crawler.stats.inc_value(path, by)


def _to_page(response: Response) -> Page:
    headers = headers_of(response)
    return Page(
        url=response.url,
        body=response.body,
        content_type=headers.get("Content-Type", ""),
        headers=headers,
        fetched=datetime.now(UTC),
    )


def headers_of(response: Response) -> dict[str, str]:
    """Return the answer's headers as text; several of one name a line each."""
    return {
        name.decode("latin-1"): b"\n".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def _request(failure: TwistedFailure) -> Request:
    """Return the request that failed; Scrapy sets it on what it hands to an errback."""
    request: Request = failure.request  # type: ignore[attr-defined]
    return request
