"""The crawl's hand on the store: opens it, writes to it off the reactor, spools what it must.

A store that fails is remembered as `fault`; from then on nothing more is written to it, so that
what it holds stays as it was. Articles and a Run that it does not take wait in the spool
(`crawler.spool`), and the next crawl of the source that finds the store writes them. A crawl that
begins without the store knows the articles of the spool alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from crawler.gathering import gather
from crawler.moments import present
from crawler.spool import Batch, Spool, replay_runs, spool_run
from store.base import Kept, Selection, Store
from store.connect import open_store
from store.content import is_edit
from store.errors import StoreError
from store.identity import Sighting, Why, are_one
from store.model import Article, KeptPage, Note, Run, SourceCard
from store.names import told_alias

T = TypeVar("T")

ReadAgain = Callable[[KeptPage, Article], Article | None]
"""Reads the kept page of an article by today's rules; None where they cannot."""

_RUNS_BACK = 500
"""A source that is asked every ten minutes has 144 runs a day."""

_DROPPED = 200
"""Old pages that one crawl drops: more than it brings, and done at once."""


class Keeper:
    """One crawl's access to the store. Methods are coroutines; none raises but `open`."""

    def __init__(self, address: str, spool: Spool, *, keep_pages_days: int = 90) -> None:
        self.address = address
        self.keep_pages_days = keep_pages_days
        """So long raw pages are kept; 0 keeps none."""
        self.spool = spool
        self.fault: StoreError | None = None
        self.is_away = False
        """There was no store to begin with."""
        self._store: Store | None = None
        self._turn = asyncio.Lock()
        self._spooled: frozenset[str] = frozenset()
        """Aliases of articles that wait in the spool, where there is no store."""

    async def open(self, source: str) -> None:
        """Open the store and write the runs that wait in the spool; raises StoreError."""
        try:
            self._store = await asyncio.to_thread(open_store, self.address)
            await asyncio.to_thread(replay_runs, self._store, self.spool.folder)
        except StoreError as fault:
            self.fault = fault
            self.is_away = True
            self._spooled = await asyncio.to_thread(self.spool.names, source)
            raise

    @property
    def broke(self) -> bool:
        """Whether the store failed in the middle of the crawl: what it knows is not to be told."""
        return self.fault is not None and not self.is_away

    async def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            await asyncio.to_thread(self._store.close)

    async def known(self, aliases: Collection[str]) -> Mapping[str, str]:
        """Return alias → article id; nothing once the store has failed.

        Without a store: what waits in the spool, by its alias.
        """
        otherwise = {alias: alias for alias in aliases if alias in self._spooled}
        return await self._ask(lambda store: store.known(aliases), otherwise)

    async def complete_runs(self, source: str) -> list[Run]:
        """Return the runs that reached the end of the source's lists, newest first.

        Not those that a wrong clock put into the future: they tell nothing of what came since.
        """
        none: list[Run] = []
        runs = await self._ask(lambda store: store.runs(source, limit=_RUNS_BACK), none)
        now = datetime.now(UTC)
        return [run for run in runs if run.complete and (run.ended or run.started) <= now]

    async def stored(self, ids: Collection[str]) -> Mapping[str, Article]:
        """Return article id → article, for those that are stored."""

        def ask(store: Store) -> Mapping[str, Article]:
            return {found.id: found for found in map(store.get, ids) if found is not None}

        return await self._ask(ask, {})

    async def published(self, aliases: Collection[str]) -> Mapping[str, datetime]:
        """Return alias → when that article was published; none whose date nothing told."""

        def ask(store: Store) -> Mapping[str, datetime]:
            ids = store.known(aliases)
            found = {article_id: store.get(article_id) for article_id in set(ids.values())}
            return {
                alias: article.published
                for alias, article_id in ids.items()
                if (article := found[article_id]) and article.published_from != "first-seen"
            }

        return await self._ask(ask, {})

    async def note(self, source: str, name: str) -> Note | None:
        """Return what an earlier crawl left under this name; None when there is nothing."""
        return await self._ask(lambda store: store.note(source, name), None)

    async def save_note(self, note: Note) -> None:
        """Leave a note for the next crawl, also where a wrong clock wrote one ahead of time."""

        def write(store: Store) -> None:
            there = store.note(note.source, note.name)
            store.save_note(replace(note, at=max(note.at, there.at)) if there else note)

        await self._ask(write, None)

    async def latest(self, source: str, *, limit: int) -> list[Article]:
        """Return the newest articles of the source; none once the store has failed."""
        none: list[Article] = []
        which = Selection(source=source)
        return await self._ask(lambda store: store.newest(which, limit=limit), none)

    async def add_names(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> None:
        """Let an article that is known by one of the first names be known by the others too.

        Where the others are known as another record of it, the elder one stays, with its id, and
        takes over what the younger one tells.
        """

        def write(store: Store) -> Collection[str]:
            changed: list[str] = []
            for names, others in pairs:
                known = store.known((*names, *others))
                here, there = (
                    next((store.get(known[name]) for name in some if name in known), None)
                    for some in (names, others)
                )
                if here is not None or there is not None:
                    changed += store.keep(_joined(here, there, known, (*names, *others))).updated
            return changed

        if pairs:
            await self.gather(await self._ask(write, ()))

    async def withdraw(self, ids: Collection[str]) -> None:
        """Withdraw articles whose end is confirmed."""
        await self._change({name: {"state": "withdrawn"} for name in ids}, "gone")

    async def move(self, addresses: Mapping[str, str]) -> None:
        """Give articles, by id, another address: their own one leads nowhere any more."""
        await self._change({name: {"url": url} for name, url in addresses.items()}, "moved")

    async def _change(self, changes: Mapping[str, Mapping[str, Any]], why: Why) -> None:
        def write(store: Store) -> Collection[str]:
            now = present()
            found = {name: store.get(name) for name in changes}
            kept = store.keep(
                [
                    Sighting(
                        article=replace(article, **changes[name], changed=now), aliases=(), why=why
                    )
                    for name, article in found.items()
                    if article is not None
                ]
            )
            return kept.updated

        if changes:
            await self.gather(await self._ask(write, ()))

    async def keep(
        self,
        sightings: Sequence[Sighting],
        pages: Sequence[KeptPage | None],
        *,
        read_again: ReadAgain = lambda _page, _article: None,
    ) -> Kept | None:
        """Write articles, then the raw page of each that changed; None when the store failed.

        An article that only looks edited, since `read_again` makes the same of the page that was
        kept before, is one that today's rules read otherwise: no edit of its publisher.
        The articles are stamped as they are written, not as they were read: a batch that waited
        must not slip in behind the back of who looked at `Store.version` meanwhile.
        """

        def write(store: Store) -> Kept:
            now = present()
            names = store.known({alias for one in sightings for alias in one.aliases})
            kept = store.keep(
                [_judged(_stamped(one, now), names, store, read_again) for one in sightings]
            )
            changed = {*kept.inserted, *kept.updated}
            named = [
                replace(page, article_id=article_id)
                for article_id, page in zip(kept.ids, pages, strict=True)
                if page is not None and self.keep_pages_days
            ]
            store.keep_pages([page for page in named if page.article_id in changed])
            return kept

        kept = await self._ask(write, None)
        if kept is not None:
            await self.gather(kept.ids)
        return kept

    async def gather(self, ids: Collection[str]) -> None:
        """Find the story that each of these articles tells."""

        def write(store: Store) -> None:
            gather(store, ids, present())

        if ids:
            await self._ask(write, None)

    async def drop_old_pages(self) -> int:
        """Forget raw pages that were kept long enough, of any source; return how many."""
        before = datetime.now(UTC) - timedelta(days=self.keep_pages_days)
        return await self._ask(lambda store: store.drop_pages(before, limit=_DROPPED), 0)

    async def put_by(self, source: str, batch: Batch) -> bool:
        """Spool articles that the store did not take; False where there is no room for them."""
        return await asyncio.to_thread(self.spool.put, source, batch)

    async def replay(
        self, source: str, mend: Callable[[Sequence[Sighting]], Sequence[Sighting]]
    ) -> int:
        """Write the source's articles that wait in the spool, in order; return how many.

        What the store has seen since then is left out. `mend` is what happens to articles before
        they are written. A file goes once the store has what it holds.
        """
        written: set[str] = set()
        count = 0
        for file in await asyncio.to_thread(self.spool.waiting, source):
            spooled = await asyncio.to_thread(self.spool.read, file)
            if spooled is None:
                continue
            ask = partial(_not_overtaken, batch=spooled, written=written)
            batch: Batch = await self._ask(ask, ())
            sightings = mend([sighting for sighting, _ in batch])
            kept = await self.keep(sightings, [page for _, page in batch])
            if kept is None:
                break
            written.update(kept.inserted, kept.updated, kept.same)
            count += len(sightings)
            await asyncio.to_thread(file.unlink, missing_ok=True)
        return count

    async def save_source(self, card: SourceCard) -> None:
        """Write the public card of the source."""
        await self._ask(lambda store: store.save_source(card), None)

    async def save_run(self, run: Run) -> None:
        """Write a run, to the spool if the store does not take it."""
        await self._ask(lambda store: store.save_run(run), None)
        if self.fault is not None and run.state != "running":
            spool_run(run, self.spool.folder)

    async def _ask(self, question: Callable[[Store], T], otherwise: T) -> T:
        if self._store is None or self.fault is not None:
            return otherwise
        async with self._turn:
            try:
                return await asyncio.to_thread(question, self._store)
            except StoreError as fault:
                self.fault = fault
                return otherwise


def _judged(
    sighting: Sighting, names: Mapping[str, str], store: Store, read_again: ReadAgain
) -> Sighting:
    """Tell an edit from another reading of the same page."""
    first = next((names[alias] for alias in sighting.aliases if alias in names), None)
    old = store.get(first) if first else None
    if old is None or old.state != "live" or not is_edit(sighting.article, old):
        return sighting
    page = store.page(old.id)
    before = read_again(page, old) if page else None
    if before is None or is_edit(sighting.article, replace(before, changed=old.changed)):
        return sighting
    return replace(sighting, why="replayed")


def _stamped(sighting: Sighting, now: datetime) -> Sighting:
    return replace(sighting, article=replace(sighting.article, changed=now))


def _joined(
    here: Article | None,
    there: Article | None,
    known: Mapping[str, str],
    names: tuple[str, ...],
) -> list[Sighting]:
    """Write that `names` are one article's; those that are known lead to these two records."""
    found = {article.id: article for article in (here, there) if article is not None}
    elder, *others = sorted(found.values(), key=lambda one: (one.first_seen, one.id))
    names = tuple(sorted(names, key=lambda name: known.get(name) != elder.id))
    if not others:
        return [Sighting(article=elder, aliases=names)]
    younger = others[0]
    if not are_one(elder, younger):
        return []
    now = present()
    told = replace(younger, id=elder.id, changed=now)
    return [
        Sighting(article=told, aliases=(*names, *told_alias(younger)), claims=True),
        Sighting(article=replace(younger, state="withdrawn", changed=now), aliases=(), why="gone"),
    ]


def _not_overtaken(store: Store, batch: Batch, written: Collection[str]) -> Batch:
    """Leave out what the store has seen since it was read, but for what `written` names."""

    def is_overtaken(sighting: Sighting) -> bool:
        ids = set(store.known(sighting.aliases).values()).difference(written)
        found = (store.get(article_id) for article_id in ids)
        return any(old is not None and old.changed > sighting.article.changed for old in found)

    return [(sighting, page) for sighting, page in batch if not is_overtaken(sighting)]
