"""When an article was published, as its own page tells."""

from __future__ import annotations

import re

from crawler.clean.text import one_line
from crawler.extract.dates import read_moment
from crawler.extract.draft import Found, Moment
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import text_of
from store.model import VIETNAM, PublishedFrom

_DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})/")
_META = (
    "article:published_time",
    "datepublished",
    "pubdate",
    "og:published_time",
    "dc.date.issued",
)

Dated = tuple[Found[Moment], PublishedFrom]


def read_published(page: Page, candidates: Candidates) -> Dated | None:
    """Read the date by rule: the first candidate whose text holds a full date.

    A later candidate that knows the time of that same day is taken instead of the day alone.
    """
    best: Dated | None = None
    for css in candidates:
        dated = _by_rule(page, css)
        if dated is None:
            continue
        if best is None:
            best = dated
        elif _same_day(best, dated) and dated[0].value.precision == "minute":
            return dated
        if best[0].value.precision == "minute":
            return best
    return best


def general_published(page: Page) -> Dated | None:
    """Read the date of a page that no rule knows, where it is written for machines."""
    for item in page.json_ld:
        text = item.get("datePublished")
        moment = read_moment(text) if isinstance(text, str) else None
        if moment:
            return Found(moment, "json-ld:datePublished"), "meta"
    for name in _META:
        moment = read_moment(page.meta.get(name, ""))
        if moment:
            return Found(moment, f"meta:{name}"), "meta"
    return None


def moment_in_url(url: str) -> Moment | None:
    """Read the day that an address holds, as on SharePoint (`/portal/pages/2023-08-07/`)."""
    found = _DATE_IN_URL.search(url)
    return read_moment("-".join(found.groups())) if found else None


def _by_rule(page: Page, css: str) -> Dated | None:
    for match in page.select(css):
        moment = read_moment(one_line(text_of(match)), reference=page.fetched)
        if moment:
            return Found(moment, f"css:{css}"), "meta" if css.startswith("meta") else "page"
    return None


def _same_day(one: Dated, other: Dated) -> bool:
    days = {dated[0].value.at.astimezone(VIETNAM).date() for dated in (one, other)}
    return len(days) == 1
