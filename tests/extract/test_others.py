"""Other news, comments, buttons and the house's lines: what stands by a text and is none of it."""

from __future__ import annotations

import pytest

from crawler.extract.page import Page
from crawler.extract.text.blocks import read_blocks
from crawler.extract.text.general import general_body
from crawler.extract.text.others import is_button
from tests.pages import article

TITLE = "Ba xã vùng cao có sóng di động trước mùa mưa"
FIRST = "Ba trạm phát sóng vừa lên mạng phủ kín các thôn xa nhất của huyện, nơi trước đây không có."
SECOND = "Người dân thôn Nà Lốc đã gọi được cho con em đi làm xa mà không phải leo lên đỉnh dốc."
THIRD = "Đến quý I năm sau, doanh nghiệp sẽ lắp thêm hai trạm chạy pin mặt trời ở hai thôn còn lại."
FOURTH = "Ở những nơi trạm chưa tới, tổ công nghệ số cộng đồng mỗi tuần mang máy phát lưu động vào."
STORY = (FIRST, SECOND, THIRD, FOURTH)
OTHER = "Xe đạp điện chở thư về bản trong mùa lũ"
TEASER = "Bưu tá huyện bên được cấp mười xe để đưa thư vào các bản xa khi đường bị chia cắt."


def link(text: str, number: int = 7) -> str:
    return f'<a href="/tin/xe-dap-dien-{number}.html">{text}</a>'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def card(number: int) -> str:
    return f'<div class="x"><h3>{link(f"{OTHER} {number}", number)}</h3><p>{TEASER}</p></div>'


def body_of(markup: str) -> str:
    """Read a page of no family, whose body has no name that portals share."""
    text = f"<html><body><h1>{TITLE}</h1>{markup}</body></html>"
    found = general_body(Page(url="https://la.example.vn/tin/1", body=text.encode()), title=TITLE)
    assert found is not None
    return "\n\n".join(b.text for b in found.body.blocks if b.kind in {"paragraph", "heading"})


def whole() -> str:
    return "\n\n".join(STORY)


def headed_box() -> str:
    return f"<div><h4>Tin liên quan</h4><ul><li>{link(OTHER)}</li></ul></div>"


def two_cards() -> str:
    return f"<div>{card(1)}{card(2)}</div>"


def headed_list() -> str:
    return f"<div><b>Bài liên quan</b>{''.join(f'<p>{link(OTHER, n)}</p>' for n in range(4))}</div>"


def table_of_others() -> str:
    rows = "".join(f"<tr><td>{link(OTHER, n)}</td><td>02/11/2026</td></tr>" for n in range(5))
    return f"<div><b>Bài viết khác</b><table>{rows}</table></div>"


def comments() -> str:
    return f"<h3>Bình luận (2)</h3><div><b>Lê Minh</b><p>{TEASER} Tôi rất mừng.</p></div>"


def side_box() -> str:
    text = " ".join([TEASER] * 5)
    return f'<div class="sidebar"><h2>Giới thiệu</h2><p>{text}</p></div>'


def file_line() -> str:
    return '<p>Tệp đính kèm: <a href="/u/bieu-mau.zip">bieu-mau.zip</a> (120 KB)</p>'


def other_notices() -> str:
    return f"<p>THÔNG BÁO KHÁC</p>{''.join(f'<p>{link(OTHER, n)}</p>' for n in range(4))}"


def date_row() -> str:
    return "<table><tr><td>Ngày đăng: Thứ hai, 21 Tháng 9 2026</td></tr></table>"


def rights() -> str:
    return (
        "<p>Trang này thuộc bản quyền của Báo Mẫu. Ghi rõ nguồn và đường dẫn khi dẫn lại bài.</p>"
    )


def invitation() -> str:
    return "<p>* Mời bạn đọc vào chuyên mục Quốc phòng xem các tin, bài liên quan.</p>"


@pytest.mark.parametrize("stranger", [headed_box, two_cards, headed_list])
def test_a_text_goes_on_behind_what_leads_elsewhere(stranger: object) -> None:
    assert callable(stranger)
    first, rest = paragraphs(FIRST, SECOND), paragraphs(THIRD, FOURTH)
    assert body_of(f"<div><div>{first}</div>{stranger()}<div>{rest}</div></div>") == whole()


@pytest.mark.parametrize(
    "stranger",
    [
        headed_box,
        two_cards,
        headed_list,
        table_of_others,
        comments,
        side_box,
        rights,
        invitation,
        file_line,
        other_notices,
        date_row,
    ],
)
def test_a_text_ends_before_what_is_none_of_it(stranger: object) -> None:
    assert callable(stranger)
    assert body_of(f"<div><div>{paragraphs(*STORY)}</div>{stranger()}</div>") == whole()


def test_a_button_amid_a_text_is_none_of_it() -> None:
    bar = "<p>Chia sẻ Facebook Zalo</p><p>Quảng cáo</p>"
    assert body_of(f"<div>{paragraphs(FIRST, SECOND)}{bar}{paragraphs(THIRD, FOURTH)}</div>") == (
        whole()
    )


def test_a_look_that_an_outer_element_gives_does_not_shift_what_is_cut() -> None:
    others = "<br><br>".join(["Bài liên quan", *(link(OTHER, number) for number in range(4))])
    caption = '<img src="/a.jpg"><br>Toàn cảnh thôn<br>'
    text = "<br><br>".join([f"{caption}{FIRST}", SECOND, THIRD, FOURTH, others, "Minh Đức"])
    assert OTHER not in body_of(f'<div align="center"><div>{text}</div></div>')


def test_a_button_for_comments_above_a_text_does_not_end_it() -> None:
    bar = "<ul><li><a href='#c'>Bình luận</a></li><li><a href='#p'>In</a></li></ul>"
    lead = "<p><b>Chỉ còn hai thôn chờ sóng, doanh nghiệp hẹn lắp xong trước tháng tư.</b></p>"
    assert body_of(f"{lead}{bar}<div>{paragraphs(*STORY)}</div>").endswith(whole())


def test_a_long_text_in_an_element_named_like_a_side_box_is_a_text() -> None:
    texts = [f"{text} Đây là ý thứ {number}." for number in range(6) for text in STORY]
    assert body_of(f'<div class="sidebar">{paragraphs(*texts)}</div>') == "\n\n".join(texts)


def test_a_first_paragraph_beside_a_list_is_no_lead() -> None:
    items = "".join(f"<li>{text}</li>" for text in STORY[1:])
    text = f"<html><body><h1>{TITLE}</h1><div><p>{FIRST}</p><ul>{items}</ul></div></body></html>"
    found = general_body(Page(url="https://la.example.vn/tin/1", body=text.encode()), title=TITLE)
    assert found is not None
    assert found.lead is None
    assert [block.text for block in found.body.blocks] == [*STORY]


@pytest.mark.parametrize("name", ["sapo", "article-lead", "tom-tat", "mota"])
def test_a_lead_is_known_by_the_name_of_its_element(name: str) -> None:
    markup = f'<h1>{TITLE}</h1><div><p class="{name}">{TEASER}</p>{paragraphs(*STORY)}</div>'
    page = Page(url="https://la.example.vn/tin/1", body=f"<html>{markup}</html>".encode())
    found = general_body(page, title=TITLE)
    assert found is not None
    assert found.lead == TEASER
    assert [block.text for block in found.body.blocks] == [*STORY]


@pytest.mark.parametrize("family", ["nukeviet", "sharepoint"])
@pytest.mark.parametrize(
    "stranger",
    [
        headed_box(),
        f"<p><b>Tin liên quan:</b></p><p>{link(OTHER)}</p><p>{link(OTHER, 8)}</p>",
        f"<p>{link('&gt;&gt; Xem thêm: ' + OTHER)}</p>",
    ],
)
def test_a_rule_for_the_body_takes_no_other_news_along(family: str, stranger: str) -> None:
    markup = f"{paragraphs(FIRST, SECOND)}{stranger}{paragraphs(THIRD, FOURTH)}"
    got = article(
        f'<h1 class="title">{TITLE}</h1><div id="news-bodyhtml">{markup}</div>'
        if family == "nukeviet"
        else f'<h1>{TITLE}</h1><div class="ms-rtestate-field">{markup}</div>',
        family=family,
    )
    assert got.body_text == whole()


def test_buttons_below_each_entry_of_a_live_report_are_none_of_it() -> None:
    buttons = "<div><a>Facebook</a> <a>Zalo</a></div>"
    entries = "".join(f"<p>{text}</p>{buttons}" for text in STORY)
    last = "Nhà mạng hẹn trả lời trên Zalo."
    body = f"<div itemprop='articleBody'>{entries}<p>{last}</p></div>"
    got = article(f"<h1>{TITLE}</h1>{body}", family="vccorp")
    assert got.body_text.split("\n\n") == [*STORY, last]


def test_links_to_files_below_such_a_heading_stay() -> None:
    files = '<p>Xem thêm:</p><p><a href="/uploads/ke-hoach-12.pdf">Kế hoạch số 12</a></p>'
    got = article(
        f'<h1 class="title">{TITLE}</h1><div id="news-bodyhtml">{paragraphs(*STORY)}{files}</div>',
        family="nukeviet",
    )
    assert got.body_text.endswith("Xem thêm:\n\nKế hoạch số 12")


def test_a_lead_that_the_text_repeats_is_printed_once() -> None:
    got = article(
        f'<h1 class="title">{TITLE}</h1><div class="hometext">DIC - {TEASER}</div>'
        f'<div id="news-bodyhtml"><p>{TEASER}</p>{paragraphs(*STORY)}</div>',
        family="nukeviet",
    )
    assert got.body_text == whole()


@pytest.mark.parametrize(
    "line",
    [
        "In tin | Gửi tin | Số lần đọc: 341",
        "Bản in Quay lại",
        "In Gửi tin A+ A- Lượt xem: 318",
        "Ngày đăng: 02/06/2021 - Lượt xem: 88",
        "Facebook Zalo Bản in",
        "Cập nhật: Thứ Hai, 05/05/2025, 14:20 GMT+7 | Lượt xem: 1.234 | In bài A+ A-",
        "fZaloEmail Cỡ chữ: A A",
        "Đọc bài viếtLưuChia sẻ",
        "Bạn có hài lòng với bài viết này không?",
        "ĐÁNH GIÁ BÀI VIẾT( 0)",
    ],
)
def test_a_line_of_buttons_is_told(line: str) -> None:
    assert is_button(*blocks_of(line))


@pytest.mark.parametrize(
    "line",
    [
        "Công bố bản in tem bưu chính mới",
        "Người dân tải về ứng dụng và đăng ký",
        "Lưu trữ lịch sử đưa tư liệu lên mạng",
        "Lượt xem trung bình của cổng tăng gấp đôi",
        "Minh Đức",
    ],
)
def test_a_line_of_text_is_no_line_of_buttons(line: str) -> None:
    assert not is_button(*blocks_of(line))


def blocks_of(line: str) -> list:  # type: ignore[type-arg]
    page = Page(url="https://la.example.vn/tin/1", body=f"<body><p>{line}</p></body>".encode())
    return read_blocks(page.root)
