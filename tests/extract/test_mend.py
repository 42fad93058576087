"""What a page's markup leaves to styles and scripts: blanks between parts of a line, pictures."""

from __future__ import annotations

import pytest
from lxml import etree

from crawler.extract.page import Page
from crawler.extract.select import Element
from tests.pages import NOW, article, page, reading

TEXT = (
    "<p>Sáng 12/11, Trạm Bảo vệ thực vật vùng cao mở lớp nhận biết rầy nâu cho 40 nông dân.</p>"
    "<p>Học viên được phát kính lúp cầm tay, sổ theo dõi và thực hành ngay trên ruộng lúa mùa.</p>"
)


def shown(markup: str) -> str:
    return " | ".join(block.text for block in page(markup).blocks)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div><b>46 ha</b><span>năm 2012</span></div>", "46 ha năm 2012"),
        ("<td><strong>Mùa</strong><em>Vụ 3</em></td>", "Mùa Vụ 3"),
        ('<p><span class="at">08:15</span><span class="view">302 xem</span></p>', "08:15 302 xem"),
    ],
)
def test_parts_that_a_style_sets_apart_do_not_run_together(markup: str, text: str) -> None:
    assert shown(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div><span>Thực h</span><span>iện kế hoạch</span></div>", "Thực hiện kế hoạch"),
        ("<p><b>Ngh</b><i>ị định</i></p>", "Nghị định"),
        ("<div><b>Đ</b><span>iện Biên</span></div>", "Điện Biên"),
        ("<div><b>Vụ mùa</b><span>, vụ chiêm</span></div>", "Vụ mùa, vụ chiêm"),
        ('<div>Lớp <b class="x">tập</b><span class="y">huấn</span></div>', "Lớp tậphuấn"),
    ],
)
def test_words_cut_over_elements_stay_whole(markup: str, text: str) -> None:
    assert shown(markup) == text


def test_time_of_day_beside_a_counter_is_read() -> None:
    line = '<div><span class="k">12/11/2026 16:05</span><span class="v">3.118 lượt xem</span></div>'
    got = article(f"<div><h1>Nhận biết rầy nâu hại lúa vụ mùa</h1>{line}{TEXT}</div>")
    assert got.published.isoformat() == "2026-11-12T09:05:00+00:00"


def test_picture_of_amp_is_one_and_takes_its_caption() -> None:
    picture = (
        '<amp-img src="/ruong.jpg" width="600" height="400" layout="responsive">'
        '<noscript><img src="/ruong.jpg"></noscript></amp-img><p>Ruộng thực hành. Ảnh: Tư Hiền</p>'
    )
    got = article(f"<div><h1>Nhận biết rầy nâu hại lúa vụ mùa</h1>{TEXT}{picture}{TEXT}</div>")
    assert [image.url.rpartition("/")[2] for image in got.images] == ["ruong.jpg"]
    assert got.images[0].caption == "Ruộng thực hành. Ảnh: Tư Hiền"
    assert "Ruộng thực hành" not in got.body_text


FIELDS = (
    '<div><span id="ct_lblMuc">Khuyến nông</span>\n<span id="ct_lblTen">{title}</span>\n'
    '<span id="ct_lblKhi">Thứ Năm, ngày 12 tháng 11 năm 2026</span>\n'
    '<span id="ct_lblGon">{lead}</span>\n<span id="ct_lblBai"><div>{first}</div><div>{second}</div>'
    "</span></div>"
)
TITLE = "Bốn mươi nông dân vùng cao học nhận biết rầy nâu"
LEAD = "Trạm Bảo vệ thực vật vùng cao vừa mở lớp học ngoài đồng đầu tiên của vụ mùa năm nay."
FIRST = "Học viên được phát kính lúp cầm tay, sổ theo dõi và thực hành ngay trên ruộng lúa mùa."
SECOND = "Lớp học kéo dài bốn tuần, mỗi tuần một buổi, do hai cán bộ của trạm đứng lớp và theo dõi."


def test_labels_of_webforms_are_lines_of_their_own() -> None:
    body = FIELDS.format(title=TITLE, lead=LEAD, first=FIRST, second=SECOND)
    got = reading(body, head=f"<title>{TITLE}</title>").sighting
    assert got is not None
    assert got.article.title == TITLE
    assert got.article.published.isoformat() == "2026-11-11T17:00:00+00:00"
    assert (got.article.summary, got.article.body_text) == (LEAD, f"{FIRST}\n\n{SECOND}")


def test_labels_within_a_sentence_or_a_line_part_nothing() -> None:
    line = '<div>Ngày <span id="a">12/11/2026</span> <span id="b"><div>x</div></span></div>'
    assert shown(line).startswith("Ngày 12/11/2026")
    assert shown('<div><span id="a">12/11/2026</span> <span id="b">08:15</span></div>') == (
        "12/11/2026 08:15"
    )


def test_a_page_is_mended_once() -> None:
    made = Page(
        url="http://so.example.vn/a", body=b"<div><b>46 ha</b><i>nay</i></div>", fetched=NOW
    )
    root: Element = made.root
    assert made.root is root
    assert etree.tostring(root, encoding="unicode").count("46 ha</b> <i>") == 1
