"""Reads many articles in order, some at a time."""

from __future__ import annotations

from collections.abc import Iterator

from store.base import Cursor, Selection, Store
from store.model import Article


def articles_of(
    store: Store, which: Selection, *, size: int, after: Cursor | None = None
) -> Iterator[Article]:
    """Yield the live articles of a selection, `size` a question, in the order of `Store.newest`."""
    while True:
        found = store.newest(which, limit=size, after=after)
        yield from found
        if len(found) < size:
            return
        after = Cursor.of(found[-1])
