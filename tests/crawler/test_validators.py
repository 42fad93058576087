"""Lists and offers that are asked for only if they changed, and sites that lie about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.extract.draft import Entry, Listing
from crawler.validators import (
    ASK_IN_FULL,
    NOT_BELIEVED,
    Answer,
    Memory,
    answer_of,
    note_name,
    read_memory,
    remembered,
    write_memory,
)
from crawler.walk import LOOK_AGAIN_AGES
from store.connect import open_store
from store.model import Article, Note, Run
from tests.crawler.rewriting import Record, rewrite
from tests.crawler.sites import Answer as Page
from tests.crawler.sites import Site, article, articles, listing, site_of, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
TAG = Answer(etag='"a"')
MEMORY = Memory(answer=TAG, entries=(("https://a.vn/tin/1.html", False),), at=NOW)


def names(*numbers: int) -> Listing:
    entries = tuple(Entry(url=f"https://a.vn/tin/{n}.html", title=None) for n in numbers)
    return Listing(entries=entries, next_page=None, rows=len(entries), rule="li")


@pytest.mark.parametrize(
    ("memory", "age", "may"),
    [
        (MEMORY, timedelta(0), True),
        (MEMORY, ASK_IN_FULL, False),
        (MEMORY, timedelta(hours=-1), False),  # the clock was put back
        (replace(MEMORY, answer=Answer()), timedelta(0), False),
        (replace(MEMORY, entries=()), timedelta(0), False),
        (replace(MEMORY, lied=NOW - timedelta(days=1)), timedelta(0), False),
        (replace(MEMORY, lied=NOW - NOT_BELIEVED), timedelta(0), True),
    ],
)
def test_a_304_is_believed_for_hours_and_not_from_one_that_lied(
    memory: Memory, age: timedelta, may: bool
) -> None:
    assert memory.may_ask(NOW + age) is may


def test_validators_that_stay_while_the_list_changes_are_a_lie() -> None:
    after = remembered(MEMORY, TAG, names(2, 1), conditional=False, now=NOW)
    assert after.lied == NOW
    assert remembered(MEMORY, TAG, names(1), conditional=False, now=NOW).lied is None
    honest = remembered(MEMORY, Answer(etag='"b"'), names(2, 1), conditional=True, now=NOW)
    assert (honest.lied, honest.entries) == (None, (*_urls(2), *_urls(1)))


def test_news_that_only_full_questions_bring_to_light_are_a_lie_at_the_second_time() -> None:
    held = replace(MEMORY, was_304=True)
    once = remembered(held, Answer(etag='"b"'), names(2, 1), conditional=False, now=NOW)
    assert (once.lied, once.hidden) == (None, 1)
    twice = remembered(
        replace(once, was_304=True),
        Answer(etag='"c"'),
        names(3, 2),
        conditional=False,
        now=NOW,
    )
    assert twice.lied == NOW
    honest = remembered(once, Answer(etag='"c"'), names(3, 2), conditional=True, now=NOW)
    assert (honest.lied, honest.hidden) == (None, 0)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"etag": 1}', '{"etag": "x", "lied": "nie"}'])
def test_a_note_that_is_none_remembers_nothing(text: str) -> None:
    note = Note(source="a/b", name=note_name("https://a.vn/"), at=NOW, text=text)
    assert read_memory(note) is None
    assert read_memory(write_memory(MEMORY, "a/b", "https://a.vn/", now=NOW)) == MEMORY


def test_a_validator_that_no_header_could_hold_is_not_sent_back() -> None:
    assert not answer_of({"Etag": "x" * 5000, "Last-Modified": "a\x00b"})
    assert answer_of({"Etag": 'W/"a"\nX: b'}).conditions == {"If-None-Match": 'W/"a"'}


def _urls(*numbers: int) -> tuple[tuple[str, bool], ...]:
    return tuple((f"https://a.vn/tin/{n}.html", False) for n in numbers)


# Whole crawls


def tagged(page: Page, tag: str) -> Callable[[str, str], Page]:
    return lambda _, given: (
        Page(status=304, content_type="")
        if given == tag
        else replace(page, headers={"ETag": tag, "Last-Modified": "Wed, 25 Nov 2026 00:00:00 GMT"})
    )


class Conditional(Site):
    """A site whose list answers by the ETag that it is asked with; counts its answers of 304."""

    def __init__(self, answer: Callable[[str, str], Page]) -> None:
        super().__init__({"/": self.list_page, **articles(*range(1, 6))})
        self.answer = answer
        self.unchanged = 0

    def list_page(self, path: str) -> Page:
        page = self.answer(path, self.asked[-1].headers.get("If-None-Match", ""))
        self.unchanged += page.status == 304
        return page


def make_older(config: Config, source: str, url: str, age: timedelta) -> None:
    """Let a list have been read in full so long ago."""
    with closing(open_store(config.store)) as store:
        memory = read_memory(store.note(source, note_name(url)))
        assert memory is not None
        older = replace(memory, at=memory.at - age)
        store.save_note(write_memory(older, source, url, now=datetime.now(UTC)))


def look_again(config: Config, after: Run) -> None:
    """Let the age at which articles are looked at again have come since a run."""
    seen = str(after.started + timedelta(milliseconds=1) - LOOK_AGAIN_AGES[0])
    rewrite(
        config,
        lambda record: (
            {**record, "article": {**as_record(record["article"]), "first_seen": seen}}
            if record["kind"] == "article"
            else record
        ),
    )


def as_record(value: object) -> Record:
    assert isinstance(value, Mapping)
    return value


def test_a_list_that_did_not_change_is_not_sent_again_and_news_are_found_at_once(
    config: Config, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Conditional(tagged(listing(2, 1), '"mot"'))
    with site.running():
        source = write_recipe(recipes, site.url)
        assert "list/asked-if-changed" not in crawl(source).counters
        quiet = crawl(source)
        assert site.unchanged == 1
        assert (quiet.state, quiet.complete, quiet.cause) == ("ok", True, None)
        assert quiet.counters["list/unchanged"] == 1
        assert quiet.counters["list/known"] == quiet.counters["list/entries"] == 2
        site.answer = tagged(listing(3, 2, 1), '"hai"')
        news = crawl(source)
        assert (news.counters["keep/inserted"], news.counters.get("list/unchanged")) == (1, None)
        assert crawl(source).counters["list/unchanged"] == 1
        look_again(config, crawl(source))
        looked = crawl(source)
        assert looked.counters["article/read"] == 3, "their age has come: the list is asked in full"
        full = crawl(source, full=True)
        assert full.counters["article/read"] == 3, "a crawl of everything asks for everything"
    assert len(stored()) == 3
    assert len([path for path in site.paths if path == "/"]) == 7


def test_an_article_that_could_not_be_read_is_asked_for_again_on_an_unchanged_list(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Conditional(tagged(listing(2, 1), '"mot"'))
    site.routes["/tin/2.html"] = Page("lỗi", 500)
    with site.running():
        source = write_recipe(recipes, site.url)
        assert crawl(source).state == "partial"
        site.routes["/tin/2.html"] = article(2)
        assert crawl(source).state == "ok"
    assert len(stored()) == 2
    assert site.unchanged == 0


def test_a_list_that_is_always_called_unchanged_is_found_out(
    config: Config, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    """Its ETag never changes; news are found when it is asked in full, and from then on at once."""
    site = Conditional(tagged(listing(2, 1), '"mot"'))
    with site.running():
        source = write_recipe(recipes, site.url)
        crawl(source)
        site.answer = tagged(listing(3, 2, 1), '"mot"')
        assert crawl(source).counters["list/unchanged"] == 1
        make_older(config, source, f"{site.url}/", ASK_IN_FULL)
        run = crawl(source)
        assert run.counters["list/validators-lie"] == 1
        assert (run.state, run.counters["keep/inserted"]) == ("ok", 1)
        site.answer = tagged(listing(4, 3, 2, 1), '"mot"')
        assert crawl(source).counters["keep/inserted"] == 1
    assert len(stored()) == 4
    assert site.unchanged == 1


def test_validators_that_change_with_every_answer_do_no_harm(recipes: Path, crawl: Crawl) -> None:
    site = Conditional(
        lambda _, __: replace(listing(2, 1), headers={"ETag": f'"{len(site.asked)}"'})
    )
    with site.running():
        source = write_recipe(recipes, site.url)
        runs = [crawl(source) for _ in range(3)]
    assert [run.state for run in runs] == ["ok"] * 3
    assert all("list/validators-lie" not in run.counters for run in runs)
    assert (site.unchanged, len(site.asked)) == (0, 1 + 2 + 3)


def test_a_304_that_nobody_asked_for_is_a_failure(recipes: Path, crawl: Crawl) -> None:
    site = site_of(1)
    site.routes["/"] = Page(status=304, content_type="")
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.cause) == ("failed", "http-304")
