"""When a source broke and when it recovered: a pure decision, from its runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.model import BROKEN, Run, SourceCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A source began to fail, or began to work again."""

    card: SourceCard
    run: Run
    """The first run that failed, or the first that did not."""
    broke: bool
    """False where it recovered."""

    @property
    def at(self) -> datetime:
        """When it was known."""
        return self.run.ended or self.run.heartbeat or self.run.started


def incidents_of(card: SourceCard, runs: Sequence[Run]) -> list[Incident]:
    """Tell the incidents that a source's runs show, in any order; the oldest first.

    A run that was stopped by whoever runs it, or still runs, says nothing. What stood before the
    oldest run is not known: it breaks nothing and recovers from nothing, unless it is the first.
    """
    ended = sorted(
        (run for run in runs if run.state != "running" and run.cause != "stopped"),
        key=lambda run: run.started,
    )
    found = []
    for before, run in zip([None, *ended], ended, strict=False):
        broken = run.state in BROKEN
        if before is not None and broken != (before.state in BROKEN):
            found.append(Incident(card=card, run=run, broke=broken))
    return found
