"""What the command line shows in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from crawler.clean.text import one_line
from crawler.doubts import AUDITED, REFUSALS
from crawler.round import Listener, Round, crawl_round
from crawler.round import Progress as Step
from crawler.trial import Trial
from crawler.turns import holder_said
from store.model import WEAKENED_SAID, Run, SourceCard, local_time
from store.status import SourceStatus
from store.turns import Lease

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
    "broken": "red",
}

SHOWN_CHARACTERS = 320
"""Of a long field."""
RUNNER_UP_CHARACTERS = 120
SHOWN_LINKS = 4
"""Pictures or files of a field."""
MOST_COLUMNS = 120
NOTHING = "—"
NO_ADDRESS_SAID = (
    "Không biết địa chỉ của trang nên liên kết có thể thiếu máy chủ: thêm --url https://… / "
    "the page's address is unknown, so links may lack their host: give --url https://…"
)


def crawl_on_screen(round_: Round, *, quiet: bool) -> tuple[list[Run], dict[str, Lease]]:
    """Crawl with a live bar a source on standard error; without one where nobody looks.

    Returns the runs, and by source the leases of those who crawl the others.
    """
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
    left: dict[str, Lease] = {}

    def busy(source: str, lease: Lease) -> None:
        left[source] = lease
        bars.stop_task(tasks[source])
        console.print(Text(busy_said(source, lease)))

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
        listener = Listener(progress=progress, ended=ended, busy=busy, log=log)
        return crawl_round(round_, listener), left


def busy_said(source: str, lease: Lease) -> str:
    """Say why a source was not crawled."""
    since = f"{local_time(lease.since):%H:%M:%S}"
    what = "" if lease.source == source else f" ({lease.source}, cùng máy chủ / on the same host)"
    return (
        f"{source}: {holder_said(lease)} đang thu thập từ / crawls it since {since}{what}; "
        "để phần họ / left to them"
    )


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
        table.add_row(run.source, state_text(run.state), summary_of(run), seconds)
    Console().print(table)
    for run in runs:
        if run.message:
            _errors().print(Text(f"{run.source}: {run.message}"))


def weakened_said(card: SourceCard) -> str:
    """Say what a source's recipe lets in; empty where that is nothing."""
    return "; ".join(" / ".join(WEAKENED_SAID[weakness]) for weakness in card.weakened)


def show_status(rows: Sequence[SourceStatus], *, in_full: bool) -> None:
    """Show how sources do, the worst first; one in full with its last runs."""
    console = Console()
    if not rows:
        console.print("Chưa có nguồn nào / no source was crawled yet: tinso crawl")
        return
    table = Table(box=None)
    for heading in (
        "Nguồn\nsource",
        "Tình trạng\nstate",
        "Bài\narticles",
        "Lần cuối → tới\nlast → next",
    ):
        table.add_column(heading, overflow="fold")
    table.add_column("Vì sao\nwhy", overflow="fold", ratio=1)
    for row in rows:
        times = (row.runs[0].started if row.runs else None, row.due)
        last = " →\n".join(f"{local_time(at):%d/%m/%Y %H:%M}" if at else "–" for at in times)
        why = f"{row.verdict.reason_vi} / {row.verdict.reason_en}"
        told = Text("\n".join(filter(None, (why, weakened_said(row.card)))))
        table.add_row(row.card.id, state_text(row.verdict.state), str(row.articles), last, told)
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
    """Show each field of a page, its value, its rule and the runners-up, then the doubts."""
    console = Console()
    document = trial.shown()
    for heading, told in (
        ("Trang / page", document["url"] or document["file"]),
        ("Họ / family", document["family"]),
        ("Dấu vết / traces", ", ".join(document["evidence"])),
        ("Công thức / recipe", document["recipe"] or "không có / none"),
    ):
        if told:
            console.print(Text(f"{heading}: {told}"))
    if not trial.has_address:
        console.print(Text(NO_ADDRESS_SAID))
    refusal = document["refusal"]
    if refusal:
        where = console if document["entries"] else _errors()
        said = f"{REFUSALS[refusal['reason']]} / no article: {refusal['message']}"
        where.print(Text(f"Không có bài: {said}"))
    console.print()
    console.print(_fields_table(document), width=min(console.width, MOST_COLUMNS))
    doubts = dict(zip(document["doubts"], document["doubts_said"], strict=True))
    doubts.pop(AUDITED, None)  # no doubt in itself: `confidence` tells what came of it
    if doubts:
        console.print(Text("\nNghi vấn / doubts"))
    for code, said in doubts.items():
        console.print(Text(f"- {said} ({code})"))
    _show_entries(console, document)


def _fields_table(document: dict[str, Any]) -> Table:
    table = Table(box=None, expand=True, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("trường\nfield", no_wrap=True)
    table.add_column("giá trị\nvalue", overflow="fold", ratio=3)
    table.add_column("luật\nrule", overflow="fold", ratio=2)
    for name, field in document["fields"].items():
        rule = field["rule"] or ""
        table.add_row(Text(name), Text(short(field["value"])), Text(rule))
        for other in field["runners_up"]:
            value = short(from_difference(other["value"], field["value"]), RUNNER_UP_CHARACTERS)
            row = (Text(told, style="dim") for told in ("  hoặc / or", value, other["rule"]))
            table.add_row(*row)
    if "title" in document:
        table.add_row("province", Text(short(document["province"])), document["province_from"])
        table.add_row("topics", Text(short(", ".join(document["topics"]))))
        confidence = document["confidence"]
        table.add_row("confidence", NOTHING if confidence is None else f"{confidence:.2f}")
    return table


def _show_entries(console: Console, document: dict[str, Any]) -> None:
    entries = document["entries"]
    if entries:
        console.print(Text(f"\nDanh sách / list: {len(entries)} bài / articles"))
    for entry in entries:
        date = _local(entry["published"], entry["published_precision"])
        console.print(Text(f"{date}  {entry['title'] or NOTHING}\n    {entry['url']}"))
    if document["next_url"]:
        console.print(Text(f"Trang sau / next page: {document['next_url']}"))


def _local(at: str | None, precision: str | None) -> str:
    if at is None:
        return NOTHING
    form = "%d/%m/%Y" if precision == "day" else "%d/%m/%Y %H:%M"
    return local_time(datetime.fromisoformat(at)).strftime(form)


def short(value: object, most: int = SHOWN_CHARACTERS) -> str:
    """Write a value on few lines: a text cut short, of pictures and files the first ones."""
    if isinstance(value, list):
        lines = [short(_linked(one), most) for one in value[:SHOWN_LINKS]]
        left = len(value) - len(lines)
        return "\n".join([*lines, f"… +{left}"] if left else lines) or NOTHING
    text = one_line(str(value or ""))
    return (text if len(text) <= most else f"{text[: most - 1]}…") or NOTHING


def _linked(one: dict[str, Any]) -> str:
    name = one.get("title") or one.get("caption")
    return f"{name} {one['url']}" if name else str(one["url"])


def from_difference(value: object, taken: object) -> object:
    """Begin a long text shortly before it parts from the one that was taken."""
    if not (isinstance(value, str) and isinstance(taken, str)):
        return value
    line = one_line(value)
    pairs = zip(line, one_line(taken), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if len(line) <= RUNNER_UP_CHARACTERS or same < RUNNER_UP_CHARACTERS // 2:
        return line
    start = line.rfind(" ", 0, same - RUNNER_UP_CHARACTERS // 4) + 1
    return f"… {line[start:]}" if start else line


def state_text(state: str) -> Text:
    """Colour a state."""
    return Text(state, style=STATE_STYLE.get(state, ""))


def _errors() -> Console:
    return Console(file=sys.stderr)
