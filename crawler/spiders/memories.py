"""Asks for lists and offers only if they changed, and remembers what they named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.answers import asked_for, headers_of
from crawler.conditional import if_changed, was_conditional
from crawler.validators import (
    Memory,
    answer_of,
    note_name,
    read_memory,
    remembered,
    write_memory,
)

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawler.extract.draft import Listing
    from crawler.spiders.source import SourceSpider


class Memories:
    """What one crawl knows of its lists and offers from the crawls before it."""

    def __init__(self, spider: SourceSpider) -> None:
        self.spider = spider
        self._of: dict[str, Memory | None] = {}

    async def ask(self, request: Request, *, stage: str, walked: datetime | None) -> Request:
        """Remember what is known of an address; ask only if it changed, where that will do.

        It will where every article that the address named was stored by `walked`, when a complete
        walk ended, and none is to be looked at again. `walked` is None where the answer is wanted
        whatever it says.
        """
        if self.spider.source.recipe.render:  # the page is but a shell: its scripts have the news
            return request
        keeper, now = self.spider.keeper, datetime.now(UTC)
        memory = read_memory(await keeper.note(self.spider.source.id, note_name(request.url)))
        self._of[request.url] = memory
        if walked is None or memory is None or not memory.may_ask(now):
            return request
        if not await self._says_all(memory, walked):
            return request
        self._count(f"{stage}/asked-if-changed")
        return if_changed(request, memory.answer.conditions)

    async def is_unchanged(self, response: Response, *, stage: str) -> bool:
        """Tell whether an answer says that an address names what it named before; count it."""
        memory = self._of.get(response.url)
        if response.status != 304 or memory is None:
            return False
        self._count(f"{stage}/unchanged")
        for path in ("entries", "known"):
            self._count(f"{stage}/{path}", len(memory.entries))
        if not memory.was_304:
            await self._write(response.url, replace(memory, was_304=True))
        return True

    async def came(self, response: Response, listing: Listing) -> None:
        """Remember what an address named that came in full, unless a redirect led to it."""
        url = response.url
        if url not in self._of or asked_for(response) != url:
            return
        before, answer, now = self._of[url], answer_of(headers_of(response)), datetime.now(UTC)
        if not answer and (before is None or not before.answer):
            return
        asked = was_conditional(response)
        after = remembered(before, answer, listing, conditional=asked, now=now)
        if after.lied == now:
            self._count("list/validators-lie")
        await self._write(url, after)

    async def _says_all(self, memory: Memory, walked: datetime) -> bool:
        """Tell whether a list that names the same would be left at once, with nothing to read."""
        met = await self.spider.met(memory.named)
        moments = (met.first_seen.get(entry) for entry in memory.named)
        return all(moment and moment <= walked for moment in moments) and not self.spider.due(met)

    async def _write(self, url: str, memory: Memory) -> None:
        self._of[url] = memory
        note = write_memory(memory, self.spider.source.id, url, now=datetime.now(UTC))
        await self.spider.keeper.save_note(note)

    def _count(self, path: str, by: int = 1) -> None:
        self.spider.crawler.stats.inc_value(path, by)
