"""Fetches single pages as a crawl does: for `tinso try`, and for finding and checking sources."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from crawler import pool
from crawler.extract.page import Page
from crawler.failures import Failure, of_answer
from crawler.politeness import LONGEST_DELAY_SECONDS
from crawler.recipe import Source
from store.errors import TinsoError

FETCH_SECONDS = 90.0 + LONGEST_DELAY_SECONDS
"""Longest wait for one page: three attempts, and the pause that a robots.txt may ask for."""


class Fetch(Protocol):
    """Gives the page at an address, or says why there is none."""

    def __call__(self, url: str) -> Page | Failure:
        """Fetch one page, whatever it holds."""


class Fetcher:
    """Fetches a source's pages in turn, robots.txt, pause and addresses looked to.

    A context manager; its process starts with the first page. With `stay`, a redirect to a host
    that is not the source's is a failure.
    """

    def __init__(self, source: Source, *, stay: bool = True) -> None:
        self.source = source
        self.stay = stay
        self._process: ForkServerProcess | None = None
        self._wires: tuple[Connection, Connection] | None = None
        """Orders to the process, and its answers."""
        self._folder = tempfile.TemporaryDirectory(prefix="tinso-fetch-")
        self._told = Path(self._folder.name, "errors")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        self._folder.cleanup()

    def __call__(self, url: str) -> Page | Failure:
        """Fetch one page; raises TinsoError where the process itself breaks."""
        orders, answers = self._wires or self._start()
        try:
            orders.send_bytes(json.dumps(url).encode())
            if not answers.poll(FETCH_SECONDS):
                self._stop()
                return Failure(cause="timeout", url=url)
            told = json.loads(answers.recv_bytes())
            if "cause" in told:
                return Failure(**told)
            body = answers.recv_bytes()
        except (EOFError, OSError):
            self._stop()
            words = self._told.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            said = words[-1] if words else "no answer"
            raise TinsoError(
                f"{url} could not be fetched: {said}", repair="try again later"
            ) from None
        return Page(
            url=told["url"],
            body=body,
            content_type=told["content_type"],
            headers=told["headers"],
            fetched=datetime.now(UTC),
        )

    def _start(self) -> tuple[Connection, Connection]:
        self._told.write_bytes(b"")
        (theirs, orders), (answers, told) = pool.pipe(), pool.pipe()
        environ = dict(os.environ)
        self._process = pool.fork(
            f"fetch {self.source.id}",
            _fetch,
            *(self.source, self.stay, theirs, told, self._told, environ),
        )
        theirs.close()
        told.close()
        self._wires = orders, answers
        return self._wires

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()  # it holds nothing that could be half done
            process.join()
            process.close()
        for wire in self._wires or ():
            wire.close()
        self._wires = None


def _fetch(*told: Any) -> None:
    """Be the process; imported here, since whoever starts it needs no Scrapy."""
    from crawler.fetch import fetch

    fetch(*told)


def fetch_page(fetch: Fetch, url: str) -> Page | Failure:
    """Fetch a page of HTML; anything else is a failure."""
    got = fetch(url)
    if isinstance(got, Failure):
        return got
    return of_answer(url=got.url, content_type=got.content_type, body=got.body) or got
