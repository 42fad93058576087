"""The work of `tinso sources add`: look around, let somebody choose, prove, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from crawler.clean.text import visible
from crawler.config import Config, check_contact
from crawler.extract.draft import Entry
from crawler.failures import Failure
from crawler.fetching import Fetch, Fetcher
from crawler.reach import is_this_machine
from crawler.recipe import Pace, Recipe, Source
from crawler.recipes import load_sources, parse_recipe
from crawler.runners_up import written
from crawler.scaffold.asker import Asker, web_address
from crawler.scaffold.cases import case_files
from crawler.scaffold.links import same_site
from crawler.scaffold.lists import Look
from crawler.scaffold.offers import Offered, find_offers
from crawler.scaffold.propose import Drafted, Proposal, draft, propose
from crawler.scaffold.reasons import DOUBTS, NOT_CHOSEN, said
from crawler.scaffold.refusals import check_proposed, no_lists, refuse_known
from crawler.scaffold.samples import prove
from crawler.scaffold.saved import saved_pages
from crawler.scaffold.selectors import Sample
from crawler.scaffold.survey import STAND_IN, survey
from crawler.scaffold.write import files_of, target_of, write_all
from store.errors import WrongUse

_PAUSE_ON_THIS_MACHINE_SECONDS = 0.01
_SHOWN_CHARACTERS = 200
_LEAST = 'name = "-"\nsite = "http://example.vn"\nlistings = ["/"]'
"""A recipe without a fault: with it only an id can be wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody asks for."""

    what: tuple[str, ...]
    """An address, or saved pages, or a folder of them."""
    urls: tuple[str, ...] = ()
    """Addresses of the saved pages."""
    lists: tuple[str, ...] = ()
    """Lists to collect, from the host on or absolute; empty to find them."""
    source_id: str | None = None
    name: str | None = None
    to: Path | None = None
    """Folder of recipes; None for the usual one."""
    cases: Path | None = None
    write: bool = True
    """False only proposes."""


class Chooser(Protocol):
    """Somebody who decides what a program cannot."""

    def lists(self, proposal: Proposal) -> Sequence[Look]:
        """Choose the lists to collect, at least one."""

    def source_id(self, proposal: Proposal) -> str | None:
        """Name the source; None takes what the proposal says."""


class Taker:
    """Takes what is proposed."""

    def lists(self, proposal: Proposal) -> Sequence[Look]:
        """Take the proposed lists."""
        return proposal.chosen

    def source_id(self, proposal: Proposal) -> str | None:
        """Take the proposed id."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of it."""

    proposal: Proposal
    looks: tuple[Look, ...]
    """The lists that were chosen."""
    samples: tuple[Sample, ...]
    offered: tuple[Offered, ...]
    failures: tuple[Failure, ...]
    drafted: Drafted
    doubts: tuple[str, ...]
    """Keys of `crawler.scaffold.reasons.DOUBTS`."""
    files: tuple[Path, ...]
    """What was written; empty where it was only proposed."""
    requests: int

    def shown(self) -> dict[str, Any]:
        """Write it for a program."""
        found, source = self.proposal.survey, self.drafted.source
        chosen = {look.link.url for look in self.looks}
        return {
            "id": None if source.id == STAND_IN else source.id,
            "name": source.recipe.name,
            "site": found.site,
            "family": found.family,
            "evidence": list(found.evidence),
            "charset": found.charset,
            "feeds": list(found.feeds),
            "sitemaps": list(found.sitemaps),
            "lists": [
                {
                    "url": offer.look.link.url,
                    "name": visible(offer.look.link.name),
                    "chosen": offer.look.link.url in chosen,
                    "why_not": said(NOT_CHOSEN, offer.why) if offer.why else None,
                    "order": offer.look.order,
                    "entries": [_entry(entry) for entry in offer.look.entries],
                }
                for offer in self.proposal.offers
            ],
            "offered": [asdict(one) for one in self.offered],
            "articles": [_article(sample) for sample in self.samples],
            "failures": [asdict(failure) for failure in self.failures],
            "doubts": list(self.doubts),
            "doubts_said": [said(DOUBTS, code) for code in self.doubts],
            "recipe": self.drafted.text,
            "files": [str(path) for path in self.files],
            "requests": self.requests,
        }


def add_source(
    order: Order, chooser: Chooser, config: Config, told: Callable[[str], None] | None = None
) -> Added:
    """Find out how to collect a site, and write its recipe and cases.

    `told` is told each address before it is asked for. Raises WrongUse for what cannot be, and
    TinsoError where the site gives no list of news.
    """
    known = {source.id: source for source in load_sources(config.roots)}
    target = target_of(order.to, order.cases, config.roots)
    if order.source_id is not None:
        parse_recipe(_LEAST, source_id=order.source_id)
    with _opened(order, config, known.values()) as (fetch, addresses):
        asker = Asker(fetch, told)
        start, *saved = addresses
        found = survey(asker, start, _lists(order, start), saved)
        refuse_known(found.site, known.values())
        proposal = propose(found)
        looks = tuple(chooser.lists(proposal)) if proposal.offers else ()
        if not looks:
            raise no_lists(start, proposal)
        source_id = order.source_id or chooser.source_id(proposal)
        if order.write and source_id is None:
            check_proposed(proposal, known)
        proof = prove(asker, looks, found.source)
        offered = find_offers(asker, found, looks)
    drafted = draft(
        found,
        looks,
        proof,
        offered,
        source_id=source_id,
        name=order.name,
        known=known,
        now=datetime.now(UTC),
    )
    doubts = {
        "place": bool(proposal.place.doubts),
        "shadows": drafted.source.id in known,
        "no-cases": target.cases is None,
    }
    files: tuple[Path, ...] = ()
    if order.write:
        cases = case_files(drafted.source, looks, proof.samples)
        files = write_all(files_of(target, drafted.source.id, drafted.text, cases))
    return Added(
        proposal=proposal,
        looks=looks,
        samples=proof.samples,
        offered=tuple(offered),
        failures=(*found.failures, *proof.failures),
        drafted=drafted,
        doubts=(*drafted.doubts, *(code for code, holds in doubts.items() if holds)),
        files=files,
        requests=asker.asked,
    )


@contextmanager
def _opened(
    order: Order, config: Config, known: Iterable[Source]
) -> Iterator[tuple[Fetch, tuple[str, ...]]]:
    """Open what is asked for. Shape: how its pages are fetched, and where to start.

    Of saved pages, the addresses of all follow.
    """
    first = order.what[0]
    if "://" not in first:
        pages = saved_pages(order.what, order.urls)
        yield pages, pages.addresses
        return
    if len(order.what) > 1 or order.urls:
        raise WrongUse("one address at a time", repair="--url is for saved pages")
    address = web_address(first)
    refuse_known(address, known)
    source = _source_at(address)
    check_contact([source], config)
    with Fetcher(source) as fetch:
        yield fetch, (address,)


def _lists(order: Order, start: str) -> list[str]:
    """Make the lists that somebody named absolute; raises WrongUse for one of another site."""
    lists = [web_address(path, start) for path in order.lists]
    for url in lists:
        if not same_site(url, start):
            raise WrongUse(f"{url} is not on {urlsplit(start).netloc}", repair="mend --list")
    return lists


def _source_at(url: str) -> Source:
    """Make the source that stands in while nothing but an address is known."""
    parts = urlsplit(url)
    here = is_this_machine(parts.hostname or "")
    pace = Pace(delay_seconds=_PAUSE_ON_THIS_MACHINE_SECONDS) if here else Pace()
    site = f"{parts.scheme}://{parts.netloc}"
    return Source(STAND_IN, Recipe(name="-", site=site, listings=("/",), pace=pace))


def _entry(entry: Entry) -> dict[str, Any]:
    moment = entry.date.value if entry.date else None
    return {
        "url": entry.url,
        "title": visible(entry.title or ""),
        "published": written(moment) if moment else None,
    }


def _article(sample: Sample) -> dict[str, Any]:
    """Write an article as its page alone gives it, each field with its rule."""
    draft = sample.reading.draft
    dated = draft.published
    text = visible(draft.body_text)
    return {
        "url": sample.page.url,
        "title": visible(draft.title.value) if draft.title else None,
        "title_rule": draft.title.rule if draft.title else None,
        "published": written(dated.value) if dated else None,
        "published_rule": dated.rule if dated else None,
        "body_rule": draft.body_html.rule if draft.body_html else None,
        "body_characters": len(text),
        "body_starts": text[:_SHOWN_CHARACTERS],
    }
