"""`tinso sources check`: what each rule of a recipe gave on the live site."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tinso
from crawler.check import Checked, check_sources
from crawler.config import Config
from tests.crawler.sites import Answer, Site, article, listing, site_of, write_recipe

Check = Callable[..., Result]
BODY = (
    "<p>Sáng nay, Sở tổ chức hội nghị chuyển đổi số tại xã Mường Thanh, với sự tham gia của đại "
    "diện các phòng, ban và các doanh nghiệp bưu chính, viễn thông trên địa bàn tỉnh.</p>"
    "<p>Hội nghị đã nghe báo cáo kết quả thực hiện kế hoạch và thống nhất các nhiệm vụ trọng tâm "
    "trong quý tới, trong đó có việc phổ cập kỹ năng số cho người dân ở các bản.</p>"
)


@pytest.fixture
def run(config: Config, monkeypatch: pytest.MonkeyPatch) -> Check:
    monkeypatch.setenv("TINSO_HOME", str(config.home))
    monkeypatch.setenv("TINSO_SOURCES", config.sources)
    monkeypatch.delenv("TINSO_CONTACT", raising=False)
    return lambda *args: CliRunner().invoke(tinso.main, ["sources", "check", *args])


def checked(site: Site, recipes: Path, config: Config) -> Checked:
    with site.running():
        (found,) = check_sources([write_recipe(recipes, site.url)], config, jobs=1)
    return found


def results(found: Checked) -> dict[str, str]:
    return {line.field: line.result for line in found.rules}


def changed(site: Site, **names: str) -> Site:
    """Let articles call an element otherwise than the recipe does."""
    for path, route in site.routes.items():
        if isinstance(route, Answer) and path.startswith("/tin/"):
            text = str(route.body)
            for old, new in names.items():
                text = text.replace(f"class={old}", f"class={new}")
            site.routes[path] = Answer(text)
    return site


def site() -> Site:
    made = site_of(3)
    made.routes |= {f"/tin/{number}.html": article(number, body=BODY) for number in (1, 2, 3)}
    return made


def test_a_recipe_that_fits_is_ok_and_costs_a_list_and_two_articles(
    recipes: Path, config: Config
) -> None:
    served = site()
    found = checked(served, recipes, config)
    assert (found.state, found.message, found.entries) == ("ok", "", 3)
    assert set(results(found).values()) == {"matched"}
    assert served.paths == ["/robots.txt", "/", "/tin/3.html", "/tin/2.html"]
    assert max(asked.in_flight for asked in served.asked) == 1


def test_a_rule_that_fell_back_names_both_rules(recipes: Path, config: Config) -> None:
    found = checked(changed(site(), noidung="khac"), recipes, config)
    assert found.state == "degraded"
    (line,) = {(one.result, one.instead_of) for one in found.rules if one.field == "body"}
    assert line == ("fell back", "css:.noidung")
    assert results(found)["title"] == "matched"


BROKEN: Mapping[str, tuple[Mapping[str, Answer], str]] = {
    "list gone": ({"/": Answer("404", 404)}, "answered 404"),
    "list changed": ({"/": Answer("<html><p>bảo trì</p></html>")}, "matched none of the rules"),
    "articles gone": (
        {f"/tin/{n}.html": Answer("404", 404) for n in (1, 2, 3)},
        "answered 404: there is no such page",
    ),
    "articles empty": (
        {
            f"/tin/{n}.html": Answer("<html><h1>Hội nghị lần thứ nhất</h1></html>")
            for n in (1, 2, 3)
        },
        "has neither text nor files",
    ),
    "articles dateless": (
        {
            f"/tin/{n}.html": Answer(f"<h1>Hội nghị lần {n}</h1><div class=noidung>{BODY}</div>")
            for n in (1, 2, 3)
        },
        "gives title, date and text",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_source_is_broken_by(what: str, recipes: Path, config: Config) -> None:
    routes, said = BROKEN[what]
    served = site()
    served.routes |= routes
    found = checked(served, recipes, config)
    assert found.state == "broken"
    assert said in found.message


def test_one_article_of_two_that_fails_does_not_break_a_source(
    recipes: Path, config: Config
) -> None:
    served = site()
    served.routes["/tin/3.html"] = Answer("404", 404)
    assert checked(served, recipes, config).state == "degraded"


def test_sources_are_told_by_id_and_one_host_is_asked_one_page_at_a_time(
    recipes: Path, config: Config
) -> None:
    both, other = site(), site()
    both.routes["/"] = Answer(str(listing(3, 2, 1).body), hold_seconds=0.1)
    with both.running(), other.running():
        write_recipe(recipes, both.url, source="dien-bien/b")
        write_recipe(recipes, both.url, source="dien-bien/a")
        write_recipe(recipes, other.url, source="dien-bien/c")
        ids = ["dien-bien/c", "dien-bien/b", "dien-bien/a"]
        told: list[str] = []
        found = check_sources(ids, config, jobs=4, told=lambda checked: told.append(checked.source))
    assert [one.source for one in found] == sorted(ids) == sorted(told)
    assert max(asked.in_flight for asked in both.asked) == 1


def test_the_command_exits_with_1_where_one_is_broken(run: Check, recipes: Path) -> None:
    good, bad = site(), site()
    bad.routes["/"] = Answer("404", 404)
    with good.running(), bad.running():
        write_recipe(recipes, good.url, source="dien-bien/a")
        write_recipe(recipes, bad.url, source="dien-bien/b")
        fine = run("dien-bien/a")
        both = run("dien-bien/a", "dien-bien/b", "--json")
    assert fine.exit_code == 0, fine.output
    for said in ("dien-bien/a  ok", "✓ title", "css:.noidung", "1 ok · 0 degraded · 0 broken"):
        assert said in fine.stdout
    assert both.exit_code == 1
    found: list[dict[str, Any]] = json.loads(both.stdout)["sources"]
    assert [(one["source"], one["state"]) for one in found] == [
        ("dien-bien/a", "ok"),
        ("dien-bien/b", "broken"),
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [(("dien-bien/khong-co",), "unknown source"), (("dien-bien/tttt",), "TINSO_CONTACT")],
)
def test_wrong_use_is_told_before_any_page_is_asked(
    run: Check, args: tuple[str, ...], said: str
) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr
