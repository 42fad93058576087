"""Runs the server over the store that the settings name."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import uvicorn

from feeds.channel import channels
from feeds.formats import FORMATS
from feeds.push import Pusher
from feeds.settings import Settings
from feeds.web.app import create_app
from store.base import Store
from store.connect import open_store
from store.errors import WrongUse

STOP_SECONDS = 5
"""Within which answers under way are finished."""


def serve(settings: Settings, *, ready: Callable[[str], None] | None = None) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the address once it is listened on.

    Raises StoreError where the store cannot be opened, WrongUse where the port cannot be had.
    """
    with _listening(settings) as (server, listener, url), _stopped_by_signals(server):
        if ready is not None:
            ready(url)
        server.run(sockets=[listener])


@contextmanager
def background(settings: Settings) -> Iterator[str]:
    """Serve in a thread while the block runs; yields the address."""
    with _listening(settings) as (server, listener, url):
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="server")
        thread.start()
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join()


def check_feeds(settings: Settings) -> int:
    """Serve for a moment and ask for every feed there is; return how many answered 200."""
    from http.client import HTTPConnection
    from urllib.parse import urlsplit

    with closing(open_store(settings.store)) as store:
        found = channels(store.sources())
    good = 0
    with background(settings) as url:
        connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
        for path in (f"{one.path}.{ending}" for one in found for ending in FORMATS):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            good += answer.status == 200
        connection.close()
    return good


@contextmanager
def _stopped_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Let SIGTERM and SIGINT end the server, and nothing else.

    uvicorn raises the signal again once it has stopped: the process would die of it before the
    store is closed, and whoever started it would take a clean stop for a failure.
    """

    def stop(*_: object) -> None:
        server.should_exit = True

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread gets signals
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _listening(settings: Settings) -> Iterator[tuple[uvicorn.Server, socket.socket, str]]:
    listener = _listen(settings)
    port = listener.getsockname()[1]
    found = settings.model_copy(update={"port": port})
    with closing(listener), closing(open_store(settings.store)) as store:
        config = uvicorn.Config(
            create_app(store, found),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
            lifespan="off",
        )
        with _telling_the_hub(store, found):
            yield uvicorn.Server(config), listener, found.local_url


@contextmanager
def _telling_the_hub(store: Store, settings: Settings) -> Iterator[None]:
    """Tell the hub of changes while the block runs, if there is a hub."""
    if not settings.hub:
        yield
        return
    pusher = Pusher(store, settings.site)
    pusher.start()
    try:
        yield
    finally:
        pusher.stop()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(1024)
    except OSError as fault:
        listener.close()
        raise WrongUse(
            f"cannot listen on {settings.host}:{settings.port}: {fault.strerror}",
            repair="choose another with --port, or TINSO_PORT",
        ) from fault
    return listener
