"""Changing a parsed tree: what lxml refuses to write, though its parser reads it, is left out."""

from __future__ import annotations

from crawler.clean.text import visible
from crawler.extract.select import Element


def set_text(node: Element, text: str) -> None:
    """Write the text that an element opens with."""
    try:
        node.text = text
    except ValueError:  # a control character, which `&#1;` makes
        node.text = visible(text)


def set_tail(node: Element, text: str) -> None:
    """Write the text that follows an element's end."""
    try:
        node.tail = text
    except ValueError:
        node.tail = visible(text)


def remove(node: Element, *, blank: str = "") -> None:
    """Take an element out of its tree; the text behind it stays, after `blank`."""
    parent = node.getparent()
    if parent is None:
        return
    tail = blank + (node.tail or "")
    before = node.getprevious()
    if tail and before is None:
        set_text(parent, (parent.text or "") + tail)
    elif tail and before is not None:
        set_tail(before, (before.tail or "") + tail)
    node.tail = None
    parent.remove(node)
