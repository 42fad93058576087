"""The command line: `tinso`.

Nothing heavy is imported before a command needs it, so that `tinso --help` answers at once.
"""

from __future__ import annotations

import click

from commands.crawling import crawl, schedule
from commands.records import export_, history, import_file, replay, status, try_
from commands.serving import demo, publish, serve, up
from commands.sources import sources
from store import VERSION

COMMANDS = (
    up,
    crawl,
    schedule,
    serve,
    publish,
    try_,
    sources,
    status,
    history,
    replay,
    export_,
    import_file,
    demo,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="tinso")
def main() -> None:
    """Feeds that people can rely on, from the news pages of Vietnam's provincial departments.

    Settings come from the environment, among them TINSO_STORE (a path or mongodb://…), TINSO_HOME,
    TINSO_SOURCES, TINSO_CONTACT, TINSO_HOST, TINSO_PORT and TINSO_URL: the README lists all.

    Exit codes: 0 fine, 1 the work failed, 2 wrong use.
    """


for _command in COMMANDS:
    main.add_command(_command)

if __name__ == "__main__":
    main()
