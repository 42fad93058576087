"""What a scheduler looks at now and then: the recipes, and whether every source has a due time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.config import Config, check_contact
from crawler.recipe import Source
from crawler.recipes import load_source, read_all
from crawler.round import settle_the_dead
from crawler.schedule import LATEST, Due
from crawler.turns import due_of
from store.base import Store

SPREAD, MOST_APART = timedelta(minutes=10), timedelta(seconds=10)
"""Over how long sources that were never crawled are begun, however many there are; and how far
apart two of them at most."""

FURTHEST = LATEST + timedelta(hours=1)
"""A due time further ahead is decided again: either a site wanted it so, or a clock was wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The sources that there are."""

    sources: Mapping[str, Source]
    faults: Sequence[str]
    """What is wrong with the recipes of others."""


def look_around(
    config: Config, store: Store, now: datetime, *, only: Sequence[str], spread_out: bool
) -> Survey:
    """Read the recipes, give a due time to each that has none, close the runs of dead crawls.

    `only` are the sources to look at, all where none is named; `spread_out` says whether those that
    were never crawled are begun one after the other, or all due now. Raises WrongUse where they
    cannot be crawled so, StoreError.
    """
    sources, faults = _named(only, config) if only else read_all(config.roots)
    check_contact(sources, config)
    settle_the_dead(store, now)
    dues = store.dues()
    fresh = {source.id: due_of(store, source, now) for source in sources if source.id not in dues}
    if spread_out:
        fresh |= spread([source for source, due in fresh.items() if due.reason == "first"], now)
    store.set_dues({source: due.at for source, due in fresh.items()}, only_new=True)
    doubtful = [source for source in sources if dues.get(source.id, now) > now + FURTHEST]
    store.set_dues({source.id: due_of(store, source, now).at for source in doubtful})
    return Survey(sources={source.id: source for source in sources}, faults=faults)


def _named(ids: Sequence[str], config: Config) -> tuple[list[Source], list[str]]:
    return [load_source(name, config.roots) for name in dict.fromkeys(ids)], []


def spread(sources: Sequence[str], now: datetime) -> dict[str, Due]:
    """Say when to begin sources that were never crawled: the first now, the others in turn."""
    pause = min(SPREAD / max(len(sources), 1), MOST_APART)
    return {
        source: Due(at=now + index * pause, reason="first") for index, source in enumerate(sources)
    }
