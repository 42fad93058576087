"""The body of a page that no rule knows: structured data first, then a general text finder."""

from __future__ import annotations

import html
from copy import deepcopy

import lxml.html
from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.blocks import BLOCK_TAGS, RUNNING, Block, read_blocks
from crawler.extract.body import Body, body_at, tidy
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element

_MIN_CHARS = 200
_PARAGRAPH_CHARS = 80
_MAX_CHARS = 600_000
"""The finder takes 10 s for a page of this size, and far longer for a larger one."""


def general_body(page: Page, drop: Candidates = ()) -> Body | None:
    """Find the text without any rule; None when the page holds none worth the name."""
    return _from_json_ld(page) or _from_finder(page, drop)


def _from_json_ld(page: Page) -> Body | None:
    for item in page.json_ld:
        text = item.get("articleBody")
        if isinstance(text, str) and len(text) >= _MIN_CHARS:
            paragraphs = (one_line(html.unescape(line)) for line in text.splitlines())
            source = "".join(f"<p>{html.escape(line)}</p>" for line in paragraphs if line)
            return _body(source, "json-ld:articleBody")
    return None


def _from_finder(page: Page, drop: Candidates) -> Body | None:
    if len(page.text) > _MAX_CHARS:
        return None
    from trafilatura import extract  # takes a third of a second to import, and is rarely needed

    found = extract(
        page.text,
        url=page.url,
        output_format="html",
        include_comments=False,
        include_images=True,
        include_links=True,
        include_formatting=True,
        include_tables=True,
    )
    told = _body(found, "trafilatura") if isinstance(found, str) else None
    if told is None or sum(len(block.text) for block in told.blocks) < _MIN_CHARS:
        return None
    holder = _holder(page, told.blocks)
    return told if holder is None else body_at(holder, "trafilatura", drop)


def _holder(page: Page, told: list[Block]) -> Element | None:
    """Find the element of the page that holds the paragraphs that the finder told.

    Read by our own rules it keeps captions, tables and line breaks, and what stands around it.
    None when the paragraphs are strewn over the page.
    """
    long = {b.text for b in told if b.kind in RUNNING and len(b.text) >= _PARAGRAPH_CHARS}
    root = deepcopy(page.root)
    tidy(root)
    paths = [_path(block) for block in read_blocks(root) if block.text in long]
    if not paths or 2 * len(paths) < len(long):
        return None
    shared = [steps[0] for steps in zip(*paths, strict=False) if all(s is steps[0] for s in steps)]
    if len(paths) == 1:
        shared = shared[:-1]
    holder = shared[-1] if shared else None
    return None if holder is None or holder.tag in {"html", "body", "form"} else holder


def _path(block: Block) -> list[Element]:
    """List the block elements around a block, from the root in."""
    node = block.lines[0].slots[0].parent if block.lines else None
    if node is None:
        return []
    around = [*reversed(list(node.iterancestors())), node]
    return [element for element in around if element.tag in BLOCK_TAGS]


def _body(source: str, rule: str) -> Body | None:
    try:
        root = lxml.html.document_fromstring(source)
    except (etree.LxmlError, ValueError):
        return None
    inner = root.find("body")
    body = body_at(root if inner is None else inner, rule)
    return body if body.blocks else None
