"""The number that a CMS gave an article, read off its address, and the language that it is in."""

from __future__ import annotations

import re

from store.text import is_marked

_LANGUAGE = re.compile(
    r"^(?P<host>https?://[^/?#]+)(?P<front>/index\.php)?"
    r"/(?P<language>en|eng|english|fr|zh|ja|ko|ru|lo|km)(?:-[a-z]{2})?(?=/)",
    re.IGNORECASE,
)
_LEAST_MARKED = 0.3
"""Of the words of a Vietnamese text; news have two thirds, names in an English one a twentieth."""


def key_in(article_address: re.Pattern[str], url: str) -> str | None:
    """Return the article's number; None where the address has none.

    Shape: the pattern's group `key`, or, of several forms, `key_2`, `key_3` …; with a group `scope`
    that matched, for a part of the site that counts its own articles, `scope/key`. Where the
    pattern has no scope, another language than Vietnamese counts its own: `en/key`.
    """
    found = article_address.search(url)
    if found is None:
        return None
    groups = found.groupdict()
    keys = (value for name, value in groups.items() if name.startswith("key"))
    key, scope = next(filter(None, keys), None), groups.get("scope") or language_of(url)
    return f"{scope}/{key}" if key and scope else key


def language_of(url: str) -> str | None:
    """Return the folder of another language that an address lies in; None for Vietnamese."""
    found = _LANGUAGE.match(url)
    return found["language"].lower() if found else None


def at_home(article_address: re.Pattern[str], url: str, text: str) -> str:
    """Return the address under which a Vietnamese text is no other language's: `/en/` left out.

    A pattern with a scope of its own knows what a language's folder means on its sites.
    """
    found = article_address.search(url)
    scoped = found is not None and found.groupdict().get("scope")
    if scoped or language_of(url) is None or not is_vietnamese(text):
        return url
    return _LANGUAGE.sub(r"\g<host>\g<front>", url)


def is_vietnamese(text: str) -> bool:
    """Tell whether a text is written in Vietnamese, with its marks."""
    words = text.split()
    return sum(map(is_marked, words)) >= _LEAST_MARKED * len(words) > 0
