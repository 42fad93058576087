"""How a text looks, as far as its markup says: centred, bold, italic, a caption's class."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from crawler.extract.select import Element

_NOT_TEXT = frozenset(
    {"applet", "audio", "base", "button", "canvas", "embed", "head", "iframe", "input"}
    | {"link", "map", "math", "meta", "noscript", "object", "option", "script", "select"}
    | {"style", "svg", "template", "textarea", "title", "video"}
)
_DEPTH = 40
"""How many elements up a look is inherited: nobody writes deeper, and a hostile page may."""

_ALIGNED = re.compile(r"text-align\s*:\s*(center|right|end|)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class HasParent(Protocol):
    """A piece of text that knows the element it stands in."""

    @property
    def text(self) -> str:
        """The text as it stands."""

    @property
    def parent(self) -> Element | None:
        """The element around it."""


def is_set_apart(slots: Iterable[HasParent]) -> bool:
    """Tell whether every word of the text is set in italics or in small print."""
    return _all_within(
        slots, lambda node: node.tag in {"em", "i", "small"} or bool(_ITALIC.search(_style(node)))
    )


def is_bold(slots: Iterable[HasParent]) -> bool:
    """Tell whether every word of the text is set in bold."""
    return _all_within(
        slots,
        lambda node: (
            node.tag in {"strong", "b", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
            or bool(_BOLD.search(_style(node)))
        ),
    )


def is_hidden(node: Element) -> bool:
    """Tell whether the element says itself that nobody sees it."""
    style = node.get("style")
    return bool(style and _HIDDEN.search(style)) or node.get("hidden") is not None


def is_unread(node: Element) -> bool:
    """Tell whether nothing below the element is text that a reader sees."""
    return not isinstance(node.tag, str) or node.tag in _NOT_TEXT or is_hidden(node)


def names_caption(node: Element) -> bool:
    """Tell whether a class says that the element is a caption; `wp-caption` holds the picture."""
    written = node.get("class")
    if not written:
        return False
    names = written.lower()
    if "caption" not in names and "chuthich" not in names.replace("-", ""):
        return False
    return "wp-caption" not in names.split() and node.find(".//img") is None


def _all_within(slots: Iterable[HasParent], looks: Callable[[Element], bool]) -> bool:
    visible = [slot for slot in slots if slot.text.strip()]
    return bool(visible) and all(any(map(looks, _ancestors([slot]))) for slot in visible)


def alignment(slots: Iterable[HasParent]) -> str:
    """Name the nearest alignment written around a text: `center`, `right`; empty for no word."""
    within_table = False
    for node in _ancestors(slots):
        own = _ALIGNED.search(_style(node))
        if own:
            return own[1].lower().replace("end", "right")
        if within_table:  # what centres a table is not passed on to its cells
            continue
        within_table = node.tag == "table"
        align = node.get("align")
        if align and node.tag != "table":
            return align.lower()
        if node.tag == "center":
            return "center"
        for name in ("center", "right"):
            if f"text-{name}" in (node.get("class") or ""):
                return name
    return ""


def ancestors(slot: HasParent) -> Iterator[Element]:
    """Yield the elements that a text stands in, the nearest first."""
    node = slot.parent
    for _ in range(_DEPTH):
        if node is None:
            return
        yield node
        node = node.getparent()


def _ancestors(slots: Iterable[HasParent]) -> Iterator[Element]:
    first = next((slot for slot in slots if slot.text.strip()), None)
    return ancestors(first) if first else iter(())


def _style(node: Element) -> str:
    return node.get("style") or ""
