"""What reading a page costs in CPU, beside parsing it: rounds interleaved, medians compared.

Each reading starts from bytes on a fresh page, so that its ratio counts decoding and parsing too.
"""

from __future__ import annotations

import json
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import process_time_ns

import click
from lxml import etree
from rich.console import Console
from rich.table import Table

from crawler.clean.urls import absolute
from crawler.extract.page import Page
from crawler.extract.text.general import general_body
from crawler.extract.titles.names import is_office_key
from crawler.families import family_named
from crawler.reading import read, read_list, recognise
from crawler.recipe import Recipe, Source
from tests.cases.harness import cases
from tests.pages import NOW

LIMITS = {"recipe": 3.0, "list": 3.0, "general": 60.0}
"""Times an lxml parse of the same page; the median page of a family must keep to them."""
_LEAST_NS = 5_000_000
"""Of work in one measure: short readings are repeated, for the clock's sake."""
_WIDE = 400
"""Columns where no terminal says how many it has: no cell of the table is cut."""
_RULES = family_named("generic").rules


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One page to read, and what each way of reading took."""

    group: str
    name: str
    body: bytes
    url: str
    source: Source
    ways: tuple[str, ...]
    """Of `parse`, `recipe`, `list`, `general`: those that make sense for the page."""
    content_type: str = ""
    took_ns: dict[str, list[float]] = field(default_factory=dict)

    def ratio(self, way: str) -> float:
        """Say how many parses a reading takes."""
        return median(self.took_ns[way]) / median(self.took_ns["parse"])

    def run(self, way: str) -> None:
        page = Page(url=self.url, body=self.body, content_type=self.content_type, fetched=NOW)
        _READERS[way](page, self.source)


def _parse(page: Page, _: Source) -> object:
    return etree.fromstring(page.body, etree.HTMLParser(recover=True, encoding="utf-8"))


def _general(page: Page, _: Source) -> object:
    return general_body(page, names=_RULES.body, drop=_RULES.drop)


_READERS: dict[str, Callable[[Page, Source], object]] = {
    "parse": _parse,
    "recipe": lambda page, source: read(page, source, entry=None, now=NOW),
    "list": read_list,
    "general": _general,
}


def from_cases() -> Iterator[Sample]:
    """Take the pages of the test cases; the reading of a generic page is the general reader's."""
    for case in cases():
        family, kind = case.meta["family"], case.meta["kind"]
        ways = ("list",) if kind == "list" else ("general",) if family == "generic" else _ARTICLE
        yield Sample(
            group=family,
            name=case.name,
            body=(case.folder / "page.html").read_bytes(),
            url=case.meta["url"],
            source=case.source("recipe"),
            ways=("parse", *ways),
            content_type=case.meta.get("content_type", ""),
        )


_ARTICLE = ("recipe", "general")


def from_folder(folder: Path) -> Iterator[Sample]:
    """Take the pages below a folder, each by the family that is recognised."""
    for path in sorted(folder.rglob("*.html")):
        url = _addresses(path.parent).get(path.name, f"https://so.example.vn/{path.name}")
        page = Page(url=url, body=path.read_bytes())
        family = recognise(page)[0]
        host = "/".join(url.split("/")[:3])
        recipe = Recipe(name="Sở", site=host, listings=("/",), family=family.name)
        source = Source("dien-bien/thu", recipe)
        own = ("general",) if family.name == "generic" else _ARTICLE
        yield Sample(
            group=f"{path.parent.name} ({family.name})",
            name=path.name,
            body=page.body,
            url=url,
            source=source,
            ways=("parse", *(own if source.is_article(url) else ("list",))),
        )


def measure(samples: list[Sample], rounds: int) -> None:
    """Time every way of every page once a round."""
    for _ in range(rounds):
        for sample in samples:
            for way in sample.ways:
                sample.took_ns.setdefault(way, []).append(_timed(sample, way))


def _timed(sample: Sample, way: str) -> float:
    """Take the mean of some runs; the first one, which pays for imports and cold caches, is not."""
    sample.run(way)
    took = times = 0
    while took < _LEAST_NS:
        _forget()
        start = process_time_ns()
        sample.run(way)
        took += process_time_ns() - start
        times += 1
    return took / times


def _forget() -> None:
    """Empty what remembers addresses and titles: no page has those of one before it."""
    absolute.cache_clear()
    is_office_key.cache_clear()
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # not documented


def over_limits(samples: list[Sample]) -> list[str]:
    """Name the groups whose median page costs more than it may."""
    return [
        f"{group} {way}: {ratio:.2f} > {limit:.0f}"
        for group, members in _groups(samples).items()
        for way, limit in LIMITS.items()
        if (ratio := _median(members, way)) is not None and ratio > limit
    ]


def _table(samples: list[Sample]) -> Table:
    table = Table(title="CPU a page, in parses of the same page: median (worst page)")
    table.add_column("pages of")
    for head in (
        "pages",
        "KB",
        "parse ms",
        *(f"{way} ≤ {most:.0f}" for way, most in LIMITS.items()),
    ):
        table.add_column(head, justify="right")
    for group, members in _groups(samples).items():
        cells = []
        for way, limit in LIMITS.items():
            ratio = _median(members, way)
            most = max((s.ratio(way) for s in members if way in s.ways), default=0.0)
            text = "" if ratio is None else f"{ratio:.2f} ({most:.2f})"
            cells.append(f"[red]{text}[/red]" if ratio is not None and ratio > limit else text)
        parse_ms = median(median(s.took_ns["parse"]) for s in members) / 1e6
        size = median(len(s.body) for s in members) / 1000
        table.add_row(group, str(len(members)), f"{size:.1f}", f"{parse_ms:.3f}", *cells)
    return table


def _median(members: list[Sample], way: str) -> float | None:
    ratios = [sample.ratio(way) for sample in members if way in sample.ways]
    return median(ratios) if ratios else None


def _groups(samples: list[Sample]) -> dict[str, list[Sample]]:
    groups: dict[str, list[Sample]] = {}
    for sample in samples:
        groups.setdefault(sample.group, []).append(sample)
    return groups


def _addresses(folder: Path) -> dict[str, str]:
    """Read from `index.json` or `labels.jsonl` beside the pages where each is from."""
    index, labels = folder / "index.json", folder / "labels.jsonl"
    if index.is_file():
        told = json.loads(index.read_text(encoding="utf-8"))
        return {f["file"]: told["base_url"] + f["url"] for f in told["files"] if "url" in f}
    if labels.is_file():
        lines = map(json.loads, labels.read_text(encoding="utf-8").splitlines())
        return {line["file"]: line["url"] for line in lines if line.get("url")}
    return {}


@click.command()
@click.option("--pages", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rounds", default=7, show_default=True, help="How often each page is read.")
def extract(pages: Path | None, rounds: int) -> None:
    """Compare reading a page with parsing it; --pages DIR takes further pages."""
    samples = [*from_cases(), *(from_folder(pages) if pages else ())]
    measure(samples, rounds)
    console = Console(width=None if Console().is_terminal else _WIDE)
    console.print(_table(samples))
    over = over_limits(samples)
    for line in over:
        console.print(f"above its limit: {line}")
    sys.exit(1 if over else 0)
