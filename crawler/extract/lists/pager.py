"""The next page of a list, where no rule names it: a link, or a form to post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from crawler.clean.text import one_line
from crawler.clean.urls import canonical_or_none
from crawler.extract.draft import NextPage
from crawler.extract.lists.numbers import is_offset, place_of, same_list
from crawler.extract.lists.postback import postback, posts_back
from crawler.extract.page import Page
from crawler.extract.select import Element, elements, text_of

_PAGERS = (
    "[class*=pagin]",
    "[class*=pager]",
    "[class*=Pager]",
    "[class*=paging]",
    "[class*=page-nav]",
    "[class*=phantrang]",
    "[class*=phan-trang]",
    "[id*=phantrang]",
    "[id*=PhanTrang]",
    ".nav-links",
)
_NEXT = re.compile(
    r"(?:trang\s+)?(?:sau|kế(?:\s+tiếp)?|tiếp(?:\s+theo)?|tới)\s*[»>›→]*|next(?:\s+page)?\s*[»>›→]*"
    r"|[»>›→]|>>|older posts",
    re.IGNORECASE,
)
_NEXT_PAGE = re.compile(
    r"trang\s+(?:sau|kế(?:\s+tiếp)?|tiếp(?:\s+theo)?)\s*[»>›→]*|tiếp\s+theo\s*[»>›→]*"
    r"|next\s+page\s*[»>›→]*|older posts",
    re.IGNORECASE,
)
"""What says so much that it needs no pager around it."""
_NUMBER = re.compile(r"[\W_]*(?:(?:trang|page)\W*)?(\d{1,5})[\W_]*", re.IGNORECASE)
"""The words of a link to a page: "2", "[2]", "Trang 2"."""
_DOTS = re.compile(r"\.{2,3}|…")
_DIGIT = re.compile(r"\d")
_MOST_LINKS = 2000
"""Of a page, that are looked at."""

_MOST_ROWS = 20
"""Elements around postback links that are tried as pagers."""

_MOST_IN_PAGER = 25
"""Links of a pager; what has more is a calendar or a menu."""


def next_page(page: Page, own: str) -> NextPage | None:
    """Find the page after this one.

    In a pager the number after the current one, else what says "next"; without a pager, a link
    whose address differs from the page's by the next number; then a row of postback links; last, a
    link anywhere that names the next page.
    """
    for css in _PAGERS:
        for pager in page.select(css):
            if isinstance(pager, etree._Element):
                links = _links(pager)
                found = _counted(page, pager, links, own) or _said(page, links, own)
                if found:
                    return found
    return _by_address(page, own) or _posted(page, own) or _said_alone(page, own)


def number_said(words: str) -> int | None:
    """Read the number of a page off the words of a link; None where they say more, or none."""
    found = _NUMBER.fullmatch(words)
    return int(found[1]) if found else None


def step(page: Page, link: Element, own: str) -> NextPage | None:
    """Return where a link leads: to another address of the site, or to a form to post."""
    if posts_back(link):
        return postback(page, link)
    href = link.get("href") or ""
    if not href.strip(" #"):
        return None
    url = canonical_or_none(href, page.base_url)
    here = urlsplit(own).netloc
    return NextPage(url) if url and url != own and urlsplit(url).netloc == here else None


def _links(scope: Element) -> list[Element]:
    return [link for link in scope.iter("a") if link.get("href") or link.get("onclick")]


def _said(page: Page, links: Sequence[Element], own: str) -> NextPage | None:
    for link in links:
        words = one_line(text_of(link)) or one_line(
            link.get("title") or link.get("aria-label") or ""
        )
        if "next" in (link.get("rel") or "").split() or _NEXT.fullmatch(words):
            found = step(page, link, own)
            if found:
                return found
    return None


def _said_alone(page: Page, own: str) -> NextPage | None:
    links = islice(_links(page.root), _MOST_LINKS)
    telling = [link for link in links if _NEXT_PAGE.fullmatch(one_line(text_of(link)))]
    return _said(page, telling, own)


def _counted(page: Page, pager: Element, links: Sequence[Element], own: str) -> NextPage | None:
    """Take the number after the one that is no link to elsewhere: the page itself; behind the
    last number that is shown, the dots that lead on to the next ones."""
    said = [one_line(text_of(link)) for link in links]
    numbered = [(number_said(words), link) for words, link in zip(said, links, strict=True)]
    numbers = {number: link for number, link in numbered if number is not None}
    if not numbers:
        return None
    current = _current(pager) or _leading_to(page, numbers, own)
    if current is None:
        return None
    link = numbers.get(current + 1)
    if link is None and current > max(numbers):
        behind = links.index(numbers[max(numbers)])
        dots = [
            link
            for words, link in zip(said[behind:], links[behind:], strict=True)
            if _DOTS.fullmatch(words)
        ]
        link = next(iter(dots), None)
    return step(page, link, own) if link is not None else None


def _leading_to(page: Page, numbers: Mapping[int, Element], own: str) -> int | None:
    """Find the number whose link leads to the page itself."""
    for number, link in numbers.items():
        href = link.get("href")
        if href and canonical_or_none(href, page.base_url) == own:
            return number
    return None


def _current(pager: Element) -> int | None:
    """Read the number that is marked, else the only one that is no link."""
    marked = one_line(" ".join(map(text_of, elements(pager, ".active, .current, strong, b"))))
    found = re.fullmatch(r"\D*(\d{1,5})\D*", marked)
    if found:
        return int(found[1])
    bare = [
        int(words)
        for node in pager.iter()
        if isinstance(node.tag, str) and node.tag != "a"
        for text in (node.text, *(child.tail for child in node))
        if (words := (text or "").strip()).isdecimal() and len(words) <= 5
    ]
    return bare[0] if len(bare) == 1 else None


def _by_address(page: Page, own: str) -> NextPage | None:
    """Take the link to the same list with the next number, wherever it stands."""
    here = place_of(own)
    followers: dict[int, tuple[str, str]] = {}
    for link in islice(_links(page.root), _MOST_LINKS):
        href = link.get("href", "")
        if not _DIGIT.search(href) or "javascript:" in href.lower():
            continue
        found = step(page, link, own)
        place = place_of(found.url) if found else None
        if found is None or place is None or place.number is None or not same_list(here, place):
            continue
        if here.counted in (None, place.counted):
            followers.setdefault(place.number, (found.url, one_line(text_of(link))))
        if is_offset(place.counted) and here.number is None:
            followers.pop(0, None)
    if not followers:
        return None
    if here.number is not None:
        after = [number for number in followers if number > here.number]
        offset = is_offset(here.counted)
        wanted = min(after, default=None) if offset else here.number + 1
    else:
        # The first page bears no number: the second is 2, or 1 where they are counted from 0.
        least = min(number for number in followers)
        counted = place_of(followers[least][0]).counted
        from_zero = least == 1 and number_said(followers[1][1]) != 1
        wanted = least if is_offset(counted) or from_zero else 2
    return NextPage(followers[wanted][0]) if wanted in followers else None


def _posted(page: Page, own: str) -> NextPage | None:
    """Find a row of numbers that post the page's form, and take the one after the current."""
    links = [link for link in islice(_links(page.root), _MOST_LINKS) if posts_back(link)]
    for row in islice(_rows(links), _MOST_ROWS):
        inside = [link for link in links if row in link.iterancestors()]
        if len(inside) <= _MOST_IN_PAGER:
            found = _counted(page, row, inside, own) or _said(page, inside, own)
            if found:
                return found
    return None


def _rows(links: Sequence[Element]) -> Iterator[Element]:
    """Yield the elements around numbered postback links, the nearest that hold more than one."""
    seen = set()
    for link in links:
        words = one_line(text_of(link))
        if number_said(words) is None and not _NEXT.fullmatch(words):
            continue
        for around in islice(link.iterancestors(), 3):
            inside = sum(1 for _ in islice(around.iter("a"), _MOST_IN_PAGER + 1))
            if inside > _MOST_IN_PAGER:
                break
            said = one_line(text_of(around))
            if around not in seen and (inside > 1 or len(said) > len(one_line(text_of(link)))):
                seen.add(around)
                yield around
