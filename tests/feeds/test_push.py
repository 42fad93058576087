"""A WebSub hub is told which feeds changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from starlette.testclient import TestClient

from feeds.formats import FORMATS
from feeds.push import PAUSES, Pusher, tell_hub
from feeds.rendering import Site
from feeds.settings import Settings
from feeds.web.app import create_app
from store.base import Store
from tests.crawler.sites import Answer
from tests.crawler.sites import Site as Server
from tests.feeds.conftest import BASE
from tests.store.making import MORNING, sighting

HUB = "https://hub.example.vn/"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class Hub:
    def __init__(self) -> None:
        self.told: list[str] = []
        self.away = False

    def __call__(self, hub: str, feeds: Collection[str]) -> None:
        assert hub == HUB
        if self.away:
            raise ConnectionRefusedError("Connection refused")
        self.told += feeds


@pytest.fixture
def hub() -> Hub:
    return Hub()


def pusher(store: Store, hub: Hub) -> Pusher:
    return Pusher(store, Site(base_url=BASE, hub=HUB), post=hub)


def a_change(store: Store, number: int) -> None:
    store.keep([sighting(number, changed=MORNING + timedelta(days=number))])


def test_a_hub_is_told_of_the_feeds_of_the_channels_that_changed(filled: Store, hub: Hub) -> None:
    push = pusher(filled, hub)
    push.look(NOW)
    push.look(NOW)
    assert hub.told == [], "at first sight nothing has changed"
    a_change(filled, 9)
    push.look(NOW)
    changed = ["/all", "/provinces/dien-bien", "/regions/trung-du-mien-nui-phia-bac"]
    changed.append("/sources/dien-bien/tttt")
    assert hub.told == sorted(f"{BASE}{path}.{ending}" for path in changed for ending in FORMATS)
    hub.told.clear()
    push.look(NOW)
    assert hub.told == []


def test_a_change_while_nobody_looked_is_told_after_a_restart(filled: Store, hub: Hub) -> None:
    pusher(filled, hub).look(NOW)
    a_change(filled, 9)
    pusher(filled, hub).look(NOW)
    assert f"{BASE}/all.atom" in hub.told


def test_a_hub_that_does_not_answer_is_told_later_and_of_everything(
    filled: Store, hub: Hub
) -> None:
    push = pusher(filled, hub)
    push.look(NOW)
    hub.away = True
    a_change(filled, 9)
    push.look(NOW)
    hub.away = False
    push.look(NOW + PAUSES[0] / 2)
    assert hub.told == [], "it is left alone for a while"
    push.look(NOW + PAUSES[0])
    assert f"{BASE}/all.atom" in hub.told


def test_the_pause_grows_and_what_waits_survives_a_restart(filled: Store, hub: Hub) -> None:
    push, now = pusher(filled, hub), NOW
    push.look(now)
    hub.away = True
    a_change(filled, 9)
    for pause in (*PAUSES, PAUSES[-1]):
        push.look(now)
        told = push._told
        assert told is not None
        assert told.not_before == now + pause
        now += pause
    hub.away = False
    pusher(filled, hub).look(now)
    assert f"{BASE}/all.atom" in hub.told


@pytest.mark.parametrize(
    ("status", "taken"), [(204, True), (202, True), (400, False), (500, False)]
)
def test_a_hub_is_told_as_hubs_take_it(status: int, taken: bool) -> None:
    hub = Server({"/": lambda _: Answer("", status)})
    with hub.running():
        try:
            tell_hub(hub.url + "/", [f"{BASE}/all.rss", f"{BASE}/all.atom"])
        except OSError:
            assert not taken
        else:
            assert taken
    (asked,) = hub.asked
    assert parse_qsl(asked.posted) == [
        ("hub.mode", "publish"),
        ("hub.url", f"{BASE}/all.rss"),
        ("hub.url", f"{BASE}/all.atom"),
    ]


@pytest.mark.parametrize("ending", FORMATS)
def test_feeds_name_the_hub_in_document_and_header(filled: Store, ending: str) -> None:
    with TestClient(create_app(filled, Settings(url=BASE, store="-", hub=HUB))) as client:
        answer = client.get(f"/all.{ending}")
        assert HUB in answer.text
        own = f"{BASE}/all.{ending}"
        assert answer.headers["link"] == f'<{HUB}>; rel="hub", <{own}>; rel="self"'


def test_without_a_hub_none_is_named(client: TestClient) -> None:
    answer = client.get("/all.atom")
    assert "link" not in answer.headers
    assert 'rel="hub"' not in answer.text
