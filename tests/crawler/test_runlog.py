from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.failures import Failure
from crawler.runlog import conclude, counters_of
from store.errors import StoreAway
from store.model import Run

STARTED = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ENDED = STARTED + timedelta(seconds=30)
OPENED = Run(id="r", source="dien-bien/tttt", state="running", started=STARTED)
LIST, ARTICLE = "https://a.vn/tin/", "https://a.vn/tin/1.html"


def ended(
    stats: dict[str, Any] | None = None,
    failures: list[tuple[str, Failure]] | None = None,
    **changes: Any,
) -> Run:
    facts: dict[str, Any] = {"reason": "finished", "cut": False, "store_fault": None} | changes
    return conclude(OPENED, stats=stats or {}, failures=failures or [], now=ENDED, **facts)


def failed(stage: str, cause: str) -> tuple[str, Failure]:
    return stage, Failure(cause=cause, url=LIST if stage == "list" else ARTICLE)


READ = {"list/pages": 2, "article/read": 5}


def test_a_crawl_that_read_everything_is_ok_and_complete() -> None:
    run = ended(READ)
    assert (run.state, run.complete, run.cause, run.ended) == ("ok", True, None, ENDED)


def test_a_crawl_whose_only_list_failed_has_failed_and_says_why() -> None:
    run = ended({}, [failed("list", "dns")])
    assert (run.state, run.complete, run.cause) == ("failed", False, "dns")
    assert "host that does not exist" in (run.message or "")


def test_a_list_whose_layout_changed_fails_the_crawl() -> None:
    run = ended({"list/pages": 1}, [failed("list", "list-unmatched")])
    assert (run.state, run.cause) == ("failed", "list-unmatched")


def test_one_failed_list_of_two_makes_it_partial() -> None:
    run = ended(READ, [failed("list", "http-500")])
    assert (run.state, run.complete) == ("partial", False)


def test_an_article_that_is_gone_for_good_does_not_make_the_walk_incomplete() -> None:
    run = ended(READ, [failed("article", "http-404")])
    assert (run.state, run.complete) == ("partial", True)


def test_an_article_that_failed_for_a_passing_reason_does() -> None:
    run = ended(READ, [failed("article", "timeout")])
    assert (run.state, run.complete) == ("partial", False)


def test_a_crawl_of_which_no_article_could_be_read_has_failed() -> None:
    run = ended({"list/pages": 1}, [failed("article", "http-403")] * 3)
    assert (run.state, run.cause) == ("failed", "http-403")


def test_the_commonest_cause_is_the_one_told() -> None:
    failures = [failed("article", "timeout"), *[failed("article", "http-404")] * 2]
    assert ended(READ, failures).cause == "http-404"


def test_a_store_that_fails_is_told_before_anything_else() -> None:
    fault = StoreAway("does not answer", about="mongodb://db", repair="start it")
    run = ended(READ, [failed("list", "dns")], store_fault=fault, reason="store-failed")
    assert (run.state, run.complete, run.cause) == ("failed", False, "store-away")
    assert run.message == "mongodb://db: does not answer (start it)"


def test_a_crawl_that_was_ended_for_its_memory_says_so() -> None:
    run = ended(READ, reason="memusage_exceeded")
    assert (run.state, run.complete, run.cause) == ("partial", False, "too-much-memory")


def test_a_stopped_crawl_is_partial_and_incomplete() -> None:
    run = ended(READ, reason="shutdown")
    assert (run.state, run.complete, run.cause) == ("partial", False, "stopped")


def test_a_crawl_that_logged_an_error_is_not_ok() -> None:
    run = ended({**READ, "log_count/ERROR": 1})
    assert (run.state, run.complete, run.cause) == ("partial", False, "crashed")


def test_a_walk_that_was_cut_is_not_complete() -> None:
    assert not ended(READ, cut=True).complete


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("article/summary/missing", "article/summary/missing"),
        ("downloader/request_count", "request/count"),
        ("downloader/response_status_count/404", "request/status/404"),
    ],
)
def test_counters_are_kept_under_the_projects_paths(path: str, ours: str) -> None:
    assert counters_of({path: 3, "memusage/max": 1}) == {ours: 3}
