"""The rows of a list: the largest elements around the links to one address, and their titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from crawler.clean.text import one_line
from crawler.extract.lists.links import Link, article_links, owners_of
from crawler.extract.page import Page
from crawler.extract.select import Element, text_of

_NUMBERED = re.compile(r"\d(?:\.\w{2,5})?/?(?:[?&]|$)|/\d+[-/]")
_INLINE = frozenset({"b", "strong", "i", "em", "u", "font", "sup", "sub", "mark"})
_TITLED = re.compile(
    r"title|tieu-?de|headline|heading|ten-?tin|(?:^|[ _-])(?:name|ten)(?:$|[ _-])", re.I
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(eq=False)
class Row:
    """The largest element around links to one article that holds no link to another."""

    node: Element
    links: list[Link]

    @property
    def url(self) -> str:
        """Return the address that all its links lead to."""
        return self.links[0].url

    @property
    def sure(self) -> bool:
        """Tell whether that has the form of an article's."""
        return self.links[0].sure

    @property
    def numbered(self) -> bool:
        """Tell whether a number ends the address or a value in its query, or opens a segment."""
        return bool(_NUMBERED.search(self.url))

    @cached_property
    def link(self) -> Link:
        """The title's: in a heading, else the first of four words or more, else the longest."""
        told = [link for link in self.links if link.words]
        for link in told:
            if any(node.tag in HEADINGS for node in (link.node, *link.node.iterancestors())):
                return link
        for link in told:
            if len(link.words.split()) > 3:
                return link
        return max(told or self.links, key=lambda link: len(link.words))

    @cached_property
    def heading(self) -> Element | None:
        """A heading that stands beside links which say nothing but "read more"."""
        if any(link.words for link in self.links):
            return None
        return next(self.node.iter(*HEADINGS), None)

    @cached_property
    def title(self) -> str:
        """The words of link or heading, dates and all."""
        if self.heading is None and not self.link.words:
            return ""
        return one_line(text_of(self.title_node)) or self.link.words

    @cached_property
    def title_node(self) -> Element:
        """The element that holds the title: the link, or a part of one that is a whole card."""
        heading = self.heading
        return heading if heading is not None else title_in(self.link.node)


def rows_on(page: Page, is_article: Callable[[str], bool]) -> list[Row]:
    """List the rows of all links that may lead to articles, in the page's order."""
    return _rows(article_links(page, is_article))


def _rows(links: Sequence[Link]) -> list[Row]:
    owners = owners_of(links)
    rows: dict[Element, Row] = {}
    for link in links:
        node = link.node
        for parent in node.iterancestors():
            if parent.tag in {"body", "html"} or owners[parent] is None:
                break
            node = parent
        if node in rows:
            rows[node].links.append(link)
        else:
            rows[node] = Row(node, [link])
    return list(rows.values())


def title_in(link: Element) -> Element:
    """Find the title within a link: a heading, a part that is named so, or its first long part."""
    heading = next(link.iter(*HEADINGS), None)
    if heading is not None:
        return heading
    parts = [
        node
        for node in link.iterdescendants()
        if isinstance(node.tag, str) and (node.text or "").strip() and node.tag not in _INLINE
    ]
    if len(parts) < 2 or one_line(link.text or ""):
        return link
    named = [node for node in parts if _TITLED.search(node.get("class") or "")]
    long = [node for node in parts if len((node.text or "").split()) > 3]
    return (named or long or [link])[0]
