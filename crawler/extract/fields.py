"""The short fields of an article's page: lead, author, office, source, rubric."""

from __future__ import annotations

import re

from crawler.clean.text import one_line
from crawler.extract.draft import Found
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element, select, text_of

_LABEL = re.compile(
    r"(?:tác giả(?: bài viết)?|người (?:viết|đăng)|nguồn(?: tin)?|theo|đăng bởi|bài viết|author"
    r"|source|by|written by|posted by)\s*:?\s+|[^\w(“\"]*:\s*",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(
    r"(?:tác giả|nguồn|người viết|author|by|source)[^:]{0,12}:?", re.IGNORECASE
)
_MARK = re.compile(r"^[\s\-–|»>•*]+|[\s|»>•]+$")


def read_text(page: Page, candidates: Candidates) -> Found[str] | None:
    """Take the first candidate that gives any text; pieces of text of one match are joined."""
    return text_in(page.root, candidates, page)


def text_in(node: Element, candidates: Candidates, page: Page | None = None) -> Found[str] | None:
    """Take the first candidate that gives any text at or below `node`."""
    for css in candidates:
        matches = page.select(css) if page else select(node, css)
        if css.endswith("::text"):
            matches = ["".join(str(match) for match in matches)]
        for match in matches:
            text = one_line(text_of(match))
            if text:
                return Found(text, f"css:{css}")
    return None


def read_credit(page: Page, candidates: Candidates) -> Found[str] | None:
    """Read an author's or a source's name, without the label in front of it."""
    found = read_text(page, candidates)
    if found is None or _LABEL_ALONE.fullmatch(found.value):
        return None
    label = _LABEL.match(found.value)
    name = _MARK.sub("", found.value[label.end() :] if label else found.value)
    return Found(name, found.rule) if name else None
