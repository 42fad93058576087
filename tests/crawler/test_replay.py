"""`tinso replay`: kept pages read again by today's rules, shown before anything is written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import reading
from crawler.config import Config
from crawler.extract.draft import Entry, Found, Moment
from crawler.extract.page import Page
from crawler.keeper import Keeper
from crawler.kept import keep_page, read_kept
from crawler.recipe import Recipe, Source
from crawler.replay import BATCH, replay, sources_to_replay
from crawler.screen_replay import show_replayed
from crawler.spool import Spool
from store.base import Selection, Store
from store.connect import open_store
from store.errors import WrongUse
from store.identity import Sighting
from store.model import VIETNAM, Article
from tests.crawler.sites import write_recipe

SITE = "http://so.example.vn"
ID = "dien-bien/thu"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
LISTED = datetime(2026, 11, 18, 9, 15, tzinfo=VIETNAM)


def source(article: str = r"/tin/(?P<key>\d+)\.html$", **select: str) -> Source:
    rules = {"title": "h1", "date": ".ngay", "body": ".khung"} | select
    recipe: dict[str, Any] = {"name": "Sở (thử)", "site": SITE, "listings": ["/"]}
    recipe |= {"article": article, "select": rules}
    return Source(ID, Recipe.model_validate(recipe))


def html(number: int, *, date: str = "19/11/2026 08:00") -> str:
    text = f"Sở tổ chức hội nghị chuyển đổi số lần thứ {number} tại xã Mường Thanh."
    return (
        f"<!doctype html><html lang=vi><h1>Hội nghị lần thứ {number}</h1>"
        f"<div class=ngay>{date}</div><div class=khung><div class=noidung><p>{text}</p></div>"
        f"<p>Mời xem chương trình khuyến mại {number} của nhà mạng.</p></div></html>"
    )


def page(number: int, body: str, **more: Any) -> Page:
    url = f"{SITE}/tin/{number}.html"
    return Page(url=url, body=body.encode(), content_type="text/html", fetched=NOW, **more)


def keep(store: Store, read: Source, shown: Page, *, entry: Entry | None = None) -> Article:
    found = reading.read(shown, read, entry=entry, now=NOW).sighting
    assert found is not None
    store.keep([found])
    store.keep_pages([keep_page(shown, found.article.id, entry, now=NOW)])
    stored = store.get(found.article.id)
    assert stored is not None
    return stored


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    store = open_store(config.store)
    store.save_source(source().card)
    yield store
    store.close()


def dumped(store: Store) -> list[Any]:
    return list(store.dump())


def test_the_same_rules_change_nothing(store: Store) -> None:
    for number in range(3):
        keep(store, source(), page(number, html(number)))
    before = dumped(store)
    done = replay(source(), store, write=True, now=LATER)
    assert (done.pages, done.same, done.changed, done.written) == (3, 3, 0, 0)
    assert dumped(store) == before


def test_better_rules_are_shown_first_and_written_when_asked(store: Store) -> None:
    old = [keep(store, source(), page(number, html(number))) for number in range(BATCH + 7)]
    before, mended = dumped(store), source(body=".noidung")
    done = replay(mended, store, write=False, now=LATER)
    assert (done.changed, done.written, done.fields) == (BATCH + 7, 0, {"body_html": BATCH + 7})
    assert len(done.samples) == 3
    assert "khuyến mại" in done.samples[0].old
    assert "khuyến mại" not in done.samples[0].new
    assert dumped(store) == before

    assert replay(mended, store, write=True, now=LATER).written == BATCH + 7
    for article in old:
        now = store.get(article.id)
        assert now is not None
        assert "khuyến mại" not in now.body_text
        assert (now.revision, now.updated, now.url) == (1, article.updated, article.url)
        assert now.changed == LATER
        assert store.revisions(article.id) == []
    assert store.version(Selection()).changed == LATER
    again = replay(mended, store, write=True, now=LATER + timedelta(days=1))
    assert (again.same, again.written) == (BATCH + 7, 0)


def test_what_only_the_list_told_stays(store: Store) -> None:
    date = Found(Moment(at=LISTED, precision="minute", raw="18/11/2026 09:15"), "css:.ngay")
    entry = Entry(url=f"{SITE}/tin/1.html", title="Hội nghị ở Mường Thanh", date=date)
    shown = page(1, html(1, date="").replace("<h1>Hội nghị lần thứ 1</h1>", ""))
    old = keep(store, source(), shown, entry=entry)
    assert (old.title, old.published_from) == ("Hội nghị ở Mường Thanh", "listing")
    assert replay(source(), store, write=True, now=LATER).same == 1

    kept = store.page(old.id)
    assert kept is not None
    store.keep_pages([replace(kept, listed=None)])  # as an older version kept it
    assert replay(source(), store, write=True, now=LATER).same == 1


def test_a_date_that_a_mended_rule_finds_on_the_page_is_taken(store: Store) -> None:
    shown = page(
        1, html(1).replace("<div class=noidung>", "<b class=that>17/11/2026</b><div class=noidung>")
    )
    keep(store, source(), shown)
    done = replay(source(date=".that"), store, write=True, now=LATER)
    assert done.fields["published"] == 1
    (now,) = store.newest(Selection(), limit=1)
    assert now.published == datetime(2026, 11, 17, tzinfo=VIETNAM)


def test_what_cannot_be_read_now_is_told_and_stays_as_it_was(store: Store) -> None:
    old = keep(store, source(), page(1, html(1)))
    kept = store.page(old.id)
    assert kept is not None
    store.keep_pages([replace(kept, body=b"<html><title>404 Not Found</title></html>")])
    done = replay(source(), store, write=True, now=LATER)
    assert (done.lost_count, done.lost[0].article_id) == (1, old.id)
    assert done.lost[0].reason in {"no-title", "no-article", "soft-404"}
    assert store.get(old.id) == old


def test_an_article_without_its_page_is_counted_and_left(store: Store) -> None:
    old = keep(store, source(), page(1, html(1)))
    store.drop_pages(LATER, limit=9)
    done = replay(source(body=".noidung"), store, write=True, now=LATER)
    assert (done.without_page, done.pages) == (1, 0)
    assert store.get(old.id) == old


def test_names_by_todays_rules_are_added_and_none_is_taken(store: Store) -> None:
    first, second = (keep(store, source(), page(n, html(n))) for n in (1, 2))
    newer = source(r"/(?P<key>tin)/\d+\.html$", body=".noidung")
    replay(newer, store, write=True, now=LATER)
    known = store.known([f"{ID} #tin", f"{ID} #1", f"{ID} #2"])
    assert (known[f"{ID} #1"], known[f"{ID} #2"]) == (first.id, second.id)
    assert known[f"{ID} #tin"] in {first.id, second.id}


def test_headers_that_tell_the_cms_are_kept_and_no_session(store: Store) -> None:
    headers = {"X-Generator": "Drupal 9", "Set-Cookie": "nv4_abc=SECRET; path=/", "Date": "x"}
    kept = keep_page(page(1, html(1), headers=headers), "id", None, now=NOW)
    assert kept.headers == {"x-generator": "Drupal 9", "set-cookie": "nv4_abc="}
    article = keep(store, source(), page(1, html(1)))
    generic = Source(ID, Recipe(name="Sở", site=SITE, listings=("/",)))
    assert read_kept(kept, article, generic).family == "drupal"


def test_other_rules_at_a_later_look_are_no_edit_of_the_publisher(
    store: Store, config: Config
) -> None:
    mended = source(body=".noidung")
    old = keep(store, source(), page(1, html(1)))
    edited = page(2, html(2))
    other = keep(store, source(), edited)

    async def look_again() -> None:
        keeper = Keeper(config.store, Spool(config.spool, most_bytes=1024))
        await keeper.open(ID)
        sightings, pages = [], []
        for shown in (page(1, html(1)), page(2, html(2).replace("chuyển đổi", "kinh tế"))):
            found = reading.read(shown, mended, entry=None, now=LATER).sighting
            assert isinstance(found, Sighting)
            sightings.append(found)
            pages.append(keep_page(shown, found.article.id, None, now=LATER))

        def again(kept: Any, article: Article) -> Article | None:
            found = read_kept(kept, article, mended).sighting
            return found.article if found else None

        await keeper.keep(sightings, pages, read_again=again)
        await keeper.close()

    asyncio.run(look_again())
    first, second = store.get(old.id), store.get(other.id)
    assert first is not None
    assert second is not None
    assert "khuyến mại" not in first.body_text
    assert (first.revision, second.revision) == (1, 2)


def test_a_source_that_was_never_crawled_is_told(
    store: Store, config: Config, recipes: Path
) -> None:
    write_recipe(recipes, SITE)
    write_recipe(recipes, SITE, source="lai-chau/thu")
    assert [one.id for one in sources_to_replay([], store, config)] == [ID]
    with pytest.raises(WrongUse, match="never crawled"):
        sources_to_replay(["lai-chau/thu"], store, config)
    with pytest.raises(WrongUse, match="did you mean"):
        sources_to_replay(["dien-bien/tuu"], store, config)


def test_the_screen_and_a_program_are_told_alike(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(store, source(), page(1, html(1)))
    done = replay(source(body=".noidung"), store, write=False, now=LATER)
    show_replayed([done], write=False)
    told = capsys.readouterr().out
    assert "body_html: 1 bài / articles" in told
    assert "Chưa ghi gì" in told
    shown = json.loads(json.dumps(done.shown()))
    assert (shown["changed"], shown["fields"]) == (1, {"body_html": 1})
    assert shown["samples"][0]["field"] == "body_html"


def test_a_setting_that_is_no_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINSO_KEEP_PAGES_DAYS", "lâu")
    with pytest.raises(WrongUse, match="TINSO_KEEP_PAGES_DAYS is 'lâu'"):
        Config()
