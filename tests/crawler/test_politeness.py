"""What a site sees of a crawl, told by a server that counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.demo.server import DemoServer
from crawler.politeness import ROBOTS_DAY
from store.connect import open_store
from store.model import Article, Note, Run
from tests.crawler.sites import Answer, Site, site_of, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]


def pauses(site: Site) -> list[float]:
    times = [asked.at for asked in site.asked]
    return [later - earlier for earlier, later in pairwise(times)]


def test_one_request_is_in_flight_and_none_is_made_twice(recipes: Path, crawl: Crawl) -> None:
    site = site_of(12)
    site.routes |= {
        path: Answer(answer.body, hold_seconds=0.02)
        for path, answer in site.routes.items()
        if isinstance(answer, Answer)
    }
    with site.running():
        assert crawl(write_recipe(recipes, site.url)).state == "ok"
    assert max(asked.in_flight for asked in site.asked) == 1
    assert sorted(site.paths) == sorted(set(site.paths))
    assert len(site.asked) == 1 + 1 + 12, "robots.txt, the list, its articles"


def test_the_recipes_pause_is_kept_between_requests(recipes: Path, crawl: Crawl) -> None:
    with site_of(3).running() as site:
        crawl(write_recipe(recipes, site.url, delay=0.2))
    assert len(pauses(site)) == 4
    assert min(pauses(site)) > 0.17


def test_what_robots_txt_forbids_is_not_asked_for(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(3)
    site.routes["/robots.txt"] = Answer(
        "User-agent: tinso\nDisallow: /tin/2.html\n", content_type="text/plain"
    )
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert "/tin/2.html" not in site.paths
    assert len(stored()) == 2
    assert run.counters["failure/article/robots"] == 1


def test_a_site_that_forbids_its_lists_is_left_alone_and_told(recipes: Path, crawl: Crawl) -> None:
    site = site_of(3)
    site.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n", content_type="text/plain")
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert site.paths == ["/robots.txt"]
    assert (run.state, run.cause) == ("failed", "robots")


def test_the_user_agent_names_us_and_a_contact(recipes: Path, crawl: Crawl) -> None:
    with site_of(1).running() as site:
        crawl(write_recipe(recipes, site.url))
    agents = {asked.headers["User-Agent"] for asked in site.asked}
    assert len(agents) == 1
    assert re.fullmatch(r"tinso/\d+\.\d+\.\d+ \(\+\S+@\S+\)", agents.pop())


def test_a_second_crawl_of_a_quiet_site_asks_for_its_list_alone(
    recipes: Path, crawl: Crawl
) -> None:
    with site_of(30).running() as site:
        source = write_recipe(recipes, site.url)
        crawl(source)
        site.asked.clear()
        run = crawl(source)
    assert site.paths == ["/"]
    assert (run.state, run.complete, run.counters["list/known"]) == ("ok", True, 30)


def test_what_robots_txt_said_holds_in_the_next_crawl_too(recipes: Path, crawl: Crawl) -> None:
    site = site_of(3)
    rules = "User-agent: *\nDisallow: /tin/2.html\nCrawl-delay: 0.4\n"
    site.routes["/robots.txt"] = Answer(rules, content_type="text/plain")
    with site.running():
        source = write_recipe(recipes, site.url)
        crawl(source)
        site.asked.clear()
        run = crawl(source, full=True)
    assert sorted(site.paths) == ["/", "/tin/1.html", "/tin/3.html"]
    assert run.counters["failure/article/robots"] == 1
    assert min(pauses(site)) > 0.35


@pytest.mark.parametrize(("age", "again"), [(timedelta(hours=23), False), (ROBOTS_DAY, True)])
def test_robots_txt_is_asked_for_again_after_a_day(
    recipes: Path, crawl: Crawl, config: Config, age: timedelta, again: bool
) -> None:
    with site_of(1).running() as site:
        source = write_recipe(recipes, site.url)
        with closing(open_store(config.store)) as store:
            written = datetime.now(UTC) - age
            store.save_note(Note(source=source, name=f"robots {site.url}", at=written, text=""))
        crawl(source)
    assert ("/robots.txt" in site.paths) is again


def test_a_redirect_to_another_host_is_told_and_not_followed(recipes: Path, crawl: Crawl) -> None:
    stranger = site_of(3)
    site = Site({"/": Answer("", 301, headers={"Location": ""})})
    with stranger.running(), site.running():
        elsewhere = stranger.url.replace("127.0.0.1", "127.0.0.2")
        site.routes["/"] = Answer("", 301, headers={"Location": f"{elsewhere}/"})
        run = crawl(write_recipe(recipes, site.url))
    assert stranger.asked == []
    assert (run.state, run.cause) == ("failed", "moved-host")


def test_the_demo_portals_see_one_request_at_a_time(recipes: Path, crawl: Crawl) -> None:
    with DemoServer() as demo:
        demo.write_recipes(recipes)
        source = sorted(demo.sites)[0]
        assert crawl(source).state == "ok"
        assert max(asked[3] for asked in demo.requests) == 1
