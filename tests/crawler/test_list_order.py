"""How a list is ordered, by its dates or its numbers, with or without pinned entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract.draft import Entry, Found, Moment
from crawler.list_order import Order, Trend, followed

START = datetime(2026, 1, 1, 2, 0, tzinfo=UTC)


def dated(*days: float) -> list[Entry]:
    return [
        Entry(
            url=f"https://a.vn/bai-{index}",
            title=None,
            date=Found(
                Moment(at=START + timedelta(days=day), precision="minute", raw=""), "css:.ngay"
            ),
        )
        for index, day in enumerate(days)
    ]


def numbered(*numbers: int) -> list[Entry]:
    return [Entry(url=f"https://a.vn/tin/{number}", title=None) for number in numbers]


def order(*pages: Sequence[Entry]) -> Order:
    trend = Trend()
    for page in pages:
        trend = followed(trend, page, lambda url: url.rpartition("/")[2])
    return trend.order


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (dated(9, 8, 7, 6, 5), "newest"),
        (dated(9, 9.1, 8, 7, 6, 5, 4), "newest"),
        (dated(1, 2, 9, 8, 7, 6, 5, 4), "newest"),
        (dated(1, 9, 8, 7, 6), "newest"),
        (dated(1, 2, 3, 4, 5), "oldest"),
        (dated(9, 8, 1, 2, 3, 4, 5, 6), "oldest"),
        (dated(5, 1, 8, 2, 9, 3, 7, 4, 6), "mixed"),
        (dated(3, 2), "unknown"),
        (dated(4, 4, 4, 4, 4), "unknown"),
        (dated(), "unknown"),
        (numbered(9, 8, 7, 6), "newest"),
        (numbered(6, 7, 8, 9), "oldest"),
        (numbered(5, 1, 8, 2, 9, 3, 7, 4, 6), "unknown"),
        ([*dated(9, 8, 7, 6), *numbered(1)], "newest"),
    ],
)
def test_order_is_judged(entries: list[Entry], expected: Order) -> None:
    assert order(entries) == expected


def test_what_one_page_does_not_tell_its_followers_do() -> None:
    assert order(dated(9, 8)) == "unknown"
    assert order(dated(9, 8), dated(7, 6)) == "newest"
    assert order(dated(1, 2), dated(3, 4)) == "oldest"
    assert order(dated(1, 5, 3), dated(9, 2, 8), dated(4, 7)) == "mixed"


def test_pins_on_every_page_do_not_spoil_it() -> None:
    assert order(dated(1, 20, 19, 18, 17), dated(1, 16, 15, 14, 13)) == "newest"
