"""The sources' cards, kept for a moment: they change once in months, and every feed wants them."""

from __future__ import annotations

from collections.abc import Callable

from feeds.channel import Channel, channel_at
from store.base import Store
from store.model import SourceCard

KEPT_SECONDS = 10


class Cards:
    """Finds channels without asking the store for its sources each time; used from many threads."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._kept: tuple[float, list[SourceCard]] | None = None

    def channel_at(self, path: str) -> Channel | None:
        """Return the channel whose page stands at `path`; a source that is new is found at once."""
        kept = self._kept
        if kept is not None and self._clock() - kept[0] < KEPT_SECONDS:
            found = channel_at(path, kept[1])
            if found is not None:
                return found
        cards = self._store.sources()
        self._kept = (self._clock(), cards)
        return channel_at(path, cards)
