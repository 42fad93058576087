"""Makes one named spider of each recipe, so that Scrapy's own commands know the sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawler.config import Config
from crawler.reach import domains_of
from crawler.recipe import Source
from crawler.recipes import find_sources, load_source, load_sources
from crawler.spiders.offers import OfferSpider
from crawler.spiders.source import SourceSpider
from store.errors import WrongUse


class SourceLoader:
    """Scrapy's spider loader over folders of recipes; a file is read when its spider is asked for.

    A bad recipe therefore stops only its own crawl.
    """

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = tuple(roots)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SourceLoader:  # noqa: ARG003
        """Make the loader for the folders that the environment names."""
        return cls(Config().roots)

    def load(self, spider_name: str) -> type[Spider]:
        """Make the spider class of a source; raises KeyError for an unknown id, RecipeError."""
        try:
            source = load_source(spider_name, self.roots)
        except WrongUse as fault:
            if spider_name in find_sources(self.roots):
                raise
            raise KeyError(str(fault)) from fault
        return spider_of(source)

    def list(self) -> list[str]:
        """Return the ids of all sources, sorted."""
        return [*find_sources(self.roots)]

    def find_by_request(self, request: Request) -> Sequence[str]:
        """Return the ids of the sources whose pages the request asks for."""
        host = urlsplit(request.url).netloc.lower()
        return [source.id for source in load_sources(self.roots) if host in source.hosts]


def spider_of(source: Source, base: type[SourceSpider] = OfferSpider) -> type[SourceSpider]:
    """Make the spider class of a source; `base` is the way in which it goes about its lists."""
    return type(
        "SpiderOf" + source.id.title().replace("/", "").replace("-", ""),
        (base,),
        {
            "name": source.id,
            "source": source,
            "allowed_domains": [*domains_of(source)],
            "custom_settings": settings_of(source),
        },
    )


def settings_of(source: Source) -> dict[str, Any]:
    """Say what follows from a recipe for Scrapy, over `crawler.settings`."""
    return {
        "DOWNLOAD_DELAY": source.recipe.pace.delay_seconds,
        "DOWNLOAD_VERIFY_CERTIFICATES": source.recipe.verify,
        "TINSO_LEGACY_TLS": source.recipe.tls == "legacy",
    }
