"""What subscribers meet over time: a reader of people's, and a month of polling."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import count
from pathlib import Path

import feedparser
import pytest

from feeds.channel import channels
from feeds.rendering import Site
from feeds.settings import Settings
from feeds.shelf import newest, version
from feeds.web.feeds import Asked, FeedDesk
from feeds.web.serve import background
from store.base import Store
from store.model import Article
from tests.feeds.conftest import BASE, CARD
from tests.store.making import MORNING, sighting

NEWSBOAT = shutil.which("newsboat")


def entries(body: bytes, ending: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, title and date of what a reader sees."""
    if ending == "json":
        for item in json.loads(body)["items"]:
            yield item["id"], item["title"], item["date_published"]
        return
    parsed = feedparser.parse(body)
    assert not parsed.bozo
    for entry in parsed.entries:
        yield entry.id, entry.title, entry.published


class Reader:
    """A feed reader: polls with its validators, and remembers what it saw."""

    def __init__(self, desk: FeedDesk, path: str) -> None:
        self.desk = desk
        self.path = path
        self.tag: str | None = None
        self.seen: dict[str, str] = {}
        """Id → date."""
        self.unchanged = 0

    def poll(self) -> None:
        reply = self.desk.answer(Asked(path=self.path, tags=self.tag))
        assert reply is not None
        if reply.status == 304:
            self.unchanged += 1
            return
        self.tag = dict(reply.headers)[b"etag"].decode()
        found = list(entries(reply.body, self.path.rpartition(".")[2]))
        assert len({entry_id for entry_id, _, _ in found}) == len(found)
        for entry_id, _, date in found:
            assert self.seen.setdefault(entry_id, date) == date, "no date moves"


@pytest.mark.parametrize("seed", range(2))
def test_a_month_of_crawls_shows_every_article_once_and_moves_no_date(
    store: Store, seed: int
) -> None:
    rng = random.Random(seed)
    clock = count(step=60.0)
    desk = FeedDesk(store, Site(base_url=BASE), clock=lambda: next(clock))
    readers = [
        Reader(desk, path)
        for path in ("/all.rss", "/provinces/dien-bien.atom", "/sources/dien-bien/tttt.json")
    ]
    kept: list[Article] = []
    for hour in range(0, 30 * 24, 6):
        now = MORNING + timedelta(hours=hour)
        if rng.random() < 0.6:
            for _ in range(rng.randint(1, 3)):
                day_only = rng.random() < 0.3
                at = now.replace(hour=17, minute=0) - timedelta(days=1) if day_only else now
                new = sighting(
                    len(kept),
                    published=at,
                    published_precision="day" if day_only else "minute",
                    first_seen=now,
                    changed=now,
                )
                store.keep([new])
                kept.append(new.article)
        if kept and rng.random() < 0.2:
            number = rng.randrange(max(0, len(kept) - 20), len(kept))
            old = store.get(kept[number].id)
            assert old is not None
            title, published = f"{old.title} (sửa)", old.published
            store.keep([sighting(number, title=title, published=published, changed=now)])
        for reader in readers:
            if rng.random() < 0.7:
                reader.poll()
    for reader in readers:
        reader.poll()
        assert reader.seen.keys() == {f"urn:uuid:{article.id}" for article in kept}
        assert reader.unchanged > 10, "a poll without news costs nothing"


@pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed here; CI installs it")
def test_newsboat_reads_every_channel_and_sees_nothing_twice_after_edits(
    filled: Store, tmp_path: Path
) -> None:
    # It keeps one item of an id, whatever feeds it stands in: each has a cache of its own.
    found = [one for one in channels([CARD]) if version(filled, one).count]
    paths = [f"{one.path}.{ending}" for one in found for ending in ("rss", "atom")]
    assert len(paths) == 10
    with background(Settings(port=0, store=filled.address)) as url:
        first = {path: newsboat(url, path, tmp_path) for path in paths}
        for path, rows in first.items():
            channel = next(one for one in found if path.startswith(f"{one.path}."))
            stored = newest(filled, channel, limit=99)
            assert sorted(rows) == sorted(
                (f"urn:uuid:{one.id}", one.title, int(one.published.timestamp())) for one in stored
            ), path
        filled.keep([sighting(1, title="Tin sửa", changed=MORNING + timedelta(days=5))])
        again = {path: newsboat(url, path, tmp_path) for path in paths}
    for path in paths:
        assert {(row[0], row[2]) for row in again[path]} == {
            (row[0], row[2]) for row in first[path]
        }
        assert len(again[path]) == len(first[path])


def newsboat(url: str, path: str, folder: Path) -> list[tuple[str, str, int]]:
    """Let newsboat load a feed; return id, title and date of all that it has."""
    cache = folder / f"{path.replace('/', '-')}.db"
    (folder / "urls").write_text(f"{url}{path}\n")
    command = [
        NEWSBOAT,
        "-q",
        "-u",
        folder / "urls",
        "-c",
        cache,
        "-C",
        "/dev/null",
        "-x",
        "reload",
    ]
    subprocess.run([str(part) for part in command], check=True, timeout=60)
    with closing(sqlite3.connect(cache)) as opened:
        return opened.execute("SELECT guid, title, pubDate FROM rss_item").fetchall()
