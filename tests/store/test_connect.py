"""Addresses: which store they open, and what is said of wrong ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.connect import address_from, home_from, open_store
from store.errors import StoreAway, StoreError, WrongUse
from store.mongo_address import hidden, public
from store.sqlite import SqliteStore


def test_path_opens_a_file_and_makes_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "kho %41?#.db"
    store = open_store(str(file))
    assert isinstance(store, SqliteStore)
    assert store.address == str(file)
    assert file.exists()
    store.close()


@pytest.mark.parametrize("slashes", ["sqlite://", "sqlite:///"])
def test_sqlite_address_opens_a_file(tmp_path: Path, slashes: str) -> None:
    store = open_store(f"{slashes}{tmp_path}/t%20t.db")
    assert store.address == str(tmp_path / "t t.db")
    store.close()


@pytest.mark.parametrize(
    "address",
    ["", "/", ":memory:", "sqlite://tinso.db", "postgres://tinso:geheim@db/x", "mongo://db"],
)
def test_wrong_address_says_which_are_right(address: str) -> None:
    with pytest.raises(WrongUse, match="name a file, sqlite:///path, mongodb://") as told:
        open_store(address)
    assert "geheim" not in str(told.value)


def test_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"is a folder \(name a file in it: .*tinso\.db\)"):
        open_store(str(tmp_path))


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"HOME": "/home/an"}, "/home/an/.local/share/tinso"),
        ({"HOME": "/home/an", "XDG_DATA_HOME": "/data"}, "/data/tinso"),
        ({"HOME": "/home/an", "XDG_DATA_HOME": "relative"}, "/home/an/.local/share/tinso"),
        ({"HOME": "/home/an", "XDG_DATA_HOME": "/data", "TINSO_HOME": "/srv/t"}, "/srv/t"),
        ({"HOME": "/home/an", "TINSO_HOME": ""}, "/home/an/.local/share/tinso"),
    ],
)
def test_home_is_where_the_environment_says(environ: dict[str, str], expected: str) -> None:
    assert home_from(environ) == Path(expected)
    assert address_from(environ) == f"{expected}/tinso.db"


def test_store_is_where_the_environment_says() -> None:
    named = {"TINSO_STORE": "mongodb://db/tinso", "TINSO_HOME": "/srv/t"}
    assert address_from(named) == "mongodb://db/tinso"


def test_pymongo_is_loaded_only_for_mongodb(tmp_path: Path) -> None:
    code = (
        "import sys; from store.connect import open_store;"
        f"open_store({str(tmp_path / 't.db')!r}).close();"
        "sys.exit('pymongo' in sys.modules or 'bson' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


# MongoDB's addresses


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("mongodb://db/tinso", "mongodb://db/tinso"),
        ("mongodb://an:geheim@db:1,db2/tinso?tls=true", "mongodb://an@db:1,db2/tinso"),
        ("mongodb+srv://an:ge@heim@db/tinso", "mongodb+srv://an@db/tinso"),
    ],
)
def test_password_is_not_shown(address: str, shown: str) -> None:
    assert public(address) == shown


def test_password_is_hidden_as_written_and_as_meant() -> None:
    assert set(hidden("mongodb://an:ge%2Fheim@db/")) == {"ge%2Fheim", "ge/heim"}
    assert hidden("mongodb://db/") == ()


@pytest.mark.parametrize(
    "address",
    ["mongodb://an:gehe@im@db/tinso", "mongodb://an:geheim@db:port/tinso"],
)
def test_wrong_mongodb_address_is_told_without_its_password(address: str) -> None:
    with pytest.raises(WrongUse, match="TINSO_STORE") as told:
        open_store(address)
    assert "geheim" not in str(told.value)
    assert "gehe@im" not in str(told.value)


def test_server_that_does_not_answer_is_away() -> None:
    address = "mongodb://an:geheim@127.0.0.1:1/tinso?serverSelectionTimeoutMS=50"
    with pytest.raises(StoreAway, match=r"mongodb://an@127\.0\.0\.1:1/tinso: .*try again") as told:
        open_store(address)
    assert "geheim" not in str(told.value)
    assert isinstance(told.value, StoreError)
