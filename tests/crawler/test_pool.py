"""The processes of crawls: fresh ones, forked where everything was imported before."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler import pool
from crawler.config import Config
from crawler.order import Order
from tests.crawler.sites import site_of, write_recipe


def test_what_is_imported_beforehand_starts_no_thread_and_takes_nothing_from_the_environment() -> (
    None
):
    code = (
        "import crawler.preload, sys, threading; print(threading.active_count(), "
        "{'twisted.internet.reactor', 'crawler.settings'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "set()"]


def test_a_crawl_is_told_its_environment_and_leads_a_session_of_its_own(
    config: Config, recipes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hear(child: pool.Child) -> tuple[int, int, str]:
        session, log = 0, ""
        async for line in child.log():
            session = session or os.getsid(child.pid)
            log += line.decode()
        return session, await child.wait(), log

    with site_of(1).running() as site:
        source = write_recipe(recipes, site.url)
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        child = pool.start(Order(source=source, config=config, log_level="INFO"))
        pid = child.pid
        session, code, log = asyncio.run(hear(child))
        child.close()
    assert (session, code) == (pid, 0)
    assert "refuse" in log
    assert site.asked == [], "the proxy was asked"
