"""What the site offers to find its articles by: asked for, and proved by the lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.clean.urls import canonical
from crawler.discovery.kinds import KINDS, KindName
from crawler.discovery.proof import State, prove
from crawler.extract.draft import Listing
from crawler.extract.page import Page
from crawler.scaffold.asker import Asker
from crawler.scaffold.links import same_site
from crawler.scaffold.lists import Look
from crawler.scaffold.survey import Survey

_MOST_OF_A_KIND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A feed, a sitemap or a list of posts that answered as what it is."""

    kind: KindName
    url: str
    state: State
    """`fresh` where it names all that a chosen list does."""
    reason: str

    @property
    def fresh(self) -> bool:
        """Whether a recipe may name it."""
        return self.state == "fresh"


def find_offers(asker: Asker, found: Survey, looks: Sequence[Look]) -> list[Offered]:
    """Ask for what pages, robots.txt and the family name, and compare it with the lists.

    One of a kind is enough, and what stands in for every list ends the search: each request of a
    survey is one less for its owner to bear.
    """
    offered: list[Offered] = []
    for kind in KINDS:
        for url in list(_addresses(kind, found, looks))[:_MOST_OF_A_KIND]:
            listing = _read(kind, asker, url, found)
            one = _compared(kind, url, listing, found, looks) if listing else None
            if one:
                offered.append(one)
            if one and one.fresh:
                break
    return offered


def _addresses(kind: KindName, found: Survey, looks: Sequence[Look]) -> Iterator[str]:
    named = {"feed": found.feeds, "sitemap": found.sitemaps}.get(kind, ())
    listing = looks[0].link.url
    known = [f"{found.site}{path}" for path in KINDS[kind].addresses(found.family, listing)]
    if found.family == "generic":  # of a site that nobody knows only what it names itself
        known = known[:1] if kind == "sitemap" else []
    met: set[str] = set()
    for url in (*sorted(named, key=lambda url: url not in known), *known):
        if canonical(url) not in met and same_site(url, found.site):
            met.add(canonical(url))
            yield url


def _read(kind: KindName, asker: Asker, url: str, found: Survey) -> Listing | None:
    """Ask for an offer; of an index of sitemaps, for the newest that may name articles."""
    got = asker(url)
    listing = _listing(kind, got, found) if isinstance(got, Page) else None
    if listing is None or not listing.parts:
        return listing
    part = asker(listing.parts[0])
    return _listing(kind, part, found) if isinstance(part, Page) else None


def _listing(kind: KindName, got: Page, found: Survey) -> Listing | None:
    listing = KINDS[kind].read(
        got.body,
        got.url,
        is_article=found.source.is_article,
        family=found.source.family,
        content_type=got.content_type,
    )
    return listing if listing.rule else None


def _compared(
    kind: KindName, url: str, listing: Listing, found: Survey, looks: Sequence[Look]
) -> Offered | None:
    if listing.parts:  # an index in an index names no article itself
        return None
    verdicts = [
        prove(listing, look.listing, name=lambda url: found.source.key_of(url) or url, kept={})
        for look in looks
    ]
    best = next((verdict for verdict in verdicts if verdict.fresh), verdicts[0])
    return Offered(kind=kind, url=url, state=best.state, reason=best.reason)
