"""The number that a CMS gave an article, read off its address."""

from __future__ import annotations

import re


def key_in(article_address: re.Pattern[str], url: str) -> str | None:
    """Return the article's number; None where the address has none.

    Shape: the pattern's group `key`, or, of several forms, `key_2`, `key_3` …; with a group `scope`
    that matched, for a part of the site that counts its own articles, `scope/key`.
    """
    found = article_address.search(url)
    if found is None:
        return None
    groups = found.groupdict()
    keys = (value for name, value in groups.items() if name.startswith("key"))
    key, scope = next(filter(None, keys), None), groups.get("scope")
    return f"{scope}/{key}" if key and scope else key
