"""Feeds over HTTP: the validators from one indexed question, the bytes from a small cache."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from feeds.channel import Channel
from feeds.feed import NEWEST, TTL_MINUTES, Feed
from feeds.formats import FORMATS, RENDERER, Format
from feeds.web.cards import Cards
from feeds.web.conditional import Validators, is_fresh
from store import VERSION
from store.base import Store, Version
from store.errors import StoreError
from store.model import Article

logger = logging.getLogger(__name__)

CACHED = 512
"""Renderings kept in memory: some 200 KB each."""

ATTEMPTS = 4
"""At reading articles that nobody writes to meanwhile."""

STALE = "Tinso-Stale"
"""Header while the store is away: how many seconds ago the feed was last known to be the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to send; the body is sent with a 200 only, and not for HEAD."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class _Rendered:
    validators: Validators
    body: bytes
    at: float
    """When it was last known to be the newest; monotonic seconds."""


class FeedDesk:
    """Answers for feeds; one a server, used from many threads."""

    def __init__(
        self, store: Store, base_url: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._base_url = base_url
        self._clock = clock
        self._cards = Cards(store, clock)
        self._rendered: OrderedDict[str, _Rendered] = OrderedDict()
        self._turn = Lock()

    def answer(self, path: str, request: Mapping[str, str]) -> Reply | None:
        """Answer for the feed at `path`, such as `/all.rss`; None where there is none.

        `request` holds headers by lower-case name. While the store is away the last good
        rendering is given, with its age; without one it is 503.
        """
        page, _, ending = path.rpartition(".")
        form = FORMATS.get(ending)
        if form is None:
            return None
        try:
            channel = self._cards.channel_at(page)
            if channel is None:
                return None
            current = self._current(channel, form)
            if is_fresh(request, current.validators):
                return Reply(status=304, headers=_headers(form, current.validators))
            if not current.body:
                current = self._render(channel, form)
        except StoreError as error:
            logger.warning("%s: %s", path, error)
            return self._while_away(path, form, request)
        return Reply(status=200, headers=_headers(form, current.validators), body=current.body)

    def _current(self, channel: Channel, form: Format) -> _Rendered:
        """Return what the feed is now; without a body where it must be rendered first."""
        path = f"{channel.path}.{form.ending}"
        validators = self._validators(path, channel, self._store.version(channel.which))
        with self._turn:
            found = self._rendered.get(path)
            if found is None or found.validators != validators:
                return _Rendered(validators, b"", self._clock())
            found = _Rendered(validators, found.body, self._clock())
            self._rendered[path] = found
            self._rendered.move_to_end(path)
            return found

    def _render(self, channel: Channel, form: Format) -> _Rendered:
        path = f"{channel.path}.{form.ending}"
        version, articles = self._settled(channel)
        validators = self._validators(path, channel, version)
        feed = Feed(
            channel=channel,
            articles=articles,
            self_url=self._base_url + path,
            page_url=self._base_url + channel.path,
            base_url=self._base_url,
            changed=validators.last_modified,
        )
        found = _Rendered(validators, form.render(feed), self._clock())
        with self._turn:
            self._rendered[path] = found
            while len(self._rendered) > CACHED:
                self._rendered.popitem(last=False)
        return found

    def _settled(self, channel: Channel) -> tuple[Version, list[Article]]:
        """Read the articles under a version that held before and after, if one is to be had.

        Else the version is the older one: a reader then asks again, rather than never.
        """
        for _ in range(ATTEMPTS):
            version = self._store.version(channel.which)
            articles = self._store.newest(channel.which, limit=NEWEST)
            if self._store.version(channel.which) == version:
                break
        return version, articles

    def _validators(self, path: str, channel: Channel, version: Version) -> Validators:
        """Derive them from the articles, and from what else the bytes are made of."""
        made_by = (VERSION, RENDERER, self._base_url, path, channel.title, channel.description)
        changed = version.changed.isoformat() if version.changed else ""
        parts = (*made_by, version.count, changed)
        digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
        return Validators(etag=f'"{digest}"', last_modified=version.changed)

    def _while_away(self, path: str, form: Format, request: Mapping[str, str]) -> Reply:
        with self._turn:
            found = self._rendered.get(path)
        if found is None:
            return Reply(status=503, headers={"Retry-After": "300", "Cache-Control": "no-store"})
        stale = {STALE: str(int(self._clock() - found.at))}
        headers = _headers(form, found.validators) | stale
        if is_fresh(request, found.validators):
            return Reply(status=304, headers=headers)
        return Reply(status=200, headers=headers, body=found.body)


def _headers(form: Format, validators: Validators) -> dict[str, str]:
    return {
        "Content-Type": f"{form.media_type}; charset=utf-8",
        "Cache-Control": f"public, max-age={TTL_MINUTES * 60}",
        "Vary": "Accept-Encoding",
        **validators.headers(),
    }
