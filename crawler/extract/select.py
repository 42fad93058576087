"""CSS on a parsed page, compiled once: what parsel's selectors do, without their objects."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from lxml import etree
from parsel.csstranslator import HTMLTranslator

Element = etree._Element

_PSEUDO = re.compile(r"\([^)]*\)|::.*$")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_VALUE = re.compile(r"\[\s*[\w:-]+\s*[*^$~|]?=\s*[\"']?([\w:/.-]+)[\"']?\s*\]")
_TEXTS = etree.XPath("descendant-or-self::text()[not(parent::script or parent::style)]")
_ID_ALONE = re.compile(r"#([A-Za-z_][\w-]*)")
_NAME = re.compile(r"[#.](-?[A-Za-z_][\w-]*)")


@cache
def _xpath(css: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(css))


@cache
def _by_id(css: str) -> etree.XPath | None:
    """Compile a selector that is nothing but an id to a look-up in the parser's own index."""
    name = _ID_ALONE.fullmatch(css)
    return etree.XPath(f"id('{name[1]}')") if name else None


@cache
def names_in(css: str) -> tuple[bytes, ...]:
    """List the ids, classes and values without which `css` matches nothing; none for a group."""
    if "," in css:
        return ()
    plain = _PSEUDO.sub("", css)
    names = _NAME.findall(_BRACKETS.sub("", plain)) + _VALUE.findall(plain)
    return tuple(str(name).encode() for name in names)


def select_in_page(root: Element, css: str) -> list[Element | str]:
    """Return what `css` matches on the page of `root`."""
    by_id = _by_id(css)
    found = by_id(root) if by_id else None
    return cast("list[Element | str]", found) if found else select(root, css)


def select(node: Element, css: str) -> list[Element | str]:
    """Return what `css` matches at and below `node`: elements, or texts for `::text`, `::attr`."""
    found = _xpath(css)(node)
    return cast("list[Element | str]", found) if isinstance(found, list) else []


def elements(node: Element, css: str) -> list[Element]:
    """Return the elements that `css` matches at and below `node`."""
    return [found for found in select(node, css) if isinstance(found, etree._Element)]


def text_of(found: Element | str) -> str:
    """Return the text of a match as it stands; scripts and styles left out."""
    if isinstance(found, str):
        return found
    return "".join(cast("list[str]", _TEXTS(found)))
