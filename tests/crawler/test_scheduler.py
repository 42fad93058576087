"""The loop that crawls what is due, with a clock and crawls of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.config import Config
from crawler.order import Order
from crawler.schedule import Due
from crawler.scheduler import LOOK_SECONDS, MOST_AWAY_SECONDS, Parts, Scheduler, Told
from crawler.survey import FURTHEST, SPREAD, look_around, spread
from crawler.turns import Clock
from crawler.watch import Listener
from store.base import Store
from store.connect import open_store
from store.errors import StoreAway, StoreNewer, WrongUse
from store.model import Run
from tests.crawler.sites import write_recipe

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass
class World:
    """What surrounds a scheduler: a clock, a store that may be away, sites whose crawls end."""

    config: Config
    now: datetime = NOW
    away: bool = False
    begun: list[str] = field(default_factory=list)
    ended: dict[str, Due | None] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    crawling: dict[str, asyncio.Future[None]] = field(default_factory=dict)

    def scheduler(
        self, *, jobs: int = 9, only: Sequence[str] = (), once: bool = False
    ) -> Scheduler:
        told = Told(
            ended=lambda run, due: self.ended.update({run.source: due}), said=self.said.append
        )
        parts = Parts(
            crawl=self.crawl,
            clock=Clock(now=lambda: self.now, sleep=self.never),
            open_store=self.open_store,
        )
        return Scheduler(self.config, told, jobs=jobs, only=only, once=once, parts=parts)

    def open_store(self, address: str) -> Store:
        if self.away:
            raise StoreAway("it does not answer", about=address)
        return Flaky(open_store(address), self)

    async def crawl(self, order: Order, listener: Listener, *, lost: object) -> Run:
        self.begun.append(order.source)
        self.crawling[order.source] = asyncio.get_running_loop().create_future()
        await self.crawling[order.source]
        run = Run(id=order.run_id, source=order.source, state="ok", started=self.now)
        with closing(open_store(self.config.store)) as store:
            store.save_run(run)
        return run

    async def never(self, seconds: float) -> None:
        await asyncio.get_running_loop().create_future()

    async def end(self, scheduler: Scheduler, *sources: str) -> None:
        """Let crawls end, and their sources be given back."""
        await asyncio.sleep(0)
        running = scheduler.crawls.values()
        tasks = [task for task in running if task.get_name().removeprefix("crawl ") in sources]
        for source in sources:
            self.crawling.pop(source).set_result(None)
        await asyncio.wait(tasks)


class Flaky:
    """A store that does not answer while the world says so."""

    def __init__(self, store: Store, world: World) -> None:
        self.store = store
        self.world = world

    def __getattr__(self, name: str) -> Any:
        if self.world.away and name != "close":
            raise StoreAway("it does not answer")
        return getattr(self.store, name)


@pytest.fixture
def world(config: Config, monkeypatch: pytest.MonkeyPatch) -> World:
    own = property(lambda self: (Path(self.sources),))
    monkeypatch.setattr(Config, "roots", own)  # without those that the project brings along
    return World(config)


def sources(recipes: Path, *names: str, host: str = "") -> list[str]:
    return [
        write_recipe(recipes, f"http://{host or '127.0.0.1'}:{9 + i}", source=f"dien-bien/{name}")
        for i, name in enumerate(names)
    ]


def dues(world: World) -> dict[str, datetime]:
    with closing(open_store(world.config.store)) as store:
        return store.dues()


def plan(world: World, **after: timedelta) -> None:
    with closing(open_store(world.config.store)) as store:
        store.set_dues({f"dien-bien/{name}": NOW + pause for name, pause in after.items()})


async def finish(scheduler: Scheduler) -> None:
    """Stop a loop of which only single rounds were asked."""
    scheduler.stop()
    await scheduler.run()


def play(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(scene, 30))


def test_what_is_due_is_crawled_the_longest_overdue_first_as_many_at_once_as_there_are_jobs(
    world: World, recipes: Path
) -> None:
    a, b, c, d = sources(recipes, "a", "b", "c", "d")
    plan(world, a=-MINUTE, b=-3 * MINUTE, c=-2 * MINUTE, d=7 * SECOND)

    async def scene() -> None:
        scheduler = world.scheduler(jobs=2)
        assert await scheduler.tick() == LOOK_SECONDS
        await asyncio.sleep(0)
        assert world.begun == [b, c]
        await world.end(scheduler, c)
        assert await scheduler.tick() == LOOK_SECONDS
        await world.end(scheduler, a, b)
        assert world.begun == [b, c, a]
        assert await scheduler.tick() == 7, "until the next one is due"
        world.now += 8 * SECOND
        await scheduler.tick()
        await world.end(scheduler, d)
        assert world.begun == [b, c, a, d]
        await finish(scheduler)

    play(scene())
    assert {name: due and due.at for name, due in world.ended.items()} == dues(world)
    assert min(dues(world).values()) > NOW + 5 * MINUTE


def test_two_sources_on_one_host_go_one_after_the_other_also_with_two_schedulers(
    world: World, recipes: Path
) -> None:
    one = write_recipe(recipes, "http://127.0.0.1:9", source="dien-bien/mot")
    two = write_recipe(recipes, "http://127.0.0.1:9", source="dien-bien/hai")
    plan(world, mot=-MINUTE, hai=SECOND - MINUTE)

    async def scene() -> None:
        first, second = world.scheduler(), world.scheduler()
        await first.tick()
        await second.tick()
        await asyncio.sleep(0)
        assert world.begun == [one]
        await world.end(first, one)
        await second.tick()
        await first.tick()
        await world.end(second, two)
        assert world.begun == [one, two]
        await finish(first)
        await finish(second)

    play(scene())


def test_sources_that_were_never_crawled_are_begun_one_after_the_other(
    world: World, recipes: Path
) -> None:
    names = sources(recipes, "a", "b", "c")
    with closing(open_store(world.config.store)) as store:
        found = look_around(world.config, store, NOW, only=(), spread_out=True)
        store.set_dues({names[1]: NOW - MINUTE})
        look_around(world.config, store, NOW + MINUTE, only=(), spread_out=True)
    assert list(found.sources) == names
    assert list(dues(world).values()) == [NOW, NOW - MINUTE, NOW + 20 * SECOND]
    many = [due.at for due in spread([str(number) for number in range(120)], NOW).values()]
    assert max(many) - NOW <= SPREAD
    assert len(set(many)) == 120


def test_a_due_time_that_a_wrong_clock_set_is_decided_again(world: World, recipes: Path) -> None:
    a, b = sources(recipes, "a", "b")
    plan(world, a=timedelta(days=400), b=FURTHEST - MINUTE)
    play(finish_after_a_tick(world))
    assert world.begun == [a]
    assert dues(world)[b] == NOW + FURTHEST - MINUTE


async def finish_after_a_tick(world: World) -> None:
    scheduler = world.scheduler()
    await scheduler.tick()
    await asyncio.sleep(0)
    await finish(scheduler)


def test_a_store_that_is_away_is_waited_for_and_told_once_each_time(
    world: World, recipes: Path
) -> None:
    (a,) = sources(recipes, "a")
    world.away = True

    async def scene() -> None:
        scheduler = world.scheduler()
        pauses = [await scheduler.tick() for _ in range(8)]
        assert pauses[:3] == [2, 4, 8]
        assert pauses[-1] == MOST_AWAY_SECONDS
        assert len(world.said) == 1
        world.away = False
        await scheduler.tick()
        await asyncio.sleep(0)
        assert world.begun == [a]
        assert len(world.said) == 2
        world.away = True
        assert [await scheduler.tick() for _ in range(3)] == [2, 4, 8]
        await world.end(scheduler, a)
        assert world.ended == {a: None}
        assert len(world.said) == 3
        world.away = False
        await finish(scheduler)

    play(scene())
    assert "it does not answer" in world.said[0]
    assert "answers again" in world.said[1]


def refused(address: str) -> Store:
    raise StoreNewer("has a newer layout", about=address)


def test_a_store_that_is_none_of_ours_and_sources_that_cannot_be_crawled_end_it_at_the_start(
    world: World, recipes: Path
) -> None:
    with pytest.raises(StoreNewer):
        asyncio.run(Scheduler(world.config, Told(), jobs=1, parts=Parts(open_store=refused)).run())
    with pytest.raises(WrongUse, match="unknown source 'dien-bien/khong'"):
        asyncio.run(world.scheduler(only=["dien-bien/khong"]).run())
    sources(recipes, "a", host="so.example.vn")
    with pytest.raises(WrongUse, match="TINSO_CONTACT"):
        asyncio.run(world.scheduler().run())


def test_a_bad_recipe_is_told_once_and_the_others_are_crawled(world: World, recipes: Path) -> None:
    a, b = sources(recipes, "a", "b")
    file = recipes / f"{b}.toml"
    good = file.read_text()
    file.write_text("nam = 1")

    async def scene() -> None:
        scheduler = world.scheduler()
        for _ in range(3):
            await scheduler.tick()
            world.now += 2 * MINUTE
        await asyncio.sleep(0)
        assert world.begun == [a], "once, though its lease was not renewed, as after a sleep"
        assert len(world.said) == 1
        assert "unknown key 'nam'" in world.said[0]
        file.write_text(good)
        await scheduler.tick()
        await asyncio.sleep(0)
        assert world.begun == [a, b], "a recipe that is mended counts without a restart"
        await finish(scheduler)

    play(scene())


def test_a_crawl_that_breaks_the_loop_s_own_work_is_told_and_touches_no_other(
    world: World, recipes: Path
) -> None:
    a, b = sources(recipes, "a", "b")
    plan(world, a=-MINUTE, b=-MINUTE)

    async def scene() -> None:
        scheduler = world.scheduler()
        await scheduler.tick()
        await asyncio.sleep(0)
        world.crawling[a].set_exception(RuntimeError("broken"))
        world.crawling[b].set_result(None)
        await asyncio.wait([*scheduler.crawls.values()])
        await finish(scheduler)

    play(scene())
    assert [line for line in world.said if a in line and "broken" in line]
    assert set(world.ended) == {b}


def test_once_crawls_what_is_due_at_its_start_and_leaves_what_others_hold(
    world: World, recipes: Path
) -> None:
    a, b, c = sources(recipes, "a", "b", "c")
    plan(world, a=-MINUTE, b=-MINUTE, c=MINUTE)

    async def scene() -> None:
        other = world.scheduler(only=[b])
        await other.tick()
        round_ = asyncio.create_task(world.scheduler(once=True).run())
        while a not in world.crawling:
            await asyncio.sleep(0.01)
        world.now += MINUTE + SECOND
        world.crawling.pop(a).set_result(None)
        await round_
        assert world.begun == [b, a]
        await finish(other)
        world.away = True
        with pytest.raises(StoreAway):
            await world.scheduler(once=True).run()

    play(scene())
    assert dues(world)[c] == NOW + MINUTE


def test_what_is_told_to_stop_stops_its_crawls_and_gives_their_leases_back(
    world: World, recipes: Path
) -> None:
    sources(recipes, "a", "b")
    plan(world, a=-MINUTE, b=-MINUTE)

    async def scene() -> None:
        scheduler = world.scheduler()
        loop = asyncio.create_task(scheduler.run())
        while len(world.crawling) < 2:
            await asyncio.sleep(0.01)
        scheduler.stop()
        await loop
        assert all(future.cancelled() for future in world.crawling.values())

    play(scene())
    with closing(open_store(world.config.store)) as store:
        assert store.leases() == []
