"""`tinso sources`, `list` and `show`: which sources there are, and all that is known of one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

import tinso
from tests.crawler.sites import Answer, site_of, write_recipe

Sources = Callable[..., Result]
END = 'until = 2025-02-28\nsuccessor = "hau-giang/moi"\n'


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sources:
    """Run `tinso sources` on two recipes of Hậu Giang beside the bundled ones."""
    recipes = tmp_path / "sources"
    write_recipe(recipes, "http://127.0.0.1:9", source="hau-giang/moi")
    write_recipe(recipes, "http://127.0.0.2:9", source="hau-giang/cu", more=END)
    monkeypatch.setenv("TINSO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TINSO_SOURCES", str(recipes))
    monkeypatch.delenv("TINSO_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*args: str) -> Result:
        return CliRunner().invoke(tinso.main, ["sources", *args])

    return run


def ids(result: Result) -> set[str]:
    assert result.exit_code == 0, result.output
    return {source["id"] for source in json.loads(result.stdout)["sources"]}


def document(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_alone_it_lists_and_takes_the_lists_options(sources: Sources) -> None:
    assert ids(sources("--json")) == ids(sources("list", "--json"))
    assert ids(sources("--family", "drupal", "--json")) == ids(
        sources("list", "--family", "drupal", "--json")
    )
    assert sources().stdout == sources("list").stdout


def test_a_province_of_today_counts_those_that_it_took_in(sources: Sources) -> None:
    then, now = (
        ids(sources("--province", "hau-giang", "--json")),
        ids(sources("--province", "can-tho", "--json")),
    )
    assert {"hau-giang/moi", "hau-giang/cu"} <= then < now
    assert {source.split("/")[0] for source in then} == {"hau-giang"}
    assert {source.split("/")[0] for source in now} == {"hau-giang", "can-tho", "soc-trang"}


def test_ministries_are_asked_for_like_a_province(sources: Sources) -> None:
    assert ids(sources("--province", "trung-uong", "--json")) >= {"trung-uong/mic"}


def test_a_state_is_the_verdict_on_the_last_crawls(sources: Sources) -> None:
    assert ids(sources("--state", "failing", "--json")) == set()
    with site_of(2).running() as site:
        recipes = Path(os.environ["TINSO_SOURCES"])
        write_recipe(recipes, site.url, source="hau-giang/moi")
        site.routes["/"] = Answer("hỏng", 500)
        CliRunner().invoke(tinso.main, ["crawl", "hau-giang/moi"])
    assert ids(sources("--state", "failing", "--json")) == {"hau-giang/moi"}
    assert "hau-giang/moi" not in ids(sources("--state", "never", "--json"))
    assert "hau-giang/cu" in ids(sources("--state", "never", "--json"))
    assert "failing" in sources("--state", "failing").stdout
    portrait = document(sources("show", "hau-giang/moi", "--json"))
    assert portrait["verdict"]["state"] == "failing"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--province", "hau-gang"), "did you mean 'hau-giang'?"),
        (("--province", "Hậu Giang"), "did you mean 'hau-giang'?"),
        (("--family", "nukevit"), "did you mean 'nukeviet'?"),
        (("--state", "failed"), "did you mean 'failing'?"),
        (("show", "hau-giang/moii"), "did you mean 'hau-giang/moi'?"),
        (("lst",), "Did you mean 'list'?"),
    ],
)
def test_what_nobody_knows_names_the_nearest(
    sources: Sources, args: tuple[str, ...], said: str
) -> None:
    result = sources(*args)
    assert result.exit_code == 2
    assert said in result.stderr


def test_80_columns_are_enough_and_break_no_id(sources: Sources) -> None:
    shown = sources().stdout
    assert max(cell_len(line) for line in shown.splitlines()) <= 80
    for source in ids(sources("--json")):
        assert source in shown


def test_one_source_is_shown_in_full(sources: Sources) -> None:
    told = document(sources("show", "hau-giang/cu", "--json"))
    assert told["file"].endswith("sources/hau-giang/cu.toml")
    assert told["hosts"] == ["127.0.0.2:9"]
    assert told["listing_urls"] == ["http://127.0.0.2:9/"]
    assert (told["province_name"], told["province_now_name"]) == ("Hậu Giang", "Cần Thơ")
    assert told["recipe"]["successor"] == "hau-giang/moi"
    assert told["recipe"]["select"]["entry"] == ["ul.tin li"]
    assert told["verdict"] is None
    shown = sources("show", "hau-giang/cu").stdout
    for said in ("Hậu Giang → Cần Thơ", "28/02/2025 → hau-giang/moi", "ul.tin li", "never crawled"):
        assert said in shown


def test_one_source_is_shown_where_the_store_does_not_answer(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINSO_STORE", "mongodb://127.0.0.1:9/t?serverSelectionTimeoutMS=100")
    assert document(sources("show", "hau-giang/moi", "--json"))["verdict"] is None
    assert ids(sources("--json"))
    assert sources("--state", "never").exit_code == 1
