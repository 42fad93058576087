"""How records are shown to programs: JSON-ready, the model's own field names, Vietnam's time.

`store.records.read` takes what is shown here back, but for an article, whose date is shown as
precisely as it is known.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from store.model import Article, Run, SourceCard, local_time, show_published
from store.records import write
from store.turns import Lease


def shown(thing: Article | Run | SourceCard | Lease) -> dict[str, Any]:
    """Write a record for a program.

    Shape: times as `2026-11-20T09:15:00.000+07:00`; an article's `published` as `show_published`
    writes it.
    """
    record = {name: _jsonable(value) for name, value in write(thing).items()}
    if isinstance(thing, Article):
        record["published"] = show_published(thing)
    return record


def _jsonable(value: object) -> object:
    if isinstance(value, datetime):
        return local_time(value).isoformat(timespec="milliseconds")
    return value
