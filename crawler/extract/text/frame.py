"""What stands around an article on its page: head, menus, side boxes, other news, a clock."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, islice

from crawler.clean.text import one_line
from crawler.extract.moments.forms import dates_in
from crawler.extract.select import Element
from crawler.extract.text.others import HEADING_OF_OTHERS

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
_OWN = re.compile(
    r"(?:post|entry|article|detail|single|title|tieu[-_]?de|bai[-_]?viet|answer|tra[-_]?loi"
    r"|(?:date|meta)[-_]head)"
)
_PLACED = re.compile(r"(?<![a-z])(?:elementor|wp-block)-widget")
"""What page builders call all that they place, title and text too."""
_POPUPS = re.compile(
    r"(?<![a-z])(?:pop[-_]?ups?|modals?|off[-_]?canvas(?![-_]main)|cookies?)(?![a-z])"
)
_OF_HEAD = re.compile(r"head|top|thong[-_]?ke")
_LEVELS = 14
_ROW_LEVELS = 3
_ROW_CHARS = 800
_TITLE_WORDS = 6
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADING_CHARS = 80
_MOST_SIBLINGS = 60


class Frame:
    """Tells what stands in the frame of one page, seen from its title."""

    def __init__(self, title: Element | None) -> None:
        path = [title, *title.iterancestors()] if title is not None else []
        self._title = title
        self._shared: set[Element | None] = set(path)
        self._own_names = {
            name for node in path if node.tag not in {"html", "body"} for name in _frame_names(node)
        }
        """What a skin calls the title's own surroundings: `elementor-widget`, `longform-header`."""

    def holds(self, node: Element) -> bool:
        """Tell whether an element stands in the frame: what also holds the title is none of it."""
        around: Element | None = node
        for _ in range(_LEVELS):
            if around is None or around in self._shared or around.tag in _OWN_TAGS:
                return False
            if around.tag in _TAGS and not _is_of_article(around):
                return True
            if _pops_up(around):
                return True
            if is_named_frame(around) and not self._own_names.issuperset(_frame_names(around)):
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

    def lists_another(self, node: Element) -> bool:
        """Tell whether an element stands in a row that links another article by its title."""
        around: Element | None = node
        for _ in range(_ROW_LEVELS):
            if around is None or around in self._shared or around.tag == "main":
                return False
            if is_longer(around, _ROW_CHARS):
                return False
            if around.tag == "article":
                return self._title is not None and _heads_link(around)
            if any(_is_title(link) for link in around.iter("a")):
                return True
            around = around.getparent()
        return False

    def follows_others(self, node: Element) -> bool:
        """Tell whether an element stands behind a heading of other news, and the title does not."""
        around: Element | None = node
        for _ in range(_LEVELS):
            if around is None or around in self._shared or around.tag == "body":
                return False
            if _is_of_article(around) and around.getparent() in self._shared:
                return False
            for before in islice(around.itersiblings(preceding=True), _MOST_SIBLINGS):
                if before in self._shared:
                    return False
                if _is_heading_of_others(before):
                    return True
            around = around.getparent()
        return False

    def is_below(self, node: Element) -> bool:
        """Tell whether an element stands behind the title in the page's order."""
        if self._title is None:
            return True
        if node in self._shared:
            return node is self._title
        path = [node, *node.iterancestors()]
        for around, child in zip(path[1:], path, strict=False):
            if around in self._shared:
                own = [self._title, *self._title.iterancestors()]
                at = own.index(around)
                return at == 0 or around.index(child) > around.index(own[at - 1])
        return True


def is_of_others(node: Element, frame: Frame) -> bool:
    """Tell a date of other news: in a row with another title, or behind a heading of others."""
    return frame.lists_another(node) or frame.follows_others(node)


def is_longer(node: Element, most: int) -> bool:
    """Tell whether an element's text is longer, without reading all of a long one."""
    return any(length > most for length in accumulate(len(str(t)) for t in node.itertext()))


def is_named_frame(node: Element) -> bool:
    """Tell whether class or id call an element a part of the frame."""
    names = _written_names(node)
    return names != " " and _name_a_frame(names)


@lru_cache(4096)  # the pages of a site share them
def _name_a_frame(written: str) -> bool:
    names = _plain_names(written)
    found = _NAMES.search(names)
    return found is not None and not (_OF_HEAD.search(found[0]) and _OWN.search(names))


def _is_heading_of_others(node: Element) -> bool:
    if not isinstance(node.tag, str) or is_longer(node, _HEADING_CHARS):
        return False
    if node.tag not in _HEADINGS and next(node.iter(*_HEADINGS), None) is None:
        return False
    return bool(HEADING_OF_OTHERS.fullmatch(one_line("".join(map(str, node.itertext())))))


def _heads_link(article: Element) -> bool:
    """Tell a teaser from an article whose title stands elsewhere: its heading links to it."""
    return any(
        link.get("href") for heading in article.iter(*_HEADINGS) for link in _links_at(heading)
    )


def _links_at(heading: Element) -> list[Element]:
    around = heading.getparent()
    own = [*heading.iter("a")]
    return [*own, around] if around is not None and around.tag == "a" else own


def _is_of_article(node: Element) -> bool:
    """Tell an article's own head or foot: Drupal writes who and when in its `footer`."""
    parent = node.getparent()
    own = parent is not None and parent.tag == "article" and not is_named_frame(parent)
    return own and node.tag in {"header", "footer"}


def _frame_names(node: Element) -> set[str]:
    """List the parts of class and id that name a frame, each with what stands before it."""
    return {
        name[: found.end()]
        for name in _plain_names(_written_names(node)).split()
        for found in _NAMES.finditer(name)
    }


def _written_names(node: Element) -> str:
    """Return class and id as written; a blank where an element has neither."""
    return f"{node.get('class') or ''} {node.get('id') or ''}"


@lru_cache(4096)
def _plain_names(written: str) -> str:
    return _PLACED.sub("", _CAMEL.sub("-", written[:300]).lower())


def _pops_up(node: Element) -> bool:
    """Tell what opens over the page: as a notice of cookies; `body` only says that one does."""
    if node.tag in {"html", "body"}:
        return False
    return bool(_POPUPS.search(_plain_names(_written_names(node))))


def _is_title(link: Element) -> bool:
    text = one_line(" ".join(map(str, link.itertext())))
    words = sum(any(map(str.isalpha, word)) for word in text.split())
    leads_on = "#" not in link.get("href", "#")  # "Để lại bình luận cho bài viết …"
    return leads_on and words >= _TITLE_WORDS and not dates_in(text[:60])
