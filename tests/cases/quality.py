"""`./run quality`: the table of scores, and the floors that only rise."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from tests.cases.harness import FIELDS, ROOT, WAYS, Way, cases, scores

FLOORS = ROOT / "floors.toml"
HEAD = """\
# Mean score of each field over all cases; under its floor a test fails.
# `./run quality --raise` lifts the floors to what is reached. Nothing lowers them.
"""
_WORST = 3

Floors = Mapping[str, Mapping[str, float]]
Table_ = Mapping[str, Mapping[str, float]]


def means(table: Table_) -> dict[str, float]:
    """Average the cases of each field, cut to three digits, so that a floor is never above."""
    return {field: int(1000 * sum(s.values()) / len(s)) / 1000 for field, s in table.items()}


def read_floors(path: Path = FLOORS) -> Floors:
    found: Floors = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def raised(floors: Floors, reached: Floors) -> dict[str, dict[str, float]]:
    """Take the higher of floor and score; a floor that no case reaches for any more stays."""
    return {
        way: {
            field: max(floors.get(way, {}).get(field, 0.0), reached.get(way, {}).get(field, 0.0))
            for field in FIELDS
            if field in floors.get(way, {}) or field in reached.get(way, {})
        }
        for way in WAYS
    }


def written(floors: Floors) -> str:
    """Write floors as TOML, a table a way."""
    parts = [
        f"\n[{way}]\n" + "".join(f"{field} = {value:.3f}\n" for field, value in told.items())
        for way, told in floors.items()
    ]
    return HEAD + "".join(parts)


def worst(told: Mapping[str, float]) -> str:
    """Name the cases that score least, with their scores; empty where all are right."""
    low = sorted((value, name) for name, value in told.items() if value < 0.9995)[:_WORST]
    return ", ".join(f"{name} {value:.2f}" for value, name in low)


def _shown(way: Way, table: Table_, floors: Mapping[str, float]) -> Table:
    shown = Table(title=f"{way}", title_justify="left")
    for name in ("field", "score", "floor", "cases", "exact"):
        shown.add_column(name, justify="left" if name == "field" else "right")
    shown.add_column("worst cases")
    reached = means(table)
    for field, told in table.items():
        floor = floors.get(field, 0.0)
        shown.add_row(
            field,
            f"{reached[field]:.3f}",
            f"[red]{floor:.3f}[/red]" if reached[field] < floor else f"{floor:.3f}",
            str(len(told)),
            str(sum(value == 1 for value in told.values())),
            worst(told),
        )
    return shown


@click.command()
@click.option("--raise", "lift", is_flag=True, help="Lift the floors to the scores reached.")
def main(lift: bool) -> None:
    """Score every field of every case, read by recipe and unaided."""
    found = cases()
    console = Console(width=None if Console().is_terminal else 160)
    tables = {way: scores(way, found) for way in WAYS}
    floors = read_floors()
    for way in WAYS:
        console.print(_shown(way, tables[way], floors.get(way, {})))
    families = {case.folder.parent.name for case in found}
    console.print(f"{len(found)} cases of {len(families)} families")
    if lift:
        new = raised(floors, {way: means(tables[way]) for way in WAYS})
        FLOORS.write_text(written(new), encoding="utf-8")
        console.print(f"floors raised in {FLOORS.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
