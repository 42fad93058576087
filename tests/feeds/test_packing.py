"""Feeds packed on their way."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from feeds.packing import CODINGS, coding_for


@pytest.mark.parametrize(
    ("accepted", "name"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.8, zstd;q=0.9", "zstd"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("gzip;q=0.5, identity", None),
        ("", None),
        ("identity", None),
        ("gzip;q=x", None),
        ("deflate", None),
    ],
)
def test_the_coding_that_a_reader_likes_best_is_chosen(accepted: str, name: str | None) -> None:
    coding = coding_for(accepted)
    assert (coding.name if coding else None) == name


@pytest.mark.parametrize("coding", CODINGS, ids=lambda coding: coding.name)
def test_the_same_bytes_are_packed_to_the_same_bytes(coding: object) -> None:
    pack = getattr(coding, "pack")  # noqa: B009
    assert pack(b"tin" * 999) == pack(b"tin" * 999)


@pytest.mark.parametrize("name", ["br", "gzip", "zstd", "identity"])
def test_a_packed_feed_is_the_feed_under_a_tag_of_its_own(client: TestClient, name: str) -> None:
    plain = client.get("/all.rss", headers={"Accept-Encoding": "identity"})
    answer = client.get("/all.rss", headers={"Accept-Encoding": name})
    assert answer.headers.get("content-encoding", "identity") == name
    if name != "zstd":  # the test client cannot unpack it
        assert answer.content == plain.content
    ending = "" if name == "identity" else f"-{name}"
    assert answer.headers["etag"] == f'{plain.headers["etag"][:-1]}{ending}"'
    assert answer.headers["vary"] == "Accept-Encoding"
    for tag in (answer.headers["etag"], f"W/{answer.headers['etag']}", plain.headers["etag"]):
        again = client.get("/all.rss", headers={"Accept-Encoding": name, "If-None-Match": tag})
        assert (again.status_code, again.headers["etag"]) == (304, answer.headers["etag"])
        assert "content-encoding" not in again.headers
