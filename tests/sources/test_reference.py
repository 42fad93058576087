"""The recipes against the collected hosts and addresses, which are kept beside the project."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from crawler.clean.urls import canonical
from crawler.recipes import BUNDLED, load_sources
from tests.shared.conftest import SHARED, records

REFERENCE = SHARED / "reference"
pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason=f"no reference at {REFERENCE}")

SOURCES = load_sources((BUNDLED,))
BY_HOST = {host.removeprefix("www."): source for source in SOURCES for host in source.hosts}

OF_THE_PORTAL = ("//binhphuoc.gov.vn/vi/news/", "//www.ninhthuan.gov.vn/News/Pages/")
"""Not the department's, which is a guest on the province's host."""


def seen(*page_types: str) -> list[dict[str, Any]]:
    """List the collected pages of these types on a host that a recipe covers."""
    pages = [
        page for page in records(REFERENCE / "articles.jsonl") if page["page_type"] in page_types
    ]
    return [page for page in pages if page["host"].removeprefix("www.") in BY_HOST]


def test_every_host_of_a_department_or_ministry_belongs_to_a_source() -> None:
    with (REFERENCE / "sites.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] != "provincial-portal"]
    assert len(rows) > 100
    for row in rows:
        source = BY_HOST.get(row["host"].removeprefix("www."))
        assert source is not None, row["host"]
        assert source.province == (row["province_slug"] or None), row["host"]


def test_every_article_on_a_covered_host_is_claimed_by_that_source_alone() -> None:
    pages = seen("article")
    assert len(pages) > 80
    for page in pages:
        url = canonical(page["url"])
        claimed = [source.id for source in SOURCES if source.is_article(url)]
        own = BY_HOST[page["host"].removeprefix("www.")]
        guest = any(part in page["url"] for part in OF_THE_PORTAL)
        assert claimed == ([] if guest else [own.id]), url


def test_no_article_s_address_is_a_list_s() -> None:
    lists = {canonical(url) for source in SOURCES for url in source.listing_urls}
    assert lists.isdisjoint(canonical(page["url"]) for page in seen("article"))


def test_no_list_and_no_copy_to_print_or_save_is_an_article() -> None:
    pages = seen("listing", "print", "savefile")
    assert len(pages) > 8
    for page in pages:
        url = canonical(page["url"])
        assert [source.id for source in SOURCES if source.is_article(url)] == [], url
