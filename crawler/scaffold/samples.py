"""Reads two articles of the lists that were chosen: what proves a recipe, and what it must say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest

from crawler import reading
from crawler.extract.draft import Entry
from crawler.extract.page import Page
from crawler.failures import Failure
from crawler.recipe import Source
from crawler.scaffold.asker import Asker
from crawler.scaffold.lists import Look
from crawler.scaffold.rows import with_select
from crawler.scaffold.selectors import Sample, own_selectors

WANTED = 2
_MOST_TRIED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What reading articles showed."""

    source: Source
    """The stand-in with the selectors that the articles need."""
    samples: tuple[Sample, ...]
    """Articles as `source` reads them; at most `WANTED`."""
    failures: tuple[Failure, ...]
    """Of articles that could not be fetched or read."""


def prove(asker: Asker, looks: Sequence[Look], source: Source) -> Proof:
    """Read the newest article of each of the first lists; of a single list two.

    Where they do not say what the lists say of them, the elements that do are looked for, and all
    is read anew. An article that gives nothing all the same is told, and another taken for it.
    """
    samples: list[Sample] = []
    failures: list[Failure] = []
    entries = _entries(looks)
    for _ in range(_MOST_TRIED):
        good = [sample for sample in samples if sample.reading.sighting]
        entry = next(entries, None)
        if len(good) == WANTED or entry is None:
            break
        got = asker.page(entry.url)
        if isinstance(got, Failure):
            failures.append(got)
            continue
        samples.append(_read(entry, got, source))
        if len(samples) == WANTED and (found := own_selectors(samples, source)):
            source = with_select(source, found)
            samples = [_read(sample.entry, sample.page, source) for sample in samples]
    read = [sample for sample in samples if sample.reading.sighting]
    failures += [
        Failure(cause=sample.reading.why_refused, url=sample.page.url)
        for sample in samples
        if not sample.reading.sighting
    ]
    return Proof(source=source, samples=tuple(read[:WANTED]), failures=tuple(failures))


def _read(entry: Entry, page: Page, source: Source) -> Sample:
    """Read an article as its page alone gives it."""
    now = page.fetched or datetime.now(UTC)
    return Sample(entry=entry, page=page, reading=reading.read(page, source, entry=None, now=now))


def _entries(looks: Sequence[Look]) -> Iterator[Entry]:
    """Take the lists' entries in turn, each article once."""
    rows: Iterable[tuple[Entry | None, ...]] = zip_longest(*(look.entries for look in looks))
    met = {entry.url: entry for row in rows for entry in row if entry is not None}
    return iter(met.values())
