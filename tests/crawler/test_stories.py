"""Which articles tell one story, and which of them leads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crawler.gathering import gather
from crawler.keeper import Keeper
from crawler.spool import Spool
from crawler.stories import MOST, fingerprint_of, lead_of, likeness, signature_of
from store.model import VIETNAM, Article
from store.sqlite import SqliteStore
from tests.store.making import MORNING, article, sighting

NEXT_DAY = MORNING + timedelta(days=1)


def text(seed: int = 1, *, words: int = 200, edits: int = 0) -> str:
    """Make up a text; `edits` of its words, evenly spread, are other ones."""
    random = Random(seed)
    made = [f"chữ{random.randrange(800)}" for _ in range(words)]
    for n in range(edits):
        made[n * words // edits] = f"khác{n}"
    return " ".join(made)


def told(number: int, source: str = "dien-bien/tttt", **fields: Any) -> Article:
    usual: dict[str, Any] = {"source": source, "body_text": text()}
    return article(number, **usual | fields)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "tinso.db")


def keep(store: SqliteStore, *articles: Article) -> None:
    store.keep([replace(sighting(), article=each, aliases=(each.id,)) for each in articles])
    gather(store, [each.id for each in articles], NEXT_DAY)


def clusters(store: SqliteStore, *articles: Article) -> list[str | None]:
    return [found.cluster for each in articles if (found := store.get(each.id))]


# Likeness


def test_signature_is_what_is_stored_already() -> None:
    """Where a newer rensa counts otherwise, stored signatures have to be made anew."""
    assert signature_of(text())[:8].hex() == "af93b1408f0bbb17"


def test_marks_case_and_blanks_do_not_matter() -> None:
    assert signature_of(text().upper().replace(" ", "\n\n")) == signature_of(text())


@pytest.mark.parametrize(("edits", "least", "most"), [(0, 1, 1), (5, 0.7, 1), (100, 0, 0.1)])
def test_likeness_is_the_share_of_common_phrases(edits: int, least: float, most: float) -> None:
    one, other = (fingerprint_of(told(1, body_text=text(edits=n))) for n in (0, edits))
    assert least <= likeness(one, other) <= most


def test_short_texts_are_alike_to_none() -> None:
    short = fingerprint_of(told(1, body_text=text(words=39)))
    assert short.signature == b""
    assert likeness(short, short) == 0


@pytest.mark.parametrize("body", ["\ud800 " * 100, "", "🗞️" * 100, "漢字 " * 100, "a" * 100_000])
def test_any_text_has_a_signature(body: str) -> None:
    signature_of(body)


# The lead


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"published": MORNING}, {"published": MORNING + timedelta(minutes=1)}),
        ({"source_credit": None, "published": NEXT_DAY}, {"source_credit": "Báo Nhân Dân"}),
        ({"source_credit": "SỞ TT&TT", "organisation": "Sở TT&TT"}, {"source_credit": "VOV"}),
        ({"published": NEXT_DAY}, {"province_from": "title"}),
        ({"published": NEXT_DAY}, {"state": "withdrawn"}),
        (
            {"published": MORNING},
            {
                "published": MORNING.astimezone(VIETNAM).replace(hour=0, minute=0),
                "published_precision": "day",
            },
        ),
        (
            {
                "published": MORNING.astimezone(VIETNAM).replace(hour=0, minute=0),
                "published_precision": "day",
            },
            {"published": NEXT_DAY},
        ),
    ],
    ids=["earlier", "credits-nobody", "credits-itself", "own-province", "live", "minute", "day"],
)
def test_the_most_original_and_earliest_leads(better: Any, worse: Any) -> None:
    lead, other = fingerprint_of(told(2, **better)), fingerprint_of(told(1, **worse))
    assert lead_of([other, lead]) == lead == lead_of([lead, other])


# Stories


def test_an_article_alone_leads_itself(store: SqliteStore) -> None:
    one, other = told(1), told(2, "lao-cai/tttt", body_text=text(2))
    keep(store, one, other)
    assert clusters(store, one, other) == [one.id, other.id]


def test_whoever_comes_first_the_same_one_leads(tmp_path: Path) -> None:
    tellings = [
        told(1),
        told(2, "lao-cai/tttt", body_text=text(edits=5)),
        told(3, "ha-noi/tttt", source_credit="Sở TT&TT Điện Biên"),
    ]
    for n, order in enumerate(permutations(tellings)):
        store = SqliteStore(tmp_path / f"{n}.db")
        for each in order[:2]:
            keep(store, each)
        keep(store, *order[2:])
        assert clusters(store, *tellings) == [tellings[0].id] * 3
        store.close()


def test_tellings_that_grow_from_one_to_the_next_are_one_story(store: SqliteStore) -> None:
    longest = text(words=180).split()
    short, middle, long = (
        told(n, f"lao-cai/s{n}", body_text=" ".join(longest[:length]))
        for n, length in ((1, 100), (2, 138), (3, 180))
    )
    keep(store, short, long)
    assert clusters(store, short, long) == [short.id, long.id]
    keep(store, middle)
    assert clusters(store, short, middle, long) == [short.id] * 3


def test_notices_of_one_form_are_no_retellings_of_each_other(store: SqliteStore) -> None:
    notices = [told(n, body_text=text(edits=6)) for n in (1, 2)]
    notices[1] = replace(notices[1], body_text=text())
    keep(store, *notices)
    assert clusters(store, *notices) == [each.id for each in notices]


def test_the_same_text_twice_at_one_source_is_one_story(store: SqliteStore) -> None:
    keep(store, told(1), told(2))
    assert clusters(store, told(1), told(2)) == [told(1).id] * 2


def test_a_text_that_comes_again_next_year_is_no_retelling(store: SqliteStore) -> None:
    again = told(2, "lao-cai/tttt", published=MORNING + timedelta(days=365))
    keep(store, told(1), again)
    assert clusters(store, told(1), again) == [told(1).id, again.id]


@pytest.mark.parametrize(("edits", "stays"), [(15, True), (100, False)])
def test_an_edit_leaves_its_story_only_if_it_is_clearly_apart(
    store: SqliteStore, edits: int, stays: bool
) -> None:
    one, other = told(1), told(2, "lao-cai/tttt")
    keep(store, one, other)
    edited = {"body_text": text(edits=edits), "body_html": f"<p>{text(edits=edits)}</p>"}
    keep(store, told(1, **edited, changed=NEXT_DAY))
    assert clusters(store, one, other) == [one.id, one.id if stays else other.id]


def test_the_lead_passes_on_when_it_is_withdrawn(store: SqliteStore) -> None:
    one, other = told(1), told(2, "lao-cai/tttt")
    keep(store, one, other)
    keep(store, told(1, state="withdrawn", changed=NEXT_DAY))
    assert clusters(store, one, other) == [other.id] * 2


def test_what_a_killed_crawl_did_not_look_at_is_looked_at_later(store: SqliteStore) -> None:
    one, other = told(1), told(2, "lao-cai/tttt")
    store.keep([replace(sighting(), article=one, aliases=("a",))])
    keep(store, other)
    keep(store, one)
    assert clusters(store, one, other) == [one.id] * 2


def test_a_form_that_hundreds_fill_in_makes_no_story_without_end(store: SqliteStore) -> None:
    forms: Sequence[Article] = [told(n, f"lao-cai/s{n}") for n in range(MOST + 5)]
    store.keep([replace(sighting(), article=each, aliases=(each.id,)) for each in forms])
    store.save_fingerprints([replace(fingerprint_of(f), cluster=forms[0].id) for f in forms[:-5]])
    keep(store, *forms[-5:])
    assert clusters(store, *forms[-5:]) == [each.id for each in forms[-5:]]


# In a crawl


def test_what_a_crawl_keeps_and_withdraws_has_its_story(store: SqliteStore, tmp_path: Path) -> None:
    one, other = told(1), told(2, "lao-cai/tttt")

    async def crawl() -> list[list[str | None]]:
        keeper = Keeper(store.address, Spool(tmp_path, most_bytes=1024))
        await keeper.open(one.source)
        seen = [replace(sighting(), article=each, aliases=(each.id,)) for each in (one, other)]
        await keeper.keep(seen, [None, None])
        kept = clusters(store, one, other)
        await keeper.withdraw([one.id])
        await keeper.close()
        return [kept, clusters(store, one, other)]

    assert asyncio.run(crawl()) == [[one.id] * 2, [other.id] * 2]
