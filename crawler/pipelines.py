"""What happens to a read article: it is checked, freed of what its source repeats, and kept."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from itemadapter import ItemAdapter
from scrapy.exceptions import CloseSpider, NotConfigured

from crawler.clean.boilerplate import ENOUGH, REMEMBERED, Repeats, cut
from crawler.spiders.articles import Harvest
from crawler.spiders.source import SourceSpider
from store.errors import StoreAway, StoreError
from store.identity import Sighting

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

BATCH = 20
"""Articles a write."""

FLUSH_SECONDS = 2.0
"""No read article waits longer for its write, but the first few of a new source: what they repeat
is known once there are enough of them, or at the end."""

EXPECTED = ("summary", "body_html", "body_text", "byline", "section", "images")
"""Fields that are counted where an article lacks them; `reading` counts the date."""

STORE_FAILED = "store-failed"
"""The reason that a crawl is closed with when the store fails."""


class Check:
    """Counts missing fields; drops nothing, since what has no title never came this far."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Check:
        """Count into the crawler's stats."""
        return cls(crawler)

    def process_item(self, item: Harvest) -> Harvest:
        """Count what the article lacks under `article/<field>/missing`."""
        article = ItemAdapter(item.sighting.article)
        for name in EXPECTED:
            path = f"article/{name}/missing"
            if not article[name] and path not in item.doubts:
                self.crawler.stats.inc_value(path)
        return item


class Keep:
    """Writes articles in batches, off the reactor; ends the crawl when the store fails."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._waiting: list[Harvest] = []
        self._repeats = Repeats()
        self._turn = asyncio.Lock()
        self._closing = asyncio.Event()
        self._clock: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Keep:
        """Write through the spider's keeper; other spiders (`scrapy shell`) keep nothing."""
        if not issubclass(crawler.spidercls, SourceSpider):
            raise NotConfigured
        return cls(crawler)

    @property
    def _spider(self) -> SourceSpider:
        spider = self.crawler.spider
        assert isinstance(spider, SourceSpider)
        return spider

    async def open_spider(self) -> None:
        """Open the store and write what waits for it; a crawl that cannot do without is closed."""
        spider, keeper = self._spider, self._spider.keeper
        try:
            await keeper.open(spider.source.id)
        except StoreAway as fault:
            if spider.needs_store:
                raise CloseSpider(STORE_FAILED) from fault
        except StoreError as fault:
            raise CloseSpider(STORE_FAILED) from fault
        else:
            await keeper.save_source(spider.source.card)
            latest = await keeper.latest(spider.source.id, limit=REMEMBERED)
            self._repeats = Repeats(reversed(latest))
            await keeper.gather([each.id for each in latest if each.cluster is None])
            if count := await keeper.replay(spider.source.id, self._learnt):
                self.crawler.stats.inc_value("keep/replayed", count)
        if keeper.broke:
            raise CloseSpider(STORE_FAILED)
        self._clock = asyncio.create_task(self._flush_regularly())

    async def process_item(self, item: Harvest) -> Harvest:
        """Put an article into the batch."""
        self._waiting.append(item)
        self._repeats.learn(item.sighting.article)
        if len(self._waiting) >= BATCH:
            await self._flush()
        return item

    async def close_spider(self) -> None:
        """Write what is left; drop raw pages that were kept long enough."""
        self._closing.set()
        if self._clock is not None:
            await self._clock  # never cancelled: a batch that it holds would be lost
        await self._flush()
        await self._spider.keeper.add_names(self._spider.other_names)
        if dropped := await self._spider.keeper.drop_old_pages():
            self.crawler.stats.inc_value("keep/pages-dropped", dropped)

    async def write_all(self) -> bool:
        """Write what waits; tell whether the store has all that was read so far.

        It has not while the first few articles of a new source wait for what they repeat.
        """
        if 0 < len(self._waiting) < ENOUGH and not self._repeats.enough:
            return False
        await self._flush()
        spider = self._spider
        names, spider.other_names = spider.other_names, []
        await spider.keeper.add_names(names)
        return spider.keeper.fault is None

    async def _flush_regularly(self) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), FLUSH_SECONDS)
            if self._repeats.enough:
                await self._flush()

    async def _flush(self) -> None:
        async with self._turn:
            batch, self._waiting = self._waiting, []
            if not batch:
                return
            keeper = self._spider.keeper
            stats = self.crawler.stats
            cleaned = self._without_repeats([harvest.sighting for harvest in batch])
            kept = await keeper.keep(
                cleaned,
                [harvest.page for harvest in batch],
                read_again=self._spider.read_again,
            )
            if kept is None:
                spooled = await keeper.put_by(
                    self._spider.source.id, [(harvest.sighting, harvest.page) for harvest in batch]
                )
                stats.inc_value("keep/spooled" if spooled else "keep/lost", len(batch))
                if keeper.broke or not spooled:
                    self._end_crawl()
                return
            stats.inc_value("keep/inserted", len(kept.inserted))
            stats.inc_value("keep/updated", len(kept.updated))
            stats.inc_value("keep/same", len(kept.same))

    def _learnt(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        for sighting in sightings:
            self._repeats.learn(sighting.article)
        return self._without_repeats(sightings)

    def _without_repeats(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        repeated = self._repeats.lines()
        cleaned = []
        for sighting in sightings:
            article = cut(sighting.article, repeated)
            if article.cut:
                self.crawler.stats.inc_value("article/boilerplate/cut", len(article.cut))
            cleaned.append(replace(sighting, article=article))
        return cleaned

    def _end_crawl(self) -> None:
        asyncio.get_running_loop().create_task(
            self.crawler.engine.close_spider_async(reason=STORE_FAILED)
        )
