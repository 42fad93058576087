"""Lists of feeds for readers that take many at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree
from starlette.testclient import TestClient

from store.base import Store
from tests.feeds.conftest import BASE, CARD


def feeds(client: TestClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/x-opml; charset=utf-8"
    root = etree.fromstring(answer.content)
    assert root.get("version") == "2.0"
    found = root.findall("body/outline/outline")
    for one in found:
        assert one.get("type") == "rss"
        assert one.get("text") == one.get("title") != ""
    return [str(one.get("xmlUrl")).removeprefix(BASE) for one in found]


def test_every_channel_is_in_the_whole_list_and_every_feed_in_it_is_there(
    client: TestClient,
) -> None:
    found = feeds(client, "/opml")
    assert {"/all.atom", "/provinces/dien-bien.atom", "/sources/dien-bien/tttt.atom"} <= set(found)
    assert {"/topics/buu-chinh.atom", "/regions/trung-du-mien-nui-phia-bac.atom"} <= set(found)
    for path in found:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("province=can-tho", ["/provinces/can-tho.atom", "/sources/hau-giang/tttt.atom"]),
        (
            "province=hau-giang&format=json",
            ["/provinces/hau-giang.json", "/sources/hau-giang/tttt.json"],
        ),
        ("topic=buu-chinh&topic=vien-thong", ["/topics/buu-chinh.atom", "/topics/vien-thong.atom"]),
        (
            "province=hue&topic=buu-chinh",
            ["/search.atom?province=hue&topic=buu-chinh"],
        ),
    ],
)
def test_a_chosen_set_holds_what_was_chosen(
    client: TestClient, store: Store, query: str, expected: list[str]
) -> None:
    store.save_source(replace(CARD, id="hau-giang/tttt", province="hau-giang"))
    assert feeds(client, f"/opml?{query}") == expected


@pytest.mark.parametrize("query", ["province=atlantis", "topic=x", "format=pdf"])
def test_a_choice_that_means_nothing_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/opml?{query}").status_code == 400


def test_a_list_that_did_not_change_is_not_sent_again(client: TestClient, store: Store) -> None:
    tag = client.get("/opml").headers["etag"]
    assert client.get("/opml", headers={"If-None-Match": tag}).status_code == 304
    store.save_source(replace(CARD, id="ha-noi/tttt", province="ha-noi"))
    assert client.get("/opml", headers={"If-None-Match": tag}).status_code == 200
