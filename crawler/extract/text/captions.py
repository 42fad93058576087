"""Words under a picture that are its caption: by their look, a photographer, a cell of their own.

A caption is no running text: what is wrongly taken for one is lost to it. So a plain line is one
only where something says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.select import Element
from crawler.extract.text.style import (
    HasParent,
    alignment,
    ancestors,
    is_bold,
    is_set_apart,
    names_caption,
)

CAPTION_MAX_CHARS = 300
_CENTRED_MAX_CHARS = 180
_CELL_MAX_CHARS = 200
_TABLE_ELEMENTS = 60
_FRAME_PARTS, _LEAST_BESIDE = 3, 2
_LINES = frozenset({"div", "p"})
_CREDIT = re.compile(
    r"(?:^|[.!?…”\"'(\[/–—-]\s*|\s[(\[])"
    r"(?:(?:nguồn\s+)?(?:ảnh|hình)(?:\s+(?:minh\s+h(?:ọa|oạ|oa)|tư\s+liệu|internet|chụp|cắt)\b.{0,40}|\s*:.{1,60}"
    r"|\s+(?-i:[A-ZĐ])[^.;:]{1,40}/[^.;:]{2,20})|photo\s*:.{1,60})[.)\]\s]*$",
    re.IGNORECASE,
)
"""Ends of a line that name who took a picture; "Tin, ảnh: …" signs a text."""
_SIGNS_TEXT = re.compile(
    r"^\W*(?:tin|bài|thực hiện|clip|video)\b[^:]{0,20}\bảnh\s*:", re.IGNORECASE
)
_PICTURE = re.compile(r"ảnh|hình|photo", re.IGNORECASE)
_PICTURES_WORDS = re.compile(
    r"(?:im(?:a?ge?)|photo|picture|anh|hinh)[-_]?(?:title|desc|text|name|note|alt)"
    r"|(?:title|desc|tieu-?de|note|alt|chu-?thich)[-_]?(?:im(?:a?ge?)|photo|picture|anh|hinh)(?![a-z])",
    re.IGNORECASE,
)
_CALLED_PICTURE = re.compile(
    r"(?<![a-z])(?:images?|photos?|pictures?|pic|hinh-?anh)(?![\w-])", re.IGNORECASE
)
_LEVELS = 4
_CREDIT_CHARS = 90
_CREDIT_WORDS = 12


def is_caption(slots: Sequence[HasParent], text: str) -> bool:
    """Tell whether a line under a picture is its caption."""
    if len(text) > CAPTION_MAX_CHARS:
        return False
    aligned = alignment(slots)
    if aligned == "right":  # as signatures are
        return False
    if credits_picture(text) or is_set_apart(slots):
        return True
    centred = aligned == "center" and len(text) <= _CENTRED_MAX_CHARS
    own = len(text) <= _CELL_MAX_CHARS and (
        _has_own_cell(slots) or _shares_frame(slots) or _is_called_picture(slots)
    )
    return (centred or own) and not is_bold(slots)


def credits_picture(text: str) -> bool:
    """Tell whether a line ends in, or is, the name of a picture's photographer."""
    end = text if len(text) <= _CREDIT_CHARS else f"x{text[-_CREDIT_CHARS:]}"
    if not _PICTURE.search(end) or _SIGNS_TEXT.match(text):
        return False
    found = _CREDIT.search(end)
    return found is not None and len(found[0].split()) <= _CREDIT_WORDS


def in_caption(node: Element) -> bool:
    """Tell an element that is, or stands in, what is called a caption."""
    around: Element | None = node
    for _ in range(_LEVELS):
        if around is None:
            return False
        if around.tag == "figcaption" or names_caption(around) or _names_picture(around):
            return True
        around = around.getparent()
    return False


def _names_picture(node: Element) -> bool:
    """Tell an element whose class calls its words a picture's: `img-title`, `tieude-anh`."""
    names = _PICTURES_WORDS.search(node.get("class") or "")
    return names is not None and next(node.iter("img"), None) is None


def _has_own_cell(slots: Sequence[HasParent]) -> bool:
    """Tell whether a line stands alone in a cell, below that of a picture: nothing else is there.

    A table of one column that holds more is a layout, with a paragraph a row.
    """
    cell = _around(slots, "td")
    row = cell.getparent() if cell is not None else None
    if cell is None or row is None or row.tag != "tr" or len(row) != 1:
        return False
    table = row.getparent()
    above = row.getprevious()
    if table is None or above is None or row.getnext() is not None or len(table) != 2:
        return False
    if _is_long(table) or cell.find(".//img") is not None or above.find(".//img") is None:
        return False
    return len(one_line("".join(map(str, table.itertext())))) <= _CELL_MAX_CHARS


def _shares_frame(slots: Sequence[HasParent]) -> bool:
    """Tell whether a line stands alone with a picture in an element amid paragraphs of the text."""
    line = next((slot.parent for slot in slots if slot.text.strip()), None)
    while line is not None and line.tag not in _LINES:
        line = line.getparent()
    frame = line.getparent() if line is not None else None
    around = frame.getparent() if frame is not None else None
    if line is None or frame is None or around is None or frame.tag != "div":
        return False
    *pictures, last = islice(frame.iterchildren(etree.Element), _FRAME_PARTS + 1)
    if last is not line or not pictures or one_line(frame.text or ""):
        return False
    if not all(map(_is_picture, pictures)):
        return False
    beside = islice(around.iterchildren("p"), _LEAST_BESIDE)
    return len([*beside]) == _LEAST_BESIDE


def _is_called_picture(slots: Sequence[HasParent]) -> bool:
    """Tell whether a line stands in an element that is called a picture, and holds one."""
    box = _around(slots, "div")
    if box is None or not _CALLED_PICTURE.search(box.get("class") or ""):
        return False
    if _is_long(box) or box.find(".//img") is None:
        return False
    return len(one_line("".join(map(str, box.itertext())))) <= _CELL_MAX_CHARS


def _around(slots: Sequence[HasParent], tag: str) -> Element | None:
    """Return the nearest element of that name around a line's first words."""
    first = next((slot for slot in slots if slot.text.strip()), None)
    return next((node for node in ancestors(first) if node.tag == tag), None) if first else None


def _is_picture(node: Element) -> bool:
    """Tell an element that holds pictures and no words."""
    if one_line("".join(map(str, node.itertext())) + (node.tail or "")):
        return False
    return node.tag == "img" or node.find(".//img") is not None


def _is_long(table: Element) -> bool:
    return next(islice(table.iter(), _TABLE_ELEMENTS, None), None) is not None
