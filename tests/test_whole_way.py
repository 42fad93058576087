"""From a site's pages to a reader's feed, on either store."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from starlette.testclient import TestClient

from crawler.config import Config
from crawler.demo.portals import PORTALS
from crawler.demo.server import DemoServer
from crawler.replay import replay, sources_to_replay
from crawler.round import Listener, Round, crawl_round
from feeds.settings import Settings
from feeds.web.app import create_app
from store.base import Selection, Store
from store.connect import open_store
from store.model import Run, show_published
from store.transfer import export, import_
from tests.store.conftest import mongo_address, mongodb  # noqa: F401 - fixtures

BASE = "https://tin.example.vn"
PATHS = ["/all", "/provinces/can-tho", "/provinces/hau-giang", "/sources/quang-ngai/demo"]


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture(params=["sqlite", "mongodb"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "tinso.db")
    named: str = request.getfixturevalue("mongo_address")
    return named


def crawl(
    demo: DemoServer, address: str, home: Path, *, edition: int = 1, full: bool = False
) -> list[Run]:
    recipes = home / "sources"
    demo.write_recipes(recipes)
    demo.edition = edition
    config = Config(home=home, store=address, sources=str(recipes))
    return crawl_round(Round(sources=sorted(demo.sites), config=config, full=full), Listener())


def feeds(store: Store) -> dict[str, bytes]:
    with TestClient(create_app(store, Settings(url=BASE, store="-"))) as client:
        paths = [f"{path}.{ending}" for path in PATHS for ending in ("rss", "atom")]
        return {path: client.get(path).content for path in paths}


def assert_pages_read_as_the_crawl_read_them(demo: DemoServer, store: Store, home: Path) -> None:
    config = Config(home=home, sources=str(home / "sources"))
    sources = sources_to_replay(sorted(demo.sites), store, config)
    for told in (replay(one, store, write=False, now=datetime.now(UTC)) for one in sources):
        assert (told.pages > 30, told.changed, told.lost, told.without_page) == (True, 0, [], 0)


def test_the_demo_is_stored_whole_read_again_without_change_and_its_edits_are_found(
    demo: DemoServer, address: str, tmp_path: Path
) -> None:
    assert {run.state for run in crawl(demo, address, tmp_path)} == {"ok"}
    store = open_store(address)
    try:
        assert store.version(Selection()).count == sum(len(p.articles) for p in PORTALS)
        before = feeds(store)
        crawl(demo, address, tmp_path)
        assert feeds(store) == before, "nothing new: the same bytes"
        assert_pages_read_as_the_crawl_read_them(demo, store, tmp_path)
        runs = crawl(demo, address, tmp_path, edition=2, full=True)
        assert [(run.state, run.message) for run in runs] == [("ok", None)] * 3
        assert [run.counters["keep/updated"] for run in runs] == [1, 1, 1]
        after = feeds(store)
        for path, old in before.items():
            was, now = feedparser.parse(old), feedparser.parse(after[path])
            assert not now.bozo
            assert [entry.id for entry in now.entries] == [entry.id for entry in was.entries]
            assert [e.published for e in now.entries] == [e.published for e in was.entries]
    finally:
        store.close()


def test_both_stores_give_the_same_feeds_byte_for_byte(
    demo: DemoServer,
    mongo_address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    crawl(demo, str(tmp_path / "tinso.db"), tmp_path)
    sqlite, mongo = open_store(str(tmp_path / "tinso.db")), open_store(mongo_address)
    try:
        moved = io.BytesIO()
        export(sqlite, moved)
        moved.seek(0)
        import_(mongo, moved)
        assert feeds(sqlite) == feeds(mongo)
    finally:
        sqlite.close()
        mongo.close()


def test_what_is_stored_is_what_the_portals_say(demo: DemoServer, tmp_path: Path) -> None:
    address = str(tmp_path / "tinso.db")
    crawl(demo, address, tmp_path)
    store = open_store(address)
    found = {article.url: article for article in store.newest(Selection(), limit=1000)}
    store.close()
    for portal in PORTALS:
        for truth in portal.articles:
            article = found[demo.sites[portal.source_id] + truth.path]
            assert article.title == truth.title
            assert article.body_text.split() == "\n".join(truth.paragraphs).split(), truth.path
            assert (article.byline, article.source_credit) == (truth.byline, truth.source_credit)
            assert article.section == truth.section
            assert len(article.attachments) == len(truth.attachments)
            shown = show_published(replace(article, published_precision="day"))
            assert shown == f"{truth.published:%Y-%m-%d}"
            assert article.published_from in {"page", "listing"}
