from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract.draft import Entry, Listing, NextPage
from crawler.walk import MOST_PAGES, ListPlan, Walk, is_due_again, plan_list


def entries(*numbers: int) -> tuple[Entry, ...]:
    return tuple(Entry(url=f"https://a.vn/tin-{n}.html", title=f"Tin {n}") for n in numbers)


def plan(
    found: tuple[Entry, ...],
    *,
    known: tuple[Entry, ...] = (),
    due: tuple[Entry, ...] = (),
    walk: Walk | None = None,
    first: bool = True,
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
        known=known,
        due=due,
        names={entry: (entry.url,) for entry in found},
        walk=walk or Walk(),
        first=first,
        stop_early=stop_early,
        full=full,
    )


def test_unknown_articles_are_read_and_the_next_page_asked_for() -> None:
    found = entries(3, 2, 1)
    assert plan(found) == ListPlan(
        read=found,
        audit=frozenset(found[:1]),
        next_page=NextPage("https://a.vn/page-2/"),
        known=0,
    )


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


SEEN = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


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


def test_paging_that_answers_the_same_page_again_ends() -> None:
    walk = Walk()
    plan(entries(3, 2, 1), walk=walk)
    assert plan(entries(3, 2, 1), walk=walk, first=False).next_page is None


def test_paging_without_end_is_left_and_said() -> None:
    walk = Walk(pages=MOST_PAGES - 1)
    assert plan(entries(1), walk=walk, first=False).next_page is None
    assert walk.cut
