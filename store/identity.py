"""Who an article is, and whether a newly read one is news: pure decisions, made in one place.

An article's id is minted once, from its source and the key that the site gave it, and stored with
its aliases; from then on whatever leads to one of the aliases is the same article.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from store.model import Article, Attachment, PublishedFrom, Revision, local_time
from store.text import words

_NAMESPACE = UUID("5d0f3a52-3c0b-5f35-9a0e-6f2b3d1c7e44")
_TAG = re.compile(r"<[^>]*>")
_PORTAL_STATE = re.compile(r"/!ut/.*")
_SLASHES = re.compile("/{2,}")
_FRONT = re.compile(r"^/(?:index\.php(?:/|$))?(?:vi(?:-vn)?(?:/|$))?", re.IGNORECASE)
_OWN_LANGUAGE = re.compile(r"(?:lang|language)=vi(?:-vn)?", re.IGNORECASE)
_TELLING_CHARS = 200
"""A text shorter than this may be told twice by two articles of one title and day."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An article as just read, with the names under which it may already be known."""

    article: Article
    """Its `id` and `first_seen` count only if no alias is known."""
    aliases: tuple[str, ...]
    """As `aliases_of` and `told_alias` make them, the strongest first; never empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a sighting."""

    outcome: Outcome
    article: Article
    """The record to keep."""
    replaced: Revision | None = None
    """The version that an edit put away."""


def mint(source: str, key: str) -> str:
    """Make the id of an article that nobody has seen before: a UUID, the same for the same key."""
    return str(uuid5(_NAMESPACE, f"{source}\n{key}"))


def aliases_of(source: str, *, key: str | None, url: str) -> tuple[str, ...]:
    """Name an article by the site's own key, if it has one, and by its canonical address."""
    by_address = f"{source} {name_of(url)}"
    return (f"{source} #{key}", by_address) if key else (by_address,)


def name_of(url: str) -> str:
    """Write what of an address names the article; for comparing, not for asking.

    Left out are the scheme, the host's `www.` and `m.`, usual ports, `index.php` before the path,
    the site's own language (`/vi/`, `language=vi`), the state of a portal (`/!ut/p/…`), doubled and
    last slashes; the parts of the query stand sorted.
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _SLASHES.sub("/", _PORTAL_STATE.sub("", parts.path))
    path = _FRONT.sub("/", path).rstrip("/") or "/"
    pairs = sorted(pair for pair in parts.query.split("&") if not _OWN_LANGUAGE.fullmatch(pair))
    query = "&".join(filter(None, pairs))
    return f"{bare_host(parts.hostname or '')}{port}{path}{f'?{query}' if query else ''}"


def bare_host(host: str) -> str:
    """Leave out `www.`, and the `m.` of pages for phones where a site's own name follows."""
    host = host.removeprefix("www.")
    return host[2:] if host.startswith("m.") and host.count(".") > 2 else host


def told_alias(article: Article) -> tuple[str, ...]:
    """Name an article by what it tells: its title, day and text, whatever its address.

    So the same article under another category, another slug or another CMS is known where neither
    key nor address is. Empty for one that tells too little to be told apart from a later notice.
    """
    text = " ".join(words(article.body_text))
    if len(text) < _TELLING_CHARS:
        return ()
    dated = article.published_from != "first-seen"
    day = local_time(article.published).date().isoformat() if dated else ""
    told = "\n".join((" ".join(words(article.title)), day, text))
    return (f"{article.source} ={hashlib.sha256(told.encode()).hexdigest()[:32]}",)


def content_hash(
    *, title: str, summary: str | None, body_html: str, attachments: Sequence[Attachment]
) -> str:
    """Hash what a reader would call the content: its words and its files, not its markup."""
    text = _TAG.sub(" ", body_html)
    parts = [title, summary or "", text, *(a.url for a in attachments)]
    folded = "\n".join(" ".join(unicodedata.normalize("NFC", part).split()) for part in parts)
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


def decide(new: Article, old: Article | None) -> Decision:
    """Decide whether `new` is an article to insert, an edit of `old`, or nothing new.

    `new.changed` is the moment of the sighting; one older than what is kept says nothing new. What
    is frozen (id, first_seen, the date unless the new one comes from a better place) is taken from
    `old`. That a line is now known to be boilerplate, and cut, is no edit.
    """
    if old is None:
        return Decision(outcome="insert", article=new)
    if new.changed < old.changed:
        return Decision(outcome="same", article=old)
    edited = new.content_hash != old.content_hash and _bare(new, old) != _bare(old, new)
    kept = replace(
        new,
        id=old.id,
        first_seen=old.first_seen,
        updated=new.changed if edited else old.updated,
        revision=old.revision + 1 if edited else old.revision,
        cluster=old.cluster,
        confidence=old.confidence if new.confidence is None and not edited else new.confidence,
    )
    if not edited:
        kept = _where_it_was(kept, old)
    if TRUST.index(new.published_from) >= TRUST.index(old.published_from):
        kept = replace(
            kept,
            published=old.published,
            published_precision=old.published_precision,
            published_from=old.published_from,
        )
    if edited:
        replaced = Revision(
            article_id=old.id,
            revision=old.revision,
            replaced=new.changed,
            title=old.title,
            summary=old.summary,
            body_html=old.body_html,
            body_text=old.body_text,
            content_hash=old.content_hash,
        )
        return Decision(outcome="update", article=kept, replaced=replaced)
    if _differs(kept, old):
        return Decision(outcome="update", article=kept)
    return Decision(outcome="same", article=old)


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


def _bare(article: Article, other: Article) -> tuple[object, ...]:
    """Return the content of an article without the lines that were cut from it or from `other`."""
    text = "".join(html.unescape(_TAG.sub("", article.body_html)).split())
    for line in (*article.cut, *other.cut):
        text = text.replace("".join(line.split()), "")
    files = tuple(file.url for file in article.attachments)
    return (article.title, article.summary, unicodedata.normalize("NFC", text), files)


def _differs(kept: Article, old: Article) -> bool:
    return any(
        getattr(kept, field.name) != getattr(old, field.name)
        for field in fields(Article)
        if field.name != "changed"
    )
