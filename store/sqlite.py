"""The store in one SQLite file: the default, nothing to set up.

What each method promises is said in `store.base.Store`.
"""
# ruff: noqa: D102

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from store import sqlite_stories, sqlite_turns
from store.base import Cursor, Kept, Selection, Version
from store.identity import Sighting
from store.model import (
    Appearance,
    Article,
    Fingerprint,
    KeptPage,
    Note,
    Revision,
    Run,
    SourceCard,
)
from store.records import note_id, numbered, pack, read
from store.sqlite_file import SqliteFile
from store.sqlite_rows import (
    ever,
    filed,
    held,
    keep_one,
    known,
    moment,
    page_of,
    put_note,
    put_page,
    put_run,
    put_source,
    replace,
    revisions,
    stamp,
)
from store.turns import Lease, Turn, lease_of

_CHUNK = 200
"""Records a transaction of an import, and a query of an export: nobody waits long for either."""


class SqliteStore:
    """Keeps the promise of `store.base.Store` in the file at `path`."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self._file = SqliteFile(path, create=create)

    @property
    def address(self) -> str:
        return str(self._file.path)

    def close(self) -> None:
        self._file.close()

    def ping(self) -> None:
        with self._file.reading() as db:
            db.execute("SELECT 1 FROM articles LIMIT 1").fetchone()

    def keep(self, sightings: Sequence[Sighting]) -> Kept:
        if not sightings:
            return Kept()
        with self._file.writing() as db:
            done = [keep_one(db, sighting) for sighting in sightings]
        return Kept(
            inserted=tuple(name for outcome, name in done if outcome == "insert"),
            updated=tuple(name for outcome, name in done if outcome == "update"),
            same=tuple(name for outcome, name in done if outcome == "same"),
            ids=tuple(name for _, name in done),
        )

    def get(self, article_id: str) -> Article | None:
        rows = self._rows("SELECT record FROM articles WHERE id = ?", article_id)
        return read(Article, json.loads(rows[0][0])) if rows else None

    def known(self, aliases: Collection[str]) -> Mapping[str, str]:
        with self._file.reading() as db:
            return known(db, aliases)

    def newest(self, which: Selection, *, limit: int, after: Cursor | None = None) -> list[Article]:
        where, values = held(which)
        if after is not None:
            where += " AND l.published <= ? AND (l.published < ? OR l.id > ?)"
            at = stamp(after.published)
            values += [at, at, after.id]
        rows = self._rows(
            "SELECT a.record FROM labels l JOIN articles a ON a.number = l.number"
            f" WHERE {where} ORDER BY l.published DESC, l.id LIMIT ?",
            *values,
            limit,
        )
        return [read(Article, json.loads(record)) for (record,) in rows]

    def version(self, which: Selection) -> Version:
        now, now_values = held(which)
        once, once_values = ever(which)
        ((count, changed),) = self._rows(
            f"SELECT (SELECT count(*) FROM labels l WHERE {now}),"
            f" (SELECT l.changed FROM labels l WHERE {once} ORDER BY l.changed DESC LIMIT 1)",
            *now_values,
            *once_values,
        )
        return Version(count=count, changed=None if changed is None else moment(changed))

    def count_by_day(self, which: Selection) -> dict[date, int]:
        where, values = held(which)
        rows = self._rows(
            "SELECT date(l.published / 1000.0, 'unixepoch', '+7 hours') AS day, count(*)"
            f" FROM labels l WHERE {where} GROUP BY day ORDER BY day",
            *values,
        )
        return {date.fromisoformat(day): count for day, count in rows}

    def appearances(self, source: str, *, limit: int) -> list[Appearance]:
        where, values = held(Selection(source=source))
        paths = ", ".join(f"'$.{field.name}'" for field in fields(Appearance))
        rows = self._rows(
            f"SELECT json_extract(a.record, {paths}) FROM labels l JOIN articles a"
            f" ON a.number = l.number WHERE {where} ORDER BY l.published DESC, l.id LIMIT ?",
            *values,
            limit,
        )
        names = [field.name for field in fields(Appearance)]
        return [
            read(Appearance, dict(zip(names, json.loads(told), strict=True))) for (told,) in rows
        ]

    def revisions(self, article_id: str) -> list[Revision]:
        with self._file.reading() as db:
            return revisions(db, article_id)

    def save_fingerprints(self, fingerprints: Sequence[Fingerprint]) -> None:
        if fingerprints:
            with self._file.writing() as db:
                for fingerprint in fingerprints:
                    sqlite_stories.put_fingerprint(db, fingerprint)

    def fingerprints(
        self, *, ids: Collection[str] = (), clusters: Collection[str] = (), limit: int
    ) -> list[Fingerprint]:
        with self._file.reading() as db:
            return sqlite_stories.fingerprints(db, ids, clusters, limit)

    def alike(
        self, signature: bytes, *, since: datetime, until: datetime, limit: int
    ) -> list[Fingerprint]:
        with self._file.reading() as db:
            return sqlite_stories.alike(db, signature, since, until, limit)

    def set_clusters(self, clusters: Mapping[str, str], at: datetime) -> None:
        if clusters:
            with self._file.writing() as db:
                sqlite_stories.set_clusters(db, clusters.items(), at)

    def edits(self, *, limit: int) -> list[Revision]:
        rows = self._rows(
            "SELECT record FROM revisions"
            " ORDER BY json_extract(record, '$.replaced') DESC, id, revision DESC LIMIT ?",
            limit,
        )
        return [read(Revision, json.loads(record)) for (record,) in rows]

    def keep_pages(self, pages: Sequence[KeptPage]) -> None:
        if pages:
            with self._file.writing() as db:
                for page in pages:
                    put_page(db, page)

    def page(self, article_id: str) -> KeptPage | None:
        rows = self._rows("SELECT record, body FROM pages WHERE id = ?", article_id)
        return page_of(*rows[0]) if rows else None

    def drop_pages(self, before: datetime, *, limit: int) -> int:
        found = self._rows(
            "SELECT id FROM pages WHERE fetched < ? ORDER BY fetched, id LIMIT ?",
            stamp(before),
            limit,
        )
        if not found:
            return 0
        with self._file.writing() as db:
            done = db.executemany(
                "DELETE FROM pages WHERE id = ? AND fetched < ?",
                [(name, stamp(before)) for (name,) in found],
            )
        return done.rowcount

    def save_source(self, card: SourceCard) -> None:
        with self._file.writing() as db:
            put_source(db, card)

    def sources(self) -> list[SourceCard]:
        rows = self._rows("SELECT record FROM sources ORDER BY id")
        return [read(SourceCard, json.loads(record)) for (record,) in rows]

    def save_run(self, run: Run) -> None:
        with self._file.writing() as db:
            put_run(db, run)

    def run(self, run_id: str) -> Run | None:
        rows = self._rows("SELECT record FROM runs WHERE id = ?", run_id)
        return read(Run, json.loads(rows[0][0])) if rows else None

    def runs(self, source: str | None = None, *, limit: int) -> list[Run]:
        where, values = ("", []) if source is None else ("WHERE source = ?", [source])
        rows = self._rows(
            f"SELECT record FROM runs {where} ORDER BY started DESC, id LIMIT ?", *values, limit
        )
        return [read(Run, json.loads(record)) for (record,) in rows]

    def set_dues(self, dues: Mapping[str, datetime], *, only_new: bool = False) -> None:
        if dues:
            with self._file.writing() as db:
                sqlite_turns.set_dues(db, dues, only_new=only_new)

    def dues(self) -> dict[str, datetime]:
        with self._file.reading() as db:
            return sqlite_turns.dues(db)

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
        due = due or now
        with self._file.reading() as db:
            if not sqlite_turns.ready(db, turns, now=now, due=due):
                return []  # most often so, and nobody had to wait for it
        with self._file.writing() as db:
            ready = sqlite_turns.ready(db, turns, now=now, due=due)[:limit]
            return [
                sqlite_turns.claim(db, lease_of(turn, holder=holder, now=now, until=until))
                for turn in ready
            ]

    def claim(self, turn: Turn, *, holder: str, now: datetime, until: datetime) -> Lease:
        with self._file.writing() as db:
            return sqlite_turns.claim(db, lease_of(turn, holder=holder, now=now, until=until))

    def renew(self, lease: Lease, *, until: datetime) -> bool:
        with self._file.writing() as db:
            return sqlite_turns.renew(db, lease, until=until)

    def release(self, lease: Lease, *, due: datetime | None = None) -> None:
        with self._file.writing() as db:
            if sqlite_turns.release(db, lease) and due is not None:
                sqlite_turns.set_dues(db, {lease.source: due}, only_new=False)

    def leases(self) -> list[Lease]:
        with self._file.reading() as db:
            return sqlite_turns.leases(db)

    def save_note(self, note: Note) -> None:
        with self._file.writing() as db:
            put_note(db, note)

    def note(self, source: str, name: str) -> Note | None:
        rows = self._rows("SELECT record FROM notes WHERE id = ?", note_id(source, name))
        return read(Note, json.loads(rows[0][0])) if rows else None

    def dump(self) -> Iterator[Mapping[str, object]]:
        for card in self.sources():
            yield pack(card)
        for _, record in self._walk("notes", "record"):
            yield pack(read(Note, json.loads(record)))
        for (name,) in self._walk("articles"):
            with self._file.reading() as db:
                article, put_away = filed(db, name), revisions(db, name)
            yield pack(article)
            yield from map(pack, put_away)
        for _, record, body in self._walk("pages", "record", "body"):
            yield pack(page_of(record, body))
        for _, record in self._walk("runs", "record"):
            yield pack(read(Run, json.loads(record)))

    def load(self, records: Iterable[Mapping[str, object]]) -> int:
        count = 0
        for batch in numbered(records, size=_CHUNK):
            with self._file.writing() as db:
                for thing in batch:
                    replace(db, thing)
            count += len(batch)
        return count

    def _rows(self, statement: str, *values: object) -> list[Any]:
        """Ask, and read the whole answer: an open cursor would keep writers waiting."""
        with self._file.reading() as db:
            return db.execute(statement, values).fetchall()

    def _walk(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield id and columns of each row, by id, without a lock in between."""
        wanted = ", ".join(("id", *columns))
        behind = ""
        while rows := self._rows(
            f"SELECT {wanted} FROM {table} WHERE id > ? ORDER BY id LIMIT ?", behind, _CHUNK
        ):
            yield from rows
            behind = rows[-1][0]
