"""The articles as their authors wrote them, before any portal puts its markup around them.

They stand in `articles/<engine>.toml`. Blocks of a body are parted by blank lines: `# ` begins a
heading, `- ` list items, `| ` rows of a table, `! file | caption` a picture; anything else is a
paragraph.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Literal

VIETNAM = timezone(timedelta(hours=7), "+07")

Style = Literal["plain", "word", "div", "breaks"]
"""How the author's editor wrote paragraphs: plain ones, Word's, `div`s, or line breaks only."""

_FOLDER = Path(__file__).parent / "articles"
_NO_ASCII = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a body."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, item by item."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data; its first row names the columns."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture: the name of its file and the words under it."""

    file: str
    caption: str


Block = Paragraph | Heading | Items | Table | Photo


@dataclass(frozen=True, slots=True)
class Attached:
    """A file given with an article."""

    title: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article."""

    number: int
    """The portal's own; higher is newer."""
    published: datetime
    """Aware, Vietnam's zone."""
    precision: Literal["minute", "day"]
    """`day` where the portal never shows the time."""
    category: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    byline: str | None
    organisation: str | None
    source_credit: str | None
    picture: Photo | None
    """The one above the body."""
    attached: tuple[Attached, ...]
    style: Style
    nfd: bool
    """The portal writes its letters with combining marks."""
    edited: bool
    """This edition differs from the first."""

    @property
    def slug(self) -> str:
        """The title as addresses write it."""
        return slug(self.title)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The running text, list items one by one."""
        texts: list[str] = []
        for block in self.blocks:
            match block:
                case Paragraph(text) | Heading(text):
                    texts.append(text)
                case Items(items):
                    texts += items
        return tuple(texts)

    @property
    def photos(self) -> tuple[Photo, ...]:
        """All pictures, in the page's order."""
        above = (self.picture,) if self.picture else ()
        return above + tuple(block for block in self.blocks if isinstance(block, Photo))

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """Rows of the first table; empty when there is none."""
        return next((block.rows for block in self.blocks if isinstance(block, Table)), ())

    def spelt(self, text: str) -> str:
        """Write `text` with the letters that this article's author used."""
        return unicodedata.normalize("NFD", text) if self.nfd else text


@cache
def load_pieces(engine: str, *, edition: int, first: int) -> tuple[Piece, ...]:
    """Read the articles of an engine, newest first, numbered from `first` on with gaps."""
    entries = tomllib.loads((_FOLDER / f"{engine}.toml").read_text(encoding="utf-8"))["article"]
    oldest_first = enumerate(reversed(entries))
    pieces = [
        _piece(entry, first + 3 * index + index % 3, edition) for index, entry in oldest_first
    ]
    return tuple(reversed(pieces))


def slug(title: str) -> str:
    """Write a title in small ASCII letters and hyphens."""
    plain = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    return _NO_ASCII.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")


def _piece(entry: Mapping[str, Any], number: int, edition: int) -> Piece:
    body: str = entry.get("body", "")
    edits = entry.get("edit", ()) if edition > 1 else ()
    for old, new in edits:
        body = body.replace(old, new)
    published, precision = _moment(entry["at"])
    return Piece(
        number=number,
        published=published,
        precision=precision,
        category=entry["category"],
        title=entry["title"],
        lead=entry.get("lead", ""),
        blocks=tuple(_block(block) for block in body.strip().split("\n\n") if block),
        byline=entry.get("byline"),
        organisation=entry.get("organisation"),
        source_credit=entry.get("source_credit"),
        picture=_photo(entry["picture"]) if "picture" in entry else None,
        attached=tuple(Attached(*line.split(" | ")) for line in entry.get("files", ())),
        style=entry.get("style", "plain"),
        nfd=entry.get("nfd", False),
        edited=bool(edits),
    )


def _moment(at: datetime | date) -> tuple[datetime, Literal["minute", "day"]]:
    if isinstance(at, datetime):
        return at.replace(tzinfo=VIETNAM), "minute"
    return datetime(at.year, at.month, at.day, tzinfo=VIETNAM), "day"


def _block(text: str) -> Block:
    lines = text.split("\n")
    match text[:2]:
        case "# ":
            return Heading(text[2:])
        case "- ":
            return Items(tuple(line[2:] for line in lines))
        case "| ":
            return Table(tuple(tuple(line.strip("| ").split(" | ")) for line in lines))
        case "! ":
            return _photo(text[2:])
        case _:
            return Paragraph(text)


def _photo(text: str) -> Photo:
    file, caption = text.split(" | ")
    return Photo(file, caption)
