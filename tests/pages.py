"""Pages and sources made by hand, for the tests of reading."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.extract.page import Page
from crawler.reading import Reading, read
from crawler.recipe import Recipe, Source
from store.model import Article

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SITE = "http://so.example.vn"


def source(family: str = "generic", *, source_id: str = "dien-bien/thu") -> Source:
    return Source(source_id, Recipe(name="Sở", site=SITE, listings=("/",), family=family))


def page(
    body: str, *, url: str = f"{SITE}/vi/news/tin/bai-viet-12.html", head: str = "", title: str = ""
) -> Page:
    markup = (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )
    return Page(url=url, body=markup.encode(), content_type="text/html; charset=utf-8")


def reading(body: str, *, family: str = "generic", head: str = "", url: str = "") -> Reading:
    made = page(body, head=head, url=url or f"{SITE}/vi/news/tin/bai-viet-12.html")
    return read(made, source(family), entry=None, now=NOW)


def article(body: str, *, family: str = "generic", head: str = "", url: str = "") -> Article:
    got = reading(body, family=family, head=head, url=url)
    assert got.sighting is not None, got.refusal
    return got.sighting.article
