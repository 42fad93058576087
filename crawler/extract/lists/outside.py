"""What stands around the lists of a page by its names: menus, headers, footers, boxes beside."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract.select import Element

_OUTSIDE = frozenset({"nav", "header", "footer", "aside"})
_HOLDS_ENTRIES = ("article", "main", "li")
"""A `header` within one of these is an entry's own, as in the themes of WordPress."""
_OUTSIDE_NAMES = frozenset(
    {"menu", "mainmenu", "topmenu", "leftmenu", "rightmenu", "submenu", "megamenu", "navmenu"}
    | {"navbar", "nav", "sidebar", "breadcrumb", "breadcrumbs", "related", "other", "others"}
    | {"tinkhac", "lienquan", "tags", "siteheader", "mainheader", "topheader", "sitefooter"}
    | {"mainfooter"}
)
_NAME = re.compile(r"\S+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")


def stands_outside(link: Element, known: dict[Element, bool]) -> bool:
    """Tell whether a link stands in such a part; `known` keeps what was found, for its page."""
    passed: list[Element] = []
    found = False
    for node in link.iterancestors():
        if node in known:
            found = known[node]
            break
        passed.append(node)
        if node.tag == "main":
            break
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if (node.tag in _OUTSIDE and not _is_entrys_own(node)) or (
            node.tag != "body"
            and any(_names_outside(name) for name in _NAME.findall(names))
            and not (node.tag == "ol" and "nav" in names.split())  # the rest of Joomla's blog
        ):
            found = True
            break
    known.update(dict.fromkeys(passed, found))
    return found


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
    return (
        not _OUTSIDE_NAMES.isdisjoint(ends)
        or words[0].startswith("menu")
        or words[-1].endswith("menu")
    )
