"""What only a SQLite file can meet: others' files, read-only disks, full ones, slow plans."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

import store.sqlite_file
from store.base import Cursor, Selection
from store.errors import StoreAway, StoreError, StoreFull, StoreNewer, StoreReadOnly
from store.sqlite import SqliteStore
from store.sqlite_file import LAYOUT
from tests.store.making import MORNING, article, card, note, page, sighting


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with one article."""
    path = tmp_path / "tinso.db"
    with closing(SqliteStore(path)) as made:
        made.keep([sighting()])
    return path


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


# Files


def test_newer_layout_is_refused(file: Path) -> None:
    change(file, f"PRAGMA user_version = {LAYOUT + 1}")
    with pytest.raises(StoreNewer, match=rf"layout {LAYOUT + 1}, .* knows {LAYOUT} \(upgrade"):
        SqliteStore(file)


def test_older_layout_is_brought_up_to_date(file: Path) -> None:
    with closing(SqliteStore(file)) as store:
        store.save_source(card())
    newer = ("notes", "dues", "leases", "fingerprints", "bands")
    older = (
        *(f"DROP TABLE {name}" for name in newer),
        "DROP INDEX pages_oldest",
        "DROP INDEX revisions_newest",
    )
    change(file, *older, "PRAGMA user_version = 1")
    with closing(SqliteStore(file)) as store:
        assert (store.dues(), store.leases()) == ({}, [])
        store.save_note(note())
        assert store.note(note().source, note().name) == note()
        assert store.sources() == [card()]


def test_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Ghi chú " * 100, encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(StoreError, match=r"not a database \(this is no tinso store: name another"):
        SqliteStore(file)
    assert file.read_bytes() == before


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    change(file, "CREATE TABLE theirs (a)")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="not one of tinso"):
        SqliteStore(file)
    assert file.read_bytes() == before


def test_empty_file_becomes_a_store(tmp_path: Path) -> None:
    file = tmp_path / "tinso.db"
    file.touch()
    with closing(SqliteStore(file)) as opened:
        assert opened.keep([sighting()]).inserted


def test_file_that_goes_away_is_told(file: Path) -> None:
    with closing(SqliteStore(file)) as opened:
        opened.close()
        file.unlink()
        with pytest.raises(StoreAway, match="check that the file and its folder exist"):
            opened.ping()


def test_journal_is_no_wal(file: Path) -> None:
    change(file, "PRAGMA journal_mode = WAL")
    with closing(SqliteStore(file)) as opened:
        opened.keep([sighting(2)])
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() != ("wal",)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# Faults


def test_locked_file_is_away(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.sqlite_file, "_WAIT_SECONDS", 0.01)
    with closing(SqliteStore(file)) as opened, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreAway, match=r"locked .*try again later"):
            opened.keep([sighting(2)])
        other.rollback()
        assert opened.keep([sighting(2)]).inserted


def test_full_disk_is_told_and_nothing_half_written(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = store.sqlite_file._PRAGMAS
    monkeypatch.setattr(store.sqlite_file, "_PRAGMAS", (*pragmas, "PRAGMA max_page_count = 60"))
    with closing(SqliteStore(file)) as opened:
        with pytest.raises(StoreFull, match="make room on its disk"):
            opened.keep([sighting(n, title=f"Tin {n} " * 200) for n in range(2, 90)])
        assert [found.title for found in opened.newest(Selection(), limit=9)] == ["Tin thứ 1"]


def test_text_that_no_file_can_hold_is_a_store_error(file: Path) -> None:
    with closing(SqliteStore(file)) as opened, pytest.raises(StoreError, match="surrogates"):
        opened.save_run(run_with("\ud800"))


def run_with(message: str) -> store.model.Run:
    return store.model.Run(id="r", source="s", state="failed", started=MORNING, message=message)


def test_damaged_file_is_told(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match="restore a copy"), closing(SqliteStore(file)) as opened:
        opened.newest(Selection(), limit=1)


# Read-only


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everywhere, so a test that runs as root lets go of that."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only(file: Path) -> Iterator[Path]:
    """The store in a folder that may not be written."""
    folder = Path(tempfile.mkdtemp())
    copy = folder / "tinso.db"
    shutil.copyfile(file, copy)
    copy.chmod(0o444)
    folder.chmod(0o555)
    yield copy
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_read_only_store_is_read(read_only: Path) -> None:
    with as_nobody(), closing(SqliteStore(read_only)) as opened:
        assert opened.newest(Selection(words=("tin",)), limit=9) == [article()]
        assert opened.version(Selection()).count == 1


def test_read_only_store_says_so_when_written(read_only: Path) -> None:
    with as_nobody(), closing(SqliteStore(read_only)) as opened:
        for write in (
            lambda: opened.keep([sighting(2)]),
            lambda: opened.keep_pages([page()]),
        ):
            with pytest.raises(StoreReadOnly, match="make the file and its folder writable"):
                write()


def test_file_in_a_read_only_folder_is_read_and_not_written(read_only: Path) -> None:
    read_only.chmod(0o666)
    with as_nobody(), closing(SqliteStore(read_only)) as opened:
        assert opened.newest(Selection(), limit=9) == [article()]
        with pytest.raises(StoreReadOnly):
            opened.keep([sighting(2)])


def test_folder_that_cannot_be_made_is_told(read_only: Path) -> None:
    with as_nobody(), pytest.raises(StoreReadOnly, match="folder cannot be made"):
        SqliteStore(read_only.parent / "new" / "tinso.db")


# Plans


SINGLE = [
    Selection(),
    Selection(source="dien-bien/tttt"),
    Selection(province="dien-bien"),
    Selection(province_now="dien-bien"),
    Selection(topic="t"),
    Selection(words=("tin",)),
    Selection(topic="t", since=MORNING, until=MORNING + timedelta(days=30)),
]


class Watched(SqliteStore):
    """Tells how its questions would be answered, in place of the answers."""

    def _rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with self._file.reading() as db:
            self.plan = [
                row[3] for row in db.execute("EXPLAIN QUERY PLAN " + statement, values).fetchall()
            ]
        return super()._rows(statement, *values)


@pytest.mark.parametrize("which", SINGLE, ids=str)
@pytest.mark.parametrize("after", [None, Cursor(published=MORNING, id="a")], ids=["first", "next"])
def test_newest_is_read_off_an_index(file: Path, which: Selection, after: Cursor | None) -> None:
    with closing(Watched(file)) as watched:
        watched.newest(which, limit=50, after=after)
        told = "; ".join(watched.plan)
    assert "SEARCH l USING INDEX labels_newest (label=?" in told
    assert "TEMP B-TREE" not in told
    assert "SCAN l" not in told
    assert "SCAN a" not in told


@pytest.mark.parametrize("which", SINGLE[:-1], ids=str)
def test_version_is_read_off_indexes(file: Path, which: Selection) -> None:
    with closing(Watched(file)) as watched:
        watched.version(which)
        told = "; ".join(watched.plan)
    assert "SEARCH l USING PRIMARY KEY (label=?)" in told
    assert "USING COVERING INDEX labels_changed (label=?)" in told
    assert "TEMP B-TREE" not in told
    assert "SCAN l" not in told
