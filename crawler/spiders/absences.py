"""Asks for articles that the lists should name and do not; withdraws those that are gone for good.

What is decided stands in `crawler.absence`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.absence import Absence, Named, judge, may_be_back, missing_of, reach_of, to_ask
from crawler.absence_note import NAME, read_absences, write_absences
from crawler.extract.draft import Entry
from crawler.naming import is_elsewhere
from store.names import bare_host, name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request

    from crawler.list_order import Order
    from crawler.spiders.articles import ArticleSpider
    from store.model import Article

_BEHIND = 20
"""Articles that are looked through beyond as many as the lists named."""


class Absences:
    """What one crawl finds out about known articles that it asks for by their own addresses."""

    def __init__(self, spider: ArticleSpider) -> None:
        self.spider = spider
        self.named = Named()
        self._noted: Mapping[str, Absence] = {}
        self._asked: dict[str, Article] = {}
        """Address → the known article that was asked for there."""
        self._listed_at: dict[str, str] = {}
        """Article id → the address that a list named instead of its own."""
        self._gone: set[str] = set()
        self._there: set[str] = set()
        self._unlisted: set[str] = set()
        """Ids of those that no list named, or that may be back."""
        self._doubted: set[str] = set()
        """Addresses, as names, of articles that may not be the known ones."""
        self._reads = 0
        """Articles whose pages could be read."""

    async def recall(self) -> None:
        """Ask what earlier crawls found out."""
        keeper = self.spider.keeper
        self._noted = read_absences(await keeper.note(self.spider.source.id, NAME))

    def walked(
        self, url: str, entries: Sequence[Entry], stored: Mapping[Entry, Article], order: Order
    ) -> None:
        """Note what a page of the list at `url` named; only one in order tells how far it goes."""
        known = [stored[entry] for entry in entries if entry in stored]
        self.named.ids |= {article.id for article in known}
        self.named.reaches[url] = reach_of(known) if order == "newest" else None

    def due(self, stored: Mapping[Entry, Article]) -> set[Entry]:
        """Return the listed articles that are to be read, however long ago they came: those that
        were withdrawn, and those that are stored under a former host."""
        now = datetime.now(UTC)
        found = {
            entry
            for entry, article in stored.items()
            if (article.state == "withdrawn" or self._has_moved(entry, article))
            and may_be_back(self._noted.get(article.id), now=now)
        }
        self._unlisted |= {stored[entry].id for entry in found}
        return found

    def may_doubt(self, url: str) -> bool:
        """Tell whether to read what lies at an address though a name of it is known; note it. What
        turned out to be the known article after all is not read again soon."""
        self._doubted.add(name_of(url))
        return name_of(url) not in self._noted

    def asked(self, entry: Entry, article: Article) -> Entry:
        """Note that a known article is looked at again; return what to ask for.

        That is its own address, so that one that is dead does not stay in feeds for ever.
        """
        by_own = article.state == "live" and not self._has_moved(entry, article)
        if by_own and name_of(article.url) != name_of(entry.url):
            self._listed_at[article.id] = entry.url
            entry = replace(entry, url=article.url)
        self._asked[entry.url] = article
        return entry

    def is_known(self, url: str) -> bool:
        """Tell whether what was asked for at an address is a known article."""
        return url in self._asked

    def found(self, url: str, *, gone: bool) -> None:
        """Note what became of the article that was asked for at an address, known or not."""
        self._reads += not gone
        self._there |= self._doubted & {name_of(url)}
        if url in self._asked:
            (self._gone if gone else self._there).add(self._asked[url].id)

    async def missing(self) -> list[Request]:
        """Ask for the articles that are missing from the lists, and to confirm that others are."""
        now, keeper = datetime.now(UTC), self.spider.keeper
        limit = len(self.named.ids) + _BEHIND if self.named.reach else 0
        latest = await keeper.latest(self.spider.source.id, limit=limit) if limit else []
        ours = [article for article in latest if not self._lies_elsewhere(article)]
        chosen = to_ask(missing_of(ours, self.named), self._noted, now=now)
        wanted = set(chosen) - {article.id for article in self._asked.values()}
        stored = {article.id: article for article in ours}
        stored |= await keeper.stored(wanted - stored.keys())
        asked = [stored[name] for name in chosen if name in wanted and name in stored]
        self._unlisted |= {article.id for article in asked}
        confirms = any(one.is_confirmed_by(now) for one in self._noted.values())
        if confirms and not self._reads:
            asked += await self._witness()
        return [self._ask(article) for article in asked]

    async def _witness(self) -> list[Article]:
        """Return an article whose page, read now, shows that the site's articles can be read."""
        latest = await self.spider.keeper.latest(self.spider.source.id, limit=_BEHIND)
        others = (each for each in latest if each.id not in self._noted)
        return [each for each in others if not self._lies_elsewhere(each)][:1]

    async def conclude(self) -> int:
        """Keep what was found out; return how many articles were withdrawn."""
        keeper, now = self.spider.keeper, datetime.now(UTC)
        moved = {name: self._listed_at[name] for name in self._gone & self._listed_at.keys()}
        judged = judge(
            self._noted,
            gone=self._gone - moved.keys(),
            there=self._there & (self._unlisted | self._doubted | self._noted.keys()),
            list_works=self._lists_work,
            articles_work=bool(self._reads),
            now=now,
        )
        if judged.absences != self._noted:
            note = write_absences(judged.absences, self.spider.source.id, now=now)
            await keeper.save_note(note)
        await keeper.move(moved)
        await keeper.withdraw(judged.withdrawn)
        return len(judged.withdrawn)

    def _ask(self, article: Article) -> Request:
        entry = _entry_of(article)
        self._asked[entry.url] = article
        self.spider.crawler.stats.inc_value("article/missing-from-list")
        return self.spider.ask_article(entry, audit=False)

    @property
    def _lists_work(self) -> bool:
        count = self.spider.crawler.stats.get_value
        named = count("list/entries", 0) + count("offer/entries", 0)
        return named > 0 and not any(stage != "article" for stage, _ in self.spider.failures)

    def _has_moved(self, entry: Entry, article: Article) -> bool:
        """Tell whether an article is listed on today's host and stored under a former one."""
        source = self.spider.source
        here, there = bare_host(_host(entry.url)), bare_host(_host(article.url))
        return here != there and here == bare_host(source.hosts[0]) and not entry.leaves

    def _lies_elsewhere(self, article: Article) -> bool:
        return is_elsewhere(self.spider.source, article.url)


def _entry_of(article: Article) -> Entry:
    return Entry(url=article.url, title=article.title)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
