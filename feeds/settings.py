"""What the publishing half takes from its environment; the only place of it that reads it."""

from __future__ import annotations

import os
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from feeds.rendering import Site
from store.connect import address_from
from store.errors import WrongUse

_EVERYWHERE = {"0.0.0.0", "::", ""}
"""Hosts to listen on that are no address to reach anything at."""


def _base(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("write it like 'https://tin.example.vn'")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("feeds and pages stand at the root of a host, give it without a path")
    return url.rstrip("/")


def _base_of_hub(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("write it like 'https://hub.example.vn/'")
    return url


class Settings(BaseSettings):
    """Settings by environment variables, each with the prefix TINSO_.

    Raises WrongUse, naming every variable that is wrong.
    """

    model_config = SettingsConfigDict(
        env_prefix="TINSO_", env_file=None, env_ignore_empty=True, frozen=True
    )

    host: str = "127.0.0.1"
    """Where to listen; this machine only, unless told otherwise."""
    port: int = Field(default=8000, ge=0, le=65535)
    url: Annotated[str, AfterValidator(_base)] = ""
    """The address at which readers reach the server; empty: that of host and port."""
    hub: Annotated[str, AfterValidator(_base_of_hub)] = ""
    """The WebSub hub that is told of changes, and that feeds name; empty: none."""
    store: str = Field(default_factory=lambda: address_from(os.environ))
    """A path, or `mongodb://…`."""

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as fault:
            raise WrongUse("; ".join(map(_say, fault.errors()))) from fault

    @property
    def site(self) -> Site:
        """What feeds say beside their articles."""
        return Site(base_url=self.base_url, hub=self.hub or None)

    @property
    def local_url(self) -> str:
        """The address of host and port."""
        host = "localhost" if self.host in _EVERYWHERE else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def base_url(self) -> str:
        """The address that feeds and pages name themselves by, without a closing slash.

        Never taken from a request: its Host header is the client's word.
        """
        return self.url or self.local_url


def _say(error: Any) -> str:
    name = "_".join(("TINSO", *map(str, error["loc"]))).upper()
    said = error["msg"].removeprefix("Value error, ")
    return f"{name} is {error['input']!r}: {said[0].lower()}{said[1:]}"
