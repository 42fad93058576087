"""What passes from the one that starts a crawl to the crawl's own process."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from uuid import uuid4

from crawler.backfill import Backfill
from crawler.config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One crawl of one source."""

    source: str
    config: Config
    run_id: str = field(default_factory=lambda: str(uuid4()))
    full: bool = False
    backfill: Backfill | None = None
    """Walk the archive; None for a crawl of the news."""
    log_level: str = "WARNING"
    most_megabytes: int = 512
    """Memory at which the crawl ends in good order."""
    environ: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    """What the crawl finds in its environment, beside its configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wires:
    """The crawl's ends of its pipes."""

    stop: Connection
    """Ends when the crawl is to end."""
    events: Connection
    """Takes JSON lines: `crawler.runlog.tell`."""
    log: Connection


def open_standard_streams() -> None:
    """Let Python's streams write to what descriptors 1 and 2 were made to lead to."""
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(  # noqa: SIM115
        2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )
