"""The versions of one article, found by its id or by any address that led to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from crawler.clean.urls import canonical_or_none
from crawler.config import Config
from crawler.naming import names_at
from crawler.recipes import load_sources
from store.base import Store
from store.difference import Change, Version, changes_between, versions_of
from store.errors import WrongUse
from store.model import Article, local_time
from store.names import aliases_of
from store.records import write
from store.shown import shown

_URN = "urn:uuid:"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An article and what it was before."""

    article: Article
    versions: tuple[Version, ...]
    """Oldest first; the one of today last."""

    def steps(self) -> Iterator[tuple[Version, tuple[Change, ...]]]:
        """Yield each version but the first with what changed to it, oldest first."""
        for old, new in pairwise(self.versions):
            yield new, changes_between(old, new)

    def shown(self) -> dict[str, Any]:
        """Write it for a program; times in Vietnam's zone."""
        changes = {version.revision: found for version, found in self.steps()}
        return {
            "article": shown(self.article),
            "versions": [_shown(one, changes.get(one.revision, ())) for one in self.versions],
        }


def history_of(what: str, store: Store, config: Config) -> History:
    """Return the history of the article that `what` names: an id, as `urn:uuid:…` too, or a URL.

    Raises WrongUse where the store has no such article.
    """
    article_id = _id_at(what, store, config) if "://" in what else what.removeprefix(_URN)
    article = store.get(article_id) if article_id and _is_id(article_id) else None
    if article is None:
        raise WrongUse(
            f"{what!r} is no article that is stored",
            repair="name its id, as in a feed behind urn:uuid:, or an address that it was read at",
        )
    return History(article=article, versions=versions_of(article, store.revisions(article.id)))


def _id_at(url: str, store: Store, config: Config) -> str | None:
    """Return the id of the article at an address, by the recipes' names for it, then by its own."""
    address = canonical_or_none(url)
    if address is None:
        raise WrongUse(f"{url!r} is no web address", repair="write it with http:// or https://")
    of_it = [source for source in load_sources(config.roots) if source.is_article(address)]
    names = [name for source in of_it for name in names_at(source, address)]
    names += [aliases_of(card.id, key=None, url=address)[-1] for card in store.sources()]
    known = store.known(names)
    return next((known[name] for name in names if name in known), None)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _shown(version: Version, changes: tuple[Change, ...]) -> dict[str, Any]:
    return {
        "revision": version.revision,
        "since": local_time(version.since).isoformat(timespec="seconds"),
        "title": version.title,
        "summary": version.summary,
        "body_html": version.body_html,
        "attachments": [write(file) for file in version.attachments],
        "changes": [
            {
                "part": change.part,
                "passages": [[write(piece) for piece in one] for one in change.passages],
            }
            for change in changes
        ],
    }
