"""Other news and readers' comments on an article's page: behind its text, and in boxes amid it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import takewhile

from crawler.extract.select import Element
from crawler.extract.text.blocks import Block
from crawler.extract.text.look import (
    MUCH_LINKED,
    block_around,
    first_href,
    is_prose,
    letters_of,
    linked_share,
    within,
)
from crawler.extract.text.signature import is_leftover

_SERVICE = re.compile(
    r"(?:số\s)?(?:lượt|lần)\s(?:xem|đọc|tải|truy cập)|đã xem|view count|views?|bản in|quay lại"
    r"|trở lại|in (?:bài(?: viết)?|tin|trang|bản tin|ấn)|gửi (?:tin|bài(?: viết)?|e?mail|bạn bè)"
    r"|tải (?:về|xuống)|đầu trang|lên trên|chia sẻ|(?:xem )?cỡ chữ|đọc bài(?: viết)?"
    r"|nghe(?: đọc)?(?: bài(?: viết)?| tin)?|copy link|sao chép(?: liên kết)?"
    r"|lưu(?: bài(?: viết)?| lại)?(?![^\W\d_a-z])|facebook|zalo"
    r"|twitter|linkedin|pinterest|e-?mail|print|share|tweet|like|đánh giá(?: bài viết)?"
    r"|(?:bạn|quý vị) (?:có )?(?:hài lòng|thấy)[^.]{0,60}\?",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"(?:(?:facebook|zalo|twitter|tweet|linkedin|pinterest|telegram|copy link)\b\W*){2,}",
    re.IGNORECASE,
)
"""Buttons of several networks, below each of the entries that a text is made of."""
_LOOSE = re.compile(
    r"(?<![^\W\d_])(?:ngày|lúc|đăng|cập nhật|thứ|hai|ba|tư|năm|sáu|bảy|chủ nhật|tháng|giờ|phút|in"
    r"|a|am|pm|sa|ch|gmt|người|của|bởi|là|và|này|x|via|qua|trên)(?![^\W\d_])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_SERVICE_CHARS = 140
_LETTERS_LEFT = 2
"""Of icons: "f", "in"."""
_FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar)(?:$|[?#])|download", re.IGNORECASE)
_OTHERS_LINKED = 3
_FAR_BLOCKS = 30
_SHORT_WORDS = 8
_SURE = 0.15
"""Of a score for each word, which is 0.5 where all are for it."""
_LEAST_CARDS = 2
_CARD_LEVELS = 3
_CARD_BLOCKS = 5
_TITLE_WORDS = 4
_TEASER_CHARS = 400
HEADING_OF_OTHERS = re.compile(
    r"(?:(?:thông\s+báo|văn\s+bản|sự\s+kiện|hoạt\s+động)\s+khác|(?:các\s+)?(?:tin|bài)(?:\s+(?:tức|viết|mới|đã))?\s+(?:khác|liên\s+quan|cùng\s+chuyên\s+mục"
    r"|mới\s+(?:hơn|nhất)|cũ\s+hơn|đưa|đăng|đọc\s+nhiều|xem\s+nhiều|nổi\s+bật)"
    r"|(?:tin|video|ảnh)\s+(?:nổi\s+bật|mới)|đừng\s+bỏ\s+lỡ|cùng\s+chuyên\s+mục|mới\s+nhất"
    r"|(?:đọc|xem)\s+nhiều|(?:có\s+thể\s+)?bạn\s+(?:có\s+thể\s+)?quan\s+tâm"
    r"|xem\s+thêm|đọc\s+thêm|tham\s+khảo\s+thêm|từ\s+khóa|thẻ|tags?"
    r"|(?:ý\s+kiến|bình\s+luận)(?:\s+bạn\s+đọc)?|gửi\s+bình\s+luận"
    r"|related\s+(?:news|articles|posts)|other\s+news|read\s+more)\s*:?.{0,25}",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\W{0,3}(?:(?:xem|đọc|tham khảo) thêm\b|>{2}|»)", re.IGNORECASE)
_COMMENTS = re.compile(
    r"(?:gửi\s+)?(?:ý\s+kiến|bình\s+luận|thảo\s+luận|nhận\s+xét)(?:\s+(?:bạn\s+đọc|của\s+bạn(?:\s+đọc)?))?"
    r"\s*(?:\(\d+\)|\d+)?\s*:?|(?:\d+\s+)?(?:comments?|bình\s+luận)(?:\s*\(\d+\))?|leave\s+a\s+(?:comment|reply)",
    re.IGNORECASE,
)


def others_start(
    blocks: Sequence[Block], start: int, scores: Sequence[float], others: Container[int]
) -> int:
    """Return where, behind the title, comments or other news begin; else the page's end.

    `scores` say of each block from `start` on how far it speaks for standing in the text: what the
    votes are for behind other news is the text going on. `others` are the blocks of `cards`.
    """
    told = False
    for index in range(start, len(blocks)) if start else ():
        block = blocks[index]
        told = told or is_prose(block)
        if told and _COMMENTS.fullmatch(block.text) and not _is_tool(block):
            return index
        if _heads_list(blocks, index):
            behind = scores[index - start :]
            if not (told and _goes_on(blocks, index, behind, others)):
                return index
    return len(blocks)


def _is_tool(block: Block) -> bool:
    """Tell a button from a heading."""
    return block.kind == "item" or linked_share(block) > MUCH_LINKED


def _heads_list(blocks: Sequence[Block], index: int) -> bool:
    if not heads_others(blocks[index]):
        return False
    after = [block for block in blocks[index + 1 : index + 9] if block.text]
    return sum(linked_share(block) > MUCH_LINKED for block in after) >= _OTHERS_LINKED


def _goes_on(
    blocks: Sequence[Block], index: int, scores: Sequence[float], others: Container[int]
) -> bool:
    """Tell whether the text goes on right behind a short list: most take what follows for it."""
    for at in range(index + 1, min(len(blocks), index + _FAR_BLOCKS)):
        block, count = blocks[at], blocks[at].text.count(" ") + 1
        if heads_others(block):
            return False
        if at in others or count < _SHORT_WORDS or linked_share(block) > MUCH_LINKED:
            continue
        return tells(block) and scores[at - index] >= _SURE * count
    return False


def tells(block: Block) -> bool:
    """Tell whole sentences from the titles of documents and news."""
    return is_prose(block) and block.text.rstrip("”\"') ").endswith((".", "!", "?", "…"))


def cards(blocks: Sequence[Block], start: int) -> set[int]:
    """List what stands in cards of other news: a small element with a linked title and a teaser.

    One alone may be chance; a page that shows others shows several.
    """
    found: set[int] = set()
    count = 0
    for index in range(start, len(blocks)):
        if index not in found and _titles_another(blocks[index]):
            card = _card(blocks, index)
            found |= card
            count += bool(card)
    return found if count >= _LEAST_CARDS else set()


def _titles_another(block: Block) -> bool:
    return _leads_elsewhere(block) and block.text.count(" ") + 1 >= _TITLE_WORDS


def _card(blocks: Sequence[Block], title: int) -> set[int]:
    """Return the numbers of the blocks in the smallest element around a title and its teaser."""
    node = block_around(blocks[title])
    for _ in range(_CARD_LEVELS):
        node = node.getparent() if node is not None else None
        if node is None:
            break
        held = _held(blocks, title, node)
        if len(held) > _CARD_BLOCKS:
            break
        teasers = [blocks[index] for index in held if index > title and is_prose(blocks[index])]
        if teasers:
            return set(held) if letters_of(teasers) <= _TEASER_CHARS else set()
    return set()


def _held(blocks: Sequence[Block], index: int, node: Element) -> range:
    """Return the numbers of the blocks in an element that holds block `index`: a few, or many."""
    first, last = index, index + 1
    while first and last - first <= _CARD_BLOCKS and within(block_around(blocks[first - 1]), node):
        first -= 1
    while last < len(blocks) and last - first <= _CARD_BLOCKS:
        if not within(block_around(blocks[last]), node):
            break
        last += 1
    return range(first, last)


def is_button(block: Block) -> bool:
    """Tell a line of buttons, counters and dates alone: "In | Gửi tin | Lượt xem: 318"."""
    if not block.text or is_leftover(block.text):
        return bool(block.text)
    if len(block.text) > _SERVICE_CHARS or not _SERVICE.search(block.text):
        return False
    rest = _SERVICE.sub(" ", block.text)
    return len(_LETTER.findall(_LOOSE.sub(" ", rest))) <= _LETTERS_LEFT


def heads_others(block: Block) -> bool:
    """Tell the heading of a list of other news."""
    return bool(HEADING_OF_OTHERS.fullmatch(block.text)) and linked_share(block) <= MUCH_LINKED


def strangers(blocks: Sequence[Block]) -> set[int]:
    """List the blocks of a text that are none of it: other news, pointers to it, closing buttons.

    A list of news is what leads elsewhere right below its heading; links to files are none.
    """
    found: set[int] = set()
    heads = [i for i, block in enumerate(blocks) if HEADING_OF_OTHERS.fullmatch(block.text)]
    for head in heads:
        links = [*takewhile(lambda at: _leads_elsewhere(blocks[at]), range(head + 1, len(blocks)))]
        found |= {head, *links} if links and not _leads_elsewhere(blocks[head]) else set()
    if heads:
        found |= _boxes(blocks)
    pointers = (i for i, block in enumerate(blocks) if _POINTER.match(block.text))
    found |= {i for i in pointers if _leads_elsewhere(blocks[i])}
    found |= {i for i, block in enumerate(blocks) if _SHARES.fullmatch(block.text)}
    behind = takewhile(lambda at: at in found or is_button(blocks[at]), range(len(blocks))[::-1])
    return found | {*behind}


def _leads_elsewhere(block: Block) -> bool:
    return linked_share(block) > MUCH_LINKED and not _FILES.search(first_href(block) or "")


def _boxes(blocks: Sequence[Block]) -> set[int]:
    """List what stands in boxes headed "Tin liên quan" amid the text: titles and leads of others.

    A box is the outermost element around its heading that holds less than a third of the text.
    """
    most = letters_of(blocks) / 3
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if index in found or not HEADING_OF_OTHERS.fullmatch(block.text):
            continue
        box, node = {index}, block_around(block)
        while node is not None:
            held = {at for at, one in enumerate(blocks) if within(block_around(one), node)}
            if letters_of([blocks[at] for at in held]) > most:
                break
            box, node = held, node.getparent()
        if any(linked_share(blocks[at]) > MUCH_LINKED for at in box):
            found |= box
    return found
