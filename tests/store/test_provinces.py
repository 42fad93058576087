"""The 63 and the 34: complete, and told apart in titles."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from store.provinces import (
    REGIONS,
    province_in_title,
    province_name,
    provinces,
    provinces_now,
)


def test_there_were_63_and_are_34() -> None:
    assert len(provinces()) == 63
    assert len(provinces_now()) == 34


def test_every_province_has_a_region_and_a_place_today() -> None:
    for province in provinces().values():
        assert province.region in REGIONS, province.slug
        assert province.now in provinces_now(), province.slug


def test_every_province_of_today_comes_of_one_to_three() -> None:
    merged = [province.now for province in provinces().values()]
    assert {merged.count(slug) for slug in provinces_now()} == {1, 2, 3}


def test_eleven_provinces_were_not_merged() -> None:
    merged = [province.now for province in provinces().values()]
    assert sum(merged.count(slug) == 1 for slug in provinces_now()) == 11


def test_cities_are_the_ones_that_the_law_names() -> None:
    assert {p.slug for p in provinces_now().values() if p.kind == "city"} == {
        "can-tho",
        "da-nang",
        "ha-noi",
        "hai-phong",
        "ho-chi-minh",
        "hue",
    }


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("dien-bien", "dien-bien"),
        ("ha-giang", "tuyen-quang"),
        ("quang-nam", "da-nang"),
        ("binh-duong", "ho-chi-minh"),
        ("kon-tum", "quang-ngai"),
        ("thua-thien-hue", "hue"),
    ],
)
def test_province_belongs_to_the_one_that_took_it_in(old: str, now: str) -> None:
    assert provinces()[old].now == now


def test_names_are_nfc_and_codes_are_their_own() -> None:
    for table in (provinces(), provinces_now()):
        assert all(unicodedata.is_normalized("NFC", each.name) for each in table.values())
        assert len({each.code for each in table.values()}) == len(table)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Điện Biên: Tập huấn chuyển đổi số", "dien-bien"),
        ("ĐIỆN BIÊN : tập huấn", "dien-bien"),
        ("  Thừa Thiên Huế: Khai trương", "thua-thien-hue"),
        ("Thừa Thiên - Huế: Khai trương", "thua-thien-hue"),
        ("Ba Ria – Vung Tau: hội nghị", "ba-ria-vung-tau"),
        ("Bắc Kạn: Diễn tập", "bac-kan"),
        ("Hội nghị: Điện Biên", None),
        ("Điện Biên tập huấn", None),
        (": trống", None),
        ("", None),
    ],
)
def test_title_names_its_province_before_the_first_colon(title: str, slug: str | None) -> None:
    assert province_in_title(title) == slug


@pytest.mark.parametrize(
    ("slug", "name"), [("ha-giang", "Hà Giang"), ("hue", "Huế"), ("nowhere", None)]
)
def test_slug_has_a_name(slug: str, name: str | None) -> None:
    assert province_name(slug) == name


def test_table_agrees_with_the_reference() -> None:
    reference = Path(__file__).parents[3] / "shared" / "reference" / "provinces.csv"
    if not reference.exists():
        pytest.skip("the reference table lies beside the project, not in it")
    with reference.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {
        row["slug"]: (row["name_vi"], row["gso_code"], row["new_slug"], row["region"])
        for row in rows
    } == {each.slug: (each.name, each.code, each.now, each.region) for each in provinces().values()}
