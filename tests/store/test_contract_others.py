"""What `store.base` promises of pages, sources, runs and the store itself, on both backends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from store.base import Store
from store.connect import open_store
from store.errors import StoreError
from store.model import Listed, SourceCard
from store.records import read, write
from tests.store.making import MORNING, article, card, note, page, run, sighting


def test_store_answers(store: Store) -> None:
    store.ping()


def test_closing_twice_does_nothing(reopen: Callable[[], Store]) -> None:
    store = reopen()
    store.close()
    store.close()


def test_store_that_is_not_there_is_not_made_unasked(address: str) -> None:
    with pytest.raises(StoreError, match=r"no store here .*TINSO_STORE"):
        open_store(address, create=False)


def test_store_that_is_there_is_opened_without_creating(
    store: Store, address: str, reopen: Callable[[], Store]
) -> None:
    store.keep([sighting()])
    again = open_store(address, create=False)
    assert again.get(article().id) == article()
    again.close()


# Pages


def test_page_comes_back_byte_for_byte(store: Store) -> None:
    kept = page(body=bytes(range(256)) * 100)
    store.keep_pages([kept])
    assert store.page(kept.article_id) == kept


def test_unknown_page_is_none(store: Store) -> None:
    assert store.page("no-such-id") is None


def test_newer_page_takes_the_place_of_the_older(store: Store) -> None:
    newer = page(body=b"new", fetched=MORNING + timedelta(days=1))
    store.keep_pages([page(body=b"old"), page(2)])
    store.keep_pages([newer])
    assert store.page(newer.article_id) == newer
    assert store.page(page(2).article_id) == page(2)


def test_older_page_does_not_take_the_place_of_the_newer(store: Store) -> None:
    newer = page(body=b"new", fetched=MORNING + timedelta(days=1))
    store.keep_pages([newer])
    store.keep_pages([page(body=b"old")])
    assert store.page(newer.article_id) == newer


def test_page_comes_back_with_what_told_of_it(store: Store) -> None:
    listed = Listed(
        url=article().url, title="Tin", published=MORNING, raw="20/11", rule="css:.ngay"
    )
    kept = page(headers={"x-generator": "Drupal 9"}, listed=listed)
    store.keep_pages([kept, page(2)])
    assert store.page(kept.article_id) == kept
    assert store.page(page(2).article_id) == page(2)


def test_pages_of_an_age_are_dropped_the_oldest_first_and_few_at_a_time(store: Store) -> None:
    pages = [page(n, fetched=MORNING + timedelta(days=n)) for n in range(1, 6)]
    store.keep_pages(pages)
    before = MORNING + timedelta(days=4)
    assert store.drop_pages(before, limit=2) == 2
    assert [store.page(one.article_id) is None for one in pages] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert store.drop_pages(before, limit=9) == 1
    assert store.drop_pages(before, limit=9) == store.drop_pages(MORNING, limit=9) == 0
    assert store.drop_pages(before + timedelta(days=9), limit=0) == 0
    assert store.page(pages[3].article_id) == pages[3]


# Sources


def test_sources_come_by_id_as_last_saved(store: Store) -> None:
    ministry = card(id="trung-uong/mic", province=None)
    for each in (ministry, card(checked=False), card()):
        store.save_source(each)
    assert store.sources() == [card(), ministry]


def test_what_a_source_lets_in_comes_back(store: Store) -> None:
    weak = card(weakened=("unverified-tls", "rendered"))
    store.save_source(weak)
    assert store.sources() == [weak]


def test_card_of_an_older_version_lets_nothing_in() -> None:
    older = {name: value for name, value in write(card()).items() if name != "weakened"}
    assert read(SourceCard, older) == card(weakened=())


def test_no_sources_at_first(store: Store) -> None:
    assert store.sources() == []


# Notes


def test_note_comes_back_as_it_was(store: Store) -> None:
    store.save_note(note())
    assert store.note(note().source, note().name) == note()
    assert store.note(note().source, "another") is None
    assert store.note("lai-chau/tttt", note().name) is None


def test_newer_note_takes_the_place_of_the_older_and_not_the_other_way(store: Store) -> None:
    newer = note(text="", at=MORNING + timedelta(hours=1))
    for each in (note(), newer, note()):
        store.save_note(each)
    assert store.note(newer.source, newer.name) == newer


# Runs


def test_run_comes_back_as_it_was(store: Store) -> None:
    kept = run(counters={"request/http.404": 2, "$odd": 1}, cause="dns", message="không tìm thấy")
    store.save_run(kept)
    assert store.run(kept.id) == kept


def test_unknown_run_is_none(store: Store) -> None:
    assert store.run("no-such-id") is None


def test_run_that_ends_replaces_the_running_one(store: Store) -> None:
    store.save_run(run(state="running", ended=None))
    store.save_run(run())
    assert store.run("run-1") == run()


def test_heartbeat_replaces_the_one_before(store: Store) -> None:
    store.save_run(run(state="running", heartbeat=MORNING))
    later = run(state="running", heartbeat=MORNING + timedelta(minutes=1))
    store.save_run(later)
    assert store.run("run-1") == later


def test_run_that_ended_is_not_reopened(store: Store) -> None:
    store.save_run(run())
    store.save_run(run(state="running", ended=None))
    assert store.run("run-1") == run()


def test_killed_run_may_turn_out_to_have_ended_well(store: Store) -> None:
    store.save_run(run(state="killed", ended=None))
    store.save_run(run())
    assert store.run("run-1") == run()


def test_runs_come_newest_first_ties_by_id(store: Store) -> None:
    tied = {"started": MORNING + timedelta(hours=9)}
    for each in (run(1), run(3, **tied), run(2, **tied), run(4, source="lai-chau/tttt")):
        store.save_run(each)
    assert [each.id for each in store.runs(limit=9)] == ["run-2", "run-3", "run-4", "run-1"]
    assert [each.id for each in store.runs("dien-bien/tttt", limit=2)] == ["run-2", "run-3"]
    assert store.runs("nobody/nowhere", limit=2) == []
    assert store.runs(limit=0) == []
