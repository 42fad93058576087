"""Rows that stand at like places of a page, and what they look like together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.clean.text import one_line
from crawler.extract.lists.links import kind
from crawler.extract.lists.rows import Row
from crawler.extract.select import Element, text_of

_LEAD_CHARS = 40
_MAX_ROW_CHARS = 600
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


@dataclass(slots=True, eq=False)
class Group:
    """Rows at like places."""

    rows: list[Row] = field(default_factory=list)
    title: str | None = None
    is_side: bool = False
    """A box beside the list, by its title or its name."""
    weight: float = 0.0

    def is_rich(self) -> bool:
        """Tell whether most rows show a picture, a lead or a date beside the title."""
        rich = sum(1 for row in self.rows if is_rich(row))
        return 2 * rich > len(self.rows)

    def around(self) -> Element:
        """Return the smallest element that holds all its rows."""
        common = [self.rows[0].node, *self.rows[0].node.iterancestors()]
        for row in self.rows[1:]:
            own = {row.node, *row.node.iterancestors()}
            common = [above for above in common if above in own]
        return common[0]

    def is_told(self) -> bool:
        """Tell whether most rows show a lead."""
        told = sum(1 for row in self.rows if has_lead(row))
        return 2 * told > len(self.rows)

    def size(self) -> int:
        """Count the words of titles and of what stands beside them; dates and leads make a list."""
        return sum(min(len(one_line(text_of(row.node))), _MAX_ROW_CHARS) for row in self.rows)

    def average(self) -> float:
        """Return the length of its titles."""
        return sum(len(row.title) for row in self.rows) / len(self.rows)


def grouped(rows: Sequence[Row]) -> list[Group]:
    """Put together the rows that stand at like places."""
    groups: dict[tuple[int, str], Group] = defaultdict(Group)
    places = _Places()
    for row in rows:
        groups[places.of(row.node.getparent()), str(row.node.tag)].rows.append(row)
    return list(groups.values())


class _Places:
    """Numbers the ways from the page's root to its elements; cells of a table are columns."""

    def __init__(self) -> None:
        self._known: dict[Element | None, int] = {None: 0}
        self._numbers: dict[tuple[int, str], int] = {}

    def of(self, node: Element | None) -> int:
        """Return the number of the way to `node`: the same for elements at like places."""
        missing: list[Element] = []
        while node is not None and node not in self._known:
            missing.append(node)
            node = node.getparent()
        place = self._known[node]
        for below in reversed(missing):
            name = kind(below)
            if below.tag in {"td", "th"}:
                name += str(sum(1 for _ in below.itersiblings(preceding=True)))
            place = self._numbers.setdefault((place, name), len(self._numbers) + 1)
            self._known[below] = place
        return place


def is_rich(row: Row) -> bool:
    """Tell whether a row shows a picture, a lead or a date."""
    return _has_picture(row) or says_more(row)


def says_more(row: Row) -> bool:
    """Tell whether a row shows a lead or a date."""
    return has_lead(row) or shows_date(row.node)


def _has_picture(row: Row) -> bool:
    return next(row.node.iter("img", "time"), None) is not None


def has_lead(row: Row) -> bool:
    """Tell whether a row says more than its title; other links, as a menu's, do not count."""
    links = {link.node for link in row.links}
    others = (node for node in row.node.iter("a") if node not in links)
    said = len(one_line(text_of(row.node))) - sum(len(one_line(text_of(node))) for node in others)
    return said - len(row.title) >= _LEAD_CHARS


def shows_date(node: Element) -> bool:
    """Tell whether a day is written in an element."""
    return bool(_DATE.search(one_line(text_of(node))))
