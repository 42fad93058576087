"""Reads one page as a crawl would and tells what came of it: the work of `tinso try`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler import reading
from crawler.clean.text import one_line, visible
from crawler.config import Config
from crawler.doubts import doubt_said
from crawler.extract.draft import Entry, Listing
from crawler.extract.page import Page
from crawler.failures import Failure
from crawler.fetching import Fetcher, fetch_page
from crawler.recipe import Recipe, Source
from crawler.recipes import load_source, load_sources
from crawler.runners_up import Field, fields_of
from store.errors import TinsoError, WrongUse
from store.shown import shown

_NO_RECIPE = "trung-uong/khong-cong-thuc"
"""Id of the source that stands in where there is no recipe; nobody is shown it."""
_NO_ADDRESS = "http://saved.invalid/"
"""Address of a saved page that names none; nobody is shown it."""
_NO_HOST = re.compile(r"https?://saved\.invalid(?![\w.:-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was read from one page."""

    page: Page
    file: str | None
    """The saved file's name; None for a page that was fetched."""
    has_address: bool
    """Whether the page's address is known; links of a saved page may lack their host without."""
    source: Source
    evidence: tuple[str, ...]
    """What the family was recognised by; empty when it was asked for, or nothing told."""
    reading: reading.Reading
    fields: Mapping[str, Field]
    """Every field that is read, with what else the page offers for it."""
    listing: Listing

    @property
    def readable(self) -> bool:
        """Whether the page gave an article, or is a list."""
        return self.reading.sighting is not None or bool(self.listing.entries)

    @property
    def name(self) -> str:
        """The page's address; the file's name where none is known."""
        return self.page.url if self.has_address else one_line(self.file or "")

    def shown(self) -> dict[str, Any]:
        """Write it for a program: the article's own fields, and how they were come by.

        Shape: None for what only a stand-in tells: the address of a saved page that names none,
        and the recipe, source and id of a page that no recipe is for. No invisible characters.
        """
        sighting = self.reading.sighting
        refusal = self.reading.refusal
        document: dict[str, Any] = {
            "url": self.page.url,
            "file": self.file,
            "family": self.reading.family,
            "evidence": list(self.evidence or self.reading.evidence),
            "recipe": self.source.id,
            **(shown(sighting.article) if sighting else {}),
            "refusal": asdict(refusal) if refusal else None,
            "fields": {name: field.shown() for name, field in self.fields.items()},
            "doubts": list(self.reading.doubts),
            "doubts_said": [doubt_said(code) for code in self.reading.doubts],
            "entries": [_entry(entry) for entry in self.listing.entries],
            "next_url": self.listing.next_url,
        }
        unknown: set[str] = set()
        if not self.has_address:
            unknown |= {"url"}
            if refusal:
                told = self.name + refusal.message.removeprefix(self.page.url)
                document["refusal"]["message"] = told
        if self.source.id == _NO_RECIPE:
            unknown |= {"recipe", "source", "id"}
        document |= dict.fromkeys(unknown & document.keys())
        cleaned: dict[str, Any] = _fit_to_show(document)
        return cleaned


def try_page(
    what: str, *, url: str | None, source_id: str | None, family: str | None, config: Config
) -> Trial:
    """Read a page that is saved in a file or fetched from its address.

    The recipe is the one asked for, else the one of the page's host, else none but the rules of
    the family asked for or recognised. Raises WrongUse for what is neither file nor address, and
    TinsoError where the page cannot be fetched.
    """
    asked = load_source(source_id, config.roots) if source_id else None
    for address in (what if "://" in what else None, url):
        if address is not None:
            _check_address(address)
    has_address = True
    if "://" in what:
        page = _fetch(what, asked or _of_host(what, config) or _without_recipe(what, None))
    else:
        page, has_address = _read_file(Path(what), url, asked)
    source = asked or _of_host(page.url, config)
    evidence: tuple[str, ...] = ()
    if source is None or family:
        found, evidence = reading.recognise(page)
        source = _without_recipe(page.url, family or found.name)
    now = page.fetched or datetime.now(UTC)
    read = reading.read(page, source, entry=None, now=now, audit=True)
    return Trial(
        page=page,
        file=None if "://" in what else Path(what).name,
        has_address=has_address,
        source=source,
        evidence=evidence,
        reading=read,
        fields=fields_of(page, source, read, now=now),
        listing=reading.read_list(page, source),
    )


def _check_address(url: str) -> None:
    if not _is_address(url):
        raise WrongUse(f"{url!r} is no web address", repair="write it with http:// or https://")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _read_file(file: Path, url: str | None, asked: Source | None) -> tuple[Page, bool]:
    """Read a saved page, and tell whether its address is known: `url`, or what the page names."""
    try:
        if file.exists() and not file.is_file():
            raise WrongUse(f"{str(file)!r} is no file", repair="name a saved page")
        body = file.read_bytes()
    except OSError as fault:
        raise WrongUse(
            f"{str(file)!r} is neither a file that can be read nor a web address: {fault.strerror}",
            repair="write an address with http:// or https://",
        ) from fault
    stand_in = f"{asked.recipe.site}/" if asked else _NO_ADDRESS
    page = Page(url=url or stand_in, body=body, fetched=datetime.now(UTC))
    if url:
        return page, True
    for own in (*page.canonical_hrefs, page.meta.get("og:url", "")):
        if _is_address(own):
            return Page(url=own, body=body, fetched=page.fetched), True
    return page, False


def _fetch(url: str, source: Source) -> Page:
    """Fetch one page as a crawl does: robots.txt, addresses and certificates are looked to."""
    with Fetcher(source, stay=False) as fetch:
        got = fetch_page(fetch, url)
    if isinstance(got, Failure):
        raise TinsoError(got.message)
    return got


def _of_host(url: str, config: Config) -> Source | None:
    host = urlsplit(url).netloc.lower()
    return next((s for s in load_sources(config.roots) if host in s.hosts), None)


def _without_recipe(url: str, family: str | None) -> Source:
    _check_address(url)
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    try:
        recipe = Recipe.model_validate(
            {
                "name": host,
                "site": f"{parts.scheme}://{host}",
                "listings": [parts.path or "/"],
                "family": family or "generic",
            }
        )
    except ValueError as fault:
        from crawler.families import FAMILIES

        raise WrongUse(
            f"unknown family {family!r}", repair=f"known are {', '.join(FAMILIES)}"
        ) from fault
    return Source(_NO_RECIPE, recipe)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "url": entry.url,
        "title": entry.title,
        "published": entry.date.value.at.isoformat() if entry.date else None,
        "published_precision": entry.date.value.precision if entry.date else None,
        "summary": entry.summary,
    }


def _fit_to_show(value: Any) -> Any:
    """Take out of all texts the host that nobody named, and what a terminal might obey."""
    if isinstance(value, str):
        return _NO_HOST.sub("", visible(value).replace("\r", ""))
    if isinstance(value, list | tuple):
        return [_fit_to_show(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _fit_to_show(one) for name, one in value.items()}
    return value
