"""The addresses of feeds: limits, archives, places to go on from."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import pytest
from lxml import etree
from starlette.testclient import TestClient

from feeds.address import Month, Target, read_address
from feeds.channel import ALL
from feeds.formats import FORMATS
from feeds.rendering import Site, render
from feeds.search import BadQuery
from feeds.web.feeds import FOR_EVER, Asked, FeedDesk
from store.base import Store
from tests.feeds.conftest import BASE, CARD
from tests.store.making import MORNING, sighting


@pytest.mark.parametrize(
    ("path", "query", "address"),
    [
        ("/all.rss", {"_": "1"}, "/all.rss"),
        ("/all.rss", {"limit": "50"}, "/all.rss"),
        ("/all.rss", {"limit": "0100"}, "/all.rss?limit=100"),
        ("/search.atom", {"topic": "buu-chinh", "q": "Đà"}, "/search.atom?q=da&topic=buu-chinh"),
        ("/search.json", {"q": "x", "limit": "3"}, "/search.json?q=x&limit=3"),
        ("/all/2026-10.atom", {"limit": "9"}, "/all/2026-10.atom"),
        ("/sources/dien-bien/tttt/2026-10-2.rss", {}, "/sources/dien-bien/tttt/2026-10-2.rss"),
        ("/search/2026-10.atom", {"q": "x"}, "/search/2026-10.atom?q=x"),
    ],
)
def test_every_feed_has_one_address(path: str, query: dict[str, str], address: str) -> None:
    target = read_address(path, query, [CARD])
    assert target is not None
    assert target.address == address


@pytest.mark.parametrize(
    "path",
    ["/all", "/all.pdf", "/all/2026-13.rss", "/all/0026-01.rss", "/all/2026-10-1.rss"],
)
def test_no_feed_stands_anywhere_else(path: str) -> None:
    assert read_address(path, {}, [CARD]) is None


@pytest.mark.parametrize(
    "query",
    [
        *({"limit": limit} for limit in ("0", "201", "-1", "١", "x" * 9999)),
        *({"after": after} for after in ("nonsense", f"{'9' * 15}-{'a' * 36}")),
    ],
)
def test_a_value_that_means_nothing_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(BadQuery):
        read_address("/all.rss", query, [])


@pytest.mark.parametrize("path", ["/search.atom", "/all.rss?limit=x", "/search?province=x"])
def test_a_bad_question_is_answered_400_with_a_sentence(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "<h1>" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_more_articles_are_given_to_who_asks_for_them(client: TestClient, store: Store) -> None:
    store.keep([sighting(n) for n in range(100, 200)])
    counts = [
        len(feedparser.parse(client.get(f"/all.rss?limit={n}").content).entries)
        for n in (2, 50, 200)
    ]
    assert counts == [2, 50, 103]


def links(raw: bytes) -> dict[str, str]:
    found: Any = etree.fromstring(raw)
    return {
        str(link.get("rel")): str(link.get("href"))
        for link in found.iterfind("{http://www.w3.org/2005/Atom}link")
    }


def a_year(store: Store) -> None:
    """Keep five articles a month from October 2025 on, but none in August."""
    days = [MORNING - timedelta(days=6 * n) for n in range(70)]
    told = [(n, day) for n, day in enumerate(days) if day.month != 8]
    store.keep([sighting(n, published=day, first_seen=day, changed=day) for n, day in told])


@pytest.mark.parametrize("ending", ["atom", "rss", "json"])
def test_the_archives_hold_every_article_from_month_to_month(
    client: TestClient, store: Store, ending: str
) -> None:
    a_year(store)
    path: str | None = f"/all.{ending}"
    seen: set[str] = set()
    months = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200, path
        months.append(path)
        if ending == "json":
            told = json.loads(answer.content)
            seen |= {item["id"] for item in told["items"]}
            path = told.get("next_url")
        else:
            parsed = feedparser.parse(answer.content)
            assert not parsed.bozo
            seen |= {entry.id for entry in parsed.entries}
            path = {link.rel: link.href for link in parsed.feed.links}.get("prev-archive")
        path = path and path.removeprefix(BASE)
    assert seen == {f"urn:uuid:{one.id}" for one in newest_of(store)}
    assert f"/all/2026-08.{ending}" not in months


def newest_of(store: Store) -> list[Any]:
    from store.base import Selection

    return store.newest(Selection(), limit=500)


def test_an_archive_says_what_it_is_and_leads_to_the_newest(
    client: TestClient, store: Store
) -> None:
    a_year(store)
    raw = client.get("/all/2026-09.atom").content
    told = links(raw)
    assert told["self"] == f"{BASE}/all/2026-09.atom"
    assert told["current"] == f"{BASE}/all.atom"
    assert told["prev-archive"] == f"{BASE}/all/2026-07.atom"
    assert b"http://purl.org/syndication/history/1.0" in raw
    assert b"syndication/history" not in client.get("/all.atom").content


def test_a_month_without_articles_is_not_there(client: TestClient, store: Store) -> None:
    a_year(store)
    assert client.get("/all/2026-08.atom").status_code == 404
    assert client.get("/all/2026-07-2.atom").status_code == 404


def test_a_closed_month_may_be_kept_for_ever_and_the_last_one_may_not(store: Store) -> None:
    a_year(store)
    desk = FeedDesk(store, Site(base_url=BASE), now=lambda: datetime(2026, 11, 20, tzinfo=UTC))

    def caching(path: str) -> str:
        answer = desk.answer(Asked(path=path))
        assert answer is not None
        return dict(answer.headers)[b"cache-control"].decode()

    assert caching("/all/2026-09.atom") == FOR_EVER
    assert caching("/all/2026-10.atom") == "public, max-age=3600"


def test_a_long_month_is_told_in_parts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.rendering.MONTH_ARTICLES", 3)
    a_year(store)
    seen = []
    for part in (1, 2):
        month = Month(first=date(2026, 10, 1), part=part)
        target = Target(channel=ALL, form=FORMATS["atom"], month=month)
        made = render(store, target, Site(base_url=BASE), [])
        seen.append((len(feedparser.parse(made.body).entries), links(made.body)["prev-archive"]))
    assert seen == [(3, f"{BASE}/all/2026-10-2.atom"), (2, f"{BASE}/all/2026-09.atom")]


def test_an_older_archive_that_comes_late_is_led_to(client: TestClient, store: Store) -> None:
    a_year(store)
    path = "/all/2025-10.atom"
    assert "prev-archive" not in links(client.get(path).content)
    store.keep([sighting(900, published=MORNING - timedelta(days=900))])
    assert links(client.get(path).content)["prev-archive"] == f"{BASE}/all/2024-06.atom"
