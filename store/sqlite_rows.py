"""How records stand in the rows of a SQLite store: each function is one step of a transaction."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable
from dataclasses import replace as altered
from datetime import UTC, datetime, timedelta

from store.base import Selection
from store.identity import Outcome, Sighting, settle
from store.labels import Places, labels_for, labels_of, places, words_against, words_for, words_of
from store.model import Article, KeptPage, Note, Revision, Run, SourceCard
from store.records import Filed, Moved, normal, note_id, read, to_json, write

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

Where = tuple[str, list[object]]
"""A condition on `labels l`, and its values."""


def stamp(at: datetime) -> int:
    """Turn a time into milliseconds since 1970."""
    return (at - _EPOCH) // _MILLISECOND


def moment(milliseconds: int) -> datetime:
    """Turn milliseconds since 1970 into a time, UTC."""
    return _EPOCH + milliseconds * _MILLISECOND


def held(which: Selection) -> Where:
    """Make the condition for the live articles of a selection."""
    return _where(which, "words", "l.held = 1", " AND m.held = 1")


def ever(which: Selection) -> Where:
    """Make the condition for all that the selection holds or held."""
    if which.since or which.until:
        return held(which)  # an index leads to these by time, to what left them none does
    return _where(altered(which, without=()), "words left_words", "1", "")


def _where(which: Selection, columns: str, first: str, other: str) -> Where:
    label, *labels = labels_for(which)
    conditions = [first, "l.label = ?"]
    values: list[object] = [label]
    for label in labels:
        conditions.append(
            f"EXISTS (SELECT 1 FROM labels m WHERE m.label = ? AND m.number = l.number{other})"
        )
        values.append(label)
    if words := words_for(which):
        # The unary plus keeps the order of the index and its early end: no sorting of all matches.
        conditions.append("+l.number IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(f"{{{columns}}} : ({_matching(words, ' AND ')})")
    if words := words_against(which):
        conditions.append("+l.number NOT IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(f"{{{columns}}} : ({_matching(words, ' OR ')})")
    for bound, condition in ((which.since, "l.published >= ?"), (which.until, "l.published < ?")):
        if bound is not None:
            conditions.append(condition)
            values.append(stamp(bound))
    return " AND ".join(conditions), values


def _matching(words: Iterable[str], joint: str) -> str:
    return joint.join('"' + word.replace('"', '""') + '"' for word in words)


def keep_one(db: sqlite3.Connection, sighting: Sighting) -> tuple[Outcome, str]:
    """Decide about a sighting and write what was decided; return the outcome and the id."""
    names = known(db, sighting.aliases)
    sighting = altered(sighting, article=normal(sighting.article))
    decision = settle(sighting, names, lambda name: article_of(db, name))
    article = decision.article
    before = article_of(db, article.id)
    if article != before:
        stood = _places(db, article.id) if before else None
        _put_article(db, article, places(article, stood))
    if decision.replaced:
        _put_revision(db, decision.replaced)
    _put_aliases(db, article.id, decision.aliases)
    return decision.outcome, article.id


def article_of(db: sqlite3.Connection, name: str) -> Article | None:
    """Return an article; None when there is none of that id."""
    row = db.execute("SELECT record FROM articles WHERE id = ?", (name,)).fetchone()
    return read(Article, json.loads(row[0])) if row else None


def known(db: sqlite3.Connection, aliases: Collection[str]) -> dict[str, str]:
    """Return alias → id for those that are known."""
    found = {}
    for alias in aliases:  # each is one step into an index
        row = db.execute("SELECT id FROM aliases WHERE alias = ?", (alias,)).fetchone()
        if row:
            found[alias] = row[0]
    return found


def filed(db: sqlite3.Connection, name: str) -> Filed:
    """Return an article with all that is known beside it."""
    ((record,),) = db.execute("SELECT record FROM articles WHERE id = ?", (name,))
    aliases = db.execute("SELECT alias FROM aliases WHERE id = ? ORDER BY alias", (name,))
    stood = _places(db, name)
    return Filed(
        article=read(Article, json.loads(record)),
        aliases=tuple(alias for (alias,) in aliases),
        left_labels=tuple(sorted(stood.left_labels)),
        left_words=tuple(sorted(stood.left_words)),
    )


def revisions(db: sqlite3.Connection, name: str) -> list[Revision]:
    """Return the versions of an article that edits put away, oldest first."""
    rows = db.execute("SELECT record FROM revisions WHERE id = ? ORDER BY revision", (name,))
    return [read(Revision, json.loads(record)) for (record,) in rows.fetchall()]


def page_of(record: str, body: bytes) -> KeptPage:
    """Read a row of `pages`."""
    return read(KeptPage, json.loads(record) | {"body": zlib.decompress(body)})


def put_page(db: sqlite3.Connection, page: KeptPage) -> None:
    """Write a raw page, unless a newer one is there."""
    db.execute(
        "INSERT INTO pages (id, fetched, record, body) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET fetched = excluded.fetched, record = excluded.record,"
        " body = excluded.body WHERE excluded.fetched >= fetched",
        (
            page.article_id,
            stamp(page.fetched),
            to_json(write(altered(page, body=b""))),
            zlib.compress(page.body),
        ),
    )


def put_source(db: sqlite3.Connection, card: SourceCard) -> None:
    """Write what is known of a source."""
    db.execute(
        "INSERT INTO sources (id, record) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET record = excluded.record",
        (card.id, to_json(write(card))),
    )


def put_note(db: sqlite3.Connection, note: Note) -> None:
    """Write a note, unless a newer one is there."""
    db.execute(
        "INSERT INTO notes (id, written, record) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET written = excluded.written, record = excluded.record"
        " WHERE excluded.written >= written",
        (note_id(note.source, note.name), stamp(note.at), to_json(write(note))),
    )


def put_run(db: sqlite3.Connection, run: Run) -> None:
    """Write a run, unless it still runs and is known to have ended."""
    db.execute(
        "INSERT INTO runs (id, source, started, running, record) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET source = excluded.source, started = excluded.started,"
        " running = excluded.running, record = excluded.record"
        " WHERE running >= excluded.running",
        (run.id, run.source, stamp(run.started), run.state == "running", to_json(write(run))),
    )


def replace(db: sqlite3.Connection, thing: Moved) -> None:
    """Write a record as it is, in the place of what has the same key."""
    match thing:
        case Filed():
            _replace_article(db, thing)
        case Revision():
            _put_revision(db, thing)
        case KeptPage():
            db.execute("DELETE FROM pages WHERE id = ?", (thing.article_id,))
            put_page(db, thing)
        case SourceCard():
            put_source(db, thing)
        case Note():
            db.execute("DELETE FROM notes WHERE id = ?", (note_id(thing.source, thing.name),))
            put_note(db, thing)
        case Run():
            db.execute("DELETE FROM runs WHERE id = ?", (thing.id,))
            put_run(db, thing)


def _replace_article(db: sqlite3.Connection, thing: Filed) -> None:
    article = thing.article
    row = db.execute("SELECT number FROM articles WHERE id = ?", (article.id,)).fetchone()
    if row:
        stood = _places(db, article.id)
        db.executemany(
            "DELETE FROM labels WHERE label = ? AND number = ?",
            [(label, row[0]) for label in stood.labels | stood.left_labels],
        )
    db.execute("DELETE FROM aliases WHERE id = ?", (article.id,))
    db.execute(
        "DELETE FROM revisions WHERE id = ? AND revision >= ?", (article.id, article.revision)
    )
    _put_article(
        db,
        article,
        Places(
            labels=labels_of(article),
            words=words_of(article),
            left_labels=frozenset(thing.left_labels),
            left_words=frozenset(thing.left_words),
        ),
    )
    _put_aliases(db, article.id, thing.aliases)


def _places(db: sqlite3.Connection, name: str) -> Places:
    """Return where an article stood when it was last written."""
    (row,) = db.execute(
        "SELECT labels, words, left_labels, left_words FROM articles WHERE id = ?", (name,)
    )
    labels, words, left_labels, left_words = row
    return Places(
        labels=frozenset(json.loads(labels)),
        words=frozenset(words.split()),
        left_labels=frozenset(json.loads(left_labels)),
        left_words=frozenset(left_words.split()),
    )


def _put_article(db: sqlite3.Connection, article: Article, stands: Places) -> None:
    ((number,),) = db.execute(
        "INSERT INTO articles (id, record, words, left_words, labels, left_labels)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record,"
        " words = excluded.words, left_words = excluded.left_words,"
        " labels = excluded.labels, left_labels = excluded.left_labels RETURNING number",
        (
            article.id,
            to_json(write(article)),
            " ".join(sorted(stands.words)),
            " ".join(sorted(stands.left_words)),
            json.dumps(sorted(stands.labels)),
            json.dumps(sorted(stands.left_labels)),
        ),
    ).fetchall()
    published, changed = stamp(article.published), stamp(article.changed)
    live = article.state == "live"
    db.executemany(
        "INSERT INTO labels (label, number, id, held, published, changed)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (label, number) DO UPDATE SET"
        " held = excluded.held, published = excluded.published, changed = excluded.changed",
        [
            (label, number, article.id, live and label in stands.labels, published, changed)
            for label in sorted(stands.labels | stands.left_labels)
        ],
    )


def _put_revision(db: sqlite3.Connection, version: Revision) -> None:
    db.execute(
        "INSERT INTO revisions (id, revision, record) VALUES (?, ?, ?)"
        " ON CONFLICT (id, revision) DO UPDATE SET record = excluded.record",
        (version.article_id, version.revision, to_json(write(version))),
    )


def _put_aliases(db: sqlite3.Connection, name: str, aliases: Iterable[str]) -> None:
    db.executemany(
        "INSERT INTO aliases (alias, id) VALUES (?, ?)"
        " ON CONFLICT (alias) DO UPDATE SET id = excluded.id",
        [(alias, name) for alias in aliases],
    )
