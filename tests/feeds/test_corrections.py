"""Edits as items of their own, with what changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from feeds.formats import FORMATS
from store.base import Store
from tests.store.making import MORNING, article, sighting

LATER = MORNING + timedelta(days=2)


def edit(store: Store, number: int = 1, *, hours: int = 0, **fields: Any) -> None:
    store.keep([sighting(number, changed=LATER + timedelta(hours=hours), **fields)])


def items(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get("/corrections.json").content)["items"]
    return found


def test_an_edit_is_an_item_that_tells_what_changed(client: TestClient, filled: Store) -> None:
    edit(filled, body_html="<p>Nội dung: họp ngày 25/11, &lt;b&gt;.</p>", title="Tin thứ 1 <i>")
    (item,) = items(client)
    assert item["title"] == "Đã sửa: Tin thứ 1 <i>"
    assert item["url"] == article(1).url
    assert item["date_published"] == "2026-11-22T09:15:00+07:00"
    assert item["summary"] == "Nơi đăng đã sửa: tiêu đề, nội dung."
    assert "<h3>Tiêu đề</h3><p>Tin thứ 1<ins> &lt;i&gt;</ins></p>" in item["content_html"]
    assert "<h3>Nội dung</h3>" in item["content_html"]
    assert "<ins>: họp ngày 25/11, &lt;b&gt;</ins>" in item["content_html"]
    assert item["id"] != f"urn:uuid:{article(1).id}"


def test_each_edit_is_an_item_of_its_own_and_keeps_its_id_and_date(
    client: TestClient, filled: Store
) -> None:
    edit(filled, title="Lần một")
    first = items(client)[0]
    edit(filled, title="Lần hai", hours=5)
    second, again = items(client)
    assert (again["id"], again["date_published"]) == (first["id"], first["date_published"])
    assert second["id"] != first["id"]
    assert "<del>một</del><ins>hai</ins>" in second["content_html"]
    assert "<ins>" in again["content_html"]
    assert "hai" not in again["content_html"], "an item tells its own edit"


def test_what_is_withdrawn_or_was_never_edited_is_not_there(
    client: TestClient, filled: Store
) -> None:
    assert items(client) == []
    edit(filled, title="Sửa")
    gone = replace(article(1), state="withdrawn", changed=LATER + timedelta(days=1))
    filled.keep([replace(sighting(1), article=gone)])
    assert items(client) == []


def test_the_feed_changes_with_an_edit_alone(client: TestClient, filled: Store) -> None:
    edit(filled, title="Sửa")
    tag = client.get("/corrections.atom").headers["etag"]
    filled.keep([sighting(30, changed=LATER + timedelta(days=3))])
    assert client.get("/corrections.atom", headers={"If-None-Match": tag}).status_code == 304
    edit(filled, title="Sửa nữa", hours=9)
    assert client.get("/corrections.atom", headers={"If-None-Match": tag}).status_code == 200


def test_its_page_leads_to_the_articles_that_were_edited(client: TestClient, filled: Store) -> None:
    edit(filled, title="Sửa")
    edit(filled, title="Sửa nữa", hours=1)
    edit(filled, 2, title="Sửa hai", hours=2)
    page = html.fromstring(client.get("/corrections").text)
    assert page.xpath("//ol[@class='news']//h3/a/@href") == [
        f"/articles/{article(2).id}",
        f"/articles/{article(1).id}",
    ]


@pytest.mark.parametrize("ending", FORMATS)
def test_there_are_no_archives_of_it(client: TestClient, filled: Store, ending: str) -> None:
    edit(filled, title="Sửa")
    assert client.get(f"/corrections.{ending}").status_code == 200
    assert client.get(f"/corrections/2026-11.{ending}").status_code == 404
