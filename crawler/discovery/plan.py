"""What a crawl asks for first: a source's lists, or what was proved to stand in for them.

How a crawl uses it:

1. `plan` says what to ask, from what earlier crawls proved. A source with nothing new costs one
   request where one offer stands in for all of its lists.
2. An answer is read by its kind (`crawler.discovery.kinds`) and walked like a list. What it says of
   an article's date is a candidate beside the page's own, never better.
3. An offer that stands in and fails, or does not reach back to what is known (`reaches_back`),
   leaves a gap: the lists that it stands in for are asked in the same crawl (`left_to`).
4. Where list and offer are both asked, `prove` compares them, and the proof is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.discovery.proof import Verdict

STOOD_IN = "offer/stood-in"
"""Path under which a crawl counts the lists that an offer stood in for."""
RELY = timedelta(days=1)
"""How long a proof is relied upon before list and offer are compared again."""
TRY_AGAIN = timedelta(days=7)
"""How long an offer that failed its proof is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a comparison of an offer with a list showed, and when."""

    offer: str
    """Address of the feed, sitemap or list of posts."""
    listing: str
    """Address of the list page."""
    verdict: Verdict
    at: datetime
    """Aware UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a crawl asks for."""

    lists: tuple[str, ...]
    """Addresses of the list pages to walk."""
    offers: tuple[str, ...]
    """Addresses of the offers to read; those that stand in for a list, and those to prove."""
    stand_in: tuple[tuple[str, str], ...] = ()
    """Offer and list, for each list that is not asked."""
    prove: tuple[tuple[str, str], ...] = ()
    """Offer and list that are to be compared."""

    def left_to(self, failed: Collection[str]) -> tuple[str, ...]:
        """Return the lists to ask after all, when the offers of `failed` left a gap."""
        return tuple(listing for offer, listing in self.stand_in if offer in failed)


def plan(
    lists: Sequence[str],
    offers: Sequence[str],
    proofs: Iterable[Proof],
    *,
    now: datetime,
    complete: bool,
) -> Plan:
    """Choose what to ask: the fewest offers that stand in for the most lists, then the rest.

    Shape of `lists` and `offers`: absolute addresses, those that are preferred first. `complete`
    says that an earlier crawl has walked the lists to their end; until then they are walked, as no
    offer goes back that far.
    """
    last = {(proof.offer, proof.listing): proof for proof in proofs}
    pairs = [(offer, listing) for offer in offers for listing in lists]
    relied = [pair for pair in pairs if complete and _is_relied_on(last.get(pair), now)]
    stand_in = _fewest(relied, offers)
    asked = [listing for listing in lists if listing not in {name for _, name in stand_in}]
    due = tuple(pair for pair in pairs if pair[1] in asked and _is_due(last.get(pair), now))
    wanted = {offer for offer, _ in (*stand_in, *due)}
    return Plan(
        lists=tuple(asked),
        offers=tuple(offer for offer in offers if offer in wanted),
        stand_in=tuple(stand_in),
        prove=due,
    )


def _is_relied_on(proof: Proof | None, now: datetime) -> bool:
    return proof is not None and proof.verdict.fresh and abs(now - proof.at) < RELY


def _is_due(proof: Proof | None, now: datetime) -> bool:
    if proof is None:
        return True
    return abs(now - proof.at) >= (RELY if proof.verdict.fresh else TRY_AGAIN)


def _fewest(relied: list[tuple[str, str]], offers: Sequence[str]) -> list[tuple[str, str]]:
    """Give each list one offer, those first that stand in for most."""
    chosen: dict[str, str] = {}
    left = list(relied)
    while left:
        counts = {offer: sum(1 for pair in left if pair[0] == offer) for offer in offers}
        best = max(offers, key=lambda offer: counts[offer])
        chosen |= {listing: best for offer, listing in left if offer == best}
        left = [pair for pair in left if pair[1] not in chosen]
    return [(offer, listing) for listing, offer in chosen.items()]
