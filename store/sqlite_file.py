"""The SQLite file under a store: open it, know its layout, lend connections, name what went wrong.

The journal is a rollback journal, not a WAL: SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL
mode that several connections write (the WAL-reset bug), Debian 12 ships 3.40.1, and a WAL cannot
be read from a read-only folder. The price is that readers wait while a writer commits, some
milliseconds. `synchronous=FULL`, so that a commit survives a power cut too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from store.errors import (
    StoreAway,
    StoreError,
    StoreFull,
    StoreNewer,
    StoreReadOnly,
)

LAYOUT = 3
"""Kept in `PRAGMA user_version`; one more whenever the schema changes."""

_OURS = 0x74696E73  # "tins", in PRAGMA application_id
_WAIT_SECONDS = 30.0

_PRAGMAS = ("PRAGMA journal_mode = DELETE", "PRAGMA synchronous = FULL")

_NOTES = "CREATE TABLE notes (id TEXT PRIMARY KEY, written INTEGER NOT NULL, record TEXT NOT NULL)"
_DUES = "CREATE TABLE dues (source TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID"
_LEASES = """CREATE TABLE leases (
    host TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    holder TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
) WITHOUT ROWID"""
_PAGES_BY_AGE = "CREATE INDEX pages_oldest ON pages (fetched, id)"
_FINGERPRINTS = """CREATE TABLE fingerprints (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    cluster TEXT NOT NULL,
    record TEXT NOT NULL,
    signature BLOB NOT NULL
)"""
_TOLD_WITH = "CREATE INDEX fingerprints_cluster ON fingerprints (cluster, id)"
_BANDS = """CREATE TABLE bands (
    span INTEGER NOT NULL,
    band INTEGER NOT NULL,
    published INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (span, band, published, number)
) WITHOUT ROWID"""
_EDITS = (
    "CREATE INDEX revisions_newest ON revisions"
    " (json_extract(record, '$.replaced') DESC, id, revision DESC)"
)
_SCHEMA = f"""
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    words TEXT NOT NULL,
    left_words TEXT NOT NULL,
    labels TEXT NOT NULL,
    left_labels TEXT NOT NULL
);
CREATE TABLE labels (
    label TEXT NOT NULL,
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    held INTEGER NOT NULL,
    published INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (label, number)
) WITHOUT ROWID;
CREATE INDEX labels_newest ON labels (label, published DESC, id) WHERE held = 1;
CREATE INDEX labels_changed ON labels (label, changed);
CREATE TABLE aliases (alias TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX aliases_id ON aliases (id);
CREATE TABLE revisions (
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (id, revision)
) WITHOUT ROWID;
{_EDITS};
CREATE TABLE pages (
    id TEXT PRIMARY KEY,
    fetched INTEGER NOT NULL,
    record TEXT NOT NULL,
    body BLOB NOT NULL
);
{_PAGES_BY_AGE};
{_NOTES};
{_DUES};
{_LEASES};
{_FINGERPRINTS};
{_TOLD_WITH};
{_BANDS};
CREATE TABLE sources (id TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    started INTEGER NOT NULL,
    running INTEGER NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX runs_newest ON runs (started DESC, id);
CREATE INDEX runs_of_source ON runs (source, started DESC, id);
CREATE VIRTUAL TABLE search USING fts5 (
    words, left_words,
    content = 'articles', content_rowid = 'number', tokenize = 'ascii', detail = 'column'
);
CREATE TRIGGER search_insert AFTER INSERT ON articles BEGIN
    INSERT INTO search (rowid, words, left_words)
    VALUES (new.number, new.words, new.left_words);
END;
CREATE TRIGGER search_update AFTER UPDATE OF words, left_words ON articles BEGIN
    INSERT INTO search (search, rowid, words, left_words)
    VALUES ('delete', old.number, old.words, old.left_words);
    INSERT INTO search (rowid, words, left_words)
    VALUES (new.number, new.words, new.left_words);
END;
"""


_UPGRADES = {
    1: (_NOTES,),
    2: (_DUES, _LEASES, _PAGES_BY_AGE, _FINGERPRINTS, _TOLD_WITH, _BANDS, _EDITS),
}
"""Layout → the statements that make the next one of it."""


class SqliteFile:
    """One SQLite file with tinso's tables; lends a connection to one thread at a time."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._writing = Lock()  # writers of one process queue here, not at the file's lock
        if create:
            self._make_folder()
        elif not path.exists():
            raise StoreError(
                "there is no store here",
                about=str(path),
                repair="crawl or import first, or name another with TINSO_STORE",
            )
        self._mode = "rwc" if create else "rw"
        with self.reading() as db:
            layout = self._layout(db)
        if layout < LAYOUT:
            with self.writing() as db:
                layout = self._layout(db)  # another process may have been first
                if layout == 0:
                    _make_tables(db)
                else:
                    _upgrade(db, layout)
        self._mode = "rw"  # from now on a missing file is a fault

    def close(self) -> None:
        """Close the connections that nobody has borrowed."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; each statement sees what was committed before it."""
        with self._telling():
            try:
                db = self._idle.pop()
            except IndexError:
                db = self._connect()
            try:
                yield db
            except BaseException:
                db.close()  # rolls back, too
                raise
            self._idle.append(db)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a transaction: all that is written, or nothing.

        The write lock is taken before anything is read, so what was read still holds.
        """
        with self._writing, self.reading() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            f"{self.path.as_uri()}?mode={self._mode}",
            uri=True,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # lent to one thread at a time
        )
        try:
            for pragma in _PRAGMAS:
                db.execute(pragma)
        except BaseException:
            db.close()
            raise
        return db

    def _layout(self, db: sqlite3.Connection) -> int:
        """Return the layout of the file, 0 for an empty one."""
        ((owner,),) = db.execute("PRAGMA application_id")
        ((layout,),) = db.execute("PRAGMA user_version")
        ((tables,),) = db.execute("SELECT count(*) FROM sqlite_schema")
        if owner == 0 and layout == 0 and tables == 0:
            return 0
        if owner != _OURS:
            raise StoreError(
                "is a database, but not one of tinso",
                about=str(self.path),
                repair="name another file with TINSO_STORE",
            )
        if layout > LAYOUT:
            raise StoreNewer(
                f"has layout {layout}, this version of tinso knows {LAYOUT}",
                about=str(self.path),
                repair="upgrade tinso, or name another file with TINSO_STORE",
            )
        return int(layout)

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise StoreReadOnly(
                f"its folder cannot be made: {wrong.strerror}",
                about=str(self.path),
                repair="name a folder that can be written with TINSO_HOME or TINSO_STORE",
            ) from wrong

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeEncodeError) as wrong:
            raise _told(wrong, self.path) from wrong


def _make_tables(db: sqlite3.Connection) -> None:
    statement = ""
    for line in _SCHEMA.splitlines():  # executescript would commit between statements
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
    db.execute(f"PRAGMA application_id = {_OURS}")
    db.execute(f"PRAGMA user_version = {LAYOUT}")


def _upgrade(db: sqlite3.Connection, layout: int) -> None:
    for older in range(layout, LAYOUT):
        for statement in _UPGRADES[older]:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {LAYOUT}")


_TELLING: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreAway, "another program keeps it locked; try again later"),
    sqlite3.SQLITE_LOCKED: (StoreAway, "another program keeps it locked; try again later"),
    sqlite3.SQLITE_IOERR: (StoreAway, "look at its disk, then try again"),
    sqlite3.SQLITE_CANTOPEN: (
        StoreAway,
        "check that the file and its folder exist and may be written",
    ),
    sqlite3.SQLITE_READONLY: (
        StoreReadOnly,
        "make the file and its folder writable for this user",
    ),
    sqlite3.SQLITE_PERM: (StoreReadOnly, "make the file and its folder writable for this user"),
    sqlite3.SQLITE_FULL: (StoreFull, "make room on its disk, then try again"),
    sqlite3.SQLITE_NOTADB: (
        StoreError,
        "this is no tinso store: name another file with TINSO_STORE, or restore a copy",
    ),
    sqlite3.SQLITE_CORRUPT: (
        StoreError,
        "the file is damaged: restore a copy, or save what can be read with tinso export",
    ),
}
"""Primary result code (https://sqlite.org/rescode.html) → class and repair."""


def _told(wrong: Exception, path: Path) -> StoreError:
    code = getattr(wrong, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    kind, repair = _TELLING.get(code, (StoreError, "report this, with what was being done"))
    return kind(str(wrong), about=str(path), repair=repair)
