"""How long news waits, and what asking costs: a year of publishing against ways of scheduling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from statistics import median, quantiles

import click
from rich.console import Console
from rich.table import Table

from crawler.schedule import A_DAY, APPEARANCES, RUNS, next_due
from store.model import Appearance, Run, local_time
from tests.bench.rhythms import HELD_OUT, KNOWN, Publisher

BEGIN = datetime(2025, 12, 1, tzinfo=UTC)
_BACKLOG = 10
"""Articles that a list shows when a source is first crawled."""
_TOOK, _READ = timedelta(seconds=20), timedelta(seconds=8)
"""A crawl; and when it reads what it found."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one way of scheduling made of one year."""

    delays: list[float] = field(default_factory=list)
    """Minutes from publication to store."""
    a_day: float = 0.0
    """Requests a day."""

    @property
    def median(self) -> float:
        return median(self.delays)

    @property
    def late(self) -> float:
        return quantiles(self.delays, n=20)[-1]


Next = Callable[[list[Run], list[Appearance], datetime], datetime]


def own(name: str, a_day: float = A_DAY) -> Next:
    """Schedule by `next_due`, given what a store would give."""

    def choose(runs: list[Run], appeared: list[Appearance], now: datetime) -> datetime:
        newest = sorted(appeared, key=lambda each: each.published)[-APPEARANCES:]
        return next_due(name, runs=runs[-RUNS:], appeared=newest, now=now, a_day=a_day).at

    return choose


def every(minutes: int) -> Next:
    """Schedule at fixed intervals."""
    return lambda runs, _appeared, _now: runs[-1].started + timedelta(minutes=minutes)


def simulate(
    publisher: Publisher, choose: Next, *, days: int, seed: int, begin: datetime = BEGIN
) -> Outcome:
    """Crawl a source for so many days, from its first crawl on."""
    end = begin + timedelta(days=days)
    moments = publisher.moments(begin - timedelta(days=90), end, seed)
    first = sum(moment < begin for moment in moments)
    stored, runs, now = max(first - _BACKLOG, 0), list[Run](), begin
    appeared: list[Appearance] = []
    delays: list[float] = []
    while now < end:
        while stored < len(moments) and moments[stored] <= now:
            appeared.append(_seen(publisher, moments[stored], now + _READ))
            if stored >= first:
                delays.append((now - moments[stored]) / _MINUTE)
            stored += 1
        runs.append(Run(id=str(len(runs)), source="", state="ok", started=now, ended=now + _TOOK))
        now = choose(runs, appeared, now + _TOOK)
    return Outcome(delays=delays, a_day=len(runs) / days)


def _seen(publisher: Publisher, moment: datetime, seen: datetime) -> Appearance:
    if publisher.precision == "day":
        local = local_time(moment)
        moment = datetime.combine(local.date(), time(), local.tzinfo)
    return Appearance(
        published=moment.astimezone(UTC),
        published_precision=publisher.precision,
        published_from="page",
        first_seen=seen,
    )


WAYS: tuple[tuple[str, Callable[[str], Next]], ...] = (
    ("own", own),
    ("60 min", lambda _: every(60)),
    ("own, a third", lambda name: own(name, 32.5)),
    ("15 min", lambda _: every(15)),
)
"""`next_due` as it is beside hourly crawls, and given a third of the requests of the others."""


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """Join what one way made of several sources."""
    return Outcome(
        delays=[delay for outcome in outcomes for delay in outcome.delays],
        a_day=sum(outcome.a_day for outcome in outcomes) / len(outcomes),
    )


def faults(own: Outcome, hourly: Outcome, third: Outcome, quarterly: Outcome) -> list[str]:
    """Say where `next_due` does not keep to its limits; empty where it does."""
    limits = (
        ("median", own.median, hourly.median),
        ("p95", own.late, hourly.late),
        ("requests", own.a_day, hourly.a_day),
        ("median of a third", third.median, 1.5 * quarterly.median),
        ("p95 of a third", third.late, 1.5 * quarterly.late),
        ("requests of a third", third.a_day, quarterly.a_day / 3),
    )
    return [f"{name} {is_:.1f} > {limit:.1f}" for name, is_, limit in limits if is_ > limit]


@click.command
@click.option("--days", default=365, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--held-out", is_flag=True, help="The rhythms that it was not made with in view.")
def schedule(days: int, seed: int, held_out: bool) -> None:
    """Delay from publication to store, and requests a day, beside fixed intervals."""
    publishers = HELD_OUT if held_out else KNOWN
    table = Table("source", "articles")
    for name, _ in WAYS:
        for column in ("median", "p95", "a day"):
            table.add_column(f"{name}\n{column}", justify="right")
    table.add_column("beyond a limit")
    by_way: dict[str, list[Outcome]] = {name: [] for name, _ in WAYS}
    for publisher in publishers:
        for name, make in WAYS:
            outcome = simulate(publisher, make(publisher.name), days=days, seed=seed)
            by_way[name].append(outcome)
        _add_row(table, publisher.name, [by_way[name][-1] for name, _ in WAYS])
    overall = [together(by_way[name]) for name, _ in WAYS]
    _add_row(table, "all", overall)
    Console(width=220).print(table)
    raise SystemExit(1 if faults(*overall) else 0)


def _add_row(table: Table, name: str, outcomes: Sequence[Outcome]) -> None:
    cells = [f"{x:.1f}" for each in outcomes for x in (each.median, each.late, each.a_day)]
    table.add_row(name, str(len(outcomes[0].delays)), *cells, "; ".join(faults(*outcomes)) or "–")
