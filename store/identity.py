"""Who an article is, and whether a newly read one is news: pure decisions, made in one place.

An article's id is minted once, from its source and the key that the site gave it, and stored with
its aliases; from then on whatever leads to one of the aliases is the same article.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from store.content import is_edit, is_shown_alike
from store.model import Article, PublishedFrom, Revision
from store.names import aliases_of, bare_host, day_of, ids_of, kind_of, name_of
from store.text import words

_ALIKE_TITLES, _ALIKE_TEXTS, _ALIKE_ON_OTHER_DAYS = 0.6, 0.15, 0.5
"""So many words of the shorter of two titles are the same where one is an edit of the other, and so
many runs of three words of two texts; more where their days differ, which an edit leaves alone.
What two articles of one office share by chance is less."""
_SKEW = timedelta(days=1)
"""What was changed so much later than now was written while a clock was wrong."""

TRUST: tuple[PublishedFrom, ...] = (
    "page",
    "meta",
    "listing",
    "print",
    "sitemap",
    "feed",
    "url",
    "lead",
    "first-seen",
)
"""Where a date may come from, best first: a stored date gives way only to a better source."""

Outcome = Literal["insert", "update", "same"]

Why = Literal["read", "gone", "moved", "replayed"]
"""`read`: the site showed it. `gone`: it is withdrawn. `moved`: its former address leads nowhere
any more, it lies at another. `replayed`: its kept page was read again, by today's rules."""

_TAKEN: Mapping[Why, str] = {"gone": "state", "moved": "url"}
"""Why → all that such a sighting tells of a known article."""

_CONTENT = (
    *("title", "summary", "body_html", "body_text", "cut", "images", "attachments"),
    "content_hash",
)
_DATE = ("published", "published_precision", "published_from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An article as just read, with the names under which it may already be known."""

    article: Article
    """Its `id` and `first_seen` count only if no alias is known."""
    aliases: tuple[str, ...]
    """As `aliases_of` and `told_alias` make them, the strongest first; empty only for what its id
    names."""
    why: Why = "read"
    claims: bool = False
    """All its aliases are proven to be one article's: those that another has are taken from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a sighting."""

    outcome: Outcome
    article: Article
    """The record to keep. Of one that is `same` it may yet explain its names better."""
    replaced: Revision | None = None
    """The version that an edit put away."""
    aliases: tuple[str, ...] = ()
    """To be added to the article's; those that another has are taken from it."""


def settle(
    sighting: Sighting, names: Mapping[str, str], stored: Callable[[str], Article | None]
) -> Decision:
    """Decide which article was sighted, and what to do.

    `names` are those of its aliases that are known, with the ids that they lead to; `stored` gives
    the article of an id. The first alias that leads to an article which can be the one names it:
    numbers and addresses are given again, also to others. Why two readings are one article stands
    in its provenance under `id`: by which kinds of alias it was known when it got another name.
    """
    new = sighting.article
    found = _find(sighting, names, stored)
    if found is None:
        first, second = ids_of(new)
        new = replace(new, id=second if stored(first) else first)
        fresh = tuple(alias for alias in sighting.aliases if alias not in names)
        return Decision(outcome="insert", article=new, aliases=fresh)
    old, by = found
    decision = decide(new, old, why=sighting.why)
    taken = tuple(
        alias
        for alias in sighting.aliases
        if alias not in names or (sighting.claims and names[alias] != old.id)
    )
    if by and any(kind_of(alias) != "told" for alias in taken):
        decision = replace(decision, article=_explained(decision.article, by))
    return replace(decision, aliases=taken)


def _find(
    sighting: Sighting, names: Mapping[str, str], stored: Callable[[str], Article | None]
) -> tuple[Article, str | None] | None:
    """Return the article that was sighted and the kind of alias that led to it.

    A site that begins to count anew gives the numbers of some articles to others: a number or an
    address leads to none of another title or day where what is told leads elsewhere.
    """
    new = sighting.article
    told = {
        names[alias] for alias in sighting.aliases if kind_of(alias) == "told" and alias in names
    }
    for alias in sighting.aliases:
        old = stored(names[alias]) if alias in names else None
        if old is None or not _can_be(sighting, old, alias):
            continue
        elsewhere = told and old.id not in told and not sighting.claims and sighting.why == "read"
        if elsewhere and (words(new.title), day_of(new)) != (words(old.title), day_of(old)):
            continue
        return old, kind_of(alias)
    # An article of the same minted id is the same article, whatever became of its aliases.
    for minted in ids_of(new):
        old = stored(minted)
        if old and _can_be(sighting, old, next(iter(sighting.aliases), "")):
            return old, None
    return None


def _can_be(sighting: Sighting, old: Article, alias: str) -> bool:
    """Tell whether a sighting can be of the article that one of its names leads to."""
    at = alias == aliases_of(old.source, key=None, url=old.url)[0]
    return sighting.why != "read" or sighting.claims or not is_another(sighting.article, old, at=at)


def are_one(one: Article, other: Article) -> bool:
    """Tell whether two articles, of which an address of one leads to the other, are one."""
    undated = "first-seen" in (one.published_from, other.published_from)
    return (undated or day_of(one) == day_of(other)) and not is_another(one, other, at=False)


def is_another(new: Article, old: Article, *, at: bool) -> bool:
    """Tell whether two articles that share a name cannot be one: nothing of them is alike.

    With `at` they were read at one address, where another text is an edit unless its day differs
    too; else a number may have been given twice.
    """
    if not are_called_otherwise(new.title, old.title):
        return False
    told = "first-seen" not in (new.published_from, old.published_from)
    on_other_days = told and day_of(new) != day_of(old)
    if at and not on_other_days:
        return False
    least = _ALIKE_ON_OTHER_DAYS if on_other_days else _ALIKE_TEXTS
    return _share(_runs(new.body_text), _runs(old.body_text)) < least


def are_called_otherwise(one: str, other: str) -> bool:
    """Tell whether two titles have so few words in common that none is an edit of the other."""
    return _share(words(one), words(other)) < _ALIKE_TITLES


def _share(one: Collection[str], other: Collection[str]) -> float:
    """Return how much of the smaller of two sets stands in the other; 0 for an empty one."""
    first, second = set(one), set(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _runs(text: str) -> Collection[str]:
    """Return the runs of three words of a text; its words where it has no more."""
    told = words(text)
    return {" ".join(told[at : at + 3]) for at in range(len(told) - 2)} or told


def _explained(article: Article, by: str) -> Article:
    """Note that an article was known by a kind of alias when it got another name."""
    told = article.provenance.get("id", "")
    kinds = ", ".join(dict.fromkeys(kind for kind in (*told.split(", "), by) if kind))
    return replace(article, provenance=dict(sorted({**article.provenance, "id": kinds}.items())))


def decide(new: Article, old: Article | None, *, why: Why = "read") -> Decision:
    """Decide whether `new` is an article to insert, an edit of `old`, or nothing new.

    `new.changed` is the moment of the sighting; one older than what is kept says nothing new,
    unless that was written ahead of time, by a wrong clock, which is put right. What is frozen (id,
    first_seen, the date unless the new one comes from a better place) is taken from
    `old`, and so is the content where the publisher changed nothing. That a line is now known to
    be boilerplate, and cut, is no edit; nor is what better rules make of the same page: it takes
    the place of what was read before, with neither `revision` nor `updated` moved.
    """
    if old is None:
        return Decision(outcome="insert", article=new)
    if new.changed < old.changed <= new.changed + _SKEW:
        return Decision(outcome="same", article=old)
    if why in _TAKEN:
        taken = _TAKEN[why]
        kept = replace(old, **{taken: getattr(new, taken)}, changed=new.changed)
        return _unless_same(kept, old)
    edited = why == "read" and is_edit(new, old)
    kept = replace(
        new,
        id=old.id,
        first_seen=min(old.first_seen, new.changed),
        updated=new.changed if edited else old.updated,
        revision=old.revision + 1 if edited else old.revision,
        cluster=old.cluster,
        state=old.state if why == "replayed" else new.state,
        confidence=old.confidence if new.confidence is None and not edited else new.confidence,
    )
    kept = _explained_as(kept, old, "id")
    if why == "read" and not edited:
        kept = _where_it_was(_as_it_was(kept, old), old)
    if not _is_dated_better(new, old, why):
        dated = {name: getattr(old, name) for name in _DATE}
        kept = _explained_as(replace(kept, **dated), old, "published")
    if edited:
        return Decision(outcome="update", article=kept, replaced=_put_away(old, new.changed))
    return _unless_same(kept, old)


def _put_away(old: Article, now: datetime) -> Revision:
    return Revision(
        article_id=old.id,
        revision=old.revision,
        replaced=now,
        title=old.title,
        summary=old.summary,
        body_html=old.body_html,
        body_text=old.body_text,
        content_hash=old.content_hash,
        attachments=old.attachments,
    )


def _unless_same(kept: Article, old: Article) -> Decision:
    if _differs(kept, old):
        return Decision(outcome="update", article=kept)
    return Decision(outcome="same", article=old)


def _as_it_was(kept: Article, old: Article) -> Article:
    """Keep the content of an article that nobody edited: addresses of files and pictures change
    with each visit, counters with each reader. Other pictures are taken, and what is newly cut."""
    if not is_shown_alike(kept, old):
        return kept
    content = {name: getattr(old, name) for name in _CONTENT}
    confidence = kept.confidence if old.confidence is None else old.confidence
    return _explained_as(replace(kept, **content, confidence=confidence), old, *_CONTENT)


def _explained_as(article: Article, old: Article, *names: str) -> Article:
    """Let the provenance of some fields be what it was."""
    rest = {name: rule for name, rule in article.provenance.items() if name not in names}
    kept = {name: rule for name, rule in old.provenance.items() if name in names}
    return replace(article, provenance=dict(sorted({**rest, **kept}.items())))


def _is_dated_better(new: Article, old: Article, why: Why) -> bool:
    """Tell whether a date gives way: to one of a better place. To one of the same place where the
    page itself was read again, unless that tells less of the same day."""
    ranks = TRUST.index(new.published_from), TRUST.index(old.published_from)
    if why != "replayed" or ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    precisions = new.published_precision, old.published_precision
    return precisions != ("day", "minute") or day_of(new) != day_of(old)


def _where_it_was(kept: Article, old: Article) -> Article:
    """Keep address and rubric of an article that was found unchanged under another address.

    Lists of several rubrics would else move it to and fro. It moves for good where the site has
    another host, and from plain http or the pages for phones to a better address of its name.
    """
    if kept.url == old.url:
        return kept
    here, there = urlsplit(kept.url).hostname or "", urlsplit(old.url).hostname or ""
    moved = bare_host(here) != bare_host(there)
    better = name_of(kept.url) == name_of(old.url) and _rank(kept.url) > _rank(old.url)
    if moved or better:
        return kept
    return replace(
        kept, url=old.url, section=old.section, topics=old.topics, provenance=old.provenance
    )


def _rank(url: str) -> tuple[bool, bool]:
    parts = urlsplit(url)
    return not (parts.hostname or "").startswith("m."), parts.scheme == "https"


def _differs(kept: Article, old: Article) -> bool:
    return any(
        getattr(kept, field.name) != getattr(old, field.name)
        for field in fields(Article)
        if field.name != "changed"
    )
