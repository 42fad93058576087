"""The body of a page that no rule knows: each block of the page is voted on, the best run wins.

Voters are general text finders (`crawler.extract.text.voters`), the page's own structured data,
and the class names that portals share. None is right on every page, but they are seldom wrong
together, and less often at the same line. What wins is an element of the page itself, so that
captions, tables and line breaks are kept.
"""

from __future__ import annotations

import html
from collections.abc import Container, Sequence
from dataclasses import dataclass

from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element
from crawler.extract.text.blocks import Block, running_text
from crawler.extract.text.body import Body, body_at, find_body, is_too_large, without
from crawler.extract.text.lead import last_paragraph
from crawler.extract.text.look import element_of, within
from crawler.extract.text.span import Span, find_span
from crawler.extract.text.voters import (
    Vote,
    agreement,
    ask_finders,
    shingles_of,
    vote_for,
    words_of,
)

_MIN_CHARS = 200
"""Of running text: less is a caption, a cookie notice or a contact line."""
_SAME_TEXT = 0.9
_DISAGREE = 0.5
"""Agreement below which two readings of a body are not the same text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class General:
    """What the general reader made of a page."""

    body: Body
    agreement: float
    """0 to 1: the mean of how far each general finder's text is the body's; 1 where a page names
    its own text and no finder was heard."""
    lead: str | None = None
    """The paragraph between title and body, where one stands apart."""


def general_body(
    page: Page,
    *,
    title: str | None = None,
    names: Candidates = (),
    drop: Candidates = (),
    heard: Sequence[Vote] | None = None,
) -> General | None:
    """Find the text without any rule; None when the page holds none worth the name.

    `names` are selectors of bodies on other sites: they have a voice, not the last word. `title`
    is the article's: what stands above it is not its text. `heard` is what the finders said
    (`ask_finders`), where they were asked before.
    """
    named, _ = find_body(page, names, drop)
    votes = [*(ask_finders(page) if heard is None else heard)]
    votes += [vote_for("json-ld:articleBody", 2.0, text) for text in _structured(page)[:1]]
    if named is not None:
        votes.append(vote_for(named.rule, 1.5, running_text(named.blocks)))
    readable = bool(votes) and not is_too_large(page.root)
    blocks = page.blocks if readable else ()
    span = find_span(blocks, votes, title, min_chars=_MIN_CHARS)
    body = _voted(blocks, span, votes, drop) if span else None
    lead = last_paragraph(blocks[span.top : span.first]) if span and body else None
    if named is not None and (body is None or alike(body, named) >= _SAME_TEXT):
        if span and named.rule.startswith("css:"):  # its own edges are the cleaner ones
            body, lead = _named(named, blocks, span, drop)
        body = body or named
    body = body or _written(page)
    return General(body=body, agreement=_heard(body, votes), lead=lead) if body else None


def alike(one: Body, other: Body) -> float:
    """Say how alike the running texts of two bodies are, 0 to 1."""
    return round(
        agreement(*(shingles_of(words_of(running_text(b.blocks))) for b in (one, other))), 2
    )


def weighed(body: Body | None, general: General | None) -> tuple[float | None, tuple[str, ...]]:
    """Say how sure the body is, from what the general reader makes of the page, and the doubts."""
    if general is None:
        return None, ()
    doubts: tuple[str, ...]
    if body is None:
        doubts = ("article/body/general",)
        confidence = general.agreement
    else:
        doubts = ("article/body/audited",)
        confidence = alike(body, general.body)
    if confidence < _DISAGREE:
        doubts = (*doubts, "article/body/disagree")
    return confidence, doubts


def _voted(
    blocks: Sequence[Block], span: Span, votes: Sequence[Vote], drop: Candidates
) -> Body | None:
    """Make a body of the run of blocks that the votes are for."""
    holder = _holder([element_of(block) for block in blocks[span.first : span.last]])
    if holder is None or is_too_large(holder):
        return None
    rule = "consensus:" + "+".join(vote.name.partition(":")[0] for vote in votes)
    inside = [index for index, block in enumerate(blocks) if within(element_of(block), holder)]
    strange = {
        index for index in inside if not span.first <= index < span.last or index in span.foreign
    }
    body = body_at(holder, rule)
    return without(body, _numbers(body, blocks, inside, strange), drop)


def _numbers(
    body: Body, blocks: Sequence[Block], inside: Sequence[int], strange: Container[int]
) -> set[int]:
    """Name the blocks of a body by those of the page that are none of it.

    Their order is one, but where the look that an element around the body gives parts them
    otherwise: there by their words.
    """
    if len(inside) == len(body.blocks):
        return {number for number, index in enumerate(inside) if index in strange}
    kept = {blocks[index].text for index in inside if index not in strange}
    gone = {blocks[index].text for index in inside if index in strange} - kept
    return {number for number, block in enumerate(body.blocks) if block.text in gone}


def _named(
    named: Body, blocks: Sequence[Block], span: Span, drop: Candidates
) -> tuple[Body | None, str | None]:
    """Take out of a named body what is none of the text, and find the lead above it."""
    origin = named.origin
    inside = [index for index, block in enumerate(blocks) if within(element_of(block), origin)]
    lead = last_paragraph(blocks[span.top : max(inside[0], span.first)]) if inside else None
    strange = {
        index
        for index in inside
        if index in span.foreign or (index < span.first and blocks[index].text == lead)
    }
    if not strange:
        return named, lead
    body = body_at(origin, named.rule)
    return without(body, _numbers(body, blocks, inside, strange), drop), lead


def _holder(elements: Sequence[Element | None]) -> Element | None:
    """Return the innermost element around all of `elements`."""
    paths = [_path(node) for node in elements if node is not None]
    if not paths:
        return None
    shared = None
    for steps in zip(*paths, strict=False):
        if any(step is not steps[0] for step in steps):
            break
        shared = steps[0]
    if len(paths) == 1 and shared is not None and shared.tag not in _HOLDERS:
        shared = next((node for node in shared.iterancestors() if node.tag in _HOLDERS), shared)
    return shared


def _path(node: Element) -> list[Element]:
    return [*reversed(list(node.iterancestors())), node]


def _structured(page: Page) -> list[str]:
    """List the texts that the page's JSON-LD gives as an article's."""
    return [
        text
        for item in page.json_ld
        if isinstance(text := item.get("articleBody"), str) and len(text) >= _MIN_CHARS
    ]


def _written(page: Page) -> Body | None:
    """Make a body of the text that the page's JSON-LD gives: the page itself shows none."""
    for text in _structured(page):
        root = etree.Element("div")
        for line in html.unescape(text).splitlines():
            if paragraph := one_line(line):
                etree.SubElement(root, "p").text = paragraph
        body = body_at(root, "json-ld:articleBody")
        if body.blocks:
            return body
    return None


def _heard(body: Body, votes: Sequence[Vote]) -> float:
    own = shingles_of(words_of(running_text(body.blocks)))
    told = [agreement(own, vote.shingles) for vote in votes if ":" not in vote.name]
    return round(sum(told) / len(told), 2) if told else 1.0


_HOLDERS = frozenset({"article", "body", "div", "main", "section", "td"})
