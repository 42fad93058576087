"""Lists asked for only if they changed: what a site's validators are worth, as pure decisions.

A list is asked conditionally (RFC 9110, section 13) where an answer of 304 says all that a walk
would find out: every article that it named is stored, and none is to be looked at again. From time
to time it is asked without a condition, and what it names is compared with what it named before. A
site that called a changed list unchanged is not believed for a while; one whose validators change
with every answer costs nothing, since it never answers 304.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.extract.draft import Entry, Listing
from crawler.moments import read_moment
from store.model import Note

ASK_IN_FULL = timedelta(hours=6)
"""So long a 304 is believed before the list is asked for without a condition."""

MOST_HIDDEN = 2
"""So many times in a row that only an unconditional question brought news to light, which the
answers of 304 before it had kept back, are no accident."""

NOT_BELIEVED = timedelta(days=30)
"""So long a site that lied is asked without conditions."""

_MOST_CHARACTERS = 1000
"""A longer validator is not sent back: it is none of a sane server's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The validators that came with an answer; empty where there was none."""

    etag: str = ""
    modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.modified)

    @property
    def conditions(self) -> dict[str, str]:
        """Header → value, to ask whether the answer still holds."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is remembered of a list from one crawl to the next."""

    answer: Answer
    entries: tuple[tuple[str, bool], ...]
    """Address of each article that it named, in its order, and whether it leaves the site."""
    at: datetime
    """When it was last read in full."""
    was_304: bool = False
    """It was called unchanged since then."""
    hidden: int = 0
    """Times in a row that news came to light by an unconditional question alone."""
    lied: datetime | None = None
    """When it was found to call changed lists unchanged."""

    def may_ask(self, now: datetime) -> bool:
        """Whether an answer of 304 would be believed now."""
        if not self.answer or not self.entries or (self.lied and now - self.lied < NOT_BELIEVED):
            return False
        return timedelta(0) <= now - self.at < ASK_IN_FULL

    @property
    def named(self) -> tuple[Entry, ...]:
        """What it named, without titles."""
        return tuple(Entry(url=url, title=None, leaves=leaves) for url, leaves in self.entries)


def answer_of(headers: Mapping[str, str]) -> Answer:
    """Take the validators from the headers of an answer; names in title case."""
    etag, modified = headers.get("Etag", ""), headers.get("Last-Modified", "")
    return Answer(etag=_sane(etag), modified=_sane(modified))


def remembered(
    before: Memory | None, answer: Answer, listing: Listing, *, conditional: bool, now: datetime
) -> Memory:
    """Decide what to remember of a list that came in full; `lied` is `now` where it had lied.

    `conditional` says that it was asked for only if it changed. It lied where the same validators
    came with other articles, and where news came to light `MOST_HIDDEN` times in a row only when
    it was asked in full.
    """
    entries = tuple((entry.url, entry.leaves) for entry in listing.entries)
    after = Memory(answer=answer, entries=entries, at=now)
    if before is None:
        return after
    after = replace(after, hidden=before.hidden, lied=before.lied)
    if before.entries == after.entries:
        return after
    if conditional:
        return replace(after, hidden=0)
    after = replace(after, hidden=before.hidden + 1 if before.was_304 else 0)
    same = bool(answer) and answer == before.answer
    if same or after.hidden >= MOST_HIDDEN:
        return replace(after, hidden=0, lied=now)
    return after


def note_name(url: str) -> str:
    """Name the note of a list or offer."""
    return f"validators {url}"


def write_memory(memory: Memory, source: str, url: str, *, now: datetime) -> Note:
    """Write the note of the list at `url`."""
    told = {
        "etag": memory.answer.etag,
        "modified": memory.answer.modified,
        "entries": memory.entries,
        "at": memory.at.isoformat(),
        "was_304": memory.was_304,
        "hidden": memory.hidden,
        "lied": memory.lied.isoformat() if memory.lied else None,
    }
    text = json.dumps(told, ensure_ascii=False)
    return Note(source=source, name=note_name(url), at=now, text=text)


def read_memory(note: Note | None) -> Memory | None:
    """Read what an earlier crawl remembered; None for what is no such note."""
    if note is None:
        return None
    try:
        told = json.loads(note.text)
        lied = read_moment(told["lied"]) if told["lied"] else None
        return Memory(
            answer=Answer(etag=_sane(told["etag"]), modified=_sane(told["modified"])),
            entries=tuple((str(url), bool(leaves)) for url, leaves in told["entries"]),
            at=read_moment(told["at"]),
            was_304=bool(told["was_304"]),
            hidden=int(told["hidden"]),
            lied=lied,
        )
    except (ValueError, TypeError, KeyError):
        return None


def _sane(value: str) -> str:
    value = value.partition("\n")[0].strip()
    return value if len(value) <= _MOST_CHARACTERS and value.isprintable() else ""
