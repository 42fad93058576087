"""What reading a page gives: the fields as found, each with the rule that gave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from store.model import Attachment, Image, Precision, PublishedFrom

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the rule that gave it, such as `css:h1.title` or `meta:og:title`."""

    value: T
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date as a page gives it."""

    at: datetime
    """Aware; 00:00 in Vietnam where only the day is known."""
    precision: Precision
    raw: str
    """The words it was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as a list shows it."""

    url: str
    """Absolute, canonical (`crawler.clean.urls.canonical`)."""
    title: str | None
    date: Found[Moment] | None = None
    summary: str | None = None
    leaves: bool = False
    """It leads to another site: the list is all that is read of it."""


@dataclass(frozen=True, slots=True)
class NextPage:
    """Where a list goes on."""

    url: str
    """Absolute."""
    form: tuple[tuple[str, str], ...] = ()
    """Names and values to post there; empty for a page that a link leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list page."""

    entries: tuple[Entry, ...]
    """In the page's order, each address once."""
    next_page: NextPage | None
    """None on the last page."""
    rows: int
    """How many elements the entry rule matched: 0 says that the rule is wrong or the page is not
    a list, which is another thing than a list without articles."""
    rule: str | None
    """The entry rule that matched; None when none did."""
    parts: tuple[str, ...] = ()
    """Absolute addresses of the lists that it is made of, the newest first: a sitemap's index."""

    @property
    def next_url(self) -> str | None:
        """The address of the next page."""
        return self.next_page.url if self.next_page else None


NO_LIST = Listing(entries=(), next_page=None, rows=0, rule=None)
"""What reading gives of an answer that is no list of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as read, before it is cleaned; None where no rule found the field."""

    url: str
    """Absolute address of the article: the page's canonical link if it stays on the host."""
    key: str | None
    """The CMS's own number, where the address has one."""
    title: Found[str] | None = None
    published: Found[Moment] | None = None
    published_from: PublishedFrom | None = None
    lead_day: Found[Moment] | None = None
    """The day that the text opens with, which its dateline takes away; the least of dates."""
    summary: Found[str] | None = None
    body_html: Found[str] | None = None
    """Fragment of the body as the site wrote it, cut of what does not belong; not yet safe."""
    body_text: str = ""
    dateline: Found[str] | None = None
    byline: Found[str] | None = None
    organisation: Found[str] | None = None
    source_credit: Found[str] | None = None
    section: Found[str] | None = None
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    confidence: float | None = None
    """0 to 1: how far the general reader agrees with the body; None where it was not asked."""
    doubts: tuple[str, ...] = ()
    """What was odd, as counter paths: `article/date/future`, `article/body/short`."""
