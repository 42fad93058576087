"""What the command line shows of sources in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.catalogue import Listed, Portrait
from crawler.check import Checked
from crawler.recipe import Recipe
from crawler.screen import NOTHING, state_text, weakened_said


def show_sources(found: Sequence[Listed]) -> None:
    """Show sources, a few lines each: id and family, name, site and end."""
    console = Console()
    if not found:
        console.print("Không có nguồn nào / no source is so")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Nguồn / source", no_wrap=True)  # copied, so never broken
    table.add_column("Tên, địa chỉ / name, site", overflow="fold", ratio=1)
    for listed in found:
        source, recipe = listed.source, listed.source.recipe
        about = [recipe.family, *(["đã kiểm"] if recipe.checked else [])]
        first = Text.assemble(source.id, "\n", (" · ".join(about), "dim"))
        if listed.state:
            first.append("\n").append_text(state_text(listed.state))
        told = (recipe.name, recipe.site, end_of(recipe), weakened_said(source.card))
        table.add_row(first, Text("\n".join(filter(None, told))))
    console.print(table)
    checked = sum(listed.source.recipe.checked for listed in found)
    console.print(f"{len(found)} nguồn / sources · {checked} đã kiểm / checked")


def end_of(recipe: Recipe) -> str:
    """Say until when the department was, and who came after it; empty where it still is."""
    day = f"đến / until {recipe.until:%d/%m/%Y}" if recipe.until else ""
    return f"{day} → {recipe.successor}" if recipe.successor else day


def show_portrait(portrait: Portrait) -> None:
    """Show all of one source, a row a fact; what the recipe leaves to the family is left out."""
    console = Console()
    told = portrait.shown()
    recipe = portrait.source.recipe
    verdict = portrait.verdict
    then, now = told["province_name"], told["province_now_name"]
    said = recipe.model_dump(
        mode="json",
        exclude_defaults=True,
        exclude={"name", "site", "family", "listings", "until", "successor", "formerly", "checked"},
    )
    rows: list[tuple[str, Text | str]] = [
        ("Nguồn / source", told["id"]),
        ("Tên / name", recipe.name),
        ("Trang / site", recipe.site),
        ("Tỉnh / province", f"{then} → {now}" if then != now else then or "trung ương / ministry"),
        ("Họ / family", recipe.family),
        ("Danh sách / lists", "\n".join(told["listing_urls"])),
        ("Máy chủ / hosts", ", ".join(told["hosts"])),
        ("Kết thúc / ended", end_of(recipe) or NOTHING),
        ("Đã kiểm / checked", "có / yes" if recipe.checked else "chưa / no"),
        *((f"  {key}", _value(value)) for key, value in said.items()),
        ("Tệp / file", told["file"]),
    ]
    if verdict is None:
        rows.append(("Lần cuối / last", "chưa thu thập / never crawled"))
    else:
        why = f" {verdict.reason_vi} / {verdict.reason_en}"
        rows.append(("Lần cuối / last", state_text(verdict.state).append(why, "none")))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for name, value in rows:
        table.add_row(name, value if isinstance(value, Text) else Text(value))
    console.print(table)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key} = {_value(one)}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


_RESULTS = {"matched": ("✓", "green"), "fell back": ("~", "yellow"), "missing": ("✗", "red")}


def show_checked(checked: Checked) -> None:
    """Show a source's state, then a line a rule: what gave it, and instead of what."""
    console = Console()
    count = f"{checked.entries} bài / articles, {checked.dated} có ngày / dated"
    head = Text.assemble((checked.source, "bold"), "  ", state_text(checked.state), f"  {count}")
    console.print(head)
    if checked.message:
        console.print(Text(f"  {checked.message}"))
    for url, lines in groupby(checked.rules, key=lambda line: line.url):
        console.print(Text(f"  {url}", style="dim"), soft_wrap=True)
        for line in lines:
            mark, style = _RESULTS[line.result]
            instead = f"  ← {line.instead_of}" if line.instead_of else ""
            field = (f"  {mark} {line.field:<13} ", style)
            console.print(Text.assemble(field, f"{line.rule or NOTHING}{instead}"))


def show_states(checked: Sequence[Checked]) -> None:
    """Sum up how many sources are in which state."""
    states = Counter(one.state for one in checked)
    console = Console()
    console.print(" · ".join(f"{states[state]} {state}" for state in ("ok", "degraded", "broken")))
