"""When an offer may stand in for a list, and when not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import pytest

from crawler.discovery.proof import State, Verdict, prove, reaches_back
from crawler.extract.draft import Listing
from tests.discovery.making import SITE, day, entry, listing


def proved(offered: Listing, listed: Listing, kept: Mapping[int, int] | None = None) -> Verdict:
    """Compare; `kept` is number of an article → day of November on which it was published."""
    dates: dict[str, datetime] = {
        entry(number).url: day(date) for number, date in (kept or {}).items()
    }
    return prove(offered, listed, name=lambda url: url, kept=dates)


def dated(days: Iterable[int]) -> Listing:
    """List an article a day, which has the day's number."""
    return listing(entry(number, dated=number) for number in days)


def undated(numbers: Iterable[int]) -> Listing:
    return listing(entry(number) for number in numbers)


def test_a_feed_that_names_the_whole_list_is_fresh() -> None:
    got = proved(dated([20, 19, 18, 17]), dated([20, 19, 18]))
    assert (got.state, got.fresh, got.shared, got.missing) == ("fresh", True, 3, ())


def test_a_short_feed_is_fresh_as_far_as_it_reaches_back() -> None:
    assert proved(dated([20, 19, 18]), dated(range(20, 1, -1))).fresh
    assert proved(undated([20, 19, 18]), undated(range(20, 1, -1))).fresh


def test_a_feed_that_is_ahead_of_a_cached_list_is_fresh() -> None:
    assert proved(dated([21, 20, 19]), dated([20, 19])).fresh


def test_a_pinned_old_article_need_not_be_in_the_feed() -> None:
    assert proved(dated([20, 19, 18]), dated([3, 20, 19, 18])).fresh
    pinned = undated([3, 20, 19, 18])
    assert proved(undated([20, 19, 18]), pinned).state == "stale"
    assert proved(undated([20, 19, 18]), pinned, kept={3: 3, 20: 20, 19: 19, 18: 18}).fresh


def test_what_the_store_knows_dates_a_list_without_dates() -> None:
    kept = {number: number for number in range(1, 21)}
    other_section = undated([20, 15, 19, 10])
    assert proved(undated([20, 19, 18, 5]), other_section, kept=kept).state == "partial"


def no_feed() -> tuple[Listing, Listing]:
    return listing((), rule=None), dated([20])


def an_empty_feed() -> tuple[Listing, Listing]:
    return listing(()), dated([20])


def links_elsewhere() -> tuple[Listing, Listing]:
    return listing((), rows=20), dated([20])


def nothing_to_compare_with() -> tuple[Listing, Listing]:
    return dated([20, 19]), listing(())


def another_section() -> tuple[Listing, Listing]:
    return undated([31, 30, 29]), undated([20, 19])


def a_quiet_section_that_the_feed_may_never_name() -> tuple[Listing, Listing]:
    return dated([20, 19, 18]), dated([5, 4])


def one_left_out() -> tuple[Listing, Listing]:
    return dated([20, 18, 15, 14]), dated([20, 18, 17, 15])


def one_left_out_undated() -> tuple[Listing, Listing]:
    return undated([20, 18, 15]), undated([20, 18, 17, 15])


def forgotten_for_months() -> tuple[Listing, Listing]:
    return dated([3, 2, 1]), dated([20, 19])


def newest_missing() -> tuple[Listing, Listing]:
    return dated([18, 17, 16]), dated([20, 19, 18])


def newest_missing_undated() -> tuple[Listing, Listing]:
    return undated([18, 17, 16]), undated([20, 19, 18])


@pytest.mark.parametrize(
    ("situation", "state", "told"),
    [
        (no_feed, "broken", "not of its kind"),
        (an_empty_feed, "broken", "names nothing"),
        (links_elsewhere, "foreign", "none of its 20 links"),
        (nothing_to_compare_with, "partial", "nothing to compare"),
        (another_section, "partial", "no article of the list"),
        (a_quiet_section_that_the_feed_may_never_name, "partial", "no article of the list"),
        (one_left_out, "partial", "leaves out 1"),
        (one_left_out_undated, "partial", "leaves out 1"),
        (forgotten_for_months, "stale", "03/11/2026"),
        (newest_missing, "stale", "18/11/2026"),
        (newest_missing_undated, "stale", "newest 2 articles"),
    ],
)
def test_an_offer_that_may_not_stand_in_says_why(
    situation: object, state: State, told: str
) -> None:
    assert callable(situation)
    got = proved(*situation())
    assert (got.state, got.fresh) == (state, False)
    assert told in got.reason


def test_what_is_missing_is_named() -> None:
    assert proved(*one_left_out()).missing == (f"{SITE}/tin/bai-17.html",)


def test_articles_are_compared_by_name_not_by_address() -> None:
    def number(url: str) -> str:
        return url.partition("bai-")[2]

    moved = listing([entry(20), entry(19)])
    listed = listing(entry(n) for n in (20, 19))
    other = tuple(e.url.replace("/tin/", "/tin/muc-khac/") for e in moved.entries)
    offered = listing(
        type(e)(url=url, title=None) for e, url in zip(moved.entries, other, strict=True)
    )
    assert prove(offered, listed, name=number, kept={}).fresh


def test_a_feed_reaches_back_where_it_names_something_known() -> None:
    feed = undated([20, 19, 18])
    assert reaches_back(feed, {entry(18)})
    assert not reaches_back(feed, {entry(17)})
    assert not reaches_back(feed, ())


def test_a_pinned_article_does_not_make_a_feed_reach_back() -> None:
    feed = undated([3, *range(60, 45, -1)])
    assert not reaches_back(feed, {entry(3)})
    assert reaches_back(feed, {entry(number) for number in (3, 46, 47, 48)})
