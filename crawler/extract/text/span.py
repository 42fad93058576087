"""Which blocks of a page are the article's text: a run of them, found by votes.

Every block speaks for or against standing in the text by as many words as it has; the run with the
greatest sum is the text. Its edges are then trimmed of what opens and closes pages, and grown
within its own elements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from crawler.extract.dates import read_moment
from crawler.extract.moments.line import read_line
from crawler.extract.select import Element
from crawler.extract.text.blocks import RUNNING, Block
from crawler.extract.text.closing import closes, is_imprint
from crawler.extract.text.frame import Frame
from crawler.extract.text.lead import behind_lead
from crawler.extract.text.look import (
    MUCH_LINKED,
    block_around,
    element_of,
    is_prose,
    leads_on,
    letters_of,
    linked_share,
)
from crawler.extract.text.others import (
    cards,
    is_button,
    others_start,
    strangers,
    tells,
)
from crawler.extract.text.voters import Vote, shingles_of, words_of

_LINK_WORDS = 3
_LONG_WORDS = 20
_SHORT_LINE_CHARS = 60
_CARD = -0.5
"""What a block of a card speaks for: cards part no text, and are taken out of it."""
_FRAMED = -0.2
"""What a word speaks for that stands in menus, side boxes, other news."""
_SIDE_BOX_CHARS, _ARTICLE_CHARS = 1200, 600
"""More text than this is none of a side box, if there is less than this article's beside it."""
_LEAST_BELOW_TITLE = 50
"""Letters of a text whose title is known."""
_LEAST_ROWS, _NEAR_BLOCKS = 3, 6
_NEARLY_ALL = 0.7
_WHOLE_PAGE = frozenset({"body", "form", "html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The blocks from `first` to before `last` are the text, but for those in `foreign`."""

    top: int
    """The number of the first block behind the title."""
    first: int
    last: int
    foreign: frozenset[int]
    """Numbers of blocks amid the text that are none of it: boxes of links, of other news."""


def find_span(
    blocks: Sequence[Block], votes: Sequence[Vote], title: str | None, *, min_chars: int
) -> Span | None:
    """Find the text; None where no run of blocks holds `min_chars` letters of running text."""
    top = _after_title(blocks, title)
    scores = [_score(block, votes) for block in blocks[top:]]
    others = cards(blocks, top)
    end = others_start(blocks, top, scores, others)
    frame = Frame(element_of(blocks[top - 1]) if top else None)
    first, last = _run(blocks[:end], scores, others, top, title, frame)
    if letters_of(blocks[first:last]) < (_LEAST_BELOW_TITLE if top else min_chars):
        first, last = _alone(blocks, top, end, frame)
        if first == last:
            first, last = _told_below(blocks, top, frame)
        if first == last:
            return None
    first, last = _grown(blocks, first, last, floor=top, ceiling=end)
    first = _with_pictures(blocks, behind_lead(blocks, first, last), top, frame)
    inside = range(first, last)
    foreign = {index for index in inside if _is_foreign(blocks[index], scores[index - top])}
    foreign |= {index for index in inside if is_button(blocks[index]) or _is_notice(blocks[index])}
    foreign |= {first + index for index in strangers(blocks[first:last])}
    foreign |= others.intersection(inside)
    return Span(top=top, first=first, last=last, foreign=frozenset(foreign))


def _run(
    blocks: Sequence[Block],
    scores: Sequence[float],
    others: set[int],
    top: int,
    title: str | None,
    frame: Frame,
) -> tuple[int, int]:
    """Find the run that most speaks for, without what stands in cards and in the page's frame.

    A text that only sounds like a side box is told from one by its length, beside what else is.
    """
    own = [
        min(score, _CARD) if index in others else score
        for index, score in enumerate(scores[: len(blocks) - top], top)
    ]
    framed = [
        min(score, _FRAMED * len(block.text.split())) if _is_framed(block, frame) else score
        for block, score in zip(blocks[top:], own, strict=True)
    ]
    best, whole = (
        _trimmed(blocks, first + top, last + top, title)
        for first, last in map(_best_run, (framed, own))
    )
    held, lost = letters_of(blocks[slice(*best)]), letters_of(blocks[slice(*whole)])
    if top and not any(tells(one) and _is_framed(one, frame) for one in blocks[slice(*whole)]):
        return best  # what it holds more is titles of other news, however long
    return whole if (held < _ARTICLE_CHARS and lost - held > _SIDE_BOX_CHARS) or not held else best


def _told_below(blocks: Sequence[Block], top: int, frame: Frame) -> tuple[int, int]:
    """Find the sentences right below a title, where finders took a box of other news for a text."""
    near = range(top, min(len(blocks), top + _NEAR_BLOCKS)) if top else ()
    told = [i for i in near if tells(blocks[i]) and not _is_framed(blocks[i], frame)]
    own = [index for index in told if not is_imprint(blocks[index])]
    return (own[0], own[-1] + 1) if own else (top, top)


def _is_shown(block: Block, frame: Frame) -> bool:
    """Tell a picture that leads nowhere, or a caption."""
    shown = block.kind == "caption" or (block.image is not None and not leads_on(block))
    return shown and not _is_framed(block, frame)


def _is_framed(block: Block, frame: Frame) -> bool:
    node = element_of(block)
    return node is not None and frame.holds(node)


def _score(block: Block, votes: Sequence[Vote]) -> float:
    """Say how much a block speaks for standing in the text, in words; below 0 against it."""
    words = words_of(block.text)
    if not words:
        return 0.0
    own = shingles_of(words)
    heard = [(vote.weight, vote.holds(words, own)) for vote in votes]
    if block.kind in RUNNING:
        heard.append((1.0, is_prose(block)))
    elif block.kind == "caption":
        return 0.0
    share = sum(weight for weight, yes in heard if yes) / sum(weight for weight, _ in heard)
    if closes(block) or is_imprint(block):
        share = min(share, 0.2)
    elif block.kind not in RUNNING and share:
        share = max(share, 0.5)  # finders drop captions and tables at will: these part no text
    count = words.count(" ") + 1
    agreed = share > _NEARLY_ALL and count >= _LONG_WORDS
    if linked_share(block) > MUCH_LINKED and not agreed:
        count = min(count, _LINK_WORDS)  # a box of links amid a text does not end it
    return (share - 0.5) * count


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
    """Return the index behind the first heading that is the title, else 0.

    A block that the title opens counts too: date or counters stand on its line.
    """
    wanted = words_of(title or "")
    if not wanted:
        return 0
    at = [index for index, block in enumerate(blocks) if words_of(block.text) == wanted]
    most = len(wanted) + _SHORT_LINE_CHARS
    at = at or [
        index
        for index, block in enumerate(blocks)
        if len(block.text) <= most and words_of(block.text).startswith(wanted)
    ]
    headings = [index for index in at if blocks[index].kind == "heading"]
    if not headings and all(linked_share(blocks[index]) > MUCH_LINKED for index in at):
        # a box that names the page itself; the text goes on in the title's own block
        opens = (
            words_of(block.lines[0].text) == wanted for block in blocks if len(block.lines) > 1
        )
        at = [] if any(opens) else at
    return (headings or at or [-1])[0] + 1


def _trimmed(blocks: Sequence[Block], first: int, last: int, title: str | None) -> tuple[int, int]:
    """Take title, date line and counters off the start, and other news off the end."""
    opening = [*takewhile(_is_label, blocks[first:last])]
    dated = [index for index, block in enumerate(opening) if read_moment(block.text) is not None]
    first += len(opening) if dated else 0
    while first < last and (_opens(blocks[first], title) or is_button(blocks[first])):
        first += 1
    while last > first and (closes(blocks[last - 1]) or is_imprint(blocks[last - 1])):
        last -= 1
    return first, last


def _is_label(block: Block) -> bool:
    """Tell a short line that is no sentence, as those about an article above its text."""
    return len(block.text) <= _SHORT_LINE_CHARS and not block.text.endswith((".", ":", "!", "?"))


def _says_when(block: Block) -> bool:
    line = None if is_prose(block) else read_line(block.text)
    return line is not None and line.role != "plain" and not line.asked


def _opens(block: Block, title: str | None) -> bool:
    if not block.text:
        return block.kind != "image"
    if title and words_of(block.text) == words_of(title):
        return True
    if len(block.text) > _SHORT_LINE_CHARS or block.text.endswith((".", ":")):
        return _says_when(block)
    return read_moment(block.text) is not None or linked_share(block) > MUCH_LINKED


def _grown(
    blocks: Sequence[Block], first: int, last: int, *, floor: int, ceiling: int
) -> tuple[int, int]:
    """Take in what stands beside the text in its own elements and is no link, heading, leftover.

    Finders drop short last lines, captions and pictures.
    """
    running = [block for block in blocks[first:last] if block.kind in RUNNING]
    homes = _homes(running)
    tags = {node.tag for block in running if (node := block_around(block)) is not None}

    def stands_beside(block: Block) -> bool:
        node = block_around(block)
        if node is None or (node.tag not in tags and is_imprint(block)):
            return False
        return node in homes or node.getparent() in homes

    while last < ceiling and not closes(blocks[last]):
        captions = blocks[last].kind == "caption" and blocks[last - 1].image is not None
        if blocks[last].kind == "heading" or not (captions or stands_beside(blocks[last])):
            break
        last += 1
    while first > floor and stands_beside(blocks[first - 1]) and not closes(blocks[first - 1]):
        if _opens(blocks[first - 1], None):
            break
        first -= 1
    return first, last


def _with_pictures(blocks: Sequence[Block], first: int, floor: int, frame: Frame) -> int:
    """Take in pictures right above the text that lead nowhere, with their captions."""
    while first > floor and _is_shown(blocks[first - 1], frame):
        first -= 1
    return first


def _alone(blocks: Sequence[Block], top: int, end: int, frame: Frame) -> tuple[int, int]:
    """Find the table or the pictures that are all of an article; an empty run where there are none.

    Only below a known title: anywhere else they are banners, calendars, lists of prices.
    """
    own = (
        [index for index in range(top, end) if not _is_framed(blocks[index], frame)] if top else []
    )
    rows = [index for index in own if blocks[index].kind == "row"]
    same = [index for index in rows if blocks[index].table is blocks[rows[0]].table]
    near = [index for index in own if index < top + _NEAR_BLOCKS]
    shown = [i for i in near if blocks[i].image is not None and not leads_on(blocks[i])]
    found = same if len(same) >= _LEAST_ROWS else shown
    return (found[0], found[-1] + 1) if found else (top, top)


def _homes(blocks: Iterable[Block]) -> set[Element]:
    """Return the elements whose blocks are the text: a `div` full of lines, the parent of a `p`."""
    held = Counter(node for block in blocks if (node := block_around(block)) is not None)
    homes = {node if count > 1 else node.getparent() for node, count in held.items()}
    return {node for node in homes if node is not None and node.tag not in _WHOLE_PAGE}


def _is_notice(block: Block) -> bool:
    return block.text.lower() in {"quảng cáo", "advertisement"}


def _is_foreign(block: Block, score: float) -> bool:
    """Tell a box of links amid the text: no finder took it, and it leads elsewhere."""
    return score < 0 and linked_share(block) > MUCH_LINKED
