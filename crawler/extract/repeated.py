"""The entries of a list that no rule knows: links to articles that look alike, over and over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.clean.text import one_line
from crawler.clean.urls import canonical
from crawler.extract.page import Page
from crawler.extract.select import Element, elements, text_of

_ABOVE = 3
_MIN_TITLE_CHARS = 15
_MAX_ENTRIES = 300
_OUTSIDE = frozenset({"nav", "header", "footer", "aside"})
_HOLDS_ENTRIES = ("article", "main", "li")
"""A `header` within one of these is an entry's own, as in the themes of WordPress."""
_OUTSIDE_NAMES = frozenset(
    {"menu", "navbar", "nav", "sidebar", "breadcrumb", "breadcrumbs", "related", "other", "others"}
    | {"tinkhac", "lienquan", "tags", "siteheader", "mainheader", "topheader", "sitefooter"}
    | {"mainfooter"}
)
_NAME = re.compile(r"\S+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")

Look = tuple[str, ...]


def repeated_rows(page: Page, is_article: Callable[[str], bool]) -> list[Element]:
    """Find the group of article links that hold most words, and the row around each.

    Links to other hosts, in menus, headers, footers and boxes of related news do not count; a
    group of one is no list. On a home page every group counts: its boxes of news have many shapes.
    """
    groups: dict[Look, dict[str, Element]] = defaultdict(dict)
    host = urlsplit(page.url).netloc
    for link in elements(page.root, "a[href]"):
        words = one_line(text_of(link)) or one_line(link.get("title") or "")
        if len(words) < _MIN_TITLE_CHARS:
            continue
        try:
            url = canonical(link.get("href") or "", page.base_url)
        except ValueError:
            continue
        group = groups[_look(link)]
        if len(group) < _MAX_ENTRIES and _is_candidate(link, url, host, is_article):
            group.setdefault(url, link)
    if urlsplit(page.url).path in {"", "/"}:
        found: dict[str, Element] = {}
        for group in groups.values():
            found |= {url: link for url, link in group.items() if url not in found}
        return [_row(link, found) for link in found.values()] if len(found) > 1 else []
    lists = [group for group in groups.values() if len(group) > 1]
    if not lists:
        return []
    best = max(lists, key=_weight)
    best = _with_odd_ones(best, groups)
    return [_row(link, best) for link in best.values()]


def _with_odd_ones(
    best: dict[str, Element], groups: Mapping[Look, dict[str, Element]]
) -> dict[str, Element]:
    """Add entries of another look that stand among the others: the first with a large picture, the
    last without any. Where the rows fill less than half of what holds them, side boxes do too.
    """
    around = _common_ancestor(list(best.values()))
    if around is None or 2 * _weight(best) < len(one_line(text_of(around))):
        return best
    all_ = dict(best)
    for group in groups.values():
        for url, link in group.items():
            if url not in all_ and around in link.iterancestors():
                all_[url] = link
    if len(all_) == len(best):
        return best
    order = {link: place for place, link in enumerate(around.iter("a"))}
    return dict(sorted(all_.items(), key=lambda item: order[item[1]]))


def _common_ancestor(links: Sequence[Element]) -> Element | None:
    common = list(links[0].iterancestors())
    for link in links[1:]:
        own = set(link.iterancestors())
        common = [node for node in common if node in own]
    return common[0] if common else None


def _is_candidate(link: Element, url: str, host: str, is_article: Callable[[str], bool]) -> bool:
    return urlsplit(url).netloc == host and is_article(url) and not _stands_outside(link)


def _look(link: Element) -> Look:
    look: list[str] = []
    node: Element | None = link
    for _ in range(_ABOVE + 1):
        if node is None or node.tag == "body":
            break
        look.append(f"{node.tag!s}.{_kind(node)}")
        node = node.getparent()
    return tuple(look)


def _kind(node: Element) -> str:
    """Return the first class that is not one element's own, as `post-1532` is."""
    names = (node.get("class") or "").split()
    return next((name for name in names if not any(map(str.isdigit, name))), "")


def _weight(group: dict[str, Element]) -> int:
    """Count the words of titles and of what stands beside them; dates and leads make a list."""
    return sum(len(one_line(text_of(_row(link, group)))) for link in group.values())


def _row(link: Element, group: dict[str, Element]) -> Element:
    """Climb to the largest element that holds no other link of the group."""
    others = {id(other) for other in group.values() if other is not link}
    row = link
    for parent in link.iterancestors():
        if parent.tag in {"body", "html"} or any(id(node) in others for node in parent.iter("a")):
            break
        row = parent
    return row


def _stands_outside(link: Element) -> bool:
    for node in link.iterancestors():
        if node.tag == "main":
            return False
        if node.tag in _OUTSIDE and not _is_entrys_own(node):
            return True
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if node.tag != "body" and any(map(_names_outside, _NAME.findall(names))):
            return True
    return False


def _is_entrys_own(node: Element) -> bool:
    return node.tag == "header" and next(node.iterancestors(*_HOLDS_ENTRIES), None) is not None


@lru_cache(4096)
def _names_outside(name: str) -> bool:
    """Tell whether a class or id opens or ends with a word for what stands around the list."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or "no" in words:
        return False
    if words[0] in {"header", "footer"}:
        return True
    ends = {words[0], words[-1], "".join(words[:2]), "".join(words[-2:])}
    return not _OUTSIDE_NAMES.isdisjoint(ends)
