"""The simulation of schedules: what it measures, when it complains, and that a short one keeps."""

from __future__ import annotations

import pytest

from tests.bench.rhythms import EVENING, OFFICE, Publisher, regular
from tests.bench.schedule import Outcome, every, faults, own, simulate


def outcome(median: float, late: float, a_day: float) -> Outcome:
    return Outcome(delays=[median] * 18 + [late] * 2, a_day=a_day)


def test_hourly_crawls_cost_24_requests_and_half_an_hour() -> None:
    busy = Publisher(name="busy", day=regular(OFFICE, 60))
    hourly = simulate(busy, every(60), days=28, seed=1)
    assert hourly.a_day == 24
    assert hourly.median == pytest.approx(30, abs=4)
    assert hourly.late == pytest.approx(57, abs=3)


def test_a_limit_that_is_passed_is_named() -> None:
    good = [outcome(10, 30, 24), outcome(30, 57, 24), outcome(11, 21, 32), outcome(7.5, 14.25, 96)]
    assert faults(*good) == []
    assert faults(outcome(10, 58, 25), *good[1:]) == ["p95 58.0 > 57.0", "requests 25.0 > 24.0"]


@pytest.mark.parametrize(
    "publisher",
    [
        Publisher(name="office", day=regular(OFFICE, 12)),
        Publisher(name="evenings", day=regular(EVENING, 12), precision="day"),
    ],
    ids=lambda publisher: publisher.name,
)
def test_within_weeks_news_waits_shorter_than_for_hourly_crawls(publisher: Publisher) -> None:
    learnt = simulate(publisher, own(publisher.name), days=42, seed=3)
    hourly = simulate(publisher, every(60), days=42, seed=3)
    assert learnt.a_day < hourly.a_day
    assert learnt.median < 0.6 * hourly.median
    assert learnt.late < hourly.late
