"""The store in a MongoDB database: for many machines.

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
from dataclasses import fields, replace
from datetime import date, datetime

from store import mongo_turns
from store.base import Cursor, Kept, Selection, Version
from store.errors import StoreAway
from store.identity import Outcome, Sighting
from store.model import (
    Appearance,
    Article,
    Fingerprint,
    KeptPage,
    Note,
    Revision,
    Run,
    SourceCard,
    to_millisecond,
)
from store.mongo_database import CHUNK, MongoDatabase, amend, overwrite, put
from store.mongo_documents import (
    ARTICLE_FIELDS,
    Plan,
    article_of,
    document_of,
    ever,
    filed_of,
    held,
    keyed,
    newest_edits,
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
from store.mongo_stories import fingerprint_document, fingerprint_of, led_by, within
from store.names import ids_of
from store.records import Filed, normal, note_id, numbered, pack, read
from store.turns import Lease, Turn, lease_of

_FRUITLESS = 100
"""Rounds in a row in which every write of a batch may be overtaken, before we give up."""


class MongoStore:
    """Keeps the promise of `store.base.Store` in the database that `address` names."""

    def __init__(self, address: str, *, create: bool = True) -> None:
        self._db = MongoDatabase(address, create=create)
        self._articles = self._db["articles"]

    @property
    def address(self) -> str:
        return self._db.address

    def close(self) -> None:
        self._db.close()

    def ping(self) -> None:
        self._db.ping()

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
            ids=tuple(name for _, name in in_order),
        )

    def _keep_round(self, waiting: Mapping[int, Sighting]) -> list[Plan]:
        """Keep what can be kept at once; return what was, without what others overtook."""
        aliases = sorted({a for sighting in waiting.values() for a in sighting.aliases})
        minted = sorted({name for one in waiting.values() for name in ids_of(one.article)})
        with self._db.telling():
            by_alias = self._articles.find({"aliases": {"$in": aliases}})
            by_id = self._articles.find({"_id": {"$in": minted}})
            plans = plan(waiting, [*by_alias, *by_id])
        copies = [revision_document(step.copy) for step in plans if step.copy]
        self._db.bulk("revisions", [put(copy) for copy in copies])
        to_write = [step for step in plans if step.document]
        self._take(sorted(alias for step in to_write for alias in step.claimed))
        lost = self._db.bulk("articles", [overwrite(step) for step in to_write])
        overtaken = {to_write[position].index for position in lost}
        return [step for step in plans if step.index not in overtaken]

    def get(self, article_id: str) -> Article | None:
        with self._db.telling():
            document = self._articles.find_one({"_id": article_id}, ARTICLE_FIELDS)
        return article_of(document) if document else None

    def known(self, aliases: Collection[str]) -> Mapping[str, str]:
        wanted = set(aliases)
        with self._db.telling():
            found = list(self._articles.find({"aliases": {"$in": sorted(wanted)}}, ["aliases"]))
        return {alias: d["_id"] for d in found for alias in d["aliases"] if alias in wanted}

    def newest(self, which: Selection, *, limit: int, after: Cursor | None = None) -> list[Article]:
        if limit < 1:
            return []  # a limit of 0 is none to MongoDB
        with self._db.telling():
            found = self._articles.find(held(which, after), ARTICLE_FIELDS)
            ordered = found.sort([("published", -1), ("_id", 1)]).limit(limit)
            return [article_of(document) for document in ordered]

    def version(self, which: Selection) -> Version:
        with self._db.telling():
            # The time first: what is written in between shows at the next asking.
            last = self._articles.find_one(
                ever(which), {"_id": 0, "changed": 1}, sort=[("changed", -1)]
            )
            count = self._articles.count_documents(held(which))
        return Version(count=count, changed=to_millisecond(last["changed"]) if last else None)

    def count_by_day(self, which: Selection) -> dict[date, int]:
        day = {"date": "$published", "format": "%Y-%m-%d", "timezone": "+07:00"}
        with self._db.telling():
            groups = self._articles.aggregate(
                [
                    {"$match": held(which)},
                    {"$group": {"_id": {"$dateToString": day}, "count": {"$sum": 1}}},
                    {"$sort": {"_id": 1}},
                ]
            )
            return {date.fromisoformat(group["_id"]): group["count"] for group in groups}

    def appearances(self, source: str, *, limit: int) -> list[Appearance]:
        if limit < 1:
            return []
        wanted = {"_id": 0, **{field.name: 1 for field in fields(Appearance)}}
        with self._db.telling():
            found = self._articles.find(held(Selection(source=source)), wanted)
            ordered = found.sort([("published", -1), ("_id", 1)]).limit(limit)
            return [read(Appearance, document) for document in ordered]

    def revisions(self, article_id: str) -> list[Revision]:
        with self._db.telling():
            # The document first: what it no longer holds has been copied by then.
            document = self._articles.find_one({"_id": article_id}, ["put_away"])
            copies = list(self._db["revisions"].find({"article_id": article_id}))
        return revisions_of(document, copies)

    def save_fingerprints(self, fingerprints: Sequence[Fingerprint]) -> None:
        writes = []
        for document in map(fingerprint_document, fingerprints):
            cluster = document.pop("cluster")
            update = {"$set": document, "$setOnInsert": {"cluster": cluster}}
            writes.append(amend({"_id": document.pop("_id")}, update, upsert=True))
        self._db.put_all("fingerprints", writes)

    def fingerprints(
        self, *, ids: Collection[str] = (), clusters: Collection[str] = (), limit: int
    ) -> list[Fingerprint]:
        found: dict[str, Fingerprint] = {}
        for field, names in (("_id", ids), ("cluster", clusters)):
            with self._db.telling():
                which = self._db["fingerprints"].find({field: {"$in": sorted(names)}})
                documents = list(which.sort([("_id", 1)]).limit(limit)) if names else []
            found |= {each["_id"]: fingerprint_of(each) for each in documents}
        return [found[name] for name in sorted(found)][:limit]

    def alike(
        self, signature: bytes, *, since: datetime, until: datetime, limit: int
    ) -> list[Fingerprint]:
        with self._db.telling():
            found = self._db["fingerprints"].find(within(signature, since, until))
            ordered = found.sort([("published", -1), ("_id", 1)]).limit(limit)
            return [fingerprint_of(document) for document in ordered]

    def set_clusters(self, clusters: Mapping[str, str], at: datetime) -> None:
        led = clusters.items()
        self._db.put_all(
            "fingerprints", [amend({"_id": name}, {"$set": {"cluster": to}}) for name, to in led]
        )
        steps = [step for name, to in led for step in led_by(name, to, at)]
        self._db.put_all("articles", [amend(*step) for step in steps])

    def edits(self, *, limit: int) -> list[Revision]:
        if limit < 1:
            return []
        inside = "put_away.replaced"
        newest = [("replaced", -1), ("article_id", 1), ("revision", -1)]
        with self._db.telling():
            edited = self._articles.find({inside: {"$exists": True}}, ["put_away"])
            copies = self._db["revisions"].find().sort(newest).limit(limit)
            return newest_edits(
                list(edited.sort([(inside, -1), ("_id", 1)]).limit(limit)), list(copies), limit
            )

    def keep_pages(self, pages: Sequence[KeptPage]) -> None:
        for page in pages:
            document = page_document(page)
            condition = {"_id": document["_id"], "fetched": {"$lte": document["fetched"]}}
            self._db.put_if("pages", condition, document)

    def page(self, article_id: str) -> KeptPage | None:
        with self._db.telling():
            document = self._db["pages"].find_one({"_id": article_id})
        return page_of(document) if document else None

    def drop_pages(self, before: datetime, *, limit: int) -> int:
        condition = {"fetched": {"$lt": to_millisecond(before)}}
        with self._db.telling():
            oldest = self._db["pages"].find(condition, ["_id"]).sort([("fetched", 1), ("_id", 1)])
            names = [document["_id"] for document in oldest.limit(limit)] if limit > 0 else []
            if not names:
                return 0
            done = self._db["pages"].delete_many({"_id": {"$in": names}, **condition})
            return done.deleted_count

    def save_source(self, card: SourceCard) -> None:
        self._db.put_if("sources", {"_id": card.id}, keyed(card, "id"))

    def sources(self) -> list[SourceCard]:
        return [read(SourceCard, unkeyed(d, "id")) for d in self._db.walk("sources")]

    def save_run(self, run: Run) -> None:
        ended = {"state": "running"} if run.state == "running" else {}
        self._db.put_if("runs", {"_id": run.id, **ended}, keyed(run, "id"))

    def run(self, run_id: str) -> Run | None:
        with self._db.telling():
            document = self._db["runs"].find_one({"_id": run_id})
        return read(Run, unkeyed(document, "id")) if document else None

    def runs(self, source: str | None = None, *, limit: int) -> list[Run]:
        if limit < 1:
            return []
        with self._db.telling():
            found = self._db["runs"].find({} if source is None else {"source": source})
            ordered = found.sort([("started", -1), ("_id", 1)]).limit(limit)
            return [read(Run, unkeyed(document, "id")) for document in ordered]

    def set_dues(self, dues: Mapping[str, datetime], *, only_new: bool = False) -> None:
        mongo_turns.set_dues(self._db, dues, only_new=only_new)

    def dues(self) -> dict[str, datetime]:
        return mongo_turns.dues(self._db)

    def claim_due(
        self,
        turns: Sequence[Turn],
        *,
        holder: str,
        now: datetime,
        until: datetime,
        limit: int,
        due: datetime | None = None,
    ) -> list[Lease]:
        return mongo_turns.claim_due(
            self._db, turns, holder=holder, now=now, until=until, limit=limit, due=due or now
        )

    def claim(self, turn: Turn, *, holder: str, now: datetime, until: datetime) -> Lease:
        return mongo_turns.claim(self._db, lease_of(turn, holder=holder, now=now, until=until))

    def renew(self, lease: Lease, *, until: datetime) -> bool:
        return mongo_turns.renew(self._db, lease, until=until)

    def release(self, lease: Lease, *, due: datetime | None = None) -> None:
        mongo_turns.release(self._db, lease, due=due)

    def leases(self) -> list[Lease]:
        return mongo_turns.leases(self._db)

    def save_note(self, note: Note) -> None:
        document = note_document(note)
        self._db.put_if("notes", {"_id": document["_id"], "at": {"$lte": document["at"]}}, document)

    def note(self, source: str, name: str) -> Note | None:
        with self._db.telling():
            document = self._db["notes"].find_one({"_id": note_id(source, name)})
        return note_of(document) if document else None

    def dump(self) -> Iterator[Mapping[str, object]]:
        yield from map(pack, self.sources())
        for document in self._db.walk("notes"):
            yield pack(note_of(document))
        for document in self._db.walk("articles"):
            yield pack(filed_of(document))
            if document["revision"] > 1:
                yield from map(pack, self.revisions(document["_id"]))
        for document in self._db.walk("pages"):
            yield pack(page_of(document))
        for document in self._db.walk("runs"):
            yield pack(read(Run, unkeyed(document, "id")))

    def load(self, records: Iterable[Mapping[str, object]]) -> int:
        count = 0
        for batch in numbered(records, size=CHUNK):
            self._load_articles([thing for thing in batch if isinstance(thing, Filed)])
            for name, documents in others(batch).items():
                self._db.put_all(name, [put(document) for document in documents])
            count += len(batch)
        return count

    def _take(self, aliases: Sequence[str]) -> None:
        """Take aliases from the articles that have them, for others to get."""
        if aliases:
            with self._db.telling():
                self._articles.update_many(
                    {"aliases": {"$in": aliases}}, {"$pull": {"aliases": {"$in": aliases}}}
                )

    def _load_articles(self, batch: Sequence[Filed]) -> None:
        owners = {alias: filed.article.id for filed in batch for alias in filed.aliases}
        known = self.known(owners)
        moved = sorted(alias for alias in owners if known.get(alias) not in (None, owners[alias]))
        self._take(moved)
        with self._db.telling():
            for filed in batch:
                later = {
                    "article_id": filed.article.id,
                    "revision": {"$gte": filed.article.revision},
                }
                self._db["revisions"].delete_many(later)
        documents = [document_of(filed) for filed in batch]
        self._db.put_all("articles", [put(document, "_id", "source") for document in documents])
