"""What crawls found out about articles that no list names, as a note that the next one finds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.absence import Absence
from crawler.moments import read_moment
from store.model import Note

NAME = "absences"


def write_absences(absences: Mapping[str, Absence], source: str, *, now: datetime) -> Note:
    """Write the note."""
    told = {
        name: [one.asked.isoformat(), one.gone_since and one.gone_since.isoformat()]
        for name, one in sorted(absences.items())
    }
    return Note(source=source, name=NAME, at=now, text=json.dumps(told))


def read_absences(note: Note | None) -> dict[str, Absence]:
    """Read what earlier crawls found out; nothing where there is no such note, or a broken one."""
    try:
        told = json.loads(note.text) if note else {}
        return {str(name): _absence(*pair) for name, pair in told.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _absence(asked: Any, gone_since: Any) -> Absence:
    return Absence(
        asked=read_moment(asked), gone_since=read_moment(gone_since) if gone_since else None
    )
