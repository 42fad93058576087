"""Why a site is not added: each error with its repair. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crawler.clean.urls import bare_netloc, site_of
from crawler.recipe import Source
from crawler.scaffold.propose import Proposal
from crawler.scaffold.reasons import NOT_CHOSEN, said
from store.errors import TinsoError, WrongUse


def refuse_known(url: str, known: Iterable[Source]) -> None:
    """Raise WrongUse where the host of `url` is a source's already."""
    host = site_of(url)
    for source in known:
        if host in map(bare_netloc, source.hosts):
            raise WrongUse(
                f"{host} is the host of {source.id!r} already",
                repair=f"tinso sources show {source.id}",
            )


def check_proposed(proposal: Proposal, known: Mapping[str, Source]) -> None:
    """Raise WrongUse where the proposed id is none, not sure, or another source's."""
    place = proposal.place
    repair = "give --id <province>/<department>, such as dien-bien/khcn"
    if place.id is None:
        missing = "which department" if place.province else "which province"
        raise WrongUse(f"nothing tells {missing} {proposal.survey.site} belongs to", repair=repair)
    if place.doubts:
        raise WrongUse(
            f"it is not sure whose {proposal.survey.site} is: {'; '.join(place.doubts)}",
            repair=repair,
        )
    if place.id in known:
        raise WrongUse(
            f"the id {place.id!r} belongs to {known[place.id].recipe.site} already", repair=repair
        )


def no_lists(start: str, proposal: Proposal) -> TinsoError:
    """Say what was found in place of lists of news."""
    failed = [one for one in proposal.survey.failures if one.url in proposal.survey.named]
    if failed:
        return TinsoError(failed[0].message)
    if proposal.offers:
        reasons = {said(NOT_CHOSEN, offer.why) for offer in proposal.offers if offer.why}
        found = f"no list looks like news, of {len(proposal.offers)}: {'; '.join(reasons)}"
    elif any(page.select("input[type=password]") for page in proposal.survey.pages):
        found = "no list of articles was found; it asks for a login"
    else:
        looked = len(proposal.survey.looks)
        found = f"no list of articles was found on {looked} pages that were looked at"
    return TinsoError(
        f"{start}: {found}", repair="name one with --list /address/, or give a list's address"
    )
