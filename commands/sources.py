"""Commands about sources: the list of them, one in full, a new one, a check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.common import FAILED, FINE, as_json, command, print_json


class Sources(click.Group):
    """`tinso sources` alone lists them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take options without a command for the list's."""
        alone = not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names)
        return super().parse_args(ctx, ["list", *args] if alone else args)


@click.group(cls=Sources)
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
