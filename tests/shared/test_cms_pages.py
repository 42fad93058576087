"""Articles and lists of a running NukeViet 4.5 and WordPress 6.1, field by field."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.extract.page import Page
from crawler.reading import Reading, read, read_list, recognise
from crawler.recipe import Recipe, Source
from store.model import Article
from tests.shared.conftest import BASES, PAGES, cases

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ARTICLES = cases("expected.jsonl")
LISTINGS = cases("expected_listing.jsonl")


def source(cms: str) -> Source:
    return Source("dien-bien/thu", Recipe(name="Sở", site=BASES[cms], listings=("/",), family=cms))


def page(cms: str, record: dict[str, Any]) -> Page:
    body = (PAGES / "cms" / cms / record["file"]).read_bytes()
    return Page(url=BASES[cms] + record["url"], body=body, content_type="text/html; charset=utf-8")


def reading(cms: str, record: dict[str, Any]) -> Reading:
    return read(page(cms, record), source(cms), entry=None, now=NOW)


def article(cms: str, record: dict[str, Any]) -> Article:
    got = reading(cms, record)
    assert got.sighting is not None, got.refusal
    return got.sighting.article


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def on_site(cms: str, url: str) -> str:
    return url if url.startswith("http") else BASES[cms] + url


@pytest.mark.parametrize(("cms", "record"), ARTICLES)
def test_title_address_and_rubric_are_exact(cms: str, record: dict[str, Any]) -> None:
    got = article(cms, record)
    assert got.title == folded(record["title"])
    assert got.url == BASES[cms] + record["url"]
    assert got.section == record["category"]


@pytest.mark.parametrize(("cms", "record"), ARTICLES)
def test_date_is_exact_to_the_minute_and_from_the_page(cms: str, record: dict[str, Any]) -> None:
    got = article(cms, record)
    assert got.published.replace(second=0) == datetime.fromisoformat(record["published"])
    assert (got.published_from, got.published_precision) == ("page", "minute")


@pytest.mark.parametrize(("cms", "record"), ARTICLES)
def test_author_and_source_are_exact(cms: str, record: dict[str, Any]) -> None:
    got = article(cms, record)
    assert got.byline == (record["author"] or None)
    assert got.source_credit == (record["source"] or None if cms == "nukeviet" else None)
    assert got.organisation is None


@pytest.mark.parametrize(("cms", "record"), ARTICLES)
def test_body_is_exact(cms: str, record: dict[str, Any]) -> None:
    got = article(cms, record)
    assert folded(got.body_text) == folded(record["body_text"])
    running = [b["text"] for b in record["body_blocks"] if b["kind"] in {"p", "li", "sign"}]
    assert got.body_text.split("\n\n") == [folded(text) for text in running] or not running


@pytest.mark.parametrize(("cms", "record"), ARTICLES)
def test_pictures_captions_and_files_are_found(cms: str, record: dict[str, Any]) -> None:
    got = article(cms, record)
    told = [record["lead_image"], *record["images"]]
    pictures = {on_site(cms, url) for url in told if url and not url.startswith("data:")}
    captions = {b["text"] for b in record["body_blocks"] if b["kind"] == "caption"}
    assert {image.url for image in got.images} == pictures
    assert captions <= {image.caption for image in got.images}
    assert [(file.url, file.title) for file in got.attachments] == [
        (on_site(cms, file["href"]), file["name"]) for file in record["attachments"]
    ]


@pytest.mark.parametrize(("cms", "record"), ARTICLES)
def test_family_is_recognised(cms: str, record: dict[str, Any]) -> None:
    family, evidence = recognise(page(cms, record))
    assert family.name == cms
    assert len(evidence) > 1


@pytest.mark.parametrize(("cms", "record"), LISTINGS)
def test_list_has_these_entries_and_no_others(cms: str, record: dict[str, Any]) -> None:
    listing = read_list(page(cms, record), source(cms))
    assert [
        (entry.url, entry.title, entry.date and entry.date.value.at) for entry in listing.entries
    ] == [
        (
            on_site(cms, item["url"]),
            folded(item["title"]),
            datetime.fromisoformat(item["published"]),
        )
        for item in record["items"]
    ]
    assert listing.rows == len(record["items"])


@pytest.mark.parametrize(("cms", "record"), LISTINGS)
def test_next_page_and_leads_are_found(cms: str, record: dict[str, Any]) -> None:
    listing = read_list(page(cms, record), source(cms))
    assert listing.next_url == (BASES[cms] + record["next"] if record["next"] else None)
    leads = [(entry.summary or "").replace("–", "-") for entry in listing.entries]
    assert leads == [folded(item["summary"]).replace("–", "-") for item in record["items"]]


PHONE = [
    record
    for record in ARTICLES
    if record.values[0] == "nukeviet"
    and record.values[1]["file"] in {"art_004.html", "art_018.html"}
]


@pytest.mark.parametrize(("cms", "record"), PHONE)
def test_phone_theme_gives_the_same_article(cms: str, record: dict[str, Any]) -> None:
    desk = article(cms, record)
    phone = article(cms, {**record, "file": f"mobile_{record['file']}"})
    for name in ("id", "title", "published", "byline", "source_credit", "section", "summary"):
        assert getattr(phone, name) == getattr(desk, name), name
    assert phone.body_text == desk.body_text
    assert phone.content_hash == desk.content_hash
