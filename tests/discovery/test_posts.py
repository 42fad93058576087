"""WordPress's list of posts, and what stands in its place where it is closed."""

from __future__ import annotations

import json

import pytest

from tests.discovery.making import SITE, only, posts, told

URL = f"{SITE}/tin/mot-bai.html"
POST = {
    "id": 12,
    "date": "2026-11-20T09:15:00",
    "date_gmt": "2026-11-20T02:15:00",
    "link": URL,
    "title": {"rendered": "Thu &#038; chi &#8211; n&agrave;o"},
    "excerpt": {"rendered": "<p>Ba trạm mới. [&hellip;]</p>\n", "protected": False},
}


def answer(*some: object) -> bytes:
    return json.dumps(some).encode()


def test_a_post_gives_link_title_date_and_summary() -> None:
    got = posts(answer(POST))
    found = only(got)
    assert (found.url, found.title) == (URL, "Thu & chi – nào")
    assert found.summary == "Ba trạm mới. […]"
    assert told(found.date) == ("20/11/2026 02:15", "minute")
    assert found.date is not None
    assert found.date.rule == "posts:date_gmt"
    assert (got.rows, got.rule) == (1, "posts")


@pytest.mark.parametrize("gmt", ["0000-00-00T00:00:00", "", None, 0])
def test_without_the_time_in_utc_the_local_one_counts(gmt: object) -> None:
    found = only(posts(answer({**POST, "date_gmt": gmt})))
    assert told(found.date) == ("20/11/2026 02:15", "minute")
    assert found.date is not None
    assert found.date.rule == "posts:date"


def test_a_post_without_any_date_or_title_is_named_all_the_same() -> None:
    found = only(posts(answer({"link": URL, "title": None})))
    assert (found.title, found.date, found.summary) == (None, None, None)


@pytest.mark.parametrize(
    "lead", ["\ufeff", "\n\n", "<br /><b>Notice</b>: x in <b>/a.php</b> [8]\n"]
)
def test_what_stands_before_the_list_does_not_hide_it(lead: str) -> None:
    assert only(posts(lead.encode() + answer(POST))).url == URL


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"code":"rest_cannot_access","message":"closed","data":{"status":401}}',
        b'{"code":"rest_post_invalid_page_number","data":{"status":400},"posts":[{"link":1}]}',
        b'<!DOCTYPE html><html><script>var a = [{"x": 1}];</script><body>404</body></html>',
        b"[" * 200_000,
        b'[{"link":"' + b"9" * 100,
        b'[{"id":1}]',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_list_of_posts_has_no_rule(body: bytes) -> None:
    got = posts(body)
    assert (got.entries, got.rows, got.rule, got.next_page) == ((), 0, None, None)


def test_an_empty_list_is_a_list() -> None:
    got = posts(b"[]")
    assert (got.rows, got.rule, got.next_page) == (0, "posts", None)


def test_a_post_elsewhere_is_a_row_alone() -> None:
    got = posts(
        answer({**POST, "link": "https://la.example.com/tin/a"}, {**POST, "link": "http://"})
    )
    assert (got.entries, got.rows) == ((), 2)


def test_a_full_answer_leads_to_the_next_page() -> None:
    two = answer(POST, {**POST, "link": f"{SITE}/tin/hai.html"})
    base = f"{SITE}/wp-json/wp/v2/posts"
    assert posts(two).next_url == f"{base}?per_page=2&page=2"
    assert (
        posts(two, url=f"{base}?per_page=2&page=7&x=a").next_url == f"{base}?per_page=2&page=8&x=a"
    )
    assert posts(two, url=f"{base}?per_page=3").next_url is None
    assert posts(two, url=f"{base}?per_page=nan&page=-1").next_url is None


def test_half_a_pair_of_surrogates_is_no_letter() -> None:
    found = only(posts(answer({**POST, "title": {"rendered": "Tin \ud83d x"}})))
    assert found.title is not None
    assert found.title.encode()
