"""Keeps the places that a walk through an archive has reached, once the store has what lies before.

An article that was asked for and is neither stored nor lost for good is noted with its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.backfill import MOST_TRIES, Missed, Place, beginning
from crawler.pipelines import Keep
from crawler.place_note import place_name, read_place, write_place

if TYPE_CHECKING:
    from crawler.extract.draft import Entry
    from crawler.spiders.source import SourceSpider


class Places:
    """Where each list of one crawl stands."""

    def __init__(self, spider: SourceSpider) -> None:
        self.spider = spider
        self.kept: dict[str, Place] = {}
        """Address of a list → the place whose articles the store has."""
        self._reached: dict[str, tuple[Place, list[Entry]]] = {}
        """The same for places whose articles it may not have yet, and these articles."""

    async def begin(self, url: str, *, anew: bool) -> Place:
        """Return where an earlier call came to; the beginning if there was none, or `anew`."""
        note = await self.spider.keeper.note(self.spider.source.id, place_name(url))
        noted = None if anew else read_place(note, url)
        self.kept[url] = noted or beginning(url)
        return self.kept[url]

    async def reach(self, place: Place, chosen: Sequence[Entry] = ()) -> Place:
        """Keep a place once the store has all that was `chosen` on the way; return it as kept."""
        _, waiting = self._reached.get(place.url, (place, []))
        self._reached[place.url] = (place, [*waiting, *chosen])
        if not await self._all_written():
            return place
        await self.save()
        return self.kept[place.url]

    async def save(self) -> None:
        """Keep what was reached; the store has all that was read."""
        for place, chosen in self._reached.values():
            missed = (Missed(entry=entry) for entry in await self._unread(chosen))
            await self._write(replace(place, missed=(*place.missed, *missed)))
        self._reached.clear()

    async def asked_again(self, place: Place) -> None:
        """Strike off what was missed and is stored now, or failed too often or for good."""
        if not await self._all_written():
            return
        unread = await self._unread([missed.entry for missed in place.missed])
        self._forgive({missed.entry.url for missed in place.missed if missed.entry not in unread})
        again = (replace(one, tries=one.tries + 1) for one in place.missed if one.entry in unread)
        await self._write(
            replace(place, missed=tuple(one for one in again if one.tries < MOST_TRIES))
        )

    def _forgive(self, urls: set[str]) -> None:
        """Forget that an article failed at first."""
        self.spider.failures = [
            (stage, failure)
            for stage, failure in self.spider.failures
            if not (failure.passing and failure.url in urls)
        ]

    async def _all_written(self) -> bool:
        pipeline = self.spider.crawler.get_item_pipeline(Keep)
        return pipeline is not None and await pipeline.write_all()

    async def _unread(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return those that the store does not have, and that did not fail for good."""
        met = await self.spider.met(entries)
        lost = {failure.url for _, failure in self.spider.failures if not failure.passing}
        return [e for e in entries if e not in met.first_seen and e.url not in lost]

    async def _write(self, place: Place) -> None:
        note = write_place(place, self.spider.source.id, now=datetime.now(UTC))
        await self.spider.keeper.save_note(note)
        self.kept[place.url] = place
