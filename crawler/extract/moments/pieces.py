"""Dates whose day, month and year stand in blocks of their own, one beside the other."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.dates import date_in, dated_line, may_hold_date
from crawler.extract.moments.line import read_line
from crawler.extract.text.blocks import Block, Line
from crawler.extract.text.look import block_around

_PIECE_CHARS = 20
_MOST_PIECES = 3


def dates_joined(blocks: Sequence[Block]) -> list[Block]:
    """Make one block of two or three that are nothing but the pieces of one date."""
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        count = _pieces_at(blocks, at)
        joined.append(_joined(blocks[at : at + count]) if count else blocks[at])
        at += count or 1
    return joined


def _pieces_at(blocks: Sequence[Block], at: int) -> int:
    """Count the blocks from `at` on that make one date; 0 where none do."""
    if not _is_piece(blocks[at]):
        return 0
    row = block_around(blocks[at])
    holder = row.getparent() if row is not None else None
    for count in range(2, _MOST_PIECES + 1):
        run = blocks[at : at + count]
        if len(run) < count or not _is_piece(run[-1]):
            return 0
        last = block_around(run[-1])
        if holder is None or last is None or last.getparent() is not holder:
            return 0
        if _is_date_alone(" ".join(block.text for block in run)):
            return count
    return 0


def _is_piece(block: Block) -> bool:
    if not 0 < len(block.text) <= _PIECE_CHARS or len(block.lines) != 1 or block.kind == "row":
        return False
    return any(map(str.isdigit, block.text)) and date_in(dated_line(block.text)) is None


def _is_date_alone(text: str) -> bool:
    line = read_line(text) if may_hold_date(text) else None
    return line is not None and line.is_date


def _joined(blocks: Sequence[Block]) -> Block:
    slots = tuple(slot for block in blocks for slot in block.lines[0].slots)
    text = " ".join(block.text for block in blocks)
    return Block(kind="paragraph", text=text, lines=(Line(slots),))
