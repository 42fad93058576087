"""Pages of running systems and of Vietnamese sites, kept beside the project, never in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[3] / "shared"
PAGES = SHARED / "pages"
BASES = {"nukeviet": "http://127.0.0.1:8801", "wordpress": "http://127.0.0.1:8802"}


def records(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines; nothing where it is not there."""
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cases(file: str) -> list[Any]:
    """List what a file of both systems expects, a test each; one that skips if there is none."""
    found = [
        pytest.param(cms, record, id=f"{cms}/{record['file']}")
        for cms in BASES
        for record in records(PAGES / "cms" / cms / file)
    ]
    absent = pytest.mark.skip(reason=f"no saved pages at {PAGES}")
    return found or [pytest.param("", {}, marks=absent)]
