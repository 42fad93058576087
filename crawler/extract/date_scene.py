"""The blocks of a page around its title, as far as dates are looked for among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.clean.text import one_line
from crawler.extract.block_look import block_around, element_of, is_prose, linked_share
from crawler.extract.blocks import Block, Line, Slot, read_blocks
from crawler.extract.dates import date_in, dated_line
from crawler.extract.page import Page
from crawler.extract.select import Element
from crawler.extract.title_text import tidy_title
from crawler.extract.voters import words_of

_LINE_CHARS = 160
_LABEL_CHARS = 40
_ROW_CHARS = 150
_ROW_LEVELS = 3
_GLUED_CHARS = 40
_MOST_BLOCKS = 4000
_LEVELS = 6
_HIDDEN = frozenset({"hidden", "hide", "d-none", "invisible", "visually-hidden"})
_HOME = re.compile(r"\W*(?:trang\schủ|home)\b", re.IGNORECASE)
_LINKS = 2
_LINK_WORDS = 6


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

    def beside_title(self, title: str | None) -> Iterator[str]:
        """Yield what stands behind and before the title in its own block."""
        text = self.blocks[self.top].text
        at = text.find(title or "")
        if title and at >= 0:
            yield from filter(None, (text[at + len(title) :].strip(), text[:at].strip()))
        elif title:
            yield text[len(title) :]


def scene_of(page: Page, title: str | None) -> Scene:
    """Read the blocks of a page, and find the title among them: a heading, if one is."""
    blocks = read_blocks(page.root, most=_MOST_BLOCKS)
    wanted = words_of(title or "")
    if not wanted:
        return Scene(blocks, -1)
    exact: list[int] = []
    near: list[int] = []
    for i, block in enumerate(blocks):
        if len(block.text) < len(wanted) or len(block.text) > len(wanted) + _LINE_CHARS:
            continue
        words = words_of(block.text)
        if words == wanted:
            exact.append(i)
        elif wanted in words:
            glued = len(words) - len(wanted) <= _GLUED_CHARS
            if glued and words_of(tidy_title(one_line(block.text))) == wanted:
                exact.append(i)  # "null ", "» " and counters are glued to it
            elif words.startswith(wanted) or _is_date(words.removesuffix(wanted)):
                near.append(i)
    headings = [i for i in exact if blocks[i].kind == "heading"]
    unlinked = [i for i in exact or near if linked_share(blocks[i]) < 0.5]
    return Scene(blocks, (headings or unlinked or exact or near or [-1])[0])


def dated_texts(block: Block) -> list[str]:
    """List the lines of a block that hold a date and are short, as a reader sees them."""
    if not any(character.isdigit() for character in block.text):
        return []
    lines = block.lines
    if not lines:
        return [block.text] if _is_dated_line(block.text) else []
    texts = [line.text for line in lines] if len(lines) > 1 else [block.text]
    if not any(map(_is_dated_line, texts)):
        return []
    return [text for line in lines if _is_dated_line(text := _seen(line))]


def unlinked_text(block: Block) -> str:
    """Return what stands beside links of few words: the way to a page, buttons.

    Empty where there are no several: one may be the title of other news.
    """
    slots = [slot for line in block.lines for slot in line.slots]
    links = [link for slot in slots if (link := _link_around(slot)) is not None]
    if len(set(links)) < _LINKS and not _HOME.match(block.text):
        return ""
    if any(len("".join(map(str, link.itertext())).split()) > _LINK_WORDS for link in links):
        return ""
    return one_line("".join(slot.text for slot in slots if _link_around(slot) is None))


def is_label_of(scene: Scene, index: int) -> bool:
    """Tell whether the block before a date is its label, in a cell or an element of its own."""
    if index - 1 <= scene.top:
        return False
    before, block = scene.blocks[index - 1], scene.blocks[index]
    text = before.text
    if not 2 <= len(text) <= _LABEL_CHARS or linked_share(before) > 0.5 or is_prose(before):
        return False
    if before.kind in {"caption", "heading", "row"} or date_in(dated_line(text)):
        return False
    mine, other = block_around(block), block_around(before)
    if mine is None or other is None:
        return False
    return text.endswith(":") or other.getnext() is mine or _in_one_row(mine, other)


def _in_one_row(mine: Element, other: Element) -> bool:
    around = {*other.iterancestors(), other}
    node: Element | None = mine
    for _ in range(_ROW_LEVELS + 1):
        if node is None:
            return False
        if node in around:
            return len(one_line("".join(map(str, node.itertext())))) <= _ROW_CHARS
        node = node.getparent()
    return False


def _is_dated_line(text: str) -> bool:
    return len(text) <= _LINE_CHARS and date_in(dated_line(text)) is not None


def _is_date(text: str) -> bool:
    return date_in(dated_line(text)) is not None


def _seen(line: Line) -> str:
    return one_line("".join(slot.text for slot in line.slots if not _is_hidden(slot.parent)))


def _is_hidden(node: Element | None) -> bool:
    """Tell what the class hides: microdata that no reader sees are another reader's."""
    for _ in range(_LEVELS):
        if node is None:
            return False
        if not _HIDDEN.isdisjoint((node.get("class") or "").split()):
            return True
        node = node.getparent()
    return False


def _link_around(slot: Slot) -> Element | None:
    node = slot.parent
    while node is not None and node.tag != "a":
        node = node.getparent()
    return node
