"""Many demo portals, all served by this one process; counts what they are asked.

`python -m tests.bench.portals FOLDER COUNT` writes their recipes to FOLDER, each with one list, as
nearly all have that the project brings along, and says `ready`. Each line of standard input is
answered by the addresses that were asked for since the last one, in one line of JSON. It ends with
its standard input.
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import ExitStack
from pathlib import Path

from crawler.demo.portals import PORTALS
from crawler.demo.server import DemoServer
from store.provinces import provinces

CHANGES = (
    (re.compile(r'^listings = \[("[^"]+").*\]$', re.MULTILINE), r"listings = [\1]"),
    (re.compile(r"^delay_seconds = .*$", re.MULTILINE), "delay_seconds = 0.001"),
)
"""What a recipe says here instead."""


def main(folder: Path, count: int) -> None:
    """Serve until standard input ends."""
    with ExitStack() as served:
        demos = [served.enter_context(DemoServer()) for _ in range(-(-count // len(PORTALS)))]
        stands = [(demo, source) for demo in demos for source in demo.sites][:count]
        for (demo, source), province in zip(stands, sorted(provinces()), strict=False):
            portal = next(portal for portal in PORTALS if portal.source_id == source)
            file = folder / province / "demo.toml"
            file.parent.mkdir(parents=True, exist_ok=True)
            recipe = portal.recipe(demo.sites[source])
            for pattern, instead in CHANGES:
                recipe, changed = pattern.subn(instead, recipe)
                assert changed == 1, recipe
            file.write_text(recipe, encoding="utf-8")
        _say("ready")
        for _ in sys.stdin:
            asked = [
                demo.sites[seen.source_id] + seen.path for demo in demos for seen in demo.requests
            ]
            for demo in demos:
                demo.requests.clear()
            _say(json.dumps(asked))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
