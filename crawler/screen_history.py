"""How the versions of an article are shown in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from crawler.history import History
from store.difference import Change, Kind, Part, Passage, Piece
from store.model import ArticleState, local_time, show_published

_PARTS: Mapping[Part, str] = {
    "title": "Tiêu đề / title",
    "summary": "Tóm tắt / summary",
    "body": "Nội dung / text",
    "attachments": "Tệp đính kèm / files",
}
_STATES: Mapping[ArticleState, str] = {"live": "đang đăng / live", "withdrawn": "đã gỡ / withdrawn"}
_STYLES: Mapping[Kind, str] = {
    "same": "",
    "gone": "red strike",
    "new": "green",
    "folded": "dim",
}
_SIGNS: Mapping[Kind, tuple[str, str]] = {"gone": ("[-", "-]"), "new": ("{+", "+}")}
"""What stands around a piece where there are no colours, as in `git diff --word-diff`."""


def show_history(history: History) -> None:
    """Show an article, its versions with their dates, and what changed from each to the next."""
    console = Console()
    article = history.article
    console.print(Text(article.title, style="bold"))
    console.print(Text(article.url))
    console.print(
        Text(
            f"{article.source} · {show_published(article)} · {_STATES[article.state]}\n{article.id}"
        )
    )
    first = history.versions[0]
    console.print(
        Text(f"\nBản / version {first.revision}: {local_time(first.since):%d/%m/%Y %H:%M}")
    )
    if len(history.versions) == 1:
        console.print(Text("Chưa sửa lần nào / never edited"))
    for version, changes in history.steps():
        when = f"{local_time(version.since):%d/%m/%Y %H:%M}"
        console.print(Text(f"\nBản / version {version.revision}: {when}", style="bold"))
        for change in changes:
            _show_change(console, change)
        if not changes:
            console.print(Text("  chỉ đổi cách trình bày / only its form changed"))


def _show_change(console: Console, change: Change) -> None:
    console.print(Text(f"  {_PARTS[change.part]}"))
    coloured = console.is_terminal and not console.no_color
    for passage in change.passages:
        console.print(_line(passage, coloured=coloured))


def _line(passage: Passage, *, coloured: bool) -> Text:
    line = Text("    ")
    for piece in passage:
        line.append(_said(piece, coloured=coloured), style=_STYLES[piece.kind])
    return line


def _said(piece: Piece, *, coloured: bool) -> str:
    if piece.kind == "folded":
        return f"… {piece.words} chữ như cũ / words as before …"
    before, behind = ("", "") if coloured else _SIGNS.get(piece.kind, ("", ""))
    return f"{before}{piece.text}{behind}"
