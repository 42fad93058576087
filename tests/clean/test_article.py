"""From a draft to the article that is kept, or to the reason why there is none."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import crawler
from crawler.clean.article import Refusal, clean
from crawler.clean.topics import topics_of
from crawler.extract.draft import Draft, Found, Moment
from store.identity import Sighting
from store.model import VIETNAM, Article, Attachment, Image
from store.names import mint
from store.topics import TOPICS
from tests.pages import NOW, source

URL = "http://so.example.vn/vi/news/tin/bai-viet-12.html"
DRAFT = Draft(
    url=URL,
    key="12",
    title=Found("Sở tổ chức hội nghị", "css:h1"),
    body_html=Found("<p>Nội dung</p>", "css:#b"),
    body_text="Nội dung",
)


def moment(*when: int) -> Found[Moment]:
    at = datetime(*when, tzinfo=VIETNAM)  # type: ignore[misc,arg-type]
    return Found(Moment(at=at, precision="minute", raw=""), "css:time")


def kept(draft: Draft, source_id: str = "dien-bien/thu") -> Article:
    outcome = clean(draft, source=source(source_id=source_id), now=NOW)
    assert isinstance(outcome, Sighting)
    return outcome.article


def test_article_is_named_by_source_and_number_and_known_by_its_address_too() -> None:
    outcome = clean(DRAFT, source=source(), now=NOW)
    assert isinstance(outcome, Sighting)
    assert outcome.article.id == mint("dien-bien/thu", "12")
    assert outcome.aliases == (
        "dien-bien/thu #12",
        "dien-bien/thu so.example.vn/news/tin/bai-viet-12.html",
    )


def test_article_without_a_number_is_named_by_its_address_without_scheme() -> None:
    plain = kept(replace(DRAFT, key=None))
    secure = kept(replace(DRAFT, key=None, url=URL.replace("http:", "https:")))
    assert plain.id == secure.id == mint("dien-bien/thu", "so.example.vn/news/tin/bai-viet-12.html")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": None}, "no-title"),
        ({"title": Found(" \u200b ", "css:h1")}, "no-title"),
        ({"url": "javascript:void(0)"}, "no-url"),
        ({"body_html": None}, "no-article"),
        ({"body_html": Found("<p> </p><script>x</script>", "css:#b")}, "no-article"),
    ],
)
def test_what_has_no_title_address_or_content_is_refused(
    changes: dict[str, Any], reason: str
) -> None:
    outcome = clean(replace(DRAFT, **changes), source=source(), now=NOW)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == reason


def test_file_or_picture_alone_is_an_article() -> None:
    bare = replace(DRAFT, body_html=None, body_text="")
    file = Attachment(url="http://so.example.vn/a.pdf", title="a.pdf")
    picture = Image(url="http://so.example.vn/a.jpg")
    assert kept(replace(bare, attachments=(file,))).attachments == (file,)
    assert kept(replace(bare, images=(picture,))).body_text == ""


def test_date_of_the_page_is_kept_with_where_it_was_read() -> None:
    article = kept(replace(DRAFT, published=moment(2026, 11, 20, 9, 15), published_from="page"))
    assert article.published == datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
    assert (article.published_from, article.published_precision) == ("page", "minute")
    assert article.updated == article.published
    assert article.provenance["published"] == "css:time"


@pytest.mark.parametrize("when", [(2026, 11, 25, 9, 0), (2999, 1, 1), (1994, 12, 31), (1970, 1, 1)])
def test_date_that_cannot_be_right_gives_way(when: tuple[int, ...]) -> None:
    article = kept(replace(DRAFT, published=moment(*when), published_from="page"))
    assert (article.published, article.published_from) == (NOW, "first-seen")


def test_site_whose_clock_runs_a_little_ahead_is_believed() -> None:
    ahead = Moment(at=NOW + timedelta(minutes=5), precision="minute", raw="")
    article = kept(replace(DRAFT, published=Found(ahead, "css:time"), published_from="page"))
    assert article.published_from == "page"


def test_day_in_the_address_wins_over_the_day_in_the_lead() -> None:
    lead = "Ngày 11/01/2013, Sở tổ chức"
    dated = replace(
        DRAFT, url="http://so.example.vn/portal/pages/2023-08-07/Bai.aspx", body_text=lead
    )
    assert kept(dated).published_from == "url"
    assert kept(dated).published == datetime(2023, 8, 6, 17, 0, tzinfo=UTC)
    in_lead = kept(replace(DRAFT, body_text=lead))
    assert (in_lead.published_from, in_lead.published_precision) == ("lead", "day")


def test_province_is_the_source_s_own_or_for_the_ministry_the_title_s() -> None:
    own = kept(DRAFT)
    assert (own.province, own.province_from, own.province_now) == (
        "dien-bien",
        "source",
        "dien-bien",
    )
    named = replace(DRAFT, title=Found("Hà Giang: Sở tổ chức hội nghị", "css:h1"))
    ministry = kept(named, "trung-uong/mic")
    assert (ministry.province, ministry.province_from) == ("ha-giang", "title")
    assert ministry.province_now == "tuyen-quang"
    nobody = kept(DRAFT, "trung-uong/mic")
    assert (nobody.province, nobody.province_from, nobody.province_now) == (None, None, None)


def test_texts_are_one_line_without_invisible_signs_and_in_nfc() -> None:
    article = kept(
        replace(
            DRAFT,
            title=Found("  Sở\u00a0 tổ\u00adchức\n hô\u0323i nghị ", "css:h1"),
            byline=Found(" Minh\tĐức ", "css:p"),
            body_text="Một\u00a0hai \n ba\n\n\u200b\n\nBốn",
        )
    )
    assert article.title == "Sở tổchức hội nghị"
    assert article.byline == "Minh Đức"
    assert article.body_text == "Một hai ba\n\nBốn"


def test_every_field_that_was_read_names_its_rule() -> None:
    article = kept(replace(DRAFT, byline=Found("Minh Đức", "css:.tacgia")))
    assert article.provenance == {
        "body_html": "css:#b",
        "body_text": "css:#b",
        "byline": "css:.tacgia",
        "id": "key",
        "province": "source",
        "published": "first-seen",
        "title": "css:h1",
    }


def test_same_content_has_the_same_hash_and_an_edit_another() -> None:
    markup = replace(DRAFT, body_html=Found("<div>Nội  dung</div>", "css:#b"))
    edit = replace(DRAFT, body_html=Found("<p>Nội dung mới</p>", "css:#b"))
    assert kept(DRAFT).content_hash == kept(markup).content_hash != kept(edit).content_hash


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Đẩy mạnh CHUYỂN ĐỔI SỐ tại huyện", ("chuyen-doi-so",)),
        ("Giao ban báo chí tháng 9", ("bao-chi-xuat-ban",)),
        ("Kiểm tra SIM rác tại bưu điện", ("buu-chinh", "vien-thong")),
        ("Phòng, chống tin giả trên không gian mạng", ("an-toan-thong-tin",)),
        ("Thăm gia đình chính sách", ()),
    ],
)
def test_topics_are_told_by_wordings(text: str, topics: tuple[str, ...]) -> None:
    assert topics_of(text, None) == topics


def test_every_topic_with_wordings_has_a_name_and_the_other_way_round() -> None:
    table = Path(crawler.__file__).parent / "topics.toml"
    assert list(tomllib.loads(table.read_text(encoding="utf-8"))) == list(TOPICS)
