"""The store's promise: what every backend does, in the words that its tests hold it to.

Two backends keep it, SQLite (`store.sqlite`) and MongoDB (`store.mongo`); `store.connect` opens
either. One suite of tests (`tests/store/`) runs on both.

Common to every method:

* *Threads*: a store may be called from any thread; calls block. *Processes*: any number may use
  one store at once.
* *Durable*: a method that writes returns only when what it wrote survives a kill -9 of the
  process. *Whole*: an article is written with its aliases and its revision, or not at all.
* *Again*: writing the same thing twice changes nothing the second time.
* *Times* go in aware and come out as UTC, cut to whole milliseconds.
* *Errors*: `StoreAway` when it does not answer (try later), `StoreReadOnly`, `StoreFull`;
  every message names the store, without any password, and the way to mend it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from store.identity import Sighting
from store.model import Appearance, Article, Fingerprint, KeptPage, Note, Revision, Run, SourceCard
from store.turns import Lease, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles: those that meet every condition given; with none, all that are live."""

    source: str | None = None
    province: str | None = None
    """Slug of the 63: the province at publication."""
    province_now: str | None = None
    """Slug of the 34: the province of today."""
    topic: str | None = None
    words: tuple[str, ...] = ()
    """Folded words (`store.text.words`), all of which stand in title, summary or body."""
    without: tuple[str, ...] = ()
    """Folded words none of which stands there."""
    since: datetime | None = None
    """Published then or later."""
    until: datetime | None = None
    """Published before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in the order of articles: the page that follows starts after it."""

    published: datetime
    id: str

    @classmethod
    def of(cls, article: Article) -> Cursor:
        """Return the place of an article."""
        return cls(published=article.published, id=article.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What tells that a selection changed, answered from an index."""

    count: int
    """How many live articles it holds."""
    changed: datetime | None
    """The newest `Article.changed` of any article it holds or held, withdrawn ones too; None when
    it never held one. Of a selection with `since` or `until`, of those that it holds; of one with
    `without`, of those with these words, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What `keep` did."""

    inserted: tuple[str, ...] = ()
    """Ids, in the order of the sightings."""
    updated: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    ids: tuple[str, ...] = field(default=(), compare=False)
    """Of every sighting, in their order."""


class Store(Protocol):
    """Where articles, runs and sources are kept."""

    @property
    def address(self) -> str:
        """How to name this store to people: a path or an address, never with a password."""

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""

    def ping(self) -> None:
        """Return if the store answers, else raise StoreAway."""

    # Articles

    def keep(self, sightings: Sequence[Sighting]) -> Kept:
        """Keep what was read, as `store.identity.decide` decides for each.

        An article is known if any of its aliases is; the first known one names it, and aliases
        not yet known are added to it. The decision and the write are one step: two processes
        that keep the same article at once insert it once, and the second one's edit is decided
        against what the first one wrote. Sightings are taken in order, so that of two with one
        alias the second is decided against the first. An article that is `same` is not written.
        """

    def get(self, article_id: str) -> Article | None:
        """Return the article, live or withdrawn; None when there is none of that id."""

    def known(self, aliases: Collection[str]) -> Mapping[str, str]:
        """Return alias → article id, for those aliases that are known."""

    def newest(self, which: Selection, *, limit: int, after: Cursor | None = None) -> list[Article]:
        """Return live articles, newest `published` first, ties by `id` ascending.

        At most `limit`, those behind `after` in that order if it is given: paging by the last
        one's cursor meets every article once, also where many share one `published`.
        """

    def version(self, which: Selection) -> Version:
        """Return what a cache needs to know of a selection, without reading its articles."""

    def count_by_day(self, which: Selection) -> dict[date, int]:
        """Count live articles by the day of `published` in Vietnam; days without any are absent."""

    def appearances(self, source: str, *, limit: int) -> list[Appearance]:
        """Return when the live articles of a source came out, in the order of `newest`."""

    def revisions(self, article_id: str) -> list[Revision]:
        """Return the versions that edits put away, oldest first; empty when it was never edited."""

    # Stories

    def save_fingerprints(self, fingerprints: Sequence[Fingerprint]) -> None:
        """Write what articles are compared by; the cluster of one that is known stays."""

    def fingerprints(
        self, *, ids: Collection[str] = (), clusters: Collection[str] = (), limit: int
    ) -> list[Fingerprint]:
        """Return those of these articles and of these stories, by article id, at most `limit`."""

    def alike(
        self, signature: bytes, *, since: datetime, until: datetime, limit: int
    ) -> list[Fingerprint]:
        """Return those that share a band (`store.bands`) with the signature and were published in
        this time, both ends included: newest `published` first, ties by article id, at most
        `limit`. What it costs does not depend on how many are stored."""

    def set_clusters(self, clusters: Mapping[str, str], at: datetime) -> None:
        """Say of each article (id → id) which one leads its story.

        Articles that get another lead than they had, or than themselves if nobody had looked, are
        `changed` at that moment; ids that are not known are left out.
        """

    def edits(self, *, limit: int) -> list[Revision]:
        """Return the versions that edits of any article put away, the newest `replaced` first.

        Ties by article id, then the later revision first; at most `limit`.
        """

    # Raw pages

    def keep_pages(self, pages: Sequence[KeptPage]) -> None:
        """Keep the raw page of each article; a newer one takes the place of an older one."""

    def page(self, article_id: str) -> KeptPage | None:
        """Return the raw page; None when it is not kept."""

    def drop_pages(self, before: datetime, *, limit: int) -> int:
        """Forget raw pages that were fetched before a moment, the oldest first, at most `limit`;
        return how many. Nothing is written where there is none."""

    # Sources and runs

    def save_source(self, card: SourceCard) -> None:
        """Write what is publicly known of a source."""

    def sources(self) -> list[SourceCard]:
        """Return all sources that were ever saved, by id."""

    def save_run(self, run: Run) -> None:
        """Write a run; one with the same id is replaced, but one that has ended stays as it is
        when a run that is still `running` comes after it."""

    def run(self, run_id: str) -> Run | None:
        """Return one run; None when there is none of that id."""

    def runs(self, source: str | None = None, *, limit: int) -> list[Run]:
        """Return the runs of a source, or of all, newest `started` first, ties by id."""

    # Whose turn it is

    def set_dues(self, dues: Mapping[str, datetime], *, only_new: bool = False) -> None:
        """Write when sources are due; with `only_new` one that has a due time keeps it."""

    def dues(self) -> dict[str, datetime]:
        """Return source → when it is due, of all that ever had a due time, by id."""

    def claim_due(
        self,
        turns: Sequence[Turn],
        *,
        holder: str,
        now: datetime,
        until: datetime,
        limit: int,
        due: datetime | None = None,
    ) -> list[Lease]:
        """Lease the hosts of sources that are due by `due` (None: by `now`), and return the leases.

        At most `limit`, of the sources that have been due for longest; a host that is leased, or
        that an earlier one of these needs, is passed over, and so is a source without a due time.
        Of two callers at once only one gets a host, and what one of them has crawled and given
        back with another due time the other does not get.
        """

    def claim(self, turn: Turn, *, holder: str, now: datetime, until: datetime) -> Lease:
        """Lease a host for a source, due or not; return the lease that stands.

        It is another's where its holder or source is (`store.turns.is_one`). A lease that has run
        out, or claims to last for longer than any does (`store.turns.stands`), keeps nobody away.
        """

    def renew(self, lease: Lease, *, until: datetime) -> bool:
        """Let a lease last longer; False where it was given back, or ran out and is another's."""

    def release(self, lease: Lease, *, due: datetime | None = None) -> None:
        """Give a lease back, after writing when its source is due next (None: as it was).

        Nothing is written where the lease is another's by now.
        """

    def leases(self) -> list[Lease]:
        """Return all leases that were not given back, by host; those run out, too."""

    # Notes

    def save_note(self, note: Note) -> None:
        """Write a note; it takes the place of an older one of the same source and name."""

    def note(self, source: str, name: str) -> Note | None:
        """Return a note; None when there is none."""

    # Moving house

    def dump(self) -> Iterator[Mapping[str, object]]:
        """Yield everything as plain records (`store.records`), in an order that depends on the
        data alone: two stores that hold the same yield the same. Due times and leases stay."""

    def load(self, records: Iterable[Mapping[str, object]]) -> int:
        """Take in what `dump` yielded, replacing what has the same key; return how many records.

        Raises ImportFault for a record that is none, naming its number.
        """
