"""Articles that vanish from their list: asked for again, withdrawn when confirmed, live again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.absence import (
    MOST_ASKED,
    Absence,
    Named,
    judge,
    may_be_back,
    missing_of,
    reach_of,
    to_ask,
)
from crawler.absence_note import NAME, read_absences, write_absences
from crawler.config import Config
from store.base import Selection
from store.connect import open_store
from store.model import Article, Run
from tests.crawler.sites import Answer, article, listing, site_of, write_recipe
from tests.store.making import article as stored_article

Crawl = Callable[..., Run]

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def judged(
    noted: Mapping[str, Absence],
    *,
    gone: str = "",
    there: str = "",
    now: datetime = NOW,
    broken: str = "",
) -> tuple[Mapping[str, Absence], frozenset[str]]:
    done = judge(
        noted,
        gone=gone.split(),
        there=there.split(),
        list_works=broken != "list",
        articles_work=broken != "articles",
        now=now,
    )
    return done.absences, done.withdrawn


# What is decided


def test_a_page_that_is_gone_once_is_noted_and_not_withdrawn() -> None:
    assert judged({}, gone="a") == ({"a": Absence(asked=NOW, gone_since=NOW)}, frozenset())


@pytest.mark.parametrize(
    ("after", "withdrawn"),
    [
        (timedelta(hours=2), False),
        (timedelta(hours=13), False),
        (timedelta(hours=19, minutes=59), False),
        (timedelta(hours=20), True),
        (timedelta(days=9), True),
    ],
)
def test_it_is_withdrawn_on_a_later_day(after: timedelta, withdrawn: bool) -> None:
    noted = {"a": Absence(asked=NOW, gone_since=NOW)}
    assert judged(noted, gone="a", now=NOW + after)[1] == ({"a"} if withdrawn else set())


def test_twenty_hours_within_one_day_of_vietnam_do_not_do() -> None:
    just_after_midnight = datetime(2026, 11, 19, 17, 5, tzinfo=UTC)
    noted = {"a": Absence(asked=just_after_midnight, gone_since=just_after_midnight)}
    assert judged(noted, gone="a", now=just_after_midnight + timedelta(hours=21))[1] == set()


@pytest.mark.parametrize("broken", ["list", "articles"])
def test_nothing_is_withdrawn_while_the_site_does_not_work(broken: str) -> None:
    noted = {"a": Absence(asked=NOW, gone_since=NOW)}
    after, withdrawn = judged(noted, gone="a", now=NOW + 2 * DAY, broken=broken)
    assert withdrawn == set()
    assert after["a"].gone_since == NOW


def test_a_list_that_fails_leaves_no_evidence() -> None:
    assert judged({}, gone="a", broken="list") == ({}, frozenset())


def test_a_page_that_is_there_again_was_never_gone() -> None:
    after, _ = judged({"a": Absence(asked=NOW, gone_since=NOW)}, there="a", now=NOW + DAY)
    assert after == {"a": Absence(asked=NOW + DAY)}
    assert judged(after, gone="a", now=NOW + 3 * DAY)[1] == set()


def test_what_nothing_brings_up_again_is_forgotten() -> None:
    assert judged({"a": Absence(asked=NOW)}, now=NOW + 90 * DAY)[0] == {}


NEWS = [stored_article(n) for n in range(9, 0, -1)]


def named(*numbers: int, oldest: int | None) -> Named:
    found = Named(ids={stored_article(n).id for n in numbers})
    found.reaches["/"] = stored_article(oldest).published if oldest is not None else None
    return found


def test_what_is_newer_than_the_oldest_of_the_list_and_not_in_it_is_missing() -> None:
    missing = missing_of(NEWS, named(9, 8, 6, 5, oldest=5))
    assert [each.id for each in missing] == [stored_article(7).id]


def test_of_several_lists_the_one_that_reaches_least_far_counts() -> None:
    both = named(9, 7, 5, oldest=5)
    both.reaches["/hai/"] = stored_article(6).published
    assert [each.id for each in missing_of(NEWS, both)] == [stored_article(8).id]


@pytest.mark.parametrize("reaches", [{}, {"/": None}, {"/": NOW - DAY, "/hai/": None}])
def test_a_list_that_tells_no_order_makes_nothing_missing(
    reaches: dict[str, datetime | None],
) -> None:
    assert missing_of(NEWS, Named(reaches=reaches)) == []


@pytest.mark.parametrize(
    ("days", "oldest"),
    [
        ([9, 8, 8, 5], 3),
        ([2, 1, 9, 8, 7], 4),
        ([9, 2, 8, 3, 7], None),
        ([9, 8, 7, 6, 8], None),
        ([4], 0),
        ([], None),
    ],
)
def test_a_list_goes_back_to_its_last_article_if_it_stands_by_days(
    days: list[int], oldest: int | None
) -> None:
    known = [stored_article(n, published=NOW + day * DAY) for n, day in enumerate(days)]
    assert reach_of(known) == (None if oldest is None else known[oldest].published)


def test_what_is_to_be_confirmed_is_asked_first_and_few_are_asked_at_all() -> None:
    noted = {
        "x": Absence(asked=NOW - DAY, gone_since=NOW - DAY),
        NEWS[0].id: Absence(asked=NOW - DAY),
        NEWS[1].id: Absence(asked=NOW - 8 * DAY),
        NEWS[2].id: Absence(asked=NOW, gone_since=NOW),
    }
    asked = to_ask(NEWS, noted, now=NOW)
    assert asked[:2] == ("x", NEWS[1].id)
    assert len(asked) == MOST_ASKED
    assert not {NEWS[0].id, NEWS[2].id} & {*asked}


def test_a_withdrawn_article_that_is_listed_is_asked_for_once_a_day() -> None:
    assert may_be_back(None, now=NOW)
    assert not may_be_back(Absence(asked=NOW), now=NOW + DAY / 2)
    assert may_be_back(Absence(asked=NOW), now=NOW + DAY)


def test_the_note_comes_back_as_it_was_and_a_broken_one_says_nothing() -> None:
    told = {"a": Absence(asked=NOW, gone_since=NOW - DAY), "b": Absence(asked=NOW)}
    note = write_absences(told, "dien-bien/thu", now=NOW)
    assert read_absences(note) == told
    for text in ("", "[]", '{"a": 1}', '{"a": ["2026-11-20T03:00:00", null]}', "{"):
        assert read_absences(replace(note, text=text)) == {}
    assert read_absences(None) == {}


# Whole crawls


@pytest.fixture
def days_pass(config: Config) -> Callable[[str], None]:
    """Let two days pass, as far as the note of the source knows."""

    def shift(source: str) -> None:
        store = open_store(config.store)
        note = store.note(source, NAME)
        assert note is not None
        then = {
            name: Absence(
                asked=one.asked - 2 * DAY, gone_since=one.gone_since and one.gone_since - 2 * DAY
            )
            for name, one in read_absences(note).items()
        }
        store.save_note(write_absences(then, source, now=datetime.now(UTC)))
        store.close()

    return shift


def states(config: Config) -> dict[str, str]:
    store = open_store(config.store)
    found = [record["article"] for record in store.dump() if record["kind"] == "article"]
    store.close()
    return {str(each["url"]).rpartition("/")[2]: each["state"] for each in found}  # type: ignore[index]


def version(config: Config) -> tuple[int, datetime | None]:
    store = open_store(config.store)
    found = store.version(Selection())
    store.close()
    return found.count, found.changed


def test_an_article_that_is_gone_on_two_days_is_withdrawn_and_lives_again_when_it_returns(
    config: Config, recipes: Path, crawl: Crawl, days_pass: Callable[[str], None]
) -> None:
    site = site_of(6)
    with site.running():
        source = write_recipe(recipes, site.url)
        crawl(source)
        before = version(config)
        site.routes["/"] = listing(6, 4, 3, 2, 1)
        del site.routes["/tin/5.html"]
        first = crawl(source)
        assert (first.state, first.complete, first.counters["article/gone"]) == ("ok", True, 1)
        begun = len(site.asked)
        crawl(source)
        assert len(site.asked) - begun == 1, "it is not asked for again on the same day"
        assert version(config) == before
        days_pass(source)
        begun = len(site.asked)
        second = crawl(source)
        assert (second.state, second.counters["article/withdrawn"]) == ("ok", 1)
        assert sorted(site.paths[begun:]) == ["/", "/tin/5.html", "/tin/6.html"]
        assert states(config) == {f"{n}.html": "live" for n in (1, 2, 3, 4, 6)} | {
            "5.html": "withdrawn"
        }
        count, changed = version(config)
        assert count == 5
        assert before[1] is not None
        assert changed is not None
        assert changed > before[1]
        site.routes |= {"/": listing(6, 5, 4, 3, 2, 1), "/tin/5.html": article(5)}
        days_pass(source)
        third = crawl(source)
        assert third.counters["keep/updated"] == 1
    assert set(states(config).values()) == {"live"}


def home(path: str) -> Answer:
    return Answer("", 302, headers={"Location": "/"})


@pytest.mark.parametrize(
    "fault",
    [
        {"/tin/5.html": home},
        {f"/tin/{n}.html": Answer("404", 404) for n in range(1, 7)},
        {"/": Answer("500", 500), "/tin/5.html": Answer("404", 404)},
        {"/tin/5.html": Answer("<title>Bảo trì</title>Hệ thống đang bảo trì, mời quay lại sau.")},
    ],
    ids=["sent home", "all articles gone", "list down", "maintenance"],
)
def test_a_site_that_does_not_work_withdraws_nothing(
    fault: dict[str, Answer],
    config: Config,
    recipes: Path,
    crawl: Crawl,
    days_pass: Callable[[str], None],
) -> None:
    site = site_of(6)
    with site.running():
        source = write_recipe(recipes, site.url)
        crawl(source)
        site.routes["/"] = listing(6, 4, 3, 2, 1)
        site.routes["/tin/5.html"] = Answer("404", 404)
        crawl(source)
        days_pass(source)
        site.routes |= fault
        crawl(source)
    assert set(states(config).values()) == {"live"}


def texts(*words: str) -> str:
    return "".join(
        f"<p>Sáng nay, Sở họp bàn việc {w} về chuyển đổi số với các xã vùng cao.</p>" for w in words
    )


NAMES = ("sau", "nam", "bon", "ba", "hai", "mot")


@pytest.mark.parametrize("lists", ['["/"]', '["/", "/hai/"]'], ids=["one list", "two lists"])
def test_a_slug_and_a_title_that_change_together_make_no_second_article(
    lists: str, config: Config, recipes: Path, crawl: Crawl, stored: Callable[[], list[Article]]
) -> None:
    """Its old address, which no list names any more, leads to the new one: that is a name."""
    days = {name: 20 - number for number, name in enumerate(NAMES)}

    def rows_of(*names: str) -> Answer:
        lines = "".join(
            f"<li><a href='/tin/{name}'>Tin {name}</a> <b class=ngay>{days[name]}/11/2026</b></li>"
            for name in names
        )
        return Answer(f"<!doctype html><html lang=vi><ul class=tin>{lines}</ul></html>")

    def page(name: str, title: str) -> Answer:
        body = texts(name, "chung", "ngân sách", "nhân sự")
        return article(days[name] - 1, title=title, body=body)

    days["nam-moi"] = days["nam"]
    site = site_of(0)
    site.routes = {"/": rows_of(*NAMES), "/hai/": rows_of(*NAMES[:4])}
    site.routes |= {f"/tin/{name}": page(name, f"Tin {name} về hội nghị") for name in NAMES}
    with site.running():
        source = write_recipe(recipes, site.url)
        file = recipes / f"{source}.toml"
        told = file.read_text().replace("(?P<key>\\d+)\\.html$", "[a-z-]+$")
        file.write_text(told.replace('["/"]', lists))
        crawl(source)
        before = {each.id for each in stored()}
        assert len(before) == 6
        new = ("sau", "nam-moi", *NAMES[2:])
        site.routes |= {"/": rows_of(*new), "/hai/": rows_of(*new[:4])}
        edited = page("nam", "Phường Mường Thanh ra mắt trung tâm mới")
        site.routes |= {
            "/tin/nam": Answer("", 301, headers={"Location": "/tin/nam-moi"}),
            "/tin/nam-moi": edited,
        }
        crawl(source)
    after = {each.id: each for each in stored()}
    assert after.keys() == before
    (kept,) = (each for each in after.values() if "nam" in each.url)
    assert (kept.url.rpartition("/")[2], kept.revision) == ("nam-moi", 2)
    assert kept.title == "Phường Mường Thanh ra mắt trung tâm mới"
