"""Any bytes give a page, and the bytes are believed before what is said about them."""

from __future__ import annotations

import pytest

from crawler.extract.page import Page

TITLE = "Điện Biên: Hội nghị tổng kết – “chuyển đổi số”"
HTML = f"<html><head><title>{TITLE}</title></head><body><p>Ngày đầu tiên</p></body></html>"


def made(body: bytes, content_type: str = "") -> Page:
    return Page(url="http://so.example.vn/tin/", body=body, content_type=content_type)


def title_of(page: Page) -> str | None:
    return page.selector.css("title::text").get()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (HTML.encode(), ""),
        (HTML.encode(), "text/html; charset=ISO-8859-1"),
        (HTML.replace("<head>", "<head><meta charset=windows-1252>").encode(), "text/html"),
        (b"\xef\xbb\xbf" + HTML.encode(), "text/html"),
        (HTML.encode("utf-16"), "text/html; charset=utf-8"),
        (HTML.encode("utf-16-le"), ""),
        (HTML.encode("utf-16-be"), "text/html"),
        (HTML.encode() + b"<p>c\xe1t c\xe1t \xff</p>", "text/html; charset=utf-8"),
    ],
    ids=["plain", "wrong-header", "wrong-meta", "bom", "utf16", "le", "be", "few-bad-bytes"],
)
def test_utf8_and_utf16_are_known_whatever_is_declared(body: bytes, content_type: str) -> None:
    assert title_of(made(body, content_type)) == TITLE


def test_declared_encoding_counts_where_the_bytes_are_no_utf8() -> None:
    body = "<title>Café à la crème</title>".encode("cp1252")
    assert title_of(made(body, "text/html; charset=windows-1252")) == "Café à la crème"


def test_meta_charset_is_found_far_down_the_page() -> None:
    late = f"<html><head><!--{'x' * 20_000}--><meta charset='windows-1252'>"
    body = f"{late}<title>Café à la crème</title>".encode("cp1252")
    assert title_of(made(body)) == "Café à la crème"


def test_utf8_that_was_read_as_windows_1252_before_it_was_sent_is_mended() -> None:
    twice = "".join(
        bytes([byte]).decode("latin-1")
        if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
        else bytes([byte]).decode("cp1252")
        for byte in HTML.encode()
    )
    assert title_of(made(twice.encode())) == TITLE


def test_good_text_is_not_mended() -> None:
    text = "<title>Â bảng chữ cái: Ă, Â, Đ, Ê, Ô, Ơ, Ư; XÃ HỘI; 25 º» là số</title>"
    assert "XÃ HỘI; 25 º»" in (title_of(made(text.encode())) or "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 100,
        b"%PDF-1.4\n\x93\x8c\x8b\n%%EOF",
        b"\xff\xfe",
        b"\x80\x81\x82" * 1000,
        b"<" * 10_000,
        b"<div>" * 30_000,
        b"<meta charset=base64>\xff\xff",
        b"<script type='application/ld+json'>" + b"[" * 100_000,
        b"<base href='http://[::1'><p>x",
        b"<?xml version='1.0' encoding='utf-16'?><rss/>",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_any_bytes_give_a_page(body: bytes) -> None:
    page = made(body)
    assert isinstance(page.text, str)
    assert page.selector.css("p") is not None
    assert page.base_url == "http://so.example.vn/tin/"
    assert isinstance(page.meta, dict)
    assert page.json_ld == ()


def test_base_element_tells_where_addresses_start() -> None:
    assert made(b"<base href='/goc/'>").base_url == "http://so.example.vn/goc/"


def test_meta_is_read_by_name_and_property_and_the_first_counts() -> None:
    page = made(
        b"<meta property='og:Title' content=' Mot '><meta name=og:title content=Hai>"
        b"<meta name=generator content='NukeViet v4.5'>"
    )
    assert page.meta == {"og:title": "Mot", "generator": "NukeViet v4.5"}


def test_json_ld_graphs_are_opened_and_broken_ones_left_out() -> None:
    page = made(
        b"<script type='application/ld+json'>{oops</script>"
        b"<script type='application/ld+json'>"
        b'[{"@type":"A"},{"@graph":[{"@type":"B"},{"@type":"C"}]}]</script>'
    )
    assert [item.get("@type") for item in page.json_ld] == ["A", None, "B", "C"]
