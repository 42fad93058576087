"""Files outside the body: those of the article, and none of the page around it."""

from __future__ import annotations

import time

import pytest

from crawler.extract.beside.nearby import files_around
from crawler.extract.draft import Found
from crawler.extract.text.body import find_body
from tests.pages import page

TITLE = "Tập huấn chuyển đổi số cho cán bộ xã"
TEXT = "<p>Sáng ngày 18/11, Sở đã tổ chức hội nghị tập huấn chuyển đổi số cho cán bộ xã.</p>"
FRAMED = f"""
<div class="menu"><a href="/huong-dan.pdf">Hướng dẫn</a></div>
<div class="main"><h1>{TITLE}</h1><p>20/11/2026</p>%s<div id="nd">%s</div>%s</div>
<div class="right-col"><h3>Văn bản mới</h3><p><a href="/van-ban/9.pdf">Quyết định 9</a></p></div>
<div class="footer"><a href="/gioi-thieu.pdf">Giới thiệu</a></div>
"""


def files(*, above: str = "", text: str = TEXT, below: str = "") -> list[str]:
    read = page(FRAMED % (above, text, below))
    body, matched = find_body(read, ("#nd",), ())
    names = ("#nd",) if matched else ()
    found = files_around(read, body, names, Found(TITLE, "meta:og:title"), None)
    return [file.url.removeprefix("http://so.example.vn") for file in found]


@pytest.mark.parametrize(
    "below",
    [
        "<div><b>Tệp đính kèm:</b> <a href=/a.pdf>Kế hoạch 12</a></div>",
        "<p>Tài liệu đính kèm: <a href=/a.pdf>Kế hoạch 12 (245 KB)</a></p>",
        "<div><p>File đính kèm:</p><ul><li><a href=/a.pdf>Kế hoạch 12</a></li></ul></div>",
        "<h3>Tập tin đính kèm</h3><ul><li><a href=/a.pdf>Kế hoạch 12</a></li></ul>",
        "<table><tr><td>Tải về</td><td><a href=/a.pdf>12_KH.pdf</a></td></tr></table>",
        "<ul><li>1. <a href=/a.pdf>Kế hoạch 12</a> (245 KB)</li></ul>",
        "<div>Lượt xem: 12</div><div class=x><div><a href=/a.pdf>Kế hoạch 12</a></div></div>",
        "<p>Tệp đính kèm: <a href=/a.pdf>Kế hoạch</a></p><h4>Tin khác</h4><a href=/b.pdf>B</a>",
        "<iframe src='/viewer.html?file=/a.pdf'></iframe>",
        "<p>Tệp đính kèm: <a href=/a.pdf>12</a></p><ul class=related><li><a href=/b.pdf>B</a></ul>",
    ],
)
def test_files_listed_behind_the_text_are_the_articles(below: str) -> None:
    assert files(below=below) == ["/a.pdf"]


def test_link_of_a_line_that_names_attachments_is_a_file_whatever_its_address() -> None:
    assert files(below="<p>Tệp đính kèm: <a href=/tep/12>Kế hoạch 12</a></p>") == ["/tep/12"]


def test_files_named_between_title_and_text_are_the_articles() -> None:
    assert files(above="<p>Tải về: <a href=/a.doc>Kế hoạch</a></p>") == ["/a.doc"]


@pytest.mark.parametrize(
    "below",
    [
        "",
        "<h3>Văn bản mới</h3><ul><li><a href=/b.pdf>Quyết định 9</a></li></ul>",
        "<div><h3>Văn bản mới</h3><ul><li><a href=/b.pdf>Quyết định 9</a></li></ul></div>",
        "<div>Tin liên quan</div><ul><li><a href=/b.pdf>Quyết định 9</a></li></ul>",
        "<div><a href=/tin/2>Một tin khác</a> <a href=/b.pdf>Quyết định 9</a></div>",
        "<p>Tải về <a href='/in?id=3'>In trang</a> <a href='/gui?id=3'>Gửi bài</a></p>",
        "<aside><a href=/b.pdf>Quyết định 9</a></aside>",
    ],
)
def test_files_of_the_page_around_an_article_are_not_its_own(below: str) -> None:
    assert files(below=below) == []


@pytest.mark.parametrize(
    "text",
    [
        "<iframe src='https://docs.google.com/gview?url=http://so.example.vn/a.pdf'></iframe>",
        "<embed src=/a.pdf type=application/pdf>",
        "<object data=/a.pdf type=application/pdf></object>",
        "<a href=/a.pdf><img src=/images/pdf.png></a>",
    ],
)
def test_viewer_that_is_the_whole_body_is_a_file(text: str) -> None:
    assert files(text=text) == ["/a.pdf"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<h2>{TITLE}</h2><p>20/11/2026</p><div><iframe src='/a.pdf'></iframe></div>",
        f"<div><div>{TITLE}</div></div><div class=nd><p><a href=/a.pdf>Tải về</a></p></div>",
    ],
)
def test_files_of_an_article_without_text_stand_below_its_title(markup: str) -> None:
    found = files_around(
        page(f"<div class=main>{markup}</div>"), None, (), Found(TITLE, "css:h1"), None
    )
    assert [file.url for file in found] == ["http://so.example.vn/a.pdf"]


def test_side_box_within_the_element_around_a_text_gives_no_file() -> None:
    read = page(f"<div id=m>{TEXT}<div class=sidebar><a href=/b.pdf>B</a></div></div>")
    body, _ = find_body(read, ("#m",), ())
    assert body is not None
    assert files_around(read, body, (), None, None) != ()
    general = type(body)(root=body.root, origin=body.origin, blocks=body.blocks, rule="consensus:x")
    assert files_around(read, general, (), None, None) == ()


@pytest.mark.parametrize(
    "below",
    [
        "<p>" + "<a href=/a.pdf>x</a>" * 5_000,
        "<div>" * 300 + "<a href=/a.pdf>x</a><a href=/b>y</a>",
        "<div><a href=/b>y</a><a href=/a.pdf>x</a>" * 500,
    ],
    ids=["many", "deep", "nested"],
)
def test_hostile_surroundings_are_read_in_time(below: str) -> None:
    started = time.process_time()
    files(below=below)
    assert time.process_time() - started < 2
