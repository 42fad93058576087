"""Titles that only stand where titles do: above the text, or as its first line."""

from __future__ import annotations

import pytest

from crawler.extract.article import read_article
from crawler.extract.draft import Found
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.extract.text.voters import Vote, ask_finders
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
SHORTER = "<title>Kinh tế số nông thôn</title>"
"""What the page shows nowhere: less than its title."""
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
        "Chia sẻ Facebook Zalo In bài",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ<br>http://www.so.example.vn",
        "Người viết: Vũ Thị Lan",
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


def test_credit_between_a_text_and_its_date_is_no_title_and_costs_no_text() -> None:
    body = (
        f"<tr><td><b>{TITLE}</b><tr><td>{TEXT}<tr><td><i>Người viết: Vũ Lan</i>"
        "<tr><td>Cập nhật ngày 5/9/2009 | Số lần đọc: 1123"
    )
    found = title_of(f"<table>{body}</table>", "<title>.:: SO KHOA HOC ::.</title>")
    assert found is not None
    assert found.value == TITLE


def test_line_above_a_date_below_the_text_gives_way_to_the_line_above_the_text() -> None:
    body = (
        f"<tr><td><b>{TITLE}</b><tr><td>{TEXT}<tr><td><i>Vũ Lan, cán bộ Trung tâm Tin học</i>"
        "<tr><td>Cập nhật ngày 5/9/2009 | Số lần đọc: 1123"
    )
    markup = f"<html><head><title>Tin</title></head><body>{MENU}<table>{body}</table></body></html>"
    page = Page(url="http://so.example.vn/?nid=771", body=markup.encode())
    draft = read_article(page, Rules(), spare=SPARE)
    assert draft.title is not None
    assert draft.title.value == TITLE
    assert draft.body_text is not None
    assert "xoài ba màu" in draft.body_text


def test_heading_above_a_line_of_buttons_is_the_title_not_the_buttons() -> None:
    above = f"<h3>{TITLE}</h3><div><a>Chia sẻ</a> <a>Zalo</a> <a>In</a> <a>Facebook</a></div>"
    found = title_of(f"<main>{above}<div class=x>{TEXT}</div></main>", SHORTER)
    assert found is not None
    assert found.value == TITLE


def test_heading_is_preferred_to_a_shorter_line_between_it_and_the_text() -> None:
    above = f"<h3>{TITLE}</h3><p>Chuyên mục kinh tế số</p>"
    found = title_of(f"<div>{above}<div class=x>{TEXT}</div></div>", SHORTER)
    assert found is not None
    assert found.value == TITLE


def test_name_of_a_ward_gives_way_to_the_line_above_the_text_not_to_the_foot_of_the_page() -> None:
    foot = "<footer>UBND phường Tân Phú, 12 Nguyễn Trãi. Ngày cập nhật cuối: 20/11/2026</footer>"
    dates = "<dl><dt>Ngày đăng<dd>10/10/2024 09:00<dt>Chuyên mục<dd>Kinh tế số<dt>Xem<dd>89</dl>"
    text = TEXT.replace("<p>", "").replace("</p>", "<br>")
    body = f"<div class=x>{TITLE}</div>{dates}<section>{text}</section>{foot}"
    found = title_of(body, "<title>Phường Tân Phú</title>")
    assert found is not None
    assert found.value == TITLE


def test_head_of_the_articles_own_box_is_no_banner() -> None:
    banner = "<div class=banner><h1>HUYỆN VÙNG CAO</h1></div>"
    head = f"<div class=ct-head><p>{TITLE}</p><p>Ngày đăng: 16/05/2023 10:02</p></div>"
    body = f"{banner}<div class=box>{head}<div class=ct-body>{TEXT}</div></div>"
    found = title_of(body, "<title>Cổng thông tin điện tử huyện</title>")
    assert found is not None
    assert found.value == TITLE


def test_office_with_its_address_above_a_date_is_no_title() -> None:
    office = "<center><b>SỞ KHOA HỌC VÀ CÔNG NGHỆ</b><br>http://www.so.example.vn</center>"
    body = f"{office}<hr><i>Thứ năm, 21/06/2012, 14:07 GMT+7</i><br><br><b>{TITLE}</b>{TEXT}"
    found = title_of(body, "<title>Ban in</title>")
    assert found is not None
    assert found.value == TITLE


def test_band_in_capitals_over_a_heading_is_no_title() -> None:
    band = "<div class=title>DIỄN ĐÀN CHUYỂN ĐỔI SỐ CƠ SỞ</div>"
    found = title_of(f"<div>{band}<h3>{TITLE}</h3><div class=x>{TEXT}</div></div>")
    assert found is not None
    assert found.value == TITLE


SIDE = (
    "<div class=cot><h2>Chuyên trang cải cách tư pháp số</h2><ul>"
    "<li><a href=/b-1.html>Thông báo lịch tiếp công dân tháng mười hai</a></li>"
    "<li><a href=/b-2.html>Kế hoạch tuyển dụng viên chức năm tới</a></li></ul></div>"
)
FOOT = "<div><p>Địa chỉ: 12 Tôn Đức Thắng, Long Xuyên. Điện thoại: 0296 3 956 999.</p></div>"
OFFICE = "<title>Sở Thông tin và Truyền thông tỉnh An Giang</title>"
PLAIN = f"<div class=x><div>{TITLE}</div><div>{TEXT}</div></div>"
PICTURE = "<div><img src=/a.jpg></div>"
CAPTION = "Quang cảnh buổi tập huấn bán xoài trên sàn"


@pytest.mark.parametrize("head", [OFFICE, "<title>Tin tức - Sự kiện</title>", SHORTER])
@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Xuất bản nội dung trang</h1>{PLAIN}",
        f"<h1>Trục tin chuyên sâu ngành số</h1>{PLAIN}{FOOT}",
        f"{PLAIN}{SIDE}",
        f"{PLAIN}{SIDE}{FOOT}",
        f"{SIDE}{PLAIN}{FOOT}",
    ],
    ids=["portlet", "portlet-and-foot", "box-behind", "box-and-foot-behind", "box-above"],
)
def test_heading_of_a_portlet_or_of_a_box_beside_gives_way_to_the_line_above_the_text(
    body: str, head: str
) -> None:
    markup = f"<html><head>{head}</head><body>{MENU}{body}</body></html>"
    page = Page(url="http://so.example.vn/portal/tin?id=12345", body=markup.encode())
    draft = read_article(page, Rules(), spare=SPARE)
    assert draft.title is not None
    assert draft.title.value == TITLE
    assert draft.body_text.startswith("Sở Thông tin và Truyền thông phối hợp")


def test_short_heading_stays_the_title_over_a_lead_that_is_called_one() -> None:
    lead = "<p class=sapo>Bà con trong xã lần đầu tự tay đưa xoài ba màu lên sàn thương mại</p>"
    found = title_of(f"<h1>Xoài lên sàn</h1>{lead}<div class=x>{TEXT}</div>", OFFICE)
    assert found == Found("Xoài lên sàn", "css:h1")


@pytest.mark.parametrize(
    "caption",
    [
        f"<figure><img src=/a.jpg><figcaption>{CAPTION}</figcaption></figure>",
        f"{PICTURE}<p>{CAPTION}</p>",
        f"{PICTURE}<p align=center><b>{CAPTION}</b></p>",
        f"{PICTURE}<p>{CAPTION}</p><div>20/11/2026 09:15</div>",
        f"<div>20/11/2026</div><div><img src=/a.jpg><div class=img-title>{CAPTION}</div></div>",
        f"<div><img src=/a.jpg><h4 class=caption>{CAPTION}</h4></div>",
        f"<div><img src=/a.jpg><h4>{CAPTION}</h4></div>",
    ],
)
def test_line_under_a_picture_is_no_title_where_another_stands_above(caption: str) -> None:
    found = title_of(f"<div class=x>{TITLE}</div>{caption}<div class=y>{TEXT}</div>", OFFICE)
    assert found is not None
    assert found.value == TITLE


def test_finders_are_asked_once_a_page_however_often_its_title_is_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Page] = []

    def ask(page: Page) -> list[Vote]:
        asked.append(page)
        return ask_finders(page)

    monkeypatch.setattr("crawler.extract.article.ask_finders", ask)
    monkeypatch.setattr("crawler.extract.text.general.ask_finders", ask)
    found = title_of(f"{PLAIN}{SIDE}{FOOT}", OFFICE)
    assert found is not None
    assert found.value == TITLE
    assert len(asked) == 1


@pytest.mark.parametrize(
    "heading", ["Họp báo quý III", "Thư chúc mừng", "Tập huấn tổ công nghệ số"]
)
def test_short_heading_that_the_date_follows_is_the_title_over_a_lead_without_a_stop(
    heading: str,
) -> None:
    lead = "Xoài ba màu lên sàn thương mại điện tử, nông dân tự chốt đơn ngay tại vườn"
    date = "<div class=k>20/10/2026 10:00</div>"
    found = title_of(f"<h1>{heading}</h1>{date}<p>{lead}</p><div class=x>{TEXT}</div>")
    assert found == Found(heading, "css:h1")
    found = title_of(f"<h1>{heading}</h1>{date}<h2>{TITLE}</h2><div class=x>{TEXT}</div>")
    assert found is not None
    assert found.value == TITLE


@pytest.mark.parametrize(
    "named",
    ["An Giang day manh ung dung san thuong mai", "an giang day manh ung dung san thuong mai"],
)
def test_title_without_its_marks_gives_way_to_the_line_that_has_them(named: str) -> None:
    line = "AN GIANG ĐẨY MẠNH ỨNG DỤNG SÀN THƯƠNG MẠI"
    head = f"<title>{named}</title>"
    found = title_of(f"<p align=center><b><font size=5>{line}</font></b></p>{TEXT}", head)
    assert found == Found(line, "text:marked")


@pytest.mark.parametrize("named", ["Digital Week in An Giang", "An Giang"])
def test_title_in_another_language_or_of_a_word_stays(named: str) -> None:
    found = title_of(f"<h1>{named}</h1><p>An Giáng</p><div>{TEXT}</div>", f"<title>{named}</title>")
    assert found is not None
    assert found.value == named
