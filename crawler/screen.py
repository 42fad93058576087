"""What the command line shows in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from crawler.recipe import Source
from crawler.round import Listener, Round, crawl_round
from crawler.round import Progress as Step
from crawler.trial import Trial
from store.model import Run, local_time
from store.status import SourceStatus

STATE_STYLE = {
    "ok": "green",
    "quiet": "green",
    "partial": "yellow",
    "degraded": "yellow",
    "unverified": "yellow",
    "failed": "red",
    "failing": "red",
    "killed": "red",
    "dead": "red",
}

SHOWN_CHARACTERS = 400
"""Of a long field."""


def crawl_on_screen(round_: Round, *, quiet: bool) -> list[Run]:
    """Crawl with a live bar a source on standard error; without one where nobody looks."""
    console = Console(stderr=True)
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} trang / pages"),
        TextColumn("{task.fields[kept]} mới / new"),
        TimeElapsedColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
    )
    tasks: dict[str, TaskID] = {}

    def progress(step: Step) -> None:
        bars.update(
            tasks[step.source],
            total=max(step.entries, step.read + step.failed),
            completed=step.read + step.failed,
            kept=step.kept,
        )

    def ended(run: Run) -> None:
        bars.update(tasks[run.source], kept=run.counters.get("keep/inserted", 0))
        bars.stop_task(tasks[run.source])
        if not quiet and not console.is_terminal:
            console.print(f"{run.source}: {run.state}, {summary_of(run)}", highlight=False)

    def log(line: str) -> None:
        console.print(Text(line))

    with bars:
        for source in round_.sources:
            tasks[source] = bars.add_task(source, total=None, kept=0)
        return crawl_round(round_, Listener(progress=progress, ended=ended, log=log))


def summary_of(run: Run) -> str:
    """Sum a run up in a line."""
    count = run.counters.get
    return (
        f"{count('keep/inserted', 0)} mới / new, {count('keep/updated', 0)} sửa / edited, "
        f"{count('keep/same', 0)} như cũ / same"
    )


def show_runs(runs: Sequence[Run]) -> None:
    """Show how crawls ended: a table, then each failure in full."""
    table = Table(box=None)
    for heading in ("Nguồn / source", "Kết quả / state", "Bài / articles", "Giây / seconds"):
        table.add_column(heading, overflow="fold")
    for run in runs:
        seconds = f"{(run.ended - run.started).total_seconds():.1f}" if run.ended else ""
        table.add_row(run.source, _state(run.state), summary_of(run), seconds)
    Console().print(table)
    for run in runs:
        if run.message:
            _errors().print(Text(f"{run.source}: {run.message}"))


def show_sources(sources: Sequence[Source]) -> None:
    """Show the sources that have a recipe."""
    table = Table(box=None)
    for heading in ("id", "Tên / name", "family", "site", "Đã kiểm / checked"):
        table.add_column(heading, overflow="fold")
    for source in sources:
        recipe = source.recipe
        checked = "có / yes" if recipe.checked else "chưa / no"
        table.add_row(source.id, Text(recipe.name), recipe.family, Text(recipe.site), checked)
    Console().print(table)


def show_status(rows: Sequence[SourceStatus], *, in_full: bool) -> None:
    """Show how sources do, the worst first; one in full with its last runs."""
    console = Console()
    if not rows:
        console.print("Chưa có nguồn nào / no source was crawled yet: tinso crawl")
        return
    table = Table(box=None)
    for heading in ("Nguồn / source", "Tình trạng / state", "Bài / articles", "Lần cuối / last"):
        table.add_column(heading, overflow="fold")
    table.add_column("Vì sao / why", overflow="fold", ratio=1)
    for row in rows:
        last = f"{local_time(row.runs[0].started):%d/%m/%Y %H:%M}" if row.runs else "–"
        why = f"{row.verdict.reason_vi} / {row.verdict.reason_en}"
        table.add_row(row.card.id, _state(row.verdict.state), str(row.articles), last, Text(why))
    console.print(table)
    if in_full:
        for run in rows[0].runs:
            console.print(
                Text(
                    f"{local_time(run.started):%d/%m/%Y %H:%M:%S}  {run.state}  {run.message or ''}"
                )
            )
            for path, count in run.counters.items():
                console.print(f"    {path}  {count}", highlight=False)


def show_trial(trial: Trial) -> None:
    """Show each field of a page, its value, the rule that gave it, and the doubts."""
    console = Console()
    evidence = ", ".join(trial.evidence)
    console.print(Text(f"{trial.page.url}"))
    console.print(
        Text(f"family {trial.source.recipe.family}  {evidence}  recipe {trial.source.id}")
    )
    shown = trial.shown()
    provenance = shown.get("provenance", {})
    if trial.reading.sighting is not None:
        table = Table(box=None)
        for heading in ("field", "value", "rule"):
            table.add_column(heading, overflow="fold")
        for name, value in shown.items():
            if name not in {"entries", "provenance", "doubts", "evidence", "refusal", "next_url"}:
                table.add_row(name, Text(_short(value)), Text(provenance.get(name, "")))
        console.print(table)
    elif trial.reading.refusal is not None and not trial.listing.entries:
        _errors().print(Text(trial.reading.refusal.message))
    for doubt in trial.reading.doubts:
        console.print(Text(f"doubt: {doubt}"))
    for entry in trial.listing.entries:
        date = f"{entry.date.value.at:%d/%m/%Y %H:%M}" if entry.date else "–"
        console.print(Text(f"{date}  {entry.title or ''}  {entry.url}"))
    if trial.listing.next_url:
        console.print(Text(f"next: {trial.listing.next_url}"))


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def _state(state: str) -> Text:
    return Text(state, style=STATE_STYLE.get(state, ""))


def _errors() -> Console:
    return Console(file=sys.stderr)
