"""Our own topics, told by wordings in title, rubric and lead."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from store.text import words

_TABLE = Path(__file__).parent.parent / "topics.toml"


def topics_of(*texts: str | None) -> tuple[str, ...]:
    """Return the slugs of the topics that any of `texts` speaks of, sorted; marks do not matter."""
    folded = " | ".join(" ".join(words(text)) for text in texts if text)
    return tuple(sorted(slug for slug, wording in _wordings().items() if wording.search(folded)))


@cache
def topic_names() -> dict[str, str]:
    """Return slug → name, in the table's order."""
    return {slug: str(topic["name"]) for slug, topic in _table().items()}


@cache
def _table() -> dict[str, dict[str, object]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def _wordings() -> dict[str, re.Pattern[str]]:
    patterns = {}
    for slug, topic in _table().items():
        listed = topic["words"]
        forms = [" ".join(words(str(form))) for form in listed] if isinstance(listed, list) else []
        patterns[slug] = re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")
    return patterns
