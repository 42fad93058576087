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
        ("Đắk Lắk: Diễn tập", "dak-lak"),
        ("Đăk Lăk: Diễn tập", "dak-lak"),
        ("Đắc Lắc: Diễn tập", "dak-lak"),
        ("Đăk Lắc: Diễn tập", "dak-lak"),
        ("Daklak: Diễn tập", "dak-lak"),
        ("\u00d0ắk Lắk: Diễn tập", "dak-lak"),
        ("Đăk Nông: Diễn tập", "dak-nong"),
        ("Đắc Nông: Diễn tập", "dak-nong"),
        ("Bắc Cạn: Diễn tập", "bac-kan"),
        ("TP.HCM: Khai mạc", "ho-chi-minh"),
        ("TP HCM: Khai mạc", "ho-chi-minh"),
        ("TPHCM: Khai mạc", "ho-chi-minh"),
        ("Tp. HCM: Khai mạc", "ho-chi-minh"),
        ("TP. Hồ Chí Minh: Khai mạc", "ho-chi-minh"),
        ("TP.Hồ Chí Minh: Khai mạc", "ho-chi-minh"),
        ("Thành phố Hồ Chí Minh: Khai mạc", "ho-chi-minh"),
        ("THÀNH PHỐ HỒ CHÍ MINH: KHAI MẠC", "ho-chi-minh"),
        ("Hồ Chí Minh: biên niên tiểu sử", None),
        ("Chủ tịch Hồ Chí Minh: người thầy", None),
        ("Bến tre: Tập huấn", "ben-tre"),
        ("bến tre: tập huấn", "ben-tre"),
        ("Thừa Thiên-Huế: Khai trương", "thua-thien-hue"),
        ("Thừa Thiên – Huế: Khai trương", "thua-thien-hue"),
        ("TT-Huế: Khai trương", "thua-thien-hue"),
        ("TT. Huế: Khai trương", "thua-thien-hue"),
        ("Huế: Khai trương", "thua-thien-hue"),
        ("TP. Huế: Khai trương", "thua-thien-hue"),
        ("Thành phố Huế: Khai trương", "thua-thien-hue"),
        ("BR-VT: hội nghị", "ba-ria-vung-tau"),
        ("BR - VT: hội nghị", "ba-ria-vung-tau"),
        ("Bà Rịa - Vũng Tàu: hội nghị", "ba-ria-vung-tau"),
        ("Vũng Tàu: hội nghị", "ba-ria-vung-tau"),
        ("Thanh Hóa: Họp báo", "thanh-hoa"),
        ("Thành Hoá: Họp báo", "thanh-hoa"),
        ("Kontum: Họp báo", "kon-tum"),
        ("Hà Tây: Họp báo", "ha-noi"),
        ("Tỉnh Điện Biên: Tập huấn", "dien-bien"),
        ("TP. Cần Thơ: Tập huấn", "can-tho"),
        ("TP Đà Nẵng: Tập huấn", "da-nang"),
        ("Die\u0323\u0302n Bie\u0302n: tập huấn", "dien-bien"),
        # A word that is also a province's name, in the case of words.
        ("Hòa Bình: Tập huấn", "hoa-binh"),
        ("HÒA BÌNH: TẬP HUẤN", "hoa-binh"),
        ("Hòa bình: khát vọng của nhân loại", None),
        ("Tỉnh hòa bình: Tập huấn", "hoa-binh"),
        ("Hải dương: nghiên cứu mới", None),
        ("Hải Dương: Họp báo", "hai-duong"),
        # Two provinces, an office, a town, a sentence.
        ("Hà Nội - Huế: Chuyến tàu số", None),
        ("Điện Biên, Lai Châu: Diễn tập", None),
        ("Sở TT&TT Điện Biên: Tập huấn", None),
        ("Đà Lạt: Hội hoa", None),
        ("Tỉnh: ủy họp", None),
        ("Tp: họp", None),
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


NAMES = {each.name for each in provinces().values()} | {p.name for p in provinces_now().values()}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_name_of_the_63_and_the_34_is_told_in_a_title(name: str) -> None:
    title = f"TP. {name}: Tập huấn" if name == "Hồ Chí Minh" else f"{name}: Tập huấn"
    slug = province_in_title(title)
    assert slug is not None
    assert province_in_title(title.upper()) == slug
    assert name in {provinces()[slug].name, *provinces()[slug].aliases}
