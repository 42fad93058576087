"""Every way of asking a site has the same manners: told by one server that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

import tinso
from crawler.config import Config
from tests.crawler.sites import Answer, Site, article, listing, write_recipe

PAUSE_SECONDS = 0.12
NUMBERS = range(6, 0, -1)
BODY = (
    "<p>Sáng nay, Sở tổ chức hội nghị chuyển đổi số lần thứ {n} tại xã Mường Thanh, với sự tham "
    "gia của đại diện các phòng, ban và các doanh nghiệp bưu chính, viễn thông trong tỉnh.</p>"
    "<p>Hội nghị đã nghe báo cáo kết quả và thống nhất nhiệm vụ trọng tâm trong quý tới.</p>"
)
FORBIDDEN = "/tin/4.html"

WAYS: dict[str, tuple[str, ...]] = {
    "crawl": ("crawl", "{source}"),
    "crawl of everything": ("crawl", "{source}", "--full"),
    "backfill": ("crawl", "{source}", "--backfill"),
    "check": ("sources", "check", "{source}"),
    "try": ("try", "{site}/tin/6.html"),
    "add": ("sources", "add", "{site}/", "--json"),
}


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of two list pages that asks for a pause, takes its time, and forbids an article."""
    robots = f"User-agent: *\nCrawl-delay: {PAUSE_SECONDS}\nDisallow: {FORBIDDEN}\n"
    pages = {n: article(n, body=BODY.format(n=n)) for n in NUMBERS}
    made = Site({"/robots.txt": Answer(robots, content_type="text/plain")})
    more = "<a class=sau href='/trang-2/'>Sau</a>"
    made.routes |= {"/": listing(6, 5, 4, more=more), "/trang-2/": listing(3, 2, 1)}
    made.routes |= {
        f"/tin/{n}.html": Answer(page.body, hold_seconds=0.02) for n, page in pages.items()
    }
    with made.running():
        yield made


def test_every_way_of_asking_has_the_same_manners(
    site: Site, config: Config, recipes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One request in flight, the pause that robots.txt asks for, no address twice in a run."""
    monkeypatch.setenv("TINSO_HOME", str(config.home))
    monkeypatch.setenv("TINSO_SOURCES", config.sources)
    source = write_recipe(recipes, site.url)
    run: Callable[..., object] = CliRunner().invoke
    for way, words in WAYS.items():
        if way == "add":
            (recipes / f"{source}.toml").unlink()
        args = [word.format(source=source, site=site.url) for word in words]
        run(tinso.main, args)
        asked, site.asked[:] = [*site.asked], []
        paths = [one.path for one in asked]
        assert paths, way
        assert max(one.in_flight for one in asked) == 1, way
        assert sorted(set(paths)) == sorted(paths), way
        assert FORBIDDEN not in paths, way
        after_robots = [one.at for one in asked if one.path != "/robots.txt"]
        pauses = [later - earlier for earlier, later in pairwise(after_robots)]
        assert min(pauses, default=1.0) > PAUSE_SECONDS - 0.03, way
