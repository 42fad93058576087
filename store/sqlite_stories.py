"""How fingerprints stand in the rows of a SQLite store: each function a step of a transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import replace as altered
from datetime import datetime

from store.bands import bands_of
from store.model import Fingerprint
from store.records import read, to_json, write
from store.sqlite_rows import moment, stamp

Row = tuple[str, str, bytes]
"""Record, cluster, signature."""

_COLUMNS = "f.record, f.cluster, f.signature"

SPAN = 60 * 24 * 3600 * 1000
"""Milliseconds. Bands of one such span of time stand together: what is written touches few pages of
the file, however many years it holds."""


def put_fingerprint(db: sqlite3.Connection, new: Fingerprint) -> None:
    """Write a fingerprint, and what it is found by."""
    row = db.execute(
        "SELECT number, record, cluster, signature FROM fingerprints f WHERE id = ?",
        (new.article_id,),
    ).fetchone()
    if row:
        db.executemany(
            "DELETE FROM bands WHERE span = ? AND band = ? AND published = ? AND number = ?",
            _places(row[0], fingerprint_of(row[1:])),
        )
    ((number,),) = db.execute(
        "INSERT INTO fingerprints (id, cluster, record, signature) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET record = excluded.record, signature = excluded.signature"
        " RETURNING number",
        (
            new.article_id,
            new.cluster,
            to_json(write(altered(new, cluster="", signature=b""))),
            new.signature,
        ),
    ).fetchall()
    db.executemany(
        "INSERT INTO bands (span, band, published, number) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        _places(number, new),
    )


def _places(number: int, found: Fingerprint) -> list[tuple[int, int, int, int]]:
    """Return the rows that a fingerprint is found by."""
    at = stamp(found.published)
    return [(at // SPAN, band, at, number) for band in bands_of(found.signature)]


def fingerprint_of(row: Row) -> Fingerprint:
    """Read the columns of a fingerprint."""
    record, cluster, signature = row
    return read(Fingerprint, json.loads(record) | {"cluster": cluster, "signature": signature})


def fingerprints(
    db: sqlite3.Connection, ids: Collection[str], clusters: Collection[str], limit: int
) -> list[Fingerprint]:
    """Return the fingerprints of articles and of stories, by article id."""
    found: dict[str, Fingerprint] = {}
    for column, names in (("id", ids), ("cluster", clusters)):
        for name in names:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM fingerprints f WHERE {column} = ? ORDER BY id LIMIT ?",
                (name, limit),
            )
            found |= {each.article_id: each for each in map(fingerprint_of, rows.fetchall())}
    return [found[name] for name in sorted(found)][:limit]


def alike(
    db: sqlite3.Connection, signature: bytes, since: datetime, until: datetime, limit: int
) -> list[Fingerprint]:
    """Return the fingerprints that share a band, newest first."""
    begin, end = stamp(since), stamp(until)
    numbers: set[int] = set()
    for span in range(begin // SPAN, end // SPAN + 1):
        for band in bands_of(signature):  # each is one step into an index
            rows = db.execute(
                "SELECT number FROM bands WHERE span = ? AND band = ?"
                " AND published BETWEEN ? AND ? ORDER BY published DESC LIMIT ?",
                (span, band, begin, end, limit),
            )
            numbers.update(number for (number,) in rows.fetchall())
    found = [_numbered(db, number) for number in numbers]
    return sorted(found, key=lambda each: (-stamp(each.published), each.article_id))[:limit]


def _numbered(db: sqlite3.Connection, number: int) -> Fingerprint:
    query = f"SELECT {_COLUMNS} FROM fingerprints f WHERE number = ?"
    return fingerprint_of(db.execute(query, (number,)).fetchone())


def set_clusters(db: sqlite3.Connection, clusters: Iterable[tuple[str, str]], at: datetime) -> None:
    """Write which article leads the story of each."""
    for name, cluster in clusters:
        db.execute("UPDATE fingerprints SET cluster = ? WHERE id = ?", (cluster, name))
        row = db.execute(
            "SELECT number, record, labels, left_labels FROM articles WHERE id = ?", (name,)
        ).fetchone()
        if row is None:
            continue
        number, record, labels, left_labels = row
        article = json.loads(record)
        if article["cluster"] == cluster:
            continue
        led_anew = cluster != (article["cluster"] or name)
        article["cluster"] = cluster
        if led_anew:
            changed = max(stamp(at), stamp(datetime.fromisoformat(article["changed"])))
            article["changed"] = moment(changed)
            db.executemany(
                "UPDATE labels SET changed = ? WHERE label = ? AND number = ?",
                [
                    (changed, label, number)
                    for label in json.loads(labels) + json.loads(left_labels)
                ],
            )
        db.execute("UPDATE articles SET record = ? WHERE number = ?", (to_json(article), number))
