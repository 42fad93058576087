"""The date that a page of no known CMS shows: a short line near the title, found by its wording.

"Ngày đăng: 20/11/2026", "Thứ sáu, 20/11/2026 09:15 | Lượt xem: 5". Never from a paragraph: the
dates there are those of events and decrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.clean.text import one_line
from crawler.extract.block_look import element_of, is_prose, linked_share
from crawler.extract.blocks import Block, read_blocks
from crawler.extract.date_context import Role, role_of
from crawler.extract.date_forms import dates_in
from crawler.extract.date_order import SourceDates
from crawler.extract.dates import date_in, dated_line
from crawler.extract.draft import Found, Moment
from crawler.extract.frame import Frame
from crawler.extract.others import heads_others
from crawler.extract.page import Page
from crawler.extract.select import Element
from crawler.extract.voters import words_of

_LINE_CHARS = 160
_PLAIN_LETTERS = 34
"""What may stand beside a date that has no label: a counter, a rubric, an office."""
_PROSE_ABOVE = 2
"""Paragraphs that may stand between title and date: a lead."""
_BLOCKS_ABOVE = 3
_MOST_BLOCKS = 4000
_KNOWN_WORDS = re.compile(
    r"(?:ngày|lúc|vào|thứ|chủ|nhật|hai|ba|tư|năm|sáu|bảy|tháng|giờ|phút|gmt|am|pm|sa|ch|số|lượt|xem|đọc"
    r"|người|truy|cập|cỡ|chữ|in|bài|viết|này|trang|gửi|email|chia|sẻ|font|size|view|views|count|a|tin|ảnh"
    r"|quay|lại|bình|luận|facebook|zalo|twitter|google|print|mail|hits|đã|mục)(?![^\W\d_])",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Scene:
    """The blocks of a page and where its title stands among them."""

    blocks: Sequence[Block]
    top: int
    """Number of the block that is the title; -1 where none is."""

    @property
    def title(self) -> Element | None:
        """The element of the title."""
        return element_of(self.blocks[self.top]) if self.top >= 0 else None


def scene_of(page: Page, title: str | None) -> Scene:
    """Read the blocks of a page, and find the title among them: a heading, if one is."""
    blocks = read_blocks(page.root, most=_MOST_BLOCKS)
    wanted = words_of(title or "")
    if not wanted:
        return Scene(blocks, -1)
    exact = [i for i, block in enumerate(blocks) if words_of(block.text) == wanted]
    near = [
        i
        for i, block in enumerate(blocks)
        if len(block.text) < len(wanted) + _LINE_CHARS and words_of(block.text).startswith(wanted)
    ]
    headings = [i for i in exact if blocks[i].kind == "heading"]
    unlinked = [i for i in exact or near if linked_share(blocks[i]) < 0.5]
    return Scene(blocks, (headings or unlinked or exact or near or [-1])[0])


def shown_date(
    scene: Scene,
    frame: Frame,
    dates: SourceDates,
    *,
    title: str | None,
    known: Moment | None = None,
) -> Found[Moment] | None:
    """Find the line that says when the article was published; None rather than a guess.

    In this order: behind the title on its own line; a line that says so; a line of little but a
    date between title and text, or just above the title; a line that says when it was edited.
    """
    best: dict[Role, tuple[str, str]] = {}
    for rule, line, bare in _lines(scene, frame, title):
        role = _role(line)
        if role in best or role == "foreign" or (role == "plain" and not bare):
            continue
        best[role] = (rule, line)
    for role in ("published", "plain", "edited"):
        if role in best:
            rule, line = best[role]
            moment = dates.read(line, rule, known=known)
            if moment:
                return Found(moment, rule)
    return None


def says_when(block: Block, frame: Frame) -> bool:
    """Tell whether a block is a line that says when an article was published or edited."""
    return _is_date_line(block, frame) and any(
        (role := _role(line)) in {"published", "edited"} or (role == "plain" and _is_bare(line))
        for line in _texts(block)
    )


def _lines(scene: Scene, frame: Frame, title: str | None) -> Iterator[tuple[str, str, bool]]:
    """Yield the short lines with a date, nearest to the title first.

    Shape: rule, line, and whether it may count without a label.
    """
    if scene.top >= 0:
        behind = _behind_title(scene.blocks[scene.top], title)
        if behind:
            yield "behind the title", behind, True
    prose = 0
    for block in scene.blocks[scene.top + 1 :]:
        if scene.top >= 0 and heads_others(block):
            break
        if is_prose(block):
            prose += 1
        elif _is_date_line(block, frame):
            for line in _texts(block):
                near = scene.top >= 0 and prose < _PROSE_ABOVE
                yield "below the title", line, near and _is_bare(line)
    for block in scene.blocks[max(0, scene.top - _BLOCKS_ABOVE) : max(0, scene.top)][::-1]:
        node = element_of(block)
        if node is not None and frame.is_near(node) and _is_date_line(block, frame):
            for line in _texts(block):
                yield "above the title", line, _is_bare(line)


def _behind_title(block: Block, title: str | None) -> str | None:
    rest = block.text[len(title or "") :]
    return rest if date_in(dated_line(rest)) else None


def _is_date_line(block: Block, frame: Frame) -> bool:
    if not block.text or not any(len(text) <= _LINE_CHARS for text in _texts(block)):
        return False
    if linked_share(block) > 0.5 or block.kind in {"caption", "heading"}:
        return False
    node = element_of(block)
    return node is not None and not frame.holds(node)


def _texts(block: Block) -> list[str]:
    """List the lines of a block that hold a date and are short."""
    lines = [line.text for line in block.lines] if len(block.lines) > 1 else [block.text]
    return [line for line in lines if len(line) <= _LINE_CHARS and date_in(dated_line(line))]


def _role(line: str) -> Role:
    line = dated_line(line)
    dates = dates_in(line)
    chosen = date_in(line)
    return role_of(line, dates, dates.index(chosen)) if chosen else "foreign"


def _is_bare(line: str) -> bool:
    """Tell whether little but a date stands in a line."""
    line = dated_line(line)
    date = date_in(line)
    if date is None:
        return False
    rest = _KNOWN_WORDS.sub("", line[: date.start] + " " + line[date.end :])
    after = one_line(line[date.end :])
    if after.startswith(",") and len(_LETTERS.findall(_KNOWN_WORDS.sub("", after))) > 3:
        return False  # "Ngày 20/11/2026, Sở tổ chức"
    return len(_LETTERS.findall(rest)) <= _PLAIN_LETTERS
