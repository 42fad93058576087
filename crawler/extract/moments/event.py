"""Dates that say when something takes place: those of an event's card, of a calendar of work."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract.moments.line import DateLine
from crawler.extract.moments.scene import Scene
from crawler.extract.select import Element
from crawler.extract.text.frame import is_longer
from crawler.extract.text.look import block_around, element_of, is_prose, within

_NAMES = re.compile(
    r"(?<![a-z])(?:events?|su[-_]?kien|schedules?|agenda"
    r"|lich(?:[-_]?(?:hop|lam[-_]?viec|cong[-_]?tac|tuan|su[-_]?kien|tiep[-_]?dan))?)(?![a-z])"
)
_OF_NEWS = re.compile(r"(?<![a-z])(?:tin|news|bai|article|post|detail)")
"""Sections are called "Tin tức - Sự kiện": what holds their news has both names."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SAYS = re.compile(
    r"\W*(?:thời\sgian(?!\s(?:đăng|xuất|cập|đưa|viết))|địa\sđiểm|nơi\s(?:họp|tổ\schức)"
    r"|chủ\strì|thành\sphần|hội\strường|phòng\shọp|diễn\sra|khai\smạc"
    r"|lịch\s(?:họp|làm\sviệc|công\stác|tuần|sự\skiện|tiếp)|sự\skiện(?:\s(?:sắp|sắp\stới))?$"
    r"|venue|location|when|where)(?!\w)",
    re.IGNORECASE,
)
_LEVELS = 4
_CARD_LEVELS = 3
_NEAR = 3
_CARD_CHARS = 400
_WHOLE_PAGE = frozenset({"body", "html", "form"})


def names_event(node: Element | None) -> bool:
    """Tell whether class or id of an element, or of a small one around it, call it an event's."""
    for _ in range(_LEVELS):
        if node is None or node.tag in _WHOLE_PAGE:
            return False
        if _name_event(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return not is_longer(node, _CARD_CHARS)
        node = node.getparent()
    return False


def is_of_event(line: DateLine, scene: Scene, index: int) -> bool:
    """Tell whether the date of block `index`, without a label, stands in an event's card.

    Its name tells, or the place and the hour that are told beside.
    """
    if line.role != "plain":
        return False
    block = scene.blocks[index]
    if names_event(element_of(block)):
        return True
    near = [
        *scene.blocks[max(0, index - _NEAR) : index],
        *scene.blocks[index + 1 : index + _NEAR + 1],
    ]
    card = block_around(block)
    for _ in range(_CARD_LEVELS):
        if card is None or card.tag in _WHOLE_PAGE or _holds(card, scene.title):
            return False
        held = [one for one in near if within(element_of(one), card)]
        if any(map(is_prose, held)):
            return False
        if any(_SAYS.match(one.text) for one in held):
            return True
        card = card.getparent()
    return False


def _holds(card: Element, title: Element | None) -> bool:
    return title is not None and within(title, card)


@lru_cache(4096)  # the pages of a site share them
def _name_event(written: str) -> bool:
    names = _CAMEL.sub("-", written[:300]).lower()
    return bool(_NAMES.search(names)) and not _OF_NEWS.search(names)
