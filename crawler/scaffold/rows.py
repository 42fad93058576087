"""The rows of a site's own lists, by their classes, where a family's rule misses them. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from crawler import reading
from crawler.clean.text import one_line
from crawler.extract.page import Page
from crawler.extract.repeated import repeated_rows
from crawler.extract.select import Element, text_of
from crawler.recipe import Select, Source
from crawler.scaffold.lists import LEAST_ENTRIES

_NAME = re.compile(r"[a-zA-Z][\w-]*")
_ANYTHING = re.compile(
    r"\.(?:clearfix|row|col(?:umn)?|media|card|item|panel|block|box|list|d|[mp][tbxy])\b"
)
"""Classes of frames of CSS, which say how a thing looks, not what it is."""
_MOST_DATE_CHARS = 80
_MOST_ROWS_WITHOUT = 0.2
"""Share of rows that may have no date."""


def own_rows(pages: Sequence[Page], source: Source) -> dict[str, str]:
    """Name the rows of lists, and the dates in them. Shape: field of `[select]` → CSS.

    Empty where the rows that are alike on `pages` have no class of their own.
    """
    found = [[row.node for row in repeated_rows(page, source.is_article)] for page in pages]
    lists = [rows for rows in found if len(rows) >= LEAST_ENTRIES]
    named = _in_common((_names(row) for rows in lists for row in rows), share=1.0)
    for css in sorted(named, key=lambda css: (bool(_ANYTHING.search(css)), _matches(css, pages))):
        told = {"entry": css}
        if all(
            _gives(page, with_select(source, told), len(rows))
            for page, rows in zip(pages, found, strict=True)
        ):
            date = _own_date([row for rows in lists for row in rows], source)
            return {**told, **({"entry_date": date} if date else {})}
    return {}


def with_select(source: Source, told: dict[str, str]) -> Source:
    """Let a source name elements of its own, beside those that it names."""
    own = {name: css for name, css in source.recipe.select if css}
    select = Select.model_validate({**own, **told})
    return Source(source.id, source.recipe.model_copy(update={"select": select}))


def _matches(css: str, pages: Iterable[Page]) -> int:
    return sum(len(page.select(css)) for page in pages)


def _gives(page: Page, source: Source, rows: int) -> bool:
    return len(reading.read_list(page, source).entries) >= max(rows, 1)


def _own_date(rows: Sequence[Element], source: Source) -> str | None:
    """Name the element that holds a date in nearly every row."""
    dates = source.dates()

    def is_date(node: Element) -> bool:
        said = one_line(text_of(node)) if isinstance(node.tag, str) else ""
        return 0 < len(said) <= _MOST_DATE_CHARS and dates.read(said, "css:row") is not None

    def dated(row: Element) -> Iterator[str]:
        for node in row.iter():
            if is_date(node) and not any(map(is_date, node)):
                yield from _names(node)

    return next(iter(_in_common(map(dated, rows), share=1 - _MOST_ROWS_WITHOUT)), None)


def _in_common(named: Iterable[Iterable[str]], *, share: float) -> list[str]:
    """List the selectors that name an element in at least that share, the commonest first."""
    each = [set(names) for names in named]
    count = Counter(css for names in each for css in sorted(names))
    return [css for css, times in count.most_common() if times >= share * len(each)]


def _names(node: Element) -> list[str]:
    classes = (node.get("class") or "").split()
    return [f"{node.tag!s}.{name}" for name in classes if _NAME.fullmatch(name)]
