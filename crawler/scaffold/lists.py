"""What a page is worth as a list of news: its entries, their dates and order, its words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from crawler import reading
from crawler.extract.draft import Entry, Listing
from crawler.extract.page import Page
from crawler.list_order import Order, Trend, followed
from crawler.recipe import Source
from crawler.scaffold.words import Kind, is_foreign, judge
from store.text import fold

LEAST_ENTRIES = 3
"""A page with fewer is no list worth a request a crawl, unless somebody names it."""
_VIETNAMESE = 0.5
"""Share of titles with Vietnamese letters."""
_DOCUMENTS = 0.6
"""Share of titles that name a document by its number."""
_DOCUMENT = re.compile(
    r"\d+/(?:\d{4}/)?(?:[A-ZĐ]{2,}|NĐ|QĐ)[-–]?[A-ZĐa-z&]*"
    r"|^(?:quyết định|công văn|nghị định|thông tư|nghị quyết|tờ trình)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to what may be a list, before anybody looked."""

    url: str
    """Canonical."""
    name: str
    """Its words; empty where nothing names it."""
    articles: int = 0
    """Addresses of articles below its own, on the pages looked at so far."""
    asked: bool = False
    """Somebody named it."""

    @property
    def kind(self) -> Kind:
        """What its words say that it leads to."""
        return judge(self.name, self.url)[0]

    @property
    def weight(self) -> int:
        """How much it promises; below 0 for what is no list of news."""
        weight = judge(self.name, self.url)[1]
        return weight + min(self.articles, 5) - (6 if is_foreign(self.url) else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A list that was looked at."""

    link: Link
    page: Page
    listing: Listing
    order: Order
    vietnamese: bool
    """Its titles are."""
    kind: Kind
    """By its words, or by what its titles name."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Its articles, in the page's order."""
        return self.listing.entries

    @property
    def dated(self) -> int:
        """How many entries show a date."""
        return sum(entry.date is not None for entry in self.entries)

    @property
    def is_list(self) -> bool:
        """Whether it gives articles at all."""
        return len(self.entries) >= (1 if self.link.asked else LEAST_ENTRIES)

    @property
    def is_news(self) -> bool:
        """Whether a source should collect it, as far as a program can tell."""
        return (
            self.is_list
            and self.vietnamese
            and self.kind in {"news", "notices", "other"}
            and self.order not in {"oldest", "mixed"}
        )

    @property
    def worth(self) -> tuple[bool, int, int, int]:
        """Key of the ranking, more is better: news, then words, then dated and other entries."""
        return (self.is_news, self.link.weight, self.dated, len(self.entries))


def look_at(link: Link, page: Page, source: Source) -> Look:
    """Read a page as a list by the rules of `source`."""
    listing = reading.read_list(page, source)
    titles = [entry.title or "" for entry in listing.entries]
    kind = link.kind
    if _share(titles, lambda title: bool(_DOCUMENT.search(title))) > _DOCUMENTS:
        kind = "documents"
    elif is_foreign(link.url):
        kind = "foreign"
    return Look(
        link=link,
        page=page,
        listing=listing,
        order=followed(Trend(), listing.entries, source.key_of).order,
        vietnamese=_share(titles, lambda title: fold(title) != title.lower()) >= _VIETNAMESE,
        kind=kind,
    )


def named(look: Look, name: str) -> Look:
    """Give a list that no link named the name that its page says."""
    return replace(look, link=replace(look.link, name=name)) if not look.link.name else look


def covers(wide: Look, narrow: Look) -> bool:
    """Tell whether all that `narrow` will show stands in `wide`, too, as far as the dates reach.

    `wide` shows the newest of all rubrics, `narrow` those of one: of its entries, those that are
    not older than the oldest of `wide` must stand there, and there must be some.
    """
    dates = [entry.date.value.at for entry in wide.entries if entry.date]
    if wide.order != "newest" or not wide.listing.next_page or len(dates) < LEAST_ENTRIES:
        return False
    known = {entry.url for entry in wide.entries}
    recent = [
        entry.url for entry in narrow.entries if entry.date and entry.date.value.at >= min(dates)
    ]
    return len(recent) >= 2 and known.issuperset(recent)


def _share(titles: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, titles)) / len(titles) if titles else 0.0
