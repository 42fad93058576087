"""Any bytes at all give a reading or a refusal, soon and without an exception."""

from __future__ import annotations

import time
import tracemalloc
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract.page import Page
from crawler.families import FAMILIES
from crawler.reading import read, read_list
from tests.pages import NOW, SITE, source

PIECES = (
    "<div>", "</div>", "<p>", "</p>", "<br>", "<table>", "<tr>", "<td>", "</table>", "<ul><li>",
    "<center>", "</center>", "<v align=right>",
    "<a href='/tin-tuc-so-12.html'>", "</a>", "<h1>", "</h1>", "<img src=/a.jpg>", "<!--", "-->",
    "<script type='application/ld+json'>", "</script>", "<style>", "<meta charset=", "<form>",
    '<div id="news-bodyhtml">', '<div class="entry-content">', "<span class=date>", "</span>",
    "Ngày 20/11/2026 09:15",
    "28/8/1945- 28/8/2019", "Điện Biên: ", "(Mic.gov.vn) - ", "Theo TTXVN",
    "&ocirc;̉", "&#x2B;07:00", "\u00ad", "\ufeff", "\x00", "Ã¡Âº", "á»‘", "Céng hoµ x· héi",
    "&#1;", "&#0;", "&#xFFFE;", "\x01", "\x0c", "&#31;<br>&#8;",
    "x" * 300,
    "Tổng đài hoạt động từ 7 giờ đến 21 giờ mỗi ngày, kể cả ngày nghỉ. ",
)  # fmt: skip
JUNK = st.one_of(
    st.binary(max_size=3000),
    st.lists(st.sampled_from(PIECES), max_size=80).map(lambda parts: "".join(parts).encode()),
    st.lists(st.sampled_from(PIECES), max_size=40).map(
        lambda parts: "".join(parts).encode("utf-16")
    ),
)


def page(body: bytes) -> Page:
    return Page(url=f"{SITE}/vi/news/tin/bai-viet-12.html", body=body, fetched=NOW)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@pytest.mark.parametrize("family", FAMILIES)
@given(body=JUNK)
def test_any_bytes_are_read_or_refused(family: str, body: bytes) -> None:
    made = page(body)
    got = read(made, source(family), entry=None, now=NOW)
    assert (got.sighting is None) != (got.refusal is None)
    read_list(made, source(family))


def deep() -> bytes:
    return b"<div>" * 100_000 + b"x"


def line_breaks() -> bytes:
    return b"<div class='article-content'>" + b"a<br>" * 200_000


def pictures() -> bytes:
    return b"<div id=news-bodyhtml>" + b"<img src=/a.jpg><br><em>x</em><br>" * 60_000


def rows() -> bytes:
    return b"<div class=bodytext><table>" + b"<tr><td>a</td><td>b</td></tr>" * 60_000


def attributes() -> bytes:
    return b"<body " + b" ".join(b"a%d='x'" % n for n in range(100_000)) + b">x"


def digits() -> bytes:
    return b"<div class=publish-date>" + b"0123456789/" * 200_000


def blanks() -> bytes:
    return b"<h1>" + b" - " * 500_000 + b"</h1><p>" + b" " * 1_000_000 + b"x"


def links() -> bytes:
    return b"<a href=/tin-tuc-trong-tinh-12.html>Tin trong tinh hom nay</a>" * 30_000


def brackets() -> bytes:
    return b"<script type='application/ld+json'>" + b'{"@graph":[' * 200_000


def entities() -> bytes:
    return b"<p>" + b"&aacute;" * 300_000


def attributes_of_a_small_page() -> bytes:
    return b"<h1>Tin</h1><p " + b" ".join(b"a%d" % n for n in range(28_000)) + b">x"


def noise() -> bytes:
    return Random(7).randbytes(1_000_000)


def noise_of_high_letters() -> bytes:
    return bytes(letter | 128 for letter in Random(7).randbytes(2_000_000))


def cells_that_span() -> bytes:
    return b"<table>" + b"<tr><td rowspan=65000 colspan=100>x</td></tr>" * 800


def rows_in_rows() -> bytes:
    page = b"<script>__dnnVariable</script>"
    return page + b"<table><tr><td><a id=lnkTitle_1 href=/a-b-c-d-12>x" * 3_000


def titles_in_titles() -> bytes:
    return "<div class=title>Tin mới nhất ".encode() * 30_000


def dated_paragraphs() -> bytes:
    line = "<p>Sở tổ chức hội nghị tập huấn năm 2026, ngày 20/11/2026.</p>"
    return f"<h1>Tin tức mới nhất hôm nay là gì</h1><div>{line * 35_000}".encode()


def posted_numbers() -> bytes:
    link = "<div><a href=\"javascript:__doPostBack('a','{0}')\">{0}</a></div>"
    return f"<form method=post>{''.join(map(link.format, range(60_000)))}".encode()


def read_as_latin() -> bytes:
    return ("á»‘Ä‘" * 200_000).encode()


@pytest.mark.parametrize("family", ["generic", "nukeviet"])
@pytest.mark.parametrize(
    "body",
    [
        deep, line_breaks, pictures, rows, attributes, digits, blanks, links, brackets, entities,
        read_as_latin, attributes_of_a_small_page, noise, noise_of_high_letters, cells_that_span,
        rows_in_rows, titles_in_titles, dated_paragraphs, posted_numbers,
    ],
)  # fmt: skip
def test_a_hostile_page_takes_no_more_than_seconds(family: str, body: object) -> None:
    assert callable(body)
    made = page(body())
    started = time.process_time()
    read(made, source(family), entry=None, now=NOW)
    read_list(made, source(family))
    assert time.process_time() - started < 4  # two readings, on a machine that tests in parallel


def test_a_hostile_page_takes_no_more_than_a_hundred_megabytes_of_objects() -> None:
    made = page(pictures())
    tracemalloc.start()
    read(made, source("nukeviet"), entry=None, now=NOW)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000
