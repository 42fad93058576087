"""Two readings of one page, days apart: what is an edit of its publisher, and what moves by itself.

Each pair goes the whole way: page, rules, cleaning, decision.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from crawler import reading
from crawler.extract.draft import Entry
from crawler.extract.page import Page
from crawler.recipe import Recipe, Source
from store.identity import Decision, decide
from store.model import Article

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=5)
URL = "https://so.example.vn/tin/tap-huan-12.html"
TITLE = "Tập huấn kỹ năng số cho cán bộ xã"
TEXT = (
    "Sáng 20/11, Sở tổ chức hội nghị tập huấn kỹ năng số cho 120 cán bộ cấp xã.",
    "Ông Nguyễn Văn An nhấn mạnh vai trò của tổ công nghệ số cộng đồng ở thôn bản.",
    "Hội nghị diễn ra trong hai ngày, gồm 6 chuyên đề về dịch vụ công và an toàn thông tin.",
    "Kết thúc hội nghị, các học viên được cấp giấy chứng nhận của khóa bồi dưỡng năm 2026.",
)
FILES = '<p><a href="/files/ke-hoach.pdf">Kế hoạch 12</a></p>'
Parts = dict[str, Any]


def written(
    *,
    title: str = TITLE,
    text: tuple[str, ...] = TEXT,
    before: str = "",
    amid: str = '<p><img src="/anh/hoi-nghi.jpg" alt=""></p>',
    after: str = "",
    files: str = FILES,
    beside: str = "",
) -> str:
    lines = [f"<p>{line}</p>" for line in text]
    body = "".join((before, *lines[:2], amid, *lines[2:], files, after))
    return (
        f"<!doctype html><html lang=vi><head><title>{title} - Sở (thử)</title></head><body>"
        f"<div class=dau><a href=/>Trang chủ</a></div><h1 class=title>{title}</h1>"
        f"<div class=ngay>20/11/2026 08:30</div><div class=noidung>{body}</div>"
        f"<div class=ben>{beside}</div></body></html>"
    )


@cache
def source(by: str) -> Source:
    recipe: dict[str, Any] = {
        "name": "Sở (thử)",
        "site": "https://so.example.vn",
        "listings": ["/"],
        "article": r"/tin/.*?(?P<key>\d+)\.html",
    }
    rules = {"title": "h1.title", "date": ".ngay", "body": ".noidung"}
    recipe |= {"select": rules} if by == "rules" else {}
    return Source("dien-bien/thu", Recipe.model_validate(recipe))


def read(parts: Parts, at: datetime, by: str = "rules") -> Article:
    page = Page(url=URL, body=written(**parts).encode(), content_type="text/html", fetched=at)
    entry = Entry(url=URL, title=TITLE)
    found = reading.read(page, source(by), entry=entry, now=at).sighting
    assert found is not None
    return replace(found.article, changed=at)


def decided(first: Parts, then: Parts, by: str = "rules") -> Decision:
    return decide(read(then, LATER, by), read(first, NOW, by))


def others(*numbers: int) -> str:
    return "".join(
        f"<li><a href='/tin/khac-{n}.html'>Tin khác số {n} về dữ liệu</a> ({n}/11/2026)</li>"
        for n in numbers
    )


def links(first: int, second: int) -> str:
    return (
        f"<div><a href='/tin/a-{first}.html'>« Bài số {first} nói về bưu chính</a> "
        f"<a href='/tin/a-{second}.html'>Bài số {second} nói về viễn thông »</a></div>"
    )


SAID = ("Ông nói: “Chúng tôi sẽ làm” – và tiếp tục… trong năm 2026 với những ‘chương trình’ mới.",)
TYPED = (
    "Ông nói: \"Chúng tôi sẽ làm\" - và tiếp tục... trong năm 2026 với những 'chương trình' mới.",
)

MOVES: dict[str, tuple[Parts, Parts]] = {
    "a counter amid": ({"amid": "<div>Lượt xem: 9</div>"}, {"amid": "<div>Lượt xem: 1.456</div>"}),
    "a counter below": ({"after": "Đã xem: <b>12</b>"}, {"after": "Đã xem: <b>15</b>"}),
    "a counter in cells": (
        {"after": "<table><tr><td>Số lượt xem</td><td>12</td></tr></table>"},
        {"after": "<table><tr><td>Số lượt xem</td><td>13</td></tr></table>"},
    ),
    "a counter in a line": (
        {"after": "<p>Nguồn: Báo Điện Biên (Lượt xem: 10)</p>"},
        {"after": "<p>Nguồn: Báo Điện Biên (Lượt xem: 20)</p>"},
    ),
    "a counter in a bar": (
        {"before": "<p>20/11/2026 | Lượt xem: 5 | Cỡ chữ</p>"},
        {"before": "<p>20/11/2026 | Lượt xem: 7 | Cỡ chữ</p>"},
    ),
    "a rating": (
        {"after": "<p>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</p><p>Xếp hạng: 5</p>"},
        {"after": "<p>Tổng số điểm của bài viết là: 9 trong 2 đánh giá</p><p>Xếp hạng: 4.5</p>"},
    ),
    "likes and comments": (
        {"after": "<div>Thích 5</div><div>Bình luận (0)</div>"},
        {"after": "<div>Thích 9</div><div>Bình luận (3)</div>"},
    ),
    "visitors": (
        {"after": "<p>Đang truy cập: 12</p><p>Tổng lượt truy cập: 12.345</p>"},
        {"after": "<p>Đang truy cập: 1</p><p>Tổng lượt truy cập: 92.345</p>"},
    ),
    "the time of an update": (
        {"after": "<p>Cập nhật lúc 10:05 ngày 20/11/2026</p>"},
        {"after": "<p>Cập nhật lúc 11:15 ngày 25/11/2026</p>"},
    ),
    "the time of an update, above": (
        {"before": "<p><i>(Cập nhật lần cuối: 20/11/2026 10:05)</i></p>"},
        {"before": "<p><i>(Cập nhật lần cuối: 25/11/2026 10:06)</i></p>"},
    ),
    "a calendar": (
        {"before": "<div>Thứ sáu, ngày 20 tháng 11 năm 2026</div>"},
        {"before": "<div>Thứ tư, ngày 25 tháng 11 năm 2026</div>"},
    ),
    "a clock": (
        {"before": "<span>Thứ sáu, 20/11/2026 10:05:22</span>"},
        {"before": "<span>Thứ tư, 25/11/2026 10:05:23</span>"},
    ),
    "its age": ({"before": "<div>2 giờ trước</div>"}, {"before": "<div>5 ngày trước</div>"}),
    "related news in the body": (
        {"after": f"<h3>Tin liên quan</h3><ul>{others(1, 2, 3)}</ul>"},
        {"after": f"<h3>Tin liên quan</h3><ul>{others(4, 5, 6)}</ul>"},
    ),
    "one to read further": (
        {"after": "<p><b>Xem thêm:</b> <a href='/tin/x-1.html'>Bài về bưu chính</a></p>"},
        {"after": "<p><b>Xem thêm:</b> <a href='/tin/x-2.html'>Bài về dữ liệu mở</a></p>"},
    ),
    "related news amid": (
        {"amid": "<p>Tin cùng chuyên mục</p><p><a href='/tin/x-1.html'>Về bưu chính</a></p>"},
        {"amid": "<p>Tin cùng chuyên mục</p><p><a href='/tin/x-2.html'>Về dữ liệu mở</a></p>"},
    ),
    "news beside": ({"beside": f"<ul>{others(1, 2)}</ul>"}, {"beside": f"<ul>{others(7, 8)}</ul>"}),
    "the ones before and behind": ({"after": links(1, 2)}, {"after": links(3, 4)}),
    "tags": (
        {"after": "<div>Từ khóa: <a href='/tag/a'>số</a>, <a href='/tag/b'>xã</a></div>"},
        {"after": "<div>Từ khóa: <a href='/tag/a'>số</a>, <a href='/tag/c'>mới</a></div>"},
    ),
    "a session in a file's path": (
        {"files": "<p><a href='/f/a.pdf;jsessionid=A1'>Kế hoạch</a></p>"},
        {"files": "<p><a href='/f/a.pdf;jsessionid=B2'>Kế hoạch</a></p>"},
    ),
    "a session before a file's path": (
        {"files": "<p><a href='/(S(abc))/f/a.pdf'>Kế hoạch</a></p>"},
        {"files": "<p><a href='/(S(bcd))/f/a.pdf'>Kế hoạch</a></p>"},
    ),
    "a file's permission": (
        {"files": "<p><a href='/f/a.pdf?token=A1&amp;expires=17'>Kế hoạch</a></p>"},
        {"files": "<p><a href='/f/a.pdf?token=B2&amp;expires=19'>Kế hoạch</a></p>"},
    ),
    "a visit in a link": (
        {"amid": "<p>Xem <a href='/so/x?token=1&amp;a=2#p1'>tại đây</a>.</p>"},
        {"amid": "<p>Xem <a href='/so/x?token=2&amp;a=2#p2'>tại đây</a>.</p>"},
    ),
    "the order of files": (
        {"files": "<ul><li><a href='/a.pdf'>A 1</a></ul><p><a href='/b.pdf'>A 1</a></p>"},
        {"files": "<ul><li><a href='/b.pdf'>A 1</a></ul><p><a href='/a.pdf'>A 1</a></p>"},
    ),
    "a picture's size and server": (
        {"amid": '<p><img src="https://c1.example.vn/w600/hop-600x400.jpg?v=1"></p>'},
        {"amid": '<p><img src="https://c2.example.vn/w1200/hop-1200x800.jpg?v=2"></p>'},
    ),
    "a picture's session": (
        {"amid": '<p><img src="/anh/hop.jpg;jsessionid=1"></p>'},
        {"amid": '<p><img alt="x" src="/anh/hop.jpg;jsessionid=2"></p>'},
    ),
    "forms of one sign": ({"text": TEXT + SAID}, {"text": TEXT + TYPED}),
    "composed letters": (
        {},
        {"text": tuple(unicodedata.normalize("NFD", line) for line in TEXT)},
    ),
    "markup and blanks": (
        {},
        {"text": tuple(line.replace("hội", "<b>h</b>ội").replace(" và ", "\n và&nbsp;")
                       for line in TEXT)},
    ),
    "attributes": (
        {"files": '<p><a href="/f/a.pdf" title="x" class="y">Kế hoạch</a></p>'},
        {"files": "<p><a class=z title='x' id=q href='/f/a.pdf'>Kế hoạch</a></p>"},
    ),
}  # fmt: skip

EDITS: dict[str, tuple[Parts, Parts]] = {
    "a word": ({}, {"text": (TEXT[0].replace("cấp xã", "cấp huyện"), *TEXT[1:])}),
    "a number": ({}, {"text": (TEXT[0].replace("120", "125"), *TEXT[1:])}),
    "a date": ({}, {"text": (TEXT[0].replace("20/11", "21/11"), *TEXT[1:])}),
    "a letter's mark": ({}, {"text": (TEXT[0], TEXT[1].replace("bản", "bàn"), *TEXT[2:])}),
    "a capital": ({}, {"text": (TEXT[0], TEXT[1].replace("công", "Công"), *TEXT[2:])}),
    "the title": ({}, {"title": f"{TITLE}, phường"}),
    "a paragraph": ({}, {"text": (*TEXT, "Sở sẽ tiếp tục mở các lớp tương tự tại các huyện.")}),
    "a file": ({}, {"files": FILES.replace("ke-hoach", "ke-hoach-moi")}),
    "a file's number": (
        {"files": "<p><a href='/tai-ve.aspx?id=5&amp;token=1'>Kế hoạch 12</a></p>"},
        {"files": "<p><a href='/tai-ve.aspx?id=6&amp;token=1'>Kế hoạch 12</a></p>"},
    ),
    "a number of views that is told": (
        {"text": (*TEXT, "Cổng thông tin đạt 12.000 lượt xem trong tháng, tăng 5% so với năm cũ")},
        {"text": (*TEXT, "Cổng thông tin đạt 15.000 lượt xem trong tháng, tăng 5% so với năm cũ")},
    ),
    "a day in a schedule": (
        {"amid": "<p>Thứ hai, ngày 23/11/2026</p>"},
        {"amid": "<p>Thứ ba, ngày 24/11/2026</p>"},
    ),
    "a number in a table": (
        {"amid": "<table><tr><td>Hồ sơ</td><td>12</td></tr></table>"},
        {"amid": "<table><tr><td>Hồ sơ</td><td>13</td></tr></table>"},
    ),
    "a link that is told": (
        {"after": "<p>Xem văn bản: <a href='https://vb.example.vn/12'>Nghị định 12</a></p>"},
        {"after": "<p>Xem văn bản: <a href='https://vb.example.vn/13'>Nghị định 13</a></p>"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MOVES)
def test_what_moves_by_itself_is_no_edit_and_changes_nothing(what: str) -> None:
    assert decided(*MOVES[what]).outcome == "same"


@pytest.mark.parametrize("what", ["a counter amid", "related news in the body", "tags"])
def test_nor_is_it_where_no_rule_knows_the_page(what: str) -> None:
    assert decided(*MOVES[what], by="nothing").outcome == "same"


@pytest.mark.parametrize("what", EDITS)
def test_what_a_publisher_changes_is_an_edit(what: str) -> None:
    decision = decided(*EDITS[what])
    assert decision.replaced is not None
    assert (decision.article.revision, decision.article.updated) == (2, LATER)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ('<p><img src="/anh/hoi-nghi.jpg" alt=""></p>', '<p><img src="/anh/moi.jpg" alt=""></p>'),
        ("<p>Xem <a href='/so/cu?a=1'>tại đây</a>.</p>", "<p>Xem <a href='/moi'>tại đây</a>.</p>"),
    ],
    ids=["picture", "link"],
)
def test_another_picture_or_place_to_go_is_taken_but_is_no_edit(first: str, then: str) -> None:
    decision = decided({"amid": first}, {"amid": then})
    assert (decision.outcome, decision.replaced) == ("update", None)
    assert "/moi" in decision.article.body_html


def test_an_edit_beside_what_moves_is_an_edit() -> None:
    first, then = MOVES["a counter amid"]
    assert decided(first, {**then, "title": f"{TITLE}, phường"}).replaced is not None
