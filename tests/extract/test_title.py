"""The title of an article: what is glued to it, and which of many wordings it is."""

from __future__ import annotations

import time

import pytest

from crawler.extract.page import Page
from crawler.extract.title import general_title, read_title
from crawler.extract.titles.names import is_no_title
from crawler.extract.titles.text import tidy_title, without_tails

TITLE = "Huyện Mường Ảng khai trương điểm phục vụ chuyển đổi số cộng đồng"
SLUG = "huyen-muong-ang-khai-truong-diem-phuc-vu-chuyen-doi-so-cong-dong"
TEXT = "<p>Sáng nay, tại nhà văn hóa xã, đông đảo bà con đã đến dự.</p>" * 5
MENU = (
    "<ul class=menu><li><a href=/>Trang chủ</a><li><a href=/hoat-dong>Hoạt động chuyên ngành</a>"
    "<li><a href=/van-ban>Văn bản mới ban hành</a></ul>"
)
OTHERS = (
    "<div class=tinkhac><h3 class=title>Tin khác</h3><h4><a href=/tin/sap-xep-cac-thiet-che-2.html>"
    "Sắp xếp các thiết chế thông tin cơ sở ở vùng cao</a></h4></div>"
)


def page(head: str, body: str, path: str = "/tin/12345.html", *, frame: bool = True) -> Page:
    around = (MENU, OTHERS) if frame else ("", "")
    markup = f"<html><head>{head}</head><body>{around[0]}{body}{TEXT}{around[1]}</body></html>"
    return Page(url=f"http://so.example.vn{path}", body=markup.encode())


PAGES = {
    "h1-and-title-with-site": page(f"<title>{TITLE} - Sở TT&TT</title>", f"<h1>{TITLE}</h1>"),
    "site-before-title": page(f"<title>Cổng TTĐT | {TITLE}</title>", f"<h2>{TITLE}</h2>"),
    "section-in-h1": page(
        f"<title>{TITLE}</title>",
        f"<h1>Hoạt động chuyên ngành</h1><div class=news_title>{TITLE}</div>",
    ),
    "portal-in-h1": page(
        f'<meta property="og:title" content="{TITLE}">'
        '<meta property="og:site_name" content="Tin sở">',
        f"<header><h1><a href=/>Tin sở</a></h1></header><h2 class=t>{TITLE}</h2>",
    ),
    "slogan-in-h1-of-the-head": page(
        f"<title>{TITLE} | Khoa học dẫn đường</title>",
        f"<div id=header><h1>Khoa học dẫn đường</h1></div><p class=x><b>{TITLE}</b></p>",
    ),
    "empty-h1": page(f"<title>{TITLE}</title>", f"<h1></h1><h1> </h1><h3>{TITLE}</h3>"),
    "title-of-another-office": page(
        "<title>Sở Giao thông vận tải Hà Nội tuyển dụng viên chức năm nay</title>",
        f"<h1>Tin tức</h1><div class=tieude>{TITLE}</div>",
        f"/tin/-/view/{SLUG}",
    ),
    "same-title-on-every-page": page(
        "<title>Cổng thông tin điện tử tỉnh Điện Biên</title>"
        '<meta property="og:title" content="Cổng thông tin điện tử tỉnh Điện Biên">',
        f"<h1>{TITLE}</h1>",
    ),
    "words-of-the-address-alone": page(
        "", f"<div><span class=title>{TITLE}</span></div>", f"/{SLUG}"
    ),
    "nothing-but-the-title-element": page(f"<title>{TITLE} - Sở TT&TT Điện Biên</title>", ""),
    "json-ld": page(
        f'<script type="application/ld+json">{{"headline":"{TITLE}"}}</script>',
        "<h1>Tin hoạt động ngành</h1>",
    ),
    "json-ld-escaped-twice": page(
        '<script type="application/ld+json">{"headline":"'
        + TITLE.replace("ả", "&amp;#x1EA3;").replace("ộ", "&#x1ED9;")
        + '"}</script>',
        f"<h1>{TITLE}</h1>",
    ),
    "og-cut-short": page(
        f'<meta property="og:title" content="{TITLE[:40]}..."><title>Chi tiết tin</title>',
        f"<h1>Chi tiết tin</h1><h2>{TITLE}</h2>",
    ),
    "heading-edited-after-the-meta": page(
        f'<meta property="og:title" content="{TITLE.replace("khai trương", "ra mắt")}">',
        f"<h1>{TITLE}</h1>",
    ),
    "counter-in-the-heading": page(f"<title>{TITLE}</title>", f"<h1>{TITLE} <i>(12)</i> A A</h1>"),
    "null-before-it": page("<title>Chi tiết</title>", f"<h1>null {TITLE}</h1>"),
    "date-after-it": page("", f"<h1>{TITLE} - 14:59 21/02/2020</h1>"),
    "own-link-in-the-heading": page("", f'<h1><a href="/tin/12345.html">{TITLE}</a></h1>'),
    "several-titled-boxes": page(
        "<title>Sở KH&CN tỉnh Sơn La</title>",
        "<div class=box-title>Liên kết website</div><div class=title>Thống kê truy cập</div>"
        f"<div class=title>{TITLE}</div><div class=title>Hình ảnh hoạt động</div>",
    ),
    "title-with-a-dash-of-its-own": page(
        f"<title>Mường Ảng - {TITLE} - Sở TT&TT</title>", f"<h1>Mường Ảng - {TITLE}</h1>"
    ),
    "breadcrumb-names-it": page(
        "<title>Sở TT&TT</title>",
        f"<ol class=breadcrumb><li><a href=/hoat-dong>Hoạt động chuyên ngành</a><li>{TITLE}</ol>"
        f"<h2>Hoạt động chuyên ngành</h2><h3>{TITLE}</h3>",
    ),
    "date-behind-it-on-its-line": page(
        "<title>Sở Kế hoạch và Đầu tư &gt; Tin tức &gt; Chi tiết</title>",
        f"<table><tr><td><span class=x>{TITLE}</span> <span>(12:00 AM 03/05/2020)</span></table>",
    ),
    "date-on-the-next-line-of-its-element": page(
        "<title>Sở Văn hóa, Thể thao và Du lịch</title>",
        f"<td><b>THÔNG BÁO</b><hr><b>{TITLE}</b><br>( Cập nhật lúc: 08/01/2024 )</td>",
    ),
    "site-in-every-meta-and-title-above-its-date": page(
        "<title>Công báo nước Cộng hòa xã hội chủ nghĩa Việt Nam</title><meta property='og:title'"
        " content='Công báo nước Cộng hòa xã hội chủ nghĩa Việt Nam'>",
        f"<p class=news__title>{TITLE}</p><p>Ngày đăng: 03/04/2026 | Lượt xem: 1.204</p>",
    ),
    "named-after-its-host": page(f"<title>{TITLE} | Báo Example</title>", ""),
    "captions-of-a-slider-again-and-again": page(
        f"<title>{TITLE} - Báo Bản Mường</title>",
        f"<h1>{TITLE}</h1>" + "<div class=video-title>Lũ cuốn trôi cầu treo</div>" * 14,
    ),
    "link-to-itself-with-its-address-cut-short": page(
        "<title>Trang chủ</title>",
        f'<div class=n3><a href="/tin/18/{SLUG[:40]}">{TITLE}</a></div>',
        f"/tin/18/{SLUG[:40]}",
    ),
    "icon-of-new-things": page("<title>x</title>", f"<h2>{TITLE} <i>Mới</i></h2><p>20/11/2026"),
    "old-table-layout": page(
        f"<title>:: Cổng thông tin điện tử :: {TITLE}</title>",
        f"<table><tr><td class=contentheading>{TITLE}</td></tr></table>",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_title_is_what_most_of_the_page_says(name: str) -> None:
    found = general_title(PAGES[name])
    assert found is not None
    wanted = f"Mường Ảng - {TITLE}" if name == "title-with-a-dash-of-its-own" else TITLE
    assert found.value == wanted, found


@pytest.mark.parametrize(
    "told",
    ["{}_10%公司_澎湃新闻-The Paper", "{}--文化--人民网", "{} - BBC中文网 - 两岸三地", "{}"],
)
def test_title_of_a_script_without_blanks_is_found(told: str) -> None:
    title = "共享充电宝涨价告别一元时代"
    markup = f"<title>{told.format(title)}</title><p>{title}</p><p>2019年09月24日</p>"
    found = general_title(Page(url="http://example.cn/a/1.html", body=markup.encode()))
    assert found is not None
    assert found.value == title


def test_word_that_names_a_section_is_a_title_where_the_page_shows_no_other() -> None:
    found = general_title(page("<title>x</title>", "<h2 class=tieude>Thông báo</h2>", frame=False))
    assert found is not None
    assert found.value == "Thông báo"


@pytest.mark.parametrize(
    ("glued", "clean"),
    [
        ("null Hội nghị sơ kết", "Hội nghị sơ kết"),
        ("Họp mở hồ sơ A A", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ A- A A+ In", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ Xem với cỡ chữ : A- A A+", "Họp mở hồ sơ"),
        ("Null Họp mở hồ sơ", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ (0 bình luận)", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ năm 2020 14:59 21/02/2020", "Họp mở hồ sơ năm 2020"),
        ("Họp mở hồ sơ Lượt xem: 1.053", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ (53 lượt xem)", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ - 14:59 21/02/2020", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ (21/02/2020 14:59)", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ Thứ sáu, 21/02/2020 | 14:59 Lượt xem: 3", "Họp mở hồ sơ"),
        ("Họp mở hồ sơ Ngày đăng: 21/02/2020", "Họp mở hồ sơ"),
        ("Họp &amp;quot;mở&amp;quot; hồ sơ KH&amp;CN", 'Họp "mở" hồ sơ KH&CN'),
        ("» Họp mở hồ sơ |", "Họp mở hồ sơ"),
        ("Họp mở &lt;br/&gt; hồ sơ", "Họp mở hồ sơ"),
    ],
)
def test_what_is_glued_to_a_title_is_cut(glued: str, clean: str) -> None:
    assert tidy_title(glued) == clean


@pytest.mark.parametrize(
    "title",
    [
        "Điểm báo ngày 22/9/2020",
        "Kỷ niệm Ngày truyền thống ngành (28/8/1945 - 28/8/2025)",
        "10 năm xây dựng và phát triển (2005 – 2015)",
        "Kế hoạch ứng dụng công nghệ thông tin (2020)",
        "Kỷ niệm 60 năm chiến thắng (7/5/1954-7/5/2014)",
        "Sinh hoạt khối A",
        "Sở TT&TT họp báo quý IV",
        "Tăng 20% số lượt xem",
        "Cổng thông tin đạt 10.000 lượt truy cập",
        "Bài viết đạt 5.000 lượt xem",
        "Kỷ niệm 74 năm Ngày truyền thống (28/8/1945 - 28/8/2019)",
        "Kết quả giải quyết hồ sơ từ 16/11/2026 - 20/11/2026",
        "Kết quả giải quyết hồ sơ từ 16 - 20/11/2026",
        "Mời họp lúc 14:00 ngày 20/11/2026",
        "Mời họp vào 14:00 20/11/2026",
        "Danh sách hồ sơ (10)",
        "Bản tin tuần 47 (20/11/2026)",
        "Xây dựng nông thôn mới",
        "Nullify và các thuật ngữ lập trình",
    ],
)
def test_numbers_of_the_title_itself_stay(title: str) -> None:
    assert tidy_title(title) == title


TAILS = ["(12)", "(24/08/2022)", "- 24/08/2022", "Mới", "- 53 lượt xem"]


@pytest.mark.parametrize("tail", TAILS)
def test_tail_in_an_element_of_its_own_is_glued(tail: str) -> None:
    assert tidy_title(f"Họp mở hồ sơ {tail}", apart=[tail]) == "Họp mở hồ sơ"


@pytest.mark.parametrize("tail", TAILS)
def test_tail_that_the_meta_leave_out_is_glued(tail: str) -> None:
    said = ["Họp mở hồ sơ - Sở TT&TT"]
    assert tidy_title(f"Họp mở hồ sơ {tail}", said) == "Họp mở hồ sơ"


def test_range_of_dates_is_never_cut() -> None:
    title = "Kết quả từ 16/11/2026 - 20/11/2026"
    assert tidy_title(title, ["Kết quả từ 16/11/2026"], ["- 20/11/2026"]) == title


def test_date_that_all_titles_of_a_list_end_with_is_the_skin_s() -> None:
    titles = [f"Họp mở hồ sơ gói {n} ({n}/08/2022)" for n in range(10, 14)]
    assert without_tails(titles) == [f"Họp mở hồ sơ gói {n}" for n in range(10, 14)]


def test_date_that_one_title_of_a_list_ends_with_is_its_own() -> None:
    titles = ["Bản tin tuần (20/11/2026)", "Họp giao ban", "Họp mở hồ sơ", "Thông báo (12)"]
    assert without_tails(titles) == titles


@pytest.mark.parametrize("end", ["(12)", "- 21/02/2020", "(24/08/2022)"])
def test_number_that_the_meta_repeats_is_the_title_s_own(end: str) -> None:
    assert (
        tidy_title(f"Bản tin tuần {end}", [f"Bản tin tuần {end} - Sở TT&TT"])
        == f"Bản tin tuần {end}"
    )


@pytest.mark.parametrize(
    "name",
    [
        "Tin tức - Sự kiện",
        "TIN TỨC & SỰ KIỆN",
        "Chi tiết tin",
        "Sở Thông tin và Truyền thông",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH ĐIỆN BIÊN",
        "Sở TT&TT Phú Yên",
        "Cổng thông tin điện tử tỉnh An Giang",
        "UBND tỉnh",
        " – ",
    ],
)
def test_names_of_sites_and_sections_are_no_titles(name: str) -> None:
    assert is_no_title(name)


@pytest.mark.parametrize(
    "title",
    [
        "Sở TT&TT Phú Yên họp giao ban",
        "UBND tỉnh ban hành kế hoạch mới",
        "Cổng thông tin điện tử tỉnh An Giang ra mắt giao diện mới",
        "Thông báo tuyển dụng viên chức",
    ],
)
def test_news_about_an_office_are_titles(title: str) -> None:
    assert not is_no_title(title)


def test_rule_that_finds_the_site_s_name_gives_way_to_the_next() -> None:
    found = read_title(
        page("", f"<h1 class=t>Sở TT&TT Điện Biên</h1><h2 class=u>{TITLE}</h2>"), (".t", ".u")
    )
    assert found is not None
    assert (found.value, found.rule) == (TITLE, "css:.u")


def test_title_that_reads_like_a_section_is_taken_when_there_is_no_other() -> None:
    found = general_title(page("<title>Thông báo</title>", "<h1>Thông báo</h1>", frame=False))
    assert found is not None
    assert found.value == "Thông báo"


@pytest.mark.parametrize(
    "title",
    ["A " * 20_000, "1" * 50_000, "(" * 50_000, "14:59 " * 9_000, "&amp;" * 9_000, "<b" * 20_000],
    ids=lambda title: title[:5],
)
def test_hostile_title_is_read_in_time(title: str) -> None:
    started = time.process_time()
    tidy_title(title)
    general_title(page(f"<title>{title}</title>", f"<h1>{title}</h1>" * 50))
    assert time.process_time() - started < 2


def test_page_of_many_headings_is_read_in_time() -> None:
    heads = "".join(
        f"<div class=title><h2>Tin số {n} của huyện vùng cao</h2></div>" for n in range(9_000)
    )
    started = time.process_time()
    general_title(page(f"<title>{TITLE}</title>", heads))
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "HUYỆN VÙNG CAO",
        "Phường Tân Phú",
        "Thị trấn Yên Viên",
        "ỦY BAN NHÂN DÂN HUYỆN ĐỒNG VĂN",
        "HĐND - UBND xã Nà Tấu",
        "Cổng thông tin điện tử xã Nà Tấu",
        "Sở Khoa học và Công nghệ skhcn.example.gov.vn",
        "http://www.skhcn.example.vn",
        "Người viết: Vũ Lan",
        "Tin, ảnh: Vũ Lan - Hà An",
        "Lấy ý kiến dự thảo văn bản",
        "Tin tức liên quan",
    ],
)
def test_places_councils_addresses_and_credits_are_no_titles(text: str) -> None:
    assert is_no_title(text)


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        "Xã Mường Phăng về đích sớm",
        "XÃ NÀ TẤU RA QUÂN LÀM ĐƯỜNG",
        "UBND xã Nà Tấu họp phiên thường kỳ",
        "Cảnh báo trang giả mạo dichvucong.example.vn",
        "Ảnh: Mùa vàng trên cao nguyên đá",
        "Nguồn nước sạch về bản",
    ],
)
def test_news_of_places_addresses_and_pictures_keeps_its_title(text: str) -> None:
    assert not is_no_title(text)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Ra quân | Sở TT&TT Lâm Đồng</title>", "<h1>Ra quân</h1>"),
        ("<title>Ra quân</title>", "<div class=ten>Ra quân</div>"),
    ],
    ids=["heading", "no heading"],
)
def test_a_title_of_a_few_letters_is_one_where_the_meta_open_with_it(head: str, body: str) -> None:
    found = general_title(page(head, body, "/tin/ra-quan-12.html"))
    assert found is not None
    assert found.value == "Ra quân"


def test_what_stands_at_the_head_and_at_the_foot_is_the_site_s_name() -> None:
    name = "Sở Thông tin và Truyền thông tỉnh Hậu Giang (cổng mẫu)"
    body = (
        f"<title>{name}</title><div>{name}</div>{MENU}<span id=c_lblTieuDe><b>{TITLE}</b></span>"
        f"{TEXT}<div>{name}<br>Địa chỉ: số 2, đường Hòa Bình</div>"
    )
    made = Page(url="http://so.example.vn/tin/12345.html", body=body.encode())
    found = general_title(made, ("[id$=lblTieuDe]",))
    assert found is not None
    assert found.value == TITLE
