"""Processes for crawls: fresh ones, forked from a server that imported everything once.

`multiprocessing` keeps the server (start method `forkserver`): one for each process that starts
crawls, begun with the first of them. Whoever starts a crawl holds three pipes of it: one that it
closes to end the crawl in good order (so do the kernel and its own death), one on which the crawl
tells how it goes, one for its log.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from types import ModuleType

from crawler.order import Order, Wires

LAST_WORDS_SECONDS = 1.0
"""So long the pipes of a crawl that has ended are read."""

_SERVER_GONE = 255
"""What `multiprocessing` says of a process whose server was killed; no crawl ends with it."""

_LONGEST_LINE = 1 << 20
_context = multiprocessing.get_context("forkserver")
_starting = threading.Lock()


class Child:
    """A crawl's process, for the one that started it."""

    def __init__(
        self, process: ForkServerProcess, wire: Connection, events: Connection, log: Connection
    ) -> None:
        self._process = process
        self._wire = wire
        self._events = events
        self._log = log
        self._reading: list[asyncio.BaseTransport] = []

    @property
    def pid(self) -> int:
        """The process; also the group of what it starts itself, such as a browser."""
        assert self._process.pid is not None
        return self._process.pid

    async def events(self) -> AsyncIterator[bytes]:
        """Read what it tells, line by line, until it ends."""
        async for line in self._lines(self._events):
            yield line

    async def log(self) -> AsyncIterator[bytes]:
        """Read its log, line by line, until it ends."""
        async for line in self._lines(self._log):
            yield line

    async def wait(self) -> int:
        """Wait for its end; return the exit code, below 0 for the signal that killed it."""
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        for transport in self._reading:  # what it left behind may hold its pipes open
            loop.call_later(LAST_WORDS_SECONDS, transport.close)
        return self.join()

    def hang_up(self) -> None:
        """Tell it to end in good order."""
        self._wire.close()

    def kill(self) -> None:
        """End it at once, and what it started."""
        if self._process.exitcode in {None, _SERVER_GONE}:
            with contextlib.suppress(ProcessLookupError):  # it leads no group yet
                os.killpg(self.pid, signal.SIGKILL)
            self._process.kill()

    def join(self) -> int:
        """Block until its end; return the exit code."""
        self._process.join()
        code = self._process.exitcode
        assert code is not None
        if code == _SERVER_GONE:
            self.kill()  # nobody would tell when it ends
            return -signal.SIGKILL
        return code

    def close(self) -> None:
        """Let go of it; one that still runs is killed."""
        self.kill()
        self.join()
        for pipe in (self._wire, self._events, self._log):
            pipe.close()
        self._process.close()

    async def _lines(self, pipe: Connection) -> AsyncIterator[bytes]:
        reader = asyncio.StreamReader(limit=_LONGEST_LINE)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        self._reading.append(transport)
        try:
            async for line in reader:
                yield line
        finally:
            transport.close()


def start(order: Order) -> Child:
    """Start a crawl; blocks until its process is there, a second for the first one."""
    theirs, wire = pipe()
    events, told = pipe()
    log, logged = pipe()
    process = fork(
        f"crawl {order.source}",
        _crawl,
        order,
        Wires(stop=theirs, events=told, log=logged),
    )
    for end in (theirs, told, logged):
        end.close()
    return Child(process, wire, events, log)


def fork(name: str, target: Callable[..., None], *args: object) -> ForkServerProcess:
    """Start a process that has imported everything; it ends with this one at the latest."""
    process = _context.Process(target=target, args=args, name=name, daemon=True)
    with _starting, _no_main():
        _serve()
        process.start()
    return process


def pipe() -> tuple[Connection, Connection]:
    """Make a pipe: the end to read from, the end to write to."""
    return _context.Pipe(duplex=False)


def _serve() -> None:
    """Start the server, unless it runs; it imports nothing from the folder that we are in."""
    _context.set_forkserver_preload(["crawler.preload"])
    with _safe_path():
        forkserver.ensure_running()


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Let the child not run our main module once more, as `multiprocessing` would have it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    if "PYTHONSAFEPATH" in os.environ:
        yield
        return
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTHONSAFEPATH"]


def _crawl(order: Order, wires: Wires) -> None:
    """Be the crawl; imported here, since whoever starts crawls needs no Scrapy."""
    from crawler.worker import crawl

    crawl(order, wires)
