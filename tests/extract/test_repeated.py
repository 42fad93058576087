"""Lists that no rule knows: what is an entry, what stands around it, which date is whose."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from crawler.extract.draft import Listing
from crawler.extract.lists.outside import stands_outside
from crawler.extract.page import Page
from crawler.reading import read_list
from store.model import VIETNAM
from tests.pages import NOW, SITE, page, source

LEAD = "Lời dẫn của bài viết này đủ dài để người đọc biết bài nói về việc gì."


def listing(body: str, url: str = f"{SITE}/tin-tuc", title: str = "Tin tức") -> Listing:
    made = page(body, url=url, title=title)
    return read_list(Page(url=made.url, body=made.body, fetched=NOW), source())


def address(number: int) -> str:
    return f"/tin/bai-viet-so-{number}.html"


def link(number: int) -> str:
    return f'<a href="{address(number)}">Tiêu đề của bài viết mang số {number}</a>'


def row(number: int, beside: str = "") -> str:
    return f'<div class="dong">{link(number)}{beside}</div>'


def rows(*numbers: int, beside: str = f"<p>{LEAD}</p>") -> str:
    return "".join(row(number, beside) for number in numbers)


def numbers(found: Listing) -> list[int]:
    return [int(entry.url.removesuffix(".html").rsplit("-", 1)[1]) for entry in found.entries]


def days(found: Listing) -> list[str | None]:
    return [
        entry.date.value.at.astimezone(VIETNAM).date().isoformat() if entry.date else None
        for entry in found.entries
    ]


@pytest.mark.parametrize(
    "title", ["Tin mới nhất", "Đọc nhiều:", "TIN LIÊN QUAN", "Các tin khác", "Most read"]
)
def test_a_box_of_the_same_look_is_known_by_its_title(title: str) -> None:
    box = f'<div class="hop"><b>{title}</b>{rows(201, 202, 203, 204)}</div>'
    assert numbers(listing(f'<div class="ds">{rows(101, 102)}</div>{box}')) == [101, 102]


def test_a_page_that_is_called_as_the_box_is_its_list() -> None:
    body = f"<h1>Thông báo</h1><ul>{''.join(f'<li>{link(n)}</li>' for n in (101, 102))}</ul>"
    assert numbers(listing(body, f"{SITE}/thong-bao", "Thông báo")) == [101, 102]


def test_the_pager_tells_which_of_two_lists_it_turns() -> None:
    pager = '<ul class="pages"><li>1</li><li><a href="/tin-tuc?page=2">2</a></li></ul>'
    bare = "".join(f"<li>{link(number)}</li>" for number in (101, 102, 103))
    box = f'<div class="hop">{rows(201, 202, 203, beside="")}</div>'
    body = f"<div><div><div><ul>{bare}</ul>{pager}</div>{box}</div></div>"
    assert numbers(listing(body)) == [101, 102, 103]


def test_the_feature_above_a_list_is_an_entry_and_the_column_beside_it_is_none() -> None:
    feature = f'<div class="lon"><h2>{link(100)}</h2><p>{LEAD}</p></div>'
    beside = f"<td><p>{link(300)}</p><p>{LEAD}</p></td>"
    body = (
        f'<table><tr>{beside}<td>{feature}<div class="ds">{rows(101, 102)}</div></td></tr></table>'
    )
    assert numbers(listing(body)) == [100, 101, 102]


def test_a_feature_in_a_grid_above_a_grid_of_rows_stands_in_no_other_column() -> None:
    feature = f'<div class="grid grid-cols-2"><a>{link(100)}</a><p>{LEAD}</p></div>'
    below = f'<div class="md:grid grid-cols-3 gap-4">{rows(101, 102)}</div>'
    assert numbers(listing(f"<main>{feature}{below}</main>")) == [100, 101, 102]


def test_names_of_categories_in_the_rows_are_no_entries() -> None:
    label = '<a href="/muc/tin-van-hoa-the-thao-12.html">Tin văn hóa, thể thao</a>'
    body = rows(101, 102, 103, beside=f"{label}<p>{LEAD}</p>")
    assert numbers(listing(body)) == [101, 102, 103]


def test_pages_without_numbers_are_left_out_where_articles_have_them() -> None:
    standing = (
        '<div class="dong"><a href="/co-cau-to-chuc-bo-may.html">Cơ cấu tổ chức bộ máy của Sở</a>'
        f"<p>{LEAD}</p></div>"
    )
    assert numbers(listing(rows(101, 102, 103) + standing)) == [101, 102, 103]


def test_on_a_home_page_every_box_of_news_counts() -> None:
    box = f"<h3>Tin mới nhất</h3><ul>{''.join(f'<li>{link(n)}</li>' for n in (201, 202))}</ul>"
    body = f'<div class="a">{rows(101, 102)}</div><div class="b">{box}</div>'
    for home in ("/", "/trang-chu", "/vi/", "/index.php"):
        assert numbers(listing(body, SITE + home)) == [101, 102, 201, 202]


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Liên hệ</h1><p>{LEAD}</p><div><b>Tin mới nhất</b>{rows(201, 202, beside='')}</div>",
        "<ul><li><a href='/lich-cong-tac-tuan-cua-so.html'>Lịch công tác tuần của Sở</a></li>"
        "<li><a href='/danh-ba-dien-thoai-co-quan.html'>Danh bạ điện thoại cơ quan</a></li></ul>",
        "<h3><a href='/phong/phong-van-thu-12.html'>Phòng Văn thư - Lưu trữ</a></h3>"
        "<h3><a href='/phong/phong-ke-toan-13.html'>Phòng Kế hoạch - Tài chính</a></h3>",
        f"<p>Chưa có bài viết nào.</p><ul><li>{link(1)}</li><li>{link(2)}</li></ul>",
    ],
    ids=["contact", "standing pages", "units", "empty list"],
)
def test_a_page_without_a_list_has_no_entries(body: str) -> None:
    assert listing(body, f"{SITE}/lien-he", "Liên hệ").entries == ()


def test_a_list_of_one_entry_is_read() -> None:
    body = f'<div class="ds">{row(101, f"<i>20/11/2026</i><p>{LEAD}</p>")}</div>'
    found = listing(body)
    assert (numbers(found), days(found)) == ([101], ["2026-11-20"])


@pytest.mark.parametrize(
    "beside",
    [
        "<i>(20/11/2026)</i>",
        " - 20/11/2026<br>" + LEAD,
        "<time>20/11/2026</time>",
        "<font>Thứ sáu, 20.11.2026</font>",
        "<p>Đăng bởi Ban biên tập, 20/11/2026 09:15 | <a href='#x'>3 ý kiến</a></p>",
        "<div><span>20</span><span>11/2026</span></div><p>Ngày 3/10/2026, Sở đã họp.</p>",
        "<div><b>20</b><span>Tháng 11</span><span>2026</span></div>",
        "<span title='2026-11-20T09:15:00'>tuần trước</span>",
    ],
)
def test_a_date_is_found_wherever_it_stands_in_a_row(beside: str) -> None:
    assert days(listing(rows(101, 102, beside=beside))) == ["2026-11-20"] * 2


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_times_in_a_row_the_later_is_that_of_an_edit(order: int) -> None:
    times = [
        "<time class=a datetime='2026-11-20T07:30:00+07:00'>20/11/2026</time>",
        "<time class=b datetime='2026-11-23T16:00:00+07:00'>23/11/2026</time>",
    ][::order]
    beside = f"<p>{''.join(times)}</p>"
    assert days(listing(rows(101, 102, beside=beside))) == ["2026-11-20"] * 2


@pytest.mark.parametrize(
    "lead",
    [
        "Ngày 15/11/2026, tại xã Thanh Nưa, Sở tổ chức bàn giao nhà.",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 03/11/2026 của tỉnh, các xã đã làm.",
        "Từ ngày 01/11/2026 đến 18/11/2026, các khu dân cư tổ chức Ngày hội.",
    ],
)
def test_a_date_told_in_a_lead_is_not_the_entrys(lead: str) -> None:
    assert days(listing(rows(101, 102, beside=f"<p>{lead}</p>"))) == [None, None]


@pytest.mark.parametrize(
    "body",
    [
        "<dl>{}</dl>".format(
            "".join(f"<dt>{n - 90}/11/2026</dt><dd>{link(n)}</dd>" for n in (111, 110))
        ),
        "".join(f"<h3>{link(n)}</h3><p>{n - 90}/11/2026</p><p>{LEAD}</p>" for n in (111, 110)),
        "".join(f"<b>Ngày {n - 90}/11/2026</b><ul><li>{link(n)}</li></ul>" for n in (111, 110)),
    ],
    ids=["before", "after", "above"],
)
def test_a_date_beside_the_row_is_its_own(body: str) -> None:
    assert days(listing(f"<div>{body}</div>")) == ["2026-11-21", "2026-11-20"]


def test_the_date_above_a_whole_list_is_nobodys() -> None:
    assert days(listing(f"<p>Thứ ba, 24/11/2026</p><div>{rows(101, 102)}</div>")) == [None, None]


@pytest.mark.parametrize(
    "card",
    [
        "<a href='{url}'><b>Tin</b><h4>{title}</h4><p>{lead}</p></a>",
        "<a href='{url}'><span class=loai>Tin</span><div class=card-title>{title}</div>"
        "<div>{lead}</div></a>",
        "<a href='{url}'><img src=1.jpg></a><h4>{title}</h4><a href='{url}'>Xem chi tiết</a>",
        "<a href='{url}'>12/KH-STTTT</a> <a href='{url}'>{title}</a>",
        "<a href='{url}' title='{title}'>Hội nghị tổng kết công tác...</a><p>{lead}</p>",
    ],
)
def test_a_title_is_told_from_what_else_a_card_says(card: str) -> None:
    title = "Hội nghị tổng kết công tác năm của ngành"
    body = "".join(
        f"<div class=c>{card.format(url=address(number), title=title, lead=LEAD)}</div>"
        for number in (101, 102)
    )
    assert [entry.title for entry in listing(body).entries] == [title, title]


def short(words: str, href: str = "/tin/ra-quan-300.html") -> str:
    return f'<div class="dong"><a href="{href}">{words}</a><p>{LEAD}</p></div>'


def test_a_title_of_a_few_letters_is_an_entry_among_longer_ones() -> None:
    body = f'<div class="ds">{rows(101)}{short("Ra quân")}{rows(102)}</div>'
    assert numbers(listing(body)) == [101, 300, 102]


def test_a_title_of_a_few_letters_needs_no_form_of_an_address_beside_others() -> None:
    body = f'<div class="ds">{rows(101, 102)}{short("Ra quân", "/tin/ra-quan")}</div>'
    assert [entry.title for entry in listing(body).entries][2:] == ["Ra quân"]


@pytest.mark.parametrize(
    "words",
    [
        short("Y tế", "/muc/y-te"),
        short("Trang 2", "/tin/trang-2"),
        "<div class=dong><a href='/tin/5g-300.html'>5G</a></div>",
    ],
    ids=["other folder", "pager", "two letters"],
)
def test_other_words_of_a_few_letters_are_no_entries(words: str) -> None:
    body = f'<div class="ds">{rows(101, 102)}{words}</div>'
    assert numbers(listing(body)) == [101, 102]


def test_the_only_entry_of_a_last_page_is_read() -> None:
    pager = "<p><a href='/tin-tuc?page=1'>1</a> <a href='/tin-tuc?page=2'>2</a> <b>3</b></p>"
    body = f"<div><div><div class=ds>{rows(101)}</div>{pager}</div></div>"
    assert numbers(listing(body, f"{SITE}/tin-tuc?page=3")) == [101]


@pytest.mark.parametrize(
    ("name", "outside"),
    [
        ("thanhmenu", True),
        ("menu2", True),
        ("main-menu", True),
        ("leftMenu", True),
        ("tin-khac", True),
        ("danh-sach-tin", False),
        ("no-sidebar", False),
    ],
)
def test_what_stands_around_a_list_is_known_by_its_name(name: str, outside: bool) -> None:
    tree = fromstring(f"<html><body><div class='{name}'><a href='/a'>Tin</a></div></body></html>")
    (link,) = tree.iter("a")
    assert stands_outside(link, {}) is outside
