"""What every bundled recipe keeps to."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from unicodedata import is_normalized

import pytest

from crawler.recipe import BUNDLED, find_sources, read_recipe
from store.provinces import MINISTRY, provinces

FILES = find_sources((BUNDLED,))


@pytest.mark.parametrize("source_id", FILES)
def test_a_recipe_keeps_to_the_conventions(source_id: str) -> None:
    path = FILES[source_id]
    source = read_recipe(path, root=BUNDLED)
    text = path.read_text(encoding="utf-8")
    assert source.id == source_id
    assert source_id.split("/")[0] in {*provinces(), MINISTRY}
    assert is_normalized("NFC", text)
    assert text.startswith("# Seen: "), "a line of comment says where the facts are from"
    assert not source.recipe.checked, "nobody can have checked it live yet"
    assert len(source.recipe.model_dump(exclude_defaults=True)) <= 9


@pytest.mark.parametrize("source_id", FILES)
def test_the_address_that_a_recipe_was_seen_by_is_an_articles(source_id: str) -> None:
    first = FILES[source_id].read_text(encoding="utf-8").splitlines()[0]
    seen = re.search(r"https?://\S+?(?=/amp | \()", first)
    if seen is None or "…" in seen[0]:
        return
    assert read_recipe(FILES[source_id], root=BUNDLED).is_article(seen[0])


def test_no_host_belongs_to_two_sources() -> None:
    hosts = Counter(
        host for path in FILES.values() for host in set(read_recipe(path, root=BUNDLED).hosts)
    )
    assert [host for host, count in hosts.items() if count > 1] == []


def test_no_host_stands_in_the_code() -> None:
    root = Path(BUNDLED).parent
    for file in [*root.rglob("*.py"), *root.parent.glob("store/*.py")]:
        for line in file.read_text(encoding="utf-8").splitlines():
            if re.search(r"\bif\b|\bcase\b|==", line) and not line.lstrip().startswith(("#", '"')):
                assert not re.search(r"[\"'][\w.-]+\.gov\.vn", line), f"{file}: {line}"
