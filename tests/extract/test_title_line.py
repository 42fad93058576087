"""Titles that only stand where titles do: above the text, or as its first line."""

from __future__ import annotations

import pytest

from crawler.extract.article import read_article
from crawler.extract.draft import Found
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.families import family_named

TITLE = "An Giang đẩy mạnh ứng dụng sàn thương mại điện tử tiêu thụ xoài"
TEXT = (
    "<p>Sở Thông tin và Truyền thông phối hợp với Bưu điện tỉnh vừa tổ chức tập huấn đưa sản phẩm"
    " xoài ba màu lên sàn thương mại điện tử cho bà con trong xã.</p>"
    "<p>Tại buổi tập huấn, bà con được hướng dẫn chụp ảnh sản phẩm, tạo gian hàng, chốt đơn và đóng"
    " gói theo chuẩn, rồi tự tay làm thử từng bước một.</p>"
    "<p>Từ nay đến cuối năm, ngành sẽ mở thêm bốn lớp tương tự tại các huyện miền núi của tỉnh.</p>"
)
MENU = "<div><a href=/a>Giới thiệu chung về Sở của tỉnh</a></div>"
SPARE = family_named("generic").rules


def title_of(body: str, head: str = "<title>Tin chi tiết</title>") -> Found[str] | None:
    markup = f"<html><head>{head}</head><body>{MENU}{body}</body></html>"
    page = Page(url="http://so.example.vn/wps/portal/12345", body=markup.encode())
    return read_article(page, Rules(), spare=SPARE).title


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td><p class=td-tin>{TITLE}</p><div class=x>{TEXT}</div></table>",
        f"<h2>Chi tiết</h2><div><p>{TITLE}</p></div><p><a href='#'>Cỡ chữ</a></p><div>{TEXT}</div>",
        f"<div><a href='#'>{TITLE}</a></div><div class=x>{TEXT}</div>",
    ],
)
def test_line_above_the_text_is_the_title_where_the_page_names_none(body: str) -> None:
    found = title_of(body)
    assert found is not None
    assert found.value == TITLE


def test_first_line_of_the_text_is_the_title_where_none_stands_above_it() -> None:
    found = title_of(f"<div id=news-bodyhtml class=entry-content><p>{TITLE}</p>{TEXT}</div>")
    assert found == Found(TITLE, "opens the body")


@pytest.mark.parametrize(
    "line",
    [
        "Thứ ba, ngày 24/11/2026",
        "Chi tiết",
        "Sở Thông tin và Truyền thông An Giang",
        "Bà con đã nắm chắc cách bán hàng trên mạng.",
        "<a href=/tin/khac-1.html>Bàn giao nhà cho hộ nghèo trước Tết</a>",
    ],
)
def test_dates_sections_offices_sentences_and_links_above_a_text_are_no_title(line: str) -> None:
    found = title_of(f"<div>{line}</div><div class=x>{TEXT}</div>")
    assert found is not None
    assert found.value == "Tin chi tiết"


def test_title_that_the_page_shows_is_believed_whatever_stands_above_the_text() -> None:
    head = f"<title>{TITLE}</title>"
    above = "<p>Chuyên mục kinh tế số và xã hội số</p>"
    found = title_of(f"<h1>{TITLE}</h1>{above}<div class=x>{TEXT}</div>", head)
    assert found is not None
    assert found.value == TITLE
