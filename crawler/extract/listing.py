"""A list page → its entries, the next page, and how many rows the rule matched."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from crawler.clean.text import one_line
from crawler.clean.urls import absolute, canonical
from crawler.extract.blocks import spaced_text_of
from crawler.extract.date_order import ATTRIBUTE, SourceDates
from crawler.extract.draft import Entry, Found, Listing, Moment, NextPage
from crawler.extract.fields import text_in
from crawler.extract.page import Page
from crawler.extract.pager import next_page, step
from crawler.extract.relative_dates import is_relative
from crawler.extract.repeated import repeated_rows
from crawler.extract.rules import Candidates, Rules
from crawler.extract.select import Element, elements, select, text_of
from crawler.extract.title_text import tidy_title

_ANY_LINK: Candidates = ("a[href]",)


def read_listing(
    page: Page,
    rules: Rules,
    *,
    is_article: Callable[[str], bool],
    dates: SourceDates | None = None,
) -> Listing:
    """Read the entries of a list: by the first entry rule that matches, else by their likeness.

    An entry whose address is no article's is left out, but its row counts. All dates of the list
    prove the order of each; `dates` learns them.
    """
    dates = dates or SourceDates()
    rows, rule = _rows(page, rules.entry)
    before = dates.orders()
    entries = _entries(page, rows, rules, is_article, dates)
    if not entries and not rows:
        found = repeated_rows(page, is_article)
        if found:
            rows, rule = found, "repeated"
            entries = _entries(page, rows, rules, is_article, dates)
    if dates.overturned(before):
        entries = _entries(page, rows, rules, is_article, dates)
    return Listing(
        entries=tuple(entries.values()),
        next_page=_next(page, rules.next),
        rows=len(rows),
        rule=rule,
    )


def _rows(page: Page, candidates: Candidates) -> tuple[list[Element], str | None]:
    for css in candidates:
        rows = [node for node in page.select(css) if isinstance(node, etree._Element)]
        if rows:
            return rows, f"css:{css}"
    return [], None


def _entries(
    page: Page,
    rows: list[Element],
    rules: Rules,
    is_article: Callable[[str], bool],
    dates: SourceDates,
) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for row in rows:
        entry = _entry(page, row, rules, is_article, dates)
        if entry is None:
            continue
        known = entries.get(entry.url)
        if known is None or (known.title is None and entry.title):
            entries[entry.url] = entry
    return entries


def _entry(
    page: Page,
    row: Element,
    rules: Rules,
    is_article: Callable[[str], bool],
    dates: SourceDates,
) -> Entry | None:
    found = _link(page, row, (*rules.entry_link, *_ANY_LINK), is_article)
    if found is None:
        return None
    link, url = found
    title = _title(row, link, rules.entry_title)
    summary = text_in(row, rules.entry_summary)
    return Entry(
        url=url,
        title=title,
        date=_date(page, row, rules.entry_date, dates),
        summary=summary.value if summary and summary.value != title else None,
    )


def _link(
    page: Page, row: Element, candidates: Candidates, is_article: Callable[[str], bool]
) -> tuple[Element, str] | None:
    """Take the first link to an article; of those to the same one, the first that has words."""
    bare: tuple[Element, str] | None = None
    for css in candidates:
        for link in elements(row, css):
            try:
                url = canonical(link.get("href") or "", page.base_url)
            except ValueError:
                continue
            if not link.get("href") or not is_article(url) or (bare and bare[1] != url):
                continue
            if one_line(text_of(link)):
                return link, url
            bare = bare or (link, url)
    return bare


def _title(row: Element, link: Element, candidates: Candidates) -> str | None:
    """Read the title; the `title` attribute where the text is cut short or numbered."""
    inside = next(iter(elements(link, "h1, h2, h3, h4, h5, h6")), link)
    node = next((node for css in candidates for node in elements(row, css)), inside)
    text = _title_text(node) or _title_text(link)
    told = one_line(link.get("title") or node.get("title") or "")
    cut = text.rstrip(".… ")
    if told and (not text or cut in told or text.endswith(told)):
        text = told
    if not text:
        text = one_line(next((image.get("alt") or "" for image in link.iter("img")), ""))
    return tidy_title(text) or None


def _title_text(node: Element) -> str:
    """Read a link's words, but for a date that stands among them (sotttt.hanoi.gov.vn)."""
    text = one_line(text_of(node))
    for part in elements(node, "[class*=date], [class*=time], .label"):
        if part is not node:
            text = one_line(text.replace(one_line(text_of(part)), " ", 1))
    return text


def _date(
    page: Page, row: Element, candidates: Candidates, dates: SourceDates
) -> Found[Moment] | None:
    """Read the first date of a row; for "8 giờ trước" an attribute that knows the time."""
    vague: Found[Moment] | None = None
    for css in candidates:
        if vague and ATTRIBUTE not in css:
            continue
        for match in select(row, css):
            moment = dates.read(spaced_text_of(match), f"css:{css}", reference=page.fetched)
            if moment is None:
                continue
            if not is_relative(moment):
                return Found(moment, f"css:{css}")
            vague = vague or Found(moment, f"css:{css}")
    return vague


def _next(page: Page, candidates: Candidates) -> NextPage | None:
    own = canonical(page.url)
    for css in candidates:
        for match in page.select(css):
            found = _stated(page, match) if isinstance(match, str) else step(page, match, own)
            if found and (found.form or canonical(found.url) != own):
                return found
    return next_page(page, own)


def _stated(page: Page, href: str) -> NextPage | None:
    try:
        return NextPage(absolute(href, page.base_url)) if href.strip(" #") else None
    except ValueError:
        return None
