"""VNPT's portal: forms of address, and what of the page beside the article has its classes too."""

from __future__ import annotations

import pytest

from crawler.extract.key import key_in
from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM
from tests.pages import SITE, article, page, source

ADDRESS = family_named("vnpt").article_address
URL = f"{SITE}/tin-tuc/hoi-nghi-tong-ket-685287"
BODY = "Sở Khoa học và Công nghệ tổ chức hội nghị tổng kết công tác năm."


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/1288/30956/65206/561753/tin-tuc/hoi-nghi-tong-ket", "561753"),
        ("/so/1229/27531/40051/273336/Qu%EF%BF%BD%20tr%EF%BF%BDnh/hoi-nghi.aspx", "273336"),
        ("/Default.aspx?sname=vPortal&sid=4&pageid=51&catid=493&id=3838&catname=Tin", "3838"),
        ("/tin-tuc/hoi-nghi-tong-ket-685287", "685287"),
        ("/tin-tuc/hoi-nghi-tong-ket-ben--952462", "952462"),
    ],
)
def test_number_is_read_from_every_form_of_address(path: str, key: str) -> None:
    assert key_in(ADDRESS, SITE + path) == key


@pytest.mark.parametrize(
    "path",
    [
        "/1288/30956/65206/tin-tuc",
        "/Default.aspx?sname=vPortal&sid=4&pageid=51&catid=493",
        "/tin-tuc",
        "/tin-tuc?page=2",
        "/tin-tuc/hoi-nghi-685287?trang=2",
    ],
)
def test_lists_are_no_articles(path: str) -> None:
    assert not ADDRESS.search(SITE + path)


@pytest.mark.parametrize("box", ["article-detail", "news-detail", "detail-news"])
@pytest.mark.parametrize("inner", ["{}", '<div class="info">{}</div>'])
def test_other_news_above_the_text_give_neither_title_nor_date(box: str, inner: str) -> None:
    date = inner.format('<span class="date">20/11/2026 09:15</span>')
    got = article(
        f"""<div class="{box}"><ul><li><a class="title" href="/x">Tin khác của Sở</a>
        <span class="date">10/11/2026</span></li></ul><h1 class="title">Hội nghị tổng kết</h1>{date}
        <div class="content"><p>{BODY}</p></div></div>""",
        family="vnpt",
        url=URL,
    )
    assert (got.title, got.body_text) == ("Hội nghị tổng kết", BODY)
    assert got.published.astimezone(VIETNAM).day == 20


def test_banner_rating_and_other_news_in_the_body_are_no_text() -> None:
    got = article(
        f"""<h1 class="title-detail">Hội nghị tổng kết</h1><div class="article-content">
        <img src="/banner.jpg" alt="image banner"><p>{BODY}</p>
        <div class="rating">Đánh giá bài viết này giúp chúng tôi</div>
        <div class="tin-khac"><p>Họp báo quý ba của tỉnh.</p></div></div>""",
        family="vnpt",
        url=URL,
    )
    assert (got.body_text, list(got.images)) == (BODY, [])


def test_next_page_is_the_one_after_the_current() -> None:
    pager = (
        '<ul class="pagination"><li><a href="?page=1">1</a></li><li class="active"><a>2</a></li>'
        '<li><a href="?page=3">3</a></li></ul>'
    )
    got = read_list(page(pager, url=f"{SITE}/tin-tuc?page=2"), source("vnpt"))
    assert got.next_url == f"{SITE}/tin-tuc?page=3"


@pytest.mark.parametrize(
    "sign",
    [
        '<img src="/b.jpg" alt="image banner">',
        '<div id="slideshowIpQCS"></div>',
        '<a href="/Default.aspx?sname=vPortal&amp;sid=4">Tin</a>',
    ],
)
def test_it_is_recognised_by_what_its_skins_print(sign: str) -> None:
    assert recognise(page(sign))[0].name == "vnpt"
