"""Tables that hold data, and tables that only lay out a page."""

from __future__ import annotations

import re

from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.select import Element

_HOLDS_OTHER = etree.XPath("boolean(descendant::table | descendant::img)")
_MUCH_TEXT_CHARS = 300
_MANY_PARAGRAPHS = 3
_ENDS_ROWS, _ENDS_CHARS = 4, 600
_HEAD_OR_END = re.compile(
    r"nơi\s+nhận\s*:|\(?đã\s+ký\)?|độc\s+lập\s*[-–—]\s*tự\s+do\s*[-–—]\s*hạnh\s+phúc", re.IGNORECASE
)
"""What stands in the head of an official letter, and beside the name of who signed it."""


def data_rows(table: Element) -> list[str] | None:
    """Write each row of a table of data that holds anything as its cells, joined by ` | `.

    The head and the signature of an official letter are such tables too. None for one that lays
    out text and pictures: one column, one row, a table within, pictures in the cells, a cell with
    several paragraphs, or little but links, as where other news are listed.
    """
    rows = [cells for cells in map(_cells, _rows(table)) if cells]
    if rows and _heads_or_ends_letter(rows):
        texts = [[text for text in map(_text, cells) if text] for cells in rows]
        return [" | ".join(cells) for cells in texts if cells]
    if len(rows) < 2 or max(map(len, rows)) < 2 or _HOLDS_OTHER(table) or _is_linked(table):
        return None
    texts = [[_text(cell) for cell in cells] for cells in rows]
    if not any(cell.tag == "th" for cells in rows for cell in cells):
        wide = sum(sum(map(bool, cells)) > 1 for cells in texts)
        if wide * 2 < len(rows) or any(_is_prose(cell) for cells in rows for cell in cells):
            return None
    return [" | ".join(cells) for cells in texts if any(cells)]


def _heads_or_ends_letter(rows: list[list[Element]]) -> bool:
    if len(rows) > _ENDS_ROWS or not 1 < max(map(len, rows)) < _ENDS_ROWS:
        return False
    text = "\n".join(_text(cell) for cells in rows for cell in cells)
    return len(text) <= _ENDS_CHARS and _HEAD_OR_END.search(text) is not None


def _rows(table: Element) -> list[Element]:
    return [row for row in table.iter("tr") if _table_of(row) is table]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _table_of(row: Element) -> Element | None:
    node = row.getparent()
    while node is not None and node.tag != "table":
        node = node.getparent()
    return node


def _is_linked(table: Element) -> bool:
    links = [*table.iter("a")]
    return len(links) > 1 and 2 * sum(len(_text(link)) for link in links) > len(_text(table))


def _is_prose(cell: Element) -> bool:
    paragraphs = sum(1 for node in cell.iter("p", "div") if len(_text(node)) > 100)
    return paragraphs >= _MANY_PARAGRAPHS and len(_text(cell)) > _MUCH_TEXT_CHARS


def _text(node: Element) -> str:
    return one_line(" ".join(node.itertext()))
