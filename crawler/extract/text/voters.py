"""General text finders asked about one page: what each of them takes for the article's text.

Each is a library that knows nothing of these sites. One that fails on a page has no say on it.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.page import Page

for _library in ("trafilatura", "readability", "htmldate", "justext"):
    # what they make of a page is heard as a vote; as a log line it would count as a crawl's error
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)

_MAX_CHARS = 500_000
"""Of source. Longer pages hold data, not news, and the finders take seconds for them."""
_MAX_ELEMENTS = 6_000
"""No page of news seen has more than 3,500 (2026-11); trafilatura is quadratic in some of them."""
_MAX_DEPTH = 100
"""Elements within elements: deeper trees are hostile, and readability walks them by recursion."""
_SHINGLE_WORDS = 4
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
"""Makes the trees that the finders take. `lxml.html`'s own parser asks for the class of an element
whenever one is touched, which is a sixth of all that the finders cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one finder takes for the text."""

    name: str
    """The finder's name, as provenance shows it."""
    weight: float
    """How much it counts beside the others."""
    words: str
    """The text in lower case, its words a blank apart, a blank at both ends."""
    shingles: frozenset[tuple[str, ...]]

    def holds(self, words: str, own: frozenset[tuple[str, ...]]) -> bool:
        """Tell whether the finder took a block of these `words` (`words_of`), whose shingles are
        `own`.
        """
        if f" {words} " in self.words:
            return True
        return bool(own) and 4 * len(own & self.shingles) >= 3 * len(own)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A page as the finders take it; none of them may change the tree."""

    text: str
    tree: HtmlElement


def ask_finders(page: Page) -> list[Vote]:
    """Ask every finder; those that find nothing, or fail, are left out."""
    if len(page.text) > _MAX_CHARS or not _is_simple(page.root):
        return []
    tree = page.parsed_by(_PARSER)
    if not isinstance(tree, HtmlElement):
        return []
    for cell in tree.iter("td", "th"):  # trafilatura makes a cell of each that a span covers
        for name in ("rowspan", "colspan"):
            if len(cell.get(name, "")) > 1:
                del cell.attrib[name]
    given = _Given(text=page.text, tree=tree)
    return [
        vote_for(name, weight, text)
        for name, weight, finder in _FINDERS
        if (text := _asked(finder, given)) and not text.isspace()
    ]


def vote_for(name: str, weight: float, text: str) -> Vote:
    """Make a vote for a text that is known from elsewhere."""
    words = words_of(text)
    return Vote(name=name, weight=weight, words=f" {words} ", shingles=shingles_of(words))


def words_of(text: str) -> str:
    """Write the words of a text one blank apart in lower case, as votes compare them."""
    return " ".join(text.lower().split())


def shingles_of(words: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of four words; the whole text where it is shorter, none where empty."""
    parts = words.split()
    if len(parts) < _SHINGLE_WORDS:
        return frozenset({tuple(parts)} if parts else ())
    return frozenset(zip(*(parts[i:] for i in range(_SHINGLE_WORDS)), strict=False))


def agreement(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Say how alike two texts are, 0 to 1: F1 of their shingles, each counted once.

    Source: scrapinghub/article-extraction-benchmark, `evaluate.py`, which counts them as often
    as they occur.
    """
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def _asked(finder: Callable[[_Given], str | None], given: _Given) -> str | None:
    try:
        return finder(given)
    except Exception:  # third-party code over hostile markup: it may raise anything
        return None


def _trafilatura(given: _Given) -> str | None:
    from trafilatura import extract  # takes a third of a second to import, and is rarely needed

    found = extract(given.tree, favor_precision=True, include_comments=False, include_tables=True)
    return found if isinstance(found, str) else None


def _readability(given: _Given) -> str | None:
    summary = _parsed_document()(given.tree).summary(html_partial=True)
    root = etree.fromstring(summary, _PARSER)
    for node in root.iter(etree.Element):
        node.tail = f" {node.tail or ''}" if node.tag in _LINES else node.tail
        node.text = f" {node.text or ''}" if node.tag in _LINES else node.text
    return "".join(map(str, root.itertext()))


@cache
def _parsed_document() -> type:
    from readability import Document

    class Parsed(Document):  # type: ignore[misc]  # it has no types
        """Takes a tree; does not rewrite links and attributes that nobody will read."""

        def _parse(self, tree: HtmlElement) -> HtmlElement:
            root = deepcopy(tree)
            etree.strip_elements(root, "script", "style", "link", with_tail=False)
            return root

    return Parsed


def _resiliparse(given: _Given) -> str | None:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(given.text, main_content=True, alt_texts=False, links=False)
    return html.unescape(str(text))


_LINES = frozenset({"p", "div", "br", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "section"})

_FINDERS: tuple[tuple[str, float, Callable[[_Given], str | None]], ...] = (
    ("trafilatura", 1.0, _trafilatura),
    ("readability", 1.0, _readability),
    ("resiliparse", 0.5, _resiliparse),  # takes the page's whole middle: less of a say at the edges
)


def _is_simple(root: etree._Element) -> bool:
    """Tell whether a tree is small enough for the finders."""
    count = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if count > _MAX_ELEMENTS or depth > _MAX_DEPTH:
            return False
    return True
