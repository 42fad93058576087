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
_TEXTS = etree.XPath("descendant-or-self::text()[not(parent::script or parent::style)]")
_CLASSES = etree.XPath("//@class")
_IDS = etree.XPath("//@id")
_NAME = re.compile(r"[#.]-?[A-Za-z_][\w-]*")
_COMBINATOR = re.compile(r"[\s>+~]")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a page must hold for a selector to match anything on it; all empty for a group."""

    names: tuple[str, ...] = ()
    """Classes as `.name`, ids as `#name`, in the selector's order."""
    values: tuple[bytes, ...] = ()
    """Values of other attributes."""
    starts: bool = False
    """The first element of the selector has the first of the names."""
    alone: bool = False
    """The selector is of one element."""


class Index:
    """The elements of a page by class and id: most selectors name one, and few pages have it.

    Elements are looked up from their attributes when they are asked for: making objects of all
    of them costs as much as parsing the page.
    """

    def __init__(self, root: Element) -> None:
        self._root = root
        values: dict[str, list[tuple[int, Any]]] = defaultdict(list)
        for place, value in enumerate(_CLASSES(root)):
            values[value].append((place, value))
        self._named: dict[str, list[tuple[int, Any]]] = defaultdict(list)
        for value, places in values.items():
            for name in {*value.split()}:
                self._named[f".{name}"] += places
        for place, value in enumerate(_IDS(root)):
            self._named[f"#{value}"].append((place, value))

    def holds(self, needs: Needs) -> bool:
        """Tell whether the page has every class and id that a selector names."""
        return all(name in self._named for name in needs.names)

    def select(self, css: str) -> list[Element | str]:
        """Return what `css` matches on the page, in its order."""
        needs = needs_of(css)
        if not self.holds(needs):
            return []
        if needs.starts:
            nodes = [value.getparent() for _, value in sorted(self._named[needs.names[0]])]
            if needs.alone or len(nodes) == 1:  # else two may hold one match
                return [match for node in nodes for match in _evaluated(_from_self(css), node)]
        return select(self._root, css)


@cache
def needs_of(css: str) -> Needs:
    """Read off a selector what a page must hold for it."""
    if "," in css:
        return Needs()
    plain = _PSEUDO.sub("", css)
    path = _BRACKETS.sub("", plain)
    names = tuple(_NAME.findall(path))
    first = _COMBINATOR.split(path.strip())[0]
    return Needs(
        names=names,
        values=tuple(str(value).encode() for value in _VALUE.findall(plain)),
        starts=bool(names) and names[0] in first,
        alone=first == path.strip(),
    )


@cache
def _xpath(css: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(css))


@cache
def _from_self(css: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(css, prefix="self::"))


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
    return "".join(cast("list[str]", _TEXTS(found)))
