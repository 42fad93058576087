"""The link to the next page of a list, where no rule names it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from crawler.clean.text import one_line
from crawler.clean.urls import canonical
from crawler.extract.page import Page
from crawler.extract.select import Element, elements, text_of

_PAGERS = (
    "[class*=pagin]",
    "[class*=pager]",
    "[class*=paging]",
    "[class*=page-nav]",
    "[class*=phantrang]",
    "[id*=phantrang]",
    ".nav-links",
)
_NEXT = re.compile(
    r"(?:trang\s+)?(?:sau|kế|tiếp(?:\s+theo)?|tới)\s*[»>›]*|next(?:\s+page)?\s*[»>›]*"
    r"|[»>›]|>>|older posts",
    re.IGNORECASE,
)


def next_page(page: Page, own: str) -> str | None:
    """Find the link that says "next" in a pager, else the number after the current one."""
    for css in _PAGERS:
        for pager in page.select(css):
            if isinstance(pager, etree._Element):
                url = _said(page, pager, own) or _counted(page, pager, own)
                if url:
                    return url
    return None


def _said(page: Page, pager: Element, own: str) -> str | None:
    for link in elements(pager, "a[href]"):
        words = one_line(text_of(link)) or one_line(link.get("title") or "")
        if link.get("rel") == "next" or _NEXT.fullmatch(words):
            url = _address(page, link, own)
            if url:
                return url
    return None


def _counted(page: Page, pager: Element, own: str) -> str | None:
    """Take the number after the one that is no link to elsewhere: the page itself."""
    numbers = {
        int(words): link
        for link in elements(pager, "a[href]")
        if (words := one_line(text_of(link))).isdecimal()
    }
    words = one_line(" ".join(map(text_of, elements(pager, ".active, .current, strong, b"))))
    current = re.fullmatch(r"\D*(\d{1,5})\D*", words)
    link = numbers.get(int(current[1]) + 1) if current else None
    return _address(page, link, own) if link is not None else None


def _address(page: Page, link: Element, own: str) -> str | None:
    try:
        url = canonical(link.get("href") or "", page.base_url)
    except ValueError:
        return None
    return url if url != own and urlsplit(url).netloc == urlsplit(own).netloc else None
