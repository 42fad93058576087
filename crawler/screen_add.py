"""What `tinso sources add` shows in a terminal, and what it asks."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.clean.text import one_line
from crawler.extract.draft import Entry
from crawler.runners_up import written
from crawler.scaffold.add import Added
from crawler.scaffold.lists import Look
from crawler.scaffold.propose import Offer, Proposal
from crawler.scaffold.reasons import DOUBTS, NOT_CHOSEN, said
from crawler.screen import NOTHING

_SHOWN_ENTRIES = 3
_ORDERS = {
    "newest": "mới nhất trước / newest first",
    "oldest": "cũ nhất trước / oldest first",
    "mixed": "không theo ngày / unordered",
    "unknown": "chưa rõ thứ tự / order unknown",
}

NEXT = (
    "Tiếp theo / next:",
    "- so từng expected.json với page.html, sửa cho đúng,",
    "  rồi bỏ dòng unconfirmed trong meta.json /",
    "  compare each expected.json with its page.html, mend it,",
    "  then delete unconfirmed from meta.json",
    "- tinso sources check {0}",
)
NOT_WRITTEN = ("Chưa ghi gì: thêm --yes / nothing was written: give --yes",)


class Asking:
    """Asks a person who sits in front of it (`crawler.scaffold.add.Chooser`)."""

    def __init__(self, *, given_id: bool) -> None:
        self.given_id = given_id

    def lists(self, proposal: Proposal) -> Sequence[Look]:
        """Show what each list would give, and ask for the numbers of those to collect."""
        show_proposal(proposal)
        offers = proposal.offers
        usual = ",".join(str(n) for n, offer in enumerate(offers, 1) if offer.chosen)
        numbers: list[int] = click.prompt(
            "Thu thập danh sách nào, ví dụ 1,2 / which lists, such as 1,2",
            default=usual or None,
            value_proc=lambda text: _numbers(text, len(offers)),
            err=True,
        )
        return [offers[number - 1].look for number in numbers]

    def source_id(self, proposal: Proposal) -> str | None:
        """Ask for the id where none was given; what was found is the answer to take."""
        if self.given_id:
            return None
        place = proposal.place
        for doubt in place.doubts:
            click.echo(f"? {doubt}", err=True)
        answer: str = click.prompt(
            "Id: tỉnh/đơn vị / province/department",
            default=None if place.doubts else place.id,
            err=True,
        )
        return answer.strip()


def _numbers(text: str, most: int) -> list[int]:
    parts = [part.strip() for part in str(text).split(",") if part.strip()]
    if not parts or not all(part.isdecimal() and 1 <= int(part) <= most for part in parts):
        raise click.BadParameter(f"1 … {most}, ví dụ / such as: 1,2")
    return list(dict.fromkeys(map(int, parts)))


def tell_address(url: str) -> None:
    """Say which page is asked for."""
    click.echo(f"Đang đọc / reading {url}", err=True)


def show_proposal(proposal: Proposal) -> None:
    """Show what was found at a site, and what each list would give."""
    console, found = Console(), proposal.survey
    table = _facts()
    for name, value in (
        ("Trang / site", found.site),
        ("Họ / family", found.family),
        ("Dấu vết / traces", ", ".join(found.evidence)),
        ("Bảng mã / charset", found.charset),
        ("Nguồn tin / feeds", "\n".join(found.feeds)),
        ("Sơ đồ / sitemaps", "\n".join(found.sitemaps)),
        ("Nơi / place", proposal.place.id or ""),
    ):
        if value:
            table.add_row(name, Text(value))
    console.print(table)
    for number, offer in enumerate(proposal.offers, 1):
        _show_offer(console, number, offer)
    console.print()


def _show_offer(console: Console, number: int, offer: Offer) -> None:
    look = offer.look
    mark = "✓" if offer.chosen else " "
    name = one_line(look.link.name) or NOTHING
    console.print(Text(f"\n[{number}] {mark} {name}  {look.link.url}", style="bold"))
    counts = (
        f"{len(look.entries)} bài / articles, {look.dated} có ngày / dated, {_ORDERS[look.order]}"
    )
    console.print(Text(f"      {counts}"))
    if offer.why:
        console.print(Text(f"      {said(NOT_CHOSEN, offer.why)}", style="yellow"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for entry in look.entries[:_SHOWN_ENTRIES]:
        table.add_row(
            f"      {_date(entry)}", Text(f"{one_line(entry.title or NOTHING)}\n{entry.url}")
        )
    console.print(table)


def show_added(added: Added, *, chosen_by_itself: bool) -> None:
    """Show what was read, the recipe, the doubts, and where the files are."""
    console = Console()
    if chosen_by_itself:
        show_proposal(added.proposal)
    for document in added.shown()["articles"]:
        console.print(Text(f"Bài / article  {document['url']}", style="bold"))
        table = _facts()
        for name, value, rule in (
            ("  title", document["title"], document["title_rule"]),
            ("  published", document["published"], document["published_rule"]),
            ("  body", document["body_starts"], document["body_rule"]),
        ):
            table.add_row(name, Text(f"{one_line(value or NOTHING)}\n({rule or NOTHING})"))
        console.print(table)
    for one in added.offered:
        mark = "✓" if one.fresh else " "
        console.print(Text(f"{mark} {one.kind}  {one.url}\n    {one.state}: {one.reason}"))
    absent = [failure for failure in added.failures if failure.cause == "not-saved"]
    for failure in added.failures:
        if failure not in absent:
            console.print(Text(f"! {failure.message}", style="yellow"))
    if absent:
        count = f"! {len(absent)} trang chưa lưu / pages not saved"
        console.print(Text(f"{count}: {absent[0].url} …"))
    console.print(Text(f"\n{added.drafted.source.id}.toml", style="bold"))
    console.print(Text(added.drafted.text), soft_wrap=True)
    for code in added.doubts:
        console.print(Text(f"? {said(DOUBTS, code)} ({code})", style="yellow"))
    for path in added.files:
        console.print(Text(f"Đã ghi / written  {path}"), soft_wrap=True)
    for line in NEXT if added.files else NOT_WRITTEN:
        console.print(Text(line.format(added.drafted.source.id)))


def _facts() -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    return table


def _date(entry: Entry) -> str:
    return written(entry.date.value)[:10] if entry.date else NOTHING
