"""`tinso history`: an article's versions, by its id or an address, on the screen and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.history import history_of
from crawler.screen_history import show_history
from store.base import Store
from store.connect import open_store
from store.errors import WrongUse
from store.identity import Sighting
from store.model import Attachment
from store.names import aliases_of, mint
from tests.crawler.sites import write_recipe
from tests.store.making import MORNING, article

SOURCE = "dien-bien/thu"
URL = "http://so.example.vn/tin/12.html"
NAMES = aliases_of(SOURCE, key="12", url=URL)
FILE = Attachment(url="http://so.example.vn/a.pdf", title="Kế hoạch")


@pytest.fixture
def store(config: Config, recipes: Path) -> Iterator[Store]:
    write_recipe(recipes, "http://so.example.vn")
    store = open_store(config.store)
    for days, text in enumerate(("có 120 người dự", "có 125 người dự")):
        made = article(
            id=mint(SOURCE, "12"),
            source=SOURCE,
            url=URL,
            body_html=f"<p>Hội nghị {text}.</p><p>Đoạn cuối.</p>",
            attachments=(FILE,) * days,
            changed=MORNING + timedelta(days=days),
        )
        store.keep([Sighting(article=made, aliases=NAMES)])
    yield store
    store.close()


@pytest.mark.parametrize(
    "what",
    [
        mint(SOURCE, "12"),
        f"urn:uuid:{mint(SOURCE, '12')}",
        URL,
        "https://www.so.example.vn/tin/12.html?utm_source=x#cuoi",
        "http://so.example.vn/muc-khac/tin/12.html",
    ],
)
def test_an_article_is_found_by_its_id_and_by_its_addresses(
    what: str, store: Store, config: Config
) -> None:
    assert history_of(what, store, config).article.url == URL


@pytest.mark.parametrize("what", ["12", mint(SOURCE, "13"), "http://so.example.vn/tin/13.html"])
def test_what_names_no_article_is_told_with_the_way_to_name_one(
    what: str, store: Store, config: Config
) -> None:
    with pytest.raises(WrongUse, match=r"is no article that is stored .*urn:uuid:"):
        history_of(what, store, config)


def test_the_screen_shows_each_version_and_its_words(
    store: Store, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    show_history(history_of(URL, store, config))
    told = capsys.readouterr().out
    assert "Bản / version 2: 21/11/2026 09:15" in told
    assert "Hội nghị có [-120-]{+125+} người dự." in told
    assert "… 2 chữ như cũ / words as before …" in told
    assert "{+Kế hoạch (/a.pdf)+}" in told


def test_a_program_gets_versions_and_pieces(store: Store, config: Config) -> None:
    told = json.loads(json.dumps(history_of(URL, store, config).shown()))
    first, second = told["versions"]
    assert (first["revision"], first["changes"], first["attachments"]) == (1, [], [])
    assert [change["part"] for change in second["changes"]] == ["body", "attachments"]
    assert {"kind": "gone", "text": "120", "words": 0} in second["changes"][0]["passages"][0]
    assert second["since"] == "2026-11-21T09:15:00+07:00"
