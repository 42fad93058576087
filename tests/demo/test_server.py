from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.demo.portals import PORTALS
from crawler.demo.server import DemoServer
from crawler.recipes import find_sources, read_recipe
from tests.demo.reading import ASPNET, NUKEVIET, WORDPRESS

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


@pytest.fixture
def demo() -> Iterator[DemoServer]:
    with DemoServer(clock=lambda: NOW) as server:
        yield server


def fetch(site: str, target: str, method: str = "GET") -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection(urlsplit(site).netloc, timeout=5)
    try:
        connection.request(method, target)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def test_each_portal_is_served_on_loopback_under_its_own_address(demo: DemoServer) -> None:
    assert list(demo.sites) == [portal.source_id for portal in PORTALS]
    assert len(set(demo.sites.values())) == 3
    assert {urlsplit(site).hostname for site in demo.sites.values()} == {"127.0.0.1"}
    for portal in PORTALS:
        status, headers, text = fetch(demo.sites[portal.source_id], portal.articles[0].path)
        assert status == 200
        assert headers["Content-Type"].startswith("text/html")
        assert portal.name in text


def test_a_redirect_is_answered_as_one(demo: DemoServer) -> None:
    status, headers, _ = fetch(demo.sites[NUKEVIET.source_id], "/vi/news/page-1/")
    assert (status, headers["Location"]) == (301, "/vi/news/")


def test_absolute_addresses_lead_to_the_server_itself(demo: DemoServer) -> None:
    site = demo.sites[WORDPRESS.source_id]
    text = fetch(site, "/")[2]
    assert f'href="{site}{WORDPRESS.articles[0].path}"' in text


def test_today_is_what_the_clock_says(demo: DemoServer) -> None:
    assert "ngày 24/11/2026" in fetch(demo.sites[ASPNET.source_id], "/")[2]


def test_the_edition_can_be_changed_while_the_portals_are_served(demo: DemoServer) -> None:
    site = demo.sites[ASPNET.source_id]
    path = ASPNET.articles[0].path
    before = fetch(site, path)[2]
    demo.edition = 2
    after = fetch(site, path)[2]
    assert "2.700 héc ta" in before
    assert "2.070 héc ta" in after


def test_requests_are_remembered_in_order(demo: DemoServer) -> None:
    fetch(demo.sites[NUKEVIET.source_id], "/robots.txt")
    fetch(demo.sites[ASPNET.source_id], "/TinTuc/DanhSach.aspx?cat=1")
    assert [(seen.source_id, seen.path, seen.in_flight) for seen in demo.requests] == [
        ("lai-chau/demo", "/robots.txt", 1),
        ("hau-giang/demo", "/TinTuc/DanhSach.aspx?cat=1", 1),
    ]
    assert demo.requests[0].at_seconds <= demo.requests[1].at_seconds


def test_the_head_of_a_page_comes_without_its_body(demo: DemoServer) -> None:
    status, headers, text = fetch(demo.sites[WORDPRESS.source_id], "/", "HEAD")
    assert (status, text) == (200, "")
    assert int(headers["Content-Length"]) > 1000


def test_the_server_is_quiet(demo: DemoServer, capfd: pytest.CaptureFixture[str]) -> None:
    fetch(demo.sites[WORDPRESS.source_id], "/nowhere")
    assert capfd.readouterr() == ("", "")


def test_ports_can_be_given() -> None:
    with DemoServer() as first:
        ports = [int(site.rpartition(":")[2]) for site in first.sites.values()]
    with DemoServer(ports=ports) as second:
        assert [int(site.rpartition(":")[2]) for site in second.sites.values()] == ports


def test_the_recipes_written_are_valid_and_short(demo: DemoServer, tmp_path: Path) -> None:
    demo.write_recipes(tmp_path)
    found = find_sources((tmp_path,))
    assert list(found) == ["hau-giang/demo", "lai-chau/demo", "quang-ngai/demo"]
    for source_id, path in found.items():
        source = read_recipe(path, root=tmp_path)
        assert source.recipe.site == demo.sites[source_id]
        assert source.recipe.pace.delay_seconds == 0.05
        before_select = path.read_text(encoding="utf-8").split("[select]")[0].splitlines()
        assert len(before_select) <= 8


def test_the_recipes_know_the_addresses_of_articles(demo: DemoServer, tmp_path: Path) -> None:
    demo.write_recipes(tmp_path)
    for portal in PORTALS:
        source = read_recipe(tmp_path / f"{portal.source_id}.toml", root=tmp_path)
        site = demo.sites[portal.source_id]
        assert all(source.article_address.search(site + a.path) for a in portal.articles)
