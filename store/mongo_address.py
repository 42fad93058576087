"""What of a MongoDB address may be shown, and what never."""

from __future__ import annotations

from urllib.parse import unquote


def public(address: str) -> str:
    """Return the address without password and options, which may hold secrets too."""
    scheme, user, _, hosts = _parts(address)
    return f"{scheme}://{user}@{hosts}" if user else f"{scheme}://{hosts}"


def hidden(address: str) -> tuple[str, ...]:
    """Return what must stand in no message: the password, as written and as meant."""
    password = _parts(address)[2]
    return tuple({password, unquote(password)}) if password else ()


def _parts(address: str) -> tuple[str, str, str, str]:
    """Split into scheme, user, password, and hosts with the database.

    The last `@` counts: a password with an unescaped one is wrong, but must not be shown either.
    """
    scheme, _, rest = address.partition("://")
    login, _, place = rest.rpartition("@")
    user, _, password = login.partition(":")
    return scheme, user, password, place.partition("?")[0]
