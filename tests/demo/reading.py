"""How these tests look at a portal: its pages parsed, its words in one line, NFC."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from urllib.parse import urljoin

from lxml.html import HtmlElement, document_fromstring

from crawler.demo.portal import Answer, Portal
from crawler.demo.portals import PORTALS

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
NUKEVIET, WORDPRESS, ASPNET = PORTALS


def get(portal: Portal, target: str, *, edition: int = 1, now: datetime = NOW) -> Answer:
    return portal.answer(target, now=now, edition=edition)


def parse(answer: Answer) -> HtmlElement:
    return document_fromstring(answer.body.decode())


def words(page: HtmlElement) -> str:
    """All text of a page, blanks folded, NFC, without what scripts and styles hold."""
    text = "".join(page.xpath("//body//text()"))
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text))


def hrefs(page: HtmlElement, target: str) -> list[str]:
    """Every link of a page, from the host on."""
    return [urljoin(target, href) for href in page.xpath("//a/@href")]


def list_pages(portal: Portal) -> dict[str, HtmlElement]:
    """Walk from the lists to all their pages, by the links that stand on them."""
    found: dict[str, HtmlElement] = {}
    waiting = list(portal.listings)
    while waiting:
        target = waiting.pop()
        if target in found:
            continue
        answer = get(portal, target)
        assert answer.status == 200, target
        found[target] = parse(answer)
        waiting += [href for href in hrefs(found[target], target) if _is_list(portal, href)]
    return found


def _is_list(portal: Portal, href: str) -> bool:
    if not href.startswith(tuple(portal.listings)):
        return False
    return href not in {article.path for article in portal.articles} and "#" not in href
