"""What a walk through an archive decides of a page, and how it writes down where it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.backfill import (
    Missed,
    Place,
    Stretch,
    backfill_from,
    beginning,
    behind_failure,
    passed,
)
from crawler.extract.draft import Entry, Found, Listing, Moment, NextPage
from crawler.failures import Failure
from crawler.place_note import place_name, read_place, write_place
from store.errors import WrongUse
from store.model import Note

URL = "https://so.example.vn/tin/"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SECOND = NextPage(f"{URL}?trang=2")
THIRD = NextPage(f"{URL}?trang=3")


def step(
    place: Place,
    stretch: Stretch,
    days: dict[str, date],
    *,
    follow: NextPage | None,
    since: date | None = None,
) -> Place:
    """Ask for the next page; it names articles of those days."""
    stretch.asked.add(place.left[0])
    entries = {Entry(url=URL + name, title=name): day for name, day in days.items()}
    return passed(
        place,
        Listing(entries=tuple(entries), next_page=follow, rows=len(entries), rule="li"),
        stretch,
        names={entry: (entry.url,) for entry in entries},
        published={
            entry: datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
            for entry, day in entries.items()
        },
        parts=(),
        since=since,
        key_of=lambda _: None,
    )


def test_a_walk_goes_on_behind_a_page_that_it_met_before_in_another_call() -> None:
    """The list has shifted by a whole page since then."""
    place = replace(beginning(URL), pages=7)
    place = step(place, Stretch(), {"a": date(2024, 1, 2)}, follow=SECOND)
    assert place.left == (SECOND,)


def test_a_page_that_repeats_what_this_call_met_ends_the_walk() -> None:
    stretch = Stretch()
    place = step(beginning(URL), stretch, {"a": date(2024, 1, 2)}, follow=SECOND)
    place = step(place, stretch, {"a": date(2024, 1, 2)}, follow=THIRD)
    assert place.done


def test_a_pager_that_goes_in_a_circle_ends_the_walk() -> None:
    stretch = Stretch()
    place = step(beginning(URL), stretch, {"a": date(2024, 1, 2)}, follow=SECOND)
    place = step(place, stretch, {"b": date(2024, 1, 1)}, follow=NextPage(URL))
    assert (place.done, place.pages) == (True, 2)


def test_a_list_with_the_oldest_first_is_not_left_at_its_old_articles() -> None:
    stretch, place, since = Stretch(), beginning(URL), date(2024, 1, 1)
    for month, follow in ((1, SECOND), (2, THIRD)):
        days = {f"{month}-{n}": date(2020, month, n) for n in range(1, 6)}
        place = step(place, stretch, days, follow=follow, since=since)
    assert place.left == (THIRD,)
    assert not place.reached(since)


def test_a_walk_to_a_day_is_no_end_of_the_archive() -> None:
    stretch, place, since = Stretch(), beginning(URL), date(2024, 1, 1)
    for number in (2, 3, 4):
        follow = NextPage(f"{URL}?trang={number}")
        place = step(
            place, stretch, {f"n{number}": date(2023, 1, 9 - number)}, follow=follow, since=since
        )
        if place.reached(since):
            break
    assert (place.pages, place.back_to, place.done) == (2, since, False)
    assert place.reached(since + timedelta(days=1))
    assert not place.reached(since - timedelta(days=1))
    assert not place.reached(None)


def test_what_was_missed_does_not_lead_a_walk_beyond_its_day() -> None:
    missed = (Missed(entry=Entry(url=URL + "1", title=None)),)
    place = Place(url=URL, left=(SECOND,), back_to=date(2024, 1, 1), missed=missed)
    assert place.is_behind(date(2024, 1, 1))
    assert not place.reached(date(2024, 1, 1))


def broken(place: Place, cause: str, *, now: datetime = NOW, resumed: bool = False) -> Place | None:
    before = set() if resumed else {NextPage(URL)}
    stretch = Stretch(asked={*before, place.left[0]})
    failure = Failure(cause=cause, url=place.left[0].url)
    return behind_failure(place, failure, stretch, is_offer=False, now=now)


AT_SECOND = Place(url=URL, left=(SECOND,), pages=1)


def test_a_page_that_is_gone_lies_behind_the_end() -> None:
    found = broken(AT_SECOND, "http-404")
    assert found is not None
    assert found.done


def test_a_noted_page_that_is_gone_begins_the_walk_anew() -> None:
    found = broken(AT_SECOND, "http-404", resumed=True)
    assert found is not None
    assert found.left == (NextPage(URL),)


@pytest.mark.parametrize("cause", ["timeout", "dns", "http-500", "maintenance"])
def test_a_page_that_fails_for_once_is_the_next_calls(cause: str) -> None:
    assert broken(AT_SECOND, cause) is None
    assert broken(AT_SECOND, cause, resumed=True) is None


def test_a_page_that_a_site_has_failed_at_for_a_day_lies_behind_the_end() -> None:
    place = replace(AT_SECOND, broke_at=(SECOND.url, NOW - timedelta(hours=20)))
    assert broken(place, "http-500", resumed=True) is None
    place = replace(AT_SECOND, broke_at=(SECOND.url, NOW - timedelta(hours=25)))
    found = broken(place, "http-500", resumed=True)
    assert found is not None
    assert found.done
    assert broken(place, "timeout", resumed=True) is None


def test_a_place_is_read_as_it_was_written() -> None:
    date_ = Found(Moment(at=NOW, precision="day", raw="24/11/2026"), "css:.ngay")
    place = Place(
        url=URL,
        left=(NextPage(URL, (("__VIEWSTATE", "Hà Nội"), ("__EVENTTARGET", "a"))), SECOND),
        pages=41,
        oldest=NOW,
        back_to=date(2021, 3, 31),
        missed=(
            Missed(entry=Entry(url=URL + "1", title="Tin", date=date_, summary="Tóm tắt"), tries=2),
            Missed(entry=Entry(url=URL + "2", title=None)),
        ),
        broke_at=(SECOND.url, NOW),
    )
    assert read_place(write_place(place, "dien-bien/thu", now=NOW), URL) == place


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"left": 3, "pages": 0}', '{"left": [{"url": "x"}], "pages": "?"}'],
)
def test_a_broken_note_of_a_place_counts_as_none(text: str) -> None:
    note = Note(source="dien-bien/thu", name=place_name(URL), at=NOW, text=text)
    assert read_place(note, URL) is None


WRONG = {
    "a day that lies ahead": (["x/y"], True, "2026-11-26", None),
    "no day": (["x/y"], True, "2026-13-01", None),
    "no day at all": (["x/y"], True, "hôm qua", None),
    "a day without --backfill": (["x/y"], False, "2026-01-01", None),
    "pages without --backfill": (["x/y"], False, None, 3),
    "no source": ([], True, None, None),
}


@pytest.mark.parametrize("case", WRONG)
def test_options_that_make_no_sense_are_told_with_what_to_do(case: str) -> None:
    ids, backfill, since, pages = WRONG[case]
    with pytest.raises(WrongUse) as told:
        backfill_from(ids, backfill=backfill, since=since, max_pages=pages, now=NOW)
    assert told.value.repair


@pytest.mark.parametrize("text", ["2021-03-31", "31/03/2021", "31-3-2021"])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    found = backfill_from(["x/y"], backfill=True, since=text, max_pages=None, now=NOW)
    assert found is not None
    assert found.since == date(2021, 3, 31)
