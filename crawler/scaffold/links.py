"""The links of a site's first pages that may lead to its lists of news. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from crawler.clean.text import one_line
from crawler.clean.urls import canonical_or_none, site_of
from crawler.extract.lists.outside import stands_outside
from crawler.extract.page import Page
from crawler.extract.repeated import is_home
from crawler.extract.select import Element, text_of
from crawler.scaffold.lists import Link
from crawler.scaffold.words import NEWS, judge
from store.text import words

_MOST_NAME_CHARS, _MOST_NAME_WORDS = 60, 5
"""Longer words are an article's title, not a list's name."""
_NO_PAGE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|svg|mp[34]|xml|rss|css|js|ico)$"
    r"|/(?:login|dang-nhap|logout|register|admin|users?|tags?|the|author|tac-gia|topic|wp-[\w-]+|feed|rss|print|in-bai)(?:[/?#.]|$)"
    r"|(?:/page[/-]|[?&](?:page|start|limitstart|trang)=)\d+",
    re.IGNORECASE,
)


def same_site(url: str, site: str) -> bool:
    """Tell whether two addresses are on one host."""
    return site_of(url) == site_of(site)


def own_links(page: Page, site: str) -> dict[str, str]:
    """List the links of a page that stay on the site. Shape: canonical address → its words.

    The first words that are a name count; empty where a link has none.
    """
    found: dict[str, str] = {}
    for node in page.root.iter("a"):
        href = (node.get("href") or "").strip()
        if not href or href.startswith("#") or "javascript:" in href.lower():
            continue
        url = canonical_or_none(href, page.base_url)
        if url is not None and same_site(url, site):
            said = one_line(text_of(node)) or one_line(node.get("title") or "")
            found[url] = found.get(url) or said
    return found


def list_links(
    pages: Iterable[Page],
    site: str,
    is_article: Callable[[str], bool],
    *,
    sure: bool = True,
    above: str | None = None,
) -> list[Link]:
    """Rank the links of `pages` that may lead to lists, the most promising first.

    What stands in a menu by a list's name is none, whatever its address; nor is what has such a
    name where `is_article` is not `sure`. `above` is the article that
    somebody named: what stands above it in its address promises more.
    """
    links: dict[str, str] = {}
    menus: set[str] = set()
    for page in pages:
        links = {**own_links(page, site), **{url: name for url, name in links.items() if name}}
        menus |= _in_menus(page)
    articles = [url for url in links if is_article(url)] + ([above] * 5 if above else [])
    found = [
        Link(url=url, name=name, articles=_below(url, articles))
        for url, name in links.items()
        if _may_be_list(url, name)
        and (not is_article(url) or _has_lists_name(name, in_menu=url in menus, sure=sure))
    ]
    return sorted(found, key=lambda link: -link.weight)


def _may_be_list(url: str, name: str) -> bool:
    return len(name) <= _MOST_NAME_CHARS and not _NO_PAGE.search(url) and not is_home(url)


def _has_lists_name(name: str, *, in_menu: bool, sure: bool) -> bool:
    """Tell a list by its words; where they stand in no menu, titles have news in them, too."""
    weight = judge(name, "")[1]
    few = 0 < len(words(name)) <= _MOST_NAME_WORDS
    if sure:
        return in_menu and few and weight > 0
    return (few or in_menu) and weight > NEWS


def _in_menus(page: Page) -> set[str]:
    known: dict[Element, bool] = {}
    links = (node for node in page.root.iter("a") if stands_outside(node, known))
    found = (canonical_or_none(node.get("href") or "", page.base_url) for node in links)
    return {url for url in found if url is not None}


def _below(url: str, articles: Iterable[str]) -> int:
    stem = re.sub(r"(?:\.\w{2,5})?/?$", "", url)
    return sum(article.startswith(f"{stem}/") for article in articles)
