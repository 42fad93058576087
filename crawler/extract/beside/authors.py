"""Who wrote an article, on pages whose own rules do not tell: elements that portals call author.

Names alone are taken, from elements near the title or the text; accounts, platforms, the site
itself, readers' comments and authors of other news are nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.beside.accounts import is_account
from crawler.extract.draft import Found
from crawler.extract.fields import name_in
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element
from crawler.extract.text.blocks import spaced_text_of
from crawler.extract.text.frame import Frame
from crawler.extract.text.signature import is_person, read_signature
from crawler.extract.text.style import is_hidden

_SIGNS = ("uthor", "yline", "tac-gia", "tacgia", "tac_gia", "TacGia", 'class="by"')
_CALLED = etree.XPath(
    "//*[contains(@class, 'uthor') or contains(@id, 'uthor') or contains(@itemprop, 'author')"
    " or contains(@rel, 'author') or contains(@class, 'yline') or contains(@class, 'tac-gia')"
    " or contains(@class, 'tacgia') or contains(@class, 'tac_gia') or contains(@id, 'acGia')"
    " or contains(@class, 'acGia') or @class = 'by']"
)
_NOT_OURS = re.compile(
    r"comment|binh-?luan|reply|relat|other|(?:box|list|top)[-_]?author|authors?[-_](?:list|box|posts)"
    r"|author[-_](?:news|slide|avatar|desc|bio|email|social)",
    re.IGNORECASE,
)
_HIDDEN = frozenset({"hidden", "hide", "d-none", "sr-only", "visually-hidden"})
_NEVER = frozenset({"li", "head", "html"})
_MOST = 30
_MOST_CHARS = 120
_LEVELS = 6
_BEHIND_NAME = re.compile(r"\s*(?:[•·|]|\s[-–]\s(?=\d)|\d{1,2}[:/]\d{2}).*$")
_LABELLED = re.compile(
    r"\W*(?:tác giả(?: bài viết)?|người viết|bài viết|phóng viên|nhóm pv|written by)\s*:\s*\S",
    re.IGNORECASE,
)
_LABELS = etree.XPath(
    "//text()[contains(., 'ác giả') or contains(., 'gười viết') or contains(., 'TÁC GIẢ')]"
)
_ARTICLES = frozenset({"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "Report"})


def called_byline(
    page: Page,
    names: Candidates,
    *,
    title: Element | None,
    text: Element | None,
    everywhere: bool = False,
) -> Found[str] | None:
    """Read the author from an element that portals name so, or from a labelled line.

    `names` are selectors; `everywhere` asks any element whose class sounds like one. `title` and
    `text` are the elements of both: an author stands near one of them.
    """
    named = [node for css in names for node in page.select(css) if not isinstance(node, str)]
    if everywhere and any(map(page.contains, _SIGNS)):
        named += _CALLED(page.root)
    labelled: list[Any] = []
    if everywhere and (page.contains("ác giả") or page.contains("gười viết")):
        labelled = _LABELS(page.root)
    if not named and not labelled:
        return None
    near = _Near(title, text)
    for node in islice(near.sorted(named), _MOST):
        if name := _named(node, page):
            return Found(name, f"called author: {node.tag!s}")
    for said in islice(labelled, _MOST):
        node = said.getparent()
        if node is not None and near.holds(node) and (name := _labelled(node)):
            return Found(name, "labelled author")
    return None


def structured_byline(page: Page) -> Found[str] | None:
    """Read the author that the page's JSON-LD names, if it is a person."""
    for item in page.json_ld:
        kind = item.get("@type")
        if not _ARTICLES & set(kind if isinstance(kind, list) else [kind]):
            continue
        for name in _people(item.get("author")):
            if " " in name and is_person(name) and not _is_site(name, page):
                return Found(name, "json-ld:author")
    return None


class _Near:
    """Tells what stands near title and text, and how near."""

    def __init__(self, title: Element | None, text: Element | None) -> None:
        self._frame = Frame(title if title is not None else text)
        self._shared = {
            node
            for end in (title, text)
            if end is not None
            for node in (end, *end.iterancestors())
            if node.tag not in {"html", "body", "form"}
        }

    def sorted(self, nodes: list[Element]) -> list[Element]:
        """Sort the nodes by how near they are, leaving out what is not."""
        told = [(level, node) for node in nodes if (level := self._level(node)) is not None]
        return [node for _, node in sorted(told, key=lambda pair: pair[0])]

    def holds(self, node: Element) -> bool:
        """Tell whether an element is near."""
        return self._level(node) is not None

    def _level(self, node: Element) -> int | None:
        if self._frame.holds(node):
            return None
        around: Element | None = node
        for level in range(_LEVELS):
            if around is None or around.tag in _NEVER or is_hidden(around):
                return None
            if around in self._shared:
                return level
            names = f"{around.get('class') or ''} {around.get('id') or ''}"
            if _NOT_OURS.search(names) or _HIDDEN & {*names.split()}:
                return None
            around = around.getparent()
        return None


def _named(node: Element, page: Page) -> str | None:
    text = one_line(spaced_text_of(node)) or one_line(node.get("content") or "")
    if not text or len(text) > _MOST_CHARS:
        return None
    linked = [one_line(spaced_text_of(link)) for link in islice(node.iter("a"), 4)]
    people = [name for name in map(_person, linked) if name]
    if len(people) > 1:
        return ", ".join(dict.fromkeys(people))
    name = _person(text) or (people[0] if people else None)
    return name if name and not _is_site(name, page) else None


def _labelled(node: Element) -> str | None:
    """Read "Tác giả: Hoài Thu", in one element or with the name in the next."""
    for around in (node, node.getparent()):
        if around is None:
            break
        text = one_line(spaced_text_of(around))
        if len(text) > _MOST_CHARS:
            break
        if _LABELLED.match(text):
            return _person(text)
    return None


def _person(text: str) -> str | None:
    """Return the name that an element holds; None for an account, an office, a sentence."""
    name = name_in(_BEHIND_NAME.sub("", text))
    if not name or is_account(name):
        return None
    return read_signature([name]).byline


def _people(told: Any) -> Iterator[str]:
    for one in told if isinstance(told, list) else [told]:
        name = one.get("name") if isinstance(one, dict) else one
        office = isinstance(one, dict) and one.get("@type") == "Organization"
        if isinstance(name, str) and not office:
            yield one_line(name)


def _is_site(name: str, page: Page) -> bool:
    return is_account(name) or name == page.meta.get("og:site_name")
