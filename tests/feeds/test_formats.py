"""What a reader gets, read back by a reader."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from feeds.channel import ALL
from feeds.feed import Feed, Links
from feeds.formats import FORMATS
from store.base import Selection, Store
from store.model import Article
from tests.feeds.conftest import CARD
from tests.store.making import MORNING, article

ENDINGS = list(FORMATS)
XML = ["rss", "atom"]


def feed(articles: Sequence[Article], ending: str = "rss") -> Feed:
    base = "https://tin.example.vn"
    return Feed(
        channel=ALL,
        articles=articles,
        links=Links(own=f"{base}/all.{ending}", page=f"{base}/all"),
        base_url=base,
        sources={CARD.id: CARD},
    )


def render(articles: Sequence[Article], ending: str) -> bytes:
    return FORMATS[ending].render(feed(articles, ending))


def parse(raw: bytes) -> Any:
    found = feedparser.parse(raw)
    assert not found.bozo, found.get("bozo_exception")
    return found


def stored(store: Store) -> list[Article]:
    return store.newest(Selection(), limit=50)


@pytest.mark.parametrize("ending", XML)
def test_a_reader_finds_every_article_newest_first(filled: Store, ending: str) -> None:
    found = parse(render(stored(filled), ending))
    assert [entry.title for entry in found.entries] == [
        "Hội nghị “Chuyển đổi số” & an toàn thông tin",
        "Tin thứ 2",
        "Tin thứ 1",
    ]
    first = found.entries[0]
    assert first.link == "http://dic.gov.vn/vi/news/tin-3.html"
    assert first.id == "urn:uuid:" + stored(filled)[0].id
    assert first.published_parsed[:5] == (2026, 11, 20, 2, 18)
    assert first.summary == "Sở tổ chức hội nghị ở Đà Nẵng."
    assert first.content[0].value == "<p>Sáng nay, Sở <b>tổ chức</b> hội nghị.</p>"
    assert first.author == "Minh Đức"
    assert {tag.term for tag in first.tags} == {"Tin tức", "Chuyển đổi số", "Điện Biên"}
    assert found.feed.language == "vi"


@pytest.mark.parametrize("ending", XML)
def test_the_feed_names_the_address_it_is_served_at_and_its_page(ending: str) -> None:
    links = {link.rel: link.href for link in parse(render([article()], ending)).feed.links}
    assert links["self"] == f"https://tin.example.vn/all.{ending}"
    assert links["alternate"] == "https://tin.example.vn/all"


def test_rss_has_one_enclosure_with_type_and_length_and_the_rest_as_media(filled: Store) -> None:
    root = etree.fromstring(render(stored(filled), "rss"))
    item = root.find("channel/item")
    assert item is not None
    assert [dict(one.attrib) for one in item.findall("enclosure")] == [
        {"url": "http://dic.gov.vn/a.pdf", "length": "1200", "type": "application/pdf"}
    ]
    media = item.findall("{http://search.yahoo.com/mrss/}content")
    assert [one.get("url") for one in media] == ["http://dic.gov.vn/b.xyz"]


def test_atom_has_every_file_as_an_enclosure(filled: Store) -> None:
    files = parse(render(stored(filled), "atom")).entries[0].enclosures
    assert [file.href for file in files] == ["http://dic.gov.vn/a.pdf", "http://dic.gov.vn/b.xyz"]
    assert files[0].length == "1200"


def test_rss_guids_are_opaque_and_dates_have_our_zone() -> None:
    root = etree.fromstring(render([article()], "rss"))
    guid = root.find("channel/item/guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    assert root.findtext("channel/item/pubDate") == "Fri, 20 Nov 2026 09:16:00 +0700"
    assert root.findtext("channel/ttl") == "60"
    names = [child.tag for child in root.iterfind("channel/item/*")]
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    assert names.index("description") < names.index(content)


def test_no_two_atom_entries_share_a_time_of_update() -> None:
    midnight = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
    same_day = [
        article(n, published=midnight, published_precision="day", updated=midnight)
        for n in range(40)
    ]
    root = etree.fromstring(render(same_day, "atom"))
    path = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}updated"
    times = [one.text for one in root.iterfind(path)]
    assert len(set(times)) == len(times) == 40
    fewer = etree.fromstring(render(same_day[5:], "atom"))
    kept = [one.text for one in fewer.iterfind(path)]
    assert kept == times[5:], "a neighbour that leaves moves nobody"


def test_an_edit_moves_updated_and_not_published() -> None:
    edited = article(updated=MORNING + timedelta(days=2))
    entry = parse(render([edited], "atom")).entries[0]
    assert entry.published == "2026-11-20T09:16:00+07:00"
    assert entry.updated.startswith("2026-11-22T09:15:00.")


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_articles_give_the_same_bytes(ending: str) -> None:
    assert render([article(2), article(1)], ending) == render([article(2), article(1)], ending)


def test_the_same_articles_give_the_same_bytes_in_another_process(
    filled: Store, tmp_path: Path
) -> None:
    code = (
        "import sys; from tests.feeds.test_formats import *; from store.connect import open_store;"
        "s = open_store(sys.argv[1]);"
        "sys.stdout.buffer.write(b''.join(render(stored(s), e) for e in ENDINGS))"
    )
    here = b"".join(render(stored(filled), ending) for ending in ENDINGS)
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code, filled.address],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/New_York"},
            capture_output=True,
            check=True,
        )
        assert done.stdout == here


@pytest.mark.parametrize("ending", XML)
@pytest.mark.parametrize("articles", [[], [article(2), article(1)]])
def test_the_clock_is_nowhere_in_a_feed(
    monkeypatch: pytest.MonkeyPatch, ending: str, articles: list[Article]
) -> None:
    class AnyDatetime(type):
        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, datetime)

    class Clock(metaclass=AnyDatetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(1999, 9, 9, tzinfo=tz)

    before = render(articles, ending)
    for module in ("feedgen.feed", "feedgen.entry"):
        monkeypatch.setattr(f"{module}.datetime", Clock)
    assert render(articles, ending) == before
    assert len(parse(before).entries) == len(articles)


@pytest.mark.parametrize("ending", XML)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Dấu \x0b điều khiển \x00 và \ufffe"),
        ("title", "A" * 5000),
        ("title", "<script>alert(1)</script> & ]]>"),
        ("body_html", "<p>]]> &amp; <i>x</i>\x08</p>"),
        ("byline", "Ông \x1f Ba"),
        ("section", "Tin <b>&</b>"),
    ],
)
def test_awkward_characters_make_no_broken_feed(ending: str, field: str, value: str) -> None:
    fields: dict[str, Any] = {field: value}
    awkward = article(**fields)
    assert len(parse(render([awkward], ending)).entries) == 1
    assert render([awkward], ending) == render([awkward], ending)


@pytest.mark.parametrize("ending", XML)
def test_an_article_with_nothing_but_a_title_has_a_description(ending: str) -> None:
    bare = article(body_html="", body_text="", summary=None, province=None)
    (entry,) = parse(render([bare], ending)).entries
    assert entry.summary == "Tin thứ 1"


@pytest.mark.parametrize("ending", XML)
def test_title_in_capitals_is_shown_readable_and_kept_as_it_is(ending: str) -> None:
    shouted = article(title="TỈNH ĐIỆN BIÊN HỌP VỀ CNTT", body_text="Sáng nay tỉnh họp.")
    (entry,) = parse(render([shouted], ending)).entries
    assert entry.title == "Tỉnh Điện Biên họp về CNTT"
    assert shouted.title == "TỈNH ĐIỆN BIÊN HỌP VỀ CNTT"
