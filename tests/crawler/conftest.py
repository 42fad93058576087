from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.config import Config
from crawler.round import Listener, Round, crawl_round
from store.base import Selection
from store.connect import open_store
from store.model import Article, Run
from tests.crawler.certificates import HOST, put_behind, server_of, signed
from tests.crawler.sites import Route, Site, site_of

Crawl = Callable[..., Run]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    recipes = tmp_path / "sources"
    recipes.mkdir()
    return Config(home=tmp_path, store=str(tmp_path / "tinso.db"), sources=str(recipes))


@pytest.fixture
def recipes(config: Config) -> Path:
    return Path(config.sources)


@pytest.fixture
def crawl(config: Config) -> Crawl:
    """Crawl one source in a process of its own, as `tinso crawl` does."""

    def one(source: str, *, full: bool = False, **settings: Any) -> Run:
        used = config.model_copy(update=settings)
        return crawl_round(Round(sources=[source], config=used, full=full), Listener())[0]

    return one


@pytest.fixture
def stored(config: Config) -> Callable[[], list[Article]]:
    def articles() -> list[Article]:
        store = open_store(config.store)
        try:
            return store.newest(Selection(), limit=1000)
        finally:
            store.close()

    return articles


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Site]:
    """Make hosts of any name: a proxy on loopback, whose routes are whole addresses."""

    def made(routes: Mapping[str, Route]) -> Site:
        site = Site(routes)
        monkeypatch.setenv("http_proxy", site.url)
        return site

    return made


@pytest.fixture
def unsigned_site(tmp_path: Path) -> Iterator[Site]:
    """A site of two articles over TLS, with a certificate that it signed itself."""
    site = put_behind(site_of(2), server_of(tmp_path, signed(HOST)))
    with site.running():
        yield site
