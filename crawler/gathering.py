"""Finds the story of each article that was kept: asks the store, lets `crawler.stories` decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from crawler.stories import MOST, NEAR, fingerprint_of, regroup, same_story
from store.base import Store
from store.model import Article, Fingerprint


def gather(store: Store, ids: Collection[str], now: datetime) -> None:
    """Give each stored article its cluster, and those whose lead it takes theirs.

    One whose fingerprint is what it was costs no more than to see that. Raises StoreError.
    """
    articles = [found for name in dict.fromkeys(ids) if (found := store.get(name))]
    known = _fingerprints(store, articles)
    told = [fingerprint_of(article) for article in articles]
    new = [each for each in told if _as_known(each, known) != known.get(each.article_id)]
    store.save_fingerprints(new)
    for each in new:
        _place(store, each.article_id, now)
    placed = _fingerprints(store, articles) if new else known
    unsaid = [article for article in articles if article.cluster is None]
    store.set_clusters({article.id: placed[article.id].cluster for article in unsaid}, now)


def _place(store: Store, article_id: str, now: datetime) -> None:
    """Find who else tells the story of one, by what is stored now, its own batch's included."""
    (told,) = store.fingerprints(ids=[article_id], limit=1)
    since, until = told.published - NEAR, told.published + NEAR
    alike = (
        store.alike(told.signature, since=since, until=until, limit=MOST) if told.signature else []
    )
    stories = {told.cluster, *(each.cluster for each in alike if same_story(told, each))}
    members = store.fingerprints(clusters=stories, limit=MOST + 1)
    store.set_clusters(regroup(told, alike, members), now)


def _fingerprints(store: Store, articles: Sequence[Article]) -> dict[str, Fingerprint]:
    ids = {article.id for article in articles}
    return {each.article_id: each for each in store.fingerprints(ids=ids, limit=len(ids))}


def _as_known(each: Fingerprint, known: dict[str, Fingerprint]) -> Fingerprint:
    """Leave out of a comparison what only the store knows."""
    old = known.get(each.article_id)
    return replace(each, cluster=old.cluster) if old else each
