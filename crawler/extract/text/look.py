"""What a block of a page is by its look: sentences, mostly links; and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.select import Element
from crawler.extract.text.blocks import BLOCK_TAGS, RUNNING, Block

MUCH_LINKED = 0.5
"""Share of a block's letters that are links, from which on it is no text of an article."""
_SOME_LINKED = 0.3
_SENTENCE_WORDS = 8
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp)(?:$|[?#])", re.IGNORECASE)


def is_prose(block: Block) -> bool:
    """Tell what reads as sentences from labels, dates and buttons: our own vote."""
    words = block.text.count(" ") + 1
    if words < _SENTENCE_WORDS or linked_share(block) > _SOME_LINKED:
        return False
    return words >= 2 * _SENTENCE_WORDS or block.text.rstrip("”\"') ").endswith(
        (".", "!", "?", ":", ";")
    )


def letters_of(blocks: Sequence[Block]) -> int:
    """Count the letters of running text."""
    return sum(len(block.text) for block in blocks if block.kind in RUNNING)


def element_of(block: Block) -> Element | None:
    """Return the element that a block stands in: the innermost one."""
    if block.image is not None:
        return block.image
    if block.table is not None:
        return block.table
    return block.lines[0].slots[0].parent if block.lines else None


def linked_share(block: Block) -> float:
    """Return the share of a block's letters that stand in links."""
    if block.table is not None or not block.lines:
        return 0.0
    slots = [slot for line in block.lines for slot in line.slots if slot.text.strip()]
    letters = sum(len(slot.text) for slot in slots)
    linked = sum(len(slot.text) for slot in slots if _in_link(slot.parent))
    return linked / letters if letters else 0.0


def first_href(block: Block) -> str | None:
    """Return where the first link of a block leads; None where it has none."""
    slots = (slot for line in block.lines for slot in line.slots)
    links = (link_around(slot.parent) for slot in slots if slot.text.strip())
    return next((link.get("href") for link in links if link is not None), None)


def leads_on(block: Block) -> bool:
    """Tell whether a picture is a link to anything but a picture: a banner, a card, a button."""
    link = link_around(block.image)
    return link is not None and not _PICTURE.search(link.get("href") or "")


def _in_link(node: Element | None) -> bool:
    return link_around(node) is not None


def link_around(node: Element | None) -> Element | None:
    """Return the link that an element is, or stands in; None where it leads nowhere."""
    for _ in range(6):
        if node is None:
            return None
        if node.tag == "a":
            return node if node.get("href") is not None else None
        node = node.getparent()
    return None


def block_around(block: Block) -> Element | None:
    """Return the innermost block element that a block stands in."""
    node = element_of(block)
    while node is not None and node.tag not in BLOCK_TAGS:
        node = node.getparent()
    return node


def within(node: Element | None, holder: Element) -> bool:
    """Tell whether an element is `holder`, or stands in it."""
    while node is not None:
        if node is holder:
            return True
        node = node.getparent()
    return False
