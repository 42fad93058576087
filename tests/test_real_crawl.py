"""Saved pages of real systems, served on loopback as the sites that they were, and crawled.

The pages lie beside the project and are no part of it; without them this is skipped.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from crawler.config import Config
from crawler.round import Listener, Round, crawl_round
from store.base import Selection
from store.connect import open_store
from store.model import Article, Run
from store.shown import shown
from tests.crawler.sites import Answer, Site

PAGES = Path(__file__).parent.parent.parent / "shared" / "pages" / "cms"

pytestmark = pytest.mark.skipif(
    not PAGES.is_dir(), reason="the saved pages are not beside the project"
)

RECIPES = {
    "nukeviet": """\
name = "Sở Thông tin và Truyền thông tỉnh Điện Biên"
site = "http://127.0.0.1:8801"
family = "nukeviet"
listings = ["/vi/news/tin-tuc-su-kien/", "/vi/news/chuyen-doi-so/"]
pace = { delay_seconds = 0.005 }
""",
    "wordpress": """\
name = "Sở Khoa học và Công nghệ tỉnh Điện Biên"
site = "http://127.0.0.1:8802"
family = "wordpress"
listings = ["/chuyen-muc/tin-tuc-su-kien", "/chuyen-muc/chuyen-doi-so"]
pace = { delay_seconds = 0.005 }
""",
}


def lines(cms: str, name: str) -> list[dict[str, Any]]:
    text = (PAGES / cms / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def served(cms: str) -> Site:
    index = json.loads((PAGES / cms / "index.json").read_text(encoding="utf-8"))
    routes: dict[str, Answer] = {}
    for page in index["files"]:
        if "url" not in page or page["file"].startswith("mobile_"):
            continue
        body = (PAGES / cms / page["file"]).read_bytes()
        routes.setdefault(page["url"], Answer(body, content_type=page["content_type"]))
    port = int(index["base_url"].rpartition(":")[2])
    found = {path: answer for path, answer in routes.items() if "?" not in path}
    for _ in range(600):  # another worker of the test run may be this site at the moment
        try:
            return Site(found, port=port)
        except OSError:
            threading.Event().wait(0.1)
    return Site(found, port=port)


def fold(text: str | None) -> str:
    return " ".join(normalize("NFC", text or "").split())


@pytest.fixture(scope="module", params=list(RECIPES))
def crawled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Run, list[Article]]:
    cms: str = request.param
    home = tmp_path_factory.mktemp(cms)
    recipe = home / "sources" / "dien-bien" / "thu.toml"
    recipe.parent.mkdir(parents=True)
    recipe.write_text(RECIPES[cms], encoding="utf-8")
    assert len(RECIPES[cms].splitlines()) <= 8
    config = Config(home=home, store=str(home / "a.db"), sources=str(home / "sources"))
    with served(cms).running():
        (run,) = crawl_round(Round(sources=["dien-bien/thu"], config=config), Listener())
    store = open_store(config.store)
    articles = store.newest(Selection(), limit=500)
    store.close()
    return cms, run, articles


def wanted(cms: str) -> dict[str, dict[str, Any]]:
    listed = {
        item["url"] for page in lines(cms, "expected_listing.jsonl") for item in page["items"]
    }
    return {one["url"]: one for one in lines(cms, "expected.jsonl") if one["url"] in listed}


def test_every_listed_article_that_has_a_page_is_stored_once(
    crawled: tuple[str, Run, list[Article]],
) -> None:
    cms, run, articles = crawled
    base = RECIPES[cms].split('site = "')[1].split('"')[0]
    assert sorted(a.url for a in articles) == sorted(base + url for url in wanted(cms))
    assert run.state == "partial", "articles whose pages were not saved answer 404"
    assert run.cause == "http-404"


FIELDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "title": lambda truth: truth["title"],
    "published": lambda truth: truth["published"],
    "published_precision": lambda _: "minute",
    "byline": lambda truth: truth["author"],
    "source_credit": lambda truth: truth["source"],
    "section": lambda truth: truth["category"],
    "body_text": lambda truth: truth["body_text"],
}


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_equals_the_truth(crawled: tuple[str, Run, list[Article]], field: str) -> None:
    cms, _, articles = crawled
    found = {a.url.partition("//")[2].partition("/")[2]: shown(a)[field] for a in articles}
    truth = {url.lstrip("/"): FIELDS[field](one) for url, one in wanted(cms).items()}
    assert {url: fold(value) for url, value in found.items()} == {
        url: fold(value) for url, value in truth.items()
    }
