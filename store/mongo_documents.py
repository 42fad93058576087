"""How records stand in MongoDB's documents, and which writes keep a batch; without pymongo."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import uuid4

from store.base import Cursor, Selection
from store.identity import Outcome, Sighting, settle
from store.labels import Places, labels_for, labels_of, places, words_against, words_for, words_of
from store.model import Article, KeptPage, Note, Revision, Run, SourceCard, to_millisecond
from store.names import ids_of
from store.records import Filed, Moved, note_id, read, write

Document = dict[str, Any]

ARTICLE_FIELDS = tuple("_id" if f.name == "id" else f.name for f in fields(Article))
"""What a reader of articles fetches; beside them a document holds `aliases`, `labels` (while live),
`ever` (labels it has or had), `words`, `left_words`, `put_away` (its last revision) and `stamp`."""

INDEXES: Mapping[str, list[tuple[list[tuple[str, int]], dict[str, Any]]]] = {
    "articles": [
        # Unique within the source, so that it can be made on a collection sharded by source; an
        # alias begins with its source. Without the filter two articles without any would clash.
        (
            [("source", 1), ("aliases", 1)],
            {
                "name": "aliases_unique",
                "unique": True,
                "partialFilterExpression": {"aliases": {"$type": "string"}},
            },
        ),
        ([("aliases", 1)], {"name": "aliases"}),
        ([("labels", 1), ("published", -1), ("_id", 1)], {"name": "newest"}),
        ([("ever", 1), ("changed", -1)], {"name": "changed"}),
        ([("words", 1), ("published", -1), ("_id", 1)], {"name": "words"}),
        ([("left_words", 1)], {"name": "left_words"}),
        ([("put_away.replaced", -1), ("_id", 1)], {"name": "edited"}),
    ],
    "pages": [([("fetched", 1), ("_id", 1)], {"name": "oldest"})],
    "fingerprints": [
        ([("bands", 1), ("published", -1), ("_id", 1)], {"name": "alike"}),
        ([("cluster", 1), ("_id", 1)], {"name": "cluster"}),
    ],
    "revisions": [
        ([("article_id", 1), ("revision", 1)], {"name": "article"}),
        ([("replaced", -1), ("article_id", 1), ("revision", -1)], {"name": "newest"}),
    ],
    "runs": [
        ([("started", -1), ("_id", 1)], {"name": "newest"}),
        ([("source", 1), ("started", -1), ("_id", 1)], {"name": "of_source"}),
    ],
}
"""Collection → the keys (1 ascending, -1 descending) and options of its indexes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do with one sighting of a batch."""

    index: int
    """Its place in the batch."""
    outcome: Outcome
    article_id: str
    document: Document | None = None
    """To write; None when there is nothing to."""
    instead_of: Document | None = None
    """What it replaces; None for a new one."""
    copy: Document | None = None
    """The older revision that has to be in `revisions` first."""
    claimed: tuple[str, ...] = ()
    """Aliases that have to be taken from other articles first."""


def plan(waiting: Mapping[int, Sighting], documents: Iterable[Document]) -> list[Plan]:
    """Decide about the sightings that wait, given the documents of all articles they name.

    One that shares an article or an alias with an earlier one is left for a later round, which
    then sees what became of the earlier one.
    """
    by_id = {document["_id"]: document for document in documents}
    names = {alias: d["_id"] for d in by_id.values() for alias in d["aliases"]}
    busy: set[str] = set()
    plans = []
    for index, sighting in sorted(waiting.items()):
        known = {alias: names[alias] for alias in sighting.aliases if alias in names}
        touched = {*ids_of(sighting.article), *sighting.aliases, *known.values()}
        if busy.isdisjoint(touched):
            plans.append(_plan_one(index, sighting, known, by_id))
        busy |= touched
    return plans


def _plan_one(
    index: int, sighting: Sighting, names: Mapping[str, str], by_id: Mapping[str, Document]
) -> Plan:
    decision = settle(
        sighting, names, lambda name: article_of(by_id[name]) if name in by_id else None
    )
    article, outcome = decision.article, decision.outcome
    old = by_id.get(article.id)
    if outcome == "same" and not decision.aliases:
        return Plan(index=index, outcome=outcome, article_id=article.id)
    put_away = old.get("put_away") if old else None
    return Plan(
        index=index,
        outcome=outcome,
        article_id=article.id,
        document=_document(
            article,
            aliases=[*(old["aliases"] if old else ()), *decision.aliases],
            stands=places(article, _places(old) if old else None),
            put_away=write(decision.replaced) if decision.replaced else put_away,
        ),
        instead_of=old,
        copy=put_away if decision.replaced else None,
        claimed=tuple(alias for alias in decision.aliases if alias in names),
    )


def article_of(document: Document) -> Article:
    """Read an article."""
    record = {name: document[name] for name in ARTICLE_FIELDS if name in document}
    return read(Article, {"id": record.pop("_id"), **record})


def filed_of(document: Document) -> Filed:
    """Read an article with all that is known beside it."""
    article = article_of(document)
    return Filed(
        article=article,
        aliases=tuple(sorted(document["aliases"])),
        left_labels=tuple(sorted(set(document["ever"]) - labels_of(article))),
        left_words=tuple(sorted(document["left_words"])),
    )


def document_of(filed: Filed) -> Document:
    """Write an article as an import brings it."""
    stands = Places(
        labels=labels_of(filed.article),
        words=words_of(filed.article),
        left_labels=frozenset(filed.left_labels),
        left_words=frozenset(filed.left_words),
    )
    return _document(filed.article, aliases=filed.aliases, stands=stands, put_away=None)


def keyed(record: object, key: str) -> Document:
    """Write a record as a document whose `_id` is its field `key`."""
    document = write(record)
    return {"_id": document.pop(key), **document}


def unkeyed(document: Document, key: str) -> Document:
    """Turn what `keyed` made back into a plain record."""
    record = dict(document)
    return {key: record.pop("_id"), **record}


def revision_document(record: Document) -> Document:
    """Write a plain revision as a document."""
    return {"_id": f"{record['article_id']} {record['revision']}", **record}


def revisions_of(article: Document | None, copies: Iterable[Document]) -> list[Revision]:
    """Read the revisions of an article from its own document and their copies, oldest first."""
    inside = [article["put_away"]] if article and article.get("put_away") else []
    outside = [{name: doc[name] for name in doc if name != "_id"} for doc in copies]
    found = {record["revision"]: record for record in (*outside, *inside)}
    return [read(Revision, found[number]) for number in sorted(found)]


def newest_edits(
    articles: Iterable[Document], copies: Iterable[Document], limit: int
) -> list[Revision]:
    """Put the revisions that stand in articles and those that were copied in one order."""
    outside = ({name: doc[name] for name in doc if name != "_id"} for doc in copies)
    records = (*(doc["put_away"] for doc in articles), *outside)
    found = {(record["article_id"], record["revision"]): record for record in records}
    revisions = [read(Revision, record) for record in found.values()]
    revisions.sort(key=lambda one: (-one.replaced.timestamp(), one.article_id, -one.revision))
    return revisions[:limit]


def note_document(note: Note) -> Document:
    """Write a note; its place names it, and its own fields stay beside."""
    return {"_id": note_id(note.source, note.name), **write(note)}


def note_of(document: Document) -> Note:
    """Read a note."""
    return read(Note, {name: value for name, value in document.items() if name != "_id"})


def page_document(page: KeptPage) -> Document:
    """Write a raw page, compressed."""
    return {**keyed(page, "article_id"), "body": zlib.compress(page.body)}


def page_of(document: Document) -> KeptPage:
    """Read a raw page."""
    record = unkeyed(document, "article_id")
    return read(KeptPage, {**record, "body": zlib.decompress(record["body"])})


def others(batch: Iterable[Moved]) -> dict[str, list[Document]]:
    """Sort what is no article by collection; of two with one key the last remains."""
    found: dict[str, dict[str, Document]] = {}
    for thing in batch:
        match thing:
            case Revision():
                name, document = "revisions", revision_document(write(thing))
            case KeptPage():
                name, document = "pages", page_document(thing)
            case SourceCard():
                name, document = "sources", keyed(thing, "id")
            case Note():
                name, document = "notes", note_document(thing)
            case Run():
                name, document = "runs", keyed(thing, "id")
            case _:
                continue
        found.setdefault(name, {})[document["_id"]] = document
    return {name: list(documents.values()) for name, documents in found.items()}


def held(which: Selection, after: Cursor | None = None) -> Document:
    """Make the condition for the live articles of a selection, those behind `after`."""
    condition: Document = {"labels": {"$all": list(labels_for(which))}}
    among = {"$all": words_for(which), "$nin": words_against(which)}
    if given := {operator: list(words) for operator, words in among.items() if words}:
        condition["words"] = given
    bounds = {"$gte": which.since, "$lt": which.until}
    times = {operator: to_millisecond(at) for operator, at in bounds.items() if at is not None}
    if after is not None:
        times["$lte"] = at = to_millisecond(after.published)
        condition["$or"] = [{"published": {"$lt": at}}, {"_id": {"$gt": after.id}}]
    if times:
        condition["published"] = times
    return condition


def ever(which: Selection) -> Document:
    """Make the condition for all that the selection holds or held."""
    if which.since or which.until:
        return held(which)  # an index leads to these by time, to what left them none does
    condition: Document = {"ever": {"$all": list(labels_for(which))}}
    if words := words_for(which):
        condition["$and"] = [{"$or": [{"words": word}, {"left_words": word}]} for word in words]
    return condition


def _document(
    article: Article, *, aliases: Iterable[str], stands: Places, put_away: Document | None
) -> Document:
    return {
        **keyed(article, "id"),
        "aliases": list(aliases),
        "labels": sorted(stands.labels) if article.state == "live" else [],
        "ever": sorted(stands.labels | stands.left_labels),
        "words": sorted(stands.words),
        "left_words": sorted(stands.left_words),
        "put_away": put_away,
        "stamp": uuid4().hex,
    }


def _places(document: Document) -> Places:
    """Return where an article stood when it was last written, or before."""
    return Places(
        labels=frozenset(document["ever"]),
        words=frozenset(document["words"]),
        left_words=frozenset(document["left_words"]),
    )
