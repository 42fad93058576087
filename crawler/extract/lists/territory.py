"""What belongs to a row of a list beside the element around its links.

Where title, date and lead are siblings, as in flat lists and the tables of Joomla 1.5, what
stands between two rows belongs to the one above, or, in lists that begin with a date, to the one
below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from crawler.clean.text import one_line
from crawler.extract.dates import date_in, dated_line
from crawler.extract.lists.boxes import title_above
from crawler.extract.lists.rows import Row
from crawler.extract.select import Element, text_of

_MOST_BESIDE = 6
_MOST_SIBLINGS = 30


@dataclass(frozen=True, slots=True)
class Territory:
    """A row and its surroundings."""

    row: Row
    beside: tuple[Element, ...]
    """Siblings of the row's element that hold no links of the list, the nearest first."""
    above: str | None
    """The line above the row's box where that is the date of all its rows: lists by days have
    several; the date above a single box may be today's."""


def territories(rows: Sequence[Row]) -> Iterator[Territory]:
    """Give each row what stands beside it."""
    holders = {node for row in rows for node in (row.node, *row.node.iterancestors())}
    first: dict[Element | None, Element] = {}
    for row in rows:
        first.setdefault(row.node.getparent(), row.node)
    above = {parent: title_above(node, holders) for parent, node in first.items()}
    days = {line for line in above.values() if line and date_in(dated_line(line))}
    before = {parent: _dates_come_first(node, holders) for parent, node in first.items()}
    for row in rows:
        parent = row.node.getparent()
        line = above[parent]
        yield Territory(
            row,
            tuple(_siblings(row.node, holders, preceding=before[parent])),
            line if line in days and len(days) > 1 else None,
        )


def _dates_come_first(first: Element, holders: set[Element]) -> bool:
    """Tell whether the siblings before the first row hold its date: they do, and those after the
    last one do not."""
    parent = first.getparent()
    if parent is None or not _dated(_siblings(first, holders, preceding=True)):
        return False
    last = next((node for node in parent.iterchildren(reversed=True) if node in holders), first)
    return not _dated(_siblings(last, holders, preceding=False))


def _dated(nodes: Sequence[Element]) -> bool:
    return any(date_in(dated_line(text_of(node))) for node in nodes)


def _siblings(row: Element, holders: set[Element], *, preceding: bool) -> list[Element]:
    found: list[Element] = []
    for node in islice(row.itersiblings(preceding=preceding), _MOST_SIBLINGS):
        if node in holders or len(found) >= _MOST_BESIDE:
            break
        if isinstance(node.tag, str) and one_line(text_of(node)):
            found.append(node)
    return found
