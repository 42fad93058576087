"""What the crawling half takes from its environment; the only place of it that reads it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from crawler.reach import private_hosts
from crawler.recipe import Source
from crawler.recipes import BUNDLED, load_source, load_sources
from store import VERSION
from store.connect import address_from, home_from
from store.errors import WrongUse


class Config(BaseSettings):
    """Settings by environment variables, each with the prefix TINSO_.

    Raises WrongUse, naming every variable that is wrong.
    """

    model_config = SettingsConfigDict(
        env_prefix="TINSO_", env_file=None, env_ignore_empty=True, frozen=True
    )

    home: Path = Field(default_factory=lambda: home_from(os.environ))
    """Where the embedded store, the spool and the logs lie."""
    store: str = Field(default_factory=lambda: address_from(os.environ))
    """A path, or `mongodb://…`."""
    sources: str = ""
    """Further folders of recipes, separated as in PATH; they go before the bundled ones."""
    contact: str = ""
    """A mail or web address at which the owner of a crawled site reaches whoever runs this."""
    keep_pages_days: int = Field(default=90, ge=0, le=3650)
    """How long the raw page of each article is kept for `tinso replay`; 0 keeps none."""
    chromium: str = ""
    """The program that renders pages; empty looks for its usual names (`crawler.browser`)."""
    spool_mebibytes: int = Field(default=256, ge=0)
    """What the spool may hold of articles that the store could not take."""

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as fault:
            raise WrongUse("; ".join(map(_said, fault.errors()))) from fault

    @property
    def roots(self) -> tuple[Path, ...]:
        """Folders of recipes, the first one that knows an id counts."""
        own = tuple(Path(part).expanduser() for part in self.sources.split(os.pathsep) if part)
        return (*own, BUNDLED)

    @property
    def spool(self) -> Path:
        """Where what the store could not take waits for the next crawl."""
        return self.home / "spool"

    def environ(self) -> dict[str, str]:
        """Return the variables that give another process these settings."""
        return {
            "TINSO_HOME": str(self.home),
            "TINSO_STORE": self.store,
            "TINSO_SOURCES": os.pathsep.join(map(str, self.roots)),
            "TINSO_CONTACT": self.contact,
            "TINSO_CHROMIUM": self.chromium,
            "TINSO_KEEP_PAGES_DAYS": str(self.keep_pages_days),
            "TINSO_SPOOL_MEBIBYTES": str(self.spool_mebibytes),
        }

    @property
    def user_agent(self) -> str:
        """Name, version and where to complain (RFC 9110 section 10.1.5)."""
        return f"tinso/{VERSION} (+{self.contact or f'tinso@{socket.gethostname()}'})"


def _said(error: Any) -> str:
    name = "_".join(("TINSO", *map(str, error["loc"]))).upper()
    return f"{name} is {error['input']!r}: {error['msg'][0].lower()}{error['msg'][1:]}"


def for_crawling(ids: Sequence[str], config: Config) -> list[str]:
    """Check the sources to crawl, all of them where none is named; return their ids.

    Raises WrongUse for an unknown one, RecipeError for a bad file, and WrongUse where a site
    elsewhere is to be crawled by somebody whom its owner could not reach.
    """
    if ids:
        sources = [load_source(source_id, config.roots) for source_id in dict.fromkeys(ids)]
    else:
        sources = load_sources(config.roots)
    check_contact(sources, config)
    return [source.id for source in sources]


def check_contact(sources: Iterable[Source], config: Config) -> None:
    """Raise WrongUse where a site elsewhere is to be asked by somebody its owner cannot reach."""
    if not config.contact and not all(private_hosts(source) for source in sources):
        raise WrongUse(
            "a crawler must say who runs it",
            repair="set TINSO_CONTACT to a mail or web address, such as you@example.org",
        )
