"""The store in a MongoDB database: for many machines; the only module that knows pymongo.

What each method promises is said in `store.base.Store`. It holds without transactions, on a
standalone server, a replica set and sharded by source, because everything about an article that
must change at once stands in its one document: its fields, its aliases, what it is found by, and
the version that the last edit put away. MongoDB writes a document whole or not at all, so a kill
at any point leaves no half article.

* *New*: inserted. Two processes cannot both insert it: a unique index holds (source, alias).
* *Changed*: replaced, if it still bears the `stamp` that the decision was made on; else the
  decision is made again on what the other process wrote.
* *Edited again*: the version that the edit before put away is first copied to `revisions`. It
  never changes any more, so copying it twice, or in vain, does no harm, and readers take the two
  places together.
"""
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from bson.errors import BSONError
from pymongo import ASCENDING, DESCENDING, IndexModel, InsertOne, MongoClient, ReplaceOne
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

from store.base import Cursor, Kept, Selection, Version
from store.errors import StoreAway, StoreError, StoreFull, StoreNewer, WrongUse
from store.identity import Outcome, Sighting
from store.model import Article, KeptPage, Note, Revision, Run, SourceCard, to_millisecond
from store.mongo_address import hidden, public
from store.mongo_documents import (
    ARTICLE_FIELDS,
    INDEXES,
    Document,
    Plan,
    article_of,
    document_of,
    ever,
    filed_of,
    held,
    keyed,
    note_document,
    note_of,
    others,
    page_document,
    page_of,
    plan,
    revision_document,
    revisions_of,
    unkeyed,
)
from store.records import Filed, normal, note_id, numbered, pack, read

LAYOUT = 1
"""Kept in the collection `meta`; one more whenever documents or indexes change."""

_CHUNK = 200
_FRUITLESS = 100
"""Rounds in a row in which every write of a batch may be overtaken, before we give up."""

# Above the 10 s between two heartbeats: after a change of primary the driver may wait for one.
_TIMEOUTS = {"serverSelectionTimeoutMS": 15_000, "socketTimeoutMS": 60_000, "wTimeoutMS": 30_000}

Write = InsertOne[Document] | ReplaceOne[Document]


class MongoStore:
    """Keeps the promise of `store.base.Store` in the database that `address` names."""

    def __init__(self, address: str, *, create: bool = True) -> None:
        self._address = public(address)
        self._secrets = hidden(address)
        given = address.lower()
        timeouts: dict[str, Any] = {k: v for k, v in _TIMEOUTS.items() if k.lower() not in given}
        with self._telling():
            self._client = _connect(address, timeouts)
        try:
            with self._telling():
                # What was read decides what is written: never from a secondary that lags.
                self._db = self._client.get_default_database("tinso").with_options(
                    read_preference=ReadPreference.PRIMARY
                )
                self._prepare(create=create)
        except BaseException:
            self._client.close()
            raise
        self._articles = self._db["articles"]

    @property
    def address(self) -> str:
        return self._address

    def close(self) -> None:
        self._client.close()

    def ping(self) -> None:
        with self._telling():
            self._client.admin.command("ping")

    def keep(self, sightings: Sequence[Sighting]) -> Kept:
        waiting = {
            index: replace(sighting, article=normal(sighting.article))
            for index, sighting in enumerate(sightings)
        }
        done: dict[int, tuple[Outcome, str]] = {}
        fruitless = 0
        while waiting:
            written = self._keep_round(waiting)
            fruitless = 0 if written else fruitless + 1
            if fruitless > _FRUITLESS:
                raise StoreAway(
                    "others wrote the same articles at every attempt",
                    about=self.address,
                    repair="try again",
                )
            for step in written:
                done[step.index] = (step.outcome, step.article_id)
                del waiting[step.index]
        in_order = [done[index] for index in sorted(done)]
        return Kept(
            inserted=tuple(name for outcome, name in in_order if outcome == "insert"),
            updated=tuple(name for outcome, name in in_order if outcome == "update"),
            same=tuple(name for outcome, name in in_order if outcome == "same"),
        )

    def _keep_round(self, waiting: Mapping[int, Sighting]) -> list[Plan]:
        """Keep what can be kept at once; return what was, without what others overtook."""
        aliases = sorted({a for sighting in waiting.values() for a in sighting.aliases})
        minted = sorted({sighting.article.id for sighting in waiting.values()})
        with self._telling():
            by_alias = self._articles.find({"aliases": {"$in": aliases}})
            by_id = self._articles.find({"_id": {"$in": minted}})
            plans = plan(waiting, [*by_alias, *by_id])
        copies = [revision_document(step.copy) for step in plans if step.copy]
        self._bulk("revisions", [_put(copy) for copy in copies])
        to_write = [step for step in plans if step.document]
        lost = self._bulk("articles", [_overwrite(step) for step in to_write])
        overtaken = {to_write[position].index for position in lost}
        return [step for step in plans if step.index not in overtaken]

    def get(self, article_id: str) -> Article | None:
        with self._telling():
            document = self._articles.find_one({"_id": article_id}, ARTICLE_FIELDS)
        return article_of(document) if document else None

    def known(self, aliases: Collection[str]) -> Mapping[str, str]:
        wanted = set(aliases)
        with self._telling():
            found = list(self._articles.find({"aliases": {"$in": sorted(wanted)}}, ["aliases"]))
        return {alias: d["_id"] for d in found for alias in d["aliases"] if alias in wanted}

    def newest(self, which: Selection, *, limit: int, after: Cursor | None = None) -> list[Article]:
        if limit < 1:
            return []  # a limit of 0 is none to MongoDB
        with self._telling():
            found = self._articles.find(held(which, after), ARTICLE_FIELDS)
            ordered = found.sort([("published", DESCENDING), ("_id", ASCENDING)]).limit(limit)
            return [article_of(document) for document in ordered]

    def version(self, which: Selection) -> Version:
        with self._telling():
            # The time first: what is written in between shows at the next asking.
            last = self._articles.find_one(
                ever(which), {"_id": 0, "changed": 1}, sort=[("changed", DESCENDING)]
            )
            count = self._articles.count_documents(held(which))
        return Version(count=count, changed=to_millisecond(last["changed"]) if last else None)

    def count_by_day(self, which: Selection) -> dict[date, int]:
        day = {"date": "$published", "format": "%Y-%m-%d", "timezone": "+07:00"}
        with self._telling():
            groups = self._articles.aggregate(
                [
                    {"$match": held(which)},
                    {"$group": {"_id": {"$dateToString": day}, "count": {"$sum": 1}}},
                    {"$sort": {"_id": 1}},
                ]
            )
            return {date.fromisoformat(group["_id"]): group["count"] for group in groups}

    def revisions(self, article_id: str) -> list[Revision]:
        with self._telling():
            # The document first: what it no longer holds has been copied by then.
            document = self._articles.find_one({"_id": article_id}, ["put_away"])
            copies = list(self._db["revisions"].find({"article_id": article_id}))
        return revisions_of(document, copies)

    def keep_pages(self, pages: Sequence[KeptPage]) -> None:
        for page in pages:
            document = page_document(page)
            condition = {"_id": document["_id"], "fetched": {"$lte": document["fetched"]}}
            self._put_if("pages", condition, document)

    def page(self, article_id: str) -> KeptPage | None:
        with self._telling():
            document = self._db["pages"].find_one({"_id": article_id})
        return page_of(document) if document else None

    def save_source(self, card: SourceCard) -> None:
        self._put_if("sources", {"_id": card.id}, keyed(card, "id"))

    def sources(self) -> list[SourceCard]:
        return [read(SourceCard, unkeyed(d, "id")) for d in self._walk("sources")]

    def save_run(self, run: Run) -> None:
        ended = {"state": "running"} if run.state == "running" else {}
        self._put_if("runs", {"_id": run.id, **ended}, keyed(run, "id"))

    def run(self, run_id: str) -> Run | None:
        with self._telling():
            document = self._db["runs"].find_one({"_id": run_id})
        return read(Run, unkeyed(document, "id")) if document else None

    def runs(self, source: str | None = None, *, limit: int) -> list[Run]:
        if limit < 1:
            return []
        with self._telling():
            found = self._db["runs"].find({} if source is None else {"source": source})
            ordered = found.sort([("started", DESCENDING), ("_id", ASCENDING)]).limit(limit)
            return [read(Run, unkeyed(document, "id")) for document in ordered]

    def save_note(self, note: Note) -> None:
        document = note_document(note)
        self._put_if("notes", {"_id": document["_id"], "at": {"$lte": document["at"]}}, document)

    def note(self, source: str, name: str) -> Note | None:
        with self._telling():
            document = self._db["notes"].find_one({"_id": note_id(source, name)})
        return note_of(document) if document else None

    def dump(self) -> Iterator[Mapping[str, object]]:
        yield from map(pack, self.sources())
        for document in self._walk("notes"):
            yield pack(note_of(document))
        for document in self._walk("articles"):
            yield pack(filed_of(document))
            if document["revision"] > 1:
                yield from map(pack, self.revisions(document["_id"]))
        for document in self._walk("pages"):
            yield pack(page_of(document))
        for document in self._walk("runs"):
            yield pack(read(Run, unkeyed(document, "id")))

    def load(self, records: Iterable[Mapping[str, object]]) -> int:
        count = 0
        for batch in numbered(records, size=_CHUNK):
            self._load_articles([thing for thing in batch if isinstance(thing, Filed)])
            for name, documents in others(batch).items():
                self._put_all(name, [_put(document) for document in documents])
            count += len(batch)
        return count

    def _load_articles(self, batch: Sequence[Filed]) -> None:
        owners = {alias: filed.article.id for filed in batch for alias in filed.aliases}
        known = self.known(owners)
        moved = sorted(alias for alias in owners if known.get(alias) not in (None, owners[alias]))
        with self._telling():
            if moved:
                self._articles.update_many(
                    {"aliases": {"$in": moved}}, {"$pull": {"aliases": {"$in": moved}}}
                )
            for filed in batch:
                later = {
                    "article_id": filed.article.id,
                    "revision": {"$gte": filed.article.revision},
                }
                self._db["revisions"].delete_many(later)
        documents = [document_of(filed) for filed in batch]
        self._put_all("articles", [_put(document, "_id", "source") for document in documents])

    def _put_if(self, name: str, condition: Document, document: Document) -> None:
        """Write a document in the place of one that meets `condition`, or where there is none."""
        with self._telling():
            for _ in range(2):  # two firsts may clash once; then there is one to replace, or not
                try:
                    self._db[name].replace_one(condition, document, upsert=True)
                except DuplicateKeyError:
                    continue
                return

    def _put_all(self, name: str, writes: Sequence[Write]) -> None:
        lost = self._bulk(name, writes)
        if lost and self._bulk(name, [writes[position] for position in lost]):
            raise StoreAway(f"others write the same {name}", about=self.address, repair="try again")

    def _bulk(self, name: str, writes: Sequence[Write]) -> list[int]:
        """Write all; return the places of those that met another document of the same key."""
        if not writes:
            return []
        with self._telling():
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

    def _walk(self, name: str) -> Iterator[Document]:
        """Yield all documents of a collection by `_id`, with no cursor open in between."""
        behind = ""
        while True:
            with self._telling():
                found = self._db[name].find({"_id": {"$gt": behind}}).sort("_id", ASCENDING)
                documents = list(found.limit(_CHUNK))
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
                self._put_if("meta", {"_id": "layout"}, {"_id": "layout", "number": LAYOUT})
        except OperationFailure as wrong:
            if meta is None or wrong.code != _NOT_ALLOWED:  # who may only read, may read
                raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
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


def _put(document: Document, *keys: str) -> ReplaceOne[Document]:
    condition = {key: document[key] for key in keys or ("_id",)}
    return ReplaceOne(condition, document, upsert=True)


def _overwrite(step: Plan) -> Write:
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
