"""What every bundled recipe keeps to."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from unicodedata import is_normalized
from urllib.parse import urlsplit

import pytest

from crawler.recipe import Recipe, Source
from crawler.recipes import BUNDLED, find_sources, load_sources, read_recipe
from store.provinces import MINISTRY, provinces, provinces_now
from tests.sources.evidence import evidence_of

FILES = find_sources((BUNDLED,))
SOURCES = {source.id: source for source in load_sources((BUNDLED,))}
EACH = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)

LAST_DAY = date(2025, 2, 28)
"""Of the departments and the ministry of information and communications."""
NAMES = {
    "tttt": "Sở Thông tin và Truyền thông ",
    "khcn": "Sở Khoa học và Công nghệ ",
    "portal": "Cổng thông tin điện tử ",
}
CENTRES = {"quang-ninh/tttt"}
"""Sites of a department's centre, which outlived it, under the department's id."""


def bare_hosts(source: Source) -> set[str]:
    return {host.removeprefix("www.") for host in source.hosts}


def test_a_file_s_place_is_its_id() -> None:
    for source_id, path in FILES.items():
        assert path == BUNDLED / f"{source_id}.toml"
        assert read_recipe(path, root=BUNDLED).id == source_id


@EACH
def test_a_file_is_nfc_and_its_first_line_says_what_it_is_from(source: Source) -> None:
    text = FILES[source.id].read_text(encoding="utf-8")
    assert is_normalized("NFC", text)
    assert text.endswith("\n")
    assert not re.search(r"[ \t]$|\n\n\n", text, re.MULTILINE)
    assert evidence_of(source) is not None, text.splitlines()[0]


@EACH
def test_a_file_says_only_what_differs(source: Source) -> None:
    said = tomllib.loads(FILES[source.id].read_text(encoding="utf-8"))
    for key, value in said.items():
        assert value != Recipe.model_fields[key].default, key
    assert source.recipe.article != source.family.article_address.pattern
    assert not source.recipe.checked, "nobody can have checked it live yet"


@EACH
def test_a_name_is_the_office_s_and_its_province_s(source: Source) -> None:
    name = source.recipe.name
    _, department = source.id.split("/")
    if source.id not in CENTRES:
        assert name.startswith(NAMES.get(department, ""))
    if source.province is None:
        assert source.id.startswith(f"{MINISTRY}/")
        assert name.startswith("Bộ ")
        return
    province = provinces()[source.province]
    assert re.search(f"(?:{province.name}|{provinces_now()[province.now].name})(?: \\(|$)", name)


@EACH
def test_a_list_is_on_the_own_site(source: Source) -> None:
    for url in source.listing_urls:
        assert urlsplit(url).netloc.removeprefix("www.") in bare_hosts(source)
    assert len(set(source.listing_urls)) == len(source.listing_urls)


@EACH
def test_a_department_of_information_and_communications_ended_in_2025(source: Source) -> None:
    ended = source.id.endswith("/tttt") and source.id not in CENTRES
    ended |= source.id == f"{MINISTRY}/mic"
    assert source.recipe.until == (LAST_DAY if ended else None)


@EACH
def test_the_work_of_a_department_that_ended_is_carried_on_by_one_that_has_not(
    source: Source,
) -> None:
    if source.recipe.until is None:
        return
    met = [source.id]
    while successor := SOURCES[met[-1]].recipe.successor:
        assert successor not in met
        met.append(successor)
    if len(met) > 1:
        assert SOURCES[met[-1]].recipe.until is None


@EACH
def test_a_successor_is_the_province_s_own_where_there_is_one(source: Source) -> None:
    if source.recipe.until is None or source.province is None:
        return
    places = (source.province, provinces()[source.province].now)
    known = [f"{place}/khcn" for place in places if f"{place}/khcn" in SOURCES]
    assert source.recipe.successor == next(iter(known), None)


def test_every_province_and_both_ministries_have_a_source() -> None:
    assert len(SOURCES) >= 100
    assert {source.province for source in SOURCES.values()} - {None} == set(provinces())
    assert {f"{MINISTRY}/mic", f"{MINISTRY}/mst"} <= set(SOURCES)


def test_no_host_belongs_to_two_sources() -> None:
    hosts = Counter(host for source in SOURCES.values() for host in bare_hosts(source))
    assert [host for host, count in hosts.items() if count > 1] == []


def test_no_host_stands_in_the_code() -> None:
    root = Path(BUNDLED).parent
    for file in [*root.rglob("*.py"), *root.parent.glob("store/*.py")]:
        for line in file.read_text(encoding="utf-8").splitlines():
            if re.search(r"\bif\b|\bcase\b|==", line) and not line.lstrip().startswith(("#", '"')):
                assert not re.search(r"[\"'][\w.-]+\.gov\.vn", line), f"{file}: {line}"
