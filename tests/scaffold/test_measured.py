"""How good the recipes are that `tinso sources add` writes at first try.

The sites of `simulated.py` were written before anybody had seen them read. At their first reading
the shares were 1.0 (Joomla), 0.4375 (Liferay, whose skin and pager no rule knew: rows of a site's
own are named since) and 0.9375 (Laravel).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.portal import Portal
from crawler.demo.portals import PORTALS
from crawler.demo.server import DemoServer
from crawler.scaffold.asker import MOST_REQUESTS
from tests.cases import harness
from tests.cases.harness import Case
from tests.scaffold.measuring import tried
from tests.scaffold.simulated import SIMULATIONS, Simulation

FIRST_TRY = 0.98
FAMILIES = {"aspnet": "generic"}
"""Of the demo portals, by engine, where the engine is no family."""


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.engine)
def test_a_demo_portal_is_collected_right_at_first_try(
    portal: Portal, demo: DemoServer, tmp_path: Path
) -> None:
    got = tried(demo.sites[portal.source_id], tmp_path, portal.source_id)
    found = got.added.proposal
    assert found.survey.family == FAMILIES.get(portal.engine, portal.engine)
    assert found.place.id == f"{portal.source_id.split('/')[0]}/tttt"
    assert got.added.requests <= MOST_REQUESTS
    truths = [(a.path, a.title, a.published, False) for a in portal.articles]
    assert got.right(truths) >= FIRST_TRY
    assert set(got.articles) == {article.path for article in portal.articles}


@pytest.mark.parametrize("simulation", SIMULATIONS, ids=lambda one: one.name)
def test_a_site_in_another_shape_is_collected_right_at_first_try(
    simulation: Simulation, tmp_path: Path
) -> None:
    with simulation.site().running() as site:
        got = tried(site.url, tmp_path)
    found = got.added.proposal
    assert found.survey.family == simulation.family
    assert found.place.id == simulation.department
    assert got.lists == simulation.lists
    assert got.added.requests <= MOST_REQUESTS
    truths = [(a.path, a.title, a.published, True) for a in simulation.articles]
    assert got.right(truths) >= FIRST_TRY
    assert set(got.articles) <= {article.path for article in simulation.articles}


@pytest.mark.parametrize("simulation", SIMULATIONS, ids=lambda one: one.name)
def test_the_cases_hold_once_a_person_has_confirmed_them(
    simulation: Simulation, tmp_path: Path
) -> None:
    with simulation.site().running() as site:
        tried(site.url, tmp_path)
    cases = [Case(path.parent) for path in sorted((tmp_path / "cases").glob("*/*/meta.json"))]
    assert [case.meta["kind"] for case in cases] == ["article", "article", "list"]
    for case in cases:
        assert "delete the line" in case.unconfirmed
        read = harness.got(case, "recipe")
        assert {field: read.get(field) for field in case.expected} == case.expected
