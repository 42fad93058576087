from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract.draft import Entry, Listing, NextPage
from crawler.list_note import ListNote, read_note, write_note
from crawler.list_order import Order
from crawler.walk import (
    MOST_NEW,
    MOST_PAGES,
    ListPlan,
    ListWalk,
    Walk,
    begin_list,
    is_due_again,
    is_past_the_end,
    list_note,
    plan_list,
)
from store.model import Note

LIST = "https://a.vn/tin/"
SEEN = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ENDED = SEEN + timedelta(hours=1)
"""Of the last complete walk."""


def entries(*numbers: int) -> tuple[Entry, ...]:
    return tuple(Entry(url=f"https://a.vn/tin-{n}.html", title=f"Tin {n}") for n in numbers)


def plan(
    found: tuple[Entry, ...],
    *,
    known: tuple[Entry, ...] = (),
    due: tuple[Entry, ...] = (),
    first_seen: datetime = SEEN,
    walk: Walk | None = None,
    of: ListWalk | None = None,
    stop_early: bool = False,
    full: bool = False,
    next_url: str | None = "https://a.vn/page-2/",
) -> ListPlan:
    return plan_list(
        Listing(
            entries=found,
            next_page=NextPage(next_url) if next_url else None,
            rows=len(found),
            rule="li",
        ),
        url=LIST,
        of=of or ListWalk(url=LIST, since=ENDED if stop_early else None),
        known=dict.fromkeys(known, first_seen),
        due=due,
        names={entry: (entry.url,) for entry in found},
        key_of=lambda url: url.rpartition("-")[2].removesuffix(".html"),
        walk=walk or Walk(),
        full=full,
    )


def test_unknown_articles_are_read_and_the_next_page_asked_for() -> None:
    found = entries(3, 2, 1)
    made = plan(found)
    assert (made.read, made.audit, made.known) == (found, frozenset(found[:1]), 0)
    assert made.next_page == NextPage("https://a.vn/page-2/")
    assert not made.ended


def test_the_first_new_article_of_a_crawl_and_one_in_fifty_after_it_are_audited() -> None:
    walk = Walk()
    old = entries(*range(1000, 990, -1))
    pages = [(*old, *entries(*range(start, start - 20, -1))) for start in (900, 800, 700)]
    audited = [plan(page, known=old, walk=walk).audit for page in pages]
    assert audited == [frozenset(entries(900)), frozenset(), frozenset(entries(690))]


def test_known_articles_that_are_looked_at_again_are_not_audited() -> None:
    found = entries(3, 2, 1)
    assert plan(found, known=found, due=found).audit == frozenset()


def test_known_articles_are_read_again_when_they_are_due_for_it() -> None:
    found = entries(*range(20, 0, -1))
    assert plan(found, known=found, due=found[3:5]).read == found[3:5]


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("20 02:05", "20 03:59", False),
        ("20 02:05", "20 04:00", True),
        ("20 04:00", "20 23:00", False),
        ("20 23:00", "21 02:00", True),
        ("20 03:00", "29 00:00", True),
        ("21 02:00", "26 02:00", False),
        ("28 00:00", "29 00:00", False),
    ],
)
def test_an_article_is_due_again_hours_a_day_a_week_and_a_month_after_it_was_first_seen(
    last: str, now: str, due: bool
) -> None:
    since, moment = (
        datetime.strptime(f"2026-11-{text} +0000", "%Y-%m-%d %H:%M %z") for text in (last, now)
    )
    assert is_due_again(SEEN, since=since, now=moment) is due


def test_while_no_walk_was_complete_an_article_read_just_now_is_not_due_again() -> None:
    assert not is_due_again(SEEN, since=None, now=SEEN + timedelta(minutes=5))
    assert is_due_again(SEEN, since=None, now=SEEN + timedelta(hours=3))


def test_a_full_walk_reads_known_articles_too() -> None:
    found = entries(*range(20, 0, -1))
    assert plan(found, known=found, full=True).read == found


def test_a_walk_after_a_complete_one_stops_where_everything_is_known() -> None:
    found = entries(3, 2, 1)
    assert plan(found, known=found, stop_early=True).next_page is None


def test_a_walk_after_a_broken_one_goes_on_through_known_ground() -> None:
    found = entries(3, 2, 1)
    assert plan(found, known=found, stop_early=False).next_page is not None


def test_one_unknown_article_keeps_the_walk_going() -> None:
    found = entries(3, 2, 1)
    assert plan(found, known=found[:2], stop_early=True).next_page is not None


def test_an_article_that_another_list_named_is_read_once() -> None:
    walk = Walk()
    plan(entries(3, 2, 1), walk=walk)
    assert plan(entries(4, 3), walk=walk).read == entries(4)


def test_what_a_killed_crawl_left_behind_its_first_page_is_still_found() -> None:
    found = entries(3, 2, 1)
    since_then = ENDED + timedelta(minutes=1)
    assert plan(found, known=found, first_seen=since_then, stop_early=True).next_page is not None


def test_a_list_that_repeats_another_one_ends_where_that_is_known_ground() -> None:
    walk = Walk()
    first, second = entries(5, 4, 3), entries(5, 3, 2)
    plan(first, known=first[1:], walk=walk, stop_early=True)
    assert plan(second, known=second[1:], walk=walk, stop_early=True).next_page is None
    assert plan(entries(5), walk=walk, stop_early=True).next_page is not None


def test_a_list_that_another_one_covers_is_walked_to_its_own_end() -> None:
    walk = Walk()
    plan(entries(3, 2, 1), walk=walk)
    made = plan(entries(3, 2, 1), walk=walk)
    assert (made.read, made.next_page is None) == ((), False)


def test_an_article_under_two_addresses_of_one_page_is_read_once() -> None:
    one, other = entries(1, 2)
    made = plan_list(
        Listing(entries=(one, other), next_page=None, rows=2, rule="li"),
        url=LIST,
        of=ListWalk(url=LIST),
        known={},
        due=(),
        names={one: ("s #1", "s a"), other: ("s #1", "s b")},
        key_of=lambda _: None,
        walk=Walk(),
    )
    assert made.read == (one,)


def test_paging_that_answers_the_same_page_again_ends() -> None:
    walk = Walk()
    first = plan(entries(3, 2, 1), walk=walk)
    again = plan(entries(3, 2, 1), walk=walk, of=first.after)
    assert (again.next_page, again.ended) == (None, True)
    assert again.after.tail == LIST


def test_paging_without_end_is_left_and_said() -> None:
    walk = Walk(pages=MOST_PAGES - 1)
    made = plan(entries(1), walk=walk)
    assert (made.next_page, made.ended) == (None, False)
    assert walk.cut


def noted(order: Order, tail: str | None = "https://a.vn/tin/?trang=9", days: int = 1) -> Note:
    told = ListNote(order=order, tail=tail, at=ENDED - timedelta(days=days))
    return write_note(told, "s", LIST, now=ENDED)


@pytest.mark.parametrize(
    ("note", "start"),
    [
        (noted("oldest"), "https://a.vn/tin/?trang=9"),
        (noted("oldest", days=8), LIST),
        (noted("oldest", tail=None), LIST),
        (noted("newest"), LIST),
        (noted("mixed"), LIST),
        (None, LIST),
        (Note(source="s", name="list x", at=ENDED, text='{"order": "up"}'), LIST),
        (Note(source="s", name="list x", at=ENDED, text="không phải JSON"), LIST),
    ],
)
def test_a_list_that_shows_the_oldest_first_is_begun_at_its_end(
    note: Note | None, start: str
) -> None:
    assert begin_list(LIST, note, since=ENDED, now=ENDED).start == start
    assert begin_list(LIST, note, since=None, now=ENDED).start == LIST


@pytest.mark.parametrize(
    ("order", "stops"), [("newest", True), ("unknown", True), ("oldest", False), ("mixed", False)]
)
def test_only_a_list_with_its_news_in_front_is_left_on_known_ground(
    order: Order, stops: bool
) -> None:
    found = entries(9, 8, 7, 6)
    of = begin_list(LIST, noted(order, tail=LIST), since=ENDED, now=ENDED)
    assert (plan(found, known=found, of=of).next_page is None) is stops


def test_a_list_that_was_turned_round_is_not_left_on_its_first_page() -> None:
    found = entries(1, 2, 3, 4, 5)
    of = begin_list(LIST, noted("newest"), since=ENDED, now=ENDED)
    assert plan(found, known=found, of=of).next_page is not None


def test_a_note_is_left_once_and_read_as_it_was_written() -> None:
    after = plan(entries(1, 2, 3, 4, 5), next_url=None).after
    note = list_note(after, "s", now=ENDED)
    assert note is not None
    assert read_note(note) == ListNote(order="oldest", tail=LIST, at=ENDED)
    newest = plan(entries(5, 4, 3, 2, 1), next_url=None).after
    note = list_note(newest, "s", now=ENDED)
    again = begin_list(LIST, note, since=None, now=ENDED)
    made = plan(entries(5, 4, 3, 2, 1), of=again, next_url=None)
    assert list_note(made.after, "s", now=ENDED + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("pages", "cause", "is_end"),
    [
        ((20, 20), "http-404", True),
        ((20, 20), "http-410", True),
        ((), "http-404", False),
        ((20, 20, 3), "http-500", True),
        ((20, 20), "http-500", False),
        ((20, 18), "http-502", False),
        ((20, 3), "timeout", False),
    ],
)
def test_a_site_that_fails_behind_a_short_page_has_come_to_the_list_s_end(
    pages: tuple[int, ...], cause: str, is_end: bool
) -> None:
    of = ListWalk(url=LIST)
    for page, count in enumerate(pages):
        of = plan(entries(*range(100 * page, 100 * page + count)), of=of).after
    assert is_past_the_end(of, cause, "https://a.vn/tin/?trang=9") is is_end


def test_a_site_that_fails_at_the_same_page_again_has_come_to_the_list_s_end() -> None:
    of = plan(entries(3, 2, 1)).after
    note = list_note(of, "s", now=ENDED, broke_at="https://a.vn/tin/?trang=2")
    again = plan(entries(3, 2, 1), of=begin_list(LIST, note, since=None, now=ENDED)).after
    assert is_past_the_end(again, "http-500", "https://a.vn/tin/?trang=2")
    assert not is_past_the_end(again, "http-500", "https://a.vn/tin/?trang=3")


def test_a_page_of_thousands_of_links_is_read_in_part_and_the_next_crawl_goes_on() -> None:
    found, walk = entries(*range(2 * MOST_NEW, 0, -1)), Walk()
    made = plan(found, walk=walk)
    assert (made.read, made.left, made.next_page) == (found[:MOST_NEW], MOST_NEW, None)
    assert walk.cut
    after = plan(found, known=made.read, walk=Walk())
    assert (after.read, after.left) == (found[MOST_NEW:], 0)
