"""The ministry's item on Điện Biên, in the shapes that its old pages had."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.extract.page import Page
from crawler.reading import read
from crawler.recipes import BUNDLED, load_source
from store.model import Article, show_published
from tests.shared.conftest import SHARED

SEED = SHARED / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason=f"no seed at {SEED}")
NOW = datetime(2026, 11, 24, tzinfo=UTC)

CONTENT = '<div id="divArticleContent">{}</div>'


def lines() -> tuple[str, list[str], list[str]]:
    text = (SEED / "article.txt").read_text(encoding="utf-8")
    title, *rest = [html.escape(line.strip()) for line in text.splitlines() if line.strip()]
    return title, rest[:4], rest[4:]


def wrapped(texts: list[str], tag: str = "p", attributes: str = "") -> str:
    return "".join(f"<{tag}{attributes}>{text}</{tag}>" for text in texts)


def as_siblings(text: list[str], signature: list[str]) -> str:
    return CONTENT.format(wrapped(text)) + wrapped(signature, "div")


def as_last_paragraphs(text: list[str], signature: list[str]) -> str:
    return CONTENT.format(wrapped(text) + wrapped(signature, "p", ' style="text-align:right"'))


def as_word_paragraphs(text: list[str], signature: list[str]) -> str:
    spans = [f'<span lang="VI">{line}<o:p></o:p></span>' for line in text + signature]
    return CONTENT.format(wrapped(spans, "p", ' class="MsoNormal"'))


def between_two_breaks(text: list[str], signature: list[str]) -> str:
    return CONTENT.format("<br><br>".join(text + signature))


def between_single_breaks(text: list[str], signature: list[str]) -> str:
    return CONTENT.format("<br />".join(text + signature))


def in_nested_tables(text: list[str], signature: list[str]) -> str:
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in signature)
    inner = f"<table><tr><td>{wrapped(text)}</td></tr>{rows}</table>"
    return CONTENT.format(f"<table width=100%><tr><td>{inner}</td></tr></table>")


def in_rows_around(text: list[str], signature: list[str]) -> str:
    rows = "".join(f"<tr><td align=right>{line}</td></tr>" for line in signature)
    return f"<table><tr><td>{CONTENT.format(wrapped(text))}</td></tr>{rows}</table>"


def in_one_cell(text: list[str], signature: list[str]) -> str:
    cell = wrapped(text) + "<br>".join(signature)
    return f'<table><tr><td id="divArticleContent">{cell}</td></tr></table>'


def behind_comments(text: list[str], signature: list[str]) -> str:
    marked = "".join(f"<!-- x --><span>{line}</span><br>" for line in signature)
    return CONTENT.format(f"<!-- BatDau -->{wrapped(text)}<!-- KetThuc -->") + marked


def with_the_lead_set_apart(text: list[str], signature: list[str]) -> str:
    lead = f'<div id="divArticleDescription">{text[0]}</div>'
    return lead + as_siblings(text[1:], signature)


def with_the_lead_twice(text: list[str], signature: list[str]) -> str:
    return CONTENT.format(wrapped([text[0], *text])) + wrapped(signature, "div")


def under_unknown_names(text: list[str], signature: list[str]) -> str:
    return f'<div class="a1b2">{wrapped(text)}</div>{wrapped(signature, "div")}'


SHAPES = [
    as_siblings,
    as_last_paragraphs,
    as_word_paragraphs,
    between_two_breaks,
    between_single_breaks,
    in_nested_tables,
    in_rows_around,
    in_one_cell,
    behind_comments,
    with_the_lead_set_apart,
    with_the_lead_twice,
    under_unknown_names,
]


def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
    return found


def article(shape: Any) -> Article:
    title, text, signature = lines()
    markup = (
        "<html><head><title>Bộ Thông tin và Truyền thông</title></head><body><form>"
        '<div id="header"><h2>Cổng thông tin</h2><span>Thứ ba, 24/11/2026</span></div>'
        f'<div id="news_content"><h1>{title}</h1>{shape(text, signature)}</div>'
        '<div class="right"><h3>Tin mới</h3><ul><li><a href="/mic_2020/Pages/TinTuc/105072/x.html">'
        "Một tin khác của Bộ</a> 12/01/2013</li></ul></div></form></body></html>"
    )
    page = Page(url=expected()["url"], body=markup.encode())
    got = read(page, load_source("trung-uong/mic", (BUNDLED,)), entry=None, now=NOW)
    assert got.sighting is not None, got.refusal
    return got.sighting.article


@pytest.mark.parametrize("shape", SHAPES)
def test_item_is_read_as_expected_in_every_shape(shape: Any) -> None:
    want, got = expected(), article(shape)
    for name in ("url", "title", "province", "province_from", "dateline", "byline", "organisation"):
        assert getattr(got, name) == want[name], name
    assert show_published(got) == want["published"]
    assert got.published_precision == want["published_precision"]
    assert got.published_from == want["published_from"]
    paragraphs = got.body_text.split("\n\n")
    assert len(paragraphs) == want["body_paragraphs"]
    assert paragraphs[0].startswith(want["body_starts"])
    assert paragraphs[-1].endswith(want["body_ends"])
    for text in want["not_in_body"]:
        assert text not in got.body_text
        assert html.escape(text) not in got.body_html
