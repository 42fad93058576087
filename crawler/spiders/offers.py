"""Takes what a site offers itself for its lists, where they have proved it (`crawler.discovery`).

An offer that fails is no failure of the source: its lists are asked instead. It is counted under
`offer/…`.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from crawler.answers import content_type_of, failure_of, request_of
from crawler.discovery.kinds import KINDS, KindName
from crawler.discovery.plan import STOOD_IN, Plan, Proof, plan
from crawler.discovery.proof import prove, reaches_back
from crawler.discovery.sitemap import parts_to_ask
from crawler.extract.draft import NO_LIST, Entry, Listing
from crawler.naming import names_at
from crawler.proof_note import NAME, read_proofs, write_proofs
from crawler.spiders.articles import Harvest
from crawler.spiders.source import SourceSpider
from crawler.walk import ListWalk

if TYPE_CHECKING:
    from twisted.python.failure import Failure as TwistedFailure

_ASKED_ONCE = {"max_retry_times": 0, "give_up_log_level": logging.INFO}
"""Lists are there for an offer that fails: it is not tried again, and is no error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that the site offers, as the recipe names it."""

    kind: KindName
    url: str


class OfferReader(SourceSpider):
    """What whoever asks for offers shares: how an answer is read, and what its dates are worth."""

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the recipe names."""
        return tuple(Offer(kind=kind, url=url) for kind, url in self.source.offers)

    def read_offer(self, response: Response, kind: KindName) -> Listing:
        """Read an answer as a list; its dates are noted as told (`undated` takes them out).

        The page stays the truth: what an offer tells of a date is believed where the page is silent
        or tells less, as far as `store.identity.TRUST` has it.
        """
        self._count("offer/pages")
        listing = KINDS[kind].read(
            response.body,
            response.url,
            is_article=self.source.is_article,
            family=self.source.family,
            content_type=content_type_of(response),
        )
        for entry in listing.entries:
            if entry.date:
                name = names_at(self.source, entry.url)[0]
                self.told_dates.setdefault(name, (entry.date, KINDS[kind].published_from))
        return listing


def undated(listing: Listing) -> Listing:
    """Leave out the dates of entries: as a list's own they would count for more than an offer's."""
    return replace(listing, entries=tuple(replace(e, date=None) for e in listing.entries))


class OfferSpider(OfferReader):
    """Asks for the fewest pages that name all news: proved offers, and the lists that are left."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = Plan(lists=(), offers=())
        self._proofs: dict[tuple[str, str], Proof] = {}
        """Offer and list → what the last comparison showed."""
        self._offered: dict[str, Listing] = {}
        self._listed: dict[str, Listing] = {}
        """What came in this crawl, by address: of a list the page that its walk began with."""
        self._compared: set[tuple[str, str]] = set()

    async def start(self) -> AsyncIterator[Request]:
        """Ask for what the plan names; offers first, since they tell dates."""
        await self.recall()
        lists, offers = self.source.listing_urls, [offer.url for offer in self.offers]
        note = await self.keeper.note(self.source.id, NAME) if offers else None
        proofs = read_proofs(note, offers=offers, lists=lists)
        self._proofs = {(proof.offer, proof.listing): proof for proof in proofs}
        now, complete = datetime.now(UTC), self.since is not None
        self.plan = plan(lists, offers, proofs, now=now, complete=complete)
        for offer in self.offers:
            if offer.url in self.plan.offers:
                yield await self._ask_offer(offer, offer.url)
        async for request in self.begin_lists(self.plan.lists):
            yield request

    def compares(self, url: str) -> bool:
        """Tell whether a list or an offer is to prove something in this crawl."""
        return any(url in pair for pair in self.plan.prove)

    async def _ask_offer(self, offer: Offer, url: str, asked: tuple[str, ...] = ()) -> Request:
        """Ask for an offer at `url`, the sitemaps `asked` having led there."""
        request = Request(
            url,
            self.parse_offer,
            errback=self.offer_failed,
            cb_kwargs={"offer": offer, "asked": (*asked, url)},
            priority=2,
            meta=_ASKED_ONCE,
        )
        last = self.last_walk if self.since and not self.compares(offer.url) else None
        return await self.memories.ask(request, stage="offer", walked=last.ended if last else None)

    async def parse_offer(
        self, response: Response, *, offer: Offer, asked: tuple[str, ...]
    ) -> AsyncIterator[Request | Harvest]:
        """Ask for the articles that an offer names, or for the lists that it leaves a gap in."""
        if await self.memories.is_unchanged(response, stage="offer"):
            lists = [url for name, url in self.plan.stand_in if name == offer.url]
            self._count(STOOD_IN, len(lists))
            return
        listing = self.read_offer(response, offer.kind)
        for part in parts_to_ask(listing.parts, asked=asked):
            yield await self._ask_offer(offer, part, asked)
            return
        await self.memories.came(response, listing)
        self._offered[offer.url] = listing
        async for found in self._taken(offer, replace(undated(listing), next_page=None)):
            yield found
        await self._compare()

    async def _taken(self, offer: Offer, listing: Listing) -> AsyncIterator[Request | Harvest]:
        """Take an offer for the lists that it stands in for; one that is but compared is not."""
        lists = [url for name, url in self.plan.stand_in if name == offer.url]
        if not lists:
            return
        met = await self.met(listing.entries)
        walk = ListWalk(url=offer.url, since=self.since)
        for found in self.ask(self.choose(listing, met, of=walk, url=None, stage="offer")):
            yield found
        if reaches_back(listing, self._old(met.first_seen)):
            self._count(STOOD_IN, len(lists))
            return
        async for request in self._lists_instead(offer):
            yield request

    def _old(self, first_seen: Mapping[Entry, datetime | None]) -> Collection[Entry]:
        """Return what was known when the last complete walk ended: no gap lies behind it."""
        since = self.since
        return {entry for entry, at in first_seen.items() if since and at and at <= since}

    async def _lists_instead(self, offer: Offer) -> AsyncIterator[Request]:
        left = self.plan.left_to({offer.url})
        if left:
            self._count("offer/gap")
        async for request in self.begin_lists(left):
            yield request

    async def offer_failed(self, failure: TwistedFailure) -> AsyncIterator[Request]:
        """Ask for the lists instead; what will fail again is noted as broken."""
        offer: Offer = request_of(failure).cb_kwargs["offer"]
        found = failure_of(failure)
        self._count(f"offer/failed/{found.cause}")
        self.logger.info("%s: %s", self.source.id, found.message)
        if not found.passing:
            self._offered[offer.url] = NO_LIST
            await self._compare()
        async for request in self._lists_instead(offer):
            yield request

    async def list_came(self, url: str, listing: Listing) -> None:
        """Compare a list with the offers."""
        self._listed[url] = listing
        await self._compare()

    async def _compare(self) -> None:
        """Prove each offer by each list, once both have come."""
        pairs = [(offer, url) for offer in self._offered for url in self._listed]
        new = [pair for pair in pairs if pair not in self._compared]
        for pair in new:
            offered, listed = self._offered[pair[0]], self._listed[pair[1]]
            names = {self._name(entry.url) for entry in (*offered.entries, *listed.entries)}
            kept = await self.keeper.published(names)
            verdict = prove(offered, listed, name=self._name, kept=kept)
            self._count(f"offer/proof/{verdict.state}")
            now = datetime.now(UTC)
            self._proofs[pair] = Proof(offer=pair[0], listing=pair[1], verdict=verdict, at=now)
        self._compared.update(new)
        if new:
            now = datetime.now(UTC)
            await self.keeper.save_note(
                write_proofs(self._proofs.values(), self.source.id, now=now)
            )

    def _name(self, url: str) -> str:
        return names_at(self.source, url)[0]
