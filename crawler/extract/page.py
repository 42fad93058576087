"""A saved page: decoded once, parsed once, and only when somebody asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from lxml import etree
from parsel import Selector

from crawler.clean.text import one_line
from crawler.clean.urls import absolute
from crawler.extract.charset import to_utf8
from crawler.extract.mend import mend
from crawler.extract.select import Element, Index, Needs, needs_of
from crawler.extract.text.blocks import Block, read_blocks
from crawler.extract.tree import set_text

_READ_BYTES = 2_000_000
"""No page of news is longer; what comes after is not parsed."""
_MOST_TAGS, _MANY_TAGS = 30_000, 10_000
"""The longest page seen (588 KB) has 4,200 (2026-11); rules with axes are quadratic in some."""
_MOST_DEPTH = 250
_TAG_BYTES, _WINDOW_BYTES = 40_000, 20_000
_MOST_ATTRIBUTES = 1_000
_QUOTED = re.compile(rb"\"[^\"]*\"?|'[^']*'?")
_SITE_NAMES = frozenset({"og:site_name", "application-name"})


class Page:
    """A page as it was fetched. Any bytes at all give one: an empty page, a PDF, broken markup."""

    def __init__(
        self,
        *,
        url: str,
        body: bytes,
        content_type: str = "",
        headers: Mapping[str, str] | None = None,
        fetched: datetime | None = None,
    ) -> None:
        self.url = url
        self.body = body
        self.content_type = content_type
        self.headers = {name.lower(): value for name, value in (headers or {}).items()}
        """By name in lower case; several `Set-Cookie` a line each. Empty for a saved file."""
        self.fetched = fetched

    def __repr__(self) -> str:
        return f"Page({self.url!r})"

    @cached_property
    def text(self) -> str:
        """The page's source."""
        return self._decoded[0]

    @cached_property
    def selector(self) -> Selector:
        """The parsed page, for parsel's CSS and XPath."""
        return Selector(root=self.root, type="html")

    @cached_property
    def root(self) -> Element:
        """The parsed page's `html` element; an empty one for what is no HTML at all."""
        root = self.parsed_by(etree.HTMLParser(recover=True, encoding="utf-8", huge_tree=True))
        if root is None:
            return etree.Element("html")
        mend(root)
        return root

    def parsed_by(self, parser: etree.HTMLParser) -> Element | None:
        """Parse the page anew, for what needs a tree of its own; None for what is no HTML."""
        source = self._utf8
        many = source.count(b"<")
        if many > _MOST_TAGS:
            source = source[: len(source) * _MOST_TAGS // many]
        try:
            root = etree.fromstring(_without_endless_tags(source), parser)
        except etree.XMLSyntaxError:
            return None
        if root is not None and many > _MANY_TAGS:
            _flatten(root)
        return root

    @cached_property
    def _utf8(self) -> bytes:
        return self._decoded[1].replace(b"\0", b"").strip() or b"<html/>"

    @cached_property
    def _decoded(self) -> tuple[str, bytes]:
        return to_utf8(self.body[:_READ_BYTES], self.content_type)

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """The whole page read into blocks, in its order: once, for all who look for a text."""
        return read_blocks(self.root)

    @cached_property
    def base_url(self) -> str:
        """What relative addresses on the page start from."""
        for node in self.root.iter("base"):
            try:
                return absolute(node.attrib["href"], self.url)
            except (KeyError, ValueError):
                continue
        return self.url

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """Name or property of each `meta`, in lower case → its content; the first one counts."""
        found: dict[str, str] = {}
        for node in self.root.iter("meta"):
            content = one_line(node.get("content") or "")
            key = node.get("property") or node.get("name") or node.get("itemprop") or ""
            if key and content:
                found.setdefault(key.strip().lower(), content)
        return found

    @cached_property
    def site_name(self) -> str:
        """What the page calls its site; empty when it does not."""
        for node in self.root.iter("meta"):
            named = not _SITE_NAMES.isdisjoint((node.get("property"), node.get("name")))
            if named and (content := node.get("content")) is not None:
                return one_line(content)
        return ""

    @cached_property
    def canonical_hrefs(self) -> tuple[str, ...]:
        """What the page names as its own address, as written."""
        links = (node for node in self.root.iter("link") if node.get("rel") == "canonical")
        return tuple(href for node in links if (href := node.get("href")) is not None)

    @cached_property
    def json_ld(self) -> tuple[Mapping[str, Any], ...]:
        """The objects of the page's JSON-LD, graphs and lists opened; broken ones left out."""
        return tuple(
            item
            for text in self.select('script[type="application/ld+json"]::text')
            for item in _objects(str(text))
        )

    def contains(self, sign: str) -> bool:
        """Tell whether a piece of markup stands in the page's source."""
        return sign.encode() in self._utf8

    def select(self, css: str) -> list[Element | str]:
        """Return what `css` matches on the page, in its order."""
        needs = needs_of(css)
        return self._index.select(css, needs) if self._has(needs) else []

    def may_hold(self, css: str) -> bool:
        """Tell whether the page has every name in a selector.

        Most candidates are for other themes: this spares a walk of the tree.
        """
        return self._has(needs_of(css))

    def _has(self, needs: Needs) -> bool:
        return self._index.holds(needs) and not (
            needs.values and any(value not in self._utf8 for value in needs.values)
        )

    @cached_property
    def _index(self) -> Index:
        return Index(self.root)


def _without_endless_tags(source: bytes) -> bytes:
    """Take out tags with thousands of attributes, for which libxml2 takes minutes (2.14, 2026-11).

    Attributes of one tag are compared with each other; 20,000 of them cost a second.
    """
    windows = range(0, len(source) - _WINDOW_BYTES, _WINDOW_BYTES)
    if all(source.find(b">", at, at + _WINDOW_BYTES) >= 0 for at in windows):
        return source
    pieces = source.split(b"<")
    kept = [piece for piece in pieces if len(piece) < _TAG_BYTES or not _is_endless(piece)]
    return source if len(kept) == len(pieces) else b"<".join(kept)


def _flatten(root: Element) -> None:
    """Make plain text of what stands deeper than any page's: elements in elements, for ever."""
    walker = etree.iterwalk(root, events=("start", "end"))
    depth = 0
    for event, node in walker:
        depth += 1 if event == "start" else -1
        if event == "start" and depth == _MOST_DEPTH:
            walker.skip_subtree()
            text = "".join(map(str, node.itertext()))
            del node[:]
            set_text(node, text)


def _is_endless(piece: bytes) -> bool:
    """Tell whether a tag goes on after thousands of words; text behind a tag does not count."""
    head = piece[:_TAG_BYTES]
    if not head[:1].isalpha() or b">" in head:
        return False
    return len(_QUOTED.sub(b"", head).split()) > _MOST_ATTRIBUTES


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    try:
        waiting: list[Any] = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item
        elif isinstance(item, dict):
            yield item
            waiting[:0] = item.get("@graph") or () if isinstance(item.get("@graph"), list) else ()
