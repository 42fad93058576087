"""The benchmark of reading: what it measures, and when it complains."""

from __future__ import annotations

from click.testing import CliRunner

from tests.bench.__main__ import BENCHMARKS, main
from tests.bench.extract import LIMITS, Sample, from_cases, over_limits
from tests.pages import source


def sample(**took_ns: float) -> Sample:
    made = Sample(
        group="thu", name="a", body=b"", url="", source=source(), ways=("parse", "recipe")
    )
    made.took_ns.update({way: [took] for way, took in took_ns.items()})
    return made


def test_a_reading_above_its_limit_is_named() -> None:
    assert over_limits([sample(parse=1.0, recipe=LIMITS["recipe"])]) == []
    assert over_limits([sample(parse=1.0, recipe=3.5)]) == ["thu recipe: 3.50 > 3"]


def test_every_way_can_be_run_on_a_case() -> None:
    seen: set[str] = set()
    for made in from_cases():
        for way in set(made.ways) - seen:
            made.run(way)
            seen.add(way)
    assert seen == {"parse", *LIMITS}


def test_alone_it_lists_the_benchmarks() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    assert all(command.name and command.name in shown for command in BENCHMARKS)
