"""Writes a recipe as TOML, whatever its texts hold. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from crawler.clean.text import one_line


def recipe_text(told: Mapping[str, Any], *, head: str) -> str:
    """Write keys and values in their order, tables last, under a comment of one line.

    Shape of a value: a text, a list of texts, a date, or a table of texts.
    """
    flat = [(key, value) for key, value in told.items() if not isinstance(value, Mapping)]
    tables = [(key, value) for key, value in told.items() if isinstance(value, Mapping)]
    lines = [f"# {one_line(head)}", *(f"{key} = {_value(value)}" for key, value in flat)]
    for name, table in tables:
        lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _text(str(value))


def _text(text: str) -> str:
    """Write patterns as they are, where no sign in them ends the text; else with escapes."""
    text = one_line(text)
    if "\\" in text and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
