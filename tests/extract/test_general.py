"""The general reader: pages that no rule knows, made in shapes that no CMS of ours has."""

from __future__ import annotations

import pytest

from crawler.extract.page import Page
from crawler.extract.text.general import General, general_body

TITLE = "Điện Biên ra mắt tổng đài hỗ trợ dịch vụ công trực tuyến"
LEAD = "Sáng nay, tỉnh đã đưa vào hoạt động tổng đài hỗ trợ người dân làm thủ tục trên mạng."
PARAGRAPHS = (
    "Tổng đài hoạt động từ 7 giờ đến 21 giờ mỗi ngày, kể cả ngày nghỉ, với mười hai cán bộ"
    " được tập huấn về các thủ tục mà người dân hay hỏi nhất.",
    "Theo kế hoạch, trong ba tháng đầu tổng đài chỉ nhận cuộc gọi về đất đai, hộ tịch và đăng ký"
    " kinh doanh; các lĩnh vực khác sẽ được bổ sung sau khi đánh giá.",
    "Người dân ở xã xa có thể nhờ tổ công nghệ số cộng đồng gọi thay, và nhận kết quả qua bưu điện"
    " mà không phải trả thêm khoản phí nào.",
)
MENU = "".join(f'<li><a href="/muc-{n}">Chuyên mục số {n}</a></li>' for n in range(12))
OTHERS = "".join(
    f'<li><a href="/tin-{n}.html">Tin khác số {n} của tỉnh trong tuần vừa qua</a></li>'
    for n in range(6)
)


def page(main: str, *, head: str = "") -> Page:
    markup = f"""<!DOCTYPE html><html>
<head><meta charset="utf-8"><title>{TITLE}</title>{head}</head>
<body><div id="top"><ul>{MENU}</ul></div><div id="wrap">{main}</div>
<div id="bottom"><p>Cơ quan chủ quản: UBND tỉnh. Giấy phép số 12/GP-TTĐT. Điện thoại: 0215 00</p>
</div></body></html>"""
    return Page(url="https://la.example.vn/tin/1", body=markup.encode())


def paragraphs() -> str:
    return "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def broken_lines() -> str:
    return "<br><br>".join(PARAGRAPHS)


def layout_table() -> str:
    rows = "".join(f"<tr><td><font size=2>{text}</font></td></tr>" for text in PARAGRAPHS)
    return f"<table width=100%>{rows}</table>"


def nested_divs() -> str:
    return "".join(f"<div><span>{text}</span></div>" for text in PARAGRAPHS)


def read(main: str, *, head: str = "") -> General:
    found = general_body(page(main, head=head), title=TITLE)
    assert found is not None
    return found


def texts(found: General) -> list[str]:
    return [block.text for block in found.body.blocks if block.kind == "paragraph"]


@pytest.mark.parametrize("text", [paragraphs, broken_lines, layout_table, nested_divs])
def test_the_text_is_found_whatever_it_is_written_in(text: object) -> None:
    assert callable(text)
    found = read(f"<h1>{TITLE}</h1><div class=x1>{text()}</div><ul>{OTHERS}</ul>")
    assert " ".join(texts(found)) == " ".join(PARAGRAPHS)


def test_a_list_of_other_news_under_the_text_is_not_text() -> None:
    found = read(f"<h1>{TITLE}</h1><div>{paragraphs()}<p>Các tin khác</p><ul>{OTHERS}</ul></div>")
    assert texts(found) == list(PARAGRAPHS)


def test_a_box_of_links_amid_the_text_is_cut_and_the_text_behind_it_stays() -> None:
    box = f"<div><ul>{OTHERS}</ul></div>"
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    found = read(f"<h1>{TITLE}</h1><div>{first}{box}{''.join(others)}</div>")
    assert texts(found) == list(PARAGRAPHS)
    assert "Tin khác" not in found.body.html


def test_title_date_and_counter_above_the_text_are_not_text() -> None:
    found = read(
        f"<div><div>{TITLE}</div><div>20/11/2026 09:15</div><div>Lượt xem: 53</div>"
        f"{paragraphs()}</div>"
    )
    assert texts(found) == list(PARAGRAPHS)


def test_a_paragraph_between_title_and_text_is_the_lead() -> None:
    found = read(f"<h1>{TITLE}</h1><div><b>{LEAD}</b></div><div>{paragraphs()}</div>")
    assert found.lead == LEAD or LEAD in texts(found)
    assert texts(found)[-3:] == list(PARAGRAPHS)


def test_pictures_and_captions_amid_the_text_are_kept() -> None:
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    picture = '<p align=center><img src="/a.jpg"><br><i>Cán bộ trực tổng đài.</i></p>'
    found = read(f"<h1>{TITLE}</h1><div>{first}{picture}{''.join(others)}</div>")
    assert '<img src="/a.jpg">' in found.body.html
    assert "Cán bộ trực tổng đài." not in texts(found)


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img src=a.jpg><figcaption>Quang cảnh lễ ra mắt</figcaption></figure>",
        "<table><tr><td><img src=a.jpg></td></tr><tr><td>Quang cảnh lễ ra mắt</td></tr></table>",
        "<div type=Photo><div><img src=a.jpg></div>"
        "<div class=PhotoCMS_Caption><p>Quang cảnh lễ ra mắt</p></div></div>",
    ],
)
def test_picture_in_a_box_of_its_own_above_the_text_is_kept(picture: str) -> None:
    found = read(f"<h1>{TITLE}</h1><div class=nd>{picture}{paragraphs()}</div>")
    assert [(block.kind, block.text) for block in found.body.blocks[:2]] == [
        ("image", ""),
        ("caption", "Quang cảnh lễ ra mắt"),
    ]


def test_a_table_of_data_stays_in_the_markup() -> None:
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    rows = "<tr><th>Xã</th><th>Số cuộc gọi</th></tr><tr><td>Mường Phăng</td><td>12</td></tr>"
    table = f"<table>{rows}</table>"
    found = read(f"<h1>{TITLE}</h1><div>{first}{table}{''.join(others)}</div>")
    assert "Mường Phăng" in found.body.html
    assert texts(found) == list(PARAGRAPHS)


def test_text_that_only_the_structured_data_has_is_the_body() -> None:
    told = "\\n".join(PARAGRAPHS)
    head = f'<script type="application/ld+json">{{"articleBody": "{told}"}}</script>'
    found = read(f"<h1>{TITLE}</h1><div id=app></div>", head=head)
    assert texts(found) == list(PARAGRAPHS)
    assert found.body.rule == "json-ld:articleBody"


@pytest.mark.parametrize(
    "main",
    [
        "",
        f"<ul>{OTHERS}</ul>",
        "<form><input name=user><input name=password><p>Đăng nhập hệ thống</p></form>",
        f"<h1>{TITLE}</h1><p>Không tìm thấy trang.</p>",
    ],
    ids=["empty", "list", "login", "not-found"],
)
def test_a_page_without_an_article_has_no_body(main: str) -> None:
    assert general_body(page(main), title=TITLE) is None


def test_finders_that_agree_make_the_body_sure() -> None:
    assert read(f"<h1>{TITLE}</h1><div>{paragraphs()}</div>").agreement > 0.9


def test_a_box_below_the_text_that_names_the_page_itself_does_not_begin_it() -> None:
    text = "<br>".join(PARAGRAPHS)
    box = f'<ul><li><a href="/tin/1">{TITLE}</a> (20/11/2026)</li>{OTHERS}</ul>'
    main = f"<td><span>{TITLE}</span><br>{text}</td></tr><tr><td>{box}</td>"
    found = read(f"<table><tr>{main}</tr></table>")
    assert PARAGRAPHS[1] in " ".join(texts(found))
