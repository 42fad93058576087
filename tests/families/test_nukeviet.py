"""NukeViet from 3.x to 5, its edition for public bodies, and the theme for phones."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from crawler.extract.key import key_in
from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM, Attachment
from tests.pages import SITE, article, page, reading, source

ADDRESS = family_named("nukeviet").article_address
BODY = "Sở Thông tin và Truyền thông tổ chức hội nghị tổng kết công tác năm."


def test_default_theme_of_4_5_is_read() -> None:
    got = article(
        f"""
        <ul class="temp-breadcrumbs hidden"><li><a itemprop="item"><span itemprop="name">Trang nhất
        </span></a></li><li><a><span itemprop="name">Báo chí</span></a></li></ul>
        <div class="news_column panel panel-default"><div class="panel-body">
        <h1 class="title margin-bottom-lg" itemprop="headline">Giao ban báo chí</h1>
        <div class="hidden" itemprop="author"><span itemprop="name">admin</span></div>
        <span class="hidden" itemprop="datePublished">2026-11-21T10:00:00+07:00</span>
        <div class="row"><span class="h5">Thứ sáu - 20/11/2026 09:15</span></div>
        <figure class="article left"><img
        src="/assets/news/2026_11/a.jpg"><figcaption>Nhỏ</figcaption>
        </figure><div id="imgpreview" style="display:none"><img src="/uploads/news/2026_11/a.jpg">
        <figcaption>Quang cảnh</figcaption></div>
        <div class="hometext" itemprop="description">Sáng nay, giao ban.</div>
        <div id="news-bodyhtml" class="bodytext"><p>DIC - {BODY}</p></div>
        <div class="news-download-file"><a href="#file-1">xem</a>
        <a href="/vi/news/tin/bai-viet-12.html?download=1&amp;id=0">Tập tin 1: <strong>Kế hoạch.pdf
        </strong></a></div>
        <p class="h5 text-right"><strong>Tác giả: </strong>Minh Đức</p>
        <p class="h5 text-right"><strong>Nguồn tin: </strong><a
        href="http://mic.gov.vn">Mic.gov.vn</a></p>
        </div></div>
        <div class="news_column"><ul class="related"><li><h4><a
        href="/vi/news/tin/cu-11.html">Cũ</a></h4>
        </li></ul></div>""",
        family="nukeviet",
    )
    assert got.title == "Giao ban báo chí"
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    assert (got.published_from, got.published_precision) == ("page", "minute")
    assert got.summary == "Sáng nay, giao ban."
    assert got.body_text == f"DIC - {BODY}"
    assert got.dateline == "DIC"
    assert (got.byline, got.source_credit, got.section) == ("Minh Đức", "Mic.gov.vn", "Báo chí")
    assert [(i.url, i.caption) for i in got.images] == [
        (f"{SITE}/uploads/news/2026_11/a.jpg", "Quang cảnh")
    ]
    assert got.attachments == (
        Attachment(
            url=f"{SITE}/vi/news/tin/bai-viet-12.html?download=1&id=0",
            title="Kế hoạch.pdf",
            media_type="application/pdf",
        ),
    )


def test_egov_theme_is_read() -> None:
    got = article(
        f"""<div class="news_column newsdetail panel"><h1 class="title" itemprop="headline">Tiêu
        đề</h1>
        <div class="newsdetailmetatop"><span class="h5">Thứ hai - 05/02/2018 22:44</span>
        <span class="h5">Đã xem: 31/12/2019</span></div>
        <div class="hometext">Lời dẫn</div>
        <div id="news-bodyhtml" class="bodytext">{BODY}<br /><br />Đoạn hai.</div></div>""",
        family="nukeviet",
    )
    assert got.published == datetime(2018, 2, 5, 22, 44, tzinfo=VIETNAM)
    assert got.body_text == f"{BODY}\n\nĐoạn hai."


def test_phone_theme_is_read() -> None:
    got = article(
        f"""<h1 class="hidden">Cổng thông tin</h1><div class="news_column"><div class="panel-body">
        <h1 itemprop="headline">Tiêu đề</h1><em class="time">Thứ hai - 05/02/2018 22:44</em>
        <div id="hometext"><div class="imghome"><img id="imageresource"
        src="/assets/news/2018_02/a.jpg">
        <img id="imagepreview" src="/uploads/news/2018_02/a.jpg"><em class="show">Chú
        thích</em></div>
        <div class="h2" itemprop="description">Lời dẫn</div></div>
        <div class="bodytext"><p>{BODY}</p></div>
        <p class="text-right"><strong>Tác giả: </strong>Minh Đức</p></div></div>""",
        family="nukeviet",
    )
    assert (got.title, got.summary, got.byline) == ("Tiêu đề", "Lời dẫn", "Minh Đức")
    assert got.published == datetime(2018, 2, 5, 22, 44, tzinfo=VIETNAM)
    assert [image.url for image in got.images] == [f"{SITE}/uploads/news/2018_02/a.jpg"]


def test_version_3_is_read() -> None:
    got = article(
        f"""<h3 class="breakcolumn"><a href="/vi/news/">Tin Tức</a> » <a href="/vi/news/tin/">Văn
        bản</a>
        </h3><div id="news_detail"><h1>Tiêu đề</h1><span class="time">Thứ hai - 05/02/2018
        22:44</span>
        <div id="hometext"><div id="imghome"><img src="/uploads/news/2018_02/a.jpg"></div>Lời
        dẫn</div>
        <div class="bodytext">{BODY}</div>
        <p style="text-align: right;"><strong>Tác giả bài viết: </strong>Minh Đức</p>
        <p style="text-align: right;"><strong>Nguồn tin: </strong>TTXVN</p>
        <ul class="related"><li><a href="/vi/news/tin/x-1.html">x</a></li></ul></div>""",
        family="nukeviet",
        url=f"{SITE}/vi/news/tin/bai-viet-12/",
    )
    assert got.published == datetime(2018, 2, 5, 22, 44, tzinfo=VIETNAM)
    assert (got.byline, got.source_credit, got.section) == ("Minh Đức", "TTXVN", "Văn bản")
    assert (got.summary, got.body_text) == ("Lời dẫn", BODY)
    assert [image.url for image in got.images] == [f"{SITE}/uploads/news/2018_02/a.jpg"]


def test_version_3_theme_modern_is_read() -> None:
    got = article(
        f"""<div class="header-details"><div class="title"><h1>Tiêu đề</h1>
        <span class="small">Đăng lúc: Thứ hai - 05/02/2018 22:44</span></div></div>
        <div id="hometext" class="short-desc">Lời dẫn</div>
        <div id="bodytext" class="details-content">{BODY}</div>""",
        family="nukeviet",
    )
    assert (got.title, got.summary, got.body_text) == ("Tiêu đề", "Lời dẫn", BODY)
    assert got.published == datetime(2018, 2, 5, 22, 44, tzinfo=VIETNAM)


def test_version_4_0_00_is_read() -> None:
    got = article(
        f"""<div id="news_detail"><h1>Tiêu đề</h1><div class="time">Thứ hai - 05/02/2018 22:44</div>
        <div id="hometext"><h2>Lời dẫn</h2></div><div class="bodytext">{BODY}</div></div>""",
        family="nukeviet",
    )
    assert (got.title, got.summary, got.body_text) == ("Tiêu đề", "Lời dẫn", BODY)


def test_date_that_no_theme_shows_is_taken_from_the_meta_that_is_no_iso() -> None:
    got = article(
        f'<h1 class="title">Tiêu đề</h1><div id="news-bodyhtml">{BODY}</div>'
        '<span itemprop="datePublished">2026-11-22T10:00:00+07:00</span>',
        head='<meta property="article:published_time" content="2026-11-20+0709:15:00">',
        family="nukeviet",
    )
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    assert got.published_from == "meta"


def test_body_is_left_as_it_is_signature_and_all() -> None:
    got = article(
        f'<h1 class="title">Tiêu đề</h1><div id="news-bodyhtml"><p>(Mic.gov.vn) - {BODY}</p>'
        "<p style='text-align:right'><b>Văn Phượng –Sở TTTT Phú Yên</b></p></div>",
        family="nukeviet",
    )
    assert got.body_text == f"(Mic.gov.vn) - {BODY}\n\nVăn Phượng –Sở TTTT Phú Yên"
    assert (got.dateline, got.byline, got.organisation) == ("Mic.gov.vn", None, None)


def test_article_of_a_file_alone_is_kept() -> None:
    got = reading(
        '<div class="news_column"><h1 class="title">Tiêu đề</h1><div id="news-bodyhtml"></div>'
        '<div class="news-download-file"><a href="?download=1"><strong>a.pdf</strong></a></div>'
        "<p>Một đoạn văn dài của khối bên cạnh, không phải nội dung của bài viết này.</p></div>",
        family="nukeviet",
    )
    assert got.sighting is not None
    assert got.sighting.article.body_html == ""
    assert [file.title for file in got.sighting.article.attachments] == ["a.pdf"]
    assert "article/body/missing" in got.doubts


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("/vi/news/Bao-chi-Xuat-ban/Giao-ban-bao-chi-3686.html", "3686"),
        ("/tin-tuc-su-kien-421/bai-viet-12.html", "12"),
        ("/vi/stttt/chuong-trinh/bai-viet-2497.html", "stttt/2497"),
        ("/vi/news/tin/732-732.html", "732"),
        ("/vi/news/tin/bai-viet-12/", "12"),
        ("/index.php?language=vi&nv=news&op=Khoa-hoc/So-Khoa-hoc-3313", "3313"),
    ],
)
def test_number_in_the_address_is_the_key(url: str, key: str) -> None:
    assert ADDRESS.search(SITE + url)
    assert key_in(ADDRESS, SITE + url) == key


@pytest.mark.parametrize(
    "url",
    [
        "/vi/news/tin-tuc/bai-viet-12.html",
        "/vi/news/tin-khac/ten-moi-12.html",
        "/news/tin-tuc/bai-viet-12.html",
        "/tin-tuc/bai-viet-12.html",
        "/vi/tin-tuc/bai-viet-12.html",
        "/vi/news/tin-tuc/bai-viet-12/",
        "/index.php?language=vi&nv=news&op=tin-tuc/bai-viet-12",
        "/index.php?nv=news&op=tin-tuc/bai-viet-12",
    ],
)
def test_one_article_has_one_key_under_all_its_addresses(url: str) -> None:
    assert key_in(ADDRESS, SITE + url) == "12"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("/vi/thong-bao/tin-tuc/bai-viet-12.html", "thong-bao/12"),
        ("/vi/thong-bao/tin-khac/bai-viet-12.html", "thong-bao/12"),
        ("/thong-bao/tin-tuc/bai-viet-12.html", "thong-bao/12"),
        ("/vi/thong-bao/tin-tuc/bai-viet-12/", "thong-bao/12"),
        ("/index.php?language=vi&nv=thong-bao&op=tin-tuc/bai-viet-12", "thong-bao/12"),
        ("/en/news/tin-tuc/bai-viet-12.html", "en/news/12"),
    ],
)
def test_another_module_or_language_counts_its_own_articles(url: str, key: str) -> None:
    assert key_in(ADDRESS, SITE + url) == key


def test_same_number_in_two_modules_is_two_articles() -> None:
    markup = f'<h1 class="title">Tiêu đề</h1><div id="news-bodyhtml">{BODY}</div>'
    one, other = (
        article(markup, family="nukeviet", url=f"{SITE}/vi/{module}/tin/bai-viet-12.html")
        for module in ("news", "thong-bao")
    )
    assert one.id != other.id


@pytest.mark.parametrize(
    "url",
    [
        "/vi/news/",
        "/vi/news/tin-tuc-su-kien-421/",
        "/vi/news/tin/page-2/",
        "/vi/news/print/tin/bai-viet-12.html",
        "/vi/news/savefile/tin/bai-viet-12.html",
        "/vi/news/tag/chuyen-doi-so-12.html",
        "/vi/news/tin/bai-viet-12.html?download=1&id=0",
        "/vi/about/logo-va-ten-goi-nukeviet.html",
        "/vi/news/rss/tin/",
        "/index.php?language=vi&nv=news&op=savefile/Khoa-hoc/So-Khoa-hoc-3313",
    ],
)
def test_lists_copies_and_files_are_no_articles(url: str) -> None:
    assert not ADDRESS.search(SITE + url)


PAGE_VIEW = """
<div class="news_column"><div class="panel panel-default"><div class="panel-body featured">
<a href="/vi/news/tin/mot-3.html"><img class="imghome" src="a.jpg"></a>
<h2><a href="/vi/news/tin/mot-3.html" title="Tiêu đề một dài hơn">Tiêu đề một...</a></h2>
<div class="text-muted"><ul><li><em class="fa fa-clock-o"></em> {date}</li>
<li><em class="fa fa-eye"></em> Đã xem: 5</li></ul></div>Lời dẫn một</div></div>
<div class="panel panel-default"><div class="panel-body"><h3><a
        href="/vi/news/tin/hai-2.html">Hai</a></h3>
<div class="text-muted"><ul><li><em class="fa fa-clock-o"></em> 01/11/2026 08:00:00</li></ul></div>
</div></div></div>
<ul class="pagination"><li><a rel="prev" href="/vi/news/tin/">1</a></li>
<li class="active"><a href="javascript:void(0)">2</a><li><li><a rel="next"
        href="/vi/news/tin/page-3/">3</a>
</li></ul>
<h4>Các tin khác</h4><ul class="related"><li><a href="/vi/news/tin/cu-1.html">Cũ</a>
        (01/10/2026)</li></ul>
<div class="panel"><div class="panel-body"><h3><a href="/vi/news/tin/ben-9.html">Xem
        nhiều</a></h3></div></div>
"""


@pytest.mark.parametrize(
    "date", ["02/11/2026 17:10:00", "02/11/2026 05:10:00 PM", "02-11-2026 05:10:00 PM"]
)
def test_page_view_lists_its_entries_and_no_others(date: str) -> None:
    listing = read_list(
        page(PAGE_VIEW.format(date=date), url=f"{SITE}/vi/news/tin/page-2/"), source("nukeviet")
    )
    assert [(entry.url, entry.title) for entry in listing.entries] == [
        (f"{SITE}/vi/news/tin/mot-3.html", "Tiêu đề một dài hơn"),
        (f"{SITE}/vi/news/tin/hai-2.html", "Hai"),
    ]
    first = listing.entries[0]
    assert first.date is not None
    assert first.date.value.at == datetime(2026, 11, 2, 17, 10, tzinfo=VIETNAM)
    assert first.summary == "Lời dẫn một"
    assert listing.rows == 2
    assert listing.next_url == f"{SITE}/vi/news/tin/page-3/"


def test_list_view_takes_the_title_without_its_number() -> None:
    listing = read_list(
        page(
            '<div class="news_column"><div class="list-group">'
            '<a class="show h4 list-group-item" href="/vi/news/tin/mot-3.html" title="Tiêu đề một">'
            '<h4 class="list-group-item-heading"><span class="label">1</span> Tiêu đề một</h4></a>'
            "</div></div>",
            url=f"{SITE}/vi/news/tin/",
        ),
        source("nukeviet"),
    )
    assert [(entry.title, entry.date) for entry in listing.entries] == [("Tiêu đề một", None)]


def test_grid_view_is_read() -> None:
    cell = (
        '<div class="col-sm-8"><div class="thumbnail"><a href="/vi/news/tin/bai-{0}.html">'
        '<img src=a></a><div class="caption"><h4><a href="/vi/news/tin/bai-{0}.html">Bài {0}</a>'
        "</h4></div></div></div>"
    )
    listing = read_list(
        page(
            f'<div class="news_column">{cell.format(3)}{cell.format(2)}</div>',
            url=f"{SITE}/vi/news/tin/",
        ),
        source("nukeviet"),
    )
    assert [entry.title for entry in listing.entries] == ["Bài 3", "Bài 2"]


def test_last_page_has_no_next_one() -> None:
    pager = re.sub(r'<li><a rel="next".*?</li>', "", PAGE_VIEW, flags=re.S)
    listing = read_list(page(pager, url=f"{SITE}/vi/news/tin/page-2/"), source("nukeviet"))
    assert listing.next_url is None


def test_list_without_articles_is_told_from_a_list_that_nothing_matched() -> None:
    none = read_list(page("<p>Không có gì</p>", url=f"{SITE}/vi/news/tin/"), source("nukeviet"))
    assert (none.rows, none.rule, none.entries) == (0, None, ())
    rows = (
        PAGE_VIEW.format(date="").replace("/vi/news/tin/mot-3.html", "/x").replace("hai-2", "hai")
    )
    nothing = read_list(page(rows, url=f"{SITE}/vi/news/tin/page-2/"), source("nukeviet"))
    assert (nothing.rows, nothing.entries) == (2, ())


def test_family_is_recognised() -> None:
    family, evidence = recognise(page("", head='<meta name="generator" content="NukeViet v4.5">'))
    assert (family.name, evidence) == ("nukeviet", ("generator 'NukeViet v4.5'",))


def test_site_without_generator_is_known_by_its_cookies_and_paths() -> None:
    style = '<link href="/themes/egov/css/style.css">'
    script = '<script src="/assets/js/jquery/jquery.js"></script>'
    paths = page('<img src="/uploads/news/2026_11/x.jpg">', head=style + script)
    assert recognise(paths)[0].name == "nukeviet"
    cookies = page("")
    cookies.headers["set-cookie"] = "nvc_statistic_vi=1\nnvc_sess=3"
    assert recognise(cookies)[0].name == "nukeviet"


@pytest.mark.parametrize("cookie", ["statistic_vi=1", "a_sess=3", "x=_statistic_vi"])
def test_cookie_of_another_name_proves_nothing(cookie: str) -> None:
    other = page('<img src="/uploads/news/2026_11/x.jpg">')
    other.headers["set-cookie"] = cookie
    assert recognise(other)[0].name == "generic"
