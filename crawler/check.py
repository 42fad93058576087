"""Reads a list and two of its articles live and tells of each rule what it gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from crawler import reading
from crawler.config import Config, for_crawling
from crawler.extract.draft import Entry, Found, Listing
from crawler.extract.rules import Candidates
from crawler.failures import Failure, no_entries
from crawler.families import family_named
from crawler.fetching import Fetch, Fetcher, fetch_page
from crawler.reading import Reading
from crawler.recipe import Source
from crawler.recipes import load_source
from store.errors import TinsoError

ARTICLES = 2
Result = Literal["matched", "fell back", "missing"]
State = Literal["ok", "degraded", "broken"]

_NEEDED = ("title", "date", "body")
_OTHERS = ("summary", "byline", "organisation", "source_credit", "section")
"""Told where a page has them; many an article has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """What became of one rule on one page."""

    url: str
    field: str
    result: Result
    rule: str | None
    """The rule that gave the field; None where nothing did."""
    instead_of: str | None = None
    """The rule that should have, where another one did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How a source's recipe does on the live site."""

    source: str
    state: State
    message: str
    """What is wrong, with its repair; empty where nothing is."""
    list_url: str
    entries: int
    dated: int
    rules: tuple[RuleLine, ...] = ()

    def shown(self) -> dict[str, Any]:
        """Write it for a program."""
        return asdict(self)


def check_sources(
    ids: Sequence[str], config: Config, *, jobs: int, told: Callable[[Checked], None] | None = None
) -> list[Checked]:
    """Check sources, all where none is named: several hosts at once, each one page at a time.

    `told` is told each as it is done. Shape: by id. Raises WrongUse as a crawl does.
    """
    sources = [load_source(source_id, config.roots) for source_id in for_crawling(ids, config)]
    hosts: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        hosts[source.hosts[0].removeprefix("www.")].append(source)

    done: list[Checked] = []
    with ThreadPoolExecutor(jobs) as pool:
        waiting = [pool.submit(_check_in_turn, group) for group in hosts.values()]
        try:
            for future in as_completed(waiting):
                for checked in future.result():
                    done.append(checked)
                    if told:
                        told(checked)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return sorted(done, key=lambda checked: checked.source)


def _check_in_turn(sources: Sequence[Source]) -> list[Checked]:
    return [_check_alone(source) for source in sources]


def _check_alone(source: Source) -> Checked:
    """Check a source by a process of its own; one that breaks is told, too."""
    try:
        with Fetcher(source) as fetch:
            return check(source, fetch)
    except TinsoError as fault:
        return _broken(source, source.listing_urls[0], str(fault))


def check(source: Source, fetch: Fetch) -> Checked:
    """Read the first list of a source, and the two newest of its articles."""
    url = source.listing_urls[0]
    got = fetch_page(fetch, url)
    if isinstance(got, Failure):
        return _broken(source, url, got.message)
    dates = source.dates()
    listing = reading.read_list(got, source, dates=dates)
    if not listing.entries:
        return _broken(source, url, no_entries(got.url, rows=listing.rows).message)
    lines, faults, whole = _list_lines(source, listing, url), [], 0
    for entry in listing.entries[:ARTICLES]:
        page = fetch_page(fetch, entry.url)
        if isinstance(page, Failure):
            faults.append(page.message)
            continue
        now = page.fetched or datetime.now(UTC)
        read = reading.read(page, source, entry=entry, now=now, dates=dates)
        lines += _article_lines(source, read, entry)
        if read.sighting is None:
            faults.append(Failure(cause=read.why_refused, url=page.url).message)
        whole += _is_whole(read)
    odd = [line for line in lines if line.result != "matched" and line.field not in _OTHERS]
    state: State = "broken" if not whole else "degraded" if odd or faults else "ok"
    if not whole and not faults:
        faults = [f"no article at {url} gives title, date and text (see tinso try)"]
    return Checked(
        source=source.id,
        state=state,
        message="; ".join(faults),
        list_url=url,
        entries=len(listing.entries),
        dated=sum(entry.date is not None for entry in listing.entries),
        rules=tuple(lines),
    )


def _broken(source: Source, url: str, message: str) -> Checked:
    return Checked(
        source=source.id,
        state="broken",
        message=message,
        list_url=url,
        entries=0,
        dated=0,
        rules=(RuleLine(url=url, field="entry", result="missing", rule=None),),
    )


def _list_lines(source: Source, listing: Listing, url: str) -> list[RuleLine]:
    family = source.family.rules
    dated = next((entry.date.rule for entry in listing.entries if entry.date), None)
    own = source.own_rules
    lines = [_line(url, "entry", listing.rule, own.entry, family.entry)]
    if dated or own.entry_date:
        lines.append(_line(url, "entry_date", dated, own.entry_date, ()))
    return lines


def _article_lines(source: Source, read: Reading, entry: Entry) -> list[RuleLine]:
    draft = read.draft
    found: dict[str, Found[Any] | None] = {
        "title": draft.title,
        "date": draft.published,
        "body": draft.body_html,
        **{name: getattr(draft, name) for name in _OTHERS},
    }
    # Pages of no family have no rule for them: the general reader finds them.
    named = () if read.family == "generic" else _NEEDED
    family = family_named(read.family).rules
    return [
        _line(
            entry.url,
            field,
            value.rule if value else None,
            getattr(source.own_rules, field),
            getattr(family, field) if field in named else (),
        )
        for field, value in found.items()
        if field in _NEEDED or value or getattr(source.own_rules, field)
    ]


def _line(url: str, field: str, rule: str | None, own: Candidates, family: Candidates) -> RuleLine:
    """Tell whether the rule that gave a field is the one that should have.

    The recipe's own, where it names any, else the family's; where neither does, any will do.
    """
    wanted = own or family
    if rule is None:
        return RuleLine(url=url, field=field, result="missing", rule=None)
    if not wanted or rule.removeprefix("css:") in wanted:
        return RuleLine(url=url, field=field, result="matched", rule=rule)
    instead = f"css:{wanted[0]}"
    return RuleLine(url=url, field=field, result="fell back", rule=rule, instead_of=instead)


def _is_whole(read: Reading) -> bool:
    article = read.sighting.article if read.sighting else None
    return (
        article is not None
        and article.published_from != "first-seen"
        and bool(article.body_text or article.images or article.attachments)
    )
