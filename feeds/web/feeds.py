"""Feeds over HTTP: rendered once for each change, then answered from memory."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from feeds.address import Target, read_address
from feeds.formats import FORMATS
from feeds.packing import LEAST_BYTES, Coding, coding_for
from feeds.rendering import Rendered, Site, State, render, state_of
from feeds.search import BadQuery
from feeds.web.conditional import http_date, is_fresh
from feeds.web.headers import COMMON, Raw, raw
from store.base import Store
from store.errors import StoreError
from store.model import SourceCard

logger = logging.getLogger(__name__)

CACHED_BYTES = 128 * 1024 * 1024
"""Of feeds kept in memory, packed forms included."""

ASKED_SECONDS = 1.0
"""So long the store is not asked again whether a channel changed."""

CARDS_SECONDS = 10.0
"""So long it is not asked again for its sources; one that is new is found at once."""

AWAY_SECONDS = 5.0
"""So long a store that did not answer is left alone where there is a feed to give."""

ATTEMPTS = 4
"""At reading articles that nobody writes to meanwhile."""

CLOSED = timedelta(days=31)
"""A month that ended so long ago is taken for closed: caches may keep its archive for a year."""

FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of the archive of a closed month."""

STALE = "Tinso-Stale"
"""Header while the store is away: how many seconds ago the feed was last known to be the newest."""

_MOST_ADDRESSES = 4096
"""Of feeds, in memory."""
_STRIPES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a request decides the answer."""

    path: str
    query: str = ""
    tags: str | None = None
    """If-None-Match."""
    since: str | None = None
    """If-Modified-Since."""
    accepted: str = ""
    """Accept-Encoding."""

    @property
    def names_a_feed(self) -> bool:
        """Whether the path ends as those of feeds do."""
        return self.path.rpartition(".")[2] in FORMATS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to send; the body is sent with a 200 only, and not for HEAD."""

    status: int
    headers: Raw
    body: bytes = b""


@dataclass(slots=True, kw_only=True)
class _Kept:
    """A feed in memory."""

    rendered: Rendered
    state: State
    cards: tuple[SourceCard, ...]
    at: float
    """When it was last known to be the newest; monotonic seconds."""
    media_type: str
    caching: str
    """Cache-Control."""
    link: str | None
    """The hub and the feed's own address (WebSub, 4); None where no hub is told."""
    packed: dict[str, bytes] = field(default_factory=dict)
    heads: dict[str, tuple[Raw, Raw]] = field(default_factory=dict)
    """Coding → the headers of a 200, and of a 304."""

    @property
    def size(self) -> int:
        """Bytes held."""
        return len(self.rendered.body) + sum(map(len, self.packed.values()))


class FeedDesk:
    """Answers for feeds; one a server, used from many threads."""

    def __init__(
        self,
        store: Store,
        site: Site,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._site = site
        self._clock = clock
        self._now = now
        self._cards: tuple[float, tuple[SourceCard, ...]] = (-CARDS_SECONDS, ())
        self._targets: dict[tuple[str, str], Target] = {}
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._turn = Lock()
        self._rendering = [Lock() for _ in range(_STRIPES)]
        self._away_until = -AWAY_SECONDS

    def at_once(self, asked: Asked) -> Reply | None:
        """Answer without asking the store; None where it must be asked."""
        target = self._targets.get((asked.path, asked.query))
        kept = self._kept.get(target.address) if target else None
        if kept is None or not kept.rendered.body:
            return None
        now = self._clock()
        if now < self._away_until:
            return self._stale(kept, asked)
        return self._reply(kept, asked) if now - kept.at < ASKED_SECONDS else None

    def answer(self, asked: Asked) -> Reply | None:
        """Answer for a feed; None where there is none at this address; blocks.

        Raises BadQuery. While the store is away the last good rendering is given, with its age;
        without one StoreError is raised.
        """
        if not asked.names_a_feed:
            return None
        target = self._targets.get((asked.path, asked.query))
        try:
            target = self._target(asked)
            kept = self._newest(target) if target else None
        except StoreError as error:
            self._away_until = self._clock() + AWAY_SECONDS
            kept = self._kept.get(target.address) if target else None
            if kept is None:
                raise
            logger.warning("%s: %s", asked.path, error)
            return self._stale(kept, asked)
        if kept is None or not kept.rendered.body:
            return None
        return self._reply(kept, asked)

    def _target(self, asked: Asked) -> Target | None:
        cards = self._sources(CARDS_SECONDS)
        found = self._targets.get((asked.path, asked.query))
        if found is not None:
            return found
        parameters = dict(reversed(parse_qsl(asked.query)))  # of two with one name, the first
        found = read_address(asked.path, parameters, cards)
        if found is None and asked.path.startswith("/sources/"):
            found = read_address(asked.path, parameters, self._sources(0.0))
        if found is not None:
            with self._turn:
                if len(self._targets) >= _MOST_ADDRESSES:
                    self._targets.clear()
                self._targets[asked.path, asked.query] = found
        return found

    def _sources(self, seconds: float) -> tuple[SourceCard, ...]:
        at, cards = self._cards
        if self._clock() - at < seconds:
            return cards
        found = tuple(self._store.sources())
        with self._turn:
            if found != cards:
                self._targets.clear()  # titles are made of their names
            self._cards = (self._clock(), found)
        return found

    def _newest(self, target: Target) -> _Kept:
        """Return what the feed is now."""
        with self._rendering[hash(target.address) % _STRIPES]:
            kept = self._kept.get(target.address)
            now = self._clock()
            if kept is not None and now - kept.at < ASKED_SECONDS:
                return kept
            cards = self._cards[1]
            state = state_of(self._store, target)
            if kept is None or (kept.state, kept.cards) != (state, cards):
                kept = self._render(target, cards, state)
            kept.at = now
            self._keep(target.address, kept)
            return kept

    def _render(self, target: Target, cards: tuple[SourceCard, ...], state: State) -> _Kept:
        """Read the articles in a state that held before and after, if one is to be had.

        Else the state is the older one: the feed is then rendered again at the next asking.
        `state` is the one that was just told.
        """
        after = state
        for _ in range(ATTEMPTS):
            state = after
            rendered = render(self._store, target, self._site, cards)
            after = state_of(self._store, target)
            if after == state:
                break
        closed = target.month is not None and target.month.until + CLOSED <= self._now()
        return _Kept(
            rendered=rendered,
            state=state,
            cards=cards,
            at=self._clock(),
            media_type=f"{target.form.media_type}; charset=utf-8",
            link=self._link(target),
            caching=FOR_EVER if closed else f"public, max-age={rendered.ttl_minutes * 60}",
        )

    def _link(self, target: Target) -> str | None:
        if self._site.hub is None or not target.is_newest:
            return None
        own = self._site.base_url + target.address
        return f'<{self._site.hub}>; rel="hub", <{own}>; rel="self"'

    def _keep(self, address: str, kept: _Kept) -> None:
        with self._turn:
            self._kept[address] = kept
            self._kept.move_to_end(address)
            held = sum(one.size for one in self._kept.values())
            while len(self._kept) > (1 if held > CACHED_BYTES else _MOST_ADDRESSES):
                held -= self._kept.popitem(last=False)[1].size

    def _stale(self, kept: _Kept, asked: Asked) -> Reply:
        reply = self._reply(kept, asked)
        age = str(int(self._clock() - kept.at)).encode()
        return replace(reply, headers=[*reply.headers, (STALE.lower().encode(), age)])

    def _reply(self, kept: _Kept, asked: Asked) -> Reply:
        rendered = kept.rendered
        coding = coding_for(asked.accepted) if len(rendered.body) >= LEAST_BYTES else None
        name = coding.name if coding else ""
        heads = kept.heads.get(name)
        if heads is None:
            heads = kept.heads[name] = _heads(kept, coding)
        if is_fresh(asked.tags, asked.since, etag=rendered.etag, changed=rendered.changed):
            return Reply(status=304, headers=heads[1])
        if coding is None:
            return Reply(status=200, headers=heads[0], body=rendered.body)
        packed = kept.packed.get(name)
        if packed is None:
            packed = kept.packed[name] = coding.pack(rendered.body)
        return Reply(status=200, headers=heads[0], body=packed)


class FeedsFirst:
    """ASGI middleware: answers for feeds before anything else looks at the request.

    What is no feed, or a feed that cannot be given, is passed on.
    """

    def __init__(self, app: ASGIApp, desk: FeedDesk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            asked = asked_in(scope)
            reply = self.desk.at_once(asked) or await _slowly(self.desk, asked)
            if reply is not None:
                await _send(reply, send, head=scope["method"] == "HEAD")
                return
        await self.app(scope, receive, send)


def asked_in(scope: Scope) -> Asked:
    """Take from a request what decides the answer for a feed."""
    told = {name: value.decode("latin-1") for name, value in scope["headers"] if name in _LOOKED_AT}
    return Asked(
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        tags=told.get(b"if-none-match"),
        since=told.get(b"if-modified-since"),
        accepted=told.get(b"accept-encoding", ""),
    )


_LOOKED_AT = frozenset({b"if-none-match", b"if-modified-since", b"accept-encoding"})


async def _slowly(desk: FeedDesk, asked: Asked) -> Reply | None:
    if not asked.names_a_feed:
        return None
    try:
        return await run_in_threadpool(desk.answer, asked)
    except (BadQuery, StoreError):
        return None  # whoever comes next says so, on a page


async def _send(reply: Reply, send: Send, *, head: bool) -> None:
    sized = [*reply.headers]
    if reply.status == 200:
        sized.append((b"content-length", str(len(reply.body)).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": sized})
    await send({"type": "http.response.body", "body": b"" if head else reply.body})


def _heads(kept: _Kept, coding: Coding | None) -> tuple[Raw, Raw]:
    """Write the headers of a 200 and of a 304 (RFC 9110, 15.4.5)."""
    rendered = kept.rendered
    tag = f"{rendered.etag}-{coding.name}" if coding else rendered.etag
    common = {
        "ETag": f'"{tag}"',
        "Cache-Control": kept.caching,
        "Vary": "Accept-Encoding",
    }
    if rendered.changed is not None:
        common["Last-Modified"] = http_date(rendered.changed)
    if kept.link is not None:
        common["Link"] = kept.link
    body = {"Content-Type": kept.media_type}
    if coding:
        body["Content-Encoding"] = coding.name
    return raw(body | common) + COMMON, raw(common) + COMMON
