"""Where a title stands on a page, and which words the address and other links repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.clean.text import one_line
from crawler.clean.urls import canonical
from crawler.extract.page import Page
from crawler.extract.select import Element
from crawler.extract.titles.names import key_of

MIN_CHARS, MAX_CHARS = 8, 400
"""Of a title."""
SHORT_CHARS = 5
"""Of one that the page's meta open with: "Ra quân"."""
SLUG_WORDS = 3
"""Fewer in an address are a section's name, or nothing."""

_CUT_SLUG_WORDS = 5
"""Of an address that begins as a title does, and is cut short."""
_FRAME = re.compile(
    r"\b(?:head(?:er)?|top|logo|banner|brand|foot(?:er)?|nav(?:bar)?|menu|breadcrumbs?|sidebar"
    r"|related|widget|tin-?(?:lien-?quan|khac|moi))\b",
    re.IGNORECASE,
)
_FRAME_TAGS = frozenset({"nav", "header", "footer", "aside"})
_FOOT = re.compile(r"\bfoot(?:er)?\b", re.IGNORECASE)
_PAGE_TAGS = frozenset({"html", "body", "form"})
_ARTICLE_TAGS = frozenset({"article", "main"})
_LEVELS = 6
_ENDS, _FRAMED = 3, 10
"""Blocks that are a page's head or foot, and of a page that has both and something between."""


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
    if link is not None and not is_own(link.get("href"), page):
        weight -= 1.5
    return weight


def _holds_much(node: Element) -> bool:
    """Tell whether the frame holds the article itself: some skins call everything `top`."""
    return sum(1 for _ in node.iter("p")) > 3


def is_own(href: str | None, page: Page) -> bool:
    """Tell whether a link leads to the page itself, or nowhere."""
    if not href or href.startswith("#"):
        return True
    try:
        told, own = urlsplit(canonical(href, page.base_url)), urlsplit(canonical(page.url))
    except ValueError:
        return True
    if told.path != own.path:
        return False
    return told.query == own.query or _names_same(told.query, own.query)


def _names_same(told: str, own: str) -> bool:
    """Tell whether two queries name one article: they share the longest value of one of them."""
    pairs = sorted(parse_qsl(own), key=lambda pair: len(pair[1]))
    if not pairs or (len(pairs) > 1 and len(pairs[-1][1]) == len(pairs[-2][1])):
        return False
    return pairs[-1] in parse_qsl(told)


def in_footer(node: Element | None) -> bool:
    """Tell whether an element stands at the foot of the page, where its house signs."""
    around = node
    for _ in range(_LEVELS):
        if around is None:
            return False
        names = f"{around.get('class') or ''} {around.get('id') or ''}"
        if around.tag == "footer" or (names != " " and _FOOT.search(names)):
            return not _holds_much(around) and around.find(".//article") is None
        around = around.getparent()
    return False


def frames_page(text: str, page: Page) -> bool:
    """Tell the name of a site, which stands at the page's head and at its foot again."""
    key, blocks = key_of(text), page.blocks
    if not key or len(blocks) < _FRAMED:
        return False
    ends = (blocks[:_ENDS], blocks[-_ENDS:])
    return all(any(key_of(block.text).startswith(key) for block in end) for end in ends)


def is_own_head(node: Element, text: Element) -> bool:
    """Tell whether an element stands in the head of an article: beside its text, without links."""
    box = text.getparent()
    if box is None or box.tag in _PAGE_TAGS:
        return False
    head: Element | None = node
    for _ in range(_LEVELS):
        if head is None or head.getparent() is box:
            break
        head = head.getparent()
    if head is None or head.getparent() is not box or head is text or head.tag in _FRAME_TAGS:
        return False
    return head.find(".//a[@href]") is None


def links_elsewhere(page: Page) -> frozenset[str]:
    """List the words of links to other pages: menus, breadcrumbs, other news."""
    keys = set()
    for link in page.root.iter("a"):
        text = one_line("".join(map(str, link.itertext())))
        if MIN_CHARS <= len(text) <= 120 and not is_own(link.get("href"), page):
            keys.add(key_of(text))
    return frozenset(keys)


def named_by_address(page: Page) -> Iterator[Element]:
    """Yield the elements whose words the address repeats: titles in a `div`, under no heading."""
    slug, words = slug_words(page.url), _slug(page.url)
    if len(slug) < SLUG_WORDS:
        return
    for node in page.root.iter("div", "p", "span", "td", "b", "strong", "font", "a"):
        text = (node.text or "").strip()
        if not MIN_CHARS <= len(text) <= MAX_CHARS or text.endswith("."):
            continue
        told = key_of(text)
        said = frozenset(told.split())
        alike = node.tag != "a" and len(said & slug) >= max(SLUG_WORDS, 0.7 * len(said))
        cut_short = len(slug) >= _CUT_SLUG_WORDS and told.startswith(words)
        if alike or (cut_short and _leads_here(node, page)):
            yield node


def _leads_here(node: Element, page: Page) -> bool:
    return node.tag != "a" or is_own(node.get("href"), page)


def slug_words(url: str) -> frozenset[str]:
    """Return the words of the address that may be the title's: of its segment with the most."""
    return frozenset(word for word in _slug(url).split() if word.isalpha())


def _slug(url: str) -> str:
    segments = [key_of(unquote(part)) for part in urlsplit(url).path.split("/")]
    longest = max(segments, key=lambda words: words.count(" "), default="")
    return longest.removesuffix(" html").removesuffix(" aspx")
