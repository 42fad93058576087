"""The body of a page that no rule knows: structured data first, then a general text finder."""

from __future__ import annotations

import html
from dataclasses import replace

import lxml.html
from lxml import etree

from crawler.clean.text import one_line
from crawler.extract.body import Body, body_at
from crawler.extract.page import Page
from crawler.extract.select import Element, text_of

_MIN_CHARS = 200
_MAX_CHARS = 600_000
"""The finder takes 10 s for a page of this size, and far longer for a larger one."""


def general_body(page: Page) -> Body | None:
    """Find the text without any rule; None when the page holds none worth the name."""
    return _from_json_ld(page) or _from_finder(page)


def _from_json_ld(page: Page) -> Body | None:
    for item in page.json_ld:
        text = item.get("articleBody")
        if isinstance(text, str) and len(text) >= _MIN_CHARS:
            paragraphs = (one_line(html.unescape(line)) for line in text.splitlines())
            source = "".join(f"<p>{html.escape(line)}</p>" for line in paragraphs if line)
            return _body(source, "json-ld:articleBody")
    return None


def _from_finder(page: Page) -> Body | None:
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
        target_language=None,
    )
    body = _body(found, "trafilatura") if isinstance(found, str) else None
    if body is None or sum(len(block.text) for block in body.blocks) < _MIN_CHARS:
        return None
    origin = _stands_at(page, body)
    return body if origin is None else replace(body, origin=origin)


def _stands_at(page: Page, body: Body) -> Element | None:
    """Return the element of the page that holds the text's last words: a signature follows it."""
    last = next((block.text for block in reversed(body.blocks) if block.text), None)
    holders = (node for node in page.root.iter() if isinstance(node.tag, str))
    found = None
    for node in holders:
        if last is not None and one_line(text_of(node)) == last:
            found = node
    return found


def _body(source: str, rule: str) -> Body | None:
    try:
        root = lxml.html.document_fromstring(source)
    except (etree.LxmlError, ValueError):
        return None
    inner = root.find("body")
    body = body_at(root if inner is None else inner, rule)
    return body if body.blocks else None
