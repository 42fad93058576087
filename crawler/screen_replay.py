"""What reading kept pages again gives, in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.doubts import REFUSALS
from crawler.failures import CAUSES
from crawler.replay import Replayed
from crawler.screen import from_difference, short

_CHARACTERS = 160


def show_replayed(done: Sequence[Replayed], *, write: bool) -> None:
    """Show source by source what changes: counts, then samples old and new, then what is lost."""
    console = Console()
    if not done:
        console.print("Chưa có trang nào được giữ / no page is kept yet: tinso crawl")
        return
    console.print(_counts(done))
    for one in done:
        _show_changes(console, one)
    for one in done:
        _show_lost(console, one)
    changed, written = sum(one.changed for one in done), sum(one.written for one in done)
    if write:
        console.print(Text(f"\nĐã ghi {written} bài / articles written"))
    elif changed:
        console.print(Text("\nChưa ghi gì; ghi bằng --write / nothing written yet: --write does"))


def _counts(done: Sequence[Replayed]) -> Table:
    table = Table(box=None)
    headings = ("Nguồn / source", "Trang / pages", "Như cũ / same", "Đổi / changed")
    for heading in (*headings, "Không đọc được / unread", "Không có trang / no page"):
        table.add_column(heading, overflow="fold")
    for one in done:
        counts = (one.pages, one.same, one.changed, one.lost_count, one.without_page)
        table.add_row(one.source, *map(str, counts))
    return table


def _show_changes(console: Console, one: Replayed) -> None:
    for name, count in one.fields.most_common():
        console.print(Text(f"\n{one.source} · {name}: {count} bài / articles", style="bold"))
        for sample in (each for each in one.samples if each.field == name):
            console.print(Text(f"  {sample.title}  {sample.article_id}", style="dim"))
            old, new = _said(sample.old, sample.new), _said(sample.new, sample.old)
            console.print(Text(f"  − {old}", style="red"))
            console.print(Text(f"  + {new}", style="green"))


def _show_lost(console: Console, one: Replayed) -> None:
    if not one.lost:
        return
    told = f"\n{one.source} · không còn đọc được, giữ bản cũ / cannot be read now, stay as they are"
    console.print(Text(f"{told}: {one.lost_count}", style="bold"))
    for each in one.lost:
        console.print(Text(f"  {each.title}\n    {each.url}\n    {_why(each.reason)}"))
    if one.lost_count > len(one.lost):
        console.print(Text(f"  … +{one.lost_count - len(one.lost)}"))


def _why(reason: str) -> str:
    refusals = {str(name): said for name, said in REFUSALS.items()}
    in_english = CAUSES[reason][0] if reason in CAUSES else reason
    return " / ".join(filter(None, (refusals.get(reason), in_english)))


def _said(value: Any, other: Any) -> str:
    value, other = (_joined(one) for one in (value, other))
    return short(from_difference(value, other), _CHARACTERS)


def _joined(value: Any) -> Any:
    """Write a list of words, such as topics, in one line; files and pictures stay a list."""
    is_words = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return ", ".join(value) if is_words else value
