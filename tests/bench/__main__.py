"""`./run bench NAME`: a row a benchmark; each exits with 1 where a limit is passed."""

from __future__ import annotations

import click

from tests.bench.clusters import clusters
from tests.bench.extract import extract
from tests.bench.feeds import feeds
from tests.bench.round import round_
from tests.bench.schedule import schedule

BENCHMARKS: tuple[click.Command, ...] = (clusters, extract, feeds, round_, schedule)

main = click.Group(
    "bench",
    commands={command.name or "": command for command in BENCHMARKS},
    help="Measure what a part of the system costs.",
)

if __name__ == "__main__":
    main(prog_name="./run bench")
