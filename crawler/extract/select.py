"""CSS on a parsed page, compiled once: what parsel's selectors do, without their objects."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from lxml import etree
from parsel.csstranslator import HTMLTranslator

Element = etree._Element

_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)|::.*$")
_TEXTS = etree.XPath("descendant-or-self::text()[not(parent::script or parent::style)]")
_NAME = re.compile(r"[#.](-?[A-Za-z_][\w-]*)")


@cache
def _xpath(css: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(css))


@cache
def names_in(css: str) -> tuple[str, ...]:
    """List the ids and classes without which `css` matches nothing; empty for a group."""
    return () if "," in css else tuple(_NAME.findall(_BRACKETS.sub("", css)))


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
