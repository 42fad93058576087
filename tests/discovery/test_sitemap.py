"""Sitemaps, news sitemaps and indexes: what they name, in which order, and when it is a date."""

from __future__ import annotations

import gzip

import pytest

from crawler.discovery.sitemap import MOST_ASKED, parts_to_ask
from tests.discovery.making import SITE, only, sitemap, told

URL = f"{SITE}/tin/mot-bai-12.html"
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*urls: str, more: str = "") -> bytes:
    inside = "".join(f"<url>{url}</url>" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset '
        f'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {more}>{inside}</urlset>'
    ).encode()


def index(*parts: str) -> bytes:
    inside = "".join(f"<sitemap>{part}</sitemap>" for part in parts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><sitemapindex '
        f'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'
    ).encode()


def loc(path: str, lastmod: str = "") -> str:
    return f"<loc>{SITE}{path}</loc>" + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")


def test_a_news_sitemap_gives_link_title_and_date() -> None:
    news = (
        f"<loc>{URL}</loc><news:news><news:publication><news:name>Sở</news:name></news:publication>"
        "<news:publication_date>2026-11-20T09:15:00+07:00</news:publication_date>"
        "<news:title>Thu &amp;amp; chi</news:title></news:news>"
    )
    got = sitemap(urlset(news, more=NEWS))
    found = only(got)
    assert (found.url, found.title) == (URL, "Thu & chi")
    assert told(found.date) == ("20/11/2026 02:15", "minute")
    assert found.date is not None
    assert found.date.rule == "sitemap:publication_date"
    assert got.rule == "sitemap:urlset"


def test_lastmod_is_a_date_of_publication_only_where_the_cms_writes_it_so() -> None:
    body = urlset(loc("/tin/mot-bai-12.html", "2026-11-20T09:15:00+07:00"))
    assert only(sitemap(body)).date is None
    date = only(sitemap(body, family="nukeviet")).date
    assert told(date) == ("20/11/2026 02:15", "minute")
    assert date is not None
    assert date.rule == "sitemap:lastmod"


@pytest.mark.parametrize(
    ("lastmod", "read"),
    [
        ("2026-11-20", ("19/11/2026 17:00", "day")),
        ("2026-11-20T02:15:00Z", ("20/11/2026 02:15", "minute")),
        ("2026-11-20T02:15:00.123+00:00", ("20/11/2026 02:15", "minute")),
        ("2026-11-20T09:15:00", ("20/11/2026 02:15", "minute")),
        ("20/11/2026 09:15", ("20/11/2026 02:15", "minute")),
        ("2026-11", None),
        ("0001-01-01T00:00:00+07:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("-", None),
    ],
)
def test_a_date_is_read_as_sites_write_it(lastmod: str, read: tuple[str, str] | None) -> None:
    assert told(only(sitemap(urlset(loc("/tin/a.html", lastmod)), family="nukeviet")).date) == read


def test_the_newest_come_first_and_those_without_a_date_last() -> None:
    got = sitemap(
        urlset(
            loc("/tin/khong-ngay.html"),
            loc("/tin/cu.html", "2026-11-01"),
            loc("/tin/moi.html", "2026-11-20"),
        )
    )
    assert [entry.url.rpartition("/")[2] for entry in got.entries] == [
        "moi.html",
        "cu.html",
        "khong-ngay.html",
    ]


def test_pages_that_are_no_articles_are_rows_alone() -> None:
    got = sitemap(
        urlset(loc("/"), loc("/lien-he"), loc("/tin/a.html"), "<loc>https://la.vn/tin/a</loc>")
    )
    assert [entry.url for entry in got.entries] == [f"{SITE}/tin/a.html"]
    assert got.rows == 4


def test_a_packed_sitemap_is_read_also_where_it_is_cut_off() -> None:
    packed = gzip.compress(urlset(*(loc(f"/tin/bai-{number}.html") for number in range(2000))))
    assert len(sitemap(packed).entries) == 2000
    assert len(sitemap(packed[:-500]).entries) > 100


def test_an_index_names_its_parts_the_newest_first() -> None:
    got = sitemap(
        index(
            loc("/post-sitemap.xml", "2024-01-01T00:00:00+07:00"),
            loc("/post-sitemap2.xml", "2026-11-20T09:15:00+07:00"),
        )
    )
    assert got.parts == (f"{SITE}/post-sitemap2.xml", f"{SITE}/post-sitemap.xml")
    assert (got.entries, got.rows, got.rule) == ((), 2, "sitemap:sitemapindex")


def test_of_parts_without_a_date_the_highest_number_is_the_newest() -> None:
    got = sitemap(index(*(loc(f"/wp-sitemap-posts-post-{number}.xml") for number in (1, 2, 10))))
    assert [part.rpartition("-")[2] for part in got.parts] == ["10.xml", "2.xml", "1.xml"]


@pytest.mark.parametrize(
    "part",
    [
        "/wp-sitemap-taxonomies-category-1.xml",
        "/wp-sitemap-users-1.xml",
        "/wp-sitemap-posts-page-1.xml",
        "/page-sitemap.xml",
        "/post_tag-sitemap.xml",
        "/author-sitemap.xml",
        "/sitemap-vi.page.xml",
        "/image-sitemap.xml",
    ],
)
def test_a_part_that_lists_no_articles_is_left_out(part: str) -> None:
    assert sitemap(index(loc(part))).parts == ()


@pytest.mark.parametrize(
    "part",
    ["/sitemap-vi.news.xml", "/post-sitemap.xml", "/sitemap/2026/11.xml.gz", "/sitemap.aspx?p=2"],
)
def test_a_part_that_may_list_articles_is_named(part: str) -> None:
    assert sitemap(index(loc(part))).parts == (f"{SITE}{part}",)


def test_an_index_leads_neither_to_itself_nor_to_another_host() -> None:
    parts = (
        loc("/sitemap.xml"),
        "<loc>https://la.example.com/tin.xml</loc>",
        "<loc>ftp://x/</loc>",
    )
    assert sitemap(index(*parts)).parts == ()


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>404</body></html>", b"<rss><channel/></rss>", b"Not found"]
)
def test_what_is_no_sitemap_has_no_rule(body: bytes) -> None:
    got = sitemap(body)
    assert (got.entries, got.rows, got.rule, got.parts) == ((), 0, None, ())


def test_a_crawl_asks_for_the_newest_part_and_a_backfill_for_all() -> None:
    parts = ("c", "b", "a")
    assert parts_to_ask(parts, asked={"index"}) == ("c",)
    assert parts_to_ask(parts, asked={"index", "c"}) == ()
    assert parts_to_ask(parts, asked={"index", "b"}, whole=True) == ("c", "a")


def test_indexes_that_lead_to_each_other_come_to_an_end() -> None:
    asked = ["/0"]
    for number, _ in enumerate(asked):
        parts = [f"/{number + 1}", f"/{number + 2}", "/0"]
        asked += parts_to_ask(parts, asked=asked, whole=True)
    assert len(asked) == len({*asked}) == MOST_ASKED
