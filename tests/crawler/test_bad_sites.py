"""Sites that break, each in its own way: the Run says so, and what was stored stays."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from store.model import Article, Run
from tests.crawler.sites import HTML, Answer, Site, article, listing, site_of, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

MEBIBYTE = 1024 * 1024

BROKEN_LISTS = {
    "http-500": Answer("lỗi máy chủ", 500),
    "http-403": Answer("cấm", 403),
    "empty": Answer(""),
    "too-big": Answer(b"<p>" + b"x" * (20 * MEBIBYTE)),
    "not-html": Answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", content_type="application/pdf"),
    "list-unmatched": Answer("<html><p>Trang đã đổi giao diện</p></html>"),
    "list-no-articles": Answer("<ul class=tin><li><a href='/gioi-thieu/'>Giới thiệu</a></ul>"),
    "redirect-loop": Answer("", 302, headers={"Location": "/"}),
}


def loop(path: str) -> Answer:
    number = int(path.partition("n=")[2] or 0)
    return Answer("", 302, headers={"Location": f"/?n={number + 1}"})


@pytest.mark.parametrize("cause", BROKEN_LISTS)
def test_a_broken_list_fails_the_run_with_its_cause(
    cause: str, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(2)
    source = write_recipe(recipes, site.url)
    with site.running():
        assert crawl(source).state == "ok"
        before = stored()
        site.routes["/"] = loop if cause == "redirect-loop" else BROKEN_LISTS[cause]
        run = crawl(source)
    assert (run.state, run.cause, run.complete) == ("failed", cause, False)
    assert site.url in (run.message or "")
    assert stored() == before


@pytest.mark.parametrize("cause", ["http-500", "http-403", "empty", "too-big", "not-html"])
def test_a_broken_article_is_told_and_the_others_are_kept(
    cause: str, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(3)
    site.routes["/tin/2.html"] = BROKEN_LISTS[cause]
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.cause) == ("partial", cause)
    assert run.counters[f"failure/article/{cause}"] == 1
    assert len(stored()) == 2


def test_a_small_answer_that_unpacks_to_a_large_one_is_told(recipes: Path, crawl: Crawl) -> None:
    bomb = gzip.compress(b"<p>" + b"x" * (40 * MEBIBYTE))
    site = site_of(2)
    site.routes["/"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.cause) == ("failed", "too-big")


def test_a_host_that_does_not_exist_is_told(recipes: Path, crawl: Crawl) -> None:
    run = crawl(write_recipe(recipes, "http://khong-co.invalid"))
    assert (run.state, run.cause) == ("failed", "dns")
    assert "khong-co.invalid" in (run.message or "")


def test_a_host_that_refuses_is_told(recipes: Path, crawl: Crawl) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        run = crawl(write_recipe(recipes, f"http://127.0.0.1:{taken.getsockname()[1]}"))
    assert (run.state, run.cause) == ("failed", "refused")


def test_a_certificate_that_nobody_signed_is_not_trusted(
    recipes: Path, crawl: Crawl, unsigned_site: Site
) -> None:
    source = write_recipe(recipes, unsigned_site.url)
    run = crawl(source)
    assert (run.state, run.cause) == ("failed", "certificate")
    write_recipe(recipes, unsigned_site.url, more="verify = false\n")
    assert crawl(source).state == "ok"


@pytest.mark.parametrize("content_type", ["text/html; charset=iso-8859-1", "text/html", HTML])
def test_a_wrong_charset_does_not_spoil_the_words(
    content_type: str, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(1)
    page = article(1, title="Sở họp bàn về chuyển đổi số ở Đắk Lắk")
    site.routes["/tin/1.html"] = Answer(page.body, content_type=content_type)
    with site.running():
        crawl(write_recipe(recipes, site.url))
    assert [found.title for found in stored()] == ["Sở họp bàn về chuyển đổi số ở Đắk Lắk"]


def test_a_page_of_garbage_stops_nothing(recipes: Path, crawl: Crawl, stored: Stored) -> None:
    site = site_of(3)
    site.routes["/tin/2.html"] = Answer(bytes(range(256)) * 400 + b"<" * 5000)
    site.routes["/tin/1.html"] = Answer(b"<div>" * 20000 + "<h1>Sâu</h1>".encode())
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert run.state in {"ok", "partial"}
    assert "Hội nghị chuyển đổi số lần thứ 3" in {found.title for found in stored()}


def test_a_script_in_a_page_is_not_stored(recipes: Path, crawl: Crawl, stored: Stored) -> None:
    body = (
        "<p onclick='x()'>Sở tổ chức hội nghị.<script>alert(1)</script></p>"
        "<p><a href='javascript:alert(2)'>Xem</a> <img src=x onerror=alert(3)></p>"
        "<iframe src='https://evil.example'></iframe>"
    )
    site = Site({"/": listing(1), "/tin/1.html": article(1, body=body)})
    with site.running():
        crawl(write_recipe(recipes, site.url))
    html = stored()[0].body_html
    assert "Sở tổ chức hội nghị." in html
    for bad in ("script", "alert", "onclick", "onerror", "iframe", "javascript"):
        assert bad not in html


def test_a_list_that_pages_in_a_circle_ends(recipes: Path, crawl: Crawl, stored: Stored) -> None:
    def page(path: str) -> Answer:
        number = int(path.partition("trang=")[2] or 1)
        after = number % 3 + 1
        more = f"<a class=sau href='/?trang={after}'>Sau</a>"
        return listing(number * 10, number * 10 + 1, more=more)

    site = Site({"/": page, **{f"/tin/{n}.html": article(n) for n in (10, 11, 20, 21, 30, 31)}})
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert run.state == "ok"
    assert len(stored()) == 6


def test_the_end_of_a_list_by_404_is_no_failure(recipes: Path, crawl: Crawl) -> None:
    more = "<a class=sau href='/trang-2/'>Sau</a>"
    site = Site({"/": listing(1, more=more), "/tin/1.html": article(1)})
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.complete) == ("ok", True)


def test_a_crash_in_reading_fails_only_that_page(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    """A title of blanks is no title; the article is refused with a reason, not stored."""
    site = Site(
        {
            "/": listing(2, 1),
            "/tin/2.html": Answer("<html><div class=noidung><p>Không có tiêu đề.</p></div></html>"),
            "/tin/1.html": article(1),
        }
    )
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert len(stored()) <= 2
    assert run.state in {"ok", "partial"}
