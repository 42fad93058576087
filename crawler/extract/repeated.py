"""The entries of a list that no rule knows: rows around links to articles, alike, over and over.

Rows that stand at like places of the page are a group. On a home page every group of news counts:
its boxes have many shapes. Elsewhere one group is the list, with what stands among its rows and the
feature above them; boxes of newest, most read and other news are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from urllib.parse import urlsplit

from crawler.extract.lists.boxes import (
    are_columns,
    depth_of_meeting,
    in_side_box,
    is_others_title,
    is_side_box,
    is_side_title,
    title_above,
    title_within,
    turning_links,
)
from crawler.extract.lists.groups import Group, grouped, has_lead, is_rich, says_more, shows_date
from crawler.extract.lists.links import LEAST_TITLE_CHARS, SHORTEST_TITLE_CHARS, kind
from crawler.extract.lists.rows import Row, rows_on
from crawler.extract.page import Page
from crawler.extract.select import Element

_MIN_TITLE_CHARS = 15
_PROVING = 2
"""Titles of usual length that prove a list in which one of a few letters may stand."""
_MENU_CHARS = 28
"""Names of sections are shorter on average, titles longer."""
_HEADLINE_CHARS = 45
"""Most names of pages are shorter: of bare links to addresses without numbers only longer ones
are news."""
_MAX_ENTRIES = 300
_NEAR = 3
"""How deep in the tree a list and its pager meet, at least: below the body's own parts."""
_HOME = re.compile(
    r"/?(?:(?:vi|en|vn|vi-vn|en-us|web/guest|portal)(?:/|$))?"
    r"(?:(?:index|default|home|main|trang-?chu)(?:\.\w{2,5})?/?)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_UNIT = re.compile(
    r"(?:văn phòng|thanh tra|phòng|ban|chi cục|cục|trung tâm|sở|ubnd|chi nhánh|đội|khoa|viện)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:không có|không tìm thấy|chưa có|hiện chưa|đang cập nhật)\s(?:\w+\s){0,3}"
    r"(?:bài|tin|bản ghi|dữ liệu|kết quả|nội dung|trang)|no (?:items|results|articles) ",
    re.IGNORECASE,
)


class _Lists:
    """The groups of one page."""

    def __init__(self, page: Page, is_article: Callable[[str], bool]) -> None:
        self.page = page
        rows = rows_on(page, is_article)
        self.holders = {node for row in rows for node in (row.node, *row.node.iterancestors())}
        self.order = {row.node: index for index, row in enumerate(rows)}
        self.groups = [group for group in grouped(rows) if self._is_possible(group)]
        for group in self.groups:
            first = group.rows[0]
            group.title = title_above(first.node, self.holders)
            if len(group.rows) == 1:
                group.title = title_within(first.node, first.link.node) or group.title
            group.is_side = is_side_title(group.title, page)

    def _is_possible(self, group: Group) -> bool:
        sure = sum(1 for row in group.rows if row.sure)
        if 2 * sure < len(group.rows):
            return False
        least = self._least_chars(group)
        kinds = Counter(kind(row.node) for row in group.rows)
        group.rows = [
            row
            for row in group.rows
            if len(row.title) >= least
            and not (kinds[kind(row.node)] == 1 < len(group.rows) and self._is_box(row))
        ][:_MAX_ENTRIES]
        return bool(group.rows)

    def _least_chars(self, group: Group) -> int:
        """Tell how short a title may be: of a few letters only among several that are long."""
        if group.average() < _MIN_TITLE_CHARS:
            return _MIN_TITLE_CHARS
        long = sum(1 for row in group.rows if len(row.title) >= _MIN_TITLE_CHARS)
        return SHORTEST_TITLE_CHARS if long >= _PROVING else LEAST_TITLE_CHARS

    def _is_box(self, row: Row) -> bool:
        """Tell a box of a single link that stands among rows."""
        return is_side_title(title_within(row.node, row.link.node), self.page)

    @cached_property
    def turns(self) -> list[Element]:
        return turning_links(self.page)

    def of_home(self) -> list[Row]:
        """Take every group but names of sections."""
        return [
            row
            for group in self.groups
            if not self._is_menu(group)
            for row in group.rows
            if row.sure
        ]

    def of_list(self) -> list[Row]:
        """Take the heaviest group, what stands among its rows, and the features above."""
        best = self._best()
        if best is None:
            return []
        around = best.around()
        found = {*best.rows, *self._around(best)}
        for group in self.groups:
            for row in group.rows:
                inside = around in row.node.iterancestors() and not in_side_box(row.node, around)
                if inside and not group.is_side:
                    found.add(row)
        listed = {row.url for row in best.rows}
        return [row for row in found if row.url not in listed or row in best.rows]

    def _best(self) -> Group | None:
        lists = [group for group in self.groups if len(group.rows) > 1 or self._is_only(group)]
        if not lists:
            return None
        depths = [self._turned(group) for group in lists]
        deepest = max(depths)
        for group, depth in zip(lists, depths, strict=True):
            factor = 3.0 if depth == deepest > _NEAR else 1.0
            beside = group.is_side or in_side_box(group.rows[0].node, None)
            group.weight = group.size() * factor * (0.15 if beside else 1.0)
        best = max(lists, key=lambda group: group.weight)
        return None if self._is_no_list(best, depths[lists.index(best)]) else best

    def _is_only(self, group: Group) -> bool:
        """Tell a list of a single entry: with a lead, and a date or a pager below it."""
        row = group.rows[0]
        if not row.sure or group.is_side or not has_lead(row):
            return False
        # what is alone in its page is as large as that: its link is where it stands
        return shows_date(row.node) or depth_of_meeting(row.link.node, self.turns) > _NEAR

    def _turned(self, group: Group) -> int:
        return depth_of_meeting(group.around(), self.turns)

    def _is_no_list(self, group: Group, turned: int) -> bool:
        """Tell a box of bare links on a page without a list, and the parts of an office."""
        units = sum(1 for row in group.rows if _UNIT.match(row.title))
        if units * 4 >= len(group.rows) * 3:
            return True
        if turned > _NEAR:
            return False
        if group.is_side:
            return not group.is_told()
        if group.is_rich():
            return False
        if group.average() < (_MENU_CHARS if _are_numbered(group.rows) else _HEADLINE_CHARS):
            return True
        return bool(_NOTHING.search(self.page.text))

    def _around(self, best: Group) -> Iterator[Row]:
        """Climb from the list: above it in its column stand features, below it perhaps the rest.

        Above all columns stands what counts only if it is of the list's own folder.
        """
        node: Element | None = best.around()
        folder = _folder(best.rows)
        in_column = True
        while node is not None and node.tag not in {"body", "html"}:
            before = [box for box in node.itersiblings(preceding=True) if box in self.holders]
            after = [box for box in node.itersiblings() if box in self.holders]
            beside = any(are_columns(box, node) for box in (*before, *after))
            in_column = in_column and not beside
            for box in () if beside else before:
                rows = list(self._features(box))
                if in_column:
                    yield from rows
                    in_column = bool(rows)
                elif folder and _folder(rows) == folder:
                    yield from rows
            for box in after if in_column else ():
                yield from self._rest(box)
            node = node.getparent()

    def _features(self, box: Element) -> Iterator[Row]:
        for group in self.groups:
            inside = [
                row for row in group.rows if row.node is box or box in row.node.iterancestors()
            ]
            if not inside or group.is_side or is_side_box(box) or in_side_box(inside[0].node, box):
                continue
            if any(map(is_rich, inside)) and not self._is_menu(group):
                yield from inside

    def _is_menu(self, group: Group) -> bool:
        """Tell names of sections, which may have a small picture each."""
        return group.average() < _MENU_CHARS and not any(map(says_more, group.rows))

    def _rest(self, box: Element) -> Iterator[Row]:
        for group in self.groups:
            inside = [
                row for row in group.rows if row.node is box or box in row.node.iterancestors()
            ]
            if not inside:
                continue
            first = inside[0].node
            title = title_within(first, inside[0].link.node) if len(inside) == 1 else group.title
            rich = group.is_rich() and not (self._is_menu(group) or in_side_box(first, None))
            if is_others_title(title or group.title) or (title is None and rich):
                yield from inside


def _folder(rows: Sequence[Row]) -> str:
    """Return the folder that all addresses share; empty for none, or the root."""
    folders = {urlsplit(row.url).path.rpartition("/")[0] for row in rows}
    return folders.pop() if len(folders) == 1 else ""


def repeated_rows(page: Page, is_article: Callable[[str], bool]) -> list[Row]:
    """Find the rows of a list, in the page's order; none where the page has no list."""
    lists = _Lists(page, is_article)
    found = lists.of_home() if is_home(page.url) else lists.of_list()
    return sorted(_numbered(found), key=lambda row: lists.order[row.node])


def is_home(url: str) -> bool:
    """Tell whether an address is that of a site's home page, in whatever language."""
    parts = urlsplit(url)
    return bool(_HOME.fullmatch(parts.path)) and not parts.query


def _numbered(rows: list[Row]) -> list[Row]:
    """Leave out sections and standing pages where the addresses of the articles bear numbers."""
    return [row for row in rows if row.numbered] if _are_numbered(rows) else rows


def _are_numbered(rows: Sequence[Row]) -> bool:
    return 10 * sum(1 for row in rows if row.numbered) >= 7 * len(rows)
