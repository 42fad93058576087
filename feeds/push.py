"""Tells a WebSub hub which feeds changed, so that it can bring them to who subscribed there.

The hub is told after the fact, from the store: whoever crawls needs to know nothing of it, and one
that does not answer delays nobody. What it was last told of is a note in the store, so that a
restart neither forgets a change nor tells of all feeds anew.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from feeds.channel import channels
from feeds.formats import FORMATS
from feeds.rendering import Site
from feeds.shelf import version
from store.base import Store
from store.errors import StoreError
from store.model import Note

LOOK_SECONDS = 10.0
"""So often the store is asked whether anything changed."""

PAUSES = tuple(timedelta(seconds=30 * 2**n) for n in range(8))
"""After a hub did not take what it was told: half a minute, then twice as long each time."""

_AT_A_TIME = 50
_ANSWER_SECONDS = 10.0
_NOTE = ("feeds", "hub")

logger = logging.getLogger(__name__)

Post = Callable[[str, Collection[str]], None]
"""Tells the hub at an address of feeds; raises OSError where it does not take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a hub knows, and what it still has to be told."""

    states: Mapping[str, str] = field(default_factory=dict)
    """Path of a channel → what its version was."""
    waiting: frozenset[str] = frozenset()
    """Addresses of feeds that changed since."""
    failures: int = 0
    """In a row."""
    not_before: datetime | None = None
    """When a hub that did not answer is told again."""


def noticed(told: Told, states: Mapping[str, str], base_url: str) -> Told:
    """Put the feeds of the channels that changed among those that the hub has to be told of.

    At the first look nothing has changed.
    """
    changed = {path for path, state in states.items() if told.states.get(path) != state}
    feeds = {f"{base_url}{path}.{ending}" for path in changed for ending in FORMATS}
    return replace(
        told, states=dict(states), waiting=told.waiting | feeds if told.states else told.waiting
    )


def after_telling(told: Told, *, taken: bool, now: datetime) -> Told:
    """Return what is to be told after an attempt."""
    if taken:
        return Told(states=told.states)
    pause = PAUSES[min(told.failures, len(PAUSES) - 1)]
    return replace(told, failures=told.failures + 1, not_before=now + pause)


class Pusher(threading.Thread):
    """Looks at the store and tells the hub, until it is stopped; never raises."""

    def __init__(self, store: Store, site: Site, *, post: Post | None = None) -> None:
        super().__init__(name="hub", daemon=True)
        self._store = store
        self._site = site
        self._post = post or tell_hub
        self._stopped = threading.Event()
        self._told: Told | None = None

    def run(self) -> None:
        """Look every few seconds."""
        while not self._stopped.wait(LOOK_SECONDS):
            try:
                self.look(datetime.now(UTC))
            except StoreError as fault:
                logger.warning("the hub cannot be told of changes: %s", fault)

    def stop(self) -> None:
        """End it, once an attempt under way is over."""
        self._stopped.set()
        self.join()

    def look(self, now: datetime) -> None:
        """Find what changed and tell the hub, if its time has come; raises StoreError."""
        before = self._told or _read(self._store)
        told = noticed(before, self._states(), self._site.base_url)
        if told.waiting and (told.not_before is None or told.not_before <= now):
            told = after_telling(told, taken=self._tell(told.waiting), now=now)
        if told != before:
            _write(self._store, told, now)
        self._told = told

    def _states(self) -> dict[str, str]:
        found = channels(self._store.sources())
        return {one.path: repr(version(self._store, one)) for one in found}

    def _tell(self, feeds: Collection[str]) -> bool:
        hub = self._site.hub
        assert hub is not None
        waiting = sorted(feeds)
        try:
            for start in range(0, len(waiting), _AT_A_TIME):
                self._post(hub, waiting[start : start + _AT_A_TIME])
        except OSError as fault:
            logger.warning("%s was not told of %d feeds: %s", hub, len(waiting), fault)
            return False
        return True


def tell_hub(hub: str, feeds: Collection[str]) -> None:
    """Tell a hub of feeds as hubs take it (PubSubHubbub 0.4, 7.3); raises OSError."""
    pairs = [("hub.mode", "publish"), *(("hub.url", url) for url in feeds)]
    request = Request(hub, data=urlencode(pairs).encode(), method="POST")
    try:
        with urlopen(request, timeout=_ANSWER_SECONDS):
            pass
    except HTTPException as fault:
        raise URLError(str(fault)) from fault


def _read(store: Store) -> Told:
    note = store.note(*_NOTE)
    if note is None:
        return Told()
    known = json.loads(note.text)
    return Told(states=known["states"], waiting=frozenset(known["waiting"]))


def _write(store: Store, told: Told, now: datetime) -> None:
    text = json.dumps({"states": told.states, "waiting": sorted(told.waiting)})
    source, name = _NOTE
    store.save_note(Note(source=source, name=name, at=now, text=text))
