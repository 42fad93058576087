"""Where a date may stand that is an article's own, and what stands beside it there."""

from __future__ import annotations

from crawler.extract.moments.clock import is_clock
from crawler.extract.moments.line import read_line
from crawler.extract.moments.scene import Scene, unlinked_text, with_dated_links
from crawler.extract.text.blocks import Block
from crawler.extract.text.frame import Frame
from crawler.extract.text.look import element_of, linked_share


def may_say(block: Block, frame: Frame, *, at_top: bool = False, least: int = 2) -> bool:
    """Tell a line that may be an article's own: no link to another, no caption, no side box.

    A heading or a link may be one `at_top`: WordPress links its dates to archives. `least` is how
    many links must stand beside a date that is none (`unlinked_text`).
    """
    node = element_of(block)
    if not block.text or node is None or block.kind == "caption" or frame.holds(node):
        return False
    if linked_share(block) > 0.5:
        return at_top and bool(with_dated_links(block) or unlinked_text(block, least=least))
    return block.kind != "heading" or at_top


def is_date_heading(block: Block) -> bool:
    """Tell a heading that is nothing but a date, as Blogger sets above the posts of a day."""
    line = read_line(block.text) if block.kind == "heading" else None
    return line is not None and line.is_date


def with_clock(scene: Scene, index: int, text: str) -> str:
    """Add the clock that stands beside a date in an element of its own."""
    for block in (*scene.blocks[index + 1 : index + 2], *scene.blocks[max(0, index - 1) : index]):
        if block.text and len(block.text) < 20 and is_clock(block.text):
            return f"{text} {block.text}"
    return text
