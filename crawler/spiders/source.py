"""Walks a source's lists and asks for the articles that they name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from crawler import reading
from crawler.answers import asked_for, failure_of, no_page, page_of, request_of
from crawler.discovery.plan import STOOD_IN
from crawler.extract.draft import Entry, Listing, NextPage
from crawler.extract.page import Page
from crawler.failures import Failure, no_entries
from crawler.guard import AskedBefore
from crawler.list_note import note_name
from crawler.naming import is_namesake, leads_nowhere, names_of
from crawler.spiders.articles import ArticleSpider, Harvest
from crawler.spiders.memories import Memories
from crawler.standins import says_gone, says_maintenance, standing_in
from crawler.walk import (
    MOST_NEW,
    ListPlan,
    ListWalk,
    begin_list,
    from_the_first,
    is_due_again,
    is_past_the_end,
    is_tail_lost,
    list_note,
    plan_list,
)

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure as TwistedFailure

    from store.model import Article, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What the store knows of the entries of a page."""

    names: Mapping[Entry, tuple[str, ...]]
    """Of all entries."""
    first_seen: Mapping[Entry, datetime | None]
    """Of those that are stored; None where only the name is."""
    stored: Mapping[Entry, Article]


class SourceSpider(ArticleSpider):
    """The spider of one source; `crawler.loader` makes a named subclass of each recipe."""

    most_new: ClassVar[int] = MOST_NEW
    needs_store: ClassVar[bool] = False
    """Without the store the first page of each list is read all the same, for the spool."""

    def __init__(self, *args: Any, full: str = "", run_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.full = bool(full)
        """Walk the lists to their end and read every article again."""
        self.run_id = run_id
        self.last_walk: Run | None = None
        """The last run that was complete; None where there was none."""
        self.last_list_walk: Run | None = None
        """The last such run in which no offer stood in for a list."""
        self.memories = Memories(self)
        self._missing: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SourceSpider:
        """Hear when all that was asked for has been dealt with."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, cls)
        crawler.signals.connect(spider.rest, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask for each list."""
        await self.recall()
        async for request in self.begin_lists(self.source.listing_urls):
            yield request

    async def recall(self) -> None:
        """Ask when the source was last walked."""
        runs = await self.keeper.complete_runs(self.source.id)
        self.last_walk = next(iter(runs), None)
        self.last_list_walk = next((run for run in runs if not run.counters.get(STOOD_IN)), None)
        await self.absences.recall()

    async def ended(self, run: Run) -> Run:
        """Say how the crawl ended; `run` is what was concluded from its counters."""
        withdrawn = await self.absences.conclude()
        if not withdrawn:
            return run
        return replace(run, counters={**run.counters, "article/withdrawn": withdrawn})

    async def _missing_at_once(self, plan: ListPlan) -> list[Request]:
        """Ask for what is missing before the news of a source's only list: an article whose slug
        and title changed may be both, which its old address tells by leading to the new one."""
        alone = len(self.source.listing_urls) == 1 and not self.source.offers
        if not alone or all(self.absences.is_known(entry.url) for entry in plan.read):
            return []
        return [request.replace(priority=2) for request in await self.absences.missing()]

    def rest(self) -> None:
        """Ask for what is missing from the lists, once, when all that they named was read."""
        if self._missing is None:
            self._missing = asyncio.create_task(self._ask_missing())
        if not self._missing.done():
            raise DontCloseSpider

    async def _ask_missing(self) -> None:
        requests: list[Request] = []
        try:
            requests = await self.absences.missing()
            for request in requests:
                self.crawler.engine.crawl(request)
        except Exception:
            self.logger.exception("%s: could not ask for what is missing", self.source.id)
        if not requests:  # else the crawl would rest some seconds more
            self._closing = asyncio.create_task(
                self.crawler.engine.close_spider_async(reason="finished")
            )

    @property
    def since(self) -> datetime | None:
        """The end of the last complete walk of the lists; None where they are to be walked whole.

        What an offer named since then may leave gaps that only the lists show.
        """
        return None if self.full or self.last_list_walk is None else self.last_list_walk.ended

    async def begin_lists(self, urls: Iterable[str]) -> AsyncIterator[Request]:
        """Ask for lists, each where its walk begins."""
        for url in urls:
            note = await self.keeper.note(self.source.id, note_name(url))
            of = begin_list(url, note, since=self.since, now=datetime.now(UTC))
            request = self._begin(of)
            if not of.at_tail:
                walked = self.since if of.may_stop and not self.compares(url) else None
                request = await self.memories.ask(request, stage="list", walked=walked)
            yield request

    def compares(self, url: str) -> bool:
        """Tell whether the list at `url` is to be compared with something, whatever it names."""
        return False

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Request | Harvest]:
        """Read a page as a list: what `scrapy parse` and `scrapy shell` call."""
        async for found in self.parse_list(response, of=ListWalk(url=response.url)):
            yield found

    async def parse_list(
        self, response: Response, *, of: ListWalk
    ) -> AsyncIterator[Request | Harvest]:
        """Ask for the articles that a list names, and for its next page."""
        if await self.memories.is_unchanged(response, stage="list"):
            return
        read = self._list_on(response, of)
        if isinstance(read, Request):
            yield read
            return
        if isinstance(read, Failure):
            if of.at_tail and not of.pages:
                yield self._begin(from_the_first(of))
            else:
                self._fail("list-page" if of.pages else "list", read)
            return
        if not of.pages:
            await self.memories.came(response, read)
            await self.list_came(of.url, read)
        self._count("list/pages")
        url = None if _was_posted(response) else response.url
        plan = self.choose(read, await self.met(read.entries), of=of, url=url)
        if self.keeper.broke:
            return  # what it does not know may be known
        if self.keeper.is_away:
            plan = replace(plan, next_page=None, ended=False)
        early = await self._missing_at_once(plan)
        turns = [self.turn_to(plan.next_page, plan.after)] if plan.next_page else []
        posts = plan.next_page is not None and bool(plan.next_page.form)
        # What is yielded first may be asked for at once: a form, while its state is fresh.
        asked = (*early, *self.ask(plan))
        for found in (*turns, *asked) if posts else (*asked, *turns):
            yield found
        if plan.ended:
            await self._end_list(plan.after)

    async def list_came(self, url: str, listing: Listing) -> None:
        """Hear of the first page of the list at `url`; for those who compare it."""

    async def met(self, entries: Sequence[Entry]) -> Met:
        """Ask the store what it knows of the entries of a page."""
        names = {entry: names_of(self.source, entry) for entry in entries}
        ids = await self.keeper.known({name for some in names.values() for name in some})
        articles = await self.keeper.stored(set(ids.values()))
        first_seen: dict[Entry, datetime | None] = {}
        stored: dict[Entry, Article] = {}
        for entry, some in names.items():
            found = [articles.get(ids[name]) for name in some if name in ids]
            own = [each for each in found if each is None or not self._doubts(entry, each)]
            if own:
                first_seen[entry] = own[0].first_seen if own[0] else None
            if own and own[0]:
                stored[entry] = own[0]
            if len(own) < len(found):  # others' names are none of its own
                ours = {own[0].id} if own and own[0] else set()
                names[entry] = tuple(name for name in some if ids.get(name) in {None, *ours})
        return Met(names=names, first_seen=first_seen, stored=stored)

    def _doubts(self, entry: Entry, article: Article) -> bool:
        """Tell whether an entry is to be read though one of its names is known."""
        return is_namesake(entry, article) and self.absences.may_doubt(entry.url)

    def choose(
        self, listing: Listing, met: Met, *, of: ListWalk, url: str | None, stage: str = "list"
    ) -> ListPlan:
        """Choose what to read of a page, and count it under `stage`."""
        plan = plan_list(
            listing,
            url=url,
            of=of,
            known=met.first_seen,
            due=self.due(met),
            names=met.names,
            key_of=self.source.key_of,
            walk=self.walk,
            full=self.full,
            most_new=self.most_new,
        )
        self._count(f"{stage}/rows", listing.rows)
        self._count(f"{stage}/entries", len(listing.entries))
        self._count(f"{stage}/known", plan.known)
        if plan.left:
            self._count(f"{stage}/left", plan.left)
        self.absences.walked(of.url, listing.entries, met.stored, plan.after.order)
        looked_at = {e: self.absences.asked(e, met.stored[e]) for e in plan.read if e in met.stored}
        return replace(plan, read=tuple(looked_at.get(entry, entry) for entry in plan.read))

    def ask(self, plan: ListPlan) -> Iterator[Request | Harvest]:
        """Ask for the articles that were chosen; what lies elsewhere is kept as the list has it."""
        for entry in plan.read:
            if entry.leaves:
                yield from self.listed(entry)
            else:
                yield self.ask_article(entry, audit=entry in plan.audit)

    def _begin(self, of: ListWalk) -> Request:
        return Request(of.start, self.parse_list, errback=self.list_failed, cb_kwargs={"of": of})

    def turn_to(self, next_page: NextPage, of: ListWalk) -> Request:
        """Go on; a form is posted before anything else is asked, while its state is fresh."""
        form = urlencode(next_page.form)
        return Request(
            next_page.url,
            self.parse_list,
            method="POST" if form else "GET",
            body=form,
            headers={"Content-Type": "application/x-www-form-urlencoded"} if form else {},
            errback=self.list_failed,
            cb_kwargs={"of": of},
            priority=3 if form else 0,
        )

    def _list_on(self, response: Response, of: ListWalk) -> Listing | Request | Failure:
        """Read a list, or say why there is none; a page that sends its readers on is followed."""
        failure = no_page(response)
        if failure is not None:
            return failure
        page = page_of(response)
        listing = reading.read_list(page, self.source, dates=self.dates)
        if is_tail_lost(of, listing, url=response.url):
            return self._begin(from_the_first(of))
        asked = asked_for(response)
        if leads_nowhere(self.source, asked=asked, got=page.url):
            return Failure(cause="soft-404", url=asked, said=f"leads to {page.url}")
        return listing if listing.entries else self._instead(response, page, listing, of)

    def _instead(
        self, response: Response, page: Page, listing: Listing, of: ListWalk
    ) -> Listing | Request | Failure:
        """Say what a page without entries is; past the first page, it is the list's end."""
        instead = standing_in(page)
        if instead and instead.leads_to:
            return self._sent_on(response, instead.leads_to)
        if instead and instead.cause:
            return Failure(cause=instead.cause, url=page.url)
        if says_maintenance(page):
            return Failure(cause="maintenance", url=page.url)
        if of.pages:
            return listing
        if says_gone(page):
            return Failure(cause="soft-404", url=page.url)
        self._count("list/pages")
        self._count("list/rows", listing.rows)
        return no_entries(page.url, rows=listing.rows)

    def due(self, met: Met) -> set[Entry]:
        """Return those of the known entries that are to be read again."""
        return self._due_again(met.first_seen) | self.absences.due(met.stored)

    def _due_again(self, first_seen: Mapping[Entry, datetime | None]) -> set[Entry]:
        """Return those of the known entries that are to be read again for edits."""
        now = datetime.now(UTC)
        since = self.last_walk.started if self.last_walk else None
        return {
            entry
            for entry, moment in first_seen.items()
            if moment is not None and is_due_again(moment, since=since, now=now)
        }

    async def list_failed(self, failure: TwistedFailure) -> AsyncIterator[Request]:
        """Note a list page that could not be fetched, or that there is none behind the last."""
        request = request_of(failure)
        of: ListWalk = request.cb_kwargs["of"]
        again = isinstance(failure.value, AskedBefore)
        found = failure_of(failure)
        if of.at_tail and not of.pages:
            yield self._begin(from_the_first(of))
        elif of.pages and (again or is_past_the_end(of, found.cause, request.url)):
            self._count("list/past-the-end")
            await self._end_list(of)
        elif again:
            said = f"leads to {getattr(failure.value, 'url', '')}"
            self._fail("list", Failure(cause="soft-404", url=request.url, said=said))
        else:
            self._fail("list-page" if of.pages else "list", found)
            if of.pages and request.method == "GET":
                await self._end_list(of, broke_at=request.url)

    async def _end_list(self, of: ListWalk, *, broke_at: str | None = None) -> None:
        """Leave a note of what the list is like, if it says more than the last one."""
        note = list_note(of, self.source.id, now=datetime.now(UTC), broke_at=broke_at)
        if note is not None:
            await self.keeper.save_note(note)


def _was_posted(response: Response) -> bool:
    return response.request is not None and response.request.method == "POST"
