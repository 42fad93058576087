"""One bad article takes no feed with it, and brings nothing to a reader but words."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from feeds.channel import ALL
from feeds.formats import FORMATS
from feeds.safe import clean_text, feed_html, one_line, page_html, web_address
from store.base import Store
from store.model import Attachment
from tests.feeds.test_formats import XML, feed, parse, render
from tests.store.making import article, sighting

BAD_HTML = [
    "<script>alert(1)</script><p>Tin</p>",
    "<p onclick=alert(1)>Tin</p>",
    "<p>Tin</p><a href='javascript:alert(1)'>a</a>",
    "<p>Tin</p><a href='java&#11;script:alert(1)'>a</a>",
    "<p>Tin</p><a href='java\x0bscript:alert(1)'>a</a>",
    "<p>Tin</p><a href='&#1;javascript:alert(1)'>a</a>",
    "<p>Tin</p><scr\x0bipt>alert(1)</script>",
    "<p>Tin</p><img src=x onerror=alert(1)>",
    "<p>Tin</p><iframe src=//evil.example></iframe><style>p{}</style><form><input></form>",
    "<p style='position:fixed'>Tin</p><svg onload=alert(1)>",
]


@pytest.mark.parametrize("clean", [feed_html, page_html])
@pytest.mark.parametrize("bad", BAD_HTML)
def test_nothing_that_runs_is_left_of_hostile_html(bad: str, clean: Any) -> None:
    cleaned = clean(bad)
    assert "Tin" in cleaned
    for element in html.fragment_fromstring(cleaned, create_parent="div").iter():
        assert element.tag in {"div", "p", "a", "img"}
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        address = element.get("href", element.get("src", ""))
        assert address == ""


@pytest.mark.parametrize("escaped", ["e&#x301;", "e\u0301", "&#11;é", "<b>e&#x301;</b>"])
def test_html_is_nfc_and_free_of_control_characters_however_it_was_written(escaped: str) -> None:
    cleaned = feed_html(f"<p>{escaped}</p>")
    assert "é" in cleaned
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://dic.gov.vn/vi/news/tin-3.html?a=1&b=2#x", None),
        ("https://sở.vn/tin tức/điện?q=biên", "https://s%E1%BB%9F.vn/tin%20t%E1%BB%A9c/"),
        ("http://a.vn/da%20ma-hoa", None),
        ("http://a.vn/\x0bx", "http://a.vn/x"),
    ],
)
def test_an_address_is_written_in_ascii(url: str, expected: str | None) -> None:
    found = web_address(url)
    assert found is not None
    assert found.isascii()
    assert found == url if expected is None else found.startswith(expected)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "java\x0bscript:x", "data:text/html,x", "/tin", "", "http://["]
)
def test_what_is_no_web_address_is_none(url: str) -> None:
    assert web_address(url) is None


def test_a_line_is_one_line() -> None:
    assert one_line(" Hai \n\t dòng \x00 ") == "Hai dòng"


@pytest.mark.parametrize("ending", XML)
@pytest.mark.parametrize(
    "fields",
    [
        {"title": "\x0b"},
        {"title": "\ufdd0 \ud800"},
        {"summary": "\x0b", "body_text": "\x0b"},
        {"byline": "\x0b", "section": "\x0b"},
        {"url": "http://dic.gov.vn/\x0btin"},
        {"url": "javascript:alert(1)"},
        {"url": "http://["},
        {"attachments": (Attachment(url="http://a.vn/\x0b.pdf", title="x", media_type="\x0b"),)},
        {"attachments": (Attachment(url="javascript:alert(1)", title="x"),)},
        {"body_html": "<p>&#11;</p>", "body_text": ""},
        {"id": "not-a-uuid"},
    ],
)
def test_one_bad_article_takes_no_feed_with_it(ending: str, fields: dict[str, Any]) -> None:
    articles = [article(2), replace(article(1), **fields)]
    assert all(item["title"] for item in json.loads(render(articles, "json"))["items"])
    found = parse(render(articles, ending))
    assert len(found.entries) == 2
    for entry in found.entries:
        assert entry.title
        assert entry.link.startswith("http")


@pytest.mark.parametrize("ending", XML)
def test_a_channel_with_an_odd_name_is_a_feed(ending: str) -> None:
    odd = replace(feed([article()], ending), channel=replace(ALL, title="Sở\x0b A\n&\tB"))
    assert parse(FORMATS[ending].render(odd)).feed.title == "Sở A & B"


@pytest.mark.parametrize("ending", XML)
def test_text_of_a_feed_is_nfc(ending: str) -> None:
    nfd: dict[str, Any] = {
        name: unicodedata.normalize("NFD", "Điện Biên đổi mới")
        for name in ("title", "summary", "byline", "section", "body_html")
    }
    text = render([article(**nfd)], ending).decode()
    assert unicodedata.is_normalized("NFC", text)
    assert "Điện Biên đổi mới" in text


def test_a_summary_is_text_also_where_readers_take_it_for_html() -> None:
    raw = render([article(summary="Dùng <b> & <script>")], "rss").decode()
    assert "<description>Dùng &amp;lt;b&amp;gt; &amp;amp; &amp;lt;script&amp;gt;<" in raw


def test_a_page_links_to_nothing_but_web_addresses(client: TestClient, filled: Store) -> None:
    bad = sighting(
        8,
        url="javascript:alert(1)",
        attachments=(Attachment(url="javascript:alert(2)", title="Phụ lục"),),
    )
    filled.keep([bad])
    page = client.get(f"/articles/{bad.article.id}").text
    assert "javascript" not in page
    assert "Phụ lục" in page
