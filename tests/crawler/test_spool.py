"""What the store does not take waits on disk, whole, in order and bounded."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.keeper import Keeper
from crawler.spool import Batch, Spool
from store.connect import open_store
from store.identity import Sighting
from store.model import Article, Run
from tests.crawler.sites import Answer, articles, listing, site_of, write_recipe
from tests.store import making

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

SOURCE = "dien-bien/tttt"
AWAY = "mongodb://127.0.0.1:9/tinso?serverSelectionTimeoutMS=100"


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", most_bytes=1024 * 1024)


def batch(*sightings: Sighting) -> Batch:
    return [(sighting, making.page(number)) for number, sighting in enumerate(sightings, 1)]


def read_all(spool: Spool) -> list[Sighting]:
    files = spool.waiting(SOURCE)
    return [sighting for file in files for sighting, _ in spool.read(file) or ()]


def test_what_is_put_by_comes_back_whole_and_in_order(spool: Spool) -> None:
    first, second = batch(making.sighting(1), making.sighting(2)), batch(making.sighting(3))
    assert spool.put(SOURCE, first)
    assert spool.put(SOURCE, second)
    assert spool.waiting("dien-bien/khac") == []
    assert [spool.read(file) for file in spool.waiting(SOURCE)] == [first, second]
    assert spool.names(SOURCE) >= set(making.sighting(3).aliases)


def test_a_full_spool_keeps_what_it_has(tmp_path: Path, spool: Spool) -> None:
    assert spool.put(SOURCE, batch(making.sighting(1)))
    small = Spool(tmp_path / "spool", most_bytes=spool.size() + 10)
    assert not small.put(SOURCE, batch(making.sighting(2)))
    assert len(read_all(small)) == 1


def test_a_full_disk_leaves_nothing_half_written(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert not spool.put(SOURCE, batch(making.sighting(1)))
    assert [path for path in spool.folder.rglob("*") if path.is_file()] == []
    assert spool.put(SOURCE, batch(making.sighting(1)))


@pytest.mark.parametrize("data", [b"", b"{}", b"\x1f\x8b\x08\x00garbage"])
def test_a_file_that_is_broken_is_put_aside(data: bytes, spool: Spool) -> None:
    assert spool.put(SOURCE, batch(making.sighting(1)))
    (whole,) = spool.waiting(SOURCE)
    broken = whole.with_name("0.json.gz")
    broken.write_bytes(data or whole.read_bytes()[:-20])
    whole.with_name("1.json.gz.part").write_bytes(b"left by a crawl that was killed")
    assert len(read_all(spool)) == 1
    assert spool.waiting(SOURCE) == [whole]
    assert broken.with_suffix(".bad").exists()


def replayed(spool: Spool, store: Path) -> int:
    async def replay() -> int:
        keeper = Keeper(str(store), spool)
        await keeper.open(SOURCE)
        try:
            return await keeper.replay(SOURCE, same)
        finally:
            await keeper.close()

    return asyncio.run(replay())


def same(sightings: Sequence[Sighting]) -> Sequence[Sighting]:
    return sightings


def test_edits_that_waited_are_written_in_order_and_once(spool: Spool, tmp_path: Path) -> None:
    path = tmp_path / "tinso.db"
    old = making.sighting(1, title="Cũ")
    new = making.sighting(1, title="Mới")
    for one in (old, new):
        assert spool.put(SOURCE, batch(one))
    saved = [(file, file.read_bytes()) for file in spool.waiting(SOURCE)]
    assert replayed(spool, path) == 2
    assert spool.waiting(SOURCE) == []
    with closing(open_store(str(path))) as store:
        article = store.get(old.article.id)
        assert article is not None
        assert (article.title, article.revision) == ("Mới", 2)
        before = [*store.dump()]
    for file, data in saved:  # killed before the files were gone
        file.write_bytes(data)
    assert replayed(spool, path) == 0
    with closing(open_store(str(path))) as store:
        assert [*store.dump()] == before


def test_what_the_store_has_seen_since_is_not_written_over(spool: Spool, tmp_path: Path) -> None:
    path = tmp_path / "tinso.db"
    old = making.sighting(1, title="Cũ")
    later = old.article.changed + timedelta(minutes=5)
    new = making.sighting(1, title="Mới", changed=later)
    assert spool.put(SOURCE, batch(old, making.sighting(2)))
    with closing(open_store(str(path))) as store:
        store.keep([new])
        assert replayed(spool, path) == 1
        article = store.get(old.article.id)
        assert article is not None
        assert (article.title, article.revision) == ("Mới", 1)


# Whole crawls


def test_without_a_store_the_newest_page_is_read_once_and_waits(
    config: Config, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(2)
    site.routes["/"] = listing(2, 1, more="<a class=sau href='/trang-2/'>Sau</a>")
    site.routes |= {"/trang-2/": listing(3), **articles(3)}
    with site.running():
        source = write_recipe(recipes, site.url)
        first = crawl(source, store=AWAY)
        assert (first.state, first.cause, first.complete) == ("failed", "store-away", False)
        assert "2 read articles wait in the spool" in (first.message or "")
        assert sorted(site.paths) == ["/", "/robots.txt", "/tin/1.html", "/tin/2.html"]
        site.asked.clear()
        again = crawl(source, store=AWAY)
        assert sorted(site.paths) == ["/", "/robots.txt"], "what waits is known"
        assert "keep/spooled" not in again.counters
        site.asked.clear()
        found = crawl(source)
        assert (found.state, found.counters["keep/replayed"]) == ("ok", 2)
        assert sorted(site.paths) == ["/", "/robots.txt", "/tin/3.html", "/trang-2/"]
    assert len(stored()) == 3
    assert [path for path in config.spool.rglob("*") if path.is_file()] == []
    with closing(open_store(config.store)) as store:
        ended = [(run.state, run.cause) for run in store.runs(source, limit=5)]
        assert sorted(ended, key=str) == [("failed", "store-away")] * 2 + [("ok", None)]
        assert all(store.page(article.id) for article in stored()), "raw pages are kept, too"


@pytest.mark.parametrize("when", [7, 1])
def test_a_store_that_goes_away_on_the_way_loses_no_article_that_was_read(
    when: int, config: Config, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    """It takes no more in the middle (article 7 of 12) or at the end; the next crawl has all."""
    site = site_of(12)
    source = write_recipe(recipes, site.url)
    calm = site.routes[f"/tin/{when}.html"]

    def forbid_writing(_: str) -> Answer:
        with closing(sqlite3.connect(config.store)) as connection:
            connection.execute(
                "CREATE TRIGGER IF NOT EXISTS closed BEFORE INSERT ON articles "
                "BEGIN SELECT RAISE(ABORT, 'no room left'); END"
            )
        assert isinstance(calm, Answer)
        return calm

    site.routes[f"/tin/{when}.html"] = forbid_writing
    with site.running():
        run = crawl(source)
        read = [path for path in site.paths if "/tin/" in path]
        assert run.state == "failed"
        spooled = run.counters["keep/spooled"]
        assert len(stored()) + spooled == len(read)
        assert f"{spooled} read articles wait" in (run.message or "")
        with closing(sqlite3.connect(config.store)) as connection:
            connection.execute("DROP TRIGGER closed")
        site.routes[f"/tin/{when}.html"] = calm
        site.asked.clear()
        assert crawl(source).counters["keep/replayed"] == spooled
        assert not set(read) & set(site.paths), "nothing that was read is asked for again"
    assert len(stored()) == 12


def test_articles_that_neither_store_nor_spool_take_are_told(
    recipes: Path, crawl: Crawl, config: Config
) -> None:
    with site_of(2).running() as site:
        source = write_recipe(recipes, site.url)
        run = crawl(source, store=AWAY, spool_mebibytes=0)
    assert run.counters["keep/lost"] == 2
    assert "2 read articles were kept nowhere" in (run.message or "")
    assert "TINSO_SPOOL_MEBIBYTES" in (run.message or "")
    assert [*config.spool.glob("articles/**/*.gz")] == []
