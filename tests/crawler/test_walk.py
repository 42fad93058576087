from __future__ import annotations

from crawler.extract.draft import Entry, Listing, NextPage
from crawler.walk import LOOK_AGAIN, MOST_PAGES, ListPlan, Walk, plan_list


def entries(*numbers: int) -> tuple[Entry, ...]:
    return tuple(Entry(url=f"https://a.vn/tin-{n}.html", title=f"Tin {n}") for n in numbers)


def plan(
    found: tuple[Entry, ...],
    *,
    known: tuple[Entry, ...] = (),
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
    assert plan(found, known=found).audit == frozenset()


def test_known_articles_behind_the_newest_are_not_read_again() -> None:
    found = entries(*range(20, 0, -1))
    assert plan(found, known=found).read == found[:LOOK_AGAIN]


def test_known_articles_of_a_later_page_are_not_read_again() -> None:
    found = entries(3, 2, 1)
    assert plan(found, known=found, first=False).read == ()


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
