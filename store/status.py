"""How each source is doing: its last runs and the verdict on them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from store.base import Selection, Store
from store.errors import WrongUse
from store.health import Verdict, settle, verdict
from store.model import Run, SourceCard, show_moment
from store.nearest import did_you_mean
from store.shown import shown

RUNS = 30
"""Runs a verdict looks at."""

WORST_FIRST = ("dead", "failing", "degraded", "unverified", "quiet", "ok", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source and how it is doing."""

    card: SourceCard
    verdict: Verdict
    runs: tuple[Run, ...]
    """Newest first."""
    articles: int
    """Live ones in the store."""
    due: datetime | None
    """When a schedule crawls it next; None where none ever looked after it."""

    def shown(self) -> dict[str, Any]:
        """Write it for a program; times in Vietnam's zone."""
        return {
            **shown(self.card),
            "articles": self.articles,
            "due": show_moment(self.due, "minute") if self.due else None,
            "verdict": asdict(self.verdict),
            "runs": [shown(run) for run in self.runs],
        }


def status_of(
    store: Store, source: str | None = None, *, now: datetime | None = None
) -> list[SourceStatus]:
    """Judge every source that ever ran, or one; the worst first.

    Raises WrongUse for a source that never ran.
    """
    moment = now or datetime.now(UTC)
    cards = [card for card in store.sources() if source in (None, card.id)]
    if source is not None and not cards:
        repair = did_you_mean(
            source,
            (card.id for card in store.sources()),
            otherwise="`tinso sources list` names the sources",
        )
        raise WrongUse(f"{source!r} was never crawled", repair=repair)
    dues = store.dues()
    found = [_status(store, card, dues.get(card.id), moment) for card in cards]
    return sorted(found, key=lambda row: (WORST_FIRST.index(row.verdict.state), row.card.id))


def _status(store: Store, card: SourceCard, due: datetime | None, now: datetime) -> SourceStatus:
    runs = tuple(settle(run, now) for run in store.runs(card.id, limit=RUNS))
    return SourceStatus(
        card=card,
        verdict=verdict(card, runs, now),
        runs=runs,
        articles=store.version(Selection(source=card.id)).count,
        due=due,
    )
