"""One MongoDB database: connect, make its indexes, write in bulk, name what went wrong.

The only module that knows pymongo; `store.mongo` keeps the store's promise with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bson.errors import BSONError
from pymongo import ASCENDING, IndexModel, InsertOne, MongoClient, ReplaceOne, UpdateOne
from pymongo.collection import Collection
from pymongo.errors import (
    BulkWriteError,
    ConfigurationError,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
    WriteConcernError,
)
from pymongo.read_preferences import ReadPreference

from store.errors import StoreAway, StoreError, StoreFull, StoreNewer, WrongUse
from store.mongo_address import hidden, public
from store.mongo_documents import INDEXES, Document, Plan

LAYOUT = 1
"""Kept in the collection `meta`; one more whenever documents or indexes change."""

CHUNK = 200
"""Documents read or loaded at a time."""

# Above the 10 s between two heartbeats: after a change of primary the driver may wait for one.
_TIMEOUTS = {"serverSelectionTimeoutMS": 15_000, "socketTimeoutMS": 60_000, "wTimeoutMS": 30_000}

Write = InsertOne[Document] | ReplaceOne[Document] | UpdateOne


class MongoDatabase:
    """The database that `address` names, with tinso's collections and indexes."""

    def __init__(self, address: str, *, create: bool) -> None:
        self.address = public(address)
        self._secrets = hidden(address)
        given = address.lower()
        timeouts: dict[str, Any] = {k: v for k, v in _TIMEOUTS.items() if k.lower() not in given}
        with self.telling():
            self._client = _connect(address, timeouts)
        try:
            with self.telling():
                # What was read decides what is written: never from a secondary that lags.
                self._db = self._client.get_default_database("tinso").with_options(
                    read_preference=ReadPreference.PRIMARY
                )
                self._prepare(create=create)
        except BaseException:
            self._client.close()
            raise

    def __getitem__(self, name: str) -> Collection[Document]:
        return self._db[name]

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def ping(self) -> None:
        """Return if the server answers, else raise StoreAway."""
        with self.telling():
            self._client.admin.command("ping")

    def put_if(self, name: str, condition: Document, document: Document) -> None:
        """Write a document in the place of one that meets `condition`, or where there is none."""
        with self.telling():
            for _ in range(2):  # two firsts may clash once; then there is one to replace, or not
                try:
                    self._db[name].replace_one(condition, document, upsert=True)
                except DuplicateKeyError:
                    continue
                return

    def put_all(self, name: str, writes: Sequence[Write]) -> None:
        """Write all, once more where another clashed; raises StoreAway if that clashes again."""
        lost = self.bulk(name, writes)
        if lost and self.bulk(name, [writes[position] for position in lost]):
            raise StoreAway(f"others write the same {name}", about=self.address, repair="try again")

    def bulk(self, name: str, writes: Sequence[Write]) -> list[int]:
        """Write all; return the places of those that met another document of the same key."""
        if not writes:
            return []
        with self.telling():
            try:
                self._db[name].bulk_write(writes, ordered=False)
            except BulkWriteError as wrong:
                errors = wrong.details["writeErrors"]
                if wrong.details["writeConcernErrors"] or any(
                    error["code"] != _DUPLICATE for error in errors
                ):
                    raise
                return [error["index"] for error in errors]
        return []

    def walk(self, name: str) -> Iterator[Document]:
        """Yield all documents of a collection by `_id`, with no cursor open in between."""
        behind = ""
        while True:
            with self.telling():
                found = self._db[name].find({"_id": {"$gt": behind}}).sort("_id", ASCENDING)
                documents = list(found.limit(CHUNK))
            if not documents:
                return
            yield from documents
            behind = documents[-1]["_id"]

    def _prepare(self, *, create: bool) -> None:
        """Check the layout; make what is missing of collections and indexes."""
        meta = self._db["meta"].find_one({"_id": "layout"})
        if meta is None and not create:
            raise StoreError(
                "there is no store here",
                about=self.address,
                repair="crawl or import first, or name another with TINSO_STORE",
            )
        if meta is not None and meta["number"] > LAYOUT:
            raise StoreNewer(
                f"has layout {meta['number']}, this version of tinso knows {LAYOUT}",
                about=self.address,
                repair="upgrade tinso, or name another database with TINSO_STORE",
            )
        try:
            for name, indexes in INDEXES.items():
                models = [IndexModel(keys, **options) for keys, options in indexes]
                self._db[name].create_indexes(models)
            if meta is None:
                self.put_if("meta", {"_id": "layout"}, {"_id": "layout", "number": LAYOUT})
        except OperationFailure as wrong:
            if meta is None or wrong.code != _NOT_ALLOWED:  # who may only read, may read
                raise

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Raise what the driver raises as the store's own errors, without any password."""
        try:
            yield
        except (PyMongoError, BSONError, UnicodeEncodeError) as wrong:
            text = str(wrong).partition(", Timeout:")[0]
            for secret in self._secrets:
                text = text.replace(secret, "***")
            kind, repair = _kind_of(wrong)
            raise kind(text, about=self.address, repair=repair) from wrong


def _connect(address: str, timeouts: Mapping[str, Any]) -> MongoClient[Document]:
    try:
        return MongoClient(
            address, tz_aware=True, w="majority", journal=True, appname="tinso", **timeouts
        )
    except ValueError as wrong:  # a port that is no number
        raise ConfigurationError(str(wrong)) from wrong


def put(document: Document, *keys: str) -> ReplaceOne[Document]:
    """Write a document in the place of the one that has the same `keys`, or where there is none."""
    condition = {key: document[key] for key in keys or ("_id",)}
    return ReplaceOne(condition, document, upsert=True)


def amend(condition: Document, update: Document, *, upsert: bool = False) -> UpdateOne:
    """Change some fields of the document that meets the condition."""
    return UpdateOne(condition, update, upsert=upsert)


def overwrite(step: Plan) -> Write:
    """Write a step's document if nobody has overtaken the decision."""
    assert step.document is not None
    if step.instead_of is None:
        return InsertOne(step.document)
    # With upsert, a document that no longer bears the stamp is a duplicate key, which a bulk write
    # reports for this one write; without, only the sum of all matches is told.
    condition = {key: step.instead_of[key] for key in ("_id", "source", "stamp")}
    return ReplaceOne(condition, step.document, upsert=True)


def _kind_of(wrong: Exception) -> tuple[type[StoreError] | type[WrongUse], str]:
    """Return the class of error to raise, and the repair."""
    if isinstance(wrong, ConfigurationError):
        return WrongUse, "mend the address in TINSO_STORE: mongodb://user:password@host/database"
    if isinstance(wrong, ConnectionFailure | ExecutionTimeout | WriteConcernError):
        return StoreAway, "check that the server runs and can be reached, then try again"
    if isinstance(wrong, BulkWriteError) and not wrong.details["writeErrors"]:
        return StoreAway, "check that a majority of the servers run, then try again"
    if isinstance(wrong, OperationFailure):
        return _REPAIRS.get(wrong.code or 0, _UNKNOWN)
    return _UNKNOWN


_DUPLICATE = 11000
_NOT_ALLOWED = 13
_UNKNOWN = (StoreError, "look at the server's log")
_REPAIRS: Mapping[int, tuple[type[StoreError], str]] = {
    18: (StoreError, "check user and password in TINSO_STORE"),
    8000: (StoreError, "check user and password in TINSO_STORE"),
    _NOT_ALLOWED: (StoreError, "give this user the role readWrite on the database"),
    14031: (StoreFull, "make room on the server's disk, then try again"),
}
"""MongoDB's error code → class and repair."""
