"""Every field of every case read by recipe is exact; no score falls under its floor."""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import is_normalized

import pytest

from crawler.families import FAMILIES
from tests.cases import harness
from tests.cases.harness import ARTICLE_FIELDS, LIST_FIELDS, ROOT, WAYS, Case, Way, cases, unnamed
from tests.cases.quality import means, raised, read_floors

CASES = cases()
FOLDERS = sorted(path for path in ROOT.glob("*/*") if path.is_dir())
FIELDS = [
    pytest.param(
        case,
        field,
        id=f"{case.name}/{field}",
        marks=[pytest.mark.xfail(reason=case.open_fields[field])]
        if field in case.open_fields
        else [],
    )
    for case in CASES
    for field in case.fields("recipe")
]


@pytest.mark.parametrize(("case", "field"), FIELDS)
def test_field_is_exact(case: Case, field: str) -> None:
    assert harness.got(case, "recipe").get(field) == case.expected[field]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_person_has_looked_at_it(case: Case) -> None:
    """What `tinso sources add` wrote is what was read, until somebody has compared it."""
    assert not case.unconfirmed, case.unconfirmed


@pytest.mark.parametrize("way", WAYS)
def test_no_score_falls_under_its_floor(way: Way) -> None:
    reached = means(harness.scores(way, CASES))
    floors = read_floors().get(way, {})
    fallen = {
        field: f"{reached.get(field, 0.0)} < {floor}"
        for field, floor in floors.items()
        if reached.get(field, 0.0) < floor
    }
    assert not fallen, "mend the reading: `./run quality` names the worst cases"


def test_a_floor_only_rises() -> None:
    old = {"recipe": {"title": 0.9, "byline": 0.5}, "unaided": {}}
    new = {"recipe": {"title": 0.8, "byline": 0.7}, "unaided": {"title": 0.6}}
    assert raised(old, new) == {
        "recipe": {"title": 0.9, "byline": 0.7},
        "unaided": {"title": 0.6},
    }


def test_names_that_the_rules_know_are_hidden_and_others_stay() -> None:
    markup = (
        '<h1 class="title big" id="x">a</h1><div id="news-bodyhtml" class=\'bodytext m\'></div>'
    )
    hidden = unnamed(markup, "nukeviet")
    assert not any(name in hidden for name in ('"title', "news-bodyhtml", "bodytext"))
    assert 'big" id="x"' in hidden
    assert unnamed(markup, "generic") == markup


@pytest.mark.parametrize("folder", FOLDERS, ids=[Case(folder).name for folder in FOLDERS])
def test_a_case_keeps_to_the_conventions(folder: Path) -> None:
    assert {"page.html", "meta.json", "expected.json"} <= {path.name for path in folder.iterdir()}
    for name in ("meta.json", "expected.json"):
        assert is_normalized("NFC", (folder / name).read_text(encoding="utf-8")), name
    case = Case(folder)
    meta = case.meta
    assert set(meta) <= harness.META_KEYS
    assert {"kind", "url", "family", "note"} <= set(meta)
    assert meta["kind"] in harness.KINDS
    assert meta["family"] in FAMILIES
    assert folder.parent.name == meta["family"]
    assert meta["note"].strip(), "the note says which version or trap this is"
    assert set(case.open_fields) <= set(case.expected)
    told = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    allowed = {"article": {*ARTICLE_FIELDS}, "list": {"entries", "next"}, "other": set[str]()}
    assert set(told) <= allowed[meta["kind"]]
    if meta["kind"] == "article":
        assert {"title", "published", "body_text"} <= set(told)
    if meta["kind"] == "list":
        assert set(told) == {"entries", "next"}
        assert {field for entry in told["entries"] for field in entry} <= {"url", "title", "date"}
        assert set(LIST_FIELDS) == set(case.fields("recipe"))


WITHOUT_CASES: set[str] = set()


@pytest.mark.parametrize(
    "family",
    [
        pytest.param(name, marks=pytest.mark.xfail(reason="no cases written yet"))
        if name in WITHOUT_CASES
        else name
        for name in FAMILIES
    ],
)
def test_a_family_has_four_cases_lists_and_articles_among_them(family: str) -> None:
    kinds = [case.meta["kind"] for case in CASES if case.meta["family"] == family]
    assert len(kinds) >= 4
    assert {"article", "list"} <= set(kinds)
