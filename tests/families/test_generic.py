"""Sites that no family knows: what their pages say of themselves, and lists by their likeness."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM
from tests.pages import SITE, article, page, reading, source

ADDRESS = family_named("generic").article_address
URL = f"{SITE}/tin-tuc/hoi-nghi-tong-ket-cong-tac-nam-2026-1234.html"
ONE = "Hội nghị đã được nghe báo cáo đánh giá tình hình thực hiện nhiệm vụ năm 2026 của toàn ngành."
TWO = (
    "Phát biểu chỉ đạo hội nghị, lãnh đạo tỉnh đánh giá cao những thành tích đã đạt được trong năm."
)
THREE = "Hội nghị cũng đã trao tặng bằng khen cho nhiều tập thể, cá nhân có thành tích xuất sắc."
TEXT = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"


def test_liferay_is_read_and_its_section_heading_is_no_title() -> None:
    got = article(
        f"""<h1 class="portlet-title">Chi tiết tin</h1><div class="asset-full-content-title">Tiêu
        đề bài
        </div><div class="assetPublishDate">24/03/2022 | 05:57 PM</div>
        <div class="journal-content-article">Banner</div>
        <div class="journal-content-article">{TEXT}</div>
        <p class="view-content-author">admin admin</p>""",
        url=URL,
    )
    assert got.title == "Tiêu đề bài"
    assert got.published == datetime(2022, 3, 24, 17, 57, tzinfo=VIETNAM)
    assert got.body_text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert got.byline is None


def test_page_without_any_known_class_is_read_by_its_words() -> None:
    got = reading(
        f"""<div id="top">Hôm nay: Thứ ba, 24/11/2026</div><ul class="nav"><li><a href="/">Trang
        chủ</a>
        </li></ul><div class="x1"><h1>Hội nghị tổng kết công tác năm 2026</h1><div
        class="x2">{TEXT}</div>
        <div>Minh Đức</div><div>Sở TT&amp;TT Điện Biên</div><div>Tin khác</div></div>
        <div class="x3"><a href="/tin/mot-12345.html">Một tin khác đã đăng hôm qua</a></div>
        <div>Bản quyền thuộc về Sở</div>""",
        head='<meta property="og:title" content="Hội nghị tổng kết công tác năm 2026 - Sở TTTT">',
        url=URL,
    )
    assert got.sighting is not None
    found = got.sighting.article
    assert found.title == "Hội nghị tổng kết công tác năm 2026"
    assert found.body_text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert (found.byline, found.organisation) == ("Minh Đức", "Sở TT&TT Điện Biên")
    assert found.published_from == "first-seen", "today's date in the header is nobody's"
    assert {"article/body/general", "article/date/missing"} <= set(got.doubts)


def test_structured_data_is_believed() -> None:
    got = article(
        f'<div class="detail-content">{TEXT}</div>',
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"A &amp;amp; B",'
        '"datePublished":"2026-11-20T09:15:00+07:00"}</script>',
        url=URL,
    )
    assert got.title == "A & B"
    assert (got.published, got.published_from) == (
        datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM),
        "meta",
    )


def test_body_that_only_structured_data_hold_is_read() -> None:
    text = f"{ONE}\\n{TWO}\\n{THREE}"
    got = article(
        "<h1>Hội nghị tổng kết</h1>",
        head=f'<script type="application/ld+json">{{"articleBody":"{text}"}}</script>',
        url=URL,
    )
    assert got.body_text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert got.provenance["body_html"] == "json-ld:articleBody"


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="textdetail">{TEXT}<p align=right><b>Minh Đức</b></p><p>Theo TTXVN</p></div>',
        f'<div class="textdetail">{TEXT}</div><p>Minh Đức</p><p>(Theo TTXVN)</p><p>Tin khác</p>',
        f'<div><div class="textdetail">{TEXT}</div></div><div>Minh Đức<br>Nguồn: TTXVN</div>',
        f'<div class="textdetail">{ONE}<br><br>{TWO}<br><br>{THREE}<br>Minh Đức<br>Theo TTXVN',
    ],
)
def test_signature_is_lifted_out_of_the_text(body: str) -> None:
    got = article(f"<h1>Hội nghị tổng kết công tác</h1>{body}", url=URL)
    assert (got.byline, got.source_credit) == ("Minh Đức", "TTXVN")
    assert got.body_text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert "Minh Đức" not in got.body_html


def test_last_sentence_is_never_eaten() -> None:
    end = "<p>Trân trọng thông báo./.</p>"
    got = article(f"<h1>Thông báo</h1><div class=detail-content>{TEXT}{end}</div>", url=URL)
    assert got.body_text.endswith("Trân trọng thông báo./.")
    assert got.byline is None


def test_menu_below_the_text_signs_nothing() -> None:
    got = article(
        f"<h1>Thông báo mới</h1><div class=detail-content>{TEXT}</div><h3>Nguyễn Văn An</h3>"
        "<ul><li>Trần Văn Bình</li></ul>",
        url=URL,
    )
    assert (got.byline, got.organisation) == (None, None)


@pytest.mark.parametrize(
    "path",
    [
        "/tin-tuc/hoi-nghi-12345.html",
        "/portal/pages/2023-08-07/Day-manh-thi-dua4oug8.aspx",
        "/mic_2020/Pages/TinTuc/105071/dien-Bien--Hoi-nghi.html",
        "/Pages/TinTuc/tinchitiet.aspx?tintucid=103041",
        "/chi-tiet-tin-tuc?dinhdanh=47&cat=1",
        "/cong-nghe-thong-tin/-/view_content/4416594-chien-luoc-phat-trien.html",
        "/news/-/details/57420/hoi-nghi-trien-khai",
        "/-/asset_publisher/1mOzUr/content/id/15951865",
        "/node/1973",
        "/1288/30956/65206/561753/tin-tuc/so-kh-cn",
        "/hau-giang-phat-dong-huong-ung-197155777.htm",
        "/index.php?option=com_content&view=article&id=5",
        "/tin/so-khoa-hoc-va-cong-nghe-tham-va-lam-viec",
        "/chi-tiet/12",
        "/chi-tiet/12.html",
        "/bai-viet/5.html",
        "/?id=7",
        "/12345.html",
        "/-/khai-mac-hoi-nghi",
    ],
)
def test_addresses_of_articles_are_known(path: str) -> None:
    assert ADDRESS.search(SITE + path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/gioi-thieu",
        "/tag/chuyen-doi-so-2026",
        "/print/hoi-nghi-12345.html",
        "/pages/tintuc/printpage.aspx?tintucID=103314",
        "/login?id=5",
        "/dang-nhap",
        "/rss/tin-tuc-123.xml",
        "/mic_2020/Pages/ChuyenMuc/1753/Chuyen-doi-so-quoc-gia.html",
        "/tin/12",
        "/tin-tuc/2",
        "/bai-viet/2",
        "/danh-sach/12",
        "/2026/11",
        "/uploads/ke-hoach-cong-tac-nam-2026.pdf",
        "/lien-he",
    ],
)
def test_addresses_of_other_pages_are_known_too(path: str) -> None:
    assert not ADDRESS.search(SITE + path)


def test_list_is_found_by_its_likeness_and_boxes_around_it_are_not() -> None:
    rows = (
        "".join(
            f'<div class="it"><a href="/tin/bai-so-{n}.html"><img src="{n}.jpg"></a>'
            f'<h4><a href="/tin/bai-so-{n}.html">Tiêu đề của bài viết số {n}</a></h4>'
            f"<span>{n}/11/2026 08:00</span><p>Lời dẫn của bài viết số {n} khá dài.</p></div>"
            for n in (103, 102, 101)
        )
        .replace("103/11", "13/11")
        .replace("102/11", "12/11")
        .replace("101/11", "11/11")
    )
    menu = "".join(
        f'<li><a href="/muc/chuyen-muc-tin-tuc-{n}.html">Chuyên mục tin tức {n}</a></li>'
        for n in "1234"
    )
    side = "".join(
        f'<li><a href="/tin/xem-nhieu-{n}.html">Tin được xem nhiều {n}</a></li>'
        for n in (11, 12, 13)
    )
    listing = read_list(
        page(
            f"<ul class=main-menu>{menu}</ul><div id=m>{rows}</div><ul class=hot>{side}</ul>"
            '<div class="paging"><span class="current">1</span> <a href="?page=2">2</a></div>',
            url=f"{SITE}/tin/",
        ),
        source(),
    )
    assert [entry.title for entry in listing.entries] == [
        f"Tiêu đề của bài viết số {n}" for n in (103, 102, 101)
    ]
    first = listing.entries[0]
    assert first.date is not None
    assert first.date.value.at == datetime(2026, 11, 13, 8, 0, tzinfo=VIETNAM)
    assert first.summary == "Lời dẫn của bài viết số 103 khá dài."
    assert (listing.rule, listing.rows) == ("repeated", 3)
    assert listing.next_url == f"{SITE}/tin/?page=2"


def test_page_without_a_list_gives_none() -> None:
    listing = read_list(page("<p>Xin chào</p>", url=f"{SITE}/"), source())
    assert (listing.entries, listing.rows, listing.rule) == ((), 0, None)


def test_unknown_site_is_generic_without_evidence() -> None:
    family, evidence = recognise(page("<p>Xin chào</p>"))
    assert (family.name, evidence) == ("generic", ())
