"""The command line: `tinso`. Each command asks one half for its work and shows what came of it.

Nothing heavy is imported before a command needs it, so that `tinso --help` answers at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec

import click

from store import VERSION
from store.errors import TinsoError, WrongUse

if TYPE_CHECKING:
    from crawler.config import Config
    from feeds.settings import Settings
    from store.model import Run
    from store.turns import Lease

P = ParamSpec("P")

FINE, FAILED, WRONG = 0, 1, 2


def command(work: Callable[P, int]) -> Callable[P, NoReturn]:
    """Turn what a command returns or raises into its exit code and one message."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> NoReturn:
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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="tinso")
def main() -> None:
    """Feeds that people can rely on, from the news pages of Vietnam's provincial departments.

    Settings come from the environment: TINSO_STORE (a path or mongodb://…), TINSO_HOME,
    TINSO_SOURCES, TINSO_CONTACT, TINSO_KEEP_PAGES_DAYS, TINSO_CHROMIUM, TINSO_HOST, TINSO_PORT,
    TINSO_URL.

    Exit codes: 0 fine, 1 the work failed, 2 wrong use.
    """


@main.command()
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


@main.command()
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


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@host_
@port_
@jobs_
@verbose_
@as_json
@command
def up(
    sources: tuple[str, ...],
    *,
    host: str | None,
    port: int | None,
    jobs: int,
    verbose: bool,
    as_json: bool,
) -> int:
    """Do both until stopped: crawl as `tinso schedule` does, and serve what is stored."""
    from contextlib import ExitStack

    from crawler.config import Config
    from crawler.screen_schedule import keep_schedule
    from feeds.web.serve import background

    settings = serving(host=host, port=port)
    with ExitStack() as served:

        def ready() -> None:
            url = served.enter_context(background(settings))
            if as_json:
                click.echo(json.dumps({"url": url}))
            else:
                tell_address(url, as_json=False)

        keep_schedule(
            Config(), only=sources, jobs=jobs, verbose=verbose, as_json=as_json, ready=ready
        )
    return FINE


@main.command()
@host_
@port_
@as_json
@command
def serve(*, host: str | None, port: int | None, as_json: bool) -> int:
    """Serve the feeds and pages of what is stored."""
    from feeds.web.serve import serve as serve_forever

    settings = serving(host=host, port=port)
    serve_forever(settings, ready=lambda url: tell_address(url, as_json=as_json))
    return FINE


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--watch", is_flag=True, help="Publish again whenever something changed.")
@as_json
@command
def publish(folder: Path, *, watch: bool, as_json: bool) -> int:
    """Write feeds and pages as files, for any web server; only what changed is touched."""
    from dataclasses import asdict

    from feeds.publish import Published, publish_on_change
    from feeds.settings import Settings

    def tell(done: Published) -> None:
        if as_json:
            print_json(asdict(done))
        else:
            click.echo(
                f"{done.written} tệp mới / written · {done.unchanged} như cũ / unchanged · "
                f"{done.removed} bỏ đi / removed",
                err=True,
            )

    settings = Settings()
    if not settings.url:
        raise WrongUse(
            "published feeds name the address they are found at, and none is known",
            repair="set TINSO_URL, such as https://tin.example.vn",
        )
    with opened() as store:
        publish_on_change(store, settings.site, folder, tell=tell, watch=watch)
    return FINE


@main.command(name="try")
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


class Sources(click.Group):
    """`tinso sources` alone lists them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take options without a command for the list's."""
        alone = not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names)
        return super().parse_args(ctx, ["list", *args] if alone else args)


@main.group(cls=Sources)
def sources() -> None:
    """Find, add and check sources; alone, list them.

    Every command has --json; the options of `tinso sources list` may follow directly.
    """


@sources.command(name="list")
@click.option("--province", metavar="SLUG", help="Of this province, of today or until June 2025.")
@click.option("--family", metavar="NAME", help="Of this CMS.")
@click.option("--state", metavar="STATE", help="As `tinso status` says, or: never.")
@as_json
@command
def list_(*, province: str | None, family: str | None, state: str | None, as_json: bool) -> int:
    """List the sources that have a recipe."""
    from crawler.catalogue import Wanted, list_sources
    from crawler.config import Config
    from crawler.screen_sources import show_sources

    wanted = Wanted(province=province, family=family, state=state)
    found = list_sources(wanted, Config())
    if as_json:
        print_json({"sources": [listed.shown() for listed in found]})
    else:
        show_sources(found)
    return FINE


@sources.command()
@click.argument("source")
@as_json
@command
def show(source: str, *, as_json: bool) -> int:
    """Show all that is known of one source."""
    from crawler.catalogue import portrait_of
    from crawler.config import Config
    from crawler.screen_sources import show_portrait

    portrait = portrait_of(source, Config())
    if as_json:
        print_json(portrait.shown())
    else:
        show_portrait(portrait)
    return FINE


@sources.command()
@click.argument("what", nargs=-1, required=True, metavar="URL | FILE... | FOLDER")
@click.option("--id", "source_id", metavar="ID", help="As <province>/<department>.")
@click.option("--name", help="The office's name.")
@click.option("--list", "lists", multiple=True, metavar="PATH", help="Collect this list. [repeat]")
@click.option("--url", "urls", multiple=True, help="The address of a saved file. [repeat]")
@click.option("--to", type=click.Path(path_type=Path), help="Folder of recipes to write to.")
@click.option("--cases", type=click.Path(path_type=Path), help="Folder of cases to write to.")
@click.option("-y", "--yes", is_flag=True, help="Take what is proposed.")
@as_json
@command
def add(*, yes: bool, as_json: bool, **order: Any) -> int:
    """Find out how to collect a site, and write its recipe and three cases.

    URL is the address of a site, of a list or of an article. Saved pages do as well: files, each
    with its --url, or a folder with a line for each page in addresses.tsv. With --json nothing is
    asked, and without --yes nothing is written.
    """
    from crawler.config import Config
    from crawler.scaffold.add import Order, Taker, add_source
    from crawler.screen_add import Asking, show_added, tell_address

    asked = not (yes or as_json)
    chooser = Asking(given_id=order["source_id"] is not None) if asked else Taker()
    told = None if as_json else tell_address
    added = add_source(Order(**order, write=yes or asked), chooser, Config(), told)
    if as_json:
        print_json(added.shown())
    else:
        show_added(added, chosen_by_itself=not asked)
    return FINE


@sources.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--jobs", type=click.IntRange(1, 32), default=4, show_default=True)
@as_json
@command
def check(ids: tuple[str, ...], *, jobs: int, as_json: bool) -> int:
    """Read a list and two articles of sources live, and tell what each rule gave.

    By their ids; without any, all sources. Exits with 1 where a source is broken.
    """
    from crawler.check import check_sources
    from crawler.config import Config
    from crawler.screen_sources import show_checked, show_states

    checked = check_sources(ids, Config(), jobs=jobs, told=None if as_json else show_checked)
    if as_json:
        print_json({"sources": [one.shown() for one in checked]})
    else:
        show_states(checked)
    return FAILED if any(one.state == "broken" for one in checked) else FINE


@main.command()
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


@main.command()
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


@main.command()
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


@main.command(name="export")
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


@main.command(name="import")
@click.argument("file", type=click.File("rb"))
@as_json
@command
def import_file(file: Any, *, as_json: bool) -> int:
    """Take in what `tinso export` wrote; `-` is standard input."""
    from store.transfer import import_

    with opened() as store:
        count = import_(store, file)
    return say_moved(count, as_json=as_json, word="imported")


@main.command()
@click.option("--once", is_flag=True, help="Crawl, sum up, and stop.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@as_json
@command
def demo(*, once: bool, port: int, as_json: bool) -> int:
    """Crawl three bundled portals on this machine and serve what they gave."""
    import tempfile
    import time

    from crawler.config import Config
    from crawler.demo.server import DemoServer
    from crawler.round import Round
    from crawler.screen import crawl_on_screen
    from feeds.settings import Settings
    from feeds.web.serve import check_feeds
    from feeds.web.serve import serve as serve_forever
    from store.shown import shown

    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tinso-demo-") as home, DemoServer() as portals:
        recipes = Path(home, "sources")
        portals.write_recipes(recipes)
        store = str(Path(home, "tinso.db"))
        config = Config(home=Path(home), store=store, sources=str(recipes))
        round_ = Round(sources=sorted(portals.sites), config=config)
        runs, _ = crawl_on_screen(round_, quiet=as_json)
        settings = Settings(port=port, store=store)
        feeds = check_feeds(settings.model_copy(update={"port": 0}))
        summary = {
            "runs": [shown(run) for run in runs],
            "articles": sum(run.counters.get("keep/inserted", 0) for run in runs),
            "feeds": feeds,
            "seconds": round(time.monotonic() - begun, 1),
        }
        code = FINE if all(run.state == "ok" for run in runs) and feeds else FAILED
        if as_json:
            print_json(summary)
        else:
            click.echo(
                "{articles} bài / articles · {feeds} nguồn tin / feeds · "
                "{seconds} giây / seconds".format(**summary)
            )
        if not once:
            serve_forever(settings, ready=lambda url: click.echo(f"Mở / open {url}", err=True))
    return code


def opened() -> Any:
    """Open the store that the environment names, as a context manager."""
    from contextlib import closing

    from store.connect import address_from, open_store

    return closing(open_store(address_from(os.environ)))


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


def serving(*, host: str | None, port: int | None) -> Settings:
    """Return the web server's settings, with what the command line says over them."""
    from feeds.settings import Settings

    asked = {"host": host, "port": port}
    told = {name: value for name, value in asked.items() if value is not None}
    return Settings().model_copy(update=told)


def tell_address(url: str, *, as_json: bool) -> None:
    """Say where the server listens."""
    if as_json:
        print_json({"url": url})
    else:
        click.echo(f"Đang phục vụ / serving {url}  (Ctrl-C: dừng / stop)", err=True)


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
    return FAILED if any(run.state in {"failed", "killed"} for run in runs) else FINE


def say_moved(count: int, *, as_json: bool, word: str) -> int:
    """Say how many records moved."""
    if as_json:
        print_json({"records": count})
    else:
        click.echo(f"{count} records {word}", err=True)
    return FINE


def print_json(document: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


if __name__ == "__main__":
    main()
