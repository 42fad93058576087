"""A crawl that is killed at any moment costs nothing: the next calm one has what it would have had.

By hand, with many seeds: `python -m tests.crawler.test_killed 50`.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from multiprocessing import active_children
from pathlib import Path
from typing import Any

from crawler.config import Config
from crawler.round import Listener, Round, crawl_round
from store.connect import open_store
from store.model import Run
from tests.crawler.sites import Answer, Site, article, listing, write_recipe

AWAY = "mongodb://127.0.0.1:9/tinso?serverSelectionTimeoutMS=100"
KILLS = 3
LONGEST_SECONDS = 0.7
"""From the first request on; a calm crawl takes about as long."""

PLACES = ("Mường Thanh", "Nà Tấu", "Pá Khoang", "Thanh Nưa", "Hua Thanh", "Noong Bua", "Him Lam")
TIMES = frozenset({"changed", "first_seen", "fetched", "at"})


def portal() -> Site:
    """A site of two pages of articles, whose list has an ETag."""

    def page(n: int) -> Answer:
        place = PLACES[n % len(PLACES)]
        body = f"<p>Hội nghị thứ {n} họp ở {place}, {n % 9} xã dự.</p><p>{place} cảm ơn.</p>"
        return article(n, body=body)

    more = "<a class=sau href='/trang-2/'>Sau</a>"
    first = listing(*range(24, 12, -1), more=more)
    site = Site({"/": Answer(first.body, headers={"ETag": '"mot"'})})
    site.routes |= {"/trang-2/": listing(*range(12, 0, -1))}
    site.routes |= {f"/tin/{n}.html": page(n) for n in range(1, 25)}
    return site


def held(config: Config) -> list[dict[str, Any]]:
    """Return what a store holds of the site, without the moments at which it was read."""
    with closing(open_store(config.store)) as store:
        records = [_timeless(record) for record in store.dump() if record["kind"] != "run"]
    return sorted((record for record in records if record["kind"] != "note"), key=str)


def _timeless(record: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: _timeless(value) if isinstance(value, Mapping) else value
        for name, value in record.items()
        if name not in TIMES
    }


@contextmanager
def doom(site: Site, seconds: float) -> Iterator[None]:
    """Kill every crawl `seconds` after it asked the site for the first time."""

    def kill() -> None:
        with site.came:
            site.came.wait_for(lambda: bool(site.asked) or over.is_set(), timeout=10)
        over.wait(seconds)
        for child in active_children():
            child.kill()

    over = threading.Event()
    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def crawl(config: Config, source: str) -> Run:
    return crawl_round(Round(sources=[source], config=config), Listener())[0]


def killed_and_calm(folder: Path, site: Site, chance: random.Random) -> tuple[list[str], Config]:
    """Kill some crawls, one of them without a store if chance wants; then let one end."""
    recipes = folder / "sources"
    config = Config(home=folder, store=str(folder / "tinso.db"), sources=str(recipes))
    source = write_recipe(recipes, site.url)
    states: list[str] = []
    for _ in range(KILLS):
        site.asked.clear()
        away = chance.random() < 0.25
        used = config.model_copy(update={"store": AWAY}) if away else config
        with doom(site, chance.uniform(0, LONGEST_SECONDS)):
            states.append(crawl(used, source).state)
    states.append(crawl(config, source).state)
    return states, config


def test_a_store_whose_crawls_were_killed_is_as_one_whose_were_not(tmp_path: Path) -> None:
    site = portal()
    recipes = tmp_path / "calm" / "sources"
    calm = Config(home=tmp_path, store=str(tmp_path / "calm.db"), sources=str(recipes))
    with site.running():
        assert crawl(calm, write_recipe(recipes, site.url)).state == "ok"
        states, config = killed_and_calm(tmp_path / "killed", site, random.Random(5))
    assert states[-1] == "ok"
    assert held(config) == held(calm)
    assert [path for path in config.spool.rglob("*.gz*") if path.is_file()] == []


def main(seeds: int) -> None:
    """Count how many of so many stores differ from one that was never killed."""
    site, killed, differ = portal(), 0, 0
    with site.running(), tempfile.TemporaryDirectory() as folder:
        recipes = Path(folder, "calm")
        calm = Config(home=Path(folder), store=f"{folder}/calm.db", sources=str(recipes))
        crawl(calm, write_recipe(recipes, site.url))
        for seed in range(seeds):
            home = Path(folder, str(seed))
            states, config = killed_and_calm(home, site, random.Random(seed))
            killed += states.count("killed")
            same = held(config) == held(calm) and states[-1] == "ok"
            differ += not same
            print(seed, *states, "same" if same else "DIFFERS", flush=True)  # noqa: T201
    print(f"{seeds} stores, {killed} crawls killed, {differ} differ")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
