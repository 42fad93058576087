"""When a source is crawled next."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.schedule import Due, next_due

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
SOURCE = "dien-bien/tttt"


def test_a_source_that_was_never_crawled_is_due_now() -> None:
    due = next_due(SOURCE, runs=[], appeared=[], now=NOW)
    assert due == Due(at=NOW, reason="first")
