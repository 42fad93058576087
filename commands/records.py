"""Commands about what is stored, and about single pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from commands.common import FAILED, FINE, as_json, command, opened, print_json


@click.command(name="try")
@click.argument("page", metavar="URL|FILE")
@click.option("--url", help="The address that a saved file came from.")
@click.option("--source", help="Read it with this source's recipe.")
@click.option("--family", help="Read it with this family's rules; generic finds the family out.")
@as_json
@command
def try_(
    page: str, *, url: str | None, source: str | None, family: str | None, as_json: bool
) -> int:
    """Show what would be read from one page: each field, its rule, the runners-up, the doubts."""
    from crawler.config import Config
    from crawler.screen import show_trial
    from crawler.trial import try_page

    trial = try_page(page, url=url, source_id=source, family=family, config=Config())
    if as_json:
        print_json(trial.shown())
    else:
        show_trial(trial)
    return FINE if trial.readable else FAILED


@click.command()
@click.argument("source", required=False)
@as_json
@command
def status(source: str | None, *, as_json: bool) -> int:
    """Say how each source's last crawl went, or one source's last crawls."""
    from crawler.screen import show_status
    from store.status import status_of

    with opened() as store:
        rows = status_of(store, source)
    if as_json:
        print_json({"sources": [row.shown() for row in rows]})
    else:
        show_status(rows, in_full=source is not None)
    return FINE


@click.command()
@click.argument("article", metavar="ID|URL")
@as_json
@command
def history(article: str, *, as_json: bool) -> int:
    """Show the versions of an article: when each was seen, and what changed, word by word."""
    from crawler.config import Config
    from crawler.history import history_of
    from crawler.screen_history import show_history

    with opened() as store:
        found = history_of(article, store, Config())
    if as_json:
        print_json(found.shown())
    else:
        show_history(found)
    return FINE


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--write", is_flag=True, help="Keep what today's rules read.")
@as_json
@command
def replay(sources: tuple[str, ...], *, write: bool, as_json: bool) -> int:
    """Read the kept pages of sources again by today's rules, and show what would change.

    By their ids; without any, all that were ever crawled. Nothing is asked of the sites, and
    without --write nothing is written. Exits with 1 where a page can be read no more.
    """
    from datetime import UTC, datetime

    from crawler.config import Config
    from crawler.replay import replay as read_again
    from crawler.replay import sources_to_replay
    from crawler.screen_replay import show_replayed

    with opened() as store:
        wanted = sources_to_replay(sources, store, Config())
        now = datetime.now(UTC)
        done = [read_again(source, store, write=write, now=now) for source in wanted]
    if as_json:
        print_json({"written": write, "sources": [one.shown() for one in done]})
    else:
        show_replayed(done, write=write)
    return FAILED if any(one.lost_count for one in done) else FINE


@click.command(name="export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
@command
def export_(file: Path, *, as_json: bool) -> int:
    """Write everything stored to FILE as JSON Lines; `-` is standard output."""
    from store.transfer import export, write_whole

    with opened() as store:
        to_stdout = str(file) == "-"
        count = export(store, sys.stdout.buffer) if to_stdout else write_whole(store, file)
    return say_moved(count, as_json=as_json and not to_stdout, word="exported")


@click.command(name="import")
@click.argument("file", type=click.File("rb"))
@as_json
@command
def import_file(file: Any, *, as_json: bool) -> int:
    """Take in what `tinso export` wrote; `-` is standard input."""
    from store.transfer import import_

    with opened() as store:
        count = import_(store, file)
    return say_moved(count, as_json=as_json, word="imported")


def say_moved(count: int, *, as_json: bool, word: str) -> int:
    """Say how many records moved."""
    if as_json:
        print_json({"records": count})
    else:
        click.echo(f"{count} records {word}", err=True)
    return FINE
