"""Feeds as Vietnamese sites write them, with what is wrong about them."""

from __future__ import annotations

import gzip

import pytest

from tests.discovery.making import FEED, SITE, atom, feed, item, only, rss, told

LINK = f"<link>{SITE}/tin/mot-bai-12.html</link>"
URL = f"{SITE}/tin/mot-bai-12.html"
COUNTED = "<link>https://feeds.example.com/~r/so/12</link>"
TITLE = "Điện Biên: Phủ sóng 4G tới ba bản vùng cao"
GOOD = item(f"<title>{TITLE}</title>{LINK}<pubDate>Fri, 20 Nov 2026 02:15:00 GMT</pubDate>")


def test_an_rss_item_gives_link_title_date_and_summary() -> None:
    got = feed(rss(item(f"<title>{TITLE}</title>{LINK}<description>Ba trạm mới.</description>"
                        "<pubDate>Fri, 20 Nov 2026 02:15:00 GMT</pubDate>")))  # fmt: skip
    found = only(got)
    assert (found.url, found.title, found.summary) == (URL, TITLE, "Ba trạm mới.")
    assert told(found.date) == ("20/11/2026 02:15", "minute")
    assert found.date is not None
    assert found.date.rule == "feed:pubdate"
    assert (got.rows, got.rule, got.next_page) == (1, "feed:rss", None)


def test_an_atom_entry_is_dated_by_its_publication_not_by_an_edit() -> None:
    got = feed(atom(
        '<entry><title type="html">Tin &amp;amp; ảnh</title><link rel="edit" href="/tin/sua.html"/>'
        f'<link rel="alternate" type="text/html" href="{URL}"/>'
        "<updated>2026-11-22T08:00:00Z</updated>"
        "<published>2026-11-20T09:15:00+07:00</published><summary>Tóm tắt</summary></entry>"
    ))  # fmt: skip
    found = only(got)
    assert (found.url, found.title, found.summary) == (URL, "Tin & ảnh", "Tóm tắt")
    assert told(found.date) == ("20/11/2026 02:15", "minute")
    assert got.rule == "feed:feed"


def test_an_atom_entry_that_tells_only_its_last_edit_has_no_date() -> None:
    body = atom(f'<entry><link href="{URL}"/><updated>2026-11-22T08:00:00Z</updated></entry>')
    assert only(feed(body)).date is None


def test_a_title_in_xhtml_is_read_as_its_text() -> None:
    text = '<div xmlns="http://www.w3.org/1999/xhtml">Tin <b>nóng</b></div>'
    title = f'<title type="xhtml">{text}</title>'
    assert only(feed(atom(f'<entry>{title}<link href="{URL}"/></entry>'))).title == "Tin nóng"


def test_rss_1_and_dublin_core_are_read() -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel/><item rdf:about="{URL}"><title>{TITLE}</title>'
        "<dc:date>2026-11-20T09:15:00+07:00</dc:date></item></rdf:RDF>"
    ).encode()
    found = only(feed(body))
    assert (found.url, told(found.date)) == (URL, ("20/11/2026 02:15", "minute"))


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + rss(GOOD),
        b"\r\n\r\n  " + rss(GOOD),
        b"<br />\n<b>Notice</b>: Undefined index in <b>/rss.php</b><br />\n" + rss(GOOD),
        rss(GOOD).decode().encode("utf-16"),
        gzip.compress(rss(GOOD)),
        rss(GOOD).replace(b"</channel></rss>", b""),
        rss(GOOD).replace(b"</item>", b""),
        rss(GOOD).replace(b"<rss version", b"<rss xmlns:a='urn:a' version"),
        rss(GOOD.replace("<title>", "<media:thumbnail url='/a.jpg'/><title>")),
        rss(GOOD.replace("<item>", "<Item>").replace("</item>", "</Item>")),
        rss(GOOD.replace("pubDate", "PubDate")),
        rss(GOOD + item("<title>Cắt ngang").replace("</item>", ""))[:-30],
    ],
    ids=[
        "bom", "blank lines", "a php notice", "utf-16", "gzip", "no end", "item not closed",
        "more namespaces", "an undeclared prefix", "capital Item", "capital PubDate", "cut off",
    ],
)  # fmt: skip
def test_a_feed_that_is_badly_written_is_read_all_the_same(body: bytes) -> None:
    found = feed(body).entries[0]
    assert (found.url, found.title) == (URL, TITLE)
    assert told(found.date) == ("20/11/2026 02:15", "minute")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Thu &amp; chi", "Thu & chi"),
        ("Thu & chi, A&B", "Thu & chi, A&B"),
        ("Thu &amp;amp; chi", "Thu & chi"),
        ("X&atilde; N&agrave; Lốc&nbsp;mới", "Xã Nà Lốc mới"),
        ("&ldquo;Xanh&rdquo; &khonglagi; &", "“Xanh” &khonglagi; &"),
        ("<![CDATA[Thu & chi &amp; d&ugrave;ng]]>", "Thu & chi & dùng"),
        ("<![CDATA[Tin <b>nóng</b>]]>", "Tin nóng"),
        ("Tin\n   hai\t dòng", "Tin hai dòng"),
        ("Tin \x0bcó dấu\x00 lạ", "Tin có dấu lạ"),
        ("\u0110i\u00ea\u0323n Bi\u00ean", "Điện Biên"),
    ],
)
def test_a_title_is_read_whatever_its_entities_are(written: str, title: str) -> None:
    assert only(feed(rss(item(f"<title>{written}</title>{LINK}")))).title == title


@pytest.mark.parametrize("charset", ["windows-1258", "utf-8", "iso-8859-1"])
def test_a_wrongly_declared_charset_does_not_spoil_the_letters(charset: str) -> None:
    body = rss(GOOD).replace(b'encoding="utf-8"', f'encoding="{charset}"'.encode())
    assert only(feed(body, content_type=f"text/xml; charset={charset}")).title == TITLE


def test_windows_1258_is_read_where_it_is_declared() -> None:
    written = "Bô\u0323 trươ\u0309ng ho\u0323p vê\u0300 chuyê\u0309n đô\u0309i sô\u0301"
    text = '<?xml version="1.0" encoding="windows-1258"?><rss><channel>'
    body = f"{text}{item(f'<title>{written}</title>{LINK}')}</channel></rss>".encode("cp1258")
    assert only(feed(body)).title == "Bộ trưởng họp về chuyển đổi số"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 500,
        b"<!DOCTYPE html><html><head><title>404</title></head><body><a href='/tin/x.html'>x</a>",
        b"<html><body>&lt;rss&gt; tam dung phuc vu</body></html>",
        b'{"code": "rest_no_route"}',
        b"\x1f\x8b\x08broken",
        b'<?xml version="1.0"?><urlset><url><loc>https://so.example.vn/tin/a.html</loc></url></urlset>',
    ],
)
def test_what_is_no_feed_has_no_rule(body: bytes) -> None:
    got = feed(body)
    assert (got.entries, got.rows, got.rule) == ((), 0, None)


def test_a_feed_without_items_is_a_feed_all_the_same() -> None:
    got = feed(rss())
    assert (got.entries, got.rows, got.rule) == ((), 0, "feed:rss")


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link>/tin/mot-bai-12.html</link>", URL),
        ("<link>mot-bai-12.html</link>", None),
        ("<link>../../tin/mot-bai-12.html</link>", URL),
        ("<link>\n  https://so.example.vn/tin/mot-bai-12.html\n</link>", URL),
        (f"<link><![CDATA[{URL}]]></link>", URL),
        (f"<link>{URL}?utm_source=rss&utm_medium=feed</link>", URL),
        (f"<link>{URL}#comments</link>", URL),
        (f"<link/><guid>{URL}</guid>", URL),
        (f"<guid isPermaLink='true'>{URL}</guid>", URL),
        (f"<guid isPermaLink='false'>news_12</guid><link>{URL}</link>", URL),
        (f"<guid isPermaLink='false'>{SITE}/?p=12</guid><link>{URL}</link>", URL),
        (f"{COUNTED}<guid>{URL}</guid>", URL),
        (f"{COUNTED}<feedburner:origLink>{URL}</feedburner:origLink>", URL),
        (f"<atom:link rel='self' href='{SITE}/tin/rss.html'/><link>{URL}</link>", URL),
        (f"<link href='{URL}'/>", URL),
        (f"<link rel='replies' href='{SITE}/tin/loi-ban.html'/><link href='{URL}'/>", URL),
        (f"<link type='application/pdf' href='{SITE}/tin/a.pdf'/><id>{URL}</id>", URL),
        ("<link>https://bao.example.com/tin/mot-bai-12.html</link>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>http://[::1</link>", None),
        ("<link></link>", None),
    ],
)  # fmt: skip
def test_the_link_is_the_one_that_leads_to_an_article(inside: str, url: str | None) -> None:
    got = feed(rss(item(f"<title>x</title>{inside}")))
    assert [entry.url for entry in got.entries] == ([url] if url else [])
    assert got.rows == 1


def test_relative_links_start_from_xml_base() -> None:
    body = atom('<entry xml:base="/tin/"><link href="mot-bai-12.html"/></entry>')
    assert only(feed(body)).url == URL


def test_an_article_is_named_once() -> None:
    assert len(feed(rss(GOOD, GOOD)).entries) == 1
    assert feed(rss(GOOD, GOOD)).rows == 2


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("T2, 23/11/2026 10:30", ("23/11/2026 03:30", "minute")),
        ("Thứ hai, 23/11/2026 10:30 GMT+7", ("23/11/2026 03:30", "minute")),
        ("Mon, 23 Nov 2026 10:30:00 +0700", ("23/11/2026 03:30", "minute")),
        ("23 Nov 26 03:30 GMT", ("23/11/2026 03:30", "minute")),
        ("2026-11-23 10:30:00", ("23/11/2026 03:30", "minute")),
        ("11/23/2026 10:30:00 AM", ("23/11/2026 03:30", "minute")),
        ("23/11/2026", ("22/11/2026 17:00", "day")),
        ("<![CDATA[23/11/2026 10:30]]>", ("23/11/2026 03:30", "minute")),
        ("", None),
        ("hôm nay", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", ("01/01/1970 00:00", "minute")),
        ("Mon, 01 Jan 0001 00:00:00 +1200", None),
        ("99/99/9999 99:99", None),
        ("Mon, 23 Nov 99999999999 10:30:00 +9999999", None),
    ],
)
def test_a_date_is_read_as_sites_write_it(date: str, read: tuple[str, str] | None) -> None:
    got = feed(rss(item(f"{LINK}<pubDate>{date}</pubDate>")))
    assert told(only(got).date) == read


def test_one_date_tells_in_which_order_the_others_are() -> None:
    other = f"<link>{SITE}/tin/hai.html</link><pubDate>11/25/2026 9:00:00 AM</pubDate>"
    got = feed(rss(item(f"{LINK}<pubDate>11/5/2026 9:00:00 AM</pubDate>"), item(other)))
    assert told(got.entries[0].date) == ("05/11/2026 02:00", "minute")


def test_of_nukeviets_times_whose_minutes_are_the_month_the_day_is_believed() -> None:
    lie = rss(item(f"{LINK}<pubDate>Fri, 20 Nov 2026 02:11:00 GMT</pubDate>"))
    truth = rss(item(f"{LINK}<pubDate>Fri, 20 Nov 2026 02:15:00 GMT</pubDate>"))
    assert told(only(feed(lie, family="nukeviet")).date) == ("19/11/2026 17:00", "day")
    assert told(only(feed(truth, family="nukeviet")).date) == ("20/11/2026 02:15", "minute")
    assert told(only(feed(lie)).date) == ("20/11/2026 02:11", "minute")


def test_joomlas_utc_clock_with_a_local_offset_is_put_right() -> None:
    lie = rss(item(f"{LINK}<pubDate>Fri, 20 Nov 2026 02:15:00 +0700</pubDate>"))
    truth = rss(item(f"{LINK}<pubDate>Fri, 20 Nov 2026 02:15:00 +0000</pubDate>"))
    for body in (lie, truth):
        assert told(only(feed(body, family="joomla")).date) == ("20/11/2026 02:15", "minute")


def test_a_feed_names_its_next_page() -> None:
    got = feed(
        atom(f'<entry><link href="{URL}"/></entry>', head='<link rel="next" href="?page=2"/>')
    )
    assert got.next_url == f"{FEED}?page=2"


def test_an_items_next_link_is_not_the_feeds() -> None:
    body = atom(f'<entry><link href="{URL}"/><link rel="next" href="/tin/sau.html"/></entry>')
    assert feed(body).next_page is None
