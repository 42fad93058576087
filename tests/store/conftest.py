"""A fresh store of each kind for each test, and a MongoDB to put one of them in."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pymongo import MongoClient

from store.base import Store
from store.connect import open_store


@pytest.fixture(scope="session")
def mongodb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a MongoDB server: the one that TINSO_TEST_MONGODB names, else SecantusDB's."""
    if named := os.environ.get("TINSO_TEST_MONGODB"):
        yield named
        return
    program = Path(sys.executable).with_name("secantusd-py")
    if not program.exists():
        reason = "no MongoDB: TINSO_TEST_MONGODB names none, and SecantusDB is not installed"
        if sys.version_info < (3, 14):  # it has no wheel for later ones
            pytest.fail(reason)
        pytest.skip(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("mongodb")
    log = (home / "log").open("wb")
    server = subprocess.Popen(
        [program, "--port", str(port), "--storage-path", home / "files", "--cache-size", "128M"],
        cwd=home,
        stdout=log,
        stderr=log,
    )
    try:
        address = f"mongodb://127.0.0.1:{port}/"
        with MongoClient[dict[str, object]](address, serverSelectionTimeoutMS=60_000) as client:
            client.admin.command("ping")  # waits until it answers
        yield address
    finally:
        server.kill()
        server.wait()
        log.close()


@pytest.fixture(params=["sqlite", "mongodb"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a store that does not exist yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "tinso.db")
    else:
        yield from _database(request.getfixturevalue("mongodb"))


@pytest.fixture
def mongo_address(mongodb: str) -> Iterator[str]:
    """Address of a MongoDB database that does not exist yet."""
    yield from _database(mongodb)


def _database(server: str) -> Iterator[str]:
    name = f"tinso_test_{uuid4().hex}"
    base, mark, options = server.partition("?")
    yield f"{base.rstrip('/')}/{name}{mark}{options}"
    with MongoClient[dict[str, object]](server) as client:
        client.drop_database(name)


@pytest.fixture
def reopen(address: str) -> Iterator[Callable[[], Store]]:
    """Open the test's store once more, as another process would."""
    opened: list[Store] = []

    def again() -> Store:
        opened.append(open_store(address))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()
