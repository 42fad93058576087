"""Reads the kept pages of sources again by today's rules: what would change, and writes it.

Nothing is asked of the network. Ids and addresses stay, and so do `revision` and `updated`: the
publisher changed nothing (`store.identity.decide`). What today's rules cannot read stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from itertools import islice
from typing import Any

from crawler.clean.boilerplate import REMEMBERED, Mark, Repeats, cut, marks_of_lines
from crawler.config import Config
from crawler.extract.date_order import SourceDates
from crawler.gathering import gather
from crawler.kept import read_kept
from crawler.recipe import Source
from crawler.recipes import find_sources, load_source
from store.base import Selection, Store
from store.errors import WrongUse
from store.identity import Sighting, decide
from store.model import Article, show_published, to_millisecond
from store.paging import articles_of

BATCH = 50
"""Articles that are in memory at once."""
SAMPLES = 3
"""Of each field; the newest articles."""
LOST_SHOWN = 50

_UNTOLD = frozenset({"changed", "content_hash", "provenance", "confidence"})
"""Fields that nobody reads: that only they differ is no change."""
_ONE = {"body_text": "body_html", "published_precision": "published", "published_from": "published"}
"""Fields that are told under another's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One field of one article, before and after."""

    article_id: str
    title: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """An article whose page today's rules cannot read."""

    article_id: str
    title: str
    url: str
    reason: str
    """A key of `crawler.failures.CAUSES`."""


@dataclass(slots=True, kw_only=True)
class Replayed:
    """What reading a source's kept pages again gave."""

    source: str
    pages: int = 0
    without_page: int = 0
    """Live articles whose page is not kept: they stay as they are."""
    same: int = 0
    changed: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    """Field → articles in which it changes."""
    samples: list[Sample] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    """The first `LOST_SHOWN`."""
    lost_count: int = 0
    written: int = 0

    def shown(self) -> dict[str, Any]:
        """Write it for a program."""
        return {**asdict(self), "fields": dict(sorted(self.fields.items()))}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
    """An article as stored, and as its page reads today."""

    old: Article
    new: Sighting


def sources_to_replay(ids: Sequence[str], store: Store, config: Config) -> list[Source]:
    """Return the sources that are named, else all that have a recipe and were ever crawled.

    Raises WrongUse for one that is not known or was never crawled, RecipeError for a bad file.
    """
    crawled = {card.id for card in store.sources()}
    if not ids:
        return [
            load_source(one, config.roots) for one in find_sources(config.roots) if one in crawled
        ]
    sources = [load_source(one, config.roots) for one in dict.fromkeys(ids)]
    for source in sources:
        if source.id not in crawled:
            raise WrongUse(
                f"{source.id!r} was never crawled, so that no page of it is kept",
                repair=f"tinso crawl {source.id}",
            )
    return sources


def replay(source: Source, store: Store, *, write: bool, now: datetime) -> Replayed:
    """Read the kept pages of a source's live articles again, newest first; keep what they give
    where `write` says so."""
    told = Replayed(source=source.id)
    dates, repeats = source.dates(), Repeats()
    for again in reversed(list(islice(_read_again(source, store, dates, None), REMEMBERED))):
        repeats.learn(again.new.article)
    repeated = repeats.lines()
    batch: list[Sighting] = []
    for again in _read_again(source, store, dates, told):
        new = _as_kept(again, repeated, now)
        changes = _changes(new, again.old)
        _note(told, again.old, changes)
        if changes and write:
            batch.append(Sighting(article=new, aliases=again.new.aliases, why="replayed"))
        if len(batch) >= BATCH:
            told.written += _keep(store, batch, now)
            batch = []
    told.written += _keep(store, batch, now)
    return told


def _read_again(
    source: Source, store: Store, dates: SourceDates, told: Replayed | None
) -> Iterator[_Again]:
    """Yield the articles whose pages are kept and can be read; note in `told` the others."""
    told = told or Replayed(source=source.id)
    for article in articles_of(store, Selection(source=source.id), size=BATCH):
        kept = store.page(article.id)
        if kept is None:
            told.without_page += 1
            continue
        told.pages += 1
        found = read_kept(kept, article, source, dates=dates)
        if found.sighting is not None:
            yield _Again(old=article, new=found.sighting)
            continue
        told.lost_count += 1
        if told.lost_count <= LOST_SHOWN:
            told.lost.append(
                Lost(
                    article_id=article.id,
                    title=article.title,
                    url=article.url,
                    reason=found.why_refused,
                )
            )


def _as_kept(again: _Again, repeated: frozenset[Mark], now: datetime) -> Article:
    """Return the article as it would be kept: without the lines that its source repeats."""
    article = cut(again.new.article, repeated | marks_of_lines(again.old.cut))
    new = replace(article, changed=to_millisecond(now))
    return decide(new, again.old, why="replayed").article


def _changes(new: Article, old: Article) -> Mapping[str, tuple[Any, Any]]:
    """Return what people would see of it: field → before and after."""
    differs = (f.name for f in fields(Article) if getattr(new, f.name) != getattr(old, f.name))
    names = {_ONE.get(name, name) for name in differs if name not in _UNTOLD}
    return {name: (_shown(old, name), _shown(new, name)) for name in sorted(names)}


def _shown(article: Article, name: str) -> Any:
    if name == "published":
        return f"{show_published(article)} ({article.published_from})"
    value = getattr(article, "body_text" if name == "body_html" else name)
    if isinstance(value, tuple):
        return [one if isinstance(one, str) else asdict(one) for one in value]
    return value


def _note(told: Replayed, old: Article, changes: Mapping[str, tuple[Any, Any]]) -> None:
    told.changed += bool(changes)
    told.same += not changes
    for name, (before, after) in changes.items():
        told.fields[name] += 1
        if told.fields[name] <= SAMPLES:
            sample = Sample(article_id=old.id, title=old.title, field=name, old=before, new=after)
            told.samples.append(sample)


def _keep(store: Store, batch: Sequence[Sighting], now: datetime) -> int:
    """Write a batch; names that lead to other articles are left to these."""
    if not batch:
        return 0
    known = store.known({alias for sighting in batch for alias in sighting.aliases})
    fresh = [
        replace(one, aliases=tuple(alias for alias in one.aliases if alias not in known))
        for one in batch
    ]
    updated = store.keep(fresh).updated
    gather(store, updated, now)
    return len(updated)
