"""One article, one address."""

from __future__ import annotations

import pytest

from crawler.clean.urls import absolute, canonical, is_http

BASE = "http://so.example.vn/vi/news/tin/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://So.Example.VN/Tin/Bai.html", "http://so.example.vn/Tin/Bai.html"),
        ("http://so.example.vn:80/a", "http://so.example.vn/a"),
        ("https://so.example.vn:443/a", "https://so.example.vn/a"),
        ("http://so.example.vn:443/a", "http://so.example.vn/a"),
        ("http://so.example.vn:8080/a", "http://so.example.vn:8080/a"),
        ("http://so.example.vn", "http://so.example.vn/"),
        ("http://so.example.vn/a#binh-luan", "http://so.example.vn/a"),
        ("http://user:pass@so.example.vn/a", "http://so.example.vn/a"),
        ("http://so.example.vn/a?utm_source=x&id=5&fbclid=y", "http://so.example.vn/a?id=5"),
        ("http://so.example.vn/a?PHPSESSID=1&b=2", "http://so.example.vn/a?b=2"),
        ("http://so.example.vn/a;jsessionid=5A6B?x=1", "http://so.example.vn/a?x=1"),
        (
            "http://so.example.vn/(S(lit3py55t21z5v55vlm25s55))/a.aspx",
            "http://so.example.vn/a.aspx",
        ),
        ("http://so.example.vn/a?sid=0f8fad5bd9cb469fa165&id=1", "http://so.example.vn/a?id=1"),
        (
            "http://so.example.vn/a?sname=vPortal&sid=4",
            "http://so.example.vn/a?sname=vPortal&sid=4",
        ),
        ("http://so.example.vn/en/en/en/a.html", "http://so.example.vn/en/a.html"),
        ("http://so.example.vn/en/en/", "http://so.example.vn/en/"),
        ("http://so.example.vn/tin/tin/tin/tin/a", "http://so.example.vn/tin/a"),
        ("http://so.example.vn/2026/11/11/a", "http://so.example.vn/2026/11/11/a"),
        ("http://so.example.vn/en/english/a", "http://so.example.vn/en/english/a"),
        ("http://so.example.vn/a?redirect=%2Fb&inheritRedirect=true", "http://so.example.vn/a"),
        ("http://so.example.vn/a?_101_redirect=%2Fb&id=1", "http://so.example.vn/a?id=1"),
        ("http://so.example.vn/a?p_p_auth=x&p_p_id=101", "http://so.example.vn/a?p_p_id=101"),
        ("http://so.example.vn/a?tmpl=component&print=1&id=7", "http://so.example.vn/a?id=7"),
        ("http://so.example.vn/a?id=5++++", "http://so.example.vn/a?id=5"),
        ("http://so.example.vn/a?amp;id=5", "http://so.example.vn/a?id=5"),
        ("http://so.example.vn/a?a=1&b=2", "http://so.example.vn/a?a=1&b=2"),
        ("http://so.example.vn/a?", "http://so.example.vn/a"),
        ("http://so.example.vn/a/../b/./c", "http://so.example.vn/b/c"),
        ("http://so.example.vn/../../b", "http://so.example.vn/b"),
        ("http://so.example.vn/bai.html/amp", "http://so.example.vn/bai.html"),
        ("http://so.example.vn/điện biên", "http://so.example.vn/%C4%91i%E1%BB%87n%20bi%C3%AAn"),
        ("http://so.example.vn/%c4%91%7e", "http://so.example.vn/%C4%91~"),
        ("http://so.example.vn/100%", "http://so.example.vn/100%25"),
        ("http://sở.example.vn/a", "http://xn--s-lym.example.vn/a"),
        (" \n/vi/bai-1.html ", "http://so.example.vn/vi/bai-1.html"),
        ("bai-1.html", "http://so.example.vn/vi/news/tin/bai-1.html"),
        ("//cdn.example.vn/a", "http://cdn.example.vn/a"),
    ],
)
def test_address_is_made_canonical(url: str, expected: str) -> None:
    assert canonical(url, BASE) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:void(0)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "mailto:so@example.vn",
        "tel:0215",
        "ftp://so.example.vn/a",
        "http://",
        "http:///a",
        "http://[::1",
        "http://a b/",
        "http://so.example.vn:99999/",
        "http://so.example.vn<script>/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        canonical(url, "http://so.example.vn/")


def test_a_page_whose_address_ends_at_its_host_has_links_on_it() -> None:
    assert absolute("/tin/", "http://127.0.0.1:8801") == "http://127.0.0.1:8801/tin/"
    assert absolute("tin/", "http://so.example.vn") == "http://so.example.vn/tin/"


def test_absolute_address_keeps_its_query() -> None:
    assert absolute("?download=1&print=1#x", "http://so.example.vn/a") == (
        "http://so.example.vn/a?download=1&print=1#x"
    )


def test_only_http_and_https_are_web_addresses() -> None:
    assert is_http("https://so.example.vn/a")
    assert not is_http("/a")
    assert not is_http("ftp://so.example.vn/a")
    assert not is_http("http://[::1")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("/tin?ref=%2Fvi%2Ftin&ten=%C4%91", "/tin?ref=%2Fvi%2Ftin&ten=%C4%91"),
        ("/tin?ref=%2fvi", "/tin?ref=%2Fvi"),
        ("/%74in/%2E%2E/bai", "/bai"),
        ("/tin?ref=%2Fvi%5Fmot", "/tin?ref=%2Fvi_mot"),
        ("/tin%2", "/tin%252"),
    ],
)
def test_escapes_are_kept_in_capitals_where_they_are_needed(written: str, wanted: str) -> None:
    assert absolute(written, "http://so.example.vn/") == f"http://so.example.vn{wanted}"
