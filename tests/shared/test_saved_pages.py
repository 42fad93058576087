"""Pages of the Hà Nội department as somebody saved them in August 2022 (Liferay 6.2)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from crawler.extract.draft import Listing
from crawler.extract.page import Page
from crawler.reading import read, read_list
from crawler.recipe import Recipe, Source
from crawler.recipes import BUNDLED, load_source
from store.model import local_time
from tests.pages import NOW
from tests.shared.conftest import PAGES, records

HOST = "sotttt.hanoi.gov.vn"
LABELS = [
    record
    for record in records(PAGES / "saved" / "labels.jsonl")
    if record["host"] == HOST and record.get("url")
]
LISTINGS = [r for r in LABELS if r["kind"] == "listing" and r["entries"]]
ARTICLES = [r for r in LABELS if r["kind"] == "article"]
_SKIP = [pytest.param({}, marks=pytest.mark.skip(reason=f"no saved pages at {PAGES}"))]
_KEY = re.compile(r"view_content/(\d+)")


def page(record: dict[str, Any]) -> Page:
    return Page(url=record["url"], body=(PAGES / "saved" / record["file"]).read_bytes())


def by_recipe() -> Source:
    return load_source("ha-noi/tttt", (BUNDLED,))


def without_recipe() -> Source:
    return Source("ha-noi/thu", Recipe(name="Sở", site=f"https://{HOST}", listings=("/",)))


def keys(listing: Listing) -> set[str]:
    found = (_KEY.search(entry.url) for entry in listing.entries)
    return {match[1] for match in found if match}


@pytest.mark.parametrize("record", LISTINGS or _SKIP, ids=lambda r: r.get("file"))
@pytest.mark.parametrize("source", [by_recipe, without_recipe])
def test_list_is_read_with_and_without_a_recipe(record: dict[str, Any], source: Any) -> None:
    listing = read_list(page(record), source())
    assert keys(listing) == {entry["id"] for entry in record["entries"]}


@pytest.mark.parametrize("record", LISTINGS or _SKIP, ids=lambda r: r.get("file"))
def test_dates_of_a_list_are_right_wherever_there_are_any(record: dict[str, Any]) -> None:
    told = {e["id"]: e["date"] for e in record["entries"] if e.get("date")}
    for entry in read_list(page(record), by_recipe()).entries:
        found = _KEY.search(entry.url)
        if found and found[1] in told:
            assert entry.date is not None
            local = local_time(entry.date.value.at).isoformat()
            assert local.startswith(told[found[1]][:16])


@pytest.mark.parametrize("record", ARTICLES or _SKIP, ids=lambda r: r.get("file"))
@pytest.mark.parametrize("source", [by_recipe, without_recipe])
def test_article_is_read_with_and_without_a_recipe(record: dict[str, Any], source: Any) -> None:
    got = read(page(record), source(), entry=None, now=NOW)
    assert got.sighting is not None, got.refusal
    assert got.sighting.article.title == record["title"]
    assert got.sighting.article.body_text
