"""Folding: what a person types without marks finds what the site wrote with them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("ĐIỆN BIÊN", "dien bien"),
        ("Thừa Thiên – Huế", "thua thien – hue"),
        ("Ðắk Lắk", "dak lak"),  # U+00D0, an Icelandic letter that some sites type for Đ
        ("ưƯơƠăĂâÂêÊôÔ", "uuooaaaaeeoo"),
        (unicodedata.normalize("NFD", "Hội nghị"), "hoi nghi"),
        ("", ""),
    ],
)
def test_marks_case_and_stroke_fall_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_come_in_order_with_repeats() -> None:
    assert words("Số 12/2026/NĐ-CP: số mới") == ["so", "12", "2026", "nd", "cp", "so", "moi"]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(st.text())
def test_composed_and_decomposed_text_have_the_same_words(text: str) -> None:
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))
