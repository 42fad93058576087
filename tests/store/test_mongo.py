"""What only MongoDB can meet: kills between writes, other layouts, rights, faults of the server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    ConfigurationError,
    OperationFailure,
    PyMongoError,
    WTimeoutError,
)

from store.base import Selection
from store.connect import open_store
from store.errors import StoreAway, StoreError, StoreFull, StoreNewer, WrongUse
from store.mongo import MongoStore
from tests.store.making import MORNING, article, sighting

LATER = MORNING + timedelta(days=2)


@pytest.fixture
def store(mongo_address: str) -> Iterator[MongoStore]:
    opened = MongoStore(mongo_address)
    yield opened
    opened.close()


class Killed(BaseException):
    """Stands for a kill: nothing after it runs."""


def test_writes_are_acknowledged_by_a_majority_and_journalled(store: MongoStore) -> None:
    assert store._articles.write_concern.document == {
        "w": "majority",
        "j": True,
        "wtimeout": 30000,
    }


def test_newer_layout_is_refused(store: MongoStore, mongo_address: str) -> None:
    store._db["meta"].update_one({"_id": "layout"}, {"$set": {"number": 2}})
    with pytest.raises(StoreNewer, match=r"layout 2, .* knows 1 \(upgrade tinso"):
        open_store(mongo_address)


def test_database_without_a_name_is_called_tinso(mongodb: str) -> None:
    with pytest.raises(StoreError, match="no store here"):
        MongoStore(mongodb, create=False)


def test_indexes_are_made_at_start(store: MongoStore) -> None:
    made = store._articles.index_information()
    assert made["aliases_unique"]["unique"]
    assert {"aliases", "newest", "changed", "words", "left_words"} < set(made)


def test_kill_between_the_writes_of_an_edit_leaves_nothing_half(
    store: MongoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep([sighting()])
    store.keep([sighting(title="Sửa", changed=LATER)])
    before = list(store.dump())
    bulk = store._db.bulk

    def killed_before_the_article(name: str, writes: Any) -> list[int]:
        if name == "articles":
            raise Killed
        return bulk(name, writes)

    with monkeypatch.context() as patch:
        patch.setattr(store._db, "bulk", killed_before_the_article)
        with pytest.raises(Killed):
            store.keep([sighting(title="Sửa nữa", changed=LATER)])
    assert list(store.dump()) == before
    store.keep([sighting(title="Sửa nữa", changed=LATER)])
    assert [old.title for old in store.revisions(article().id)] == ["Tin thứ 1", "Sửa"]


def test_edit_that_another_overtakes_is_decided_again(
    store: MongoStore, mongo_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep([sighting()])
    other = MongoStore(mongo_address)
    bulk = store._db.bulk
    overtakings = iter(["Của người khác"])

    def overtaken_once(name: str, writes: Any) -> list[int]:
        if name == "articles":
            for title in overtakings:
                other.keep([sighting(title=title)])
        return bulk(name, writes)

    monkeypatch.setattr(store._db, "bulk", overtaken_once)
    kept = store.keep([sighting(title="Của ta"), sighting(2)])
    other.close()
    assert kept.updated == (article(1).id,)
    assert kept.inserted == (article(2).id,)
    assert [old.title for old in store.revisions(article().id)] == ["Tin thứ 1", "Của người khác"]


def test_article_that_another_inserts_first_is_the_same(
    store: MongoStore, mongo_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = MongoStore(mongo_address)
    bulk = store._db.bulk
    others_turn = iter([1])

    def overtaken_once(name: str, writes: Any) -> list[int]:
        for _ in others_turn:
            other.keep([sighting(id="minted by the other")])
        return bulk(name, writes)

    monkeypatch.setattr(store._db, "bulk", overtaken_once)
    kept = store.keep([sighting()])
    other.close()
    assert kept.same == ("minted by the other",)
    assert store.version(Selection()).count == 1


def test_writer_that_is_always_overtaken_gives_up(
    store: MongoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store._db, "bulk", lambda _, writes: list(range(len(writes))))
    with pytest.raises(StoreAway, match="at every attempt"):
        store.keep([sighting()])


# Faults of the server

FAULTS: list[tuple[PyMongoError, type[Exception], str]] = [
    (AutoReconnect("connection closed"), StoreAway, "try again"),
    (WTimeoutError("waiting for replication timed out", 64), StoreAway, "try again"),
    (
        BulkWriteError({"writeErrors": [], "writeConcernErrors": [{"code": 64}]}),
        StoreAway,
        "majority",
    ),
    (OperationFailure("Authentication failed", 18), StoreError, "check user and password"),
    (OperationFailure("not authorized", 13), StoreError, "role readWrite"),
    (OperationFailure("no space", 14031), StoreFull, "make room"),
    (OperationFailure("odd", 1), StoreError, "look at the server's log"),
    (ConfigurationError("bad option"), WrongUse, "mend the address"),
]


@pytest.mark.parametrize(("fault", "kind", "repair"), FAULTS, ids=lambda value: str(value)[:30])
def test_fault_is_told_with_its_repair(
    store: MongoStore,
    monkeypatch: pytest.MonkeyPatch,
    fault: PyMongoError,
    kind: type[Exception],
    repair: str,
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(type(store._db._client), "admin", Failing(fail), raising=False)
    with pytest.raises(kind, match=repair):
        store.ping()


class Failing:
    """A database whose every command fails."""

    def __init__(self, command: Any) -> None:
        self.command = command


def test_password_stands_in_no_message(store: MongoStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AutoReconnect("an:geheim was cut off")

    monkeypatch.setattr(store._db, "_secrets", ("geheim",))
    monkeypatch.setattr(type(store._db._client), "admin", Failing(fail), raising=False)
    with pytest.raises(StoreAway) as told:
        store.ping()
    assert "geheim" not in str(told.value)


def test_text_that_no_document_can_hold_is_a_store_error(store: MongoStore) -> None:
    with pytest.raises(StoreError, match="surrogates"):
        store.keep([sighting(section="\ud800")])


def test_closed_store_says_so(store: MongoStore) -> None:
    store.close()
    with pytest.raises(StoreError, match="after close"):
        store.keep([sighting()])
