"""The next page of a list is found in whatever way the site pages it."""

from __future__ import annotations

import pytest

from crawler.clean.urls import canonical
from crawler.extract.draft import NextPage
from crawler.extract.lists.pager import next_page
from tests.pages import SITE, page


def following(body: str, url: str = f"{SITE}/tin-tuc") -> NextPage | None:
    return next_page(page(body, url=url), canonical(url))


def links(*hrefs: str, words: tuple[str, ...] = ()) -> str:
    names = words or tuple(str(number) for number in range(1, len(hrefs) + 1))
    return " ".join(f'<a href="{href}">{name}</a>' for href, name in zip(hrefs, names, strict=True))


@pytest.mark.parametrize(
    ("own", "hrefs", "expected"),
    [
        ("/tin-tuc", ("/tin-tuc", "/tin-tuc?page=2", "/tin-tuc?page=3"), "/tin-tuc?page=2"),
        ("/tin-tuc?page=2", ("?page=1", "?page=2", "?page=3"), "/tin-tuc?page=3"),
        ("/tin-tuc", ("/tin-tuc", "/tin-tuc?page=1", "/tin-tuc?page=2"), "/tin-tuc?page=1"),
        ("/tin-tuc", ("/tin-tuc", "?start=10", "?start=20"), "/tin-tuc?start=10"),
        ("/tin-tuc?start=10", ("/tin-tuc", "?start=10", "?start=20"), "/tin-tuc?start=20"),
        ("/tin-tuc", ("?limitstart=0", "?limitstart=7"), "/tin-tuc?limitstart=7"),
        ("/Tin.aspx?c=4", ("?c=4&PageIndex=1", "?c=4&PageIndex=2"), "/Tin.aspx?c=4&PageIndex=2"),
        ("/tin", ("/tin?p_p_id=9&_9_cur=1", "/tin?p_p_id=9&_9_cur=2"), "/tin?p_p_id=9&_9_cur=2"),
        ("/vi/news/tin/", ("/vi/news/tin/", "/vi/news/tin/page-2/"), "/vi/news/tin/page-2/"),
        ("/tin/page/2/", ("/tin/", "/tin/page/2/", "/tin/page/3/"), "/tin/page/3/"),
        ("/tin.html", ("/tin.html", "/tin/trang-2.html"), "/tin/trang-2.html"),
        ("/tin/trang-2.htm", ("/tin.htm", "/tin/trang-3.htm"), "/tin/trang-3.htm"),
        (
            "/Tin/tabid/86/Default.aspx",
            ("#", "/Tin/tabid/86/currentpage/2/Default.aspx"),
            "/Tin/tabid/86/currentpage/2/Default.aspx",
        ),
        ("/tin?trang=9", ("?trang=8", "?trang=9", "?trang=10"), "/tin?trang=10"),
    ],
)
def test_a_link_with_the_next_number_in_its_address_is_taken_without_any_pager(
    own: str, hrefs: tuple[str, ...], expected: str
) -> None:
    body = f"<div><p>Trang:</p>{links(*hrefs)}</div>"
    assert following(body, f"{SITE}{own}") == NextPage(f"{SITE}{expected}")


@pytest.mark.parametrize(
    ("own", "hrefs"),
    [
        ("/tin-tuc?page=3", ("?page=1", "?page=2", "?page=3")),
        ("/tin-tuc", ("/van-ban?page=2", "/van-ban?page=3")),
        ("/tin-tuc?nam=2026", ("?nam=2025&page=2",)),
        ("/tin-tuc", ("http://khac.example.vn/tin-tuc?page=2",)),
        ("/tin-tuc?start=20", ("/tin-tuc", "?start=10")),
        ("/", ("/?p=4121", "/?p=4120")),
        ("/tin-tuc", ("?page=5",)),
    ],
)
def test_the_last_page_and_other_lists_lead_nowhere(own: str, hrefs: tuple[str, ...]) -> None:
    assert following(links(*hrefs), f"{SITE}{own}") is None


def test_the_number_after_the_current_one_goes_before_an_arrow_that_leaps_to_the_end() -> None:
    body = (
        '<ul class="pagination"><li class="active"><span>2</span></li>'
        '<li><a href="/tin-tuc/3">3</a></li><li><a href="/tin-tuc/40">»</a></li></ul>'
    )
    assert following(body) == NextPage(f"{SITE}/tin-tuc/3")


def test_the_current_number_may_be_the_only_one_without_a_link() -> None:
    body = '<div class="phantrang">1 <a href="/t/2">2</a> <a href="/t/3">3</a></div>'
    assert following(body) == NextPage(f"{SITE}/t/2")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("[1]", "[2]", "[3]"), "/tin?loai=1&trang=2"),
        (("Trang 1", "Trang 2", "Trang 3"), "/tin?loai=1&trang=2"),
        (("[2]", "[3]", "[4]"), "/tin?loai=1&trang=1"),
    ],
    ids=["bracketed", "told", "counted from 0"],
)
def test_the_words_tell_the_second_page_from_the_first(
    words: tuple[str, ...], expected: str
) -> None:
    body = links(*(f"/tin?loai=1&trang={n}" for n in (1, 2, 3)), words=words)
    assert following(body, f"{SITE}/tin?loai=1") == NextPage(f"{SITE}{expected}")


def test_a_number_with_words_for_screen_readers_is_a_page_s() -> None:
    said = '<span class="sr-only">Trang</span>'
    body = f'<div class="pager"><b>{said}1</b> <a href="/tin/t2">{said}2</a></div>'
    assert following(body, f"{SITE}/tin") == NextPage(f"{SITE}/tin/t2")


def test_dots_behind_the_last_number_lead_on() -> None:
    pager = """<p><a href="javascript:__doPostBack('gv','Page$9')">9</a> <span>10</span>
    <a href="javascript:__doPostBack('gv','Page$11')">...</a></p>"""
    assert following(FORM % pager, f"{SITE}/tin.aspx?c=4") == clicked("gv", "Page$11")
    last = """<p><a href="javascript:__doPostBack('gv','Page$8')">...</a>
    <a href="javascript:__doPostBack('gv','Page$9')">9</a> <span>10</span></p>"""
    assert following(FORM % last, f"{SITE}/tin.aspx?c=4") is None


def test_the_current_number_may_lead_to_the_page_itself() -> None:
    body = '<div class="phantrang"><a href="/tin-tuc">1</a> <a href="/tin-tuc/t2">2</a></div>'
    assert following(body) == NextPage(f"{SITE}/tin-tuc/t2")


def test_a_link_that_names_the_next_page_needs_no_pager() -> None:
    assert following('<p><a href="/t/cu-hon">Trang tiếp »</a></p>') == NextPage(f"{SITE}/t/cu-hon")
    assert following('<p><a href="/t/cu-hon">Sau</a></p>') is None


@pytest.mark.parametrize("words", ["Trang sau", "Tiếp theo »", "Next", "›", "Sau", "Trang tiếp"])
def test_a_pager_that_only_says_next_is_followed(words: str) -> None:
    body = f'<div class="paging"><a href="/t/0">Trước</a> <a href="/t/2">{words}</a></div>'
    assert following(body) == NextPage(f"{SITE}/t/2")


FORM = """<form method="post" action="./tin.aspx?c=4" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" value="/wEPDwUK&amp;==">
<input type="hidden" name="__EVENTTARGET" value="">
<input type="text" name="tuKhoa" value="cũ"><input type="submit" name="btnTim" value="Tìm">
<input type="checkbox" name="chon"><input type="radio" name="loai" value="2" checked>
<select name="nam"><option value="2025">2025</option>
<option value="2026" selected>2026</option></select>
%s</form>"""


def clicked(target: str, argument: str = "") -> NextPage:
    return NextPage(
        f"{SITE}/tin.aspx?c=4",
        (
            ("__VIEWSTATE", "/wEPDwUK&=="),
            ("__EVENTTARGET", target),
            ("tuKhoa", "cũ"),
            ("loai", "2"),
            ("nam", "2026"),
            ("__EVENTARGUMENT", argument),
        ),
    )


GRID = """<table><tr><td><span>1</span></td>
<td><a href="javascript:__doPostBack('ctl00$gv','Page$2')">2</a></td>
<td><a href="javascript:__doPostBack('ctl00$gv','Page$3')">3</a></td></tr></table>"""
OPTIONS = """<div class=Pager><b>1</b> <a href='javascript:WebForm_DoPostBackWithOptions(new \
WebForm_PostBackOptions("ctl00$trang2", "", true, "", "", false, true))'>2</a></div>"""
CLICK = """<div class=paging><span>1</span>
<a href="#" onclick="__doPostBack('ctl00$trang2','');return false;">2</a></div>"""
NEXT = """<p><a href="javascript:__doPostBack('dau','')">Đầu</a>
<a href="javascript:__doPostBack('ctl00$trang2','')">Trang sau</a></p>"""


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        (GRID, clicked("ctl00$gv", "Page$2")),
        (OPTIONS, clicked("ctl00$trang2")),
        (CLICK, clicked("ctl00$trang2")),
        (NEXT, clicked("ctl00$trang2")),
    ],
)
def test_a_postback_pager_gives_the_form_that_a_click_would_post(
    pager: str, expected: NextPage
) -> None:
    assert following(FORM % pager, f"{SITE}/tin.aspx?c=4") == expected


def test_a_calendar_of_postback_links_is_no_pager() -> None:
    days = "".join(
        f"<td><a href=\"javascript:__doPostBack('ctl00$lich','{9400 + day}')\">{day}</a></td>"
        for day in range(1, 31)
    )
    assert following(FORM % f"<table><tr>{days}</tr></table>") is None


def test_a_calendar_before_the_pager_does_not_hide_it() -> None:
    days = "".join(
        f"<td><a href=\"javascript:__doPostBack('ctl00$lich','{9400 + day}')\">{day}</a></td>"
        for day in range(1, 31)
    )
    body = FORM % f"<table><tr>{days}</tr></table>{GRID}"
    assert following(body, f"{SITE}/tin.aspx?c=4") == clicked("ctl00$gv", "Page$2")


def test_other_postback_links_are_no_pager() -> None:
    tools = "<a href=\"javascript:__doPostBack('in','')\">In</a> " * 2
    assert following(FORM % f"<div>{tools}</div>") is None


def test_a_form_to_fetch_or_of_another_host_or_without_end_is_not_posted() -> None:
    assert following((FORM % GRID).replace('method="post"', 'method="get"')) is None
    assert following((FORM % GRID).replace("./tin.aspx?c=4", "javascript:gui()")) is None
    assert following((FORM % GRID).replace("./tin", "//khac.example.vn/tin")) is None
    assert following((FORM % GRID).replace("/wEPDwUK", "x" * 3_000_000)) is None
