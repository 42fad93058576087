"""The arrows between the packages, read from every import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = ("crawler/extract", "crawler/clean", "crawler/families", "crawler/discovery")


def modules(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            yield node.module or ""


def roots(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


@pytest.mark.parametrize(
    ("folders", "forbidden"),
    [
        (("store",), {"commands", "crawler", "feeds", "scrapy", "twisted", "starlette", "feedgen"}),
        (("crawler",), {"feeds", "starlette", "uvicorn", "feedgen", "commands", "tinso"}),
        (("feeds",), {"crawler", "scrapy", "twisted", "commands", "tinso"}),
        (PURE, {"scrapy", "twisted", "socket", "urllib3", "aiohttp"}),
        (("crawler/demo",), {"scrapy", "twisted", "store"}),
    ],
    ids=["store", "crawler", "feeds", "extraction", "demo"],
)
def test_no_arrow_points_the_wrong_way(folders: tuple[str, ...], forbidden: set[str]) -> None:
    found = modules(*folders)
    assert found
    wrong = {str(file.relative_to(ROOT)): roots(file) & forbidden for file in found}
    assert not {file: names for file, names in wrong.items() if names}


def test_pymongo_is_imported_in_one_module_only() -> None:
    users = {
        str(file.relative_to(ROOT))
        for file in [*modules("commands", "store", "crawler", "feeds"), ROOT / "tinso.py"]
        if roots(file) & {"pymongo", "bson"}
    }
    assert users == {"store/mongo_database.py"}


def test_extraction_asks_no_clock() -> None:
    for file in modules(*PURE):
        text = file.read_text(encoding="utf-8")
        assert "datetime.now(" not in text, file
        assert "time.time(" not in text, file


@pytest.mark.parametrize("half", ["crawler", "feeds"])
def test_one_module_of_each_half_reads_the_environment(half: str) -> None:
    readers = {
        str(file.relative_to(ROOT))
        for file in modules(half)
        if "pydantic_settings" in (text := file.read_text(encoding="utf-8"))
        or "getenv" in text
        or "environ.get" in text
    }
    assert len(readers) == 1, readers


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'scrapy', 'twisted', 'pymongo', 'starlette', 'pydantic', 'lxml', 'rich', 'feedgen'}"
    code = f"import sys, tinso; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_the_web_server_starts_without_scrapy() -> None:
    code = "import sys, feeds.web.serve; print('scrapy' in sys.modules, 'twisted' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == ["False", "False"]
