"""A title that no heading, meta or address names: the line above a date, or above the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from crawler.extract.draft import Found
from crawler.extract.moments.forms import dates_in
from crawler.extract.moments.shown import says_when
from crawler.extract.page import Page
from crawler.extract.select import Element
from crawler.extract.text.blocks import Block
from crawler.extract.text.body import Body
from crawler.extract.text.frame import Frame
from crawler.extract.text.lead import is_called_lead
from crawler.extract.text.look import (
    MUCH_LINKED,
    block_around,
    element_of,
    first_href,
    is_prose,
    leads_on,
    linked_share,
    within,
)
from crawler.extract.text.others import heads_others, is_button
from crawler.extract.titles.credit import shows_address
from crawler.extract.titles.names import is_no_title, key_of
from crawler.extract.titles.place import MAX_CHARS, MIN_CHARS, in_footer, is_own, is_own_head
from crawler.extract.titles.text import is_tidy, pieces_apart, tidy_title

OPENS = "opens the body"
"""The rule of a title that is no more than the first line of the text."""
_LEAST_WORDS, _MOST_WORDS = 4, 40
_BEFORE_A_DATE = 6
"""Words from which on a line with a date at its end is no date line."""
_SECTION_WORDS = 6
"""Of a heading that may be a section's; titles of so few words are seldom."""
_LINKS_OF_BOX = 2
_GREAT = frozenset({"h1", "h2"})
_MOST_BLOCKS = 2000
_MOST_DATES = 3
_ABOVE = 6
"""Blocks that may stand between a title and its text: date, lead, buttons."""
_BELOW = 12
"""Blocks behind a text's first line among which its sentences begin: date, section, counters."""


def above_dates(page: Page) -> Iterator[str]:
    """Yield the line above each line that says when something was published: often its title.

    The date may stand behind the title, on its line or the next one of the same element.
    """
    frame = Frame(None)
    above: str | None = None
    count = 0
    blocks = page.blocks[:_MOST_BLOCKS]
    for index, block in enumerate(blocks):
        own = _before_own_date(block, page, frame)
        if own or says_when(block, frame):
            if found := own or above:
                yield found
            above = None
            count += 1
            if count == _MOST_DATES:
                return
        elif may_be_title(block, page):
            above = above if above and _is_under_picture(blocks, index) else _line(block)
        elif len(block.text) > MIN_CHARS:
            above = None


def above_body(page: Page, body: Body) -> Found[str] | None:
    """Find the line that stands above a text, or else opens it, and looks most like a title."""
    blocks = page.blocks[:_MOST_BLOCKS]
    first = _first_of(body, blocks)
    if first is None:
        return None
    frame = Frame(body.origin)
    nearest: Block | None = None
    under_picture: Block | None = None
    for index in range(first - 1, max(0, first - _ABOVE) - 1, -1):
        block, node = blocks[index], element_of(blocks[index])
        framed = node is None or (frame.holds(node) and not is_own_head(node, body.origin))
        if framed or heads_others(block):
            break
        if may_be_title(block, page) and not is_called_lead(block):
            if _is_under_picture(blocks, index):
                under_picture = under_picture or block
            elif nearest is None or _heads_more(block, nearest):
                nearest = block
        if nearest and nearest.kind == "heading":
            break
        if _leads_away(block, page) and not says_when(block, frame):
            break
    nearest = nearest or under_picture
    if nearest is not None:
        return Found(_line(nearest), "above the body")
    opening = blocks[first]
    if may_be_title(opening, page) and any(map(is_prose, blocks[first + 1 : first + _BELOW])):
        return Found(_line(opening), OPENS)
    return None


def heads_other(page: Page, title: str, body: Body) -> bool:
    """Tell whether the heading `title` is none of a text's: it stands behind the text's start, over
    a box of links, or names in few words what a line between it and the text says in more.
    """
    blocks = page.blocks[:_MOST_BLOCKS]
    first, wanted = _first_of(body, blocks), key_of(title)
    heads = [i for i, one in enumerate(blocks) if one.kind == "heading"]
    heads = [i for i in heads if key_of(blocks[i].text) == wanted]
    if first is None or not heads:
        return False
    above = [index for index in heads if index < first]
    if not above:
        return any(map(is_prose, blocks[first : heads[0]]))
    last = above[-1]
    if _heads_links(blocks, last, first) or _is_under_picture(blocks, last):
        return True
    return _is_short(title) and not _is_dated(blocks, last, first)


def _is_dated(blocks: Sequence[Block], head: int, first: int) -> bool:
    """Tell a heading that the date follows, as it does a title: lines behind it are a lead."""
    behind = [block for block in blocks[head + 1 : first] if block.text]
    if not behind or any(block.kind == "heading" for block in behind):
        return False
    return says_when(behind[0], Frame(element_of(blocks[head])))


def _is_short(title: str) -> bool:
    return len(title.split()) <= _SECTION_WORDS


def _heads_links(blocks: Sequence[Block], head: int, first: int) -> bool:
    """Tell whether a heading stands in a box that holds links, and not the text."""
    text = element_of(blocks[first])
    around = {text, *text.iterancestors()} if text is not None else set()
    box = block_around(blocks[head])
    while box is not None and (parent := box.getparent()) is not None and parent not in around:
        box = parent
    if box is None or box in around:
        return False
    inside = takewhile(lambda block: _within(block, box), blocks[head + 1 : first])
    return sum(linked_share(block) > MUCH_LINKED for block in inside) >= _LINKS_OF_BOX


def _within(block: Block, holder: Element) -> bool:
    return within(element_of(block), holder)


def may_be_title(block: Block, page: Page) -> bool:
    """Tell whether a line can be a title by its look: some words, no sentence, no date but last."""
    if not MIN_CHARS <= len(block.text) <= MAX_CHARS or _leads_away(block, page):
        return False
    if block.kind == "caption" or is_button(block):
        return False
    return _reads_as_title(_line(block))


def _is_under_picture(blocks: Sequence[Block], index: int) -> bool:
    """Tell a line that may be a picture's caption: right below one, and no great heading."""
    above = blocks[index - 1] if index else None
    if above is None or above.image is None or leads_on(above):
        return False
    node = block_around(blocks[index])
    return node is None or node.tag not in _GREAT


def _heads_more(block: Block, nearest: Block) -> bool:
    """Tell a heading that says as much as the line between it and the text."""
    return block.kind == "heading" and block.text.count(" ") >= nearest.text.count(" ")


def _leads_away(block: Block, page: Page) -> bool:
    return linked_share(block) >= 0.5 and not is_own(first_href(block), page)


def _line(block: Block) -> str:
    if is_tidy(block.text):
        return block.text
    around = block_around(block)
    return tidy_title(block.text, (), pieces_apart(around) if around is not None else ())


def _reads_as_title(text: str) -> bool:
    if not MIN_CHARS <= len(text) <= MAX_CHARS or text.endswith((".", ":", ";", ",")):
        return False
    if not _LEAST_WORDS <= len(key_of(text).split()) <= _MOST_WORDS or is_no_title(text):
        return False
    if shows_address(text):
        return False
    dates = dates_in(text)
    if not dates:
        return True
    last = dates[-1].end >= len(text) - 1
    return last and len(text[: dates[0].start].split()) >= _BEFORE_A_DATE


def _before_own_date(block: Block, page: Page, frame: Frame) -> str | None:
    """Return the title that a date follows within one block; None where none does."""
    if len(block.text) > MAX_CHARS or not dates_in(block.text) or _leads_away(block, page):
        return None
    if in_footer(element_of(block)):
        return None
    lines = [line.text for line in block.lines if line.text]
    if len(lines) > 1:
        for number, line in enumerate(lines[1:], 1):
            if dates_in(line):
                head = " ".join(lines[:number])
                return head if _reads_as_title(head) and says_when(block, frame) else None
        return None
    head = tidy_title(block.text)
    if head == block.text or not block.text.startswith(head):
        return None
    return head if dates_in(block.text[len(head) :]) and _reads_as_title(head) else None


def _first_of(body: Body, blocks: Sequence[Block]) -> int | None:
    """Return the number of the page's block that a body begins with."""
    opening = next((block.text for block in body.blocks if block.text), None)
    for number, block in enumerate(blocks):
        if block.text == opening:
            node = element_of(block)
            if node is not None and within(node, body.origin):
                return number
    return None
