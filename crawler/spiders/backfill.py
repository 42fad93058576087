"""Walks a source's archive page by page, and keeps the place that it has reached.

One page at a time: its articles are asked for, and only when the store has them is the place
behind it kept, and the next page asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from crawler.answers import failure_of, request_of
from crawler.backfill import (
    Backfill,
    Place,
    Stretch,
    behind_failure,
    how_far,
    passed,
)
from crawler.discovery.kinds import KINDS, KindName
from crawler.discovery.sitemap import parts_to_ask
from crawler.extract.draft import Entry, Listing, NextPage
from crawler.extract.page import Page
from crawler.failures import Failure
from crawler.guard import AskedBefore
from crawler.reading import Reading
from crawler.spiders.articles import Harvest
from crawler.spiders.offers import OfferReader, undated
from crawler.spiders.places import Places
from crawler.spiders.source import Met
from crawler.walk import ListWalk

if TYPE_CHECKING:
    from twisted.python.failure import Failure as TwistedFailure

    from store.model import Run

_DOWN = 3
"""So many articles of a page that all fail for passing reasons say that the site is down."""

_OUR_WORD = {"give_up_log_level": logging.INFO}
"""What cannot be fetched is told as a failure, and may yet be fetched: it is no error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """One list that the archive is walked by."""

    url: str
    kind: KindName | None
    """Of an offer; None for a list page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A page of a trail that was read."""

    listing: Listing
    met: Met
    chosen: tuple[Entry, ...]
    """Articles that were asked for."""


class BackfillSpider(OfferReader):
    """Walks the lists of one source to the archive's end, or to a day."""

    needs_store = True
    most_new = sys.maxsize  # the place behind a page says that all of it was asked for

    def __init__(self, *args: Any, asked: Backfill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back_to = asked.since
        self.max_pages = asked.max_pages
        self.places = Places(self)
        self._came: Came | Failure | None = None
        self._dates: dict[str, datetime] = {}
        """Name → date of the articles that the last page led to, as far as it was found."""
        self._pages = 0
        self._idle = asyncio.Event()
        self._walking: asyncio.Task[None] | None = None

    async def start(self) -> AsyncIterator[Request]:
        """Begin to walk; the walk itself asks for its pages, one after the other."""
        self._walking = asyncio.create_task(self._walk_all())
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def rest(self) -> None:
        """Let the walk go on when nothing is under way any more; it ends the crawl itself."""
        self._idle.set()
        raise DontCloseSpider

    async def _walk_all(self) -> None:
        try:
            for trail in self._trails():
                await self._follow(trail)
        except Exception:
            self.logger.exception("%s: the walk broke off", self.source.id)
        engine = self.crawler.engine
        self._closing = asyncio.create_task(engine.close_spider_async(reason="finished"))

    def _trails(self) -> Iterator[Trail]:
        """Yield the lists, then what the site offers that goes back as far: it names what pagers
        hide. A sitemap has no order, so that a walk to a day leaves it out."""
        for url in self.source.listing_urls:
            yield Trail(url=url, kind=None)
        for offer in self.offers:
            if KINDS[offer.kind].goes_on and not (offer.kind == "sitemap" and self.back_to):
                yield Trail(url=offer.url, kind=offer.kind)

    async def _follow(self, trail: Trail) -> None:
        """Walk a trail from where it stands, as far as this call goes."""
        place = await self.places.begin(trail.url, anew=self.full)
        stretch = Stretch()
        while not place.is_behind(self.back_to) and not self._spent:
            behind = await self._pass(trail, place, stretch)
            if behind is None:
                return
            place = behind
        if place.missed and place.is_behind(self.back_to):
            entries = [missed.entry for missed in place.missed]
            self._count("backfill/asked-again", len(entries))
            asked = (self.ask_article(entry, audit=False) for entry in entries)
            await self._settled(*(request.replace(dont_filter=True) for request in asked))
            await self.places.asked_again(place)

    @property
    def _spent(self) -> bool:
        return self.max_pages is not None and self._pages >= self.max_pages

    async def _pass(self, trail: Trail, place: Place, stretch: Stretch) -> Place | None:
        """Ask for a page and its articles; return the place behind it, None to stop there."""
        page = place.left[0]
        resumed = not stretch.asked
        stretch.asked.add(page)
        self._pages += 1
        self._count("backfill/pages")
        before = len(self.failures)
        came = await self._ask_page(trail, page, place)
        if not isinstance(came, Came):
            return await self._behind_failure(trail, place, came, stretch)
        failed = [failure for stage, failure in self.failures[before:] if stage == "article"]
        is_down = len(failed) >= _DOWN and all(failure.passing for failure in failed)
        if is_down and len(failed) >= len(came.chosen) and not resumed:
            return None
        behind = passed(
            place,
            came.listing,
            stretch,
            names=came.met.names,
            published=await self._published(came),
            parts=parts_to_ask(
                came.listing.parts, asked={asked.url for asked in stretch.asked}, whole=True
            ),
            since=self.back_to,
            key_of=self.source.key_of,
        )
        return await self.places.reach(behind, came.chosen)

    async def _behind_failure(
        self, trail: Trail, place: Place, failure: Failure | None, stretch: Stretch
    ) -> Place | None:
        now = datetime.now(UTC)
        is_offer = trail.kind is not None
        behind = behind_failure(place, failure, stretch, is_offer=is_offer, now=now)
        if failure and is_offer:
            self._count(f"offer/failed/{failure.cause}")
        if behind is not None:
            self._count("list/past-the-end")
            return await self.places.reach(behind)
        if failure and not is_offer:
            self._fail("list-page" if place.pages else "list", failure)
        url = place.left[0].url
        broke_at = place.broke_at if place.broke_at and place.broke_at[0] == url else (url, now)
        await self.places.reach(replace(place, broke_at=broke_at))
        return None

    async def _ask_page(self, trail: Trail, page: NextPage, place: Place) -> Came | Failure | None:
        """Ask for a page, and wait until its articles were read; None where none came."""
        self._came = None
        self._dates.clear()
        of = ListWalk(url=trail.url, pages=place.pages)
        request = self.turn_to(page, of)
        await self._settled(
            request.replace(
                callback=self.parse_page,
                errback=self.page_failed,
                cb_kwargs={"trail": trail, "of": of},
                meta=_OUR_WORD,
            )
        )
        return self._came

    async def _settled(self, *requests: Request) -> None:
        self._idle.clear()
        for request in requests:
            self.crawler.engine.crawl(request)
        await self._idle.wait()

    async def parse_page(
        self, response: Response, *, trail: Trail, of: ListWalk
    ) -> AsyncIterator[Request | Harvest]:
        """Ask for the articles that a page names and the store does not have."""
        if trail.kind is None:
            read = self._list_on(response, of)
            if isinstance(read, Request):
                yield read
                return
        else:
            read = undated(self.read_offer(response, trail.kind))
            if read.rule is None:
                read = Failure(cause="not-html", url=response.url)
        if isinstance(read, Failure):
            self._came = read
            return
        stage = "offer" if trail.kind else "list"
        if stage == "list":
            self._count("list/pages")
        met = await self.met(read.entries)
        walk = ListWalk(url=trail.url)
        plan = self.choose(read, met, of=walk, url=None, stage=stage)
        self._came = Came(listing=read, met=met, chosen=plan.read)
        for found in self.ask(plan):
            yield found

    def page_failed(self, failure: TwistedFailure) -> None:
        """Note a page that could not be fetched; one that leads back to another is none."""
        found = failure_of(failure)
        trail: Trail = request_of(failure).cb_kwargs["trail"]
        past = trail.kind == "posts" and found.cause == "http-400"
        self._came = None if past or isinstance(failure.value, AskedBefore) else found

    def ask_article(self, entry: Entry, *, audit: bool) -> Request:
        """Ask for the page of an entry; a failure is told, but is no error yet."""
        return super().ask_article(entry, audit=audit).replace(meta=_OUR_WORD)

    def _harvest(self, page: Page, found: Reading, entry: Entry) -> Iterator[Harvest]:
        """Note the dates of what was read: the store may not have them yet."""
        for harvest in super()._harvest(page, found, entry):
            article = harvest.sighting.article
            if article.published_from != "first-seen":
                self._dates |= dict.fromkeys(harvest.sighting.aliases, article.published)
            yield harvest

    def _due_again(self, _: object) -> set[Entry]:
        """Read nothing again for edits: crawls do."""
        return set()

    async def _published(self, came: Came) -> dict[Entry, datetime]:
        """Return when the entries of a page were published, by article, else by list."""
        names = {name for some in came.met.names.values() for name in some}
        dates = {**await self.keeper.published(names), **self._dates}
        found: dict[Entry, datetime] = {}
        for entry, some in came.met.names.items():
            told = self.told_dates.get(some[0])
            listed = [date.value.at for date in (entry.date, told and told[0]) if date]
            told_of = [dates[name] for name in some if name in dates]
            if moments := told_of + listed:
                found[entry] = moments[0]
        return found

    async def ended(self, run: Run) -> Run:
        """Keep the last place, and say how far the walk came; it never counts as complete."""
        if self._walking is not None:
            self._walking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._walking
        if self.keeper.fault is not None or not self.places.kept:
            return replace(run, complete=False)
        await self.places.save()  # what waited was written when the crawl was closed
        told = how_far([*self.places.kept.values()], since=self.back_to, pages=self._pages)
        if run.cause == "no-list" and not self.failures:
            run = replace(run, state="ok", cause=None, message=None)
        message = f"{run.message}; {told}" if run.message else told
        return replace(run, complete=False, message=message)
