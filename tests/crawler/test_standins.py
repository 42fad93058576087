"""Pages that answer 200 and are not what was asked for, and news that only sound like them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.extract.page import Page
from crawler.standins import says_maintenance, standing_in
from store.model import Article, Run
from tests.crawler.sites import Answer, article, listing, rows, site_of, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

MAINTENANCE = {
    "in Vietnamese": "<title>Thông báo</title><h1>Hệ thống đang bảo trì, nâng cấp</h1>"
    "<p>Từ 20h ngày 20/11/2026. Kính mong quý vị thông cảm.</p>",
    "in English": "<title>Site maintenance</title><p>We will be back soon!</p>",
    "in capitals": "<center>WEBSITE ĐANG ĐƯỢC NÂNG CẤP, QUÝ VỊ VUI LÒNG QUAY LẠI SAU</center>",
    "of the portal": "<p>Cổng thông tin điện tử tạm ngừng hoạt động để bảo trì.</p>",
    "as a picture": "<img src='/baotri.jpg' width=800><p>Hotline: 0215 3824 999</p>",
    "as a picture without a name": "<img src='/a1.png'><p>Liên hệ: 0215 3824 999</p>",
}
OTHERS = {
    "challenge": (
        "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x.js'></script>"
        "<noscript>Enable JavaScript and cookies to continue</noscript>",
        "<html><script>document.cookie='D1N=4f5a;path=/';window.location.reload(true);</script>",
    ),
    "parked": (
        "<title>so.example.vn</title><h1>This domain name is for sale</h1>",
        "<p>Tên miền so.example.vn đã hết hạn sử dụng.</p>",
        "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>",
        "<h1>Account Suspended</h1>",
    ),
}
CASES = [("maintenance", markup) for markup in MAINTENANCE.values()] + [
    (cause, markup) for cause, pages in OTHERS.items() for markup in pages
]


def page(markup: str) -> Page:
    return Page(url="http://so.example.vn/", body=markup.encode())


@pytest.mark.parametrize(("cause", "markup"), CASES)
def test_a_stand_in_is_told_by_what_it_says(cause: str, markup: str) -> None:
    found = standing_in(page(markup))
    assert found is not None
    assert (found.cause, found.leads_to) == (cause, None)


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (
            "<title>Tin</title><h1>Thông báo bảo trì hệ thống thư điện tử</h1><p>Hệ thống sẽ được"
            " bảo trì vào tối thứ Bảy, mời các cơ quan lưu ý.</p>",
            "Thông báo bảo trì hệ thống thư điện tử",
        ),
        (
            "<nav>" + "<a href='/x'>Mục</a> " * 20 + "</nav><p>Hệ thống đang bảo trì</p>",
            None,
        ),
        ("<p>" + "Sở tổ chức hội nghị về nâng cấp hệ thống. " * 40 + "</p>", None),
        ("<h1>Hội nghị chuyển đổi số</h1><p>Sở tổ chức hội nghị sáng nay.</p>", None),
        ("<script>document.cookie='a=1'</script>" + "<p>Hội nghị của Sở.</p>" * 30, None),
    ],
)
def test_a_page_with_news_stands_in_for_nothing(markup: str, title: str | None) -> None:
    assert standing_in(page(markup), title) is None


MENU = "<nav>" + "<a href='/muc'>Chuyên mục</a> " * 20 + "</nav>"


@pytest.mark.parametrize(
    ("markup", "title", "told"),
    [
        ("<h1>Hệ thống đang bảo trì</h1>", None, True),
        ("<h2>Website đang được nâng cấp</h2>", "Hội nghị chuyển đổi số", True),
        ("<h1>Website đang được nâng cấp</h1>", "Website đang được nâng cấp", False),
        ("<h1>Hội nghị</h1><p>Hệ thống đang bảo trì</p>", "Hội nghị", False),
    ],
)
def test_a_notice_within_the_site_s_frame_is_told_by_its_heading(
    markup: str, title: str | None, told: bool
) -> None:
    assert says_maintenance(page(MENU + markup), title) is told


def test_notices_within_the_site_s_frame_are_neither_lists_nor_articles(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    notice = Answer(
        f"<html lang=vi><title>Sở</title>{MENU}<h1>Hệ thống đang bảo trì</h1>"
        "<div class=noidung><p>Mời quý vị quay lại sau 22 giờ.</p></div></html>"
    )
    site = site_of(3)
    site.routes["/tin/2.html"] = notice
    with site.running():
        source = write_recipe(recipes, site.url)
        assert (crawl(source).cause, len(stored())) == ("maintenance", 2)
        site.routes["/"] = notice
        run = crawl(source)
    assert (run.state, run.cause, run.complete) == ("failed", "maintenance", False)


@pytest.mark.parametrize("notice", MAINTENANCE)
def test_a_list_under_maintenance_fails_in_passing_and_loses_nothing(
    notice: str, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(2)
    with site.running():
        source = write_recipe(recipes, site.url)
        crawl(source)
        before = stored()
        site.routes["/"] = Answer(f"<html lang=vi>{MAINTENANCE[notice]}</html>")
        run = crawl(source)
        assert (run.state, run.cause, run.complete) == ("failed", "maintenance", False)
    assert stored() == before


def test_articles_under_maintenance_are_read_by_the_next_crawl(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(3)
    good = site.routes["/tin/2.html"]
    site.routes["/tin/2.html"] = Answer(MAINTENANCE["in Vietnamese"])
    with site.running():
        source = write_recipe(recipes, site.url)
        run = crawl(source)
        assert (run.state, run.cause, run.complete) == ("partial", "maintenance", False)
        assert len(stored()) == 2
        site.routes["/tin/2.html"] = good
        assert crawl(source).complete
    assert len(stored()) == 3


def test_news_of_maintenance_are_news_in_list_and_article(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    title = "Thông báo bảo trì hệ thống, website đang bảo trì đến hết ngày 21"
    site = site_of(1)
    site.routes["/"] = rows(("/tin/1.html", title, "20/11/2026"))
    site.routes["/tin/1.html"] = article(
        1, title=title, body="<p>Hệ thống đang bảo trì, xin lỗi vì sự bất tiện này.</p>"
    )
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.cause) == ("ok", None)
    assert [each.title for each in stored()] == [title]


@pytest.mark.parametrize(
    ("cause", "answer"),
    [
        ("challenge", Answer(OTHERS["challenge"][0], 403)),
        ("challenge", Answer(OTHERS["challenge"][1])),
        ("parked", Answer(OTHERS["parked"][1])),
    ],
)
def test_gates_and_parked_names_are_told(
    cause: str, answer: Answer, recipes: Path, crawl: Crawl
) -> None:
    site = site_of(1)
    site.routes["/"] = answer
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.cause) == ("failed", cause)


def test_a_gate_before_one_article_leaves_the_others(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = site_of(3)
    site.routes["/"] = listing(3, 2, 1)
    site.routes["/tin/2.html"] = Answer(OTHERS["challenge"][0], 503)
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.cause, run.complete) == ("partial", "challenge", False)
    assert len(stored()) == 2
