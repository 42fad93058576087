"""A parsed page made as readers see it, where its markup alone would mislead: once, for all."""

from __future__ import annotations

from itertools import islice, pairwise

from crawler.clean.text import one_line
from crawler.extract.select import Element
from crawler.extract.tree import set_tail

_INLINE = frozenset({"a", "b", "em", "i", "label", "small", "span", "strong", "time"})
_SENTENCES = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_MOST_PARTS, _PARTS_CHARS = 6, 160


def mend(root: Element) -> None:
    """Call AMP's pictures pictures; set apart the words that a skin's style alone sets apart."""
    for picture in [*root.iter("amp-img")]:
        del picture[:]  # what is shown where AMP's script is not loaded
        picture.tag, picture.text = "img", None
    for node in root.iter():
        if 1 < len(node) <= _MOST_PARTS and isinstance(node.tag, str) and not node.text:
            _set_apart(node)


def _set_apart(node: Element) -> None:
    """Write a blank between the parts of a short line, "<b>31 ha</b><span>năm 2006</span>".

    Words pasted from an office program are cut over elements too, but over those of one kind.
    """
    parts = [*node]
    if any(part.tag not in _INLINE or one_line(part.tail or "") for part in parts):
        return
    glued = [pair for pair in pairwise(parts) if not pair[0].tail and _are_fields(*pair)]
    if not glued or len(_text(node)) > _PARTS_CHARS:
        return
    for before, after in glued:
        end, start = _text(before), _text(after)
        if len(end) > 1 < len(start) and end[-1].isalnum() and start[0].isalnum():
            set_tail(before, " ")


def _are_fields(one: Element, other: Element) -> bool:
    classes = one.get("class"), other.get("class")
    if all(classes):
        return classes[0] != classes[1]
    parent = one.getparent()
    return one.tag != other.tag and parent is not None and parent.tag not in _SENTENCES


def _text(node: Element) -> str:
    """Return no more of an element's text than tells whether it is short."""
    return "".join(islice(map(str, node.itertext()), _PARTS_CHARS))
