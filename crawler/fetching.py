"""Fetches single pages as a crawl does: for `tinso try`, and for finding and checking sources."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, Self

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
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
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
        body = Path(self._folder.name, "body")
        try:
            self._send({"url": url, "body": str(body)})
            line = self._lines.get(timeout=FETCH_SECONDS)
        except queue.Empty:
            self._stop()
            return Failure(cause="timeout", url=url)
        except OSError:
            line = ""
        if not line:
            self._stop()
            words = self._told.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            said = words[-1] if words else "no answer"
            raise TinsoError(f"{url} could not be fetched: {said}", repair="try again later")
        answered = json.loads(line)
        if "cause" in answered:
            return Failure(**answered)
        return Page(
            url=answered["url"],
            body=body.read_bytes(),
            content_type=answered["content_type"],
            headers=answered["headers"],
            fetched=datetime.now(UTC),
        )

    def _send(self, order: dict[str, Any]) -> None:
        process = self._process or self._start()
        assert process.stdin is not None
        process.stdin.write(f"{json.dumps(order)}\n")
        process.stdin.flush()

    def _start(self) -> subprocess.Popen[str]:
        with self._told.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "crawler.fetch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._process = process
        self._lines = queue.SimpleQueue()
        assert process.stdout is not None
        self._reader = threading.Thread(target=_pass_on, args=(process.stdout, self._lines))
        self._reader.start()
        recipe = self.source.recipe.model_dump(mode="json", exclude_defaults=True)
        self._send({"source": self.source.id, "recipe": recipe, "stay": self.stay})
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()  # it holds nothing that could be half done
        process.wait()
        if self._reader is not None:
            self._reader.join()
        for pipe in (process.stdin, process.stdout):
            _close(pipe)


def fetch_page(fetch: Fetch, url: str) -> Page | Failure:
    """Fetch a page of HTML; anything else is a failure."""
    got = fetch(url)
    if isinstance(got, Failure):
        return got
    return of_answer(url=got.url, content_type=got.content_type, body=got.body) or got


def _pass_on(lines: IO[str], to: queue.SimpleQueue[str]) -> None:
    """Pass lines on as they come; an empty one at the end."""
    for line in lines:
        to.put(line)
    to.put("")


def _close(pipe: IO[str] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:  # what was still to be sent has nobody to take it
        pass
