"""Verdicts: one row of the table each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from store.health import settle, verdict
from store.model import Run
from tests.store.making import MORNING, card, run

NOW = MORNING + timedelta(hours=10)
FRESH: dict[str, Any] = {"state": "running", "ended": None, "heartbeat": NOW - timedelta(minutes=2)}
SILENT: dict[str, Any] = {
    "state": "running",
    "ended": None,
    "heartbeat": NOW - timedelta(minutes=2, seconds=1),
}
DNS = "the name is not found (check the address)"


@pytest.mark.parametrize(
    ("checked", "runs", "state", "reason"),
    [
        (True, [], "unverified", "it was never crawled"),
        (False, [], "unverified", "it was never crawled"),
        (True, [run(**FRESH)], "unverified", "the first crawl is under way"),
        (True, [run()], "ok", "it works"),
        (True, [run(counters={"keep/updated": 1})], "ok", "it works"),
        (True, [run(counters={"keep/same": 9})], "quiet", "it works, and had nothing new"),
        (False, [run()], "unverified", "it runs, but nobody has checked it on the live site"),
        (True, [run(state="failed", message=DNS)], "failing", f"the last crawl failed: {DNS}"),
        (False, [run(state="failed", message=DNS)], "failing", f"the last crawl failed: {DNS}"),
        (True, [run(state="failed", cause="dns")], "failing", "the last crawl failed: dns"),
        (
            True,
            [run(state="failed", message="{odd} braces")],
            "failing",
            "the last crawl failed: {odd} braces",
        ),
        (
            True,
            [run(state="partial", message="2 pages timed out")],
            "degraded",
            "the last crawl could not read some pages: 2 pages timed out",
        ),
        (
            True,
            [run(**SILENT)],
            "failing",
            "the last crawl was killed: the crawl ended without a word"
            " (the next one picks up where it was)",
        ),
        (True, [run(2), run(1, state="failed")], "ok", "it works"),
        (True, [run(1, state="failed"), run(2)], "ok", "it works"),
        (True, [run(2, **FRESH), run(1)], "ok", "it works"),
        (True, [run(2, **FRESH), run(1, state="failed")], "failing", "the last crawl failed: no"),
    ],
)
def test_verdict_follows_the_last_run_that_ended(
    checked: bool, runs: Sequence[Run], state: str, reason: str
) -> None:
    found = verdict(card(checked=checked), runs, NOW)
    assert found.state == state
    assert found.reason_en.startswith(reason)
    assert found.reason_vi


def test_repair_names_the_source() -> None:
    failed = verdict(card(), [run(state="failed")], NOW)
    assert failed.repair == "tinso crawl --verbose dien-bien/tttt"
    assert verdict(card(), [], NOW).repair == "tinso crawl dien-bien/tttt"


def test_healthy_source_needs_no_repair() -> None:
    assert verdict(card(), [run()], NOW).repair == ""


def test_silent_run_is_settled_as_killed() -> None:
    settled = settle(run(**SILENT), NOW)
    assert (settled.state, settled.cause, settled.ended) == ("killed", "killed", None)


def test_run_without_a_heartbeat_counts_from_its_start() -> None:
    begun = run(state="running", ended=None, started=NOW - timedelta(minutes=3))
    assert settle(begun, NOW).state == "killed"


@pytest.mark.parametrize("other", [run(**FRESH), run(), run(state="failed")])
def test_other_runs_are_left_as_they_are(other: Run) -> None:
    assert settle(other, NOW) is other
