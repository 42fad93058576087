"""When an article was published, as its own page tells by rule, and as its address does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.clean.text import one_line
from crawler.extract.date_order import SourceDates
from crawler.extract.dates import read_moment
from crawler.extract.draft import Found, Moment
from crawler.extract.moments.event import names_event
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element
from crawler.extract.text.blocks import spaced_text_of
from crawler.extract.text.frame import Frame, is_of_others
from store.model import VIETNAM, PublishedFrom

_DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})/")
_ATTRIBUTE = re.compile(r"(?P<css>[^,]+)::attr\((?P<name>[\w-]+)\)")
_MOST_MATCHES = 8
"""Of one rule: a date is among the first, or the rule is wrong."""

Dated = tuple[Found[Moment], PublishedFrom]


def read_published(
    page: Page,
    candidates: Candidates,
    dates: SourceDates | None = None,
    *,
    known: Moment | None = None,
    frame: Frame | None = None,
) -> Dated | None:
    """Read the date by rule: the first candidate whose text holds a full date.

    A later candidate that knows the time of that same day is taken instead of the day alone.
    `dates` knows the order and zone of the source; `known` is the day from a place that is sure.
    What stands in `frame` is no article's; without one, today's date in the page's head is not.
    """
    dates = dates or SourceDates()
    best: Dated | None = None
    for css in candidates:
        dated = _by_rule(page, css, dates, known, frame)
        if dated is None:
            continue
        best = finer(best, dated)
        if best[0].value.precision == "minute":
            return best
    return best


def finer(best: Dated | None, other: Dated) -> Dated:
    """Take `other` if there is no `best`, or if it knows the time of that same day."""
    if best is None:
        return other
    knows = best[0].value.precision == "day" and other[0].value.precision == "minute"
    return other if knows and same_day(best[0].value, other[0].value) else best


def same_day(one: Moment, other: Moment) -> bool:
    """Tell whether two moments lie on one day in Vietnam."""
    return one.at.astimezone(VIETNAM).date() == other.at.astimezone(VIETNAM).date()


def moment_in_url(url: str) -> Moment | None:
    """Read the day that an address holds, as on SharePoint (`/portal/pages/2023-08-07/`)."""
    found = _DATE_IN_URL.search(url)
    return read_moment("-".join(found.groups())) if found else None


def _by_rule(
    page: Page, css: str, dates: SourceDates, known: Moment | None, frame: Frame | None
) -> Dated | None:
    rule = f"css:{css}"
    matches = _matches(page, css, frame)
    for match in matches[:_MOST_MATCHES] if frame is None else _own(matches, frame):
        text = one_line(spaced_text_of(match))
        moment = dates.read(text, rule, reference=page.fetched, known=known)
        if moment and not _is_clock(page, match, moment):
            return Found(moment, rule), "meta" if css.startswith("meta") else "page"
    return None


def _matches(page: Page, css: str, frame: Frame | None) -> Sequence[Element | str]:
    """List what a rule matches; of attributes in the page's body, none of other news."""
    told = _ATTRIBUTE.fullmatch(css)
    if frame is None or told is None or css.startswith("meta"):
        return page.select(css)
    nodes = (node for node in page.select(told["css"]) if not isinstance(node, str))
    own = [node for node in nodes if not is_of_others(node, frame)]
    return [value for node in own if (value := node.get(told["name"])) is not None]


def _own(matches: Sequence[Element | str], frame: Frame) -> list[Element | str]:
    """List the matches that may be the article's, what stands behind its title first.

    Of a name that side lists use too, those of rows with another title are theirs.
    """
    nodes = [match for match in matches if not isinstance(match, str)]
    if not nodes:
        return list(matches[:_MOST_MATCHES])
    own = [node for node in nodes if not frame.holds(node) and not is_of_others(node, frame)]
    own = [node for node in own if not names_event(node)]
    below = [node for node in own if frame.is_below(node)]
    near = [node for node in own if frame.is_near(node) and not frame.is_below(node)]
    return [*below[:_MOST_MATCHES], *near[-1:]]


def _is_clock(page: Page, match: Element | str, moment: Moment) -> bool:
    """Tell today's date in the page's head from an article's: hosts of six provinces show one."""
    if page.fetched is None or isinstance(match, str):
        return False
    today = Moment(at=page.fetched, precision="minute", raw="")
    return same_day(moment, today) and Frame(None).holds(match)
