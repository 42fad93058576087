"""Commands that crawl: now, when it is due, or until they are ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from commands.common import FAILED, FINE, as_json, command, jobs_, outcome_of, show_runs, verbose_
from store.errors import WrongUse

if TYPE_CHECKING:
    from crawler.config import Config


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--full", is_flag=True, help="Walk the lists to their end, read everything again.")
@click.option("--backfill", is_flag=True, help="Walk the archive, on from where it was left.")
@click.option("--since", metavar="DATE", help="Of --backfill: back to this day, to the page.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Of --backfill: in this call.")
@click.option("--due", is_flag=True, help="Crawl what is due now: for cron and systemd.")
@jobs_
@verbose_
@as_json
@command
def crawl(
    sources: tuple[str, ...],
    *,
    full: bool,
    due: bool,
    backfill: bool,
    since: str | None,
    max_pages: int | None,
    jobs: int,
    verbose: bool,
    as_json: bool,
) -> int:
    """Crawl sources, by their ids; without any, all of them, or those that are due.

    One that somebody else crawls at the moment is left to them, and said so; exits with 1 if it was
    named.
    """
    from datetime import UTC, datetime

    from crawler.backfill import backfill_from
    from crawler.config import Config, for_crawling
    from crawler.round import Round
    from crawler.screen import crawl_on_screen

    config = Config()
    if due:
        if full or backfill:
            raise WrongUse("--due crawls the news", repair="leave out --full and --backfill")
        return crawl_due(config, sources, jobs=jobs, verbose=verbose, as_json=as_json)
    now = datetime.now(UTC)
    walk = backfill_from(sources, backfill=backfill, since=since, max_pages=max_pages, now=now)
    round_ = Round(
        sources=for_crawling(sources, config),
        config=config,
        full=full,
        backfill=walk,
        jobs=jobs,
        log_level="INFO" if verbose else "ERROR",
    )
    runs, left = crawl_on_screen(round_, quiet=as_json)
    code = show_runs(runs, left=[*left.values()], as_json=as_json)
    return FAILED if sources and left else code


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@jobs_
@verbose_
@as_json
@command
def schedule(sources: tuple[str, ...], *, jobs: int, verbose: bool, as_json: bool) -> int:
    """Crawl sources when they are due, until stopped; with --json a line of it a crawl.

    By their ids; without any, all of them. Any number of these may run on one store: each source is
    crawled by one of them.
    """
    from crawler.config import Config
    from crawler.screen_schedule import keep_schedule

    keep_schedule(Config(), only=sources, jobs=jobs, verbose=verbose, as_json=as_json)
    return FINE


def crawl_due(
    config: Config, only: Sequence[str], *, jobs: int, verbose: bool, as_json: bool
) -> int:
    """Crawl what is due now; fine unless a crawl failed or was stopped."""
    from crawler.screen_schedule import keep_schedule

    runs, stopped = keep_schedule(
        config, only=only, jobs=jobs, verbose=verbose, as_json=as_json, once=True
    )
    code = show_runs(runs, as_json=True) if as_json else outcome_of(runs)
    return FAILED if stopped else code
