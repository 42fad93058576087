"""Feeds, sitemaps and posts of a running NukeViet 4.5 and WordPress 6.1, against their lists."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.discovery.kinds import KINDS, KindName
from crawler.discovery.proof import prove
from crawler.extract.draft import Listing
from crawler.extract.page import Page
from crawler.reading import read_list
from crawler.recipe import Recipe, Source
from store.model import VIETNAM
from store.names import aliases_of
from tests.shared.conftest import BASES, PAGES, cases

FEEDS = cases("expected_feeds.jsonl")
OFFERS: list[tuple[KindName, str, str, str]] = [
    ("feed", "nukeviet", "rss.xml", "fresh"),
    ("sitemap", "nukeviet", "sitemap_news.xml", "fresh"),
    ("feed", "nukeviet", "rss_chuyen-doi-so.xml", "stale"),
    ("feed", "wordpress", "rss.xml", "fresh"),
    ("feed", "wordpress", "atom.xml", "fresh"),
    ("posts", "wordpress", "api_posts.json", "fresh"),
    ("sitemap", "wordpress", "sitemap_posts.xml", "fresh"),
    ("feed", "wordpress", "rss_chuyen-doi-so.xml", "stale"),
]

TYPED = str.maketrans("“”–", '""-')
"""WordPress shows other quotes and dashes than its writers typed."""


def source(cms: str) -> Source:
    return Source("dien-bien/thu", Recipe(name="Sở", site=BASES[cms], listings=("/",), family=cms))


def offered(cms: str, kind: KindName, file: str) -> Listing:
    path = PAGES / "cms" / cms / file
    if not path.is_file():
        pytest.skip(f"no saved pages at {PAGES}")
    made = source(cms)
    return KINDS[kind].read(
        path.read_bytes(), f"{BASES[cms]}/{file}", is_article=made.is_article, family=made.family
    )


@pytest.mark.parametrize(("cms", "record"), FEEDS)
def test_a_feed_is_read_entry_by_entry(cms: str, record: dict[str, Any]) -> None:
    got = offered(cms, "feed", record["file"])
    assert [entry.url for entry in got.entries] == [
        BASES[cms] + item["url"] for item in record["items"]
    ]
    for entry, item in zip(got.entries, record["items"], strict=True):
        assert entry.title is not None
        assert entry.title.translate(TYPED) == item["title"].translate(TYPED)
        assert entry.date is not None
        at, truth = entry.date.value, datetime.fromisoformat(item["published"])
        if at.precision == "day":
            assert at.at.astimezone(VIETNAM).date() == truth.date()
        else:
            assert abs(at.at - truth) < timedelta(minutes=1)


@pytest.mark.parametrize(("kind", "cms", "file", "state"), OFFERS)
def test_an_offer_is_proved_by_the_list(kind: KindName, cms: str, file: str, state: str) -> None:
    name = "list_tin-tuc-su-kien_p1.html"
    got = offered(cms, kind, file)
    page = Page(url=f"{BASES[cms]}/tin/", body=(PAGES / "cms" / cms / name).read_bytes())

    def named(url: str) -> str:
        made = source(cms)
        return aliases_of(made.id, key=made.key_of(url), url=url)[0]

    verdict = prove(got, read_list(page, source(cms)), name=named, kept={})
    assert verdict.state == state, verdict
