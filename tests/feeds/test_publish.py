"""Everything that is served, as files."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from click.testing import CliRunner
from lxml import html
from starlette.testclient import TestClient

import tinso
from feeds.channel import channels
from feeds.formats import FORMATS
from feeds.publish import Published, publish, publish_on_change
from feeds.rendering import Site
from store.base import Store
from store.errors import StoreAway, StoreError, WrongUse
from store.model import Article
from tests.feeds.conftest import BASE, CARD
from tests.feeds.test_address import a_year
from tests.store.making import MORNING, article, sighting

SITE = Site(base_url=BASE)


def files(folder: Path) -> dict[str, bytes]:
    found = {str(one.relative_to(folder)): one for one in folder.rglob("*") if one.is_file()}
    return {name: one.read_bytes() for name, one in found.items() if not name.startswith(".tinso")}


def test_published_feeds_are_the_served_ones_byte_for_byte(
    client: TestClient, filled: Store, tmp_path: Path
) -> None:
    a_year(filled)
    publish(filled, SITE, tmp_path / "www")
    found = files(tmp_path / "www")
    paths = [f"{one.path}.{ending}" for one in channels([CARD]) for ending in FORMATS]
    for path in (*paths, "/all/2026-10.atom", "/all/2026-10.json", "/opml", "/static/style.css"):
        assert found[path[1:]] == client.get(path).content, path
    assert "all/2026-08.atom" not in found
    assert gzip.decompress(found["all.rss.gz"]) == found["all.rss"]
    assert brotli.decompress(found["all.rss.br"]) == found["all.rss"]
    changed = max(one.changed for one in newest(filled))
    assert (tmp_path / "www/all.rss").stat().st_mtime == changed.timestamp()


def newest(store: Store) -> list[Article]:
    from store.base import Selection

    return store.newest(Selection(), limit=500)


def test_every_link_between_published_pages_leads_to_one(filled: Store, tmp_path: Path) -> None:
    a_year(filled)
    publish(filled, SITE, tmp_path / "www")
    found = files(tmp_path / "www")
    for name in [name for name in found if name.endswith(".html")]:
        page = html.fromstring(found[name].decode())
        assert not page.xpath("//form")
        for href in page.xpath("//a/@href | //link/@href"):
            path = str(href).removeprefix(BASE).partition("#")[0]
            if path.startswith("/"):
                assert {path[1:] or "index.html", f"{path[1:]}.html"} & found.keys(), (name, href)


def test_only_what_changed_is_touched_and_what_is_gone_is_removed(
    filled: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "www"
    a_year(filled)
    first = publish(filled, SITE, folder)
    for one in folder.rglob("*"):
        os.utime(one, (1, 1))
    assert publish(filled, SITE, folder) == replace(
        first, written=0, unchanged=first.written + first.unchanged
    )
    gone = replace(article(1), state="withdrawn", changed=MORNING + timedelta(days=99))
    filled.keep([replace(sighting(1), article=gone)])
    again = publish(filled, SITE, folder)
    assert again.removed == 1
    found = files(folder)
    assert f"articles/{gone.id}.html" not in found
    touched = {
        str(one.relative_to(folder))
        for one in folder.rglob("*")
        if one.is_file() and one.stat().st_mtime != 1 and one.suffix in {".atom", ".rss", ".json"}
    }
    assert "all.atom" in touched
    assert "all/2026-11.atom" in touched
    assert not {name for name in touched if "2026-09" in name or name.startswith("topics")}


def test_a_folder_with_other_things_in_it_is_left_alone(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "www"
    folder.mkdir()
    (folder / "letter.txt").write_text("x")
    with pytest.raises(WrongUse, match="did not publish"):
        publish(filled, SITE, folder)
    assert files(folder) == {"letter.txt": b"x"}


def test_a_disk_that_fails_is_told_and_the_next_call_goes_on(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, left = Path.write_bytes, [20]

    def fill_up(file: Path, body: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(file))
        return write(file, body)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fill_up)
        with pytest.raises(StoreError, match="No space left on device"):
            publish(filled, SITE, tmp_path / "www")
    publish(filled, SITE, tmp_path / "www")
    publish(filled, SITE, tmp_path / "other")
    assert files(tmp_path / "www") == files(tmp_path / "other")


def test_a_watching_publisher_publishes_when_something_changed_and_waits_for_the_store(
    filled: Store, tmp_path: Path
) -> None:
    told: list[Published] = []
    away = [False]

    class Sometimes:
        def __getattr__(self, name: str) -> Any:
            if away[0]:
                raise StoreAway("does not answer", about="db", repair="start it")
            return getattr(filled, name)

    def nothing() -> None:
        pass

    def go_away() -> None:
        away[0] = True

    def change() -> None:
        away[0] = False
        filled.keep([sighting(9, changed=MORNING + timedelta(days=9))])

    def stop() -> None:
        raise KeyboardInterrupt

    turns = iter([nothing, go_away, change, nothing, stop])

    def sleep(_: float) -> None:
        turn: Callable[[], None] = next(turns)
        turn()

    with pytest.raises(KeyboardInterrupt):
        publish_on_change(
            Sometimes(), SITE, tmp_path / "www", tell=told.append, watch=True, sleep=sleep
        )
    assert len(told) == 2
    assert b"tin-9.html" in files(tmp_path / "www")["all.rss"]


def test_the_command_wants_the_address_that_readers_use(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINSO_STORE", filled.address)
    monkeypatch.delenv("TINSO_URL", raising=False)
    refused = CliRunner().invoke(tinso.main, ["publish", str(tmp_path / "www")])
    assert refused.exit_code == 2
    assert "TINSO_URL" in refused.output
    monkeypatch.setenv("TINSO_URL", BASE)
    done = CliRunner().invoke(tinso.main, ["publish", str(tmp_path / "www"), "--json"])
    assert done.exit_code == 0
    assert '"written"' in done.output
