"""What differs between two versions of an article, word by word: pure, for screens and pages.

A text is told as passages, one a paragraph; a passage as pieces that stayed, went or came. What
stayed at length is folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal

from store.content import file_name, lines_of, told
from store.model import Article, Attachment, Revision

Kind = Literal["same", "gone", "new", "folded"]
"""`folded` stands for what stayed and is not told."""
Part = Literal["title", "summary", "body", "attachments"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_AROUND = 8
"""Words that are told on each side of a change."""
_MOST_TOKENS = 4000
"""Of two texts that are compared word by word, together; longer ones are told whole."""
_ALIKE = 0.35
"""Two paragraphs share so much where one became the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article."""

    revision: int
    since: datetime
    """When it was first seen."""
    title: str
    summary: str | None
    body_html: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words."""

    kind: Kind
    text: str
    """Empty for what is folded."""
    words: int = 0
    """How many are folded; 0 where they are told."""


Passage = tuple[Piece, ...]
"""A paragraph; of one folded piece where whole paragraphs stayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed in one part of an article."""

    part: Part
    passages: tuple[Passage, ...]


def versions_of(article: Article, revisions: Iterable[Revision]) -> tuple[Version, ...]:
    """Return all versions of an article, oldest first, the one of today last."""
    since = article.first_seen
    found = []
    for old in sorted(revisions, key=lambda one: one.revision):
        found.append(_version(old, old.revision, since))
        since = old.replaced
    return (*found, _version(article, article.revision, since))


def changes_between(old: Version, new: Version) -> tuple[Change, ...]:
    """Return what differs, part by part; empty where nothing does that a reader would miss."""
    parts: tuple[tuple[Part, Sequence[str], Sequence[str]], ...] = (
        ("title", [old.title], [new.title]),
        ("summary", [old.summary or ""], [new.summary or ""]),
        ("body", lines_of(old.body_html), lines_of(new.body_html)),
        ("attachments", _files(old), _files(new)),
    )
    found = ((part, tuple(_passages(before, after))) for part, before, after in parts)
    return tuple(
        Change(part=part, passages=passages)
        for part, passages in found
        if any(piece.kind in {"gone", "new"} for passage in passages for piece in passage)
    )


def _version(of: Article | Revision, revision: int, since: datetime) -> Version:
    return Version(
        revision=revision,
        since=since,
        title=of.title,
        summary=of.summary,
        body_html=of.body_html,
        attachments=of.attachments,
    )


def _files(version: Version) -> list[str]:
    found = sorted(version.attachments, key=lambda file: file_name(file.url))
    return [f"{file.title} ({file_name(file.url)})" for file in found]


def _passages(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    """Compare paragraph by paragraph; those between two changes are folded into one piece."""
    before, after = [told(line) for line in old], [told(line) for line in new]
    for tag, i, j, m, n in _steps(before, after):
        if tag == "equal":
            yield (_folded(sum(len(line.split()) for line in new[m:n])),)
        else:
            yield from _replaced(list(old[i:j]), list(new[m:n]))


def _replaced(old: list[str], new: list[str]) -> Iterator[Passage]:
    """Pair each paragraph that went with the one that it became, in order; tell the others whole.

    A paragraph became the next one that is alike.
    """
    for line in new:
        place = next((at for at, gone in enumerate(old[:20]) if _are_alike(gone, line)), None)
        if place is None:
            yield (Piece("new", line),)
            continue
        yield from ((Piece("gone", gone),) for gone in old[:place])
        yield tuple(_fold(list(_pieces(old[place], line))))
        old = old[place + 1 :]
    yield from ((Piece("gone", gone),) for gone in old)


def _are_alike(one: str, other: str) -> bool:
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= _ALIKE * max(1, min(len(words), len(others)))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for tag, i, j, m, n in _steps([*map(_sign, before)], [*map(_sign, after)]):
        gone, came = "".join(before[i:j]), "".join(after[m:n])
        if tag == "equal":
            yield Piece("same", came)
            continue
        if gone:
            yield Piece("gone", gone)
        if came:
            yield Piece("new", came)


def _sign(token: str) -> str:
    """Write a token as it is compared: blanks and the forms of a sign are one."""
    return told(token) or " "


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if len(old) + len(new) > _MOST_TOKENS:
        same = old == new
        return [("equal" if same else "replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()  # type: ignore[return-value]


def _fold(pieces: list[Piece]) -> Iterator[Piece]:
    """Keep of what stayed only the words next to a change."""
    for place, piece in enumerate(pieces):
        words = piece.text.split()
        before = _AROUND if place else 0
        behind = _AROUND if place < len(pieces) - 1 else 0
        if piece.kind != "same" or len(words) <= before + behind + _AROUND:
            yield piece
            continue
        if before:
            yield Piece("same", _lead(piece.text) + " ".join(words[:before]) + " ")
        yield _folded(len(words) - before - behind)
        if behind:
            yield Piece("same", " " + " ".join(words[-behind:]) + _trail(piece.text))


def _lead(text: str) -> str:
    return " " if text[:1].isspace() else ""


def _trail(text: str) -> str:
    return " " if text[-1:].isspace() else ""


def _folded(words: int) -> Piece:
    return Piece("folded", "", words)
