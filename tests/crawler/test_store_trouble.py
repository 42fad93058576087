"""A store that is away, full, read-only, of a newer layout, or goes in the middle of a crawl."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path

import pytest

from crawler.config import Config
from store.connect import open_store
from store.model import Article, Run
from tests.crawler.sites import Answer, site_of, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]


def test_a_store_whose_folder_cannot_be_made_is_told(
    config: Config, recipes: Path, crawl: Crawl, tmp_path: Path
) -> None:
    (tmp_path / "a-file").write_text("no folder")
    with site_of(1).running() as site:
        run = crawl(write_recipe(recipes, site.url), store=str(tmp_path / "a-file" / "tinso.db"))
    assert (run.state, run.cause) == ("failed", "store-read-only")
    assert "TINSO_STORE" in (run.message or "")


def test_a_store_of_a_newer_layout_is_left_alone(
    config: Config, recipes: Path, crawl: Crawl
) -> None:
    with site_of(1).running() as site:
        source = write_recipe(recipes, site.url)
        crawl(source)
        connection = sqlite3.connect(config.store)
        connection.execute("PRAGMA user_version = 999")
        connection.commit()
        connection.close()
        before = Path(config.store).read_bytes()
        run = crawl(source)
    assert (run.state, run.cause) == ("failed", "store-newer")
    assert Path(config.store).read_bytes() == before


def test_a_file_that_is_no_store_is_told_and_left_alone(
    config: Config, recipes: Path, crawl: Crawl
) -> None:
    Path(config.store).write_bytes(b"Ghi ch\xc3\xba c\xe1\xbb\xa7a t\xc3\xb4i\n" * 50)
    before = Path(config.store).read_bytes()
    with site_of(1).running() as site:
        run = crawl(write_recipe(recipes, site.url))
    assert run.state == "failed"
    assert config.store in (run.message or "")
    assert Path(config.store).read_bytes() == before


def test_a_store_that_goes_in_the_middle_ends_the_crawl_and_keeps_what_it_had(
    config: Config, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    """The store turns into one of a newer layout, and then into no store, while a crawl writes."""
    site = site_of(60)
    source = write_recipe(recipes, site.url)
    calm = site.routes["/tin/30.html"]

    def forbid_writing(_: str) -> Answer:
        connection = sqlite3.connect(config.store)
        connection.execute(
            "CREATE TRIGGER closed BEFORE INSERT ON articles "
            "BEGIN SELECT RAISE(ABORT, 'no room left'); END"
        )
        connection.commit()
        connection.close()
        assert isinstance(calm, Answer)
        return calm

    site.routes["/tin/30.html"] = forbid_writing
    with site.running():
        run = crawl(source)
        kept = len(stored())
        assert run.state == "failed"
        assert config.store in (run.message or "")
        assert run.cause is not None
        assert run.cause.startswith("store")
        assert 0 < kept < 60
        assert len(site.asked) < 60, "the crawl ends rather than ask for what it cannot keep"
        connection = sqlite3.connect(config.store)
        connection.execute("DROP TRIGGER closed")
        connection.commit()
        connection.close()
        site.routes["/tin/30.html"] = calm
        assert crawl(source).state == "ok"
    assert len(stored()) == 60


def test_a_crawl_that_is_killed_leaves_a_run_and_the_next_one_finishes_its_work(
    config: Config, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    killed: list[str] = []

    def kill(_: str) -> Answer:
        if not killed:
            for child in active_children():
                killed.append(child.name)
                child.kill()
        return Answer("<html></html>")

    site = site_of(12)
    source = write_recipe(recipes, site.url)
    calm = site.routes["/tin/6.html"]
    site.routes["/tin/6.html"] = kill
    with site.running():
        run = crawl(source)
        assert (run.state, run.cause, run.complete) == ("killed", "killed", False)
        assert killed == [f"crawl {source}"]
        site.routes["/tin/6.html"] = calm
        assert crawl(source).state == "ok"
    assert len(stored()) == 12
    store = open_store(config.store)
    assert sorted(found.state for found in store.runs(limit=9)) == ["killed", "ok"]
    store.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_crawl_ends_in_good_order_when_the_process_that_started_it_is_ended(
    number: signal.Signals, config: Config, recipes: Path
) -> None:
    """It imports nothing from the folder that it is called in, either."""
    (recipes / "lxml.py").write_text("raise SystemExit('imported from the folder')")
    site = site_of(40)
    source = write_recipe(recipes, site.url, delay=0.2)
    environ = {
        **os.environ,
        "TINSO_HOME": str(config.home),
        "TINSO_STORE": config.store,
        "TINSO_SOURCES": config.sources,
    }
    with site.running():
        parent = subprocess.Popen(
            [Path(sys.executable).with_name("tinso"), "crawl", source, "--json"],
            cwd=recipes,
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        site.wait_for(4)
        parent.send_signal(number)
        assert parent.wait(timeout=10) in {-signal.SIGKILL, 1}
        site.wait_until_quiet()
        asked = len(site.asked)
    assert asked < 40
    store = open_store(config.store)
    (run,) = store.runs(source, limit=5)
    store.close()
    assert (run.state, run.cause) == ("partial", "stopped")
