"""Keeps a page with what reading it again will need, and reads it again: pure.

What a page alone does not say is kept beside it: the headers by which a CMS is known, and what the
list said of the article. Dates from feeds, sitemaps and print pages are not: the stored date stays
where the page gives none that is to be trusted as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from crawler import reading
from crawler.clean.urls import canonical_or_none
from crawler.extract.date_order import SourceDates
from crawler.extract.draft import Entry, Found, Moment
from crawler.extract.page import Page
from crawler.families import FAMILIES
from crawler.recipe import Source
from store.model import Article, KeptPage, Listed

_TELLING = frozenset(
    trace.sign.partition(":")[0]
    for family in FAMILIES.values()
    for trace in family.traces
    if trace.where == "header"
)
_COOKIES = "set-cookie"


def keep_page(page: Page, article_id: str, entry: Entry | None, *, now: datetime) -> KeptPage:
    """Make the record of a page; `now` is the moment of one that does not know when it came."""
    return KeptPage(
        article_id=article_id,
        url=page.url,
        fetched=page.fetched or now,
        content_type=page.content_type,
        body=page.body,
        headers=_telling(page.headers),
        listed=_listed(entry) if entry else None,
    )


def read_kept(
    kept: KeptPage, article: Article, source: Source, *, dates: SourceDates | None = None
) -> reading.Reading:
    """Read the page of a stored article by today's rules, as of the moment that it was fetched.

    The article that comes of it has the stored one's id and address.
    """
    page = Page(
        url=kept.url,
        body=kept.body,
        content_type=kept.content_type,
        headers=kept.headers,
        fetched=kept.fetched,
    )
    entry = _entry(kept.listed) if kept.listed else _entry_told_by(article, kept)
    found = reading.read(page, source, entry=entry, now=kept.fetched, dates=dates)
    if found.sighting is None:
        return found
    url = canonical_or_none(article.url) or article.url
    read = replace(found.sighting.article, id=article.id, url=url)
    return replace(found, sighting=replace(found.sighting, article=read))


def _telling(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that a family is known by; of cookies only what they are called."""
    told = {name: value for name, value in headers.items() if name in _TELLING}
    if _COOKIES in headers:
        names = (line.partition("=")[0].strip() for line in headers[_COOKIES].splitlines())
        told[_COOKIES] = "\n".join(f"{name}=" for name in names if name)
    return told


def _listed(entry: Entry) -> Listed:
    if entry.date is None:
        return Listed(url=entry.url, title=entry.title)
    moment = entry.date.value
    return Listed(
        url=entry.url,
        title=entry.title,
        published=moment.at,
        precision=moment.precision,
        raw=moment.raw,
        rule=entry.date.rule,
    )


def _entry(listed: Listed) -> Entry:
    date = None
    if listed.published is not None:
        at, precision, raw = listed.published, listed.precision, listed.raw
        date = Found(Moment(at=at, precision=precision, raw=raw), listed.rule)
    return Entry(url=listed.url, title=listed.title, date=date)


def _entry_told_by(article: Article, kept: KeptPage) -> Entry | None:
    """Make of an article what its list must have said; None where the page said it all."""
    titled = article.provenance.get("title") == "listing"
    dated = article.published_from == "listing"
    if not (titled or dated):
        return None
    moment = Moment(at=article.published, precision=article.published_precision, raw="")
    date = Found(moment, article.provenance.get("published", "listing")) if dated else None
    return Entry(url=kept.url, title=article.title if titled else None, date=date)
