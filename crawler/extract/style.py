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

_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align\s*:", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.IGNORECASE)
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


def is_italic(slots: Iterable[HasParent]) -> bool:
    """Tell whether every word of the text is set in italics."""
    return _all_within(
        slots, lambda node: node.tag in {"em", "i"} or bool(_ITALIC.search(_style(node)))
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


def is_centred(slots: Iterable[HasParent]) -> bool:
    """Tell whether the text is set in the middle; the nearest word about it counts."""
    return _aligned(slots, _CENTRED, "center")


def is_right(slots: Iterable[HasParent]) -> bool:
    """Tell whether the text is set to the right, as signatures are."""
    return _aligned(slots, _RIGHT, "right")


def is_hidden(node: Element) -> bool:
    """Tell whether the element says itself that nobody sees it."""
    style = node.get("style")
    return node.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def is_unread(node: Element) -> bool:
    """Tell whether nothing below the element is text that a reader sees."""
    return not isinstance(node.tag, str) or node.tag in _NOT_TEXT or is_hidden(node)


def names_caption(node: Element) -> bool:
    """Tell whether a class says that the element is a caption; `wp-caption` holds the picture."""
    names = (node.get("class") or "").lower()
    if "caption" not in names and "chuthich" not in names.replace("-", ""):
        return False
    return "wp-caption" not in names.split() and node.find(".//img") is None


def _all_within(slots: Iterable[HasParent], looks: Callable[[Element], bool]) -> bool:
    visible = [slot for slot in slots if slot.text.strip()]
    return bool(visible) and all(any(map(looks, _ancestors([slot]))) for slot in visible)


def _aligned(slots: Iterable[HasParent], style: re.Pattern[str], name: str) -> bool:
    for node in _ancestors(slots):
        own = _style(node)
        if _ALIGNED.search(own):
            return bool(style.search(own))
        align = (node.get("align") or "").lower()
        if align and node.tag != "table":
            return align == name
        if node.tag == "center":
            return name == "center"
        if f"text-{name}" in (node.get("class") or ""):
            return True
    return False


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
