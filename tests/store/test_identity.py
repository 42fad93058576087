"""Who an article is, and whether it is news: the pure decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from store.content import content_hash
from store.identity import TRUST, decide
from store.model import Article, Attachment, PublishedFrom
from store.names import aliases_of, mint, name_of, told_alias
from tests.store.making import DIEN_BIEN, MORNING, article

LATER = MORNING + timedelta(days=2)


def seen_later(**fields: Any) -> Article:
    return article(**({"changed": LATER} | fields))


# Names


def test_minting_again_gives_the_same_id() -> None:
    assert mint(DIEN_BIEN, "8532") == mint(DIEN_BIEN, "8532")


@pytest.mark.parametrize("other", [("lai-chau/tttt", "8532"), (DIEN_BIEN, "8533")])
def test_another_source_or_key_is_another_article(other: tuple[str, str]) -> None:
    assert mint(*other) != mint(DIEN_BIEN, "8532")


@pytest.mark.parametrize(
    "url",
    [
        "http://dic.gov.vn/vi/tin-1.html",
        "https://dic.gov.vn/vi/tin-1.html",
        "https://www.dic.gov.vn/vi/tin-1.html",
        "http://dic.gov.vn:80/vi/tin-1.html",
        "https://DIC.gov.vn:443/vi/tin-1.html",
        "http://m.dic.gov.vn/tin-1.html",
        "http://dic.gov.vn/tin-1.html/",
        "http://dic.gov.vn//tin-1.html",
        "http://dic.gov.vn/index.php/vi/tin-1.html",
        "http://dic.gov.vn/tin-1.html?language=vi",
        "http://dic.gov.vn/tin-1.html/!ut/p/b1/04_Sj9CPykssy0xPLMnMz0vMAfGj/",
    ],
)
def test_what_names_no_article_is_no_part_of_the_name(url: str) -> None:
    assert aliases_of("s", key=None, url=url) == ("s dic.gov.vn/tin-1.html",)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://m.vn/tin-1.html", "m.vn/tin-1.html"),
        ("http://m.gov.vn/tin-1.html", "m.gov.vn/tin-1.html"),
        ("http://dic.gov.vn/index.php?nv=news&language=vi&id=1", "dic.gov.vn/?id=1&nv=news"),
        ("http://dic.gov.vn/video/tin-1.html", "dic.gov.vn/video/tin-1.html"),
        ("http://dic.gov.vn/en/tin-1.html", "dic.gov.vn/en/tin-1.html"),
    ],
)
def test_what_may_name_another_article_stays(url: str, name: str) -> None:
    assert name_of(url) == name


def test_sites_own_key_is_the_strongest_name() -> None:
    assert aliases_of("s", key="1", url="http://a.vn:8080/x?id=1") == ("s #1", "s a.vn:8080/x?id=1")


LONG = "Sáng 20/11, Sở tổ chức hội nghị tập huấn kỹ năng số. " * 5


@pytest.mark.parametrize(
    "same",
    [
        {"url": "http://moi.dic.gov.vn/chuyen-muc-khac/tin-1.html", "id": "another"},
        {"title": "TIN  THỨ 1", "summary": "Có tóm tắt", "body_text": LONG.upper()},
        {"published": MORNING + timedelta(hours=9), "published_from": "listing"},
    ],
)
def test_same_title_day_and_text_are_the_same_article_at_any_address(same: dict[str, Any]) -> None:
    assert told_alias(article(body_text=LONG)) == told_alias(article(**{"body_text": LONG} | same))


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Tin khác"},
        {"body_text": LONG + "Thêm."},
        {"published": MORNING + timedelta(days=1)},
        {"source": "lai-chau/tttt"},
    ],
)
def test_another_title_day_text_or_source_is_another_article(other: dict[str, Any]) -> None:
    assert told_alias(article(body_text=LONG)) != told_alias(article(**{"body_text": LONG} | other))


def test_a_short_notice_is_not_known_by_its_words() -> None:
    assert told_alias(article(body_text="Thông báo lịch tiếp công dân.")) == ()


def test_the_moment_of_the_crawl_is_no_day_to_know_an_article_by() -> None:
    undated: dict[str, Any] = {"body_text": LONG, "published_from": "first-seen"}
    later = article(**undated, published=LATER)
    assert told_alias(later) == told_alias(article(**undated)) != ()


# Content


def hashed(**fields: Any) -> str:
    usual: dict[str, Any] = {
        "title": "Tin",
        "summary": None,
        "body_html": "<p>Một hai</p>",
        "attachments": (),
    }
    return content_hash(**usual | fields)


@pytest.mark.parametrize(
    "same",
    [
        {"body_html": "<div>Một\n  hai</div>"},
        {"body_html": '<p class="x">Một <b>hai</b></p>'},
        {"body_html": "<p>Mo\u0323\u0302t hai</p>"},
        {"title": " Tin "},
        {"summary": ""},
    ],
)
def test_markup_and_blanks_are_no_content(same: dict[str, object]) -> None:
    assert hashed(**same) == hashed()


@pytest.mark.parametrize(
    "other",
    [
        {"body_html": "<p>Một ba</p>"},
        {"title": "Tin khác"},
        {"summary": "Tóm tắt"},
        {"attachments": (Attachment(url="http://a.vn/a.pdf", title="A"),)},
    ],
)
def test_words_and_files_are_content(other: dict[str, object]) -> None:
    assert hashed(**other) != hashed()


# Decisions


def test_unknown_article_is_inserted() -> None:
    decision = decide(article(), None)
    assert (decision.outcome, decision.article, decision.replaced) == ("insert", article(), None)


def only_the_clock_moves() -> Article:
    return seen_later(first_seen=LATER)


def it_is_minted_anew() -> Article:
    return seen_later(id="another")


def its_date_is_read_elsewhere() -> Article:
    return seen_later(published=LATER)


@pytest.mark.parametrize(
    "event", [only_the_clock_moves, it_is_minted_anew, its_date_is_read_elsewhere]
)
def test_nothing_new_is_the_same(event: Callable[[], Article]) -> None:
    decision = decide(event(), article())
    assert (decision.outcome, decision.article, decision.replaced) == ("same", article(), None)


def test_edit_counts_a_revision_and_puts_the_old_one_away() -> None:
    decision = decide(seen_later(title="Tin sửa"), article())
    assert decision.outcome == "update"
    assert (decision.article.revision, decision.article.updated) == (2, LATER)
    assert decision.replaced is not None
    assert (decision.replaced.title, decision.replaced.revision) == ("Tin thứ 1", 1)
    assert decision.replaced.replaced == LATER


def test_other_field_is_an_update_without_a_revision() -> None:
    decision = decide(seen_later(section="Tin tức"), article())
    assert (decision.outcome, decision.article.revision) == ("update", 1)
    assert decision.replaced is None
    assert decision.article.updated == article().updated


def test_id_first_seen_and_cluster_stay() -> None:
    old = replace(article(), cluster="story")
    kept = decide(seen_later(id="another", first_seen=LATER, title="Sửa"), old).article
    assert (kept.id, kept.first_seen, kept.cluster) == (old.id, old.first_seen, "story")


@pytest.mark.parametrize("better", range(len(TRUST)))
@pytest.mark.parametrize("worse", range(len(TRUST)))
def test_date_gives_way_only_to_a_better_source(better: int, worse: int) -> None:
    old_from: PublishedFrom = TRUST[worse]
    new_from: PublishedFrom = TRUST[better]
    old = article(published_from=old_from)
    kept = decide(seen_later(published=LATER, published_from=new_from), old).article
    assert kept.published == (LATER if better < worse else old.published)
    assert kept.published_from == (new_from if better < worse else old_from)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("http://a.vn/tin/bai-1.html", "http://a.vn/su-kien/bai-1.html", 0),
        ("http://a.vn/tin/bai-1.html", "https://a.vn/su-kien/bai-1.html", 0),
        ("https://a.vn/bai-1.html", "http://a.vn/bai-1.html", 0),
        ("http://a.vn/bai-1.html", "http://a.vn/bai-1.html/", 0),
        ("http://www.so.a.vn/bai-1.html", "http://m.so.a.vn/bai-1.html", 0),
        ("http://m.so.a.vn/bai-1.html", "http://so.a.vn/bai-1.html", 1),
        ("http://a.vn/bai-1.html", "https://a.vn/bai-1.html", 1),
        ("http://a.vn/bai-1.html", "http://b.vn/bai-1.html", 1),
    ],
)
def test_an_unchanged_article_keeps_its_address_but_for_a_better_one(
    old: str, new: str, kept: int
) -> None:
    stored = article(url=old, section="Tin tức")
    decision = decide(seen_later(url=new, section="Tin tức" if kept else "Sự kiện"), stored)
    assert decision.article.url == (old, new)[kept]
    assert decision.outcome == ("same", "update")[kept]


def test_an_edited_article_takes_the_address_that_it_was_read_at() -> None:
    decision = decide(seen_later(url="http://dic.gov.vn/moi-1.html", title="Sửa"), article())
    assert decision.article.url == "http://dic.gov.vn/moi-1.html"


@pytest.mark.parametrize("back", [False, True])
def test_a_line_that_is_newly_cut_or_no_more_is_no_edit(back: bool) -> None:
    whole = {"body_html": "<p>Nội\u00a0dung.</p><p>Gọi <i>0215</i> &amp; 1022</p>"}
    cleaned = {"body_html": "<p>Nội\u00a0dung.</p>", "cut": ("Gọi 0215 & 1022",)}
    first, then = (cleaned, whole) if back else (whole, cleaned)
    decision = decide(seen_later(**then), article(**first))
    assert (decision.outcome, decision.replaced) == ("update", None)
    assert decision.article.revision == 1
    assert decision.article.body_html == then["body_html"]


def test_an_edit_is_seen_though_a_line_is_cut_with_it() -> None:
    old = article(body_html="<p>Nội dung.</p><p>Gọi 1022</p>")
    new = seen_later(body_html="<p>Nội dung mới.</p>", cut=("Gọi 1022",))
    decision = decide(new, old)
    assert decision.article.revision == 2
    assert decision.replaced is not None


def test_what_a_wrong_clock_wrote_is_put_right_by_the_next_reading() -> None:
    ahead = LATER + timedelta(days=365)
    old = article(first_seen=ahead, changed=ahead)
    decision = decide(seen_later(title="Tiêu đề khác hẳn"), old)
    assert (decision.article.first_seen, decision.article.changed) == (LATER, LATER)
    assert decision.replaced is not None


def test_a_clock_that_is_seconds_behind_another_puts_nothing_right() -> None:
    old = article(changed=LATER + timedelta(seconds=5))
    assert decide(seen_later(title="Tiêu đề khác hẳn"), old).outcome == "same"
