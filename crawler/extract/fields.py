"""The short fields of an article's page: lead, author, office, source, rubric."""

from __future__ import annotations

import re

from crawler.clean.text import one_line
from crawler.extract.beside.accounts import is_account, is_role
from crawler.extract.draft import Found
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element, select, text_of

_LABEL = re.compile(
    r"\(?(?:(?:(?:tên )?tác giả(?: bài viết)?|người (?:viết|đăng(?: tin)?|thực hiện)|nguồn(?: tin)?"
    r"|theo|đăng bởi|được đăng bởi|viết bởi|author|source|by|written by|posted by)"
    r"(?:\s*:\s*|\s+(?=\w))"
    r"|(?:bài viết|biên tập|thực hiện|tổng hợp"
    r"|(?:tin|bài)(?:(?:\s*[,&-]\s*|\s+và\s+|\s+)(?:bài|ảnh|viết))*)\s*:\s*)|[^\w(“\"]*:\s*",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(
    r"(?:tác giả|nguồn|người viết|người đăng|author|by|source)[^:]{0,12}:?", re.IGNORECASE
)
_PHOTO = re.compile(r"[(\s]*(?:nguồn )?(?:h\.?\s?)?ảnh\s*(?:minh h[oọ]a)?\s*[:(-]", re.IGNORECASE)
_OTHERS = re.compile(r"\s*(?:,|và|&)\s*\d{1,2}\s+(?:tác giả|người)\s+khác\b.*$", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"\s*(?:[|,]\s*)?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.*|(?:số )?lượt xem.*|email:?.*)$",
    re.IGNORECASE,
)
_MOST_AUTHORS = 5
_NAME_MAX_CHARS = 300
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


def read_byline(page: Page, candidates: Candidates) -> Found[str] | None:
    """Read who wrote it, without label; accounts, platforms and photographers are nobody.

    Where a page hides further authors behind "và 1 tác giả khác", all that it names are told.
    """
    for css in candidates:
        texts = [one_line(text_of(match)) for match in page.select(css)[:_MOST_AUTHORS]]
        names = [name for text in texts if (name := name_in(text)) and not is_account(name)]
        kept = [name for name in names if name != page.site_name]
        if kept:
            hidden = any(_OTHERS.search(text) for text in texts)
            told = list(dict.fromkeys(kept)) if hidden else kept[:1]
            return Found(", ".join(told), f"css:{css}")
    return None


def read_credit(page: Page, candidates: Candidates) -> Found[str] | None:
    """Read an office's or a source's name, without the label in front of it."""
    for css in candidates:
        for match in page.select(css):
            name = name_in(one_line(text_of(match)))
            if name and not is_role(name):
                return Found(name, f"css:{css}")
    return None


def name_in(text: str) -> str | None:
    """Take the label, the mark of the end and what follows off a name; None for no name."""
    if not text or len(text) > _NAME_MAX_CHARS or _LABEL_ALONE.fullmatch(text):
        return None
    if _PHOTO.match(text):
        return None
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    if label and (second := _LABEL.match(rest)):  # "Tác giả: Theo Báo Lào Cai"
        rest = rest[second.end() :]
    name = _AFTER_NAME.sub("", _OTHERS.sub("", rest))
    if label and text.startswith("("):
        name = name.rstrip(" )")
    return _MARK.sub("", name.removesuffix("./.")) or None
