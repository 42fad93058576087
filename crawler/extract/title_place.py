"""Where a title stands on a page, and which words the address and other links repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from crawler.clean.text import one_line
from crawler.clean.urls import canonical
from crawler.extract.block_look import linked_share
from crawler.extract.blocks import Block, read_blocks
from crawler.extract.date_forms import dates_in
from crawler.extract.frame import Frame
from crawler.extract.page import Page
from crawler.extract.select import Element
from crawler.extract.shown_dates import says_when
from crawler.extract.title_text import key_of

MIN_CHARS, MAX_CHARS = 8, 400
"""Of a title."""
SLUG_WORDS = 3
"""Fewer in an address are a section's name, or nothing."""

_LEAST_WORDS = 4
_MOST_BLOCKS = 4000
_MOST_DATES = 3
_FRAME = re.compile(
    r"\b(?:head(?:er)?|top|logo|banner|brand|foot(?:er)?|nav(?:bar)?|menu|breadcrumbs?|sidebar"
    r"|related|widget|tin-?(?:lien-?quan|khac|moi))\b",
    re.IGNORECASE,
)
_FRAME_TAGS = frozenset({"nav", "header", "footer", "aside"})
_ARTICLE_TAGS = frozenset({"article", "main"})
_LEVELS = 6


def place_weight(node: Element, page: Page) -> float:
    """Weigh where a heading stands: in the frame of the page, in a link, in an article."""
    weight = 0.0
    link = node if node.tag == "a" else node.find(".//a[@href]")
    around: Element | None = node
    for _ in range(_LEVELS):
        if around is None:
            break
        if around.tag == "a":
            link = around
        names = f"{around.get('class') or ''} {around.get('id') or ''}"
        framed = around.tag in _FRAME_TAGS or (names != " " and bool(_FRAME.search(names)))
        if framed and around.find(".//article") is None and not _holds_much(around):
            weight = min(weight, -1.2)
        weight += 0.2 * (around.tag in _ARTICLE_TAGS)
        around = around.getparent()
    if link is not None and not _is_own(link.get("href"), page):
        weight -= 1.5
    return weight


def _holds_much(node: Element) -> bool:
    """Tell whether the frame holds the article itself: some skins call everything `top`."""
    return sum(1 for _ in node.iter("p")) > 3


def _is_own(href: str | None, page: Page) -> bool:
    if not href or href.startswith("#"):
        return True
    try:
        told, own = urlsplit(canonical(href, page.base_url)), urlsplit(canonical(page.url))
    except ValueError:
        return True
    return (told.path, told.query) == (own.path, own.query)


def links_elsewhere(page: Page) -> frozenset[str]:
    """List the words of links to other pages: menus, breadcrumbs, other news."""
    keys = set()
    for link in page.root.iter("a"):
        text = one_line("".join(map(str, link.itertext())))
        if MIN_CHARS <= len(text) <= 120 and not _is_own(link.get("href"), page):
            keys.add(key_of(text))
    return frozenset(keys)


def named_by_address(page: Page) -> Iterator[Element]:
    """Yield the elements whose words the address repeats: titles in a `div`, under no heading."""
    slug = slug_words(page.url)
    if len(slug) < SLUG_WORDS:
        return
    for node in page.root.iter("div", "p", "span", "td", "b", "strong", "font"):
        text = (node.text or "").strip()
        if not MIN_CHARS <= len(text) <= MAX_CHARS or text.endswith("."):
            continue
        said = frozenset(key_of(text).split())
        if len(said & slug) >= max(SLUG_WORDS, 0.7 * len(said)):
            yield node


def slug_words(url: str) -> frozenset[str]:
    """Return the words of the address that may be the title's: of its segment with the most."""
    segments = [key_of(unquote(part)).split() for part in urlsplit(url).path.split("/")]
    longest = max(segments, key=len, default=[])
    return frozenset(word for word in longest if word.isalpha() and word not in {"html", "aspx"})


def above_dates(page: Page) -> Iterator[str]:
    """Yield the line above each line that says when something was published: often its title."""
    frame = Frame(None)
    above: Block | None = None
    count = 0
    for block in read_blocks(page.root, most=_MOST_BLOCKS):
        if says_when(block, frame):
            if above is not None:
                yield above.text
            above = None
            count += 1
            if count == _MOST_DATES:
                return
        elif _may_be_title(block):
            above = block
        elif len(block.text) > MIN_CHARS:
            above = None


def _may_be_title(block: Block) -> bool:
    text = block.text
    return (
        MIN_CHARS <= len(text) <= MAX_CHARS
        and not text.endswith(".")
        and len(key_of(text).split()) >= _LEAST_WORDS
        and not dates_in(text)
        and linked_share(block) < 0.5
    )
