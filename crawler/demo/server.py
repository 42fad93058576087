"""The demo portals over real HTTP, each on a port of its own, on loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, cast

from crawler.demo.piece import VIETNAM
from crawler.demo.portal import Portal
from crawler.demo.portals import PORTALS

LOOPBACK = "127.0.0.1"


class Seen(NamedTuple):
    """A request that a portal got."""

    source_id: str
    path: str
    """With the query."""
    at_seconds: float
    """When it came, on the monotonic clock."""
    in_flight: int
    """How many requests this portal was answering, this one included."""


class DemoServer:
    """The portals while they are served: use it as a context manager."""

    def __init__(
        self, *, clock: Callable[[], datetime] | None = None, ports: Sequence[int] = ()
    ) -> None:
        """Prepare the portals.

        `clock` gives an aware time, for the headers that tell today's date; None takes the
        machine's. `ports` in the order of `PORTALS`; free ones are taken where none is given.
        """
        self.edition = 1
        """What the portals show: set it to 2 to see one article of each edited."""
        self.requests: list[Seen] = []
        """All requests so far, in the order they came."""
        self.clock = clock or (lambda: datetime.now(VIETNAM))
        self._ports = tuple(ports) or (0,) * len(PORTALS)
        self._servers: list[_PortalServer] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        try:
            for portal, port in zip(PORTALS, self._ports, strict=True):
                self._servers.append(_PortalServer(self, portal, port))
        except OSError:
            self._close()
            raise
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers:
            server.shutdown()
        for thread in self._threads:
            thread.join()
        self._close()

    @property
    def sites(self) -> dict[str, str]:
        """Scheme, host and port of each portal, by source id."""
        return {server.portal.source_id: server.site for server in self._servers}

    def write_recipes(self, folder: Path) -> None:
        """Write the portals' recipes, with their present addresses, below `folder`."""
        for server in self._servers:
            path = folder / f"{server.portal.source_id}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(server.portal.recipe(server.site), encoding="utf-8")

    def _close(self) -> None:
        for server in self._servers:
            server.server_close()
        self._servers.clear()
        self._threads.clear()


class _PortalServer(ThreadingHTTPServer):
    """One portal on its port."""

    daemon_threads = False
    """Closing the server then waits for the answers under way."""

    def __init__(self, demo: DemoServer, portal: Portal, port: int) -> None:
        self.demo = demo
        self.portal = portal
        self._lock = threading.Lock()
        self._in_flight = 0
        super().__init__((LOOPBACK, port), _Handler)
        self.site = f"http://{LOOPBACK}:{self.server_port}"

    def enter_request(self, path: str) -> None:
        with self._lock:
            self._in_flight += 1
            seen = Seen(self.portal.source_id, path, time.monotonic(), self._in_flight)
            self.demo.requests.append(seen)

    def leave_request(self) -> None:
        with self._lock:
            self._in_flight -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up is no fault of the portal."""


class _Handler(BaseHTTPRequestHandler):
    """One connection, which HTTP/1.0 closes after its answer."""

    timeout = 3
    server_version = "demo"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        server = cast(_PortalServer, self.server)
        server.enter_request(self.path)
        try:
            answer = server.portal.answer(
                self.path, now=server.demo.clock(), edition=server.demo.edition, base=server.site
            )
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if with_body:
                self.wfile.write(answer.body)
        finally:
            server.leave_request()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet."""
