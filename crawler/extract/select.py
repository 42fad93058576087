"""CSS on a parsed page, compiled once: what parsel's selectors do, without their objects."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from lxml import etree
from parsel.csstranslator import HTMLTranslator

Element = etree._Element

_PSEUDO = re.compile(r"\([^)]*\)|::.*$")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_VALUE = re.compile(r"\[\s*[\w:-]+\s*[*^$~|]?=\s*[\"']?([\w:/.-]+)[\"']?\s*\]")
_TEXTS = etree.XPath(
    "descendant-or-self::text()[not(parent::script or parent::style)]", smart_strings=False
)
_CLASSES = etree.XPath("descendant-or-self::*/@class")
_IDS = etree.XPath("descendant-or-self::*/@id")
_NAME = re.compile(r"[#.]-?[A-Za-z_][\w-]*")
_COMBINATOR = re.compile(r"[\s>+~]")
_PLAIN = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?[#.]-?[A-Za-z_][\w-]*(?:::attr\((?P<attribute>[\w-]+)\))?"
)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a page must hold for a selector to match anything on it; all empty for a group."""

    classes: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    values: tuple[bytes, ...] = ()
    """Values of other attributes."""
    start: str = ""
    """The first class (`.name`) or id (`#name`) of the selector's first element, if it has any."""
    alone: bool = False
    """The selector is of one element."""
    within: bool = False
    """All that it matches stands within its first element, or is it."""
    plain: re.Match[str] | None = None
    """The selector's parts, where it names no more than a class or id, tag and attribute."""


class Index:
    """The elements of a page by class and id: most selectors name one, and few pages have it.

    Elements are looked up from their attributes when they are asked for: making objects of all
    of them costs as much as parsing the page.
    """

    def __init__(self, root: Element) -> None:
        self._root = root
        self._written: list[Any] = _CLASSES(root)
        """Every `class`, in the page's order; each knows its element."""
        self._alike: dict[str, list[Any]] = defaultdict(list)
        """Each wording of `class`, with all that are written so."""
        for value in self._written:
            self._alike[value].append(value)
        self._classes = frozenset(" ".join(self._alike).split())
        self._ids: list[Any] = _IDS(root)
        self._known_ids = frozenset(self._ids)

    def holds(self, needs: Needs) -> bool:
        """Tell whether the page has every class and id that a selector names."""
        return needs.classes <= self._classes and needs.ids <= self._known_ids

    def select(self, css: str, needs: Needs) -> list[Element | str]:
        """Return what `css`, whose `needs` are held, matches on the page, in its order."""
        if not needs.start:
            return select(self._root, css)
        nodes = self._bearing(needs.start)
        if needs.plain:
            return _matches(nodes, needs.plain["tag"], needs.plain["attribute"])
        if needs.alone or len(nodes) == 1 or (needs.within and not _nested(nodes)):
            return [match for node in nodes for match in _evaluated(_from_self(css), node)]
        return select(self._root, css)  # two of them may hold one match

    def _bearing(self, start: str) -> list[Element]:
        """List the elements with the class `.name` or the id `#name`."""
        name = start[1:]
        if start[0] == "#":
            return [value.getparent() for value in self._ids if value == name]
        alike = {value for value in self._alike if name in value and name in value.split()}
        one = len(alike) == 1
        found = self._alike[alike.pop()] if one else [v for v in self._written if v in alike]
        return [value.getparent() for value in found]


@cache
def needs_of(css: str) -> Needs:
    """Read off a selector what a page must hold for it."""
    if "," in css:
        return Needs()
    plain = _PSEUDO.sub("", css)
    path = _BRACKETS.sub("", plain).strip()
    names = _NAME.findall(path)
    first = _COMBINATOR.split(path)[0]
    return Needs(
        classes=frozenset(name[1:] for name in names if name[0] == "."),
        ids=frozenset(name[1:] for name in names if name[0] == "#"),
        values=tuple(str(value).encode() for value in _VALUE.findall(plain)),
        start=names[0] if names and names[0] in first else "",
        alone=first == path,
        within=not re.search("[+~]", path),
        plain=_PLAIN.fullmatch(css),
    )


def _matches(nodes: list[Element], tag: str | None, attribute: str | None) -> list[Element | str]:
    """Keep the elements of that tag, and of them what `::attr` asks for."""
    kept = [node for node in nodes if tag is None or node.tag == tag]
    if attribute is None:
        return [*kept]
    return [value for node in kept if (value := node.get(attribute)) is not None]


def _nested(nodes: list[Element]) -> bool:
    held = {*nodes}
    return any(not held.isdisjoint(node.iterancestors()) for node in nodes)


@cache
def _xpath(css: str) -> etree.XPath:
    return _compiled(HTMLTranslator().css_to_xpath(css))


@cache
def _from_self(css: str) -> etree.XPath:
    return _compiled(HTMLTranslator().css_to_xpath(css, prefix="self::"))


def _compiled(path: str) -> etree.XPath:
    """Compile a path that uses no patterns and asks no text where it stands: both cost."""
    return etree.XPath(path, regexp=False, smart_strings=False)


def _evaluated(path: etree.XPath, node: Element) -> list[Element | str]:
    found = path(node)
    return cast("list[Element | str]", found) if isinstance(found, list) else []


def select(node: Element, css: str) -> list[Element | str]:
    """Return what `css` matches at and below `node`: elements, or texts for `::text`, `::attr`."""
    return _evaluated(_xpath(css), node)


def elements(node: Element, css: str) -> list[Element]:
    """Return the elements that `css` matches at and below `node`."""
    return [found for found in select(node, css) if isinstance(found, etree._Element)]


def text_of(found: Element | str) -> str:
    """Return the text of a match as it stands; scripts and styles left out."""
    if isinstance(found, str):
        return found
    if not len(found) and isinstance(found.tag, str):
        return (found.text or "") if found.tag not in {"script", "style"} else ""
    return "".join(cast("list[str]", _TEXTS(found)))
