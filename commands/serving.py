"""Commands that show readers what is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.common import (
    FAILED,
    FINE,
    as_json,
    command,
    host_,
    jobs_,
    opened,
    port_,
    print_json,
    verbose_,
)
from store.errors import WrongUse

if TYPE_CHECKING:
    from feeds.settings import Settings


@click.command()
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
    """Crawl sources when they are due, and serve the feeds, until stopped."""
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


@click.command()
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


@click.command()
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


@click.command()
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
