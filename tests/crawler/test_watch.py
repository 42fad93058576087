"""Crawls that hang, are stopped or leak, in real processes: each ends in time, with a Run."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import closing
from multiprocessing import active_children, forkserver
from pathlib import Path

import pytest

from crawler import pool, watch
from crawler.config import Config
from crawler.order import Order
from crawler.watch import Listener
from store.connect import open_store
from store.model import Run
from tests.crawler.sites import Answer, site_of, write_recipe


def stored(config: Config) -> list[Run]:
    with closing(open_store(config.store)) as store:
        return store.runs(limit=9)


def test_a_crawl_that_hangs_is_killed_when_its_time_is_up(
    config: Config, recipes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "STOP_SECONDS", 0.2)
    site = site_of(2)

    def hang(_: str) -> Answer:
        for child in active_children():
            os.kill(child.pid or 0, signal.SIGSTOP)
        return Answer()

    site.routes["/"] = hang
    with site.running():
        source = write_recipe(recipes, site.url)
        order = Order(source=source, config=config)
        started = watch.crawl(order, Listener(), most_seconds=3.0)
        run = asyncio.run(started)
    assert (run.state, run.cause, run.complete) == ("killed", "too-long", False)
    assert "took too long" in (run.message or "")
    assert stored(config) == [run]
    assert active_children() == []


def test_a_crawl_ends_with_the_server_that_it_was_forked_from_and_the_next_has_another(
    config: Config, recipes: Path
) -> None:
    site = site_of(30)

    def kill_server(_: str) -> Answer:
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)  # type: ignore[attr-defined]
        return Answer("<html></html>")

    calm, site.routes["/tin/9.html"] = site.routes["/tin/9.html"], kill_server
    with site.running():
        source = write_recipe(recipes, site.url)
        run = asyncio.run(watch.crawl(Order(source=source, config=config), Listener()))
        assert (run.state, run.cause) == ("killed", "killed")
        site.wait_until_quiet(0.3)
        assert len(site.asked) < 30
        site.routes["/tin/9.html"] = calm
        again = asyncio.run(watch.crawl(Order(source=source, config=config), Listener()))
    assert again.state == "ok"


def test_a_crawl_that_takes_too_much_memory_ends_in_good_order(
    config: Config, recipes: Path
) -> None:
    with site_of(9).running() as site:
        source = write_recipe(recipes, site.url, delay=0.5)
        order = Order(source=source, config=config, most_megabytes=10)
        run = asyncio.run(watch.crawl(order, Listener()))
    assert (run.state, run.cause) == ("partial", "too-much-memory")
    assert stored(config) == [run]


def test_a_crawl_whose_process_cannot_be_started_leaves_a_run_too(
    config: Config, recipes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(order: Order) -> pool.Child:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(pool, "start", refused)
    source = write_recipe(recipes, "http://127.0.0.1:9")
    run = asyncio.run(watch.crawl(Order(source=source, config=config), Listener()))
    assert (run.state, run.cause) == ("failed", "crashed")
    assert "Resource temporarily unavailable" in (run.message or "")
    assert stored(config) == [run]


def test_a_host_that_does_not_answer_leaves_no_traceback_in_the_log(
    config: Config, recipes: Path
) -> None:
    source, lines = write_recipe(recipes, "http://127.0.0.1:9"), list[str]()
    order = Order(source=source, config=config, log_level="ERROR")
    run = asyncio.run(watch.crawl(order, Listener(log=lines.append)))
    assert (run.state, lines) == ("failed", [])
