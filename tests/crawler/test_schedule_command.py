"""`tinso crawl --due`, `schedule` and `up`, and a crawl of what somebody else crawls."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from crawler import watch
from crawler.config import Config
from crawler.recipes import load_source
from crawler.screen_schedule import REASONS
from crawler.turns import Turns
from store.connect import open_store
from store.model import Run
from tests.crawler.sites import site_of, write_recipe
from tinso import main

Tinso = Callable[..., Result]


@pytest.fixture
def tinso(config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tinso]:
    """The command line in this process, with its server of crawls."""
    for name, value in config.environ().items():
        monkeypatch.setenv(name, value)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield lambda *args: CliRunner().invoke(main, args)
    for number, handler in before.items():
        signal.signal(number, handler)


def test_crawl_due_crawls_what_is_due_once_and_then_nothing_until_it_is_due_again(
    tinso: Tinso, config: Config, recipes: Path
) -> None:
    with site_of(3).running() as site:
        source = write_recipe(recipes, site.url)
        first = tinso("crawl", "--due", source)
        asked = len(site.asked)
        again = tinso("crawl", "--due", source, "--json")
        assert (first.exit_code, again.exit_code, len(site.asked)) == (0, 0, asked)
        with closing(open_store(config.store)) as store:
            (due,) = store.dues().values()
            store.set_dues({source: due.replace(year=due.year - 1)})
        third = tinso("crawl", "--due", source, "--json")
    assert f" {source}: ok, 3 mới / new" in first.stderr
    assert "lần tới / next" in first.stderr
    assert any(reason in first.stderr for reason in REASONS.values())
    assert json.loads(again.stdout) == {"runs": [], "left": []}
    assert [run["state"] for run in json.loads(third.stdout)["runs"]] == ["ok"]


def test_crawl_due_is_no_full_crawl_and_waits_for_no_store(tinso: Tinso, recipes: Path) -> None:
    source = write_recipe(recipes, "http://127.0.0.1:9")
    assert tinso("crawl", "--due", "--full").exit_code == 2
    os.environ["TINSO_STORE"] = "mongodb://127.0.0.1:9/tinso?serverSelectionTimeoutMS=100"
    away = tinso("crawl", "--due", source)
    assert away.exit_code == 1
    assert "127.0.0.1:9" in away.stderr


def test_a_source_that_is_crawled_already_is_left_to_who_does_it(
    tinso: Tinso, config: Config, recipes: Path
) -> None:
    source = write_recipe(recipes, "http://127.0.0.1:9")
    with closing(open_store(config.store)) as store:
        other = Turns(store=store, crawl=watch.crawl)
        lease = asyncio.run(other.claim(load_source(source, config.roots)))
        told, asked = tinso("crawl", source), tinso("crawl", source, "--json")
        assert store.runs(limit=9) == []
    assert (told.exit_code, asked.exit_code) == (1, 1)
    assert f"{source}: tiến trình {os.getpid()} trên" in told.stderr
    assert "crawls it since" in told.stderr
    (left,) = json.loads(asked.stdout)["left"]
    assert (left["source"], left["holder"]) == (source, lease.holder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_what_runs_until_it_is_ended_leaves_every_run_and_no_crawl_behind(
    number: signal.Signals, config: Config, recipes: Path, crawl: Callable[..., Run]
) -> None:
    site = site_of(60)
    source = write_recipe(recipes, site.url, delay=0.2)
    with site.running():
        up = subprocess.Popen(
            [sys.executable, "-m", "tinso", "up", source, "--json", "--port", "0"],
            env={**os.environ, **config.environ()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert up.stdout is not None
        address = urlsplit(json.loads(up.stdout.readline())["url"])
        site.wait_for(4)
        with closing(HTTPConnection(address.netloc, timeout=10)) as web:
            web.request("GET", "/healthz")
            assert web.getresponse().status == 200
        up.send_signal(number)
        _, said = up.communicate(timeout=10)
        assert up.returncode == (0 if number == signal.SIGTERM else -number)
        assert b"Traceback" not in said
        with closing(open_store(config.store)) as store:
            (run,) = store.runs(limit=9)
            assert len(store.leases()) == (0 if number == signal.SIGTERM else 1)
        assert (run.state, run.cause) == ("partial", "stopped")
        assert len(site.asked) < 60
        write_recipe(recipes, site.url)
        assert crawl(source).state == "ok", "the lease of one that is gone keeps nobody away"


def test_sigterm_ends_a_crawl_that_a_script_began_in_the_background(
    config: Config, recipes: Path
) -> None:
    """Such a shell lets its commands ignore Ctrl-C."""
    deaf = ("/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh")
    site = site_of(60)
    source = write_recipe(recipes, site.url, delay=0.2)
    with site.running():
        begun = subprocess.Popen(
            [*deaf, sys.executable, "-m", "tinso", "crawl", source],
            env={**os.environ, **config.environ()},
            stderr=subprocess.PIPE,
        )
        site.wait_for(4)
        begun.terminate()
        _, said = begun.communicate(timeout=10)
    assert (begun.returncode, said.splitlines()[-1]) == (1, b"tinso: stopped")
    with closing(open_store(config.store)) as store:
        (run,) = store.runs(limit=9)
    assert (run.state, run.cause) == ("partial", "stopped")
