"""The links of a page that may lead to articles.

Menus, headers, footers, tags, authors, buttons and links to files are left out; so is what stands
in row after row beside another link, as the name of a category does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from crawler.clean.text import one_line
from crawler.clean.urls import canonical, canonical_or_none, site_of
from crawler.extract.lists.numbers import Place, place_of, same_list
from crawler.extract.lists.outside import stands_outside
from crawler.extract.page import Page
from crawler.extract.select import Element, text_of
from crawler.extract.text.blocks import BLOCK_TAGS
from crawler.extract.titles.names import is_no_title

LEAST_TITLE_CHARS = 8
SHORTEST_TITLE_CHARS = 3
"""Of a title ("Ra quân") whose address stands among those of others, in a list of longer ones."""
_MOST_LINKS = 2500
_NO_PAGE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|mp[34]|xml|rss)$"
    r"|/(?:login|dang-nhap|register|dang-ky|search|tim-kiem|rss|feed|tags?|author|print|in-bai|users?"
    r"|lien-he|contact|sitemap|so-do|category|chuyen-muc|chuyenmuc|danh-muc|page)(?:[/?#.]|$)",
    re.IGNORECASE,
)
_FILMS = re.compile(r"/(?:videos?|clips?)(?:[/?.]|$)", re.IGNORECASE)
"""What is looked at, not read; but on lists of its own."""
_BUTTON = re.compile(
    r"\W*(?:xem|đọc)\s(?:chi\stiết|thêm|tiếp|toàn\svăn)\W*|\W*(?:xem\s)?chi\stiết\W*|\W*read\smore\W*"
    r"|\W*(?:more|details?)\W*",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\W*(?:(?:trang|page)\W*)?\d{1,4}\W*|(?:trang\s)?(?:trước|sau|tiếp(?:\stheo)?|kế(?:\stiếp)?|đầu(?:\stiên)?"
    r"|cuối(?:\scùng)?)\W*"
    r"|\W*(?:next|previous|prev|last|first)(?:\spage)?\W*|[«‹»›<>→]{1,2}|(?:older|newer) posts",
    re.IGNORECASE,
)
_MAX_TURN_CHARS = 30
_MIN_CATEGORY = 3
_MOST_BESIDE = 3
"""Addresses in the row of a category or an author."""
_SAMPLE = 30
_SENTENCE_CHARS = 30
_SENTENCE_WORDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A link that may lead to an article."""

    node: Element
    url: str
    """Canonical."""
    words: str
    """What it says; empty for a bare picture, and for a button."""
    sure: bool
    """The address has the form of an article's; else only its place in a list may tell."""


def article_links(page: Page, is_article: Callable[[str], bool]) -> list[Link]:
    """List the links that may lead to articles, in the page's order."""
    return _without_categories(_without_labels(_links(page, is_article)))


def _links(page: Page, is_article: Callable[[str], bool]) -> list[Link]:
    found: list[Link] = []
    own, host = canonical(page.url), site_of(page.url)
    here = place_of(own)
    outside: dict[Element, bool] = {}
    for node in page.root.iter("a"):
        href = node.get("href") or ""
        if not href.strip(" #") or "javascript:" in href.lower() or _is_label(node):
            continue
        url = canonical_or_none(href, page.base_url)
        if url is None or url == own or site_of(url) != host or stands_outside(node, outside):
            continue
        sure = is_article(url)
        if not sure and (_NO_PAGE.search(url) or not urlsplit(url).path.strip("/")):
            continue
        if _FILMS.search(url) and not _FILMS.search(own):
            continue
        words = one_line(text_of(node)) or one_line(node.get("title") or "")
        if not words:
            words = one_line(next((image.get("alt") or "" for image in node.iter("img")), ""))
        says_more = not words or bool(_BUTTON.fullmatch(words))
        if not says_more and (
            len(words) < SHORTEST_TITLE_CHARS
            or is_no_title(words)
            or turns(words)
            or _is_in_sentence(node)
        ):
            continue
        if len(words) < _MAX_TURN_CHARS and _is_page_of(here, url):
            continue
        found.append(Link(node, url, "" if says_more else words, sure))
        if len(found) >= _MOST_LINKS:
            break
    return found


def _without_labels(links: list[Link]) -> list[Link]:
    """Leave out links of few letters, but those to where the longer ones lead: short titles."""
    folders = {
        folder_of(link.url) for link in links if link.sure and len(link.words) >= LEAST_TITLE_CHARS
    }
    return [
        link
        for link in links
        if not 0 < len(link.words) < LEAST_TITLE_CHARS or folder_of(link.url) in folders
    ]


def folder_of(url: str) -> tuple[str, frozenset[str]]:
    """Return what addresses of one kind have in common: the path above their names, the query's
    keys; the path itself where the query names the article. Numbers, as of days, are all alike."""
    parts = urlsplit(url)
    keys = frozenset(name for name, _ in parse_qsl(parts.query))
    path = re.sub(r"\d+", "0", parts.path.rstrip("/"))
    return (path if keys else path.rpartition("/")[0]), keys


def _without_categories(links: list[Link]) -> list[Link]:
    """Leave out what names a category or an author: of one look, again and again to the same few
    addresses, each time beside a link to something else."""
    around = owners_of(links)
    looks: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        parent = link.node.getparent()
        looks[kind(link.node), kind(parent) if parent is not None else ""].append(link)
    dropped: set[str] = set()
    for group in looks.values():
        times = Counter(link.url for link in group)
        often = {url for url, number in times.items() if number >= _MIN_CATEGORY}
        few = 2 * len(times) <= len(group) + 1 and len(group) >= _MIN_CATEGORY
        suspects = [link for link in group if few or link.url in often]
        boxes = [_box_of(link, around) for link in suspects[:_SAMPLE]]
        small = {box for box in boxes if box is not None and _addresses(box, links) <= _MOST_BESIDE}
        if 2 * len(small) > len(boxes):
            dropped.update(link.url for link in suspects)
    return [link for link in links if link.url not in dropped]


def _box_of(link: Link, owners: dict[Element, str | None]) -> Element | None:
    """Return the nearest element that holds a link to something else."""
    return next((node for node in link.node.iterancestors() if owners[node] is None), None)


def _addresses(box: Element, links: Sequence[Link]) -> int:
    inside = {*box.iter("a")}
    return len({link.url for link in links if link.node in inside})


def owners_of(links: Iterable[Link]) -> dict[Element, str | None]:
    """Map each element to the one address that the links below it lead to; None for several."""
    owners: dict[Element, str | None] = {}
    for link in links:
        for node in (link.node, *link.node.iterancestors()):
            known = owners.setdefault(node, link.url)
            if known is None:
                break
            if known != link.url:
                owners[node] = None
    return owners


def _is_page_of(here: Place, url: str) -> bool:
    place = place_of(url)
    return place.number is not None and same_list(here, place)


def turns(words: str) -> bool:
    """Tell whether a link says that it leads to another page of the list."""
    return len(words) < _MAX_TURN_CHARS and bool(_TURNS.fullmatch(words))


def kind(node: Element) -> str:
    """Name an element by tag and class, so that elements of one role have one name.

    Numbers count in names of columns alone; without a class, the id or the width tells it.
    """
    names = (node.get("class") or "").split()
    name = next((name for name in names if name.lower() not in _PASSING), "")
    name = _shape(name or node.get("id") or "")
    return f"{node.tag!s}.{name or node.get('width') or (node.get('style') or '')[:80]}"


_PASSING = frozenset(
    [
        "odd",
        "even",
        "first",
        "last",
        "active",
        "current",
        "show",
        "in",
        "clearfix",
        "row",
        "hidden",
        "new",
    ]
)
"""Classes that tell nothing, or that one element of a list has and the next has not."""


@lru_cache(4096)
def _shape(name: str) -> str:
    return (
        name
        if re.match(r"col|span|grid|width|left|right", name, re.I)
        else re.sub(r"\d+", "0", name[:80])
    )


def _is_label(node: Element) -> bool:
    """Tell a tag's, a category's or an author's link by what it says of itself."""
    return not {"tag", "author", "category"}.isdisjoint((node.get("rel") or "").lower().split())


def _is_in_sentence(link: Element) -> bool:
    """Tell a link in running text: words of a sentence stand before it in its line."""
    parent = link.getparent()
    parts: list[str] = []
    for node in link.itersiblings(preceding=True):
        parts.append(node.tail or "")
        if node.tag in BLOCK_TAGS or node.tag in {"br", "a"} or len(parts) > _SENTENCE_CHARS:
            break
        parts.append(text_of(node) if isinstance(node.tag, str) else "")
    else:
        parts.append((parent.text or "") if parent is not None else "")
    before = one_line(" ".join(reversed(parts)))
    return len(before) > _SENTENCE_CHARS and len(before.split()) > _SENTENCE_WORDS
