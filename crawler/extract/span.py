"""Which blocks of a page are the article's text: a run of them, found by votes.

Every block speaks for or against standing in the text by as many words as it has; the run with the
greatest sum is the text. Its edges are then trimmed of what opens and closes pages, and grown
within its own elements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.extract.blocks import BLOCK_TAGS, RUNNING, Block
from crawler.extract.dates import read_moment
from crawler.extract.select import Element
from crawler.extract.signature import is_leftover
from crawler.extract.voters import Vote, words_of

_MUCH_LINKED = 0.5
"""Share of a block's letters that are links, from which on it is no text of an article."""
_SOME_LINKED = 0.3
_LINK_WORDS = 4
_SENTENCE_WORDS = 8
_SHORT_LINE_CHARS = 60
_OTHERS_LINKED = 3
_LEAD_AND_TEXT = 3
"""Paragraphs from which on the first of them may be a lead."""
_HEADING_OF_OTHERS = re.compile(
    r"(?:(?:các\s+)?(?:tin|bài)(?:\s+(?:tức|viết|mới|đã))?\s+(?:khác|liên\s+quan|cùng\s+chuyên\s+mục"
    r"|mới\s+(?:hơn|nhất)|cũ\s+hơn|đưa|đăng|đọc\s+nhiều|xem\s+nhiều|nổi\s+bật)"
    r"|tin\s+nổi\s+bật|xem\s+thêm|có\s+thể\s+bạn\s+quan\s+tâm|đọc\s+thêm|tham\s+khảo\s+thêm"
    r"|(?:ý\s+kiến|bình\s+luận)(?:\s+bạn\s+đọc)?|gửi\s+bình\s+luận|từ\s+khóa|thẻ|tags?"
    r"|related\s+(?:news|articles|posts)|other\s+news|read\s+more)\s*:?.{0,25}",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:[^.]{0,80}\s)?(?:ghi|dẫn)\s+rõ\s+nguồn\b.{0,120}|bản\s+quyền\s+(?:thuộc|của).{0,120}"
    r"|(?:©|copyright\b).{0,120}|.{0,80}all\s+rights\s+reserved.{0,20}",
    re.IGNORECASE,
)


_WHOLE_PAGE = frozenset({"body", "form", "html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The blocks from `first` to before `last` are the text, but for those in `foreign`."""

    top: int
    """The number of the first block behind the title."""
    first: int
    last: int
    foreign: frozenset[int]
    """Numbers of blocks amid the text that are boxes of links."""


def find_span(
    blocks: Sequence[Block], votes: Sequence[Vote], title: str | None, *, min_chars: int
) -> Span | None:
    """Find the text; None where no run of blocks holds `min_chars` letters of running text."""
    top = _after_title(blocks, title)
    end = _others_start(blocks, top)
    scores = [_score(block, votes) for block in blocks[top:end]]
    first, last = (edge + top for edge in _best_run(scores))
    first, last = _trimmed(blocks, first, last, title)
    if sum(len(block.text) for block in blocks[first:last] if block.kind in RUNNING) < min_chars:
        return None
    first, last = _grown(blocks, first, last, floor=top, ceiling=end)
    first = _behind_lead(blocks, first, last)
    foreign = {
        index for index in range(first, last) if _is_foreign(blocks[index], scores[index - top])
    }
    return Span(top=top, first=first, last=last, foreign=frozenset(foreign))


def _score(block: Block, votes: Sequence[Vote]) -> float:
    """Say how much a block speaks for standing in the text, in words; below 0 against it."""
    words = words_of(block.text)
    if not words:
        return 0.0
    heard = [(vote.weight, vote.holds(words)) for vote in votes]
    if block.kind in RUNNING:
        heard.append((1.0, is_prose(block)))
    elif block.kind == "caption":
        return 0.0
    share = sum(weight for weight, yes in heard if yes) / sum(weight for weight, _ in heard)
    if _closes(block):
        share = min(share, 0.2)
    elif block.kind not in RUNNING and share:
        share = max(share, 0.5)  # finders drop captions and tables at will: these part no text
    count = words.count(" ") + 1
    if linked_share(block) > _MUCH_LINKED:
        count = min(count, _LINK_WORDS)  # a box of links amid a text does not end it
    return (share - 0.5) * count


def is_prose(block: Block) -> bool:
    """Tell what reads as sentences from labels, dates and buttons: our own vote."""
    words = block.text.count(" ") + 1
    if words < _SENTENCE_WORDS or linked_share(block) > _SOME_LINKED:
        return False
    return words >= 2 * _SENTENCE_WORDS or block.text.rstrip("”\"') ").endswith(
        (".", "!", "?", ":", ";")
    )


def _best_run(scores: Sequence[float]) -> tuple[int, int]:
    """Find the run with the greatest sum; shape: its first index and the one behind its last."""
    best, best_run = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, index
        total += score
        if total > best:
            best, best_run = total, (start, index + 1)
    return best_run


def _after_title(blocks: Sequence[Block], title: str | None) -> int:
    """Return the index behind the first heading that is the title, else 0."""
    if not title:
        return 0
    wanted = words_of(title)
    at = [index for index, block in enumerate(blocks) if words_of(block.text) == wanted]
    headings = [index for index in at if blocks[index].kind == "heading"]
    return (headings or at or [-1])[0] + 1


def _others_start(blocks: Sequence[Block], start: int) -> int:
    """Return where, behind the title, a list of other news begins; else the end of the page."""
    if start:
        for index in range(start, len(blocks)):
            if heads_others(blocks[index]):
                after = [block for block in blocks[index + 1 : index + 9] if block.text]
                if sum(linked_share(block) > _MUCH_LINKED for block in after) >= _OTHERS_LINKED:
                    return index
    return len(blocks)


def heads_others(block: Block) -> bool:
    """Tell the heading of a list of other news."""
    return bool(_HEADING_OF_OTHERS.fullmatch(block.text)) and linked_share(block) <= _MUCH_LINKED


def _trimmed(blocks: Sequence[Block], first: int, last: int, title: str | None) -> tuple[int, int]:
    """Take title, date line and counters off the start, and other news off the end."""
    while first < last and _opens(blocks[first], title):
        first += 1
    while last > first and _closes(blocks[last - 1]):
        last -= 1
    return first, last


def _opens(block: Block, title: str | None) -> bool:
    if not block.text:
        return block.kind != "image"
    if title and words_of(block.text) == words_of(title):
        return True
    if len(block.text) > _SHORT_LINE_CHARS or block.text.endswith((".", ":")):
        return False
    return read_moment(block.text) is not None or linked_share(block) > _MUCH_LINKED


def _closes(block: Block) -> bool:
    if not block.text:
        return False
    return bool(
        _HEADING_OF_OTHERS.fullmatch(block.text)
        or is_leftover(block.text)
        or _COPYRIGHT.fullmatch(block.text)
        or linked_share(block) > _MUCH_LINKED
    )


def _grown(
    blocks: Sequence[Block], first: int, last: int, *, floor: int, ceiling: int
) -> tuple[int, int]:
    """Take in what stands beside the text in its own elements and is no link, heading, leftover.

    Finders drop short last lines, captions and pictures.
    """
    homes = _homes(block for block in blocks[first:last] if block.kind in RUNNING)

    def stands_beside(block: Block) -> bool:
        node = _block_around(block)
        return node is not None and (node in homes or node.getparent() in homes)

    while last < ceiling and stands_beside(blocks[last]) and not _closes(blocks[last]):
        if blocks[last].kind == "heading":
            break
        last += 1
    while first > floor and stands_beside(blocks[first - 1]) and not _closes(blocks[first - 1]):
        if _opens(blocks[first - 1], None):
            break
        first -= 1
    return first, last


def _behind_lead(blocks: Sequence[Block], first: int, last: int) -> int:
    """Step over a lead: a paragraph that stands in an element of its own, above those of the text.

    Where the text is the one paragraph below it, the two are one text.
    """
    prose = [index for index in range(first, last) if is_prose(blocks[index])]
    if len(prose) < _LEAD_AND_TEXT or prose[0] != first:
        return first
    homes = _homes(blocks[index] for index in prose[1:])
    near = _block_around(blocks[first])
    if len(homes) != 1 or near is None or near in homes or near.getparent() in homes:
        return first
    return first + 1


def _homes(blocks: Iterable[Block]) -> set[Element]:
    """Return the elements whose blocks are the text: a `div` full of lines, the parent of a `p`."""
    held = Counter(node for block in blocks if (node := _block_around(block)) is not None)
    homes = {node if count > 1 else node.getparent() for node, count in held.items()}
    return {node for node in homes if node is not None and node.tag not in _WHOLE_PAGE}


def _block_around(block: Block) -> Element | None:
    """Return the innermost block element that a block stands in."""
    node = element_of(block)
    while node is not None and node.tag not in BLOCK_TAGS:
        node = node.getparent()
    return node


def _is_foreign(block: Block, score: float) -> bool:
    """Tell a box of links amid the text: no finder took it, and it leads elsewhere."""
    return score < 0 and linked_share(block) > _MUCH_LINKED


def element_of(block: Block) -> Element | None:
    """Return the element that a block stands in: the innermost one."""
    if block.image is not None:
        return block.image
    if block.table is not None:
        return block.table
    return block.lines[0].slots[0].parent if block.lines else None


def linked_share(block: Block) -> float:
    """Return the share of a block's letters that stand in links."""
    if block.table is not None or not block.lines:
        return 0.0
    slots = [slot for line in block.lines for slot in line.slots if slot.text.strip()]
    letters = sum(len(slot.text) for slot in slots)
    linked = sum(len(slot.text) for slot in slots if _in_link(slot.parent))
    return linked / letters if letters else 0.0


def _in_link(node: Element | None) -> bool:
    for _ in range(6):
        if node is None:
            return False
        if node.tag == "a":
            return node.get("href") is not None
        node = node.getparent()
    return False
