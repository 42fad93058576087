"""Which source broke and which works again, as a feed for whoever runs the system."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from store.base import Store
from store.incidents import incidents_of
from store.model import Run, RunState
from tests.feeds.conftest import CARD
from tests.store.making import MORNING, run


def runs(*states: str) -> list[Run]:
    """One run an hour; `stopped` was stopped by a person."""
    found = []
    for number, told in enumerate(states):
        state: RunState = "partial" if told == "stopped" else told  # type: ignore[assignment]
        cause = told if told == "stopped" else "dns" if told == "failed" else None
        ended = None if told == "running" else MORNING + timedelta(hours=number, minutes=1)
        found.append(run(number, state=state, cause=cause, message=None, ended=ended))
    return found


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["ok", "ok", "partial"], []),
        (["ok", "failed", "failed", "ok"], [(1, True), (3, False)]),
        (["ok", "killed", "partial"], [(1, True), (2, False)]),
        (["failed", "failed"], []),
        (["failed", "ok"], [(1, False)]),
        (["ok", "failed", "stopped", "failed"], [(1, True)]),
        (["ok", "running"], []),
        ([], []),
    ],
)
def test_a_source_breaks_and_recovers_once_each(
    states: Sequence[str], expected: list[tuple[int, bool]]
) -> None:
    made = runs(*states)
    found = incidents_of(CARD, list(reversed(made)))
    assert [(made.index(one.run), one.broke) for one in found] == expected


def items(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get("/status.json").content)["items"]
    return found


def test_incidents_are_told_newest_first_and_in_no_other_feed(
    client: TestClient, filled: Store
) -> None:
    before = client.get("/all.atom").content
    for one in runs("ok", "failed", "ok"):
        filled.save_run(one)
    told = items(client)
    assert [item["title"].partition(":")[0] for item in told] == ["Hoạt động lại", "Sự cố"]
    assert "(dns)" in told[1]["content_html"]
    assert told == items(client)
    assert client.get("/all.atom").content == before
    page = html.fromstring(client.get("/status").text)
    links = page.xpath("//ol[@class='news']//h3/a/@href")
    assert links == ["/sources/dien-bien/tttt"] * 2


def test_the_store_is_not_named_to_readers(client: TestClient, filled: Store) -> None:
    filled.save_run(runs("ok")[0])
    away = run(2, state="failed", cause="store-away", message="mongodb://db: away", ended=MORNING)
    filled.save_run(away)
    text = client.get("/status.json").text
    assert "store-away" in text
    assert "mongodb" not in text
