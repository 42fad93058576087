"""A list page → its entries, the next page, and how many rows the rule matched."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from crawler.clean.urls import absolute_or_none, canonical
from crawler.extract.date_order import SourceDates
from crawler.extract.draft import Listing, NextPage
from crawler.extract.entries import (
    Placed,
    completed,
    entries_alike,
    entries_by_rule,
    has_article,
)
from crawler.extract.lists.leaving import entries_leaving
from crawler.extract.lists.numbers import place_of
from crawler.extract.lists.pager import next_page, step
from crawler.extract.lists.rows import Row
from crawler.extract.page import Page
from crawler.extract.repeated import repeated_rows
from crawler.extract.rules import Candidates, Rules
from crawler.extract.select import Element


def read_listing(
    page: Page,
    rules: Rules,
    *,
    is_article: Callable[[str], bool],
    leaves: Callable[[str], bool] = lambda _: False,
    dates: SourceDates | None = None,
    sure: bool = True,
) -> Listing:
    """Read the entries of a list: by the first entry rule that matches, else by their likeness.

    An entry whose address is no article's is left out, but its row counts; one that `leaves` the
    site is kept among those that do not. All dates of the list prove the order of each; `dates`
    learns them. With `sure` the rules are this site's; else they are those of a CMS that it seems
    to run on, and rows that are alike have their say.
    """
    dates = dates or SourceDates()
    rows, rule = _rows(page, rules, is_article)
    leads_on = any(has_article(page, row, is_article) for row in rows)
    alike = [] if leads_on and sure else repeated_rows(page, is_article)
    before = dates.orders()
    ruled, liked = _read(page, rows, alike, rules, is_article, dates)
    if dates.overturned(before):
        ruled, liked = _read(page, rows, alike, rules, is_article, dates)
    placed = _merged(page, ruled, liked)
    by_likeness = bool(liked) and not {e.url for _, e in ruled} & {e.url for _, e in placed}
    if placed:
        own = [] if by_likeness else rows
        gone = entries_leaving(page, own, placed, rules, leaves=leaves, dates=dates)
        placed = _in_order(page, [*placed, *gone]) if gone else placed
    return Listing(
        entries=tuple(entry for _, entry in placed),
        next_page=_next(page, rules.next, is_article),
        rows=len(alike) if by_likeness else len(rows),
        rule="repeated" if by_likeness else rule,
    )


def _rows(
    page: Page, rules: Rules, is_article: Callable[[str], bool]
) -> tuple[list[Element], str | None]:
    """Take the rows of the first rule by which one leads to an article, else of the first."""
    first: tuple[list[Element], str | None] = ([], None)
    for css in rules.entry:
        rows = [node for node in page.select(css) if isinstance(node, etree._Element)]
        if any(has_article(page, row, is_article) for row in rows):
            return rows, f"css:{css}"
        first = first if first[0] or not rows else (rows, f"css:{css}")
    return first


def _read(
    page: Page,
    rows: list[Element],
    alike: list[Row],
    rules: Rules,
    is_article: Callable[[str], bool],
    dates: SourceDates,
) -> tuple[list[Placed], list[Placed]]:
    ruled = entries_by_rule(page, rows, rules, is_article, dates)
    return ruled, entries_alike(page, alike, rules, dates)


def _merged(page: Page, ruled: list[Placed], liked: list[Placed]) -> list[Placed]:
    """Join what a rule and likeness gave; where they have little in common the rule is right.

    Shape: the page's order, each address once.
    """
    if not ruled or not liked:
        return ruled or liked
    one = {entry.url: (node, entry) for node, entry in ruled}
    other = {entry.url: (node, entry) for node, entry in liked}
    if 2 * len(one.keys() & other.keys()) < min(len(one), len(other)):
        return ruled
    for url, (node, entry) in one.items():
        other[url] = (node, completed(entry, other.get(url, (node, entry))[1]))
    return _in_order(page, other.values())


def _in_order(page: Page, placed: Iterable[Placed]) -> list[Placed]:
    order = {node: place for place, node in enumerate(page.root.iter())}
    return sorted(placed, key=lambda each: order[each[0]])


def _next(page: Page, candidates: Candidates, is_article: Callable[[str], bool]) -> NextPage | None:
    own = canonical(page.url)

    def is_next(found: NextPage) -> bool:
        if found.form:
            return True
        url = canonical(found.url)
        # "next" may be the next article's, where the list stands below one
        to_article = is_article(url) and not is_article(own) and place_of(url).number is None
        return url != own and not to_article

    for css in candidates:
        for match in page.select(css):
            found = _stated(page, match) if isinstance(match, str) else step(page, match, own)
            if found and is_next(found):
                return found
    found = next_page(page, own)
    return found if found and is_next(found) else None


def _stated(page: Page, href: str) -> NextPage | None:
    url = absolute_or_none(href, page.base_url) if href.strip(" #") else None
    return NextPage(url) if url else None
