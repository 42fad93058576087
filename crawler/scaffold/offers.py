"""What the site offers to find its articles by: asked for, and proved by the lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.clean.urls import canonical
from crawler.discovery.kinds import KINDS, KindName
from crawler.discovery.proof import State, prove
from crawler.extract.page import Page
from crawler.recipe import Source
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
            got = asker(url)
            one = _compared(kind, got, found, looks) if isinstance(got, Page) else None
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


def _compared(kind: KindName, got: Page, found: Survey, looks: Sequence[Look]) -> Offered | None:
    source: Source = found.source
    listing = KINDS[kind].read(
        got.body,
        got.url,
        is_article=source.is_article,
        family=source.family,
        content_type=got.content_type,
    )
    if listing.rule is None or listing.parts:  # an index names no article itself
        return None
    verdicts = [
        prove(listing, look.listing, name=lambda url: source.key_of(url) or url, kept={})
        for look in looks
    ]
    best = next((verdict for verdict in verdicts if verdict.fresh), verdicts[0])
    return Offered(kind=kind, url=got.url, state=best.state, reason=best.reason)
