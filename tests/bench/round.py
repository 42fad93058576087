"""What a round of many sources costs beside Scrapy alone, and what one with nothing new costs.

Everything runs on this machine: one process serves the portals, and crawls run as `tinso crawl` has
them run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click

from crawler.config import Config
from crawler.recipes import find_sources
from crawler.round import JOBS, Listener, Round, crawl_round
from store.model import Run

LIMITS = {
    "wall, times Scrapy alone": 2.0,
    "peak memory of everything, MB": 700.0,
    "requests a source, nothing new": 1.1,
    "CPU seconds a source, nothing new": 0.25,
}
_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one round took."""

    wall_seconds: float
    cpu_seconds: float
    """Of this process, of the server that crawls are forked from (its start too) and of them."""
    peak_bytes: int
    """Of all these together, each shared page counted once (PSS); 0 where it was not looked at."""
    asked: tuple[str, ...]
    """Addresses, in no order."""


class Portals:
    """The portals, in a process of their own."""

    def __init__(self, folder: Path, count: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.portals", str(folder), str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()

    def asked(self) -> tuple[str, ...]:
        """Return what was asked since the last call."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return tuple(json.loads(self._line()))

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def close(self) -> None:
        """End them."""
        self.process.communicate()


@dataclass
class Memory:
    """The most memory that this process and what it started had, but for some of them."""

    without: frozenset[int]
    peak_bytes: int = 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look at it again and again, in a thread."""
        done = threading.Event()

        def look() -> None:
            while not done.wait(_LOOK_SECONDS):
                now = sum(map(_pss, {os.getpid(), *_family()} - self.without))
                self.peak_bytes = max(self.peak_bytes, now)

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def _stat(pid: int) -> list[str]:
    """Return what stands behind the name in /proc/PID/stat."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _family(pid: int | None = None) -> set[int]:
    """Return all processes that this one started, and theirs."""
    pid = pid or os.getpid()
    found = set()
    with suppress(OSError):  # one that has ended
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found |= set(map(int, (thread / "children").read_text().split()))
    return found.union(*map(_family, found))


def _pss(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _cpu(without: frozenset[int]) -> float:
    """Return the CPU seconds of this process's family so far, of those that ended too."""
    total = 0
    for pid in {os.getpid(), *_family()} - without:
        with suppress(OSError):
            total += sum(map(int, _stat(pid)[11:15]))
    return total / _TICKS


class Bench:
    """A home, its portals and its sources."""

    def __init__(self, home: Path, count: int, jobs: int) -> None:
        recipes = home / "sources"
        self.portals = Portals(recipes, count)
        self.others = frozenset({self.portals.process.pid})
        self.jobs = jobs
        self.home = home
        self.recipes = recipes
        self.sources = tuple(find_sources((recipes,)))

    def round(self, *, store: str, memory: bool) -> Spent:
        """Crawl all sources once."""
        config = Config(home=self.home, store=str(self.home / store), sources=str(self.recipes))
        round_ = Round(sources=self.sources, config=config, jobs=self.jobs)
        looked = Memory(self.others)
        cpu, begun = _cpu(self.others), time.monotonic()
        if memory:
            with looked.watched():
                runs = crawl_round(round_, Listener())
        else:
            runs = crawl_round(round_, Listener())
        wall = time.monotonic() - begun
        _check(runs)
        return Spent(
            wall_seconds=wall,
            cpu_seconds=_cpu(self.others) - cpu,
            peak_bytes=looked.peak_bytes,
            asked=self.portals.asked(),
        )

    def bare(self, addresses: tuple[str, ...]) -> Spent:
        """Let Scrapy alone ask for the same."""
        file = self.home / "addresses"
        file.write_text("\n".join(addresses), encoding="utf-8")
        cpu, begun = _cpu(self.others), time.monotonic()
        subprocess.run([sys.executable, "-m", "tests.bench.bare", file], check=True)
        wall = time.monotonic() - begun
        asked = self.portals.asked()
        assert len(asked) == len(addresses)
        spent = _cpu(self.others) - cpu
        return Spent(wall_seconds=wall, cpu_seconds=spent, peak_bytes=0, asked=asked)


def _check(runs: list[Run]) -> None:
    for run in runs:
        if run.state != "ok":
            raise click.ClickException(f"{run.source}: {run.state}, {run.message}")


@click.command(name="round")
@click.option("--sources", type=click.IntRange(1, 63), default=63, show_default=True)
@click.option("--jobs", type=click.IntRange(1, 32), default=JOBS, show_default=True)
@click.option("--times", type=click.IntRange(1), default=3, show_default=True, help="Best of.")
def round_(*, sources: int, jobs: int, times: int) -> None:
    """Crawl many demo sources at once, beside Scrapy alone; then with nothing new."""
    with tempfile.TemporaryDirectory(prefix="tinso-bench-") as home:
        bench = Bench(Path(home), sources, jobs)
        try:
            figures = [_figures(bench, number) for number in range(times)]
        finally:
            bench.portals.close()
    best = {name: min(each[name] for each in figures) for name in LIMITS}
    for name, limit in LIMITS.items():
        all_of_them = ", ".join(f"{each[name]:.2f}" for each in figures)
        click.echo(f"{name}: {best[name]:.2f} (limit {limit}; of {all_of_them})")
    click.echo(f"load: {' '.join(f'{load:.1f}' for load in os.getloadavg())}")
    if any(best[name] > limit for name, limit in LIMITS.items()):
        sys.exit(1)


def _figures(bench: Bench, number: int) -> dict[str, float]:
    count = len(bench.sources)
    full = bench.round(store=f"{number}.db", memory=True)
    bare = bench.bare(full.asked)
    idle = bench.round(store=f"{number}.db", memory=False)
    click.echo(
        f"{len(full.asked)} pages: {full.wall_seconds:.1f} s, {full.cpu_seconds:.1f} s CPU; "
        f"Scrapy alone {bare.wall_seconds:.1f} s, {bare.cpu_seconds:.1f} s CPU; "
        f"nothing new: {idle.wall_seconds:.1f} s, {idle.cpu_seconds:.1f} s CPU"
    )
    return {
        "wall, times Scrapy alone": full.wall_seconds / bare.wall_seconds,
        "peak memory of everything, MB": full.peak_bytes / 1e6,
        "requests a source, nothing new": len(idle.asked) / count,
        "CPU seconds a source, nothing new": idle.cpu_seconds / count,
    }
