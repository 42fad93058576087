"""A body read into blocks: paragraphs, captions, rows, whatever markup they were written in.

Editors on these sites write a paragraph as `p`, as `div`, as text between two `br`, or as nested
spans pasted from Word; so blocks are cut at block elements and at double line breaks alone, and
inline markup never splits a word. Each block knows where its text stands in the tree, so that a
line can be taken out of the markup as well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.select import Element, text_of
from crawler.extract.text.captions import CAPTION_MAX_CHARS, is_caption
from crawler.extract.text.style import (
    alignment,
    ancestors,
    is_bold,
    is_unread,
    names_caption,
)
from crawler.extract.text.tables import data_rows
from crawler.extract.tree import set_tail, set_text

Kind = Literal["paragraph", "heading", "item", "quote", "caption", "image", "table_title", "row"]
RUNNING: frozenset[Kind] = frozenset({"paragraph", "heading", "item", "quote"})

BLOCK_TAGS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd"}
    | {"details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main"}
    | {"nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"}
    | {"thead", "tr", "ul"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FIELD_HOLDERS = frozenset({"article", "body", "div", "form", "main", "section", "td"})
_LONG_LINE_CHARS = 80
_SENTENCE_END = re.compile(r"[.!?…:;][”\"')\]]*$")


class Slot(NamedTuple):
    """One piece of text in the tree: the text of an element, or what follows its end.

    A tuple, since there is one for each piece of white space too.
    """

    node: Element
    tail: bool

    @property
    def text(self) -> str:
        """The text as it stands."""
        return (self.node.tail if self.tail else self.node.text) or ""

    def write(self, text: str) -> None:
        """Put `text` in its place."""
        write = set_tail if self.tail else set_text
        write(self.node, text)

    @property
    def parent(self) -> Element | None:
        """The element that the text stands in."""
        return self.node.getparent() if self.tail else self.node


@dataclass(frozen=True, slots=True)
class Line:
    """The texts between two line breaks."""

    slots: tuple[Slot, ...]

    @property
    def text(self) -> str:
        """One line of plain text."""
        return one_line("".join([slot.text for slot in self.slots]))

    def cut(self) -> None:
        """Take the line out of the tree."""
        for slot in self.slots:
            slot.write("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a body."""

    kind: Kind
    text: str
    """One line; the cells of a row joined by ` | `; empty for an image."""
    lines: tuple[Line, ...] = ()
    """Where the text stands; more than one where single `br` stand in it."""
    image: Element | None = None
    table: Element | None = None
    """The table that a row or a table's own title stands in."""


@dataclass(slots=True)
class _Run:
    """What stands between two line breaks or block boundaries."""

    slots: list[Slot] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    images: list[Element] = field(default_factory=list)


def read_blocks(root: Element, *, most: int = sys.maxsize) -> list[Block]:
    """Read the tree below `root` into blocks, in the page's order; what nobody sees is passed.

    Reading ends once there are `most` blocks, or lines that may become blocks.
    """
    blocks: list[Block] = []
    run = _Run()
    runs = [run]
    blank = True  # nothing but white space since the last boundary, as between most tags
    holders: dict[Element, bool] = {}
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if len(blocks) + len(runs) > most:
            break
        tag, opens = node.tag, event == "start"
        if opens and node is not root and is_unread(node):
            walker.skip_subtree()
            continue
        if tag in BLOCK_TAGS or (tag == "span" and _is_field(node, holders)):
            if not blank:
                blocks += _close(runs, blocks[-1].kind if blocks else None)
                blank = True
            run = _Run()
            runs = [run]
        if opens:
            if tag == "table" and node is not root and (rows := data_rows(node)) is not None:
                _take_table(blocks, node, rows)
                walker.skip_subtree()
                continue
            if tag == "br":
                run = _Run()
                runs.append(run)
            elif tag == "img":
                run.images.append(node)
                blank = False
            text = node.text
        else:
            text = node.tail if node is not root else None
        if text:
            run.slots.append(Slot(node, not opens))
            run.texts.append(text)
            blank = blank and text.isspace()
    if not blank:
        blocks += _close(runs, blocks[-1].kind if blocks else None)
    return _name_captions(blocks)[:most]


def _is_field(node: Element, holders: dict[Element, bool]) -> bool:
    """Tell a label of ASP.NET's that its style makes a block: "<span id=ctl00_lblTomTat>".

    Such spans stand side by side, title, date, lead and text, in an element that holds no words of
    its own and, in one of them, other blocks. `holders` keeps which elements are such.
    """
    parent = node.getparent()
    if parent is None or node.get("id") is None or parent.tag not in _FIELD_HOLDERS:
        return False
    if parent not in holders:
        holders[parent] = _holds_fields(parent)
    return holders[parent]


def _holds_fields(parent: Element) -> bool:
    parts = [child for child in parent if isinstance(child.tag, str)]
    tails = [parent.text or "", *(child.tail or "" for child in parent)]
    if any(map(one_line, tails)):
        return False
    loose = [part for part in parts if part.tag not in BLOCK_TAGS and part.tag != "br"]
    fields = [part for part in loose if part.tag == "span" and part.get("id") is not None]
    long = (part for part in fields if next(part.iter(*BLOCK_TAGS), None) is not None)
    return len(fields) > 1 and len(fields) == len(loose) and next(long, None) is not None


def running_text(blocks: list[Block]) -> str:
    """Join what is to be read: no captions; tables only where there is nothing else."""
    running = [block.text for block in blocks if block.kind in RUNNING]
    return "\n\n".join(running or [block.text for block in blocks if block.kind == "row"])


def _take_table(blocks: list[Block], table: Element, rows: list[str]) -> None:
    last = blocks[-1] if blocks else None
    if last and last.kind in {"paragraph", "heading"} and _titles_a_table(last):
        blocks[-1] = replace(last, kind="table_title")
    titles = [one_line("".join(node.itertext())) for node in table.findall("caption")]
    blocks += [Block(kind="table_title", text=title, table=table) for title in titles if title]
    blocks += [Block(kind="row", text=text, table=table) for text in rows]


def _titles_a_table(block: Block) -> bool:
    slots = _slots(block)
    return len(block.text) <= CAPTION_MAX_CHARS and alignment(slots) == "center" and is_bold(slots)


def _close(runs: list[_Run], before: Kind | None) -> Iterator[Block]:
    """Turn what stands between two boundaries into blocks; `before` is the block in front."""
    waiting: list[tuple[Line, str]] = []
    for run in runs:
        line, text = Line(tuple(run.slots)), one_line("".join(run.texts))
        caption = before == "image" and bool(text) and is_caption(line.slots, text)
        if waiting and (run.images or caption or not text or _starts_anew(waiting[-1][1], text)):
            yield _block(waiting)
            before, waiting = "paragraph", []
        for image in run.images:
            yield Block(kind="image", text="", image=image)
            before = "image"
        if before == "image" and text and (caption or is_caption(line.slots, text)):
            yield _block([(line, text)])
            before = "caption"
        elif text:
            waiting.append((line, text))
    if waiting:
        yield _block(waiting)


def _starts_anew(before: str, text: str) -> bool:
    """Tell a paragraph that ends in a single `br` from a line broken for looks: both are long."""
    return (
        len(before) >= _LONG_LINE_CHARS
        and len(text) >= _LONG_LINE_CHARS
        and bool(_SENTENCE_END.search(before))
    )


def _block(lines: list[tuple[Line, str]]) -> Block:
    return Block(
        kind=_kind(lines[0][0].slots[0]),
        text=" ".join([text for _, text in lines]),
        lines=tuple([line for line, _ in lines]),
    )


def _kind(slot: Slot) -> Kind:
    for node in ancestors(slot):
        if node.tag in {"figcaption", "caption"} or names_caption(node):
            return "caption"
        if node.tag in _HEADINGS:
            return "heading"
        if node.tag in {"li", "dd", "dt"}:
            return "item"
        if node.tag == "blockquote":
            return "quote"
    return "paragraph"


def _name_captions(blocks: list[Block]) -> list[Block]:
    """Call captions what stands under pictures: as many as there are pictures above."""
    named: list[Block] = []
    pictures = 0
    for block in blocks:
        if block.kind == "image":
            pictures = pictures + 1 if named and named[-1].kind == "image" else 1
        elif pictures and block.kind in {"paragraph", "heading"}:
            if named[-1].kind in {"image", "caption"} and is_caption(_slots(block), block.text):
                block = replace(block, kind="caption")
                pictures -= 1
            else:
                pictures = 0
        elif block.kind == "caption":
            pictures = max(0, pictures - 1)
        else:
            pictures = 0
        named.append(block)
    return named


def _slots(block: Block) -> tuple[Slot, ...]:
    return tuple(slot for line in block.lines for slot in line.slots)


def spaced_text_of(found: Element | str) -> str:
    """Return the text of a match with a blank between its blocks, which `text_of` glues."""
    if isinstance(found, str) or not len(found):
        return text_of(found)
    parts: list[str] = []
    for event, node in etree.iterwalk(found, events=("start", "end", "comment", "pi")):
        if node.tag in BLOCK_TAGS or node.tag == "br":
            parts.append(" ")
        if event == "start":
            parts.append("" if node.tag in {"script", "style"} else node.text or "")
        elif node is not found:
            parts.append(node.tail or "")
    return "".join(parts)
