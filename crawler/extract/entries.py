"""The entries of a list: rows that a rule matched, and rows that are alike, read field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from crawler.clean.text import one_line
from crawler.clean.urls import canonical_or_none
from crawler.extract.date_order import ATTRIBUTE, SourceDates
from crawler.extract.draft import Entry, Found, Moment
from crawler.extract.fields import text_in
from crawler.extract.lists.links import folder_of
from crawler.extract.lists.row_date import line_date, row_date
from crawler.extract.lists.rows import Row
from crawler.extract.lists.territory import Territory, territories
from crawler.extract.moments.relative import is_relative
from crawler.extract.page import Page
from crawler.extract.rules import Candidates, Rules
from crawler.extract.select import Element, elements, select, text_of
from crawler.extract.text.blocks import spaced_text_of
from crawler.extract.titles.text import tidy_title

Placed = tuple[Element, Entry]
"""An entry, and where it stands."""

_ANY_LINK: Candidates = ("a[href]",)
_PROVING = 2
"""Articles that prove of a folder that others in it are articles, too."""
_ROOT = ("", frozenset[str]())


def entries_by_rule(
    page: Page,
    rows: Iterable[Element],
    rules: Rules,
    is_article: Callable[[str], bool],
    dates: SourceDates,
) -> list[Placed]:
    """Read the rows that lead to articles; each address once, the first that has a title.

    A row whose named link leads to where those of others do is one, too: of a short title an
    address is made that has not an article's form.
    """
    links = [(row, _link(page, row, (*rules.entry_link, *_ANY_LINK), is_article)) for row in rows]
    folders = Counter(folder_of(found[1]) for _, found in links if found)

    def is_beside_others(url: str) -> bool:
        folder = folder_of(url)
        return folders[folder] >= _PROVING and folder != _ROOT

    found: dict[str, Placed] = {}
    for row, link in links:
        link = link or _link(page, row, rules.entry_link, is_beside_others)
        if link is None:
            continue
        entry = row_entry(page, row, link, rules, dates)
        known = found.get(entry.url)
        if known is None or (known[1].title is None and entry.title):
            found[entry.url] = (row, entry)
    return list(found.values())


def entries_alike(
    page: Page, rows: Sequence[Row], rules: Rules, dates: SourceDates
) -> list[Placed]:
    """Read rows that no rule found; each address once, its first row completed by the others."""
    found: dict[str, Placed] = {}
    for territory in territories(rows):
        entry = _entry_alike(page, territory, rules, dates)
        node, known = found.get(entry.url, (territory.row.node, entry))
        found[entry.url] = (node, completed(known, entry))
    return list(found.values())


def completed(entry: Entry, other: Entry) -> Entry:
    """Fill what an entry lacks from another reading of it."""
    return replace(
        entry,
        title=entry.title or other.title,
        date=entry.date or other.date,
        summary=entry.summary or other.summary,
    )


def row_entry(
    page: Page,
    row: Element,
    found: tuple[Element, str],
    rules: Rules,
    dates: SourceDates,
    *,
    leaves: bool = False,
) -> Entry:
    """Read a row by the rules; `found` is its link and where that leads."""
    link, url = found
    node = _title_node(row, link, rules.entry_title)
    title = _title_of(node, link)
    date = _date(page, row, rules.entry_date, dates) or row_date(page, [row], node, dates)
    return Entry(
        url=url,
        title=title,
        date=date,
        summary=_summary(row, title, rules.entry_summary),
        leaves=leaves,
    )


def _entry_alike(page: Page, territory: Territory, rules: Rules, dates: SourceDates) -> Entry:
    row = territory.row
    node = row.title_node
    title = _title_of(node, node if row.heading is not None else row.link.node)
    date = (
        _date(page, row.node, rules.entry_date, dates)
        or row_date(page, [row.node, *territory.beside], node, dates)
        or (line_date(page, territory.above, dates) if territory.above else None)
    )
    summary = _summary(row.node, title, rules.entry_summary)
    return Entry(url=row.url, title=title, date=date, summary=summary)


def _summary(row: Element, title: str | None, candidates: Candidates) -> str | None:
    summary = text_in(row, candidates)
    return summary.value if summary and summary.value != title else None


def has_article(page: Page, row: Element, is_article: Callable[[str], bool]) -> bool:
    """Tell whether a link in a row leads to an article."""
    return _link(page, row, _ANY_LINK, is_article) is not None


def _link(
    page: Page, row: Element, candidates: Candidates, is_article: Callable[[str], bool]
) -> tuple[Element, str] | None:
    """Take the first link to an article; of those to the same one, the first that has words."""
    bare: tuple[Element, str] | None = None
    for css in candidates:
        for link in elements(row, css):
            url = canonical_or_none(link.get("href") or "", page.base_url)
            if url is None or not link.get("href") or not is_article(url):
                continue
            if bare and bare[1] != url:
                continue
            if one_line(text_of(link)):
                return link, url
            bare = bare or (link, url)
    return bare


def _title_node(row: Element, link: Element, candidates: Candidates) -> Element:
    inside = next(iter(elements(link, "h1, h2, h3, h4, h5, h6")), link)
    return next((node for css in candidates for node in elements(row, css)), inside)


def _title_of(node: Element, link: Element) -> str | None:
    """Read the title; the `title` attribute where the text is cut short or numbered."""
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
        said = map(spaced_text_of, select(row, css))
        read = (dates.read(one, f"css:{css}", reference=page.fetched) for one in said)
        moments = [moment for moment in read if moment is not None]
        if css.startswith("time"):  # WordPress writes the time of the last edit as well, or first
            moments.sort(key=lambda moment: moment.at)
        for moment in moments:
            if not is_relative(moment):
                return Found(moment, f"css:{css}")
            vague = vague or Found(moment, f"css:{css}")
    return vague
