"""Entries of a list whose link leaves the site: kept for what the list says of them.

Only rows of the list proper count: those among rows that lead to articles, and that show a date
where those do. What is named a banner, a partner or an advertisement is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from crawler.clean.text import one_line
from crawler.clean.urls import canonical_or_none
from crawler.extract.date_order import SourceDates
from crawler.extract.entries import Placed, row_entry
from crawler.extract.lists.links import kind
from crawler.extract.lists.outside import stands_outside
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.extract.select import Element, elements, text_of

_LEAST_WORDS = 4
_LEAST_CHARS = 15
_NO_NEWS = re.compile(
    r"banner|quang-?_?cao|advert|sponsor|doi-?_?tac|partner|lien-?_?ket|weblink"
    r"|(?:^|[-_ ])ads?(?:$|[-_ ])",
    re.IGNORECASE,
)


def entries_leaving(
    page: Page,
    rows: Sequence[Element],
    placed: Sequence[Placed],
    rules: Rules,
    *,
    leaves: Callable[[str], bool],
    dates: SourceDates,
) -> list[Placed]:
    """Read the rows that leave the site, among `placed`, the entries that do not.

    `rows` are those that a rule matched; empty where there was none. None are read where they are
    more than the articles: that is a list of links.
    """
    dated = sum(1 for _, entry in placed if entry.date)
    must_show = 2 * dated > len(placed)
    found: dict[str, Placed] = {}
    outside: dict[Element, bool] = {}
    for row in _other_rows(rows, [node for node, _ in placed]):
        link = _link(page, row, rules, leaves)
        if link is None or _is_named_other(row) or stands_outside(link[0], outside):
            continue
        entry = row_entry(page, row, link, rules, dates, leaves=True)
        if entry.title and _is_title(entry.title) and (entry.date or not must_show):
            found.setdefault(entry.url, (row, entry))
    return list(found.values()) if len(found) <= len(placed) else []


def _other_rows(rows: Sequence[Element], taken: Sequence[Element]) -> Iterator[Element]:
    """Yield the rows that gave no entry: the rule's, else what stands among the rows like them."""
    seen = set(taken)
    parents = ((row, row.getparent()) for row in taken if not rows)
    beside = (
        node
        for row, parent in parents
        for node in (parent if parent is not None else ())
        if isinstance(node.tag, str) and node.tag == row.tag and kind(node) == kind(row)
    )
    for node in (*rows, *beside):
        if node not in seen:
            seen.add(node)
            yield node


def _link(
    page: Page, row: Element, rules: Rules, leaves: Callable[[str], bool]
) -> tuple[Element, str] | None:
    """Take the title's link, if every link of the row that says something leaves the site."""
    links = [
        (node, url)
        for css in (*rules.entry_link, "a[href]")
        for node in elements(row, css)
        if one_line(text_of(node))
        and (url := canonical_or_none(node.get("href") or "", page.base_url))
    ]
    if not links or not all(leaves(url) for _, url in links):
        return None
    return next((link for link in links if _is_title(one_line(text_of(link[0])))), None)


def _is_title(words: str) -> bool:
    return len(words) >= _LEAST_CHARS and len(words.split()) >= _LEAST_WORDS


def _is_named_other(row: Element) -> bool:
    """Tell a row that is named an advertisement, by itself or what it holds."""
    names = (f"{node.get('class') or ''} {node.get('id') or ''}" for node in row.iter("*"))
    return any(map(_NO_NEWS.search, names))
