"""Which articles tell one story, and which of them leads: pure decisions.

A story's tellings are the articles that are linked by near-duplicate texts, so who belongs together
does not depend on who came first. `Article.cluster` is the id of the one that leads: it stays as
long as that one leads, and two stores that hold the same articles name the same stories.

A telling that is edited stays unless it is clearly apart from all others of its story; the others
stay together.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from rensa import RMinHash

from store.model import Article, Fingerprint, local_time
from store.text import fold, words

_NUMBERS = 64
_SEED = 1
_PHRASE = 3
"""Words (of Vietnamese: syllables)."""
_LEAST_WORDS = 40
"""Shorter texts are much alike without telling the same: notices, captions, "see the file"."""

ALIKE, ALIKE_AT_HOME, APART = 0.6, 0.95, 0.4
"""Share of common phrases from which two texts are one story; the same of one source, whose notices
of one form are no retellings; and below which an edited one leaves its story."""

NEAR = timedelta(days=60)
"""Tellings further apart than this are anniversaries and forms, not retellings."""

MOST = 200
"""A text that more articles than this have in common is a form: later ones stand alone."""


def signature_of(text: str) -> bytes:
    """Estimate what a text says by 64 numbers; empty where it is too short to be told apart.

    Marks, case and punctuation do not matter.
    """
    told = words(text)
    if len(told) < _LEAST_WORDS:
        return b""
    hashes = RMinHash(num_perm=_NUMBERS, seed=_SEED)
    hashes.update([" ".join(told[i : i + _PHRASE]) for i in range(len(told) - _PHRASE + 1)])
    return struct.pack(f"<{_NUMBERS}I", *hashes.digest())


def fingerprint_of(article: Article) -> Fingerprint:
    """Return what an article is compared by; led by itself."""
    credit = fold(article.source_credit or "")
    return Fingerprint(
        article_id=article.id,
        source=article.source,
        cluster=article.id,
        published=article.published,
        published_precision=article.published_precision,
        original=not credit or credit == fold(article.organisation or ""),
        own=article.province_from == "source",
        live=article.state == "live",
        signature=signature_of(article.body_text),
    )


def likeness(one: Fingerprint, other: Fingerprint) -> float:
    """Estimate which share of their phrases two texts have in common: 0 to 1."""
    if not one.signature or not other.signature:
        return 0.0
    pairs = zip(_numbers(one.signature), _numbers(other.signature), strict=True)
    return sum(a == b for a, b in pairs) / _NUMBERS


def same_story(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two articles tell the same."""
    needed = ALIKE_AT_HOME if one.source == other.source else ALIKE
    return abs(one.published - other.published) <= NEAR and likeness(one, other) >= needed


def lead_of(tellings: Iterable[Fingerprint]) -> Fingerprint:
    """Return the most original and earliest telling of a story.

    One that is still there, names nobody else as its source, and comes from the province it is
    about, before one that does not; then by day. Within a day, one that tells no minute comes last.
    """
    return min(tellings, key=_rank)


def regroup(
    told: Fingerprint, alike: Sequence[Fingerprint], members: Sequence[Fingerprint]
) -> Mapping[str, str]:
    """Decide where a new or edited telling belongs: article id → id of its lead, where it changes.

    `told.cluster` is the story it belonged to, its own id if it is new; `alike` are those that may
    tell the same, perhaps itself; `members` all tellings of their stories and of `told`'s.
    """
    others = [each for each in members if each.article_id != told.article_id]
    former = [each for each in others if each.cluster == told.cluster]
    stays = any(likeness(told, each) >= APART for each in former)
    joined = {
        each.cluster
        for each in alike
        if each.article_id != told.article_id and same_story(told, each)
    }
    if stays:
        joined.add(told.cluster)
    story = [told, *(each for each in others if each.cluster in joined)]
    if len(story) > MOST:
        story = [told]
    placed = {each.article_id for each in story}
    left = [each for each in former if each.article_id not in placed]
    leads = {
        each.article_id: lead_of(group).article_id for group in (story, left) for each in group
    }
    return {
        each.article_id: leads[each.article_id]
        for each in (*story, *left)
        if each.cluster != leads[each.article_id]
    }


def _rank(told: Fingerprint) -> tuple[object, ...]:
    return (
        not told.live,
        not told.original,
        not told.own,
        local_time(told.published).date(),
        told.published_precision == "day",
        told.published,
        told.article_id,
    )


def _numbers(signature: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(signature) // 4}I", signature)
