"""A walk through a whole archive: stopped at any moment, and gone on with where it was."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler import pool
from crawler.backfill import Backfill
from crawler.config import Config
from crawler.order import Order
from crawler.place_note import place_name, read_place
from crawler.round import Listener, Round, crawl_round
from store.base import Selection
from store.connect import open_store
from store.model import Article, Run
from tests.crawler.sites import Answer, Route, Site, listing, write_recipe
from tests.store.conftest import mongo_address, mongodb  # noqa: F401 - fixtures

Back = Callable[..., Run]
Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

FIRST_DAY = date(2020, 1, 1)


def dated(number: int) -> Answer:
    day = FIRST_DAY + timedelta(days=number)
    title = f"Tin {''.join('abcdeghikl'[int(digit)] for digit in str(number))} của sở"
    return Answer(
        f"<!doctype html><html lang=vi><title>{title}</title><h1>{title}</h1>"
        f"<div class=ngay>{day:%d/%m/%Y} 08:00</div>"
        f"<div class=noidung><p>Sở họp lần thứ {number} tại xã Mường Thanh.</p></div></html>"
    )


def archive(pages: int, *, each: int = 5, path: str = "/") -> dict[str, Route]:
    """A list of so many pages, newest first, and its articles, of a day each."""

    def page(asked: str) -> Answer:
        number = int(parse_qs(urlsplit(asked).query).get("trang", ["1"])[0])
        top = (pages - number + 1) * each
        more = f"<a class=sau href='{path}?trang={number + 1}'>Sau</a>" if number < pages else ""
        return listing(*range(top, top - each, -1), more=more)

    routes: dict[str, Route] = {path: page}
    return routes | {f"/tin/{n}.html": dated(n) for n in range(1, pages * each + 1)}


@pytest.fixture
def back(config: Config) -> Back:
    """Walk the archive of one source, as `tinso crawl --backfill` does."""

    def one(
        source: str, *, since: date | None = None, max_pages: int | None = None, **more: Any
    ) -> Run:
        wanted = Backfill(since=since, max_pages=max_pages)
        round_ = Round(sources=[source], config=config, backfill=wanted, **more)
        return crawl_round(round_, Listener())[0]

    return one


def lists(site: Site) -> list[str]:
    return [path for path in site.paths if "/tin/" not in path and path != "/robots.txt"]


def told(articles: list[Article]) -> set[tuple[str, str, str]]:
    return {(one.id, one.title, one.published.isoformat()) for one in articles}


def test_an_archive_is_walked_to_its_end_and_then_costs_nothing(
    recipes: Path, back: Back, stored: Stored
) -> None:
    with Site(archive(6)).running() as site:
        source = write_recipe(recipes, site.url)
        run = back(source)
        assert lists(site) == ["/", *(f"/?trang={n}" for n in range(2, 7))]
        assert len(stored()) == 30
        assert (run.state, run.complete, run.cause) == ("ok", False, None)
        assert run.message == (
            "the archive is complete, back to 02/01/2020; 6 pages of the archive in this call "
            "(--full walks it again)"
        )
        asked = len(site.asked)
        again = back(source)
        assert len(site.asked) == asked
        assert (again.state, again.cause) == ("ok", None)
        assert (again.message or "").startswith("the archive is complete, back to 02/01/2020")
        back(source, full=True)
        assert len(lists(site)) == 12


def test_a_call_of_so_many_pages_is_gone_on_with_by_the_next(
    recipes: Path, back: Back, stored: Stored
) -> None:
    with Site(archive(5)).running() as site:
        source = write_recipe(recipes, site.url)
        run = back(source, max_pages=2)
        assert len(stored()) == 10
        assert run.message == (
            "2 pages of the archive in this call, back to 17/01/2020; "
            f"it goes on at {site.url}/?trang=3 (tinso crawl ID --backfill)"
        )
        assert run.counters["backfill/pages"] == 2
        back(source, max_pages=2)
        back(source)
    assert Counter(lists(site)).most_common(1)[0][1] == 1
    assert len(stored()) == 25


def test_a_walk_ends_two_pages_behind_the_day_asked_for(
    recipes: Path, back: Back, stored: Stored
) -> None:
    with Site(archive(10)).running() as site:
        source = write_recipe(recipes, site.url)
        day = FIRST_DAY + timedelta(days=40)
        run = back(source, since=day)
        assert len(lists(site)) == 5, "two pages of days 50 to 41, one that holds 40, two behind"
        assert (run.message or "").startswith("the archive is complete since 10/02/2020")
        asked = len(site.asked)
        back(source, since=day + timedelta(days=3))
        assert len(site.asked) == asked
        back(source)
    assert Counter(lists(site)).most_common(1)[0][1] == 1
    assert len(stored()) == 50


def test_pinned_articles_do_not_end_a_walk_to_a_day(
    recipes: Path, back: Back, stored: Stored
) -> None:
    routes = archive(6)
    calm = routes["/"]
    assert callable(calm)

    def pinned(asked: str) -> Answer:
        page = calm(asked)
        pins = "<ul class=tin><li><a href='/tin/2.html'>Ghim</a></li>"
        return Answer(str(page.body).replace("<ul class=tin>", pins))

    with Site(routes | {"/": pinned}).running() as site:
        back(write_recipe(recipes, site.url), since=FIRST_DAY + timedelta(days=16))
    assert {one.published.date() - FIRST_DAY for one in stored()} >= {
        timedelta(days=n) for n in (2, *range(16, 31))
    }


def test_a_list_that_answers_its_first_page_past_the_end_is_left(
    recipes: Path, back: Back, stored: Stored
) -> None:
    routes = archive(4)
    calm = routes["/"]
    assert callable(calm)

    def endless(asked: str) -> Answer:
        number = int(asked.partition("=")[2] or 1)
        page = calm(asked if number <= 4 else "/")
        more = f"<a class=sau href='/?trang={number + 1}'>Sau</a>" if number >= 4 else ""
        return Answer(str(page.body).replace("</html>", f"{more}</html>"))

    with Site(routes | {"/": endless}).running() as site:
        run = back(write_recipe(recipes, site.url))
    assert len(lists(site)) == 5
    assert (run.state, len(stored())) == ("ok", 20)


def test_a_page_that_names_nothing_unknown_does_not_end_a_walk(
    recipes: Path, crawl: Crawl, back: Back, stored: Stored
) -> None:
    routes = archive(5)
    deep = routes["/"]
    assert callable(deep)
    shallow = Answer(str(deep("/").body).replace("<a class=sau", "<a class=khac"))
    with Site(routes | {"/": shallow}).running() as site:
        source = write_recipe(recipes, site.url)
        assert crawl(source).complete
        site.routes["/"] = deep
        back(source)
        assert len(stored()) == 25
        before = len(lists(site))
        run = crawl(source)
        assert len(lists(site)) == before + 1, "a crawl of the news is not disturbed"
        assert (run.state, run.complete) == ("ok", True)


def test_a_walk_is_no_complete_crawl(recipes: Path, crawl: Crawl, back: Back) -> None:
    with Site(archive(4)).running() as site:
        source = write_recipe(recipes, site.url)
        back(source, max_pages=1)
        before = len(lists(site))
        assert crawl(source).complete
        assert len(lists(site)) == before + 4


def test_an_article_that_fails_for_once_is_fetched_at_the_end(
    recipes: Path, back: Back, stored: Stored
) -> None:
    answers = [Answer("lỗi", 500)] * 3

    def fails_first(_: str) -> Answer:
        return answers.pop() if answers else dated(12)

    with Site(archive(4) | {"/tin/12.html": fails_first}).running() as site:
        run = back(write_recipe(recipes, site.url))
    assert (run.state, run.cause, len(stored())) == ("ok", None, 20)


def test_an_article_that_always_fails_is_given_up(
    recipes: Path, back: Back, stored: Stored, config: Config
) -> None:
    with Site(archive(3) | {"/tin/8.html": Answer("lỗi", 500)}).running() as site:
        source = write_recipe(recipes, site.url)
        back(source)
        with closing(open_store(config.store)) as store:
            place = read_place(store.note(source, place_name(f"{site.url}/")), f"{site.url}/")
        assert place is not None
        assert [missed.entry.url for missed in place.missed] == [f"{site.url}/tin/8.html"]
        back(source)
        asked = len(site.asked)
        run = back(source)
        assert len(site.asked) == asked
    assert run.state == "ok"
    assert len(stored()) == 14


def test_a_site_that_goes_down_is_gone_on_with_where_it_was(
    recipes: Path, back: Back, stored: Stored
) -> None:
    routes = archive(6)
    calm = routes["/"]
    assert callable(calm)
    down = True

    def page(asked: str) -> Answer:
        return Answer("bảo trì", 503) if down and asked == "/?trang=4" else calm(asked)

    with Site(routes | {"/": page}).running() as site:
        source = write_recipe(recipes, site.url)
        run = back(source)
        assert (run.state, run.cause, len(stored())) == ("partial", "http-503", 15)
        assert f"it goes on at {site.url}/?trang=4" in (run.message or "")
        down = False
        site.asked.clear()
        assert back(source).state == "ok"
        assert lists(site) == [f"/?trang={n}" for n in (4, 5, 6)]
    assert len(stored()) == 30


def test_a_list_that_pages_by_a_form_is_gone_on_with(
    recipes: Path, back: Back, stored: Stored
) -> None:
    def form(asked: str) -> Answer:
        sent = parse_qs(asked.removeprefix("/"))
        number = int(sent["__EVENTARGUMENT"][0]) if sent else 1
        if sent and sent["__VIEWSTATE"] != [f"{session}: {number - 1}"]:
            return Answer("Validation of viewstate MAC failed", 500)
        rows = listing(*range(12 - 2 * number, 10 - 2 * number, -1))
        links = "".join(
            f"<a href=\"javascript:__doPostBack('trang','{n}')\">{n}</a> "
            if n != number
            else f"<span>{n}</span> "
            for n in range(1, 6)
        )
        return Answer(
            "<form method=post action='/'>"
            f"<input type=hidden name=__VIEWSTATE value='{session}: {number}'>"
            f"{rows.body!s}<div class=phantrang>{links}</div></form>"
        )

    session = "sáng"
    routes: dict[str, Route] = {f"/tin/{n}.html": dated(n) for n in range(1, 11)}
    with Site(routes | {"/": form}).running() as site:
        source = write_recipe(recipes, site.url)
        back(source, max_pages=2)
        back(source, max_pages=1)
        assert (len(lists(site)), len(stored())) == (3, 6)
        session = "chiều"
        assert back(source).state == "ok"
    assert len(stored()) == 10, "a state that is out of date is no end: the walk begins anew"


def test_what_the_recipe_offers_reaches_what_the_pager_hides(
    recipes: Path, back: Back, stored: Stored
) -> None:
    routes = archive(2)
    url = "http://127.0.0.1"

    def posts(asked: str) -> Answer:
        page = int(parse_qs(urlsplit(asked).query).get("page", ["1"])[0])
        numbers = range(20, 0, -1)[(page - 1) * 10 : page * 10]
        if not numbers:
            return Answer('{"code":"rest_post_invalid_page_number"}', 400)
        items = ",".join(f'{{"link": "{url}/tin/{n}.html"}}' for n in numbers)
        return Answer(f"[{items}]", content_type="application/json")

    named = "".join(f"<url><loc>/tin/{n}.html</loc></url>" for n in (21, 22))
    part, old = (
        Answer(f"<urlset>{inside}</urlset>", content_type="application/xml")
        for inside in (named, "<url><loc>/tin/23.html</loc></url>")
    )
    index = "<sitemap><loc>/a1.xml</loc></sitemap><sitemap><loc>/a2.xml</loc></sitemap>"
    routes |= {
        "/posts": posts,
        "/s.xml": Answer(f"<sitemapindex>{index}</sitemapindex>", content_type="application/xml"),
        "/a2.xml": part,
        "/a1.xml": old,
    }
    routes |= {f"/tin/{n}.html": dated(n) for n in range(1, 24)}
    discover = '[discover]\nposts = "/posts?per_page=10"\nsitemap = "/s.xml"\n'
    with Site(routes).running() as site:
        url = site.url
        source = write_recipe(recipes, site.url)
        file = recipes / f"{source}.toml"
        file.write_text(file.read_text(encoding="utf-8") + discover, encoding="utf-8")
        run = back(source)
        asked = len(site.asked)
        assert back(source).state == "ok"
        assert len(site.asked) == asked
    assert (run.state, len(stored())) == ("ok", 23)
    assert "/posts?per_page=10&page=3" in site.paths
    assert lists(site)[-3:] == ["/s.xml", "/a2.xml", "/a1.xml"]


def kill_at(count: int, source: str, site: Site, config: Config) -> None:
    """Start a walk, and kill its process once `count` requests have come."""
    child = pool.start(
        Order(source=source, config=config, backfill=Backfill(), log_level="CRITICAL")
    )
    site.wait_for(count)
    child.close()


@pytest.fixture
def undisturbed(tmp_path: Path, recipes: Path) -> Iterator[tuple[Site, str, Config]]:
    """A site of 16 pages, its source, and a second home for the walk that nobody kills."""
    with Site(archive(16)).running() as site:
        source = write_recipe(recipes, site.url, delay=0.004)
        home = tmp_path / "calm"
        yield (
            site,
            source,
            Config(home=home, store=str(home / "calm.db"), sources=str(recipes)),
        )


def test_a_walk_that_is_killed_again_and_again_loses_nothing(
    undisturbed: tuple[Site, str, Config],
    config: Config,
    back: Back,
    stored: Stored,
) -> None:
    site, source, calm = undisturbed
    moments = random.Random(1)
    kills = 3
    for _ in range(kills):
        kill_at(len(site.asked) + moments.randrange(2, 30), source, site, config)
    run = back(source)
    asked = Counter(lists(site))
    crawl_round(Round(sources=[source], config=calm, backfill=Backfill()), Listener())
    with closing(open_store(calm.store)) as store:
        unkilled = store.newest(Selection(), limit=1000)
    assert run.state == "ok"
    assert len(unkilled) == 80
    assert told(stored()) == told(unkilled)
    assert len(asked) == 16
    assert sum(count - 1 for count in asked.values()) <= kills + 1


def test_a_walk_that_is_killed_goes_on_from_mongodb_too(
    mongo_address: str,  # noqa: F811
    undisturbed: tuple[Site, str, Config],
    config: Config,
) -> None:
    site, source, _ = undisturbed
    there = config.model_copy(update={"store": mongo_address})
    kill_at(40, source, site, there)
    crawl_round(Round(sources=[source], config=there, backfill=Backfill()), Listener())
    with closing(open_store(mongo_address)) as store:
        assert len(store.newest(Selection(), limit=1000)) == 80
    assert len(lists(site)) <= 18


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_walk_that_is_stopped_ends_in_good_order(
    number: signal.Signals, config: Config, recipes: Path, back: Back, stored: Stored
) -> None:
    environ = {
        **os.environ,
        "TINSO_HOME": str(config.home),
        "TINSO_STORE": config.store,
        "TINSO_SOURCES": config.sources,
    }
    with Site(archive(8)).running() as site:
        source = write_recipe(recipes, site.url, delay=0.1)
        parent = subprocess.Popen(
            [sys.executable, "-m", "tinso", "crawl", source, "--backfill", "--json"],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        site.wait_for(14)
        parent.send_signal(number)
        _, said = parent.communicate(timeout=20)
        assert parent.returncode == 1
        assert b"Traceback" not in said
        assert b"Task was destroyed" not in said
        with closing(open_store(config.store)) as store:
            (run,) = store.runs(source, limit=5)
        assert (run.state, run.cause, run.complete) == ("partial", "stopped", False)
        assert "it goes on at" in (run.message or "")
        write_recipe(recipes, site.url)
        assert back(source).state == "ok"
        assert sum(Counter(lists(site)).values()) <= 9
    assert len(stored()) == 40
