"""Everything that is served, as files for any web server: `tinso publish`.

A file is written only if its bytes changed, under another name first, and is given the time at
which its articles last changed, so that a web server's Last-Modified says what ours does. What was
written, and in which state of the store, stands in `.tinso-publish.json`; a feed whose state is the
same is not even rendered.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil
from pathlib import Path

from feeds.address import Month, Target
from feeds.channel import ALL, Channel, channels
from feeds.formats import FORMATS, Format
from feeds.formats.opml import subscriptions
from feeds.packing import CODINGS, LEAST_BYTES
from feeds.rendering import MONTH_ARTICLES, Site, render, state_of
from feeds.shelf import version, walk
from feeds.web.pages import Pages
from store import VERSION
from store.base import Selection, Store
from store.errors import StoreError, WrongUse

MANIFEST = ".tinso-publish.json"
_LOCK = ".tinso-publish.lock"
_AT_A_TIME = 200
WATCH_SECONDS = 10.0
"""So often a watching publisher asks whether something changed."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a call of `publish` did, in files; packed forms are not counted."""

    written: int
    unchanged: int
    removed: int


@dataclass(slots=True, kw_only=True)
class _Folder:
    """The folder and what is known of the files in it."""

    path: Path
    before: dict[str, dict[str, str]]
    """Name → `hash` of the bytes, `state` they were made in; as the last call left it."""
    now: dict[str, dict[str, str]] = field(default_factory=dict)
    written: int = 0

    def holds(self, name: str, state: str) -> bool:
        """Tell whether a file was made in this state, and keep it if so."""
        known = self.before.get(name)
        if not known or known["state"] != state or not (self.path / name).exists():
            return False
        self.now[name] = known
        return True

    def put(
        self, name: str, body: bytes | str, *, state: str = "", changed: datetime | None = None
    ) -> None:
        """Write a file and its packed forms, if the bytes changed."""
        body = body.encode() if isinstance(body, str) else body
        digest = hashlib.sha256(body).hexdigest()[:32]
        known = self.before.get(name)
        self.now[name] = {"hash": digest, "state": state}
        if known and known["hash"] == digest and (self.path / name).exists():
            return
        at = changed.timestamp() if changed else None
        for coding in CODINGS:
            packed = self.path / f"{name}.{coding.ending}"
            if len(body) >= LEAST_BYTES:
                _write(packed, coding.pack(body), at)
            else:
                packed.unlink(missing_ok=True)
        _write(self.path / name, body, at)
        self.written += 1

    def remove_stale(self) -> int:
        """Remove what was published before and is no more."""
        stale = self.before.keys() - self.now.keys()
        for name in stale:
            for ending in ("", *(f".{coding.ending}" for coding in CODINGS)):
                (self.path / f"{name}{ending}").unlink(missing_ok=True)
        return len(stale)


def publish(store: Store, site: Site, folder: Path) -> Published:
    """Write all channels in all formats, their archives, the pages and OPML; remove what is stale.

    Raises WrongUse for a folder that holds something else, StoreError where the store or the disk
    fails: what stands in the folder then is whole, and the next call goes on.
    """
    with _opened(folder) as files:
        publisher = _Publisher(store, site, files)
        publisher.put_articles()
        for channel in channels(publisher.cards):
            publisher.put_channel(channel)
        publisher.put_rest()
        removed = files.remove_stale()
        _write(folder / MANIFEST, json.dumps(files.now).encode(), None)
    return Published(
        written=files.written, unchanged=len(files.now) - files.written, removed=removed
    )


def publish_on_change(
    store: Store,
    site: Site,
    folder: Path,
    *,
    tell: Callable[[Published], None],
    watch: bool,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Publish once; with `watch` again whenever anything in the store changed, until interrupted.

    A store or disk that fails for a while is waited for, once the first call was good.
    """
    seen: object = None
    while True:
        try:
            found = (store.version(Selection()), store.sources())
            if found != seen:
                tell(publish(store, site, folder))
                seen = found
        except StoreError as fault:
            if seen is None or not watch:
                raise
            logger.warning("%s", fault)
        if not watch:
            return
        sleep(WATCH_SECONDS)


class _Publisher:
    """One call of `publish`."""

    def __init__(self, store: Store, site: Site, files: _Folder) -> None:
        self.store = store
        self.site = site
        self.files = files
        self.cards = store.sources()
        self.pages = Pages(store, site.base_url, static=True)
        made_by = repr((VERSION, site, self.cards))
        self.stamp = hashlib.sha256(made_by.encode()).hexdigest()[:16]

    def put_articles(self) -> None:
        """Write a page an article, month by month: a month in the same state is left alone."""
        made_in = defaultdict(list)
        for name, told in self.files.before.items():
            made_in[told["state"]].append(name)
        for month in self._months(ALL):
            state = f"{month.name} {self._state(_archive(ALL, month))}"
            known = made_in[state]
            if known and all(self.files.holds(name, state) for name in known):
                continue
            inside = ALL.within(month.since, month.until)
            for article in walk(self.store, inside, size=_AT_A_TIME):
                page = self.pages.article(article.id)
                if page is not None and page.status == 200:
                    name = f"articles/{article.id}.html"
                    self.files.put(name, page.html, state=state, changed=article.changed)

    def put_channel(self, channel: Channel) -> None:
        """Write a channel's feeds, its archives, and its pages."""
        months = self._months(channel)
        for month in months:
            inside = version(self.store, channel.within(month.since, month.until))
            for part in range(ceil(inside.count / MONTH_ARTICLES)):
                self._put_archive(channel, replace(month, part=part + 1))
        for form in FORMATS.values():
            self._put_feed(Target(channel=channel, form=form))
        self._put_page(channel.path, Target(channel=channel, form=FORMATS["atom"]))

    def put_rest(self) -> None:
        """Write what stands outside of the channels."""
        self.files.put("index.html", self.pages.home().html)
        self.files.put("404.html", self.pages.trouble(404).html)
        self.files.put("opml", subscriptions(self.cards, [], [], "", self.site.base_url))
        for file in sorted(Path(__file__).parent.glob("web/static/*")):
            self.files.put(f"static/{file.name}", file.read_bytes())

    def _put_archive(self, channel: Channel, month: Month) -> None:
        for form in FORMATS.values():
            self._put_feed(_archive(channel, month, form))
        self._put_page(f"{channel.path}/{month.name}", _archive(channel, month))

    def _put_feed(self, target: Target) -> None:
        name, state = target.address[1:], self._state(target)
        if not self.files.holds(name, state):
            made = render(self.store, target, self.site, self.cards)
            self.files.put(name, made.body, state=state, changed=made.changed)

    def _put_page(self, path: str, target: Target) -> None:
        name, state = f"{path[1:]}.html", self._state(target)
        if not self.files.holds(name, state):
            page = self.pages.channel(path, {})
            if page is not None:
                self.files.put(name, page.html, state=state)

    def _state(self, target: Target) -> str:
        return f"{self.stamp} {state_of(self.store, target)}"

    def _months(self, channel: Channel) -> list[Month]:
        days = {day for part in channel.parts for day in self.store.count_by_day(part)}
        return [Month(first=first) for first in sorted({day.replace(day=1) for day in days})]


def _archive(channel: Channel, month: Month, form: Format = FORMATS["atom"]) -> Target:
    return Target(channel=channel, form=form, month=month)


@contextmanager
def _opened(folder: Path) -> Iterator[_Folder]:
    """Let one publisher at a time have the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        manifest = folder / MANIFEST
        if not manifest.exists() and any(one.name != _LOCK for one in folder.iterdir()):
            raise WrongUse(
                f"{folder} holds files that tinso did not publish",
                repair="name an empty folder, or one that it published to before",
            )
        with (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not manifest.exists():
                _write(manifest, b"{}", None)  # from now on the folder is ours
            yield _Folder(path=folder, before=_read(manifest))
    except OSError as fault:
        raise StoreError(
            f"cannot be written: {fault.strerror}",
            about=str(fault.filename or folder),
            repair="make room or give this user the right to write, then publish again",
        ) from fault


def _read(manifest: Path) -> dict[str, dict[str, str]]:
    try:
        known: dict[str, dict[str, str]] = json.loads(manifest.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return known


def _write(file: Path, body: bytes, at: float | None) -> None:
    """Write a file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(body)
    if at is not None:
        os.utime(part, (at, at))
    part.replace(file)
