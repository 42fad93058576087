"""JSON Feed 1.1, field by field."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from feeds.feed import Links
from feeds.formats import FORMATS
from store.base import Store
from store.model import Image
from tests.feeds.test_formats import feed, render, stored
from tests.store.making import article


def items(raw: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(raw)["items"]
    return found


def test_an_article_with_everything_is_told_in_full(filled: Store) -> None:
    first = items(render(stored(filled), "json"))[0]
    assert first == {
        "id": "urn:uuid:" + stored(filled)[0].id,
        "url": "http://dic.gov.vn/vi/news/tin-3.html",
        "title": "Hội nghị “Chuyển đổi số” & an toàn thông tin",
        "summary": "Sở tổ chức hội nghị ở Đà Nẵng.",
        "content_html": "<p>Sáng nay, Sở <b>tổ chức</b> hội nghị.</p>",
        "date_published": "2026-11-20T09:18:00+07:00",
        "date_modified": first["date_modified"],
        "authors": [{"name": "Minh Đức"}],
        "tags": ["Tin tức", "Chuyển đổi số", "Điện Biên"],
        "attachments": [
            {
                "url": "http://dic.gov.vn/a.pdf",
                "mime_type": "application/pdf",
                "title": "Kế hoạch",
                "size_in_bytes": 1200,
            },
            {
                "url": "http://dic.gov.vn/b.xyz",
                "mime_type": "chemical/x-xyz",
                "title": "Phụ lục",
            },
        ],
        "_tinso": {
            "source": "dien-bien/tttt",
            "source_name": "Sở Thông tin và Truyền thông tỉnh Điện Biên",
            "province": "dien-bien",
            "province_now": "dien-bien",
            "published": "2026-11-20T09:18:00+07:00",
            "published_from": "page",
        },
    }
    assert first["date_modified"].startswith("2026-11-20T09:18:00.")


def test_the_feed_names_itself_and_where_it_goes_on() -> None:
    links = Links(
        own="https://a.vn/all.json",
        page="https://a.vn/all",
        older="https://a.vn/all.json?after=1",
        hub="https://hub.vn/",
    )
    told = json.loads(FORMATS["json"].render(replace(feed([], "json"), links=links)))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == "https://a.vn/all.json"
    assert told["home_page_url"] == "https://a.vn/all"
    assert told["next_url"] == "https://a.vn/all.json?after=1"
    assert told["hubs"] == [{"type": "WebSub", "url": "https://hub.vn/"}]
    assert told["language"] == "vi"
    assert told["items"] == []


def test_an_article_with_nothing_but_a_title_has_a_text() -> None:
    (bare,) = items(render([article(body_html="", body_text="", summary=None)], "json"))
    assert bare["content_text"] == "Tin thứ 1"
    assert "content_html" not in bare
    assert "authors" not in bare


def test_pictures_stand_with_the_files_and_the_first_is_the_items_image() -> None:
    pictures = (
        Image(url="http://a.vn/ảnh 1.JPG?w=1", caption="Toàn cảnh"),
        Image(url="javascript:x()"),
        Image(url="http://a.vn/khong-ro"),
    )
    (item,) = items(render([article(images=pictures)], "json"))
    assert item["image"] == "http://a.vn/%E1%BA%A3nh%201.JPG?w=1"
    assert item["attachments"] == [
        {"url": item["image"], "mime_type": "image/jpeg", "title": "Toàn cảnh"},
        {"url": "http://a.vn/khong-ro", "mime_type": "application/octet-stream"},
    ]
