"""Reads one page as a crawl would and tells what came of it: the work of `tinso try`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler import reading
from crawler.config import Config
from crawler.extract.draft import Entry, Listing
from crawler.extract.page import Page
from crawler.failures import Failure, of_answer
from crawler.recipe import Recipe, Source, load_source, load_sources
from store.errors import TinsoError, WrongUse
from store.shown import shown

FETCH_SECONDS = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was read from one page."""

    page: Page
    source: Source
    evidence: tuple[str, ...]
    """What the family was recognised by; empty when it was asked for, or nothing told."""
    reading: reading.Reading
    listing: Listing

    @property
    def readable(self) -> bool:
        """Whether the page gave an article, or is a list."""
        return self.reading.sighting is not None or bool(self.listing.entries)

    def shown(self) -> dict[str, Any]:
        """Write it for a program: the article's own fields, and how they were come by."""
        sighting = self.reading.sighting
        refusal = self.reading.refusal
        return {
            "url": self.page.url,
            "family": self.source.recipe.family,
            "evidence": list(self.evidence),
            "recipe": self.source.id,
            **(shown(sighting.article) if sighting else {}),
            "refusal": asdict(refusal) if refusal else None,
            "doubts": list(self.reading.doubts),
            "entries": [_entry(entry) for entry in self.listing.entries],
            "next_url": self.listing.next_url,
        }


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
    if "://" in what:
        page = _fetch(what, asked or _of_host(what, config) or _without_recipe(what, None))
    else:
        page = _read_file(Path(what), url)
    source = asked or _of_host(page.url, config)
    evidence: tuple[str, ...] = ()
    if source is None or family:
        found, evidence = reading.recognise(page)
        source = _without_recipe(page.url, family or found.name)
    now = page.fetched or datetime.now(UTC)
    return Trial(
        page=page,
        source=source,
        evidence=evidence,
        reading=reading.read(page, source, entry=None, now=now),
        listing=reading.read_list(page, source),
    )


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise WrongUse(f"{url!r} is no web address", repair="write it with http:// or https://")


def _read_file(file: Path, url: str | None) -> Page:
    try:
        body = file.read_bytes()
    except OSError as fault:
        raise WrongUse(
            f"{str(file)!r} is neither a file that can be read nor a web address: {fault.strerror}",
            repair="write an address with http:// or https://",
        ) from fault
    page = Page(url=url or "http://saved.invalid/", body=body, fetched=datetime.now(UTC))
    if url:
        return page
    own = next(iter(page.canonical_hrefs), None) or page.meta.get("og:url")
    if own and urlsplit(own).hostname:
        return Page(url=own, body=body, fetched=page.fetched)
    return page


def _fetch(url: str, source: Source) -> Page:
    """Fetch one page as a crawl does: robots.txt, addresses and certificates are looked to."""
    with tempfile.TemporaryDirectory(prefix="tinso-try-") as folder:
        answer = Path(folder, "answer")
        body = Path(folder, "body")
        order = json.dumps(
            {
                "url": url,
                "source": source.id,
                "recipe": source.recipe.model_dump(mode="json", exclude_defaults=True),
                "answer": str(answer),
                "body": str(body),
            }
        )
        done = _run(url, order)
        if done.returncode or not answer.exists():
            words = done.stderr.strip().splitlines() or ["no answer"]
            raise TinsoError(f"{url} could not be fetched: {words[-1]}", repair="try again later")
        told = json.loads(answer.read_text(encoding="utf-8"))
        if "cause" in told:
            raise TinsoError(Failure(**told).message)
        page = Page(
            url=told["url"],
            body=body.read_bytes(),
            content_type=told["content_type"],
            headers=told["headers"],
            fetched=datetime.now(UTC),
        )
    refused = of_answer(url=page.url, content_type=page.content_type, body=page.body)
    if refused is not None:
        raise TinsoError(refused.message)
    return page


def _run(url: str, order: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [sys.executable, "-P", "-m", "crawler.fetch"],
            input=order,
            text=True,
            capture_output=True,
            timeout=FETCH_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise TinsoError(Failure(cause="timeout", url=url).message) from fault


def _of_host(url: str, config: Config) -> Source | None:
    host = urlsplit(url).netloc.lower()
    return next((s for s in load_sources(config.roots) if host in s.hosts), None)


def _without_recipe(url: str, family: str | None) -> Source:
    parts = urlsplit(url)
    if not parts.hostname:
        raise WrongUse(f"{url!r} is no web address", repair="write it with http:// or https://")
    try:
        recipe = Recipe.model_validate(
            {
                "name": parts.netloc,
                "site": f"{parts.scheme}://{parts.netloc}",
                "listings": [parts.path or "/"],
                "family": family or "generic",
            }
        )
    except ValueError as fault:
        from crawler.families import FAMILIES

        raise WrongUse(
            f"unknown family {family!r}", repair=f"known are {', '.join(FAMILIES)}"
        ) from fault
    return Source("trung-uong/khong-cong-thuc", recipe)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "url": entry.url,
        "title": entry.title,
        "published": entry.date.value.at.isoformat() if entry.date else None,
        "published_precision": entry.date.value.precision if entry.date else None,
        "summary": entry.summary,
    }
