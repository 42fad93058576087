"""What a demo portal is: a pure function from a request to an answer, and the truth behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import ClassVar, Literal
from urllib.parse import parse_qsl

from crawler.demo import files
from crawler.demo.piece import VIETNAM, Attached, Photo, Piece, load_pieces

HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a portal sends back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A picture or a file of an article."""

    path: str
    """From the host on."""
    words: str
    """A picture's caption, a file's name as shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """What is true of an article: what a good crawler makes of its page and its list entry."""

    path: str
    """Address from the host on, with the query where it has one."""
    title: str
    """NFC, also where the portal writes NFD."""
    published: datetime
    """Aware, Vietnam's zone; 00:00 where the portal shows only the day."""
    precision: Literal["minute", "day"]
    summary: str | None
    """The lead, where the article's page sets it apart; elsewhere it opens `paragraphs`, once,
    also where the page prints it twice."""
    byline: str | None
    organisation: str | None
    source_credit: str | None
    section: str
    paragraphs: tuple[str, ...]
    """The body's paragraphs, headings and list items, NFC; without captions, tables and signs."""
    images: tuple[Linked, ...]
    attachments: tuple[Linked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a portal's pages may depend on."""

    path: str
    query: Mapping[str, str]
    now: datetime
    """In Vietnam's zone."""
    pieces: tuple[Piece, ...]
    """The articles of the edition asked for, newest first."""
    base: str
    """Scheme and host for absolute addresses; empty for addresses from the host on."""


class Portal(ABC):
    """One portal. Subclasses know an engine's addresses and markup."""

    source_id: ClassVar[str]
    name: ClassVar[str]
    engine: ClassVar[str]
    """Names the file of its articles."""
    first_number: ClassVar[int]
    """Number of its oldest article."""
    listings: ClassVar[tuple[str, ...]]
    """Its lists, which together show every article."""
    sections: ClassVar[Mapping[str, str]]
    """Category, as the articles' file names it → rubric, as people read it."""
    robots: ClassVar[str]
    rules: ClassVar[str]
    """What its recipe says beyond name, site and lists, as TOML."""

    lead_apart: ClassVar[bool] = True
    """False where the engine has no place for a lead but the body's first paragraph."""

    @property
    def articles(self) -> tuple[DemoArticle, ...]:
        """The truth of edition 1, newest first."""
        return self.articles_in(1)

    def articles_in(self, edition: int) -> tuple[DemoArticle, ...]:
        """Tell the truth of an edition, newest first."""
        return tuple(self._truth(piece) for piece in self.pieces(edition))

    def answer(self, target: str, *, now: datetime, edition: int, base: str = "") -> Answer:
        """Answer a GET request for `target` (path and query).

        `now` is aware; it shows only in page headers that tell today's date. From edition 2 on,
        one article is as it was after its edit. `base` as in `Request`.
        """
        file = _files_of(self).get(target)
        if file is not None:
            return file()
        path, _, query = target.partition("?")
        if path == "/robots.txt":
            return text_answer(self.robots, content_type="text/plain; charset=utf-8")
        return self.page(
            Request(
                path=path,
                query=dict(parse_qsl(query)),
                now=now.astimezone(VIETNAM),
                pieces=self.pieces(edition),
                base=base,
            )
        )

    def recipe(self, site: str) -> str:
        """Write the portal's recipe, for a portal that stands at `site`."""
        listings = ", ".join(f'"{path}"' for path in self.listings)
        return (
            f'name = "{self.name}"\nsite = "{site}"\n'
            f"{self.rules.format(listings=f'[{listings}]')}"
            "[pace]\ndelay_seconds = 0.05\n"
        )

    @abstractmethod
    def page(self, request: Request) -> Answer:
        """Answer for anything but files and robots.txt."""

    @abstractmethod
    def path_of(self, piece: Piece) -> str:
        """Address of an article, from the host on."""

    @abstractmethod
    def photo_path(self, piece: Piece, photo: Photo) -> str:
        """Address of a picture."""

    @abstractmethod
    def attached_path(self, piece: Piece, index: int) -> str:
        """Address of the attachment of that index."""

    def pieces(self, edition: int) -> tuple[Piece, ...]:
        """Give the articles of an edition, newest first."""
        return load_pieces(self.engine, edition=min(max(edition, 1), 2), first=self.first_number)

    def _truth(self, piece: Piece) -> DemoArticle:
        lead = (piece.lead,) if piece.lead and not self.lead_apart else ()
        return DemoArticle(
            path=self.path_of(piece),
            title=piece.title,
            published=piece.published,
            precision=piece.precision,
            summary=(piece.lead or None) if self.lead_apart else None,
            byline=piece.byline,
            organisation=piece.organisation,
            source_credit=piece.source_credit,
            section=self.sections[piece.category],
            paragraphs=lead + piece.paragraphs,
            images=tuple(
                Linked(path=self.photo_path(piece, photo), words=photo.caption)
                for photo in piece.photos
            ),
            attachments=tuple(
                Linked(path=self.attached_path(piece, index), words=file.title)
                for index, file in enumerate(piece.attached)
            ),
        )


@cache
def _files_of(portal: Portal) -> dict[str, Callable[[], Answer]]:
    made: dict[str, Callable[[], Answer]] = {}
    for piece in portal.pieces(1):
        for photo in piece.photos:
            made[portal.photo_path(piece, photo)] = partial(_picture, photo)
        for index, attached in enumerate(piece.attached):
            made[portal.attached_path(piece, index)] = partial(_attachment, piece, attached)
    return made


def _picture(photo: Photo) -> Answer:
    return _file_answer("image/png", files.png(photo.file))


def _attachment(piece: Piece, attached: Attached) -> Answer:
    if attached.file.endswith(".xlsx"):
        return _file_answer(files.XLSX_TYPE, files.xlsx(piece.table or ((attached.title,),)))
    return _file_answer("application/pdf", files.pdf(attached.file))


def _file_answer(content_type: str, body: bytes) -> Answer:
    return Answer(status=200, headers=(("Content-Type", content_type),), body=body)


def text_answer(text: str, *, status: int = 200, content_type: str = HTML) -> Answer:
    """Answer with a text."""
    return Answer(status=status, headers=(("Content-Type", content_type),), body=text.encode())


def moved(location: str) -> Answer:
    """Answer with a permanent redirect."""
    return Answer(status=301, headers=(("Location", location), ("Content-Type", HTML)), body=b"")
