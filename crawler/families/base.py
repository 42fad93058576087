"""What a family of sites shares: the rules of its CMS, how to know it, and two hooks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from crawler.extract.dates import Order
from crawler.extract.draft import Draft
from crawler.extract.page import Page
from crawler.extract.rules import Rules

PROOF = 5
"""Points of what no other CMS writes: a generator tag, a header with the name."""
STRONG = 3
"""Points of a folder, cookie or script that belongs to this CMS."""
WEAK = 1
"""Points of what others may have copied: a class name, the form of an address."""

FeedTime = Literal["right", "month-in-minutes", "utc-as-local"]
"""`month-in-minutes`: NukeViet 3.0 to 4.5 and 5 write the number of the month for the minutes.
`utc-as-local`: Joomla 3 writes the UTC clock with the local offset, 7 hours early."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that a CMS leaves on its pages: a row in its family's table."""

    where: Literal["generator", "header", "cookie", "address", "markup"]
    """`generator`: the start of the tag's content. `header`: `name: part of its value`. `cookie`:
    the start of a cookie's name, or with `_` in front a part of it. `address`: a pattern found in
    the page's address. `markup`: a piece of the page's source. Letter case counts in markup
    alone."""
    sign: str
    points: int = STRONG

    def seen_on(self, page: Page) -> str | None:
        """Return the evidence in words for people; None when the page has no such trace."""
        match self.where:
            case "generator":
                told = page.meta.get("generator", "")
                return f"generator {told!r}" if told.lower().startswith(self.sign) else None
            case "header":
                name, _, part = self.sign.partition(": ")
                told = page.headers.get(name, "")
                return (
                    f"header {name}: {told!r}"
                    if name in page.headers and part in told.lower()
                    else None
                )
            case "cookie":
                return f"cookie {self.sign!r}" if _sets_cookie(page, self.sign) else None
            case "address":
                found = re.search(self.sign, page.url, re.IGNORECASE)
                return f"{found[0]!r} in the address" if found else None
            case "markup":
                return f"{self.sign!r} in the page" if page.contains(self.sign) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """How surely a page was made by a CMS, and by what it was known."""

    points: int = 0
    evidence: tuple[str, ...] = ()
    """In words for people, in the table's order; empty when nothing tells."""


class Family:
    """A CMS: its rules, the form of its article addresses, and two hooks around the reading.

    Stateless. A family that needs neither hook only fills the tables.
    """

    name: ClassVar[str]
    rules: ClassVar[Rules]
    traces: ClassVar[tuple[Trace, ...]] = ()
    """What it is recognised by; a page is its own from `STRONG` points on."""
    article_address: ClassVar[re.Pattern[str]]
    """Found (`search`) in the address of every article; the group `key`, if there is one, is the
    article's number, and `scope` the part of the site that counts its own."""
    signs_in_body: ClassVar[bool] = False
    """True where the CMS has no fields of its own for author and source, so that they stand as the
    last lines of the body and the agency opens the lead: they are then lifted out of the text.
    Where it has such fields, the body's first and last words are the body's."""

    false_dates: ClassVar[frozenset[str]] = frozenset()
    """What holds another time than the publication's: `json-ld`, `meta`, `microdata`, `time`."""
    date_orders: ClassVar[Mapping[str, Order]] = {}
    """Where its numbers stand month first while nothing disproves it, by how a rule ends."""
    feed_time: ClassVar[FeedTime] = "right"
    """How its feeds' times lie."""
    lastmod_is_publication: ClassVar[bool] = False
    """True where its sitemap's `lastmod` holds the time of publication, not of the last edit."""
    list_places: ClassVar[tuple[str, ...]] = ()
    """Where its sites usually have a list of news, from the host on; the best first."""
    print_address: ClassVar[tuple[re.Pattern[str], str] | None] = None
    """Pattern of an article's address, and what `expand` makes of it to name its print page."""

    def recognise(self, page: Page) -> Recognition:
        """Weigh the traces of this CMS that `page` has."""
        seen = [(trace.points, told) for trace in self.traces if (told := trace.seen_on(page))]
        return Recognition(
            points=sum(points for points, _ in seen), evidence=tuple(told for _, told in seen)
        )

    def print_url(self, url: str) -> str | None:
        """Name the print page of the article at `url`; None where this CMS has none."""
        if self.print_address is None:
            return None
        pattern, form = self.print_address
        found = pattern.search(url)
        return found.expand(form) if found else None

    def before_reading(self, page: Page) -> Page:
        """Hook: mend the page before any rule sees it."""
        return page

    def after_reading(self, page: Page, draft: Draft) -> Draft:
        """Hook: correct what the rules made of it."""
        return draft


def _sets_cookie(page: Page, start: str) -> bool:
    cookies = page.headers.get("set-cookie", "").lower().splitlines()
    names = [cookie.strip().partition("=")[0] for cookie in cookies]
    if start.startswith("_"):
        return any(start.lower() in name for name in names)
    return any(name.startswith(start.lower()) for name in names)
