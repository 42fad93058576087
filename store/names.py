"""What an article is called: its id, and the names under which it may already be known."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from store.model import Article, local_time
from store.text import words

_NAMESPACE = UUID("5d0f3a52-3c0b-5f35-9a0e-6f2b3d1c7e44")
_PORTAL_STATE = re.compile(r"/!ut/.*")
_SLASHES = re.compile("/{2,}")
_FRONT = re.compile(r"^/(?:index\.php(?:/|$))?(?:vi(?:-vn)?(?:/|$))?", re.IGNORECASE)
_OWN_LANGUAGE = re.compile(r"(?:lang|language)=vi(?:-vn)?", re.IGNORECASE)
_TELLING_CHARS = 200
"""A text shorter than this may be told twice by two articles of one title and day."""


def mint(source: str, key: str) -> str:
    """Make the id of an article that nobody has seen before: a UUID, the same for the same key."""
    return str(uuid5(_NAMESPACE, f"{source}\n{key}"))


def aliases_of(source: str, *, key: str | None, url: str) -> tuple[str, ...]:
    """Name an article by the site's own key, if it has one, and by its canonical address."""
    by_address = f"{source} {name_of(url)}"
    return (f"{source} #{key}", by_address) if key else (by_address,)


def name_of(url: str) -> str:
    """Write what of an address names the article; for comparing, not for asking.

    Left out are the scheme, the host's `www.` and `m.`, usual ports, `index.php` before the path,
    the site's own language (`/vi/`, `language=vi`), the state of a portal (`/!ut/p/…`), doubled and
    last slashes; the parts of the query stand sorted.
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _SLASHES.sub("/", _PORTAL_STATE.sub("", parts.path))
    path = _FRONT.sub("/", path).rstrip("/") or "/"
    pairs = sorted(pair for pair in parts.query.split("&") if not _OWN_LANGUAGE.fullmatch(pair))
    query = "&".join(filter(None, pairs))
    return f"{bare_host(parts.hostname or '')}{port}{path}{f'?{query}' if query else ''}"


def bare_host(host: str) -> str:
    """Leave out `www.`, and the `m.` of pages for phones where a site's own name follows."""
    host = host.removeprefix("www.")
    return host[2:] if host.startswith("m.") and host.count(".") > 2 else host


def told_alias(article: Article) -> tuple[str, ...]:
    """Name an article by what it tells: its title, day and text, whatever its address.

    So the same article under another category, another slug or another CMS is known where neither
    key nor address is. Empty for one that tells too little to be told apart from a later notice.
    """
    text = " ".join(words(article.body_text))
    if len(text) < _TELLING_CHARS:
        return ()
    dated = article.published_from != "first-seen"
    day = day_of(article) if dated else ""
    told = "\n".join((" ".join(words(article.title)), day, text))
    return (f"{article.source} ={hashlib.sha256(told.encode()).hexdigest()[:32]}",)


def kind_of(alias: str) -> str:
    """Say what an alias is made of: `key`, `told` or `address`."""
    return {"#": "key", "=": "told"}.get(alias.partition(" ")[2][:1], "address")


def ids_of(article: Article) -> tuple[str, str]:
    """Return the id that an unknown article has, and the one where another has that already."""
    told = f"{article.id} {' '.join(words(article.title))} {day_of(article)}"
    return article.id, mint(article.source, told)


def day_of(article: Article) -> str:
    """Write the day of publication in Vietnam."""
    return local_time(article.published).date().isoformat()
