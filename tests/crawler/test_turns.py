"""Crawls under leases: nobody crawls what somebody else does, and what is lost is let go."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.backfill import Backfill
from crawler.config import Config
from crawler.order import Order
from crawler.recipe import Source
from crawler.recipes import load_source
from crawler.round import Listener, Round, crawl_round
from crawler.turns import LEASE, Clock, Turns, holder_said, is_gone
from crawler.worker import GRACE_SECONDS
from store.base import Store
from store.connect import open_store
from store.model import Run
from store.turns import Lease
from tests.crawler.sites import site_of, write_recipe

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Time:
    """A clock that runs only while somebody sleeps."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    with closing(open_store(config.store)) as opened:
        yield opened


@pytest.fixture
def source(config: Config, recipes: Path) -> Source:
    return load_source(write_recipe(recipes, "http://127.0.0.1:9"), config.roots)


def run_of(order: Order, time: Time) -> Run:
    return Run(id=order.run_id, source=order.source, state="ok", started=time.at, ended=time.at)


def turns(store: Store, time: Time, crawl: Callable[..., Awaitable[Run]]) -> Turns:
    return Turns(store=store, crawl=crawl, clock=Clock(now=time.now, sleep=time.sleep))


async def at_once(order: Order, listener: Listener, *, lost: object) -> Run:
    raise AssertionError("nobody asked for a crawl")


def test_a_lease_is_renewed_as_long_as_its_crawl_lasts_and_given_back_with_the_next_due_time(
    store: Store, source: Source, config: Config, time: Time
) -> None:
    seen: list[timedelta] = []

    async def long(order: Order, listener: Listener, *, lost: object) -> Run:
        while time.at < NOW + 10 * MINUTE:
            await asyncio.to_thread(lambda: None)
            (lease,) = store.leases()
            seen.append(lease.until - time.at)
        run = run_of(order, time)
        store.save_run(run)
        return run

    async def whole() -> None:
        mine = turns(store, time, long)
        order = Order(source=source.id, config=config)
        lease = await mine.claim(source)
        assert mine.holds(lease, source)
        run, due = await mine.take(lease, source, order, Listener())
        assert run.state == "ok"
        assert due is not None
        assert store.dues() == {source.id: due.at}
        assert due.at > time.at

    asyncio.run(whole())
    assert max(seen) == LEASE
    assert min(seen) > timedelta()
    assert store.leases() == []


def test_a_lease_that_is_lost_ends_its_crawl_and_says_nothing_of_the_due_time(
    store: Store, source: Source, config: Config, time: Time
) -> None:
    async def until_lost(order: Order, listener: Listener, *, lost: asyncio.Task[None]) -> Run:
        (lease,) = store.leases()
        store.release(lease)
        await lost
        return run_of(order, time)

    async def whole() -> None:
        mine = turns(store, time, until_lost)
        lease = await mine.claim(source)
        await mine.take(lease, source, Order(source=source.id, config=config), Listener())

    asyncio.run(whole())
    assert store.dues() == {}


def test_a_walk_through_an_archive_leaves_the_due_time_as_it_was(
    store: Store, source: Source, config: Config, time: Time
) -> None:
    async def walk(order: Order, listener: Listener, *, lost: object) -> Run:
        return run_of(order, time)

    async def whole() -> None:
        mine = turns(store, time, walk)
        order = Order(source=source.id, config=config, backfill=Backfill())
        await mine.take(await mine.claim(source), source, order, Listener())

    store.set_dues({source.id: NOW})
    asyncio.run(whole())
    assert (store.dues(), store.leases()) == ({source.id: NOW}, [])


def test_another_s_lease_stands_unless_its_holder_was_of_this_machine_and_is_gone(
    store: Store, source: Source, time: Time
) -> None:
    one, two = turns(store, time, at_once), turns(store, time, at_once)
    mine = asyncio.run(one.claim(source))
    assert asyncio.run(two.claim(source)) == mine
    assert not two.holds(mine, source)
    assert f"process {mine.holder.split(':')[1]} on " in holder_said(mine)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    machine, _, nonce = mine.holder.split(":")
    store.release(mine)
    dead = Turns(
        store=store, crawl=at_once, clock=two.clock, holder=f"{machine}:{ended.pid}:{nonce}"
    )
    asyncio.run(dead.claim(source))
    before = time.at
    assert two.holds(asyncio.run(two.claim(source)), source)
    assert (time.at - before).total_seconds() > GRACE_SECONDS, "its crawl may still ask for a page"


@pytest.mark.parametrize("holder", ["", "elsewhere/4026531836:1:ab", "no-pid:x", "a:99999999999:b"])
def test_a_holder_that_cannot_be_asked_is_not_gone(holder: str) -> None:
    lease = Lease(host="h", source="a/b", holder=holder, since=NOW, until=NOW)
    assert not is_gone(lease)


def test_a_source_that_another_crawls_is_left_to_it_and_the_others_are_crawled(
    config: Config, recipes: Path, store: Store
) -> None:
    left: list[tuple[str, Lease]] = []
    with site_of(1).running() as one, site_of(1).running() as two:
        taken = write_recipe(recipes, one.url, source="dien-bien/mot")
        free = write_recipe(recipes, two.url, source="dien-bien/hai")
        other = Turns(store=store, crawl=at_once)
        lease = asyncio.run(other.claim(load_source(taken, config.roots)))
        listener = Listener(busy=lambda name, found: left.append((name, found)))
        runs = crawl_round(Round(sources=[taken, free], config=config), listener)
        assert [run.source for run in runs] == [free]
        assert left == [(taken, lease)]
        assert one.asked == []
        store.release(lease)
        (run,) = crawl_round(Round(sources=[taken], config=config), listener)
        assert run.state == "ok"
    assert store.leases() == []
    assert set(store.dues()) == {taken, free}
