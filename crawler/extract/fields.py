"""The short fields of an article's page: title, lead, author, office, source, rubric."""

from __future__ import annotations

import html
import re

from crawler.clean.text import one_line, plain
from crawler.extract.draft import Found
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element, select, text_of

_TITLE_MAX_CHARS = 1000

_LABEL = re.compile(
    r"(?:tác giả(?: bài viết)?|người (?:viết|đăng)|nguồn(?: tin)?|theo|đăng bởi|bài viết|author"
    r"|source|by|written by|posted by)\s*:?\s+|[^\w(“\"]*:\s*",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(
    r"(?:tác giả|nguồn|người viết|author|by|source)[^:]{0,12}:?", re.IGNORECASE
)
_LAST_PART = re.compile(r"(.+)\s[|\-–»]\s(.+)")
_SITE = re.compile(r"(?:sở|cổng|trang|ubnd|bộ)\s", re.IGNORECASE)
_NULL = re.compile(r"^null\s+")
_FONT_SIZE = re.compile(r"(?:\s+A[+-]?){2,}(?:\s+In)?$|\s*Xem với c[ỡở] chữ.*$")
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


def read_title(page: Page, candidates: Candidates) -> Found[str] | None:
    """Read the title by rule, cut of what skins glue to it."""
    found = read_text(page, candidates)
    return Found(tidy_title(found.value), found.rule) if found else None


def general_title(page: Page) -> Found[str] | None:
    """Find the title of a page that no rule knows.

    A heading that the page's own meta repeats is the title; alone, a heading may be the section's
    (sotttt.hanoi.gov.vn) and `title` another office's (the same).
    """
    for item in page.json_ld:
        headline = item.get("headline")
        if isinstance(headline, str) and plain(headline):
            return Found(plain(headline), "json-ld:headline")
    shared = html.unescape(page.meta.get("og:title", ""))
    headings = [one_line(text_of(node)) for css in ("h1", "h2") for node in page.select(css)]
    for heading in headings:
        if len(heading) > 10 and shared.startswith(heading):
            return Found(tidy_title(heading), "css:h1")
    if shared:
        return Found(tidy_title(_without_site(shared, page)), "meta:og:title")
    first = read_text(page, ("h1",))
    if first:
        return Found(tidy_title(first.value), first.rule)
    named = read_text(page, ("title",))
    return Found(tidy_title(_without_site(named.value, page)), named.rule) if named else None


def read_credit(page: Page, candidates: Candidates) -> Found[str] | None:
    """Read an author's or a source's name, without the label in front of it."""
    found = read_text(page, candidates)
    if found is None or _LABEL_ALONE.fullmatch(found.value):
        return None
    label = _LABEL.match(found.value)
    name = _MARK.sub("", found.value[label.end() :] if label else found.value)
    return Found(name, found.rule) if name else None


def tidy_title(text: str) -> str:
    """Take the font-size buttons and the literal "null" of some portals off a title."""
    title = one_line(text[: 4 * _TITLE_MAX_CHARS])[:_TITLE_MAX_CHARS]
    return _FONT_SIZE.sub("", _NULL.sub("", title)).strip()


def _without_site(title: str, page: Page) -> str:
    parts = _LAST_PART.fullmatch(title)
    if parts and (parts[2] == page.meta.get("og:site_name") or _SITE.match(parts[2])):
        return parts[1]
    return title
