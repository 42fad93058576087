"""Other news and readers' comments on an article's page: behind its text, and in boxes amid it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.block_look import (
    MUCH_LINKED,
    block_around,
    is_prose,
    letters_of,
    linked_share,
    within,
)
from crawler.extract.blocks import Block
from crawler.extract.select import Element

_OTHERS_LINKED = 3
HEADING_OF_OTHERS = re.compile(
    r"(?:(?:các\s+)?(?:tin|bài)(?:\s+(?:tức|viết|mới|đã))?\s+(?:khác|liên\s+quan|cùng\s+chuyên\s+mục"
    r"|mới\s+(?:hơn|nhất)|cũ\s+hơn|đưa|đăng|đọc\s+nhiều|xem\s+nhiều|nổi\s+bật)"
    r"|tin\s+nổi\s+bật|xem\s+thêm|có\s+thể\s+bạn\s+quan\s+tâm|đọc\s+thêm|tham\s+khảo\s+thêm"
    r"|(?:ý\s+kiến|bình\s+luận)(?:\s+bạn\s+đọc)?|gửi\s+bình\s+luận|từ\s+khóa|thẻ|tags?"
    r"|related\s+(?:news|articles|posts)|other\s+news|read\s+more)\s*:?.{0,25}",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:gửi\s+)?(?:ý\s+kiến|bình\s+luận|thảo\s+luận|nhận\s+xét)(?:\s+(?:bạn\s+đọc|của\s+bạn(?:\s+đọc)?))?"
    r"\s*(?:\(\d+\)|\d+)?\s*:?|(?:\d+\s+)?(?:comments?|bình\s+luận)(?:\s*\(\d+\))?|leave\s+a\s+(?:comment|reply)",
    re.IGNORECASE,
)


def others_start(blocks: Sequence[Block], start: int) -> int:
    """Return where, behind the title, comments or other news begin; else the page's end."""
    homes: set[Element | None] = set()
    for index in range(start, len(blocks)) if start else ():
        block = blocks[index]
        if is_prose(block):
            homes.add(_home_of(block))
        elif homes and _COMMENTS.fullmatch(block.text):
            return index
        if heads_others(block):
            after = [block for block in blocks[index + 1 : index + 9] if block.text]
            goes_on = any(is_prose(block) and _home_of(block) in homes for block in after)
            linked = sum(linked_share(block) > MUCH_LINKED for block in after)
            if linked >= _OTHERS_LINKED and not goes_on:
                return index
    return len(blocks)


def heads_others(block: Block) -> bool:
    """Tell the heading of a list of other news."""
    return bool(HEADING_OF_OTHERS.fullmatch(block.text)) and linked_share(block) <= MUCH_LINKED


def _home_of(block: Block) -> Element | None:
    """Return the element that a paragraph stands in, among others of its text."""
    around = block_around(block)
    return around.getparent() if around is not None else None


def boxes_of_others(blocks: Sequence[Block], first: int, last: int) -> set[int]:
    """List what stands in boxes headed "Tin liên quan" amid the text: titles and leads of others.

    A box is the outermost element around its heading that holds less than a third of the text.
    """
    most = letters_of(blocks[first:last]) / 3
    found: set[int] = set()
    for index in range(first, last):
        if index in found or not HEADING_OF_OTHERS.fullmatch(blocks[index].text):
            continue
        box, node = {index}, block_around(blocks[index])
        while node is not None:
            held = {at for at in range(first, last) if within(block_around(blocks[at]), node)}
            if letters_of([blocks[at] for at in held]) > most:
                break
            box, node = held, node.getparent()
        if any(linked_share(blocks[at]) > MUCH_LINKED for at in box):
            found |= box
    return found
