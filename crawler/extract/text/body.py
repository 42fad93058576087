"""The body of an article: found by rule, copied, rid of what does not belong, read into blocks."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element, elements
from crawler.extract.text.blocks import Block, Line, Slot, read_blocks
from crawler.extract.tree import remove

_MAX_ELEMENTS = 20_000
"""The longest body seen has 6,000, most of them cells of a table (2026-11); reading one of 300,000
takes ten seconds."""
_COUNT = etree.XPath("count(descendant::*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as found on a page."""

    root: Element
    """A copy, free to be changed; what is cut from the text is cut from it."""
    origin: Element
    """The element of the page itself, for what stands around it."""
    blocks: list[Block]
    rule: str

    @property
    def html(self) -> str:
        """The fragment inside the body's element, as the site wrote it but for what was cut."""
        inner = "".join(
            etree.tostring(child, encoding="unicode", method="html") for child in self.root
        )
        return (html.escape(self.root.text or "", quote=False) + inner).strip()


def find_body(page: Page, candidates: Candidates, drop: Candidates) -> tuple[Body | None, bool]:
    """Take the first candidate that holds any text or picture; of several elements the longest.

    Shape: the body, and whether any candidate matched at all: an empty body that is there, or one
    too large to be an article's, is another thing than none.
    """
    matched = False
    drop = tuple(css for css in drop if page.may_hold(css))
    for css in candidates:
        nodes = [node for node in page.select(css) if isinstance(node, etree._Element)]
        matched = matched or bool(nodes)
        if nodes:
            longest = nodes[0] if len(nodes) == 1 else max(nodes, key=_length)
            if is_too_large(longest):
                continue
            body = body_at(longest, f"css:{css}", drop)
            if body.blocks:
                return body, True
    return None, matched


def is_too_large(node: Element) -> bool:
    """Tell whether an element holds more than any article."""
    return float(str(_COUNT(node))) > _MAX_ELEMENTS


def body_at(origin: Element, rule: str, drop: Candidates = ()) -> Body:
    """Read the body that `origin` holds."""
    root = deepcopy(origin)
    root.tail = None
    drop_from(root, drop)
    return Body(root=root, origin=origin, blocks=read_blocks(root), rule=rule)


def tidied(body: Body) -> Body:
    """Show the pictures that only `noscript` holds, and cut captions that are printed twice."""
    hidden = [node for node in body.root.iter("noscript") if node.find(".//img") is not None]
    blocks = body.blocks
    if hidden:
        seen = {value for image in _shown_images(body.root) for value in image.attrib.values()}
        for node in hidden:
            if not _repeats(node, seen):
                node.tag = "span"
        blocks = read_blocks(body.root)
    return replace(body, blocks=_without_echoes(blocks))


def _shown_images(root: Element) -> list[Element]:
    return [
        image for image in root.iter("img") if next(image.iterancestors("noscript"), None) is None
    ]


def _repeats(noscript: Element, seen: set[str]) -> bool:
    """Tell whether a script loads the same picture: into the one in front, or elsewhere."""
    before = noscript.getprevious()
    if before is not None and next(before.iter("img"), None) is not None:
        return True
    return any(image.get("src") in seen for image in noscript.iter("img"))


def _without_echoes(blocks: list[Block]) -> list[Block]:
    """Cut the paragraph that repeats the caption in front of it to the letter."""
    kept: list[Block] = []
    for block in blocks:
        last = kept[-1] if kept else None
        if last and block.text and last.kind == "caption" and block.text == last.text:
            for line in block.lines:
                line.cut()
        else:
            kept.append(block)
    return kept


def drop_from(root: Element, drop: Candidates) -> None:
    """Take out of the tree what `drop` names; the text behind it stays."""
    doomed = [node for css in drop for node in elements(root, css) if node is not root]
    for node in doomed:
        remove(node)


def without(body: Body, doomed: Collection[int], drop: Candidates = ()) -> Body | None:
    """Take blocks, named by their numbers, out of a body; None where nothing is left."""
    for index in doomed:
        block = body.blocks[index]
        for line in block.lines:
            line.cut()
        for node in (block.image, block.table):
            if node is not None and node.getparent() is not None:
                remove(node)
    drop_from(body.root, drop)
    blocks = read_blocks(body.root)
    return replace(body, blocks=blocks) if blocks else None


def cut_start(lines: Iterable[Line], length: int) -> None:
    """Take the first `length` characters of the raw text of `lines` out of the tree."""
    slots: list[Slot] = [slot for line in lines for slot in line.slots]
    for slot in slots:
        text = slot.text
        slot.write(text[length:])
        length -= len(text)
        if length <= 0:
            return


def _length(node: Element) -> int:
    return sum(len(str(text).strip()) for text in node.itertext())
