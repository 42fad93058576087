"""What the store could not take, as files under TINSO_HOME until it can.

A file is whole or not there. Articles are kept by source, a batch a file, named by the time so that
they are taken up in order; runs lie beside them. Files that cannot be read are put aside.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import logging
import os
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from store.base import Store
from store.identity import Sighting
from store.model import KeptPage, Run
from store.records import read, to_json, write
from store.shown import shown

Batch = Sequence[tuple[Sighting, KeptPage | None]]
"""Articles as read, each with its raw page."""

logger = logging.getLogger(__name__)


class Spool:
    """Read articles on disk, `most_bytes` at most: what is there already stays."""

    def __init__(self, folder: Path, *, most_bytes: int) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self._last = 0

    def put(self, source: str, batch: Batch) -> bool:
        """Keep a batch; False where there is no room for it, which is logged."""
        told = [
            {"sighting": write(sighting), "page": page and write(page)} for sighting, page in batch
        ]
        data = gzip.compress(to_json({"articles": told}).encode(), 6, mtime=0)
        if self.size() + len(data) > self.most_bytes:
            logger.error("%s: the spool is full: %s", source, self.folder)
            return False
        self._last = max(time.time_ns(), self._last + 1)
        try:
            write_whole(self._of(source) / f"{self._last:020d}.json.gz", data)
        except OSError as fault:
            logger.error("%s: the spool took nothing: %s", source, fault)
            return False
        return True

    def size(self) -> int:
        """Count the bytes that it holds, also what was put aside."""
        total = 0
        for file in (self.folder / "articles").rglob("*.*"):
            with contextlib.suppress(OSError):
                total += file.stat().st_size
        return total

    def waiting(self, source: str) -> list[Path]:
        """Return the files of a source, the oldest first; what a killed crawl left half is gone."""
        for part in self._of(source).glob("*.part"):
            part.unlink(missing_ok=True)
        return sorted(self._of(source).glob("*.json.gz"))

    def read(self, file: Path) -> list[tuple[Sighting, KeptPage | None]] | None:
        """Read a batch; None for a file that is none, which is put aside."""
        try:
            told = json.loads(gzip.decompress(file.read_bytes()))["articles"]
            return [(read(Sighting, one["sighting"]), _page(one["page"])) for one in told]
        except FileNotFoundError:
            return None
        except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error) as fault:
            put_aside(file, fault)
            return None

    def names(self, source: str) -> frozenset[str]:
        """Return the aliases of the articles that wait."""
        batches = (self.read(file) or [] for file in self.waiting(source))
        return frozenset(
            alias for batch in batches for sighting, _ in batch for alias in sighting.aliases
        )

    def _of(self, source: str) -> Path:
        return self.folder / "articles" / source


def write_whole(target: Path, data: bytes) -> None:
    """Write a file that outlives a power cut, or none; raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def put_aside(file: Path, fault: Exception) -> None:
    """Rename a file that cannot be read, so that nobody tries again."""
    logger.warning("%s: cannot be read, put aside: %s", file, fault)
    with contextlib.suppress(OSError):
        file.replace(file.with_suffix(".bad"))


def spool_run(run: Run, spool: Path) -> None:
    """Put a run into the spool, whole or not at all; logs where even that fails."""
    try:
        data = json.dumps(shown(run), ensure_ascii=False).encode()
        write_whole(spool / "runs" / f"{run.id}.json", data)
    except OSError as fault:
        logger.error("%s: the run could not be recorded anywhere: %s", run.source, fault)


def replay_runs(store: Store, spool: Path) -> None:
    """Write the spooled runs to the store and empty the spool; raises StoreError."""
    for file in sorted((spool / "runs").glob("*.json")):
        try:
            run = read(Run, json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            continue  # another crawl has just written it
        except (OSError, ValueError) as fault:
            put_aside(file, fault)
            continue
        store.save_run(run)
        file.unlink(missing_ok=True)


def _page(told: Any) -> KeptPage | None:
    return None if told is None else read(KeptPage, told)
