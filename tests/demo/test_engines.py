"""What is peculiar to each of the three engines."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from crawler.demo.portal import Portal
from tests.demo.reading import ASPNET, NUKEVIET, WORDPRESS, get, hrefs, list_pages, parse, words

NEWEST = "hoi-nghi-giao-ban-cong-tac-thong-tin-va-truyen-thong-thang-11-nam-2026-4228.html"
EVENTS = "/vi/news/tin-tuc-su-kien/"


def test_nukeviet_names_itself_and_its_odd_time() -> None:
    page = parse(get(NUKEVIET, EVENTS + NEWEST))
    assert page.xpath("//meta[@name='generator']/@content") == ["NukeViet v4.5"]
    time = page.xpath("//meta[@property='article:published_time']/@content")
    assert time == ["2026-11-20+0709:15:00"]
    assert page.cssselect("span.h5")[0].text_content() == "Thứ sáu - 20/11/2026 09:15"


def test_nukeviet_hides_the_account_as_author() -> None:
    page = parse(get(NUKEVIET, EVENTS + NEWEST))
    assert page.xpath("//*[@itemprop='author']//*[@itemprop='name']/text()") == ["quantri"]
    assert "Tác giả: Minh Khuê" in words(page)


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/", "/vi/"),
        (f"{EVENTS}khac-han-4228.html", EVENTS + NEWEST),
        (f"/vi/news/chuyen-doi-so/{NEWEST}", EVENTS + NEWEST),
        (f"/vi/news/khong-co/{NEWEST}", EVENTS + NEWEST),
        (f"{EVENTS}page-1/", EVENTS),
        (f"{EVENTS}page-3/", EVENTS),
        ("/vi/news/page-9/", "/vi/news/"),
        ("/vi/news/khong-co/", "/vi/news/"),
    ],
)
def test_nukeviet_sends_a_wrong_address_to_the_right_one(target: str, location: str) -> None:
    answer = get(NUKEVIET, target)
    assert (answer.status, dict(answer.headers)["Location"]) == (301, location)


def test_nukeviet_shows_twenty_a_page_and_the_next_older_titles_below() -> None:
    page = parse(get(NUKEVIET, EVENTS))
    entries = page.cssselect(".news_column .panel-body h2 a, .news_column .panel-body h3 a")
    assert len(entries) == 20
    below = page.cssselect(".related-news ul.related a")
    assert [link.get("href") for link in below] == [
        link.get("href")
        for link in parse(get(NUKEVIET, f"{EVENTS}page-2/")).cssselect(
            ".news_column .panel-body h2 a, .news_column .panel-body h3 a"
        )
    ]


def test_nukeviet_shows_the_date_of_a_list_entry_with_seconds() -> None:
    page = parse(get(NUKEVIET, EVENTS))
    first = page.cssselect(".news_column .text-muted li")[0]
    assert first.text_content().split() == ["20/11/2026", "09:15:00"]


def test_nukeviet_serves_thumbnails_under_their_own_folder() -> None:
    source = parse(get(NUKEVIET, EVENTS)).cssselect("img.imghome")[0].get("src")
    assert source == "/assets/news/2026_11/giao-ban-thang-11.png"
    assert get(NUKEVIET, source).status == 200


def test_wordpress_shows_ten_a_page_and_nothing_beyond_the_end() -> None:
    category = "/chuyen-muc/bao-chi-truyen-thong/"
    page = parse(get(WORDPRESS, category))
    assert len(page.cssselect("article.post .entry-title a")) == 10
    assert page.cssselect(".nav-links a.next")[0].get("href") == f"{category}page/2/"
    last = parse(get(WORDPRESS, f"{category}page/2/"))
    assert not last.cssselect(".nav-links a.next")
    assert get(WORDPRESS, f"{category}page/3/").status == 404


def test_wordpress_gives_the_time_as_an_attribute() -> None:
    page = parse(get(WORDPRESS, WORDPRESS.articles[0].path))
    (time,) = page.cssselect("article time.entry-date.published")
    assert time.get("datetime") == "2026-11-20T10:05:00+07:00"
    assert page.cssselect(".byline a[rel=author]")[0].text == "Mai Thục Quyên"


def test_wordpress_has_captions_of_both_editors() -> None:
    pages = [parse(get(WORDPRESS, article.path)) for article in WORDPRESS.articles]
    assert any(page.cssselect("figure.wp-block-image figcaption") for page in pages)
    assert any(page.cssselect(".wp-caption p.wp-caption-text") for page in pages)


def test_aspnet_declares_its_charset_late_and_not_in_the_header() -> None:
    answer = get(ASPNET, "/")
    assert dict(answer.headers)["Content-Type"] == "text/html"
    assert answer.body.index(b"charset=utf-8") > 1024


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (datetime(2026, 11, 24, 2, 30, tzinfo=UTC), "Hôm nay, thứ Ba, ngày 24/11/2026"),
        (datetime(2026, 11, 28, 20, 0, tzinfo=UTC), "Hôm nay, Chủ nhật, ngày 29/11/2026"),
    ],
)
def test_aspnet_shows_today_in_vietnam(now: datetime, shown: str) -> None:
    assert shown in words(parse(get(ASPNET, "/", now=now)))


def test_aspnet_shows_some_dates_in_the_list_only() -> None:
    dated_by_list = [article for article in ASPNET.articles if article.precision == "day"]
    assert 10 < len(dated_by_list) < 30
    lists = " ".join(words(page) for page in list_pages(ASPNET).values())
    for article in dated_by_list:
        day = f"{article.published:%d/%m/%Y}"
        assert f"{article.title} ({day})" in lists
        assert day not in words(parse(get(ASPNET, article.path)))


def test_aspnet_shows_the_time_of_the_others_on_their_page() -> None:
    assert "Cập nhật lúc 14:05 ngày 20/11/2026" in words(
        parse(get(ASPNET, ASPNET.articles[0].path))
    )


def test_aspnet_prints_lead_twice_and_ends_the_body_with_signs_and_rating() -> None:
    article = ASPNET.articles[0]
    (body,) = parse(get(ASPNET, article.path)).xpath("//*[contains(@id, '_pnlNoiDung')]")
    lines = [p.text_content() for p in body.iter("p")]
    assert lines[0] == lines[1] == article.paragraphs[0]
    assert lines[-3:] == ["Thanh Nhàn", "Phòng Công nghệ thông tin", "ĐÁNH GIÁ BÀI VIẾT( 0)"]


def test_aspnet_has_layout_tables_a_view_state_and_no_classes() -> None:
    page = parse(get(ASPNET, ASPNET.articles[1].path))
    assert page.xpath("//table//table//table//table")
    assert len(page.xpath("//input[@name='__VIEWSTATE']/@value")[0]) > 300
    assert not page.xpath("//body//@class[not(starts-with(., 'Mso'))]")


def test_aspnet_answers_beyond_the_end_with_an_empty_list() -> None:
    target = "/TinTuc/DanhSach.aspx?cat=1&page=9"
    answer = get(ASPNET, target)
    (rows,) = parse(answer).xpath("//*[contains(@id, '_dlDanhSach')]")
    assert answer.status == 200
    assert rows.text_content().split() == ["Chưa", "có", "tin."]


@pytest.mark.parametrize("portal", [NUKEVIET, WORDPRESS, ASPNET])
def test_a_portal_has_each_kind_of_article(portal: Portal) -> None:
    articles = portal.articles
    raw = {article.path: get(portal, article.path).body.decode() for article in articles}
    assert any(article.title == article.title.upper() for article in articles)
    assert any("&" in article.title and article.title[-1] != "&" for article in articles)
    assert any('"' in article.title or "“" in article.title for article in articles)
    assert any(article.attachments and not article.paragraphs for article in articles)
    assert any(len(article.images) >= 4 for article in articles)
    assert any("MsoNormal" in text and "<o:p>" in text for text in raw.values())
    assert any("<th>" in text for text in raw.values())
    assert any(unicodedata.normalize("NFC", text) != text for text in raw.values())
    files = {file.path.split("?")[0].rpartition(".")[2] for a in articles for file in a.attachments}
    assert files <= {"pdf", "xlsx", "html"}


def test_word_markup_cuts_a_word_in_two_spans() -> None:
    path = next(a.path for a in NUKEVIET.articles if "photocopy" in a.title)
    paragraph = parse(get(NUKEVIET, path)).cssselect("p.MsoNormal")[0]
    first, second = paragraph.xpath("./span")
    assert first.text_content()[-1].isalpha()
    assert second.text_content()[0].isalpha()


def test_links_to_the_administration_stand_on_every_portal_to_try_robots_on() -> None:
    assert "/admin/" in hrefs(parse(get(NUKEVIET, "/vi/")), "/vi/")
    assert "/wp-admin/" in hrefs(parse(get(WORDPRESS, "/")), "/")
    assert "/QuanTri/DangNhap.aspx" in hrefs(parse(get(ASPNET, "/")), "/")
