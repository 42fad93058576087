"""The sources that have a recipe: which of them are asked for, and all that is known of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from crawler.config import Config
from crawler.families import FAMILIES
from crawler.recipe import Source
from crawler.recipes import find_sources, load_source, load_sources
from store.connect import open_store
from store.errors import StoreError, WrongUse
from store.health import State, Verdict
from store.nearest import did_you_mean
from store.provinces import MINISTRY, province_name, provinces, provinces_now
from store.status import status_of
from store.text import words

NEVER = "never"
"""State of a source that was never crawled."""
STATES = (*get_args(State), NEVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which sources are asked for; None does not narrow."""

    province: str | None = None
    """Slug of one of the 63 or of the 34, or the ministries' `trung-uong`."""
    family: str | None = None
    state: str | None = None
    """One of `STATES`."""

    def check(self) -> None:
        """Raise WrongUse for what nobody knows, with the nearest that is known."""
        places = {*provinces(), *provinces_now(), MINISTRY}
        for what, value, known in (
            ("province", self.province, places),
            ("family", self.family, FAMILIES),
            ("state", self.state, STATES),
        ):
            if value is not None and value not in known:
                raise unknown(what, value, known)


def unknown(what: str, value: str, known: Collection[str]) -> WrongUse:
    """Make the error for a name that nobody knows; marks, case and blanks hide no name."""
    told = "-".join(words(value)) or value
    repair = did_you_mean(told, known, otherwise=f"known are {', '.join(known)}")
    return WrongUse(f"unknown {what} {value!r}", repair=repair)


def verdicts_at(address: str) -> dict[str, Verdict]:
    """Judge every source that ever ran, by the store at `address`. Shape: id → verdict.

    Raises StoreError where the store does not tell.
    """
    with closing(open_store(address)) as store:
        return {row.card.id: row.verdict for row in status_of(store)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A source as a list shows it."""

    source: Source
    state: str | None
    """One of `STATES`; None where nobody asked for it."""

    def shown(self) -> dict[str, Any]:
        """Write it for a program."""
        return {**self.source.shown(), **({"state": self.state} if self.state else {})}


def list_sources(wanted: Wanted, config: Config) -> list[Listed]:
    """List the sources that are asked for, by id; the store is asked only for a state.

    Raises WrongUse for a filter that nobody knows, RecipeError, and StoreError.
    """
    wanted.check()
    verdicts = verdicts_at(config.store) if wanted.state else None
    return wanted_of(load_sources(config.roots), wanted, verdicts)


def wanted_of(
    sources: Iterable[Source], wanted: Wanted, verdicts: Mapping[str, Verdict] | None
) -> list[Listed]:
    """Take the sources that are asked for, in their order.

    `verdicts` by id; a source that has none was never crawled. None: nobody looked.
    """
    found = []
    for source in sources:
        verdict = (verdicts or {}).get(source.id)
        state = None if verdicts is None else verdict.state if verdict else NEVER
        if (
            wanted.province in (None, *_places(source))
            and wanted.family in (None, source.recipe.family)
            and wanted.state in (None, state)
        ):
            found.append(Listed(source=source, state=state))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """All that is known of one source."""

    source: Source
    file: Path
    verdict: Verdict | None
    """None for one that was never crawled, or where the store does not tell."""

    def shown(self) -> dict[str, Any]:
        """Write it for a program: the recipe's keys, and what follows from them."""
        source = self.source
        province = provinces()[source.province] if source.province else None
        now = province.now if province else None
        return {
            "id": source.id,
            "file": str(self.file),
            "hosts": list(source.hosts),
            "listing_urls": list(source.listing_urls),
            "province": source.province,
            "province_name": province.name if province else None,
            "province_now": now,
            "province_now_name": province_name(now) if now else None,
            "verdict": asdict(self.verdict) if self.verdict else None,
            "recipe": source.recipe.model_dump(mode="json"),
        }


def portrait_of(source_id: str, config: Config) -> Portrait:
    """Tell all of one source; raises WrongUse for an unknown id, RecipeError for a bad file."""
    source = load_source(source_id, config.roots)
    try:
        verdict = verdicts_at(config.store).get(source_id)
    except StoreError:
        verdict = None
    return Portrait(source=source, file=find_sources(config.roots)[source_id], verdict=verdict)


def _places(source: Source) -> tuple[str, ...]:
    if source.province is None:
        return (MINISTRY,)
    return (source.province, provinces()[source.province].now)
