"""WordPress: its own themes, Flatsome and Newspaper, block and classic editor."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM
from tests.pages import SITE, article, page, source

ADDRESS = family_named("wordpress").article_address
URL = f"{SITE}/chuyen-doi-so/day-manh-dich-vu-cong.html"
BODY = "Sở Thông tin và Truyền thông tổ chức hội nghị tổng kết công tác năm."


def test_own_theme_is_read() -> None:
    got = article(
        f"""<article class="post hentry"><header><h1 class="entry-title">Đẩy mạnh dịch vụ công</h1>
        <figure class="post-thumbnail"><img src="/wp-content/uploads/a.jpg">
        <figcaption class="wp-caption-text">Quang cảnh</figcaption></figure></header>
        <div class="entry-content"><p>{BODY}</p>
        <figure class="wp-block-image"><img src="data:image/svg+xml,x" data-src="/wp-content/b.jpg">
        <figcaption>Ảnh hai</figcaption></figure>
        <blockquote class="wp-block-quote"><p>Lời nói</p></blockquote>
        <p style="text-align:right"><strong>Văn Phượng –Sở TTTT Phú Yên</strong></p></div>
        <footer><span class="posted-on"><time class="updated" datetime="2026-11-21T10:00:00+07:00">
        </time><time class="entry-date published"
        datetime="2026-11-20T09:15:00+07:00">20/11/2026</time>
        </span><span class="byline">By <a href="/author/a" rel="author">Minh Đức</a></span>
        <span class="cat-links"><a href="/chuyen-muc/tin-tuc">Tin tức</a>,
        <a href="/chuyen-muc/chuyen-doi-so">Chuyển đổi số</a></span></footer></article>
        <article class="post"><h2 class="entry-title"><a href="/khac">Khác</a></h2>
        <time class="published" datetime="2020-01-01T00:00:00+07:00"></time></article>""",
        family="wordpress",
        url=URL,
    )
    assert got.title == "Đẩy mạnh dịch vụ công"
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    assert (got.published_from, got.byline, got.source_credit) == ("page", "Minh Đức", None)
    assert got.section == "Chuyển đổi số"
    assert got.body_text == f"{BODY}\n\nLời nói\n\nVăn Phượng –Sở TTTT Phú Yên"
    assert [(i.url, i.caption) for i in got.images] == [
        (f"{SITE}/wp-content/uploads/a.jpg", "Quang cảnh"),
        (f"{SITE}/wp-content/b.jpg", "Ảnh hai"),
    ]


def test_first_rubric_counts_where_none_stands_in_the_path() -> None:
    got = article(
        f'<article><h1 class="entry-title">Tiêu đề</h1><div class="entry-content">{BODY}</div>'
        '<span class="cat-links"><a href="/c/mot">Một</a><a href="/c/hai">Hai</a></span></article>',
        family="wordpress",
        url=URL,
    )
    assert got.section == "Một"


def test_flatsome_is_read() -> None:
    got = article(
        f"""<article class="post"><div class="entry-header"><h1 class="entry-title">Tiêu đề</h1>
        <div class="entry-meta"><span class="posted-on">Posted on <a><time class="entry-date
        published
        updated" datetime="2026-11-20T09:15:00+07:00">20/11/2026</time></a></span><span
        class="byline">
        by <span class="meta-author vcard author"><a class="url fn n" href="/author/a">Minh Đức</a>
        </span></span></div></div><div class="entry-content single-page"><p>{BODY}</p>
        <div id="attachment_5" class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">Chú
        thích
        </p></div><div class="social-icons"><a href="http://facebook.com">Chia
        sẻ</a></div></div></article>""",
        family="wordpress",
        url=URL,
    )
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    assert (got.byline, got.body_text) == ("Minh Đức", BODY)
    assert [image.caption for image in got.images] == ["Chú thích"]


def test_newspaper_is_read() -> None:
    got = article(
        f"""<div class="tdb_title"><h1 class="tdb-title-text">Tiêu đề</h1></div>
        <time class="entry-date updated td-module-date"
        datetime="2026-11-20T09:15:00+07:00">x</time>
        <a class="tdb-author-name" href="/author/a">Minh Đức</a>
        <div class="td-post-content"><p>{BODY}</p><div class="td-a-rec">Quảng cáo</div></div>""",
        family="wordpress",
        url=URL,
    )
    assert (got.title, got.body_text, got.byline) == ("Tiêu đề", BODY, "Minh Đức")
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "path",
    [
        "/chuyen-doi-so/bai-viet.html",
        "/quang-ninh-nhan-co-dang-cai-nam-2018/",
        "/2020/05/17/bai-viet/",
        "/?p=123",
    ],
)
def test_permalinks_are_articles(path: str) -> None:
    assert ADDRESS.search(SITE + path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/chuyen-muc/chuyen-doi-so",
        "/category/tin-tuc/page/2/",
        "/tag/chuyen-doi-so/",
        "/author/minh-duc",
        "/page/2/",
        "/feed",
        "/chuyen-doi-so/bai-viet.html/feed",
        "/wp-login.php",
        "/wp-content/uploads/ke-hoach-nam.pdf",
    ],
)
def test_archives_and_files_are_none(path: str) -> None:
    assert not ADDRESS.search(SITE + path)


def test_archive_is_read() -> None:
    row = (
        '<article class="post hentry"><h2 class="entry-title"><a href="/tin/bai-{0}.html">Bài {0}'
        "</a></h2>"
        '<div class="entry-content"><p>{1}</p></div><time class="entry-date published" '
        'datetime="2026-11-0{0}T09:15:00+07:00"></time></article>'
    )
    cut = 'Đầu bài… <a class="more-link" href="/tin/bai-2.html">Đọc tiếp</a>'
    listing = read_list(
        page(
            f"<main>{row.format(3, 'Lời dẫn')}{row.format(2, cut)}</main><aside><ul><li>"
            '<a href="/tin/bai-cu.html">Bài cũ đã đăng</a></li></ul></aside>'
            '<nav class="nav-links"><a class="prev page-numbers" href="/chuyen-muc/tin">Trước</a>'
            '<a class="next page-numbers" href="/chuyen-muc/tin/page/3">Sau</a></nav>',
            url=f"{SITE}/chuyen-muc/tin/page/2",
        ),
        source("wordpress"),
    )
    assert [(entry.title, entry.summary) for entry in listing.entries] == [
        ("Bài 3", "Lời dẫn"),
        ("Bài 2", None),
    ]
    assert listing.entries[0].date is not None
    assert listing.entries[0].date.value.at == datetime(2026, 11, 3, 9, 15, tzinfo=VIETNAM)
    assert listing.next_url == f"{SITE}/chuyen-muc/tin/page/3"


def test_family_is_recognised() -> None:
    family, evidence = recognise(page('<img src="/wp-content/uploads/a.jpg">'))
    assert family.name == "wordpress"
    assert evidence


def test_the_date_of_a_row_is_found_where_no_rule_names_its_element() -> None:
    rows = "".join(
        f'<article class="elementor-post post"><h3><a href="/mot-bai-viet-so-{n}/">Bài {n}</a></h3>'
        f'<span class="elementor-post-date">{n} Tháng Mười Một, 2026</span></article>'
        for n in (20, 19)
    )
    found = read_list(page(rows, url=f"{SITE}/tin-tuc/"), source("wordpress"))
    days = [entry.date.value.at.astimezone(VIETNAM).day for entry in found.entries if entry.date]
    assert days == [20, 19]
