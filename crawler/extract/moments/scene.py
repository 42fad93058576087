"""The blocks of a page around its title, as far as dates are looked for among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.clean.text import one_line
from crawler.extract.dates import date_in, dated_line, may_hold_date
from crawler.extract.moments.line import read_line
from crawler.extract.moments.pieces import dates_joined
from crawler.extract.page import Page
from crawler.extract.select import Element, text_of
from crawler.extract.text.blocks import Block, Line
from crawler.extract.text.look import (
    block_around,
    element_of,
    is_prose,
    link_around,
    linked_share,
)
from crawler.extract.text.voters import words_of
from crawler.extract.titles.text import tidy_title

_LINE_CHARS = 160
_LABEL_CHARS = 40
_ROW_CHARS = 150
_ROW_LEVELS = 3
_GLUED_CHARS = 40
_TAIL = 8
_TOLD_WORDS = 3
_OPENING = 3
_MOST_BLOCKS = 2000
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
        """Yield what stands behind and before the title in its own block; of one that holds the
        text, too, the lines next to the title."""
        text = self.blocks[self.top].text
        if _is_opened(self.blocks[self.top], words_of(title or "")):
            yield from (line.text for line in self.blocks[self.top].lines[1:_OPENING])
            return
        at = text.find(title or "")
        if title and at >= 0:
            yield from filter(None, (text[at + len(title) :].strip(), text[:at].strip()))
        elif title:
            yield text[len(title) :]


def scene_of(page: Page, title: str | None) -> Scene:
    """Read the blocks of a page, and find the title among them: a heading, if one is."""
    blocks = dates_joined(page.blocks[:_MOST_BLOCKS])
    wanted = words_of(title or "")
    if not wanted:
        return Scene(blocks, -1)
    exact: list[int] = []
    near: list[int] = []
    opens: list[int] = []
    for i, block in enumerate(blocks):
        opens += [i] if _is_opened(block, wanted) else []
        if len(block.text) < len(wanted) or len(block.text) > len(wanted) + _LINE_CHARS:
            continue
        words = words_of(block.text)
        if wanted in words and _is_in_foot(block):
            continue
        if words == wanted:
            exact.append(i)
        elif wanted in words:
            glued = len(words) - len(wanted) <= _GLUED_CHARS
            if glued and words_of(tidy_title(one_line(block.text))) == wanted:
                exact.append(i)  # "null ", "» " and counters are glued to it
            elif words.startswith(wanted) or _is_date(words.removesuffix(wanted)):
                near.append(i)
    headings = [i for i in exact if blocks[i].kind == "heading"]
    unlinked = [i for i in (*exact, *near) if linked_share(blocks[i]) < 0.5]
    return Scene(blocks, (headings or unlinked or opens or exact or near or [-1])[0])


def _is_opened(block: Block, wanted: str) -> bool:
    """Tell a block that the title opens and the text goes on in, parted by mere breaks."""
    holds_text = len(block.text) > len(wanted) + _LINE_CHARS
    return holds_text and bool(block.lines) and words_of(block.lines[0].text) == wanted


def dated_texts(block: Block) -> list[str]:
    """List the short lines of a block that may hold a date, as a reader sees them."""
    if not may_hold_date(block.text):
        return []
    if not block.lines:
        return [block.text] if len(block.text) <= _LINE_CHARS else []
    texts = [_seen(line) for line in block.lines if _may_say(line.text)]
    return [text for text in texts if _may_say(text)]


def unlinked_text(block: Block, *, least: int = _LINKS) -> str:
    """Return what stands beside links of few words: the way to a page, buttons, a rubric.

    Empty where there are not `least` of them: one may be the title of other news.
    """
    slots = [slot for line in block.lines for slot in line.slots]
    around = [link_around(slot.parent) for slot in slots]
    links = [link for link in around if link is not None]
    if len(set(links)) < least and not _HOME.match(block.text):
        return ""
    if any(len(text_of(link).split()) > _LINK_WORDS for link in links):
        return ""
    return one_line("".join(s.text for s, link in zip(slots, around, strict=True) if link is None))


def with_dated_links(block: Block) -> str:
    """Return what stands beside links, with the dates that are links themselves.

    Empty where no link is around a date alone, or a longer one leads to other news.
    """
    slots = [slot for line in block.lines for slot in line.slots]
    around = [link_around(slot.parent) for slot in slots]
    links = dict.fromkeys(link for link in around if link is not None)
    dated = {link for link in links if _is_date_alone(link)}
    others = [link for link in links if link not in dated]
    if not dated or any(_leads_on(link) for link in others):
        return ""
    said = (s.text for s, link in zip(slots, around, strict=True) if link is None or link in dated)
    return one_line("".join(said))


def _is_date_alone(link: Element) -> bool:
    line = read_line(text_of(link))
    return line is not None and line.is_date


def _leads_on(link: Element) -> bool:
    """Tell the title of other news from an author, a section, a count of comments."""
    return len(text_of(link).split()) > _LINK_WORDS and "#" not in (link.get("href") or "")


def is_label_of(scene: Scene, index: int) -> bool:
    """Tell whether the block before a date is its label, in a cell or an element of its own."""
    if index - 1 <= scene.top:
        return False
    before, block = scene.blocks[index - 1], scene.blocks[index]
    text = before.text
    if not 2 <= len(text) <= _LABEL_CHARS or linked_share(before) > 0.5 or is_prose(before):
        return False
    if before.kind in {"caption", "heading", "row"} or any(map(str.isdigit, text)):
        return False
    mine, other = block_around(block), block_around(before)
    if mine is None or other is None:
        return False
    return text.endswith(":") or other.getnext() is mine or _in_one_row(mine, other)


def ends_text(scene: Scene, index: int, end: int, *, levels: int) -> bool:
    """Tell whether a block stands right below a text, and is no line of a comment's or a list's.

    `levels` is how far out its element may have to be followed to one that holds the text too.
    """
    block = scene.blocks[index]
    above = [one for one in scene.blocks[max(0, index - _TAIL) : index] if is_prose(one)]
    node = block_around(block)
    around = {one for prose in above for one in _path(element_of(prose))}
    parent = node.getparent() if node is not None else None
    while parent is not None and _letters_of(parent) == len(block.text.replace(" ", "")):
        node, parent = parent, parent.getparent()
    for level in range(levels):
        if parent is None or (level and parent.tag in {"html", "body"}):
            return False
        if parent in around:
            break
        parent = parent.getparent()
    else:
        return False
    following = (one for one in scene.blocks[index + 1 : min(end, index + _TAIL)] if one.text)
    after = next(following, None)
    return after is None or not (_is_told(after) and _shares_parent(after, block))


def _is_told(block: Block) -> bool:
    """Tell words of a comment or a teaser from a counter, a label and links."""
    words = block.text.split()
    return len(words) >= _TOLD_WORDS and ":" not in block.text and linked_share(block) < 0.5


def _shares_parent(one: Block, other: Block) -> bool:
    nodes = [block_around(block) for block in (one, other)]
    parents = [node.getparent() if node is not None else None for node in nodes]
    return parents[0] is not None and parents[0] is parents[1]


def _letters_of(node: Element) -> int:
    return sum(len("".join(text.split())) for text in map(str, node.itertext()))


def _path(node: Element | None) -> list[Element]:
    return [node, *node.iterancestors()] if node is not None else []


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


def _may_say(text: str) -> bool:
    return len(text) <= _LINE_CHARS and may_hold_date(text)


def _is_date(text: str) -> bool:
    return date_in(dated_line(text)) is not None


def _seen(line: Line) -> str:
    """Return what a reader sees; elements that style alone sets apart are, if that makes a date."""
    parts = [slot.text for slot in line.slots if not _is_hidden(slot.parent)]
    glued = one_line("".join(parts))
    if len(parts) < 2 or _is_date(glued):
        return glued
    spaced = one_line(" ".join(parts))
    return spaced if _is_date(spaced) else glued


def _is_in_foot(block: Block) -> bool:
    """Tell what stands in the page's own foot: the name of an office, no title."""
    tags = [node.tag for node in _path(element_of(block))]
    return "footer" in tags and not {"article", "main"} & {*tags[tags.index("footer") :]}


def _is_hidden(node: Element | None) -> bool:
    """Tell what the class hides: microdata that no reader sees are another reader's."""
    for _ in range(_LEVELS):
        if node is None:
            return False
        if not _HIDDEN.isdisjoint((node.get("class") or "").split()):
            return True
        node = node.getparent()
    return False
