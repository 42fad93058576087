"""What stands around an article on its page: head, menus, side boxes, other news, a clock."""

from __future__ import annotations

import re

from crawler.extract.select import Element

_TAGS = frozenset({"nav", "header", "footer", "aside", "select", "marquee"})
_OWN_TAGS = frozenset({"article", "main"})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMES = re.compile(
    r"(?<![a-z])(?:(?:top|site|page|main)?[-_]?head(?:er)?s?|banners?|logo|nav(?:bar|igation)?|(?:main)?menu"
    r"|top[-_]?(?:bar|nav|menu|head|banner|line)|bread[-_]?crumbs?|foot(?:er)?s?|side[-_]?(?:bar|box)?"
    r"|aside|related|relate|others?|(?:tin|bai)[-_]?(?:bai)?[-_]?(?:lien[-_]?quan|khac|moi|cu|cung)"
    r"|lien[-_]?quan|widgets?|clock|dong[-_]?ho|today|hom[-_]?nay|(?:current|now|server|sys(?:tem)?)[-_]?"
    r"(?:date|time)|(?:date|time)[-_]?(?:now|today|server)|comments?|binh[-_]?luan|most|xem[-_]?nhieu"
    r"|doc[-_]?nhieu|slider|carousel|search|tim[-_]?kiem|calendar|statistics?|thong[-_]?ke|hotline"
    r"|copyright|marquee)(?![a-z])"
)
_OWN = re.compile(r"(?:post|entry|article|detail|single|title|tieu[-_]?de|bai[-_]?viet)")
_OF_HEAD = re.compile(r"head|thong[-_]?ke")
_LEVELS = 14


class Frame:
    """Tells what stands in the frame of one page, seen from its title."""

    def __init__(self, title: Element | None) -> None:
        self._shared = {title, *title.iterancestors()} if title is not None else set[Element]()

    def holds(self, node: Element) -> bool:
        """Tell whether an element stands in the frame: what also holds the title is none of it."""
        around: Element | None = node
        for _ in range(_LEVELS):
            if around is None or around in self._shared or around.tag in _OWN_TAGS:
                return False
            if around.tag in _TAGS or is_named_frame(around):
                return True
            around = around.getparent()
        return False

    def is_near(self, node: Element, levels: int = 3) -> bool:
        """Tell whether an element and the title are near relations."""
        around: Element | None = node
        for _ in range(levels + 1):
            if around is None:
                return False
            if around in self._shared:
                return around.tag not in {"body", "html", "form"}
            around = around.getparent()
        return False


def is_named_frame(node: Element) -> bool:
    """Tell whether class or id call an element a part of the frame."""
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if names == " ":
        return False
    names = _CAMEL.sub("-", names[:300]).lower()
    found = _NAMES.search(names)
    if found is None:
        return False
    return not (_OF_HEAD.search(found[0]) and _OWN.search(names))
