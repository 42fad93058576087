"""Several processes at one store, and one that is killed, on both backends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.base import Selection, Store
from store.model import Run
from store.sqlite import SqliteStore
from tests.store.making import article, page, run, sighting

ROOT = Path(__file__).parents[2]


def start(address: str, name: str, first: int, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", address, name, str(first), str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(writers: list[subprocess.Popen[str]]) -> None:
    for writer in writers:
        _, errors = writer.communicate(timeout=60)
        assert writer.returncode == 0, errors


def test_four_processes_keep_different_articles(store: Store, address: str) -> None:
    finish([start(address, f"w{n}", n * 100, 15) for n in range(4)])
    assert store.version(Selection()).count == 60
    for n in range(4):
        assert store.version(Selection(topic=f"w{n}")).count == 15


def test_four_processes_keep_the_same_articles_once_and_lose_no_edit(
    store: Store, address: str
) -> None:
    finish([start(address, f"w{n}", 0, 10) for n in range(4)])
    assert store.version(Selection()).count == 10
    for number in range(10):
        found = store.get(article(number).id)
        assert found is not None
        put_away = store.revisions(found.id)
        assert [version.revision for version in put_away] == [1, 2, 3]
        assert found.revision == 4
        assert {found.title, *(version.title for version in put_away)} == {
            f"Tin {number} do w{n} ghi" for n in range(4)
        }


def test_killed_writer_leaves_all_that_it_was_told_is_kept(
    store: Store, address: str, reopen: Callable[[], Store]
) -> None:
    with start(address, "w", 0, 100_000) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip() for _ in range(20)]
        writer.kill()
        told += writer.stdout.read().split()  # not communicate(): it skips what readline took in
    after = reopen()
    found = after.newest(Selection(), limit=100_000)
    assert set(told) <= {each.id for each in found}
    assert len(found) == after.version(Selection()).count == len({each.id for each in found})
    assert len(found) <= len(told) + 1
    again = after.keep([sighting(n, title=f"Tin {n} do w ghi", topics=("w",)) for n in range(20)])
    assert len(again.same) == 20


def test_threads_share_one_store(store: Store) -> None:
    def write_and_read(n: int) -> int:
        store.keep([sighting(n)])
        store.keep([sighting(0, title=f"Tin chung {n}")])
        return len(store.newest(Selection(), limit=50))

    with ThreadPoolExecutor(8) as threads:
        counts = list(threads.map(write_and_read, range(1, 17)))
    assert max(counts) == 17
    assert len(store.revisions(article(0).id)) == 15


def test_threads_that_race_to_write_one_run_or_page_agree(store: Store) -> None:
    def end(n: int) -> Run | None:
        store.save_run(run(state="running" if n % 2 else "ok"))
        store.keep_pages([page()])
        return store.run("run-1")

    with ThreadPoolExecutor(8) as threads:
        assert None not in list(threads.map(end, range(16)))
    assert store.run("run-1") == run()
    assert store.page(page().article_id) == page()


@pytest.mark.parametrize("readers", [4])
def test_sqlite_lends_no_more_connections_than_threads(tmp_path: Path, readers: int) -> None:
    store = SqliteStore(tmp_path / "tinso.db")
    for _ in range(20):
        with ThreadPoolExecutor(readers) as threads:
            list(threads.map(lambda _: store.sources(), range(readers)))
    assert len(store._file._idle) <= readers + 1
    store.close()
