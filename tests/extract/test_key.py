"""The number in an article's address, and the language that it lies under."""

from __future__ import annotations

import re

import pytest

from crawler.extract.key import at_home, is_vietnamese, key_in

PLAIN = re.compile(r"-(?P<key>\d+)\.html$")
SCOPED = re.compile(r"vn/(?P<scope>[a-z]{2}/\w+)/.*-(?P<key>\d+)\.html$")
VIETNAMESE = "Sở tổ chức hội nghị về chuyển đổi số tại Điện Biên"
ENGLISH = "The department held a conference on digital transformation in Điện Biên today"


@pytest.mark.parametrize(
    ("pattern", "url", "key"),
    [
        (PLAIN, "http://a.vn/tin/bai-12.html", "12"),
        (PLAIN, "http://a.vn/vi/tin/bai-12.html", "12"),
        (PLAIN, "http://a.vn/en/news/piece-12.html", "en/12"),
        (PLAIN, "http://a.vn/en-US/news/piece-12.html", "en/12"),
        (PLAIN, "http://a.vn/index.php/en/piece-12.html", "en/12"),
        (PLAIN, "http://a.vn/energy/piece-12.html", "12"),
        (PLAIN, "http://a.vn/la-thu/bai-12.html", "12"),
        (SCOPED, "http://a.vn/en/news/piece-12.html", "en/news/12"),
        (PLAIN, "http://a.vn/tin/", None),
    ],
)
def test_another_language_counts_its_own_articles(
    pattern: re.Pattern[str], url: str, key: str | None
) -> None:
    assert key_in(pattern, url) == key


@pytest.mark.parametrize(
    ("pattern", "text", "home"),
    [
        (PLAIN, VIETNAMESE, "http://a.vn/news/piece-12.html"),
        (PLAIN, ENGLISH, "http://a.vn/en/news/piece-12.html"),
        (SCOPED, VIETNAMESE, "http://a.vn/en/news/piece-12.html"),
    ],
)
def test_a_vietnamese_text_under_en_is_the_vietnamese_article(
    pattern: re.Pattern[str], text: str, home: str
) -> None:
    assert at_home(pattern, "http://a.vn/en/news/piece-12.html", text) == home


@pytest.mark.parametrize(("text", "told"), [(VIETNAMESE, True), (ENGLISH, False), ("", False)])
def test_a_text_is_vietnamese_by_its_marks(text: str, told: bool) -> None:
    assert is_vietnamese(text) is told
