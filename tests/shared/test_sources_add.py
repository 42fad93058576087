"""`tinso sources add` on pages of running systems and of a saved site, served over loopback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.scaffold.add import Order, Taker, add_source
from crawler.scaffold.asker import MOST_REQUESTS
from store.model import local_time
from tests.crawler.sites import Answer, Route, Site
from tests.scaffold.measuring import tried
from tests.shared.conftest import BASES, PAGES, records

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason=f"no saved pages at {PAGES}")
FIRST_TRY = 0.98
HOST = "sotttt.hanoi.gov.vn"
LISTS = {
    "nukeviet": {"/vi/news/tin-tuc-su-kien/", "/vi/news/chuyen-doi-so/"},
    "wordpress": {"/chuyen-muc/tin-tuc-su-kien", "/chuyen-muc/chuyen-doi-so"},
}
PLACES = {"nukeviet": "dien-bien/portal", "wordpress": "dien-bien/khcn"}
"""What their pages call the sites."""


class Saved(Site):
    """Saved pages, each under its own address; absolute links lead here, too."""

    def __init__(self, files: Mapping[str, tuple[Path, str]], base: str) -> None:
        super().__init__({})
        self.routes = _ByTarget(
            {
                target: Answer(
                    file.read_bytes().replace(base.encode(), self.url.encode()), 200, kind
                )
                for target, (file, kind) in files.items()
            }
        )


class _ByTarget(dict[str, Route]):
    """Routes by path and query."""

    def get(self, path: str, default: object = None) -> Route:
        return self._answer

    def _answer(self, target: str) -> Answer:
        try:
            found = self[target]
        except KeyError:
            return Answer("404", 404)
        return found if isinstance(found, Answer) else found(target)


def running_system(cms: str) -> Saved:
    folder = PAGES / "cms" / cms
    listed = json.loads((folder / "index.json").read_text(encoding="utf-8"))["files"]
    files = {
        one["url"]: (folder / one["file"], one["content_type"])
        for one in listed
        if "url" in one and not one["file"].startswith("mobile_")
    }
    home = (folder / "home.html", "text/html; charset=utf-8")
    return Saved({"/": home, **files}, BASES[cms])


def mirror() -> Saved:
    folder = PAGES / "saved" / HOST
    files = {
        f"/{file.relative_to(folder).as_posix()}": (file, "text/html; charset=utf-8")
        for file in folder.rglob("*.html")
    }
    return Saved(files, f"https://{HOST}")


@pytest.mark.parametrize("cms", BASES)
def test_a_running_system_is_collected_right_at_first_try(cms: str, tmp_path: Path) -> None:
    with running_system(cms).running() as site:
        got = tried(f"{site.url}/", tmp_path)
    assert got.added.proposal.survey.family == cms
    assert got.added.proposal.place.id == PLACES[cms]
    assert set(got.lists) == LISTS[cms], "of those that were saved"
    assert got.added.requests <= MOST_REQUESTS
    on_lists = {
        item["url"]
        for listing in records(PAGES / "cms" / cms / "expected_listing.jsonl")
        if not listing["file"].startswith("mobile_")
        for item in listing["items"]
    }
    truths = [
        (one["url"], " ".join(one["title"].split()), datetime.fromisoformat(one["published"]), True)
        for one in records(PAGES / "cms" / cms / "expected.jsonl")
        if one["url"] in on_lists
    ]
    assert len(truths) >= 10
    assert got.right(truths) >= FIRST_TRY


def test_a_saved_site_s_list_gives_what_people_read_on_it(tmp_path: Path) -> None:
    config = Config(home=tmp_path, store=str(tmp_path / "tinso.db"))
    with mirror().running() as site:
        order = Order(
            what=(f"{site.url}/cong-nghe-thong-tin.html",),
            source_id="ha-noi/thu",
            to=tmp_path,
            cases=tmp_path / "cases",
        )
        added = add_source(order, Taker(), config)
    found = added.proposal
    assert (found.survey.family, found.place.id) == ("liferay", "ha-noi/tttt")
    assert added.drafted.source.recipe.listings == ("/cong-nghe-thong-tin.html",)
    assert "no-article" in added.doubts, "none of its articles was saved"
    (label,) = [
        one
        for one in records(PAGES / "saved" / "labels.jsonl")
        if one["file"] == f"{HOST}/cong-nghe-thong-tin.html"
    ]
    assert [
        (entry.title, entry.date and local_time(entry.date.value.at).isoformat())
        for entry in added.looks[0].entries
    ] == [(entry["title"], entry["date"]) for entry in label["entries"]]
