"""What all commands share: options, exit codes, and how their outcome is told."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec

import click

from store.errors import TinsoError, WrongUse

if TYPE_CHECKING:
    from store.model import Run
    from store.turns import Lease

P = ParamSpec("P")

FINE, FAILED, WRONG = 0, 1, 2


def command(work: Callable[P, int]) -> Callable[P, NoReturn]:
    """Turn what a command returns or raises into its exit code and one message."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> NoReturn:
        # A shell that starts us in the background lets us ignore Ctrl-C, and so SIGTERM here.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
        try:
            code = work(*args, **kwargs)
        except TinsoError as fault:
            if kwargs.get("as_json"):
                error = {"message": fault.message, "about": fault.about, "repair": fault.repair}
                print_json({"error": error})
            click.echo(f"tinso: {fault}", err=True)
            code = WRONG if isinstance(fault, WrongUse) else FAILED
        except KeyboardInterrupt:
            click.echo("tinso: stopped", err=True)
            code = FAILED
        sys.exit(code)

    return run


as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
jobs_ = click.option(
    "--jobs", type=click.IntRange(1, 32), default=4, show_default=True, help="Crawls at once."
)
host_ = click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
port_ = click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]"
)
verbose_ = click.option("-v", "--verbose", is_flag=True, help="Show the log of each crawl.")


def opened() -> Any:
    """Open the store that the environment names, as a context manager."""
    from contextlib import closing

    from store.connect import address_from, open_store

    return closing(open_store(address_from(os.environ)))


def show_runs(runs: Sequence[Run], *, left: Sequence[Lease] = (), as_json: bool) -> int:
    """Show how crawls ended; fine unless one failed or was killed."""
    from crawler.screen import show_runs as show
    from store.shown import shown

    if as_json:
        runs_shown = [shown(run) for run in runs]
        print_json({"runs": runs_shown, "left": [shown(lease) for lease in left]})
    else:
        show(runs)
    return outcome_of(runs)


def outcome_of(runs: Sequence[Run]) -> int:
    """Return the exit code for crawls that went so."""
    from store.model import BROKEN

    return FAILED if any(run.state in BROKEN for run in runs) else FINE


def print_json(document: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))
