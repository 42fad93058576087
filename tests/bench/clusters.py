"""What finding an article's story costs, with few and with many articles stored."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter_ns, process_time_ns

import click
from rich.console import Console
from rich.table import Table

from crawler.gathering import gather
from crawler.stories import fingerprint_of
from store.bands import bands_of
from store.base import Store
from store.identity import Sighting
from store.model import Article
from store.records import to_json, write
from store.sqlite import SqliteStore
from store.sqlite_rows import stamp
from store.sqlite_stories import SPAN
from tests.store.making import article

LIMIT = 2.0
"""Times the cost with a hundred times fewer articles stored."""
BATCH = 20
"""Articles kept at once, as a crawl keeps them."""
_NOW = datetime(2026, 11, 25, tzinfo=UTC)
_SPAN = timedelta(days=10 * 365)
_WORDS, _VOCABULARY = 430, 3000


def fill(file: Path, count: int) -> None:
    """Store so many fingerprints of unlike texts, as ten years of news would leave them."""
    random = Random(count)
    like = replace(fingerprint_of(article(1)), cluster="", signature=b"")
    with closing(SqliteStore(file)):
        pass
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -400000")
        db.execute("CREATE TEMP TABLE unsorted (span, band, published, number)")
        for number in range(1, count + 1):
            published = stamp(_NOW - random.random() * _SPAN)
            signature = random.randbytes(256)
            name = f"{random.getrandbits(128):032x}"
            record = to_json(write(replace(like, article_id=name)))
            db.execute(
                "INSERT INTO fingerprints VALUES (?, ?, ?, ?, ?)",
                (number, name, name, record, signature),
            )
            db.executemany(
                "INSERT INTO unsorted VALUES (?, ?, ?, ?)",
                [(published // SPAN, band, published, number) for band in bands_of(signature)],
            )
        db.execute("INSERT INTO bands SELECT * FROM unsorted ORDER BY 1, 2, 3, 4")
        db.commit()


def news(random: Random, first: int) -> Iterator[Article]:
    """Make articles without end; each fourth is a retelling of the one before."""
    number, words = first, list[str]()
    while True:
        number += 1
        if number % 4:
            words = [f"chu{random.randrange(_VOCABULARY)}" for _ in range(_WORDS)]
        else:
            words[random.randrange(_WORDS)] = "khac"
        yield article(
            number,
            source=f"dien-bien/s{number}",
            published=_NOW - timedelta(minutes=number),
            body_text=" ".join(words),
        )


def measure(store: Store, batches: int) -> tuple[float, float]:
    """Keep new articles, then find their stories; return milliseconds an article: CPU, wall."""
    made = news(Random(batches), 0)
    cpu, wall = [], []
    for _ in range(batches):
        batch = [next(made) for _ in range(BATCH)]
        store.keep([Sighting(article=each, aliases=(f"a {each.id}",)) for each in batch])
        cpu_ns, wall_ns = process_time_ns(), perf_counter_ns()
        gather(store, [each.id for each in batch], _NOW)
        cpu.append((process_time_ns() - cpu_ns) / 1e6 / BATCH)
        wall.append((perf_counter_ns() - wall_ns) / 1e6 / BATCH)
    return median(cpu), median(wall)


@click.command
@click.option("--few", default=10_000, show_default=True)
@click.option("--many", default=1_000_000, show_default=True)
@click.option("--batches", default=40, show_default=True, help="Of 20 new articles, measured.")
def clusters(few: int, many: int, batches: int) -> None:
    """Cost of finding an article's story, with few and many stored."""
    table = Table("store", "stored", "CPU ms an article", "wall ms an article", "MB")
    took: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (few, many):
            file = Path(folder) / f"{count}.db"
            fill(file, count)
            with closing(SqliteStore(file)) as store:
                cpu, wall = measure(store, batches)
            took.append((cpu, wall))
            size = f"{file.stat().st_size / 1e6:.0f}"
            table.add_row("SQLite", f"{count:,}", f"{cpu:.2f}", f"{wall:.2f}", size)
            file.unlink()
    Console().print(table)
    cpu, wall = (with_many / with_few for with_few, with_many in zip(*took, strict=True))
    click.echo(f"{many:,} beside {few:,}: CPU {cpu:.2f} x, wall {wall:.2f} x; at most {LIMIT} x")
    raise SystemExit(1 if max(cpu, wall) > LIMIT else 0)
