"""Addresses: absolute, and canonical where they name an article."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from store.content import SESSION_IN_PATH

_DROPPED = re.compile(
    r"(?:utm_\w+|fbclid|gclid|zarsrc|mc_[ce]id|_gl?|phpsessid|jsessionid|aspsessionid\w*"
    r"|\w*_?redirect|\w*inheritredirect|p_p_auth|tmpl|print)",
    re.IGNORECASE,
)
"""Query keys that name a visit or a view, never an article (Liferay 6.2 and 7, Joomla 3)."""

_VISIT = re.compile(r"(?:sid|s|session_?id|sess(?:ion)?)=[0-9A-Za-z,-]{20,}", re.IGNORECASE)
"""A visit's number under a name that is also given to other things (`sid=` of a portal's site)."""

_AMP = re.compile(r"/amp/?$")
_STUTTER = re.compile(r"(/[a-z]{2}(?:-[a-z]{2})?)\1+(?=/|$)|(/[^/]+)\2{2,}(?=/|$)", re.IGNORECASE)
"""What relative links grow to where they should start from the root: `/en/en/en/`."""

_MAY_BE_MORE = ("?", "#", ";", "/(")
"""What stands in an address that may not be canonical, unless it ends in `/amp` or stutters."""

_LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE_IN_PATH = "%/:=&?~#+!$,;'@()*[]|"
_HOSTLESS = re.compile(r"https?:(?://(?:[/?#]|$)|(?!//))", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x1f\x7f\ufeff\u200b-\u200f]")
_SIGNS = r"[\w.~!$'()*+,:@=&/-]*"
_KEPT_ESCAPE = r"%(?:[0189A-F][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF])"
"""Of what an address cannot hold as it is, in capitals."""
_PIECES = rf"{_SIGNS}(?:{_KEPT_ESCAPE}{_SIGNS})*"
_PLAIN = re.compile(
    r"https?://[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::(?!80/|443/)[1-9]\d{1,3})?"
    rf"/{_PIECES}(?:\?(?=.){_PIECES})?",
    re.ASCII,
)
"""An address in which nothing is to be mended, as most are, unless `/.` stands in it."""


def is_http(url: str) -> bool:
    """Tell whether `url` is an absolute http or https address."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


@lru_cache(4096)  # a page names its pictures twice and its own address often
def absolute(url: str, base: str | None = None) -> str:
    """Make `url` absolute and pure ASCII, and change nothing else.

    Raises ValueError for what is no http or https address.
    """
    plain = url
    if base and url.startswith("/") and not url.startswith("//"):
        plain = base[: f"{base}/".find("/", len("https://"))] + url
    if "/." not in plain and _PLAIN.fullmatch(plain):
        return plain
    url = _UNSEEN.sub("", url).strip()
    if _HOSTLESS.match(url):
        raise ValueError(f"{url!r} has no host")
    joined = urljoin(base or "", url)
    parts = urlsplit(joined)
    if not is_http(joined):
        raise ValueError(f"{url!r} is no web address")
    path = _remove_dots(_escape(parts.path)) or "/"
    return urlunsplit(
        (parts.scheme.lower(), _host(joined), path, _escape(parts.query), _escape(parts.fragment))
    )


def canonical(url: str, base: str | None = None) -> str:
    """Name the page behind `url` by one address.

    No fragment, no default port (443 on http neither), no session, tracking, redirect or print
    parameters, no copy for phones (`/amp`), no folder over and over (`/en/en/`). Raises ValueError
    for what is no http or https address.
    """
    address = absolute(url, base)
    if not (any(sign in address for sign in _MAY_BE_MORE) or _may_stutter(address)):
        return address
    parts = urlsplit(address)
    path = _AMP.sub("", SESSION_IN_PATH.sub("", parts.path))
    path = _STUTTER.sub(r"\1\2", path) or "/"
    pairs = [pair.removeprefix("amp;").rstrip("+") for pair in parts.query.split("&")]
    query = "&".join(pair for pair in pairs if pair and not _names_visit(pair))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def absolute_or_none(url: str, base: str | None = None) -> str | None:
    """Return `absolute` of an address; None for what is none."""
    try:
        return absolute(url, base)
    except ValueError:
        return None


def canonical_or_none(url: str, base: str | None = None) -> str | None:
    """Return `canonical` of an address; None for what is none."""
    try:
        return canonical(url, base)
    except ValueError:
        return None


def site_of(url: str) -> str:
    """Name the host and port of an address, without the `www.` that sites have or have not."""
    return bare_netloc(urlsplit(url).netloc)


def bare_netloc(netloc: str) -> str:
    """Name a host and port without `www.`, in lower case."""
    return netloc.lower().removeprefix("www.")


def _may_stutter(address: str) -> bool:
    folders = address[len("https://") :].rstrip("/").split("/")
    return folders[-1] == "amp" or len({*folders}) < len(folders)


def _names_visit(pair: str) -> bool:
    return bool(_DROPPED.fullmatch(pair.split("=")[0]) or _VISIT.fullmatch(pair))


def _host(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if ":" in host:
        host = f"[{host}]"
    if not re.fullmatch(r"[a-z0-9._\-\[\]:]+", host):
        raise ValueError(f"{url!r} has no valid host")
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def _escape(part: str) -> str:
    escaped = quote(_LOOSE_PERCENT.sub("%25", part), safe=_SAFE_IN_PATH, errors="replace")
    return _ESCAPE.sub(_shortest, escaped)


def _shortest(escape: re.Match[str]) -> str:
    char = chr(int(escape[0][1:], 16))
    return char if char in _UNRESERVED else escape[0].upper()


def _remove_dots(path: str) -> str:
    """Resolve `.` and `..` (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)
