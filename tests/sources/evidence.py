"""What the first line of a recipe says its facts are from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.recipe import Source
from crawler.recipes import BUNDLED, find_sources

_SEEN = re.compile(
    r"# (?P<what>Seen|Seen, no article): (?P<url>https?://\S+) \(\d{4}-\d\d\)"
    r"; list: (?P<list>[^;]+)(?:; (?P<note>.+))?"
)
_MEMORY = re.compile(
    r"# From memory: [^;]+; nobody saw the site \(\d{4}-\d\d\); list: the home page"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A page that somebody saw, or nothing but memory."""

    url: str | None
    """The page's address; None where nobody saw the site."""
    of_article: bool
    """The page is an article's."""


def evidence_of(source: Source) -> Evidence | None:
    """Read the first line of a bundled recipe; None where it has neither of the two forms."""
    line = find_sources((BUNDLED,))[source.id].read_text(encoding="utf-8").splitlines()[0]
    if seen := _SEEN.fullmatch(line):
        return Evidence(url=seen["url"], of_article=seen["what"] == "Seen")
    return Evidence(url=None, of_article=False) if _MEMORY.fullmatch(line) else None
