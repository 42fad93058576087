"""What stands above a group of links, and in which column: a list's own, or a box beside it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from crawler.clean.text import one_line
from crawler.extract.lists.links import turns
from crawler.extract.lists.numbers import place_of
from crawler.extract.lists.postback import posts_back
from crawler.extract.page import Page
from crawler.extract.select import Element, text_of
from crawler.extract.text.frame import is_named_frame
from crawler.extract.titles.names import key_of

_TITLE_LEVELS = 5
_MOST_SIBLINGS = 20
_MAX_TITLE_CHARS = 90
_SIDE = re.compile(
    r"(?:(?:cac|nhung|danh sach|xem|muc) )*"
    r"(?:(?:tin|bai|tin tuc|tin bai|bai viet|noi dung|su kien|thong tin|chu de|chuyen muc) )?"
    r"(?:moi(?: nhat| dang| cap nhat| hon)?|nong|hot|(?:da )?(?:dua|dang)(?: tin| ngay.*)?|cu hon"
    r"|tieu diem|quan tam|anh|video|nen doc|co the ban quan tam"
    r"|(?:doc nhieu|xem nhieu|duoc (?:xem|doc|quan tam)|nhieu nguoi (?:doc|xem)|noi bat|khac"
    r"|lien quan|cung (?:chuyen muc|loai|chu de))(?: .{0,30})?)"
    r"|(?:cac )?(?:thong bao|van ban|tai lieu|du an)(?: moi)?(?: nhat)?"
    r"|(?:thu vien )?(?:hinh )?(?:anh|videos?|album|clip|media|multimedia|infographic|podcast)"
    r"(?: (?:anh|video|clip|hoat dong|dep|noi bat|moi|su kien).{0,20})?"
    r"|(?:lien ket|trang web|website)(?: .{0,30})?|lich (?:cong tac|tiep|hop|lam viec).{0,30}"
    r"|(?:chuyen muc|danh muc|chuyen de|chu de)(?: con| khac)?|quang cao|(?:thoi tiet|ty gia"
    r"|thu tuc hanh chinh|dich vu cong|tham do|hoi dap|thong tin can biet|binh luan|y kien"
    r"|thong ke|tim kiem)(?: .{0,40})?"
    r"|(?:most|recent|latest|popular|related|other|highlights?|more)(?: .{0,30})?"
)
_OTHERS = re.compile(r"(?:cac )?bai(?: viet)? khac")
"""Joomla's words above links that belong to this page of the list."""
_SIDE_NAMES = frozenset(
    [
        "left",
        "right",
        "side",
        "sidebar",
        "aside",
        "trai",
        "phai",
        "widget",
        "widgets",
        "banner",
        "slider",
        "slide",
        "carousel",
        "swiper",
        "owl",
        "slick",
        "marquee",
        "popup",
        "modal",
    ]
)
_COLUMN_NAMES = frozenset(["col", "column", "cot", "span", "grid"])
_MIDDLE_NAMES = frozenset(["main", "content", "center", "centre", "giua", "chinh"])
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HOLDS_COLUMNS = re.compile(r"(?<!\S)(?:\w+:)*(?:inline-)?grid(?:-(?:cols|rows|flow)\S*)?(?!\S)")
"""Classes of what holds columns: of one column `grid_8` is the name, not `grid`."""


def title_above(row: Element, holders: Container[Element]) -> str | None:
    """Find the words that stand next before a row or the box around it, in its box.

    `holders` are the elements that hold links of lists: beyond one of them nothing is a title.
    None where there is no short line.
    """
    node: Element | None = row
    for _ in range(_TITLE_LEVELS):
        if node is None or node.tag == "body":
            return None
        for before in islice(node.itersiblings(preceding=True), _MOST_SIBLINGS):
            said = one_line(before.tail or "")
            if not said and isinstance(before.tag, str):
                if before in holders:
                    return None
                if before.tag not in {"script", "style", "img", "br", "hr"}:
                    said = one_line(text_of(before))
                    if said and len(list(islice(before.iter("a"), 2))) > 1:
                        return None  # a menu, a pager
            if said:
                return said if len(said) <= _MAX_TITLE_CHARS else None
        node = node.getparent()
        said = one_line(node.text or "") if node is not None else ""
        if said:
            return said if len(said) <= _MAX_TITLE_CHARS else None
    return None


def title_within(row: Element, link: Element) -> str | None:
    """Find the short line with which a box opens that holds a single link."""
    said: list[str] = []
    for node in row.iter():
        if node is link:
            break
        if isinstance(node.tag, str) and node.tag not in {"script", "style"}:
            said.append(node.text or "")
    line = one_line(" ".join(said))
    return line if 0 < len(line) <= _MAX_TITLE_CHARS else None


def is_side_title(title: str | None, page: Page) -> bool:
    """Tell whether a title is that of a box beside the list, not what the page is called."""
    key = key_of(title or "")
    if not key or not _SIDE.fullmatch(key):
        return False
    called = key_of(one_line(" ".join(page.root.xpath("string(//title)").split()[:30])))
    return not called.startswith(key) and key.replace(" ", "-") not in urlsplit(page.url).path


def is_others_title(title: str | None) -> bool:
    """Tell whether a title stands above entries of this page that are shown without their leads."""
    return bool(_OTHERS.fullmatch(key_of(title or "")))


def is_side_box(node: Element) -> bool:
    """Tell whether an element is named as a column beside the list, or a box that moves."""
    return node.tag in {"aside", "marquee"} or not _SIDE_NAMES.isdisjoint(_words(node))


def in_side_box(node: Element, up_to: Element | None) -> bool:
    """Tell whether an element stands in a box beside the list, below `up_to`."""
    for around in (node, *node.iterancestors()):
        if around is up_to or around.tag == "body":
            return False
        if is_side_box(around) or is_named_frame(around):
            return True
    return False


def are_columns(one: Element, other: Element) -> bool:
    """Tell whether two siblings stand beside each other, not one above the other."""
    if one.tag == other.tag and one.tag in {"td", "th"}:
        return True
    if all("float:" in (node.get("style") or "").replace(" ", "") for node in (one, other)):
        return True
    first, second = _words(one), _words(other)
    names = _COLUMN_NAMES | _SIDE_NAMES
    if not (names.isdisjoint(first) or names.isdisjoint(second)):
        return True
    both = first | second
    return not (_SIDE_NAMES.isdisjoint(both) or _MIDDLE_NAMES.isdisjoint(both))


def turning_links(page: Page) -> list[Element]:
    """List the links of the page's pager, or what looks like one."""
    found = []
    for link in islice(page.root.iter("a"), 3000):
        said = one_line(text_of(link)) if len(link) < 3 else ""
        if said and turns(said) and _leads_on(link, said):
            found.append(link)
    return found


def _leads_on(link: Element, said: str) -> bool:
    href = link.get("href") or ""
    if posts_back(link):
        return not re.search(r"'\d{3,}'|V\d{3,}", href)  # a day of a calendar
    if not any(map(str.isdigit, said)):
        return True
    try:
        return place_of(href).number is not None or bool(re.search(r"[-/]\d{1,4}$", href))
    except ValueError:
        return False


def depth_of_meeting(around: Element, marks: Sequence[Element]) -> int:
    """Tell how deep in the tree an element meets the nearest of `marks`; 0 where there is none."""
    line = [around, *around.iterancestors()]
    depth = {node: len(line) - index for index, node in enumerate(line)}
    return max((_meeting(mark, depth) for mark in marks), default=0)


def _meeting(mark: Element, depth: dict[Element, int]) -> int:
    return next((depth[node] for node in (mark, *mark.iterancestors()) if node in depth), 0)


def _words(node: Element) -> frozenset[str]:
    return _words_of(f"{node.get('class') or ''} {node.get('id') or ''}"[:200])


@lru_cache(4096)
def _words_of(names: str) -> frozenset[str]:
    names = _HOLDS_COLUMNS.sub(" ", names)
    return frozenset(word.lower() for word in _WORD.findall(names))
