"""Lift dateline and signature out of a body: what they say is kept, where they stood is cut.

Only for pages whose CMS has no fields of its own for them; see `Family.signs_in_body`.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import takewhile

from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.select import Element, text_of
from crawler.extract.text.blocks import RUNNING, Block, Line, read_blocks
from crawler.extract.text.body import Body, cut_start
from crawler.extract.text.dateline import split_dateline
from crawler.extract.text.signature import Signature, is_person, is_signature, read_signature
from crawler.extract.text.style import ancestors, is_bold
from crawler.extract.tree import set_tail, set_text

_ENDED = re.compile(r"[.!?…][”\"')]*$")
_TAIL_LINES = 8
_LEVELS = 8
_SIBLINGS = 12
_SIBLING_MAX_CHARS = 400
_REPEATED_MIN_CHARS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A body without its first and last words, and what these said."""

    body: Body
    dateline: str | None
    signature: Signature


def lift(body: Body, title: str | None) -> Lifted:
    """Take dateline, signature and a lead that is printed twice out of `body`."""
    body, dateline = _lift_dateline(body)
    body, again = _lift_dateline(body)  # printed alone on a line, and before the lead once more
    body = _drop_repeated_lead(body)
    body, signature = _lift_signature(body, title)
    return Lifted(body=body, dateline=dateline or again, signature=signature)


def dateline_of(blocks: list[Block]) -> str | None:
    """Name the agency that opens the text, without cutting it."""
    first = next((block for block in blocks if block.kind in RUNNING), None)
    found = split_dateline(first.text) if first else None
    return found[0] if found else None


def _lift_dateline(body: Body) -> tuple[Body, str | None]:
    index = next((i for i, block in enumerate(body.blocks) if block.kind in RUNNING), None)
    if index is None:
        return body, None
    block = body.blocks[index]
    raw = "".join(slot.text for line in block.lines for slot in line.slots)
    found = split_dateline(raw)
    if found is None:
        return body, None
    name, length = found
    cut_start(block.lines, length)
    return _reread(body, index), name


def _drop_repeated_lead(body: Body) -> Body:
    """Drop a first paragraph that the next one repeats (mic.gov.vn, items of 2008)."""
    running = [i for i, block in enumerate(body.blocks) if block.kind in RUNNING][:2]
    if len(running) < 2:
        return body
    first, second = (body.blocks[i] for i in running)
    dateline = split_dateline(second.text)
    again = second.text[dateline[1] :] if dateline else second.text
    if len(first.text) < _REPEATED_MIN_CHARS or first.text != again:
        return body
    for line in second.lines:
        line.cut()
    return _reread(body, running[1])


def _lift_signature(body: Body, title: str | None) -> tuple[Body, Signature]:
    inside = _last_lines(body.blocks)
    after = _lines_after(body.origin, title)
    signature = read_signature([line.text for _, line in inside] + after)
    taken = max(0, signature.lines - len(after))
    touched = set()
    for index, line in inside[len(inside) - taken :] if taken else ():
        line.cut()
        touched.add(index)
    above = inside[: len(inside) - taken][-1:]
    if above and not signature.byline and (name := _cut_name(above[0][1])):
        signature = replace(signature, byline=name)
        touched.add(above[0][0])
    for index in sorted(touched, reverse=True):
        body = _reread(body, index)
    return body, signature


def _cut_name(line: Line) -> str | None:
    """Cut the name in bold that follows the last sentence of a line; None where none does."""
    name = [*takewhile(lambda slot: not slot.text.strip() or is_bold([slot]), line.slots[::-1])]
    text = one_line("".join(slot.text for slot in name[::-1]))
    before = one_line("".join(slot.text for slot in line.slots[: len(line.slots) - len(name)]))
    if " " not in text or not _ENDED.search(before) or not is_person(text):
        return None
    for slot in name:
        slot.write("")
    return text


def _last_lines(blocks: list[Block]) -> list[tuple[int, Line]]:
    """List the last lines of text, each with the number of its block; pictures do not count."""
    lines: list[tuple[int, Line]] = []
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if block.kind not in RUNNING and block.kind != "image":
            break
        lines[:0] = [(index, line) for line in block.lines if line.text]
        if len(lines) >= _TAIL_LINES:
            break
    return lines


def _lines_after(origin: Element, title: str | None) -> list[str]:
    """List the lines of a signature that stand behind the body, up to the first other line.

    Looked for in the elements around the body too, until one holds the title: that is the
    article, and what follows it is the page's.
    """
    lines: list[str] = []
    node = origin
    for _ in range(_LEVELS):
        parent = node.getparent()
        if parent is None or parent.tag == "html":
            break
        found, ended = _siblings_lines(node)
        lines += found
        if ended or (title and title in one_line(text_of(parent))):
            break
        node = parent
    return lines


def _siblings_lines(node: Element) -> tuple[list[str], bool]:
    box = etree.Element("div")
    set_text(box, node.tail or "")
    ended = False
    for count, sibling in enumerate(node.itersiblings()):
        if not isinstance(sibling.tag, str):  # a comment: what follows it is text of the page
            _add_text(box, sibling.tail or "")
            continue
        if count >= _SIBLINGS or len(text_of(sibling)) > _SIBLING_MAX_CHARS:
            ended = True
            break
        box.append(deepcopy(sibling))
    lines: list[str] = []
    for block in read_blocks(box):
        if block.kind == "image":
            continue
        for line in block.lines or (None,):
            if line is None or not _may_sign(block, line):
                return lines, True
            if line.text:
                lines.append(line.text)
    return lines, ended


def _add_text(box: Element, text: str) -> None:
    if len(box):
        set_tail(box[-1], (box[-1].tail or "") + text)
    else:
        set_text(box, (box.text or "") + text)


def _may_sign(block: Block, line: Line) -> bool:
    if block.kind not in RUNNING or not is_signature(line.text):
        return False
    if read_signature([line.text]) == Signature(lines=1):
        return True  # a rating line may hold links
    linked = any(node.tag == "a" for slot in line.slots for node in ancestors(slot))
    return block.kind == "paragraph" and not linked


def _reread(body: Body, index: int) -> Body:
    """Read one block again after a cut; a block that holds nothing any more goes."""
    block = body.blocks[index]
    lines = tuple(line for line in block.lines if line.text)
    text = " ".join(line.text for line in lines)
    kept = [replace(block, lines=lines, text=text)] if text else []
    return replace(body, blocks=[*body.blocks[:index], *kept, *body.blocks[index + 1 :]])
