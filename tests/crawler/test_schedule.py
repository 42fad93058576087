"""When a source is crawled next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.holidays import is_holiday, is_tet
from crawler.schedule import LATEST, OBEYED, SOONEST, Due, next_due
from store.model import VIETNAM, Appearance, Run

SOURCE = "dien-bien/tttt"
WEDNESDAY = datetime(2026, 11, 25, tzinfo=VIETNAM)
NOW = WEDNESDAY + timedelta(hours=10)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def run(started: datetime = NOW - MINUTE, **fields: Any) -> Run:
    usual: dict[str, Any] = {
        "id": "a",
        "source": SOURCE,
        "state": "ok",
        "ended": started + timedelta(seconds=20),
    }
    return Run(started=started, **usual | fields)


def article(published: datetime, **fields: Any) -> Appearance:
    usual: dict[str, Any] = {
        "published_precision": "minute",
        "published_from": "page",
        "first_seen": published + 10 * MINUTE,
    }
    return Appearance(published=published, **usual | fields)


def daily(hour: float, *, before: datetime = NOW, days: int = 60) -> list[Appearance]:
    """Make a source's articles: one at that hour of each workday."""
    midnight = before.astimezone(VIETNAM).replace(hour=0, minute=0)
    moments = [midnight - n * DAY + hour * HOUR for n in range(1, days)]
    return [article(moment) for moment in moments if moment.weekday() < 5]


def due(*runs: Run, appeared: list[Appearance] | None = None, **fields: Any) -> Due:
    return next_due(SOURCE, runs=runs, appeared=appeared or [], **{"now": NOW} | fields)


def pause(at: datetime, appeared: list[Appearance] | None = None) -> timedelta:
    """Say how long a source is left alone that was crawled at this moment, without the jitter."""
    starts = [at + timedelta(seconds=n) for n in range(16)]
    waits = [due(run(begin), appeared=appeared, now=begin + MINUTE).at - begin for begin in starts]
    return sum(waits, timedelta()) / len(waits)


def test_a_source_that_was_never_crawled_is_due_now() -> None:
    assert due() == Due(at=NOW, reason="first")


def test_a_source_that_was_not_crawled_for_long_is_due_now() -> None:
    assert due(run(NOW - 2 * DAY)).at == NOW


def test_an_unknown_source_is_asked_in_working_hours_most() -> None:
    working, evening = pause(WEDNESDAY + 9 * HOUR), pause(WEDNESDAY + 19 * HOUR)
    night, sunday = pause(WEDNESDAY + 23 * HOUR), pause(WEDNESDAY - 3 * DAY + 9 * HOUR)
    assert working < HOUR * 0.6 < evening < night
    assert working < sunday


def test_a_source_is_asked_when_it_uses_to_publish() -> None:
    at = WEDNESDAY + 20 * HOUR
    assert pause(at, daily(20.5)) < 20 * MINUTE < HOUR < pause(at, daily(9.5))


def test_a_habit_of_one_weekday_is_learnt() -> None:
    fridays = [article(NOW - n * DAY) for n in range(120) if (NOW - n * DAY).weekday() == 4]
    friday, monday = WEDNESDAY - 5 * DAY + 10 * HOUR, WEDNESDAY - 2 * DAY + 10 * HOUR
    assert pause(friday, fridays) < pause(monday, fridays)


def test_of_old_and_new_habits_the_new_counts() -> None:
    moved = [*daily(20.5, before=NOW - 200 * DAY), *daily(9.5)]
    assert pause(WEDNESDAY + 9 * HOUR, moved) < HOUR / 3 < pause(WEDNESDAY + 20 * HOUR, moved)


def test_an_article_dated_to_the_day_tells_when_it_was_found() -> None:
    midnights = [each.published.replace(hour=0, minute=0) for each in daily(20.5)]
    found = [
        article(midnight, published_precision="day", first_seen=midnight + 20.75 * HOUR)
        for midnight in midnights
    ]
    assert pause(WEDNESDAY + 20 * HOUR, found) < HOUR / 2


def test_an_archive_that_was_found_late_tells_nothing_of_the_hour_it_was_found() -> None:
    at = WEDNESDAY + 20 * HOUR
    archive = [
        article(NOW - n * DAY, published_precision=precision, first_seen=at - 5 * DAY)
        for n in range(20, 80)
        for precision in ("minute", "day")
    ]
    assert pause(at, archive) > HOUR


def test_a_date_from_before_the_release_does_not_hide_when_it_was_released() -> None:
    looks = [run(WEDNESDAY - n * DAY + hour * HOUR) for n in range(60) for hour in (20, 21, 22)]
    dated_early = [
        replace(each, first_seen=each.published.replace(hour=21) + MINUTE) for each in daily(18)
    ]
    at = WEDNESDAY - DAY + 22 * HOUR
    told = next_due(SOURCE, runs=looks[3:], appeared=dated_early, now=at + MINUTE)
    untold = next_due(SOURCE, runs=[run(at)], appeared=daily(18), now=at + MINUTE)
    assert told.at < untold.at


def test_a_source_is_asked_sooner_after_a_burst() -> None:
    burst = [article(NOW - n * MINUTE, first_seen=NOW) for n in (3, 4, 6)]
    before = daily(9.5) + daily(9.6)
    calm = due(run(), appeared=before)
    stirred = due(run(), appeared=[*before, *burst])
    assert (calm.reason, stirred.reason) == ("rhythm", "burst")
    assert stirred.at < calm.at


def test_holidays_are_as_quiet_as_sundays_and_tet_is_quieter() -> None:
    workday = pause(datetime(2027, 1, 27, 9, tzinfo=VIETNAM))
    new_year = pause(datetime(2027, 1, 1, 9, tzinfo=VIETNAM))
    tet = pause(datetime(2027, 2, 8, 9, tzinfo=VIETNAM))
    assert workday < new_year < tet <= LATEST


def test_holidays_follow_the_moon_where_they_do() -> None:
    days = [date(2026, 2, 12) + n * DAY for n in range(14)]
    assert [day.day for day in days if is_tet(day)] == [15, 16, 17, 18, 19, 20, 21]
    assert is_holiday(date(2026, 4, 26))  # the Hùng kings' day
    assert not is_holiday(date(2026, 4, 18))


def test_a_source_that_has_been_silent_for_years_is_asked_seldom() -> None:
    archive = daily(9.5, before=NOW - 700 * DAY)
    at = WEDNESDAY + 9 * HOUR
    assert pause(at, archive) > 2 * pause(at, daily(9.5))


def test_a_recipes_own_pace_is_kept() -> None:
    of_its_own = due(run(), appeared=daily(9.5), every_minutes=7 * 24 * 60)
    assert of_its_own.reason == "pace"
    assert 6 * DAY < of_its_own.at - NOW < 8 * DAY


@pytest.mark.parametrize("state", ["failed", "killed"])
def test_each_failure_in_a_row_doubles_the_pause(state: str) -> None:
    failed = [run(NOW - n * HOUR - MINUTE, state=state, id=str(n)) for n in range(6)]
    pauses = [due(*failed[:n], run(NOW - 2 * DAY)).at - NOW for n in range(1, 7)]
    assert all(later > 1.5 * one for one, later in pairwise(pauses[2:]))
    assert due(*failed).reason == "back-off"
    assert due(run(NOW - MINUTE), *failed[1:]).reason == "rhythm"


def test_a_run_that_fell_silent_counts_as_failed() -> None:
    silent = [run(NOW - n * HOUR, state="running", ended=None, id=str(n)) for n in (1, 2, 3, 4, 5)]
    assert due(*silent).reason == "back-off"


def test_a_site_that_asks_us_to_wait_is_left_alone_until_then() -> None:
    asked = run(NOW - HOUR, state="failed", not_before=NOW + 5 * HOUR)
    wanted = Due(at=NOW + 5 * HOUR, reason="asked-to-wait")
    assert due(asked) == wanted
    assert due(asked, run(state="failed")) == wanted
    assert due(asked, every_minutes=10) == wanted


def test_a_site_that_asks_us_to_wait_for_years_is_obeyed_for_a_week() -> None:
    asked = run(NOW - HOUR, ended=NOW - HOUR, not_before=NOW + 4000 * DAY)
    assert due(asked).at == NOW - HOUR + OBEYED


def test_what_lies_in_the_future_is_ignored() -> None:
    future = run(NOW + 300 * DAY, not_before=NOW + 301 * DAY)
    assert due(future) == Due(at=NOW, reason="first")
    to_come = [article(NOW + n * HOUR) for n in range(50)]
    assert due(future, run(), appeared=[*to_come, *daily(9.5)]) == due(run(), appeared=daily(9.5))


def test_two_sources_of_one_rhythm_do_not_come_at_once() -> None:
    at = {next_due(f"dien-bien/s{n}", runs=[run()], appeared=[], now=NOW).at for n in range(20)}
    assert len(at) == 20


moments = st.integers(-1_500_000, 1_500_000).map(lambda minutes: NOW + minutes * MINUTE)
appearances = st.builds(
    Appearance,
    published=moments,
    published_precision=st.sampled_from(["minute", "day"]),
    published_from=st.sampled_from(["page", "first-seen"]),
    first_seen=moments,
)
runs = st.builds(
    Run,
    id=st.just("a"),
    source=st.just(SOURCE),
    state=st.sampled_from(["ok", "partial", "failed", "killed", "running"]),
    started=moments,
    ended=st.none() | moments,
    heartbeat=st.none() | moments,
    not_before=st.none() | moments,
)
histories = st.fixed_dictionaries(
    {
        "runs": st.lists(runs, max_size=6),
        "appeared": st.lists(appearances, max_size=12),
        "now": moments,
        "every_minutes": st.none() | st.integers(10, 7 * 24 * 60),
    }
)


@settings(max_examples=150, deadline=None)
@given(history=histories)
def test_whatever_happened_the_next_crawl_is_neither_past_nor_far_away(history: Any) -> None:
    found = next_due(SOURCE, **history)
    now = history["now"]
    slowest = max(LATEST, timedelta(minutes=history["every_minutes"] or 0))
    assert now <= found.at <= now + (OBEYED if found.reason == "asked-to-wait" else slowest)
    assert found == next_due(SOURCE, **history | {"runs": history["runs"][::-1]})
    over = [max(each.started, each.ended or each.started) for each in history["runs"]]
    past = [(r.started, at) for r, at in zip(history["runs"], over, strict=True) if at <= now]
    assert not past or found.at >= max(past)[1] + SOONEST


@settings(max_examples=50, deadline=None)
@given(history=histories, later=st.integers(0, 10_000))
def test_waiting_until_it_is_due_does_not_put_it_off(history: Any, later: int) -> None:
    first = next_due(SOURCE, **history | {"appeared": []})
    now = min(history["now"] + later * MINUTE, first.at)
    known = [r for r in history["runs"] if max(r.started, r.ended or r.started) <= history["now"]]
    again = next_due(SOURCE, **history | {"appeared": [], "runs": known, "now": now})
    assert again.at <= first.at or again.reason == "back-off"  # one that fell silent meanwhile
