"""Text that a source repeats in many articles: counted over its recent ones, and cut.

A copyright line, a hotline, the words of a rating box: no rule can name them all, but each stands
at the same end of article after article. What is cut is kept in `Article.cut`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.clean.html import parse, sanitise, write
from crawler.extract.select import Element
from crawler.extract.text.blocks import RUNNING, Slot, read_blocks
from crawler.extract.tree import remove
from store.content import content_hash
from store.model import Article
from store.text import fold

REMEMBERED = 50
"""Articles of a source that are counted: the latest."""

ENOUGH = 5
"""Articles without which nothing is called repeated."""

_LEAST = 3
_SHARE = 0.3
_LONG, _LONG_SHARE = 60, 0.7
_FIRST, _LAST = 3, 6
_LONGEST = 300
_DIGITS = re.compile(r"\d+")

Mark = str
"""A line without what may differ from one time to the next: marks, case, blanks and numbers."""


class Repeats:
    """Counts the lines at both ends of a source's latest articles."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self._marks: dict[Mark, frozenset[Mark]] = {}
        """Title → lines. Notices of one form ("Lịch tiếp dân tháng 5") have one title, and so has
        an article that is read again: what only they share is no boilerplate."""
        for article in articles:
            self.learn(article)

    def learn(self, article: Article) -> None:
        """Count an article; beyond `REMEMBERED` titles the first learnt is forgotten."""
        title = _mark(article.title)
        self._marks[title] = self._marks.pop(title, frozenset()) | _marks_of(article)
        if len(self._marks) > REMEMBERED:
            del self._marks[next(iter(self._marks))]

    @property
    def enough(self) -> bool:
        """Whether so many articles are known that a repeated line would show."""
        return len(self._marks) >= ENOUGH

    def lines(self) -> frozenset[Mark]:
        """Return what stands in at least three articles and in three of ten.

        A long line must stand in most: sentences of news recur too, those of notices above all.
        """
        if not self.enough:
            return frozenset()
        counts = Counter(mark for marks in self._marks.values() for mark in marks)
        known = len(self._marks)
        least, most = max(_LEAST, _SHARE * known), max(ENOUGH, _LONG_SHARE * known)
        return frozenset(
            mark
            for mark, count in counts.items()
            if count >= (most if len(mark) > _LONG else least)
        )


def cut(article: Article, repeated: frozenset[Mark]) -> Article:
    """Take repeated lines from both ends of the body, and note them in `cut`.

    The article comes back as it was where nothing is repeated, and where nothing else would stay.
    """
    texts = article.body_text.split("\n\n")
    wanted = {place for place in _ends(len(texts)) if _mark(texts[place]) in repeated}
    if not wanted or len(wanted) == len(texts):
        return article
    root = parse(article.body_html)
    gone = {place for place in sorted(wanted, reverse=True) if _take_out(root, texts[place])}
    if not gone:
        return article
    body_html = sanitise(write(root), article.url)
    return replace(
        article,
        body_html=body_html,
        body_text="\n\n".join(text for place, text in enumerate(texts) if place not in gone),
        cut=tuple(texts[place] for place in sorted(gone)),
        content_hash=content_hash(
            title=article.title,
            summary=article.summary,
            body_html=body_html,
            attachments=article.attachments,
        ),
    )


def marks_of_lines(lines: Iterable[str]) -> frozenset[Mark]:
    """Return the marks of lines that were cut before."""
    return frozenset(filter(None, map(_mark, lines)))


def _marks_of(article: Article) -> frozenset[Mark]:
    texts = article.body_text.split("\n\n")
    return frozenset(
        mark
        for text in (*(texts[place] for place in _ends(len(texts))), *article.cut)
        if len(text) <= _LONGEST and (mark := _mark(text))
    )


def _ends(count: int) -> Iterator[int]:
    return (place for place in range(count) if place < _FIRST or place >= count - _LAST)


def _mark(text: str) -> Mark:
    folded = "".join(char for char in fold(text) if char.isalnum())
    return _DIGITS.sub("0", folded) if any(char.isalpha() for char in folded) else ""


def _take_out(root: Element, text: str) -> bool:
    """Remove the last paragraph that holds just these words; tell if there was one."""
    block = next((b for b in read_blocks(root)[::-1] if b.kind in RUNNING and b.text == text), None)
    if block is None:
        return False
    breaks = [node for line in block.lines for slot in line.slots for node in _breaks_before(slot)]
    for line in block.lines:
        line.cut()
    for node in breaks:  # lines between `br` stand in no element of their own
        remove(node)
    return True


def _breaks_before(slot: Slot) -> Iterator[Element]:
    """Yield the line breaks that part a text from the one before it."""
    node = slot.node if slot.tail else None
    while node is not None and node.tag == "br":
        yield node
        before = node.getprevious()
        node = before if before is not None and not (before.tail or "").strip() else None
