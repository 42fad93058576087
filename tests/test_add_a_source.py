"""`docs/add-a-source.md` is true: its commands print what it shows, its table has every key."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import tinso
from crawler.demo.server import DemoServer
from crawler.recipe import Discover, Pace, Recipe, Select

DOCUMENT = Path(__file__).parent.parent / "docs" / "add-a-source.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
SHOWN_SITE = "http://127.0.0.1:8801"


def sessions() -> Iterator[tuple[str, list[str]]]:
    """Yield each command of the document and the lines that it shows below it."""
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            first, *shown = command.splitlines()
            yield first, [line for line in shown if line.strip()]


def squeezed(text: str) -> str:
    """Take all blanks out: a terminal's width decides where lines break."""
    return re.sub(r"\s+", "", text)


def test_the_commands_print_what_the_document_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes = tmp_path / "sources"
    recipes.mkdir()
    monkeypatch.setenv("TINSO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TINSO_SOURCES", str(recipes))
    monkeypatch.setenv("COLUMNS", "120")
    with DemoServer() as demo:
        site = demo.sites["lai-chau/demo"]
        for command, shown in sessions():
            _, *args = shlex.split(command.replace(SHOWN_SITE, site))
            if args[:2] == ["sources", "add"]:
                args += ["--cases", str(tmp_path / "cases")]
            result = CliRunner().invoke(tinso.main, args)
            assert result.exit_code == 0, result.output
            printed = squeezed(result.output)
            for line in shown:
                assert squeezed(line.replace(SHOWN_SITE, site)) in printed, (command, line)
            _without_pause(recipes)


def _without_pause(recipes: Path) -> None:
    """Ask the portal, which stands on this machine, as fast as it answers."""
    for file in recipes.rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        if "[pace]" not in text:
            file.write_text(f"{text}\n[pace]\ndelay_seconds = 0.01\n", encoding="utf-8")


def test_the_table_has_every_key_of_a_recipe_in_its_order() -> None:
    assert re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE) == [*Recipe.model_fields]


@pytest.mark.parametrize("table", [Select, Discover, Pace])
def test_every_key_of_a_table_is_named(table: type[Select | Discover | Pace]) -> None:
    for key in table.model_fields:
        assert f"`{key}`" in TEXT, key
