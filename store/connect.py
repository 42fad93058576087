"""Open the store that an address names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from store.base import Store
from store.errors import WrongUse
from store.sqlite import SqliteStore

_FORMS = "name a file, sqlite:///path, mongodb://host/database or mongodb+srv://host/database"


def open_store(address: str, *, create: bool = True) -> Store:
    """Open the store at `address`: a path, `sqlite:///absolute/path`, `mongodb://…` or
    `mongodb+srv://…` (database `tinso` if it names none).

    Raises WrongUse for an address of another form, StoreError when there is no store and `create`
    is False, StoreAway when it does not answer, StoreNewer when it is of a later layout.
    """
    scheme, found, rest = address.partition("://")
    if not found:
        return SqliteStore(_file(address), create=create)
    if scheme == "sqlite" and rest.startswith("/"):
        return SqliteStore(_file("/" + unquote(rest).lstrip("/")), create=create)
    if scheme in ("mongodb", "mongodb+srv"):
        from store.mongo import MongoStore  # pymongo is loaded by those who use it

        return MongoStore(address, create=create)
    # Whatever follows may hold a password: only the scheme is said again.
    raise WrongUse(
        f"no store can be opened at an address of the form {scheme + '://…'!r}", repair=_FORMS
    )


def address_from(environ: Mapping[str, str]) -> str:
    """Return the address of the store: TINSO_STORE, else the file `tinso.db` at home."""
    return environ.get("TINSO_STORE") or str(home_from(environ) / "tinso.db")


def home_from(environ: Mapping[str, str]) -> Path:
    """Return the folder for what tinso keeps: TINSO_HOME, else `tinso` in the XDG data home.

    A relative XDG_DATA_HOME does not count (XDG Base Directory Specification 0.8).
    """
    if named := environ.get("TINSO_HOME"):
        return Path(named).expanduser().absolute()
    shared = Path(environ.get("XDG_DATA_HOME", ""))
    if shared.is_absolute():
        return shared / "tinso"
    home = environ.get("HOME")
    return (Path(home) if home else Path.home()) / ".local" / "share" / "tinso"


def _file(named: str) -> Path:
    if not named.strip("/") or named == ":memory:":
        raise WrongUse(f"{named!r} names no store", repair=_FORMS)
    path = Path(named).expanduser().absolute()
    if path.is_dir():
        raise WrongUse("is a folder", about=named, repair=f"name a file in it: {path / 'tinso.db'}")
    return path
