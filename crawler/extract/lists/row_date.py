"""The date of a list's row that no rule knows: what reads as one in or beside it.

A line that is a date counts, not a sentence that tells one: "Ngày 15/11/2026, Sở tổ chức …" opens
a lead. The title's own words are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from crawler.clean.text import one_line
from crawler.extract.date_order import SourceDates
from crawler.extract.draft import Found, Moment
from crawler.extract.lists.links import kind
from crawler.extract.lists.rows import HEADINGS
from crawler.extract.moments.relative import is_relative
from crawler.extract.page import Page
from crawler.extract.select import Element
from crawler.extract.text.blocks import BLOCK_TAGS, spaced_text_of

_MOST_ELEMENTS = 300
_MAX_ELEMENT_CHARS = 120
_MAX_BESIDE_CHARS = 70
"""Of other words in a line that is a date: views, author, category."""
_OPENS = re.compile(
    r"^\W{0,3}(?:\d{1,2}:\d\d\W{1,3})?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[^.]{0,30}?[)\]:–—-]"
)
_GOES_ON = re.compile(r"^\s*,\s*(?:\w+[\s,&]+){3}|(?:\w+[\s,]+){7}.*[.…]$")
"""Behind a date: a sentence that it opens."""
_LEADS_IN = re.compile(r"(?:\w+\s+){5}$")
"""Before a date: a sentence that it stands in."""
_LABEL = re.compile(r"đăng|cập nhật|xuất bản|post|publi|submit", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}")
_MONTH = re.compile(r"\d{1,2}\s?[/.-]\s?\d{4}")
_ATTRIBUTES = ("datetime", "title", "data-date", "data-time", "content")


def row_date(
    page: Page, nodes: Sequence[Element], title: Element | None, dates: SourceDates
) -> Found[Moment] | None:
    """Read the date that `nodes`, the parts of a row, show beside its `title`; the first counts."""
    vague: Found[Moment] | None = None
    for place, said in _said(nodes, title):
        attribute = "::attr(" in place
        if vague and not attribute:
            continue
        moment = dates.read(said, place, reference=page.fetched)
        if moment is None or not (attribute or _is_line(said, moment)):
            continue
        if not is_relative(moment):
            return Found(moment, place)
        vague = vague or Found(moment, place)
    return vague


def line_date(page: Page, line: str, dates: SourceDates) -> Found[Moment] | None:
    """Read a line that stands above several rows as the date of each."""
    moment = dates.read(line, "row:above", reference=page.fetched)
    fits = moment is not None and _is_line(line, moment) and not is_relative(moment)
    return Found(moment, "row:above") if moment and fits else None


def _said(nodes: Sequence[Element], title: Element | None) -> Iterator[tuple[str, str]]:
    """Yield what elements and lines say, each with its place; attributes last."""
    elements = [
        node
        for node in islice((e for n in nodes for e in n.iter()), _MOST_ELEMENTS)
        if isinstance(node.tag, str) and node.tag not in {"script", "style"}
    ]
    inside = {*title.iter()} if title is not None else set[Element]()
    above = {*title.iterancestors()} if title is not None else set[Element]()
    for node in elements:
        if node is title or node in above or (node in inside and node.tag in HEADINGS):
            continue
        said = _short(node)
        if said:
            yield f"row:{kind(node)}", said
    for node in nodes:
        for line in _lines(node, title):
            yield f"row:{kind(node)} line", line
    for node in elements:
        for name in _ATTRIBUTES:
            if (value := node.get(name)) and node is not title:
                yield f"row:{kind(node)}::attr({name})", value


def _short(node: Element) -> str:
    if len(node) > 12:
        return ""
    said = one_line(spaced_text_of(node))
    if len(said) > _MAX_ELEMENT_CHARS or not any(map(str.isdigit, said)):
        return ""
    return _leaf_of_calendar(node) or said


def _leaf_of_calendar(node: Element) -> str | None:
    """Join a day to the month and year that stand below it in an element of their own."""
    parts = [part for part in map(one_line, map(str, node.itertext())) if part]
    if not 1 < len(parts) < 4 or not _DAY.fullmatch(parts[0]):
        return None
    if len(parts) == 2 and _MONTH.fullmatch(parts[1]):
        return "/".join(parts)
    return " ".join(parts)


def _lines(row: Element, title: Element | None) -> Iterator[str]:
    """Cut a row at its blocks, its `br`, its title and other links."""
    parts: list[str] = []
    waiting: list[tuple[Element, bool]] = [(row, True)]
    while waiting:
        node, opens = waiting.pop()
        breaks = node.tag in BLOCK_TAGS or node.tag in {"a", "br"} or node is title
        if breaks:
            yield from _joined(parts)
            parts = []
        if not opens:
            parts.append(node.tail or "")
            continue
        if node is not row:
            waiting.append((node, False))
        if isinstance(node.tag, str) and node.tag not in {"script", "style"} and node is not title:
            parts.append(node.text or "")
            waiting += [(child, True) for child in reversed(node)]
    yield from _joined(parts)


def _joined(parts: list[str]) -> Iterator[str]:
    line = one_line("".join(parts))
    if line and any(map(str.isdigit, line)):
        yield line


def _is_line(said: str, moment: Moment) -> bool:
    """Tell a line that is a date from a sentence that tells one."""
    line = one_line(said)
    before, found, after = line.partition(moment.raw)
    if len(before) + len(after) <= _MAX_BESIDE_CHARS and found and not _GOES_ON.search(after):
        return not _LEADS_IN.search(before) or bool(_LABEL.search(before))
    return bool(_OPENS.search(line))
