"""Single pages fetched one after another by one process, as a crawl would."""

from __future__ import annotations

from itertools import pairwise

import pytest

from crawler.extract.page import Page
from crawler.failures import Failure
from crawler.fetching import Fetcher, fetch_page
from crawler.recipe import Pace, Recipe, Source
from store.errors import TinsoError
from tests.crawler.sites import Answer, Site, site_of


def source(site: str, *, delay: float = 0.01) -> Source:
    pace = Pace(delay_seconds=delay)
    return Source("dien-bien/thu", Recipe(name="Sở", site=site, listings=("/",), pace=pace))


def causes(site: Site, *paths: str, stay: bool = True) -> list[str]:
    with site.running(), Fetcher(source(site.url), stay=stay) as fetch:
        got = [fetch_page(fetch, site.url + path) for path in paths]
    return [one.cause if isinstance(one, Failure) else "" for one in got]


def test_pages_come_one_after_another_from_one_process() -> None:
    with site_of(2).running() as site, Fetcher(source(site.url, delay=0.4)) as fetch:
        pages = [fetch(f"{site.url}/tin/{number}.html") for number in (1, 2, 1)]
    assert [page.url for page in pages if isinstance(page, Page)] == [
        f"{site.url}/tin/{number}.html" for number in (1, 2, 1)
    ]
    first, *_ = pages
    assert isinstance(first, Page)
    assert "Hội nghị chuyển đổi số lần thứ 1" in first.text
    assert site.paths[0] == "/robots.txt"
    assert len(site.paths) == 4
    assert min(later.at - earlier.at for earlier, later in pairwise(site.asked)) > 0.25, (
        "a busy machine sees them late"
    )


def test_a_failure_is_told_and_the_next_page_still_comes() -> None:
    site = site_of(1)
    site.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /kin/", content_type="text/plain")
    site.routes["/anh.png"] = Answer(b"\x89PNG\r\n", content_type="image/png")
    site.routes["/di"] = Answer(status=302, headers={"Location": "http://127.0.0.2:9/"})
    site.routes["/trong"] = Answer("")
    paths = ("/khong-co", "/kin/1.html", "/anh.png", "/di", "/trong", "/tin/1.html")
    assert causes(site, *paths) == ["http-404", "robots", "not-html", "moved-host", "empty", ""]


def test_a_page_that_is_no_html_comes_where_nobody_asks_for_html() -> None:
    site = site_of(1, **{"/robots.txt": Answer("User-agent: *\n", content_type="text/plain")})
    with site.running(), Fetcher(source(site.url)) as fetch:
        got = fetch(f"{site.url}/robots.txt")
    assert isinstance(got, Page)
    assert got.body == b"User-agent: *\n"


def test_an_address_that_cannot_be_asked_for_is_a_failure() -> None:
    with site_of(1).running() as site, Fetcher(source(site.url)) as fetch:
        got = fetch("mailto:so@example.vn")
        then = fetch(site.url)
    assert isinstance(got, Failure)
    assert isinstance(then, Page)


def test_a_private_address_is_not_asked() -> None:
    elsewhere = source("http://so.example.invalid")
    with site_of(1).running() as site, Fetcher(elsewhere, stay=False) as fetch:
        got = fetch(site.url)
    assert isinstance(got, Failure)
    assert got.cause == "private-address"
    assert site.paths == []


def test_a_process_that_breaks_is_an_error_that_says_so_and_the_next_page_has_another() -> None:
    with site_of(1).running() as site, Fetcher(source(site.url)) as fetch:
        assert isinstance(fetch(f"{site.url}/"), Page)
        assert fetch._process is not None
        fetch._process.kill()
        fetch._process.join()
        with pytest.raises(TinsoError, match="could not be fetched: no answer"):
            fetch(f"{site.url}/tin/1.html")
        assert isinstance(fetch(f"{site.url}/tin/1.html"), Page)
