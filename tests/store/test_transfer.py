"""Export and import: everything moves, byte for byte, between the two backends."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from store.base import Selection, Store
from store.connect import open_store
from store.errors import ImportFault, StoreError
from store.sqlite import SqliteStore
from store.transfer import export, import_, write_whole
from tests.store.making import MORNING, article, card, note, page, run, sighting

LATER = MORNING + timedelta(days=2)


def fill(store: Store) -> None:
    store.keep([sighting(n, topics=("t",), body_html=f"<p>Bài {n}</p>") for n in range(5)])
    for title in ("Sửa", "Sửa nữa", "Sửa mãi"):
        store.keep([sighting(1, title=title, changed=LATER, confidence=1.0)])
    store.keep([sighting(2, state="withdrawn", changed=LATER)])
    store.keep([sighting(3, aliases=["another name", "one more"])])
    store.keep_pages([page(1), page(2, body=b"\x00\xff")])
    store.save_source(card())
    store.save_source(card(id="trung-uong/mic", province=None))
    store.save_note(note())
    store.save_run(run(1))
    store.save_run(run(2, state="running", ended=None, heartbeat=MORNING))


def exported(store: Store) -> bytes:
    out = io.BytesIO()
    export(store, out)
    return out.getvalue()


@pytest.fixture
def sqlite(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "first.db")


def test_export_is_the_same_after_moving_there_and_back(
    sqlite: SqliteStore, mongo_address: str, tmp_path: Path
) -> None:
    fill(sqlite)
    first = exported(sqlite)
    mongo = open_store(mongo_address)
    assert import_(mongo, io.BytesIO(first)) == len(first.splitlines()) - 1
    assert exported(mongo) == first
    back = SqliteStore(tmp_path / "back.db")
    import_(back, exported(mongo).splitlines())
    assert exported(back) == first
    for store in (sqlite, mongo, back):
        store.close()


def test_both_backends_export_the_same(store: Store, tmp_path: Path) -> None:
    other = SqliteStore(tmp_path / "other.db")
    fill(store)
    fill(other)
    assert exported(store) == exported(other)
    other.close()


def test_export_holds_one_record_a_line(store: Store) -> None:
    fill(store)
    header, *records = [json.loads(line) for line in exported(store).splitlines()]
    assert header == {"format": "tinso-export", "version": 1}
    kinds = [record["kind"] for record in records]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "source": 2,
        "note": 1,
        "article": 5,
        "revision": 5,
        "page": 2,
        "run": 2,
    }
    (first,) = [r["article"] for r in records if r.get("aliases") and r["article"]["revision"] == 4]
    assert first["published"] == "2026-11-20T02:16:00.000Z"
    assert [r["body"] for r in records if r["kind"] == "page" and len(r["body"]) == 4] == ["AP8="]


def test_imported_store_answers_like_the_first(store: Store, sqlite: SqliteStore) -> None:
    fill(sqlite)
    import_(store, io.BytesIO(exported(sqlite)))
    for which in (Selection(), Selection(topic="t"), Selection(words=("sua",))):
        assert store.version(which) == sqlite.version(which)
        assert store.newest(which, limit=9) == sqlite.newest(which, limit=9)
    assert store.revisions(article(1).id) == sqlite.revisions(article(1).id)
    assert len(store.revisions(article(1).id)) == 3
    assert store.page(article(2).id) == page(2, body=b"\x00\xff")
    assert store.runs(limit=9) == sqlite.runs(limit=9)
    assert store.known(["one more"]) == {"one more": article(3).id}
    sqlite.close()


def test_imported_article_is_known_and_edited_on(store: Store, sqlite: SqliteStore) -> None:
    fill(sqlite)
    import_(store, io.BytesIO(exported(sqlite)))
    assert store.keep([sighting(1, title="Sau khi chuyển", changed=LATER)]).updated == (
        article(1).id,
    )
    assert [old.revision for old in store.revisions(article(1).id)] == [1, 2, 3, 4]
    sqlite.close()


def test_import_again_changes_nothing(store: Store, sqlite: SqliteStore) -> None:
    fill(sqlite)
    first = exported(sqlite)
    import_(store, io.BytesIO(first))
    import_(store, io.BytesIO(first))
    assert exported(store) == first
    sqlite.close()


def test_import_replaces_what_has_the_same_key(store: Store, sqlite: SqliteStore) -> None:
    sqlite.keep([sighting(1, title="Từ bản xuất", aliases=["shared"])])
    store.keep([sighting(1, topics=("gone",)), sighting(2, aliases=["shared", "own"])])
    store.keep([sighting(1, title="Bị thay", topics=("gone",))])
    import_(store, io.BytesIO(exported(sqlite)))
    found = store.get(article(1).id)
    assert found is not None
    assert found.title == "Từ bản xuất"
    assert store.revisions(found.id) == []
    assert store.newest(Selection(topic="gone"), limit=9) == []
    assert store.newest(Selection(words=("thay",)), limit=9) == []
    assert store.known(["shared", "own"]) == {"shared": article(1).id, "own": article(2).id}
    sqlite.close()


def test_articles_left_without_a_name_do_not_clash(store: Store, sqlite: SqliteStore) -> None:
    store.keep([sighting(2, aliases=["a"]), sighting(3, aliases=["b"])])
    sqlite.keep([sighting(1, aliases=["a", "b"])])
    import_(store, io.BytesIO(exported(sqlite)))
    assert store.known(["a", "b"]) == {"a": article(1).id, "b": article(1).id}
    assert store.version(Selection()).count == 3
    sqlite.close()


# Faults

Damage = Callable[[list[bytes]], None]


def it_is_cut(lines: list[bytes]) -> None:
    lines[3] = lines[3][:40]


def it_is_no_json(lines: list[bytes]) -> None:
    lines[3] = b"hello\n"


def it_is_no_utf8(lines: list[bytes]) -> None:
    lines[3] = b'{"kind": "\xff"}\n'


def it_is_no_record(lines: list[bytes]) -> None:
    lines[3] = b"[]\n"


def its_kind_is_unknown(lines: list[bytes]) -> None:
    lines[3] = b'{"kind":"incident"}\n'


def a_field_is_missing(lines: list[bytes]) -> None:
    lines[3] = lines[3].replace(b'"aliases"', b'"alias"')


def a_time_is_naive(lines: list[bytes]) -> None:
    lines[3] = (
        lines[3]
        .replace(b'.000Z","provenance"', b'","provenance"', 1)
        .replace(b'"changed":"2026-11-21T02:15:00.000Z"', b'"changed":"2026-11-21T02:15:00"')
    )


def a_state_is_unheard_of(lines: list[bytes]) -> None:
    lines[3] = lines[3].replace(b'"state":"live"', b'"state":"lost"')


@pytest.mark.parametrize(
    "damage",
    [
        it_is_cut,
        it_is_no_json,
        it_is_no_utf8,
        it_is_no_record,
        its_kind_is_unknown,
        a_field_is_missing,
        a_time_is_naive,
        a_state_is_unheard_of,
    ],
)
def test_bad_line_is_named_and_not_written(
    store: Store, sqlite: SqliteStore, damage: Damage
) -> None:
    sqlite.keep([sighting(n) for n in range(5)])
    lines = exported(sqlite).splitlines(keepends=True)
    damage(lines)
    with pytest.raises(ImportFault, match="line 4: "):
        import_(store, lines)
    assert store.version(Selection()).count <= 2
    sqlite.close()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "line 1: not the first line of an export"),
        ([b'{"kind":"run"}\n'], "line 1: not the first line of an export"),
        ([b"PK\x03\x04"], "line 1: not the first line of an export"),
        ([b'{"format":"tinso-export","version":2}\n'], "line 1: version 2, .* reads 1"),
    ],
)
def test_what_is_no_export_is_refused(
    sqlite: SqliteStore, lines: list[bytes], message: str
) -> None:
    with pytest.raises(ImportFault, match=message):
        import_(sqlite, lines)
    sqlite.close()


def test_bad_record_is_named_by_its_number(store: Store) -> None:
    with pytest.raises(ImportFault, match="record 2: unknown kind 'x'"):
        store.load([{"kind": "run", **vars_of_run()}, {"kind": "x"}])
    assert store.runs(limit=9) == []


def vars_of_run() -> dict[str, object]:
    return {"id": "r", "source": "s", "state": "ok", "started": "2026-11-20T02:15:00.000Z"}


# Files


def test_export_to_a_file_is_whole(sqlite: SqliteStore, tmp_path: Path) -> None:
    fill(sqlite)
    file = tmp_path / "all.jsonl"
    file.write_bytes(b"older")
    assert write_whole(sqlite, file) == 17
    assert file.read_bytes() == exported(sqlite)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.jsonl", "first.db"]
    sqlite.close()


def test_file_stays_when_the_export_fails(sqlite: SqliteStore, tmp_path: Path) -> None:
    file = tmp_path / "no-such-folder" / "all.jsonl"
    with pytest.raises(StoreError, match=r"all\.jsonl: cannot be written: No such file"):
        write_whole(sqlite, file)
    sqlite.close()
