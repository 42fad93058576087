"""Tables that hold data, and tables that only lay out a page."""

from __future__ import annotations

from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.select import Element

_HOLDS_OTHER = etree.XPath("boolean(descendant::table | descendant::img)")
_MUCH_TEXT_CHARS = 300
_MANY_PARAGRAPHS = 3


def data_rows(table: Element) -> list[str] | None:
    """Write each row of a table of data that holds anything as its cells, joined by ` | `.

    None for one that lays out text and pictures: one column, one row, a table within, pictures in
    the cells, a cell with several paragraphs, or little but links, as where other news are listed.
    """
    rows = [cells for cells in map(_cells, _rows(table)) if cells]
    if len(rows) < 2 or max(map(len, rows)) < 2 or _HOLDS_OTHER(table) or _is_linked(table):
        return None
    texts = [[_text(cell) for cell in cells] for cells in rows]
    if not any(cell.tag == "th" for cells in rows for cell in cells):
        wide = sum(sum(map(bool, cells)) > 1 for cells in texts)
        if wide * 2 < len(rows) or any(_is_prose(cell) for cells in rows for cell in cells):
            return None
    return [" | ".join(cells) for cells in texts if any(cells)]


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
