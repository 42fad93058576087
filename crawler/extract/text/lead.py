"""The lead above a text where no rule knows it: what it is called, and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from crawler.extract.select import Element
from crawler.extract.text.blocks import RUNNING, Block, read_blocks
from crawler.extract.text.body import Body
from crawler.extract.text.frame import is_named_frame
from crawler.extract.text.look import block_around, is_prose, within
from crawler.extract.text.others import is_button
from crawler.extract.text.style import is_unread

_LEAD_AND_TEXT = 3
"""Paragraphs from which on the first of them may be a lead."""
_LEAD_NAMES = re.compile(
    r"sapo|(?<![a-z])lead(?![a-z])|summary|standfirst|tom-?tat|trich-?yeu|mo-?ta(?![a-z])|hometext"
    r"|(?<![a-z])intro(?:text)?(?![a-z])|(?<![a-z])desc(?:ription)?(?![a-z])",
    re.IGNORECASE,
)
_LEVELS = 3
_LEVELS_ABOVE, _SIBLINGS, _MOST_BLOCKS = 4, 8, 8
_LEAD_CHARS = 1000
_NEARLY_ALL = 0.7
_WITHIN_LISTS = frozenset({"li", "dd", "dt"})


def behind_lead(blocks: Sequence[Block], first: int, last: int) -> int:
    """Step over a lead: called one, a heading of sentences, or in an element apart from the text.

    Where the text is the one paragraph below it, the two are one text.
    """
    prose = [index for index in range(first, last) if is_prose(blocks[index])]
    if len(prose) < _LEAD_AND_TEXT or prose[0] != first:
        return first
    lead, text = blocks[first], [blocks[index] for index in prose[1:]]
    if lead.kind == "heading" or _is_named_lead(lead, text[0]):
        return first + 1
    places = _places([lead, *text])
    home, held = Counter(places[1:]).most_common(1)[0]
    apart = places[0] is not None and places[0] is not home and places[0] not in places[1:]
    return first + (apart and held >= _NEARLY_ALL * len(text))


def lead_above(body: Body, title: Element) -> str | None:
    """Find the paragraph that stands between a title and a body that a rule named.

    It is sought in the elements around the body, up to the one that holds the title.
    """
    titled = {title, *title.iterancestors()}
    node: Element | None = body.origin
    for _ in range(_LEVELS_ABOVE):
        if node is None or node in titled:
            return None
        for before in islice(node.itersiblings(preceding=True), _SIBLINGS):
            if before in titled:
                return None
            if isinstance(before.tag, str) and not is_unread(before) and (lead := _said_in(before)):
                return lead
        node = node.getparent()
    return None


def _said_in(node: Element) -> str | None:
    """Return the last paragraph in an element that holds little more."""
    blocks = read_blocks(node, most=_MOST_BLOCKS + 1)
    if len(blocks) > _MOST_BLOCKS or is_named_frame(node):
        return None
    told = last_paragraph(blocks)
    return told if told and len(told) <= _LEAD_CHARS else None


def last_paragraph(blocks: Sequence[Block]) -> str | None:
    """Return the last paragraph of running text that is no row of buttons; None where none is."""
    told = [
        block.text
        for block in blocks
        if block.kind in RUNNING and is_prose(block) and not is_button(block)
    ]
    return told[-1] if told else None


def is_called_lead(block: Block) -> bool:
    """Tell whether the class of a block's own element calls it a lead."""
    node = block_around(block)
    return node is not None and _names_lead(node)


def _names_lead(node: Element) -> bool:
    return bool(_LEAD_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}"))


def _places(blocks: Sequence[Block]) -> list[Element | None]:
    """Name what each block stands in among its like: the parent of a `p`, a `div` full of lines."""
    around = [block_around(block) for block in blocks]
    count = Counter(around)
    return [_place(node, full=count[node] > 1) for node in around]


def _place(node: Element | None, *, full: bool) -> Element | None:
    listed = node is not None and node.tag in _WITHIN_LISTS
    while node is not None and node.tag in _WITHIN_LISTS:
        node = node.getparent()
    return node if node is None or (full and not listed) else node.getparent()


def _is_named_lead(block: Block, following: Block) -> bool:
    """Tell whether the class of an element that holds but this block calls it a lead."""
    node, other = block_around(block), block_around(following)
    for _ in range(_LEVELS):
        if node is None or other is None or within(other, node):
            return False
        if _names_lead(node):
            return True
        node = node.getparent()
    return False
