"""Our own topics, told by wordings in title, rubric and lead."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

from store.text import words

_TABLE = Path(__file__).parent.parent / "topics.toml"


def topics_of(*texts: str | None) -> tuple[str, ...]:
    """Return the slugs of the topics that any of `texts` speaks of, sorted; marks do not matter."""
    wordings, found = _wordings(), set()
    for said in (words(text) for text in texts if text):
        for place, word in enumerate(said):
            for wording, slug in wordings.get(word, ()):
                if said[place : place + len(wording)] == wording:
                    found.add(slug)
    return tuple(sorted(found))


@cache
def _wordings() -> dict[str, list[tuple[list[str], str]]]:
    """Return first word → each wording that it opens, as folded words, and its topic's slug."""
    found: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for slug, topic in tomllib.loads(_TABLE.read_text(encoding="utf-8")).items():
        for form in topic["words"]:
            wording = words(form)
            found[wording[0]].append((wording, slug))
    return dict(found)
