"""When a source is to be crawled next: one pure decision of plain data and `now`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from store.health import settle
from store.model import Appearance, Run

SOONEST, LATEST = timedelta(minutes=10), timedelta(hours=24)
"""Between the end of a crawl and the next; a recipe's own pace may be slower."""

APPEARANCES = 200
"""How many of a source's newest articles tell its rhythm."""

RUNS = 100
"""How many of its newest runs `next_due` looks at."""

Reason = Literal["first", "pace", "rhythm", "burst", "back-off", "asked-to-wait"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When to crawl a source, and what settled it."""

    at: datetime
    """Aware UTC, never before the `now` that was given."""
    reason: Reason


def next_due(
    source_id: str,  # noqa: ARG001
    *,
    runs: Sequence[Run],
    appeared: Sequence[Appearance],  # noqa: ARG001
    now: datetime,
    every_minutes: int | None = None,
) -> Due:
    """Decide when to crawl the source next.

    `runs` and `appeared` are the source's newest, in any order (`RUNS` and `APPEARANCES` of them
    are enough); what lies in the future of `now` is ignored. `every_minutes` is the recipe's own
    pace (`[pace]`).
    """
    ended = [settle(run, now) for run in runs if run.started <= now]
    if not ended:
        return Due(at=now, reason="first")
    last = max(run.started for run in ended)
    pause = timedelta(minutes=every_minutes or 60)
    return Due(at=max(now, last + pause), reason="pace" if every_minutes else "rhythm")
