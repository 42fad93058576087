"""The article and the other records that pass between crawler, store and feeds.

This module is the field guide: what a field means, its format, and what stands there when it is
missing, is said once, here, under the field. `docs/fields.md` is checked against it.

Times are aware UTC with whole milliseconds (BSON keeps no more); `local_time` turns them into
Vietnam's for people. Texts are NFC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

VIETNAM = timezone(timedelta(hours=7), "+07")
"""Asia/Ho_Chi_Minh: no daylight saving, one offset since 1975, so no zone database is needed."""

Precision = Literal["minute", "day"]
PublishedFrom = Literal[
    "page", "meta", "listing", "print", "sitemap", "feed", "url", "lead", "first-seen"
]
ProvinceFrom = Literal["source", "title"]
ArticleState = Literal["live", "withdrawn"]
Weakness = Literal["unverified-tls", "legacy-tls", "rendered"]
RunState = Literal["running", "ok", "partial", "failed", "killed"]

BROKEN: frozenset[RunState] = frozenset({"failed", "killed"})
"""States of a run that brought nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of an article."""

    url: str
    """Absolute http(s) address."""
    caption: str | None = None
    """The words under it; None when the page gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to an article."""

    url: str
    """Absolute http(s) address."""
    title: str
    """The name that the page shows, else the file's name."""
    media_type: str | None = None
    """By the file's ending, such as `application/pdf`; None when it tells nothing."""
    size_bytes: int | None = None
    """None when the page does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article, cleaned and checked."""

    id: str
    """A UUID, minted once from source and key (`store.identity`), never reused; survives a
    changed slug, host, scheme or CMS."""
    source: str
    """Id of the source that published it, such as `dien-bien/tttt`."""
    province: str | None
    """Slug of the province (of the 63) it was published under; None for an item of the ministry
    that names none."""
    province_from: ProvinceFrom | None
    """What told the province: the source's own, or the title's prefix ("Điện Biên: …")."""
    province_now: str | None
    """Slug of the province (of the 34 since July 2025) that `province` belongs to today."""
    url: str
    """Canonical address: no session, tracking, redirect or print parameters."""
    title: str
    """One line of plain text; never empty."""
    summary: str | None
    """The lead as the page sets it apart from the body; plain text; None when it has none."""
    body_html: str
    """Sanitised fragment with absolute addresses and no wrapper; empty when the page has none."""
    body_text: str
    """The running text: paragraphs, headings and list items, a blank line between them; captions
    belong to `images`, tables of data stay in `body_html`. Empty when there is none."""
    published: datetime
    """When the department published it. Never "now" for its own sake, never in the future, never
    the date of a decree; frozen once stored unless a better source turns up."""
    published_precision: Precision
    """`day` where the source gives no time of day: `published` is then 00:00 in Vietnam."""
    published_from: PublishedFrom
    """Where the date was read; `first-seen` when no place told it."""
    updated: datetime
    """When its publisher last changed the content: `published` until an edit was seen. What better
    rules make of the same page does not move it."""
    first_seen: datetime
    """When it was first crawled."""
    changed: datetime
    """When this record last changed in any way: what Last-Modified is made of."""
    revision: int = 1
    """1, and one more with each edit."""
    dateline: str | None = None
    """The agency that opens the lead, such as `Mic.gov.vn`; None when there is none."""
    byline: str | None = None
    """Who wrote it, as the page names them; None when it does not."""
    organisation: str | None = None
    """The office that signs it, such as `Sở TT&TT Điện Biên`; None when none does."""
    source_credit: str | None = None
    """Where the page says it took the text from ("Nguồn tin: …", "Theo …"); None when nowhere."""
    section: str | None = None
    """The site's own rubric; None when the page names none."""
    topics: tuple[str, ...] = ()
    """Slugs of our own topics (`store.topics`), sorted."""
    cut: tuple[str, ...] = ()
    """Paragraphs taken from both ends of the body because the source repeats them in many articles,
    as the page had them, in its order."""
    images: tuple[Image, ...] = ()
    """In the page's order, each address once."""
    attachments: tuple[Attachment, ...] = ()
    """In the page's order, each address once."""
    cluster: str | None = None
    """Id of the article that leads the story which this is one telling of (`crawler.stories`): its
    own where it leads, or stands alone; None while nobody looked."""
    state: ArticleState = "live"
    """`withdrawn` once the page's end was confirmed on a later day, never because a list failed."""
    content_hash: str = ""
    """Hash of the normalised content (`store.content.content_hash`): the same hash, no edit."""
    provenance: Mapping[str, str] = field(default_factory=dict)
    """Field name → the rule that gave it, such as `css:#news-bodyhtml`; of `id` the kinds of name
    (`key`, `address`, `told`) that it was minted from, and known by when it got another one."""
    confidence: float | None = None
    """0 to 1: how far the recipe's body agrees with a general extractor's; None where only one
    ran."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """When an article came out, as far as is known: what a source's rhythm is learnt from."""

    published: datetime
    published_precision: Precision
    published_from: PublishedFrom
    first_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an article was before an edit."""

    article_id: str
    revision: int
    """The number that this version had."""
    replaced: datetime
    """When the next version was seen."""
    title: str
    summary: str | None
    body_html: str
    body_text: str
    content_hash: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What an article is compared by, to find who else tells its story."""

    article_id: str
    source: str
    cluster: str
    """As the article's."""
    published: datetime
    published_precision: Precision
    original: bool
    """It names nobody else as where its text is from."""
    own: bool
    """It comes from the province that it is about."""
    live: bool
    signature: bytes
    """Estimates likeness: of two signatures as many 4-byte numbers agree as the texts share of
    their phrases. Empty for a text too short to be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl of one source, however it ended."""

    id: str
    """A UUID."""
    source: str
    state: RunState
    """`ok` everything was read; `partial` some pages were not; `failed` nothing could be read or
    kept; `killed` it ended without a word; `running` while its `heartbeat` is fresh."""
    started: datetime
    ended: datetime | None = None
    """None while it runs, and for one that was killed unseen."""
    heartbeat: datetime | None = None
    """The last sign of life of a running crawl."""
    complete: bool = False
    """The walk reached the end of the lists, or ground that an earlier complete walk covered, and
    no article was left unread for a passing reason: only then may the next walk stop early."""
    cause: str | None = None
    """Class of the failure, such as `dns`, `refused`, `http-403`, `store-away`; None when ok."""
    message: str | None = None
    """The cause in a sentence, with the way to mend it; of a walk through an archive also how far
    it came. None when ok and nothing is to be said."""
    not_before: datetime | None = None
    """When the site itself wants to be asked again (Retry-After); None where it named no time."""
    counters: Mapping[str, int] = field(default_factory=dict)
    """`article/<field>/missing`, `list/entries`, `keep/inserted`, `request/…`: counts by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """What readers and ops see of a source; a copy of the public part of its recipe."""

    id: str
    name: str
    site: str
    province: str | None
    family: str
    checked: bool
    """False until somebody has seen the recipe work on the live site."""
    weakened: tuple[Weakness, ...] = ()
    """What its recipe lets in that no crawl does by default (`WEAKENED_SAID`)."""


WEAKENED_SAID: Mapping[Weakness, tuple[str, str]] = {
    "unverified-tls": ("không kiểm chứng chỉ", "certificate not checked"),
    "legacy-tls": ("TLS cũ", "old TLS"),
    "rendered": ("qua trình duyệt", "through a browser"),
}
"""How each is said, in Vietnamese and in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a crawl of a source leaves for the next one; never seen by readers."""

    source: str
    name: str
    """What it is about, such as `robots https://dic.gov.vn`; who writes it knows its form."""
    at: datetime
    """When it was written."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list said of an article: it stands in where the article's page is silent."""

    url: str
    title: str | None = None
    published: datetime | None = None
    precision: Precision = "day"
    raw: str = ""
    """The words that the date was read from."""
    rule: str = ""
    """The rule that gave the date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A raw page as it came, kept so that better rules can read it again."""

    article_id: str
    url: str
    fetched: datetime
    content_type: str
    """The Content-Type header; empty when there was none."""
    body: bytes
    """As received, after transfer decoding; backends compress it."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Those of its headers by which a CMS is known; of cookies the names alone."""
    listed: Listed | None = None
    """None where no list is known to have named it."""


def to_millisecond(moment: datetime) -> datetime:
    """Cut `moment` to whole milliseconds, in UTC; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime {moment!r}: give it a zone")
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def local_time(moment: datetime) -> datetime:
    """Turn an aware time into Vietnam's."""
    return moment.astimezone(VIETNAM)


def show_published(article: Article) -> str:
    """Write the date of an article for people and JSON, as `show_moment` does."""
    return show_moment(article.published, article.published_precision)


def show_moment(moment: datetime, precision: Precision) -> str:
    """Write a time in Vietnam's zone, as precisely as it is known.

    Shape: `2026-11-20T09:15:00+07:00`, or `2026-11-20` where only the day is known.
    """
    local = local_time(moment)
    return local.date().isoformat() if precision == "day" else local.isoformat(timespec="seconds")
