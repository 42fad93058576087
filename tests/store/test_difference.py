"""What differs between two versions, word by word."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from store.difference import Change, Piece, changes_between, versions_of
from store.identity import decide
from store.model import Attachment
from tests.store.making import MORNING, article

LATER = MORNING + timedelta(days=2)


def between(first: dict[str, Any], then: dict[str, Any]) -> tuple[Change, ...]:
    decision = decide(article(**then, changed=LATER), article(**first))
    assert decision.replaced is not None
    old, new = versions_of(decision.article, [decision.replaced])
    return changes_between(old, new)


def body(*lines: str) -> dict[str, Any]:
    return {"body_html": "".join(f"<p>{line}</p>" for line in lines)}


def test_versions_come_oldest_first_with_the_moment_each_was_first_seen() -> None:
    decision = decide(article(title="Tin sửa", changed=LATER), article())
    assert decision.replaced is not None
    versions = versions_of(decision.article, [decision.replaced])
    assert [(one.revision, one.title, one.since) for one in versions] == [
        (1, "Tin thứ 1", article().first_seen),
        (2, "Tin sửa", LATER),
    ]


def test_one_word_of_a_title_is_told_as_the_word_that_went_and_the_one_that_came() -> None:
    (change,) = between({"title": "Hội nghị cấp xã"}, {"title": "Hội nghị cấp huyện"})
    assert change.part == "title"
    assert change.passages == (
        (Piece("same", "Hội nghị cấp "), Piece("gone", "xã"), Piece("new", "huyện")),
    )


def test_what_stayed_at_length_is_folded_and_counted() -> None:
    line = " ".join(f"chữ{n}" for n in range(60))
    long = body("Đoạn đầu như cũ.", line + " 120 người.", "Đoạn cuối như cũ.")
    then = body("Đoạn đầu như cũ.", line + " 125 người.", "Đoạn cuối như cũ.")
    (change,) = between(long, then)
    first, amid, last = change.passages
    assert first == last == (Piece("folded", "", 4),)
    assert [piece.kind for piece in amid] == ["folded", "same", "gone", "new", "same"]
    assert amid[0].words == 52
    assert (amid[2].text, amid[3].text, amid[4].text) == ("120", "125", " người.")


def test_a_paragraph_that_came_and_one_that_went_are_told_whole() -> None:
    (change,) = between(body("Một hai ba.", "Bốn năm sáu."), body("Bốn năm sáu.", "Bảy tám chín."))
    assert change.passages == (
        (Piece("gone", "Một hai ba."),),
        (Piece("folded", "", 3),),
        (Piece("new", "Bảy tám chín."),),
    )


def test_forms_of_one_sign_and_counters_are_not_told() -> None:
    (change,) = between(
        body("Ông nói: “Làm”…", "Lượt xem: 5", "Năm 2025."),
        body('Ông nói: "Làm"...', "Lượt xem: 9", "Năm 2026."),
    )
    assert change.passages[0] == (Piece("folded", "", 3),)
    assert len(change.passages) == 2


def test_a_file_in_the_place_of_another_is_told() -> None:
    first, then = (
        {"attachments": (Attachment(url=f"http://a.vn/{name}.pdf", title="Kế hoạch"),)}
        for name in ("cu", "moi")
    )
    (change,) = between(first, then)
    assert change.part == "attachments"
    assert {piece.kind for passage in change.passages for piece in passage} >= {"gone", "new"}


def test_texts_of_any_size_are_compared_in_little_time() -> None:
    begun = time.process_time()
    between(body("a " * 2000), body("a b " * 1000))
    between(body(*["a b c"] * 2500), body(*["a c"] * 2500))
    between(body("x " * 300_000), body("y " * 300_000))
    assert time.process_time() - begun < 5
