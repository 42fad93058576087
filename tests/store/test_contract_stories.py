"""What `store.base` promises of stories, held against both backends."""

from __future__ import annotations

import struct
from datetime import timedelta
from typing import Any

import pytest

from store.bands import bands_of
from store.base import Selection, Store
from store.model import Fingerprint
from tests.store.making import DIEN_BIEN, MORNING, article, sighting

SIGNATURE = struct.pack("<64I", *range(64))
LATER = MORNING + timedelta(days=2)
WEEK = {"since": MORNING - timedelta(days=7), "until": MORNING + timedelta(days=7)}


def signature(*, unlike: int) -> bytes:
    """Make a signature that differs from `SIGNATURE` in the last so many numbers."""
    return struct.pack("<64I", *range(64 - unlike), *range(1000, 1000 + unlike))


def fingerprint(number: int = 1, **fields: Any) -> Fingerprint:
    usual: dict[str, Any] = {
        "article_id": article(number).id,
        "source": DIEN_BIEN,
        "cluster": article(number).id,
        "published": MORNING + timedelta(minutes=number),
        "published_precision": "minute",
        "original": True,
        "own": True,
        "live": True,
        "signature": SIGNATURE,
    }
    return Fingerprint(**usual | fields)


def test_bands_are_shared_as_far_as_signatures_agree() -> None:
    whole = set(bands_of(SIGNATURE))
    assert len(whole) == 16
    assert len(whole & set(bands_of(signature(unlike=30)))) == 8
    assert not whole & set(bands_of(SIGNATURE[4:] + SIGNATURE[:4]))
    assert bands_of(b"") == ()


def test_fingerprint_comes_back_as_it_was(store: Store) -> None:
    saved = [fingerprint(1), fingerprint(2, signature=b"", published_precision="day", live=False)]
    store.save_fingerprints(saved)
    ids = [each.article_id for each in saved]
    assert store.fingerprints(ids=[*ids, "none"], limit=9) == sorted(
        saved, key=lambda each: each.article_id
    )
    assert store.fingerprints(ids=ids, limit=1) == [min(saved, key=lambda each: each.article_id)]
    assert store.fingerprints(limit=9) == []


def test_stories_are_found_by_their_cluster(store: Store) -> None:
    store.save_fingerprints([fingerprint(1), fingerprint(2, cluster="a"), fingerprint(3)])
    store.set_clusters({article(3).id: "a"}, LATER)
    found = store.fingerprints(clusters=["a"], limit=9)
    assert {each.article_id for each in found} == {article(2).id, article(3).id}


def test_what_shares_a_band_is_found_newest_first(store: Store) -> None:
    store.save_fingerprints(
        [
            fingerprint(1),
            fingerprint(2, signature=signature(unlike=60)),
            fingerprint(3, signature=signature(unlike=64)),
            fingerprint(4, published=MORNING + timedelta(days=7)),
            fingerprint(5, published=MORNING + timedelta(days=7, milliseconds=1)),
            fingerprint(6, signature=b""),
        ]
    )
    found = store.alike(SIGNATURE, **WEEK, limit=9)
    assert [each.article_id for each in found] == [article(n).id for n in (4, 2, 1)]
    assert store.alike(SIGNATURE, **WEEK, limit=2) == found[:2]
    assert store.alike(b"", **WEEK, limit=2) == []


def test_edited_text_is_found_by_what_it_is_now_and_its_cluster_stays(store: Store) -> None:
    store.save_fingerprints([fingerprint(cluster="a")])
    edited = fingerprint(signature=signature(unlike=64))
    store.save_fingerprints([edited])
    assert store.alike(SIGNATURE, **WEEK, limit=9) == []
    (found,) = store.alike(edited.signature, **WEEK, limit=9)
    assert found.cluster == "a"


@pytest.mark.parametrize("first", [None, "self"])
def test_article_that_leads_itself_is_not_changed(store: Store, first: str | None) -> None:
    name = article().id
    store.keep([sighting(cluster=first and name)])
    store.set_clusters({name: name, "unknown": name}, LATER)
    stored = store.get(name)
    assert stored
    assert (stored.cluster, stored.changed) == (name, article().changed)


def test_article_that_another_leads_is_changed_once(store: Store) -> None:
    store.keep([sighting(1), sighting(2)])
    store.set_clusters({article(1).id: article(2).id}, LATER)
    store.set_clusters({article(1).id: article(2).id}, LATER + timedelta(days=1))
    stored = store.get(article(1).id)
    assert stored
    assert (stored.cluster, stored.changed) == (article(2).id, LATER)
    assert store.version(Selection()).changed == LATER


def test_cluster_survives_an_edit(store: Store) -> None:
    store.keep([sighting(1), sighting(2)])
    store.set_clusters({article(1).id: article(2).id}, LATER)
    store.keep([sighting(1, title="Tin đã sửa", changed=LATER + timedelta(days=1))])
    stored = store.get(article(1).id)
    assert stored
    assert (stored.title, stored.cluster) == ("Tin đã sửa", article(2).id)
