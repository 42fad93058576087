"""What a walk to a list's end leaves for the next crawl, as a note in the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from crawler.list_order import Order
from store.model import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class ListNote:
    """What a walk to a list's end leaves for the next one."""

    order: Order = "unknown"
    tail: str | None = None
    """Address of the last page that named an article; None where only a form leads there."""
    broke_at: str | None = None
    """Address of the page where the walk broke off, since the site failed there."""
    at: datetime | None = None
    """When the list was last walked from its first page."""


NOTHING_NOTED = ListNote()


def note_name(url: str) -> str:
    """Name the note of a list."""
    return f"list {url}"


def write_note(told: ListNote, source: str, url: str, *, now: datetime) -> Note:
    """Write the note of the list at `url`."""
    text = json.dumps({"order": told.order, "tail": told.tail, "broke_at": told.broke_at})
    return Note(source=source, name=note_name(url), at=told.at or now, text=text)


def read_note(note: Note | None) -> ListNote:
    """Read what an earlier walk left; what is no such note says nothing."""
    try:
        told = json.loads(note.text) if note else None
    except ValueError:
        told = None
    if note is None or not isinstance(told, dict) or told.get("order") not in get_args(Order):
        return NOTHING_NOTED
    tail, broke_at = (told.get(name) for name in ("tail", "broke_at"))
    return ListNote(
        order=told["order"],
        tail=tail if isinstance(tail, str) else None,
        broke_at=broke_at if isinstance(broke_at, str) else None,
        at=note.at,
    )
