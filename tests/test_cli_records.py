"""`tinso history` and `tinso replay` as commands: options, exit codes, JSON; in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tinso
from store.connect import open_store
from tests.crawler.sites import write_recipe
from tests.crawler.test_replay import ID, SITE, html, keep, page, source

Told = Callable[..., Result]


@pytest.fixture
def command(tmp_path: Path) -> Told:
    """Call a command in a home where one article is stored with its page."""
    write_recipe(tmp_path / "sources", SITE)
    file = str(tmp_path / "tinso.db")
    store = open_store(file)
    store.save_source(source().card)
    keep(store, source(), page(1, html(1).replace("khung", "noidung")))
    store.close()
    environ = {"TINSO_STORE": file, "TINSO_HOME": str(tmp_path), "COLUMNS": "160"}
    environ["TINSO_SOURCES"] = str(tmp_path / "sources")
    return lambda *args: CliRunner().invoke(tinso.main, args, env=environ)


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def test_history_by_address_and_the_way_to_name_what_is_not_stored(command: Told) -> None:
    found = command("history", f"{SITE}/tin/1.html", "--json")
    assert (found.exit_code, document(found)["article"]["title"]) == (0, "Hội nghị lần thứ 1")
    assert "Chưa sửa lần nào" in command("history", document(found)["article"]["id"]).stdout
    unknown = command("history", "x", "--json")
    assert (unknown.exit_code, "urn:uuid:" in document(unknown)["error"]["repair"]) == (2, True)


def test_replay_writes_only_when_told(command: Told) -> None:
    shown = document(command("replay", ID, "--json"))
    assert (shown["written"], shown["sources"][0]["written"]) == (False, 0)
    changed = shown["sources"][0]["changed"]
    done = command("replay", "--write", "--json")
    assert done.exit_code == 0
    assert document(done)["sources"][0]["written"] == changed
    assert document(command("replay", "--json"))["sources"][0]["changed"] == 0
    assert command("replay", "lai-chau/khong-co").exit_code == 2
