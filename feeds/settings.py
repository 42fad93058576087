"""What the publishing half takes from its environment; the only place of it that reads it."""

from __future__ import annotations

import os

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from store.connect import address_from


class Settings(BaseSettings):
    """Settings by environment variables, each with the prefix TINSO_."""

    model_config = SettingsConfigDict(env_prefix="TINSO_", env_file=None, frozen=True)

    host: str = "127.0.0.1"
    """Where to listen; this machine only, unless told otherwise."""
    port: int = Field(default=8000, ge=0, le=65535)
    url: str = ""
    """The address at which readers reach the server; empty: that of host and port."""
    store: str = Field(default_factory=lambda: address_from(os.environ))
    """A path, or `mongodb://…`."""

    @property
    def base_url(self) -> str:
        """The address that feeds and pages name themselves by, without a closing slash.

        Never taken from a request: its Host header is the client's word.
        """
        return (self.url or f"http://{self.host}:{self.port}").rstrip("/")
