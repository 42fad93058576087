"""Sites that ask us to wait, and sites that do not say what their robots.txt allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from crawler.config import Config
from crawler.guard import Refused
from crawler.patience import LONGEST_WAIT, MOST_SILENT, Patience, wait_of
from crawler.politeness import MOST_AWAY, ROBOTS_DAY
from store.model import Article, Run
from tests.crawler.rewriting import rewrite
from tests.crawler.sites import Answer, article, site_of, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("0", timedelta(0)),
        (" 120 ", timedelta(minutes=2)),
        ("9" * 40, LONGEST_WAIT),
        ("Wed, 25 Nov 2026 03:10:00 GMT", timedelta(minutes=10)),
        ("Wed, 25 Nov 2026 10:10:00 +0700", timedelta(minutes=10)),
        ("Wed, 25 Nov 2026 02:00:00 GMT", timedelta(0)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("٥", None),
        ("soon", None),
        ("Wed, 99 Nov 2026 99:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(header: str, wait: timedelta | None) -> None:
    assert wait_of(header, NOW) == wait


def test_a_crawl_waits_itself_where_the_site_wants_but_seconds(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(4)
    told: list[str] = []

    def busy_once(path: str) -> Answer:
        told.append(path)
        return article(3) if len(told) > 1 else Answer("", 429, headers={"Retry-After": "1"})

    site.routes["/tin/3.html"] = busy_once
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    refused = site.paths.index("/tin/3.html")
    assert site.asked[refused + 1].at - site.asked[refused].at > 0.97
    assert (run.state, run.not_before, len(stored())) == ("ok", None, 4)


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_wants_more_is_left_until_then(
    status: int, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)
    site = site_of(6)
    header = "10800" if status == 429 else format_datetime(until, usegmt=True)
    site.routes["/tin/4.html"] = Answer("", status, headers={"Retry-After": header})
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert site.paths[-1] == "/tin/4.html", "nothing is asked after it, nor it again"
    assert (run.state, run.cause, run.complete) == ("partial", "told-to-wait", False)
    assert run.not_before is not None
    assert abs(run.not_before - until) < timedelta(seconds=30)
    assert 0 < len(stored()) == len([path for path in site.paths if "/tin/" in path]) - 1


def test_a_site_that_only_says_that_it_is_too_much_is_asked_less_often(
    recipes: Path, crawl: Crawl
) -> None:
    site = site_of(3)
    site.routes["/tin/3.html"] = Answer("", 429)
    with site.running():
        run = crawl(write_recipe(recipes, site.url, delay=0.1))
    first = site.paths.index("/tin/3.html")
    assert site.asked[first + 1].at - site.asked[first].at > 0.18
    assert (run.cause, run.not_before) == ("http-429", None)


def older(config: Config, source: str, name: str, age: timedelta) -> None:
    """Let a note have been written so long ago."""
    at = str(datetime.now(UTC) - age)
    rewrite(
        config,
        lambda record: (
            {**record, "at": at}
            if (record["kind"], record.get("source"), record.get("name")) == ("note", source, name)
            else record
        ),
    )


def test_without_a_robots_txt_for_a_while_the_last_one_holds_and_without_any_nothing_is_asked(
    config: Config, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    """RFC 9309, section 2.3.1.4: what cannot be had forbids everything, for a month."""
    site = site_of(3)
    site.routes["/robots.txt"] = Answer("Bảo trì", 503)
    rules = Answer("User-agent: *\nDisallow: /tin/2.html\n", content_type="text/plain")
    with site.running():
        source = write_recipe(recipes, site.url)
        robots, away = f"robots {site.url}", f"robots-away {site.url}"

        run = crawl(source)
        assert (run.state, run.cause, run.complete) == ("failed", "robots-away", False)
        assert set(site.paths) == {"/robots.txt"}

        older(config, source, away, MOST_AWAY + timedelta(days=1))
        assert crawl(source).counters["robotstxt/given-up"] > 0
        assert len(stored()) == 3

        site.routes["/robots.txt"] = rules
        assert crawl(source, full=True).counters["failure/article/robots"] == 1

        older(config, source, robots, 3 * ROBOTS_DAY)
        site.routes["/robots.txt"] = Answer("", 429, headers={"Retry-After": "3600"})
        site.asked.clear()
        held = crawl(source, full=True)
        assert site.paths == ["/robots.txt"], "a site that wants to be left is left"
        assert held.cause == "told-to-wait"

        site.routes["/robots.txt"] = Answer("", 500)
        kept = crawl(source, full=True)
        assert kept.counters["failure/article/robots"] == 1
        assert "/robots.txt" in site.paths


@pytest.mark.parametrize("status", [401, 403, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing(
    status: int, recipes: Path, crawl: Crawl
) -> None:
    site = site_of(1)
    site.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /", status)
    with site.running():
        assert crawl(write_recipe(recipes, site.url)).state == "ok"


def test_a_robots_txt_of_megabytes_is_read_to_its_half_and_slows_nothing_down(
    recipes: Path, crawl: Crawl
) -> None:
    rules = "User-agent: *\nDisallow: /tin/1.html\n" + "Disallow: /*a*b*c*d$\n" * 400_000
    site = site_of(2)
    site.routes["/robots.txt"] = Answer(rules, content_type="text/plain")
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert run.counters["failure/article/robots"] == 1
    assert run.ended is not None
    assert run.ended - run.started < timedelta(seconds=15)
    assert replace(run, counters={}).cause == "robots"


def test_a_host_that_answers_nothing_in_time_is_left_after_some_requests() -> None:
    patience = Patience(Crawler(Spider))
    request = Request("https://so.example.gov.vn/tin/")
    for _ in range(MOST_SILENT):
        patience.process_request(request)
        patience.process_exception(request, DownloadTimeoutError("took longer than 30 seconds"))
    with pytest.raises(Refused, match="requests before") as refused:
        patience.process_request(request)
    assert refused.value.cause == "timeout"
    patience.process_request(Request("https://khac.example.gov.vn/"))
    patience.process_response(request, Response(request.url))
    patience.process_request(request)


def test_a_host_that_asks_for_short_waits_again_and_again_is_left() -> None:
    patience = Patience(crawler_that_waits())
    request = Request("https://so.example.gov.vn/tin/")

    def answered(status: int) -> None:
        headers = {"Retry-After": "9"} if status == 503 else {}
        patience.process_response(request, Response(request.url, status=status, headers=headers))

    for status in (503, 503, 200, 503, 503):
        answered(status)
    with pytest.raises(Refused, match="until"):
        answered(503)


def crawler_that_waits() -> Any:
    """A crawler whose only slot was never used."""
    slot = SimpleNamespace(lastseen=0.0, delay=1.0)
    downloader = SimpleNamespace(slots={"": slot}, get_slot_key=lambda _: "")
    stats = StatsCollector(Crawler(Spider))
    return SimpleNamespace(engine=SimpleNamespace(downloader=downloader), stats=stats)
