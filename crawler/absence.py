"""Which known articles to ask for though no list names them, and when one is withdrawn: pure.

An article is withdrawn when its own page says on two days that it is gone, while the list and
other articles of the site can be read. A list that fails, a host that is down, a page that sends
its readers home say nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from store.model import Article, local_time

APART = timedelta(hours=20)
"""So long after the first time, and on a later day in Vietnam, the end of a page is confirmed."""

AGAIN_AFTER = timedelta(days=7)
"""An article that no list names and yet is there is asked for again so much later."""

BACK_AFTER = timedelta(days=1)
"""A withdrawn article that a list names is asked for once in so long."""

MOST_ASKED = 5
"""Such articles of one crawl."""

FORGOTTEN_AFTER = timedelta(days=60)
"""What was noted of an article that nothing brought up again."""


_MOST_PINNED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What crawls found out about an article that was asked for by its own address."""

    asked: datetime
    """When it was last asked for."""
    gone_since: datetime | None = None
    """When its page was first found gone; None while it is there."""

    def is_confirmed_by(self, now: datetime) -> bool:
        """Tell whether its page, found gone again `now`, is gone for good."""
        if self.gone_since is None or now - self.gone_since < APART:
            return False
        return local_time(now).date() > local_time(self.gone_since).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a crawl's answers say of the articles that it asked for."""

    absences: Mapping[str, Absence]
    """Article id → what the next crawl is to know."""
    withdrawn: frozenset[str]
    """Ids of those whose end is confirmed."""


@dataclass(slots=True)
class Named:
    """What the lists of one crawl named, as far as the store knows it."""

    ids: set[str] = field(default_factory=set)
    reaches: dict[str, datetime | None] = field(default_factory=dict)
    """List → publication of the oldest article that it named; None where that tells nothing."""

    @property
    def reach(self) -> datetime | None:
        """Where every list begins to be silent: what is newer and unnamed is missing."""
        told = [moment for moment in self.reaches.values() if moment is not None]
        return max(told) if told and len(told) == len(self.reaches) else None


def reach_of(known: Sequence[Article]) -> datetime | None:
    """Return how far back a page of a list goes, given its stored articles in its order.

    None where they do not stand by their days, but for a few that are pinned above: then what is
    missing cannot be told.
    """
    days = [local_time(article.published).date() for article in known]
    for pins in range(min(_MOST_PINNED, len(days) - 1) + 1):
        if all(later >= earlier for later, earlier in pairwise(days[pins:])):
            return known[-1].published if known else None
    return None


def missing_of(articles: Iterable[Article], named: Named) -> list[Article]:
    """Return the articles that the lists should name and do not, newest first as they came."""
    reach = named.reach
    if reach is None:
        return []
    return [each for each in articles if each.published > reach and each.id not in named.ids]


def to_ask(
    missing: Sequence[Article], noted: Mapping[str, Absence], *, now: datetime
) -> tuple[str, ...]:
    """Choose whose pages to ask for, by id: first those whose end is to be confirmed."""
    waiting = [name for name, absence in noted.items() if absence.is_confirmed_by(now)]
    others = [
        article.id
        for article in missing
        if article.id not in noted or _is_due(noted[article.id], now)
    ]
    return tuple(dict.fromkeys((*waiting, *others)))[:MOST_ASKED]


def _is_due(absence: Absence, now: datetime) -> bool:
    return absence.gone_since is None and abs(now - absence.asked) >= AGAIN_AFTER


def may_be_back(absence: Absence | None, *, now: datetime) -> bool:
    """Tell whether to ask again for a withdrawn or moved article that a list names."""
    return absence is None or abs(now - absence.asked) >= BACK_AFTER


def judge(
    noted: Mapping[str, Absence],
    *,
    gone: Collection[str],
    there: Collection[str],
    list_works: bool,
    articles_work: bool,
    now: datetime,
) -> Judged:
    """Judge the answers of one crawl; `gone` and `there` are ids, others gave no answer that tells.

    With `list_works` some list was read and none failed; with `articles_work` the page of some
    article was. Without the first nothing is noted as gone, without the second nothing withdrawn.
    """
    after = {
        name: absence
        for name, absence in noted.items()
        if now - absence.asked < FORGOTTEN_AFTER and name not in there
    }
    after |= {name: Absence(asked=now) for name in there}
    withdrawn = set()
    for name in gone if list_works else ():
        before = noted.get(name)
        if before is None or before.gone_since is None:
            after[name] = Absence(asked=now, gone_since=now)
            continue
        after[name] = replace(before, asked=now)
        if articles_work and before.is_confirmed_by(now):
            after[name] = Absence(asked=now)
            withdrawn.add(name)
    return Judged(absences=after, withdrawn=frozenset(withdrawn))
