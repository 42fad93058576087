"""Case folders: a page, what it holds, and how near two ways of reading come to it.

`recipe` reads a page as its family's; `unaided` reads it as a page of a site nobody prepared: no
family is recognised, and the names that the family's rules know are other ones.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest

from crawler import reading
from crawler.extract.draft import NextPage
from crawler.extract.page import Page
from crawler.extract.select import needs_of
from crawler.extract.text.voters import words_of
from crawler.families import FAMILIES, family_named
from crawler.recipe import Recipe, Source
from store.model import VIETNAM, Article, Precision
from tests.pages import NOW

ROOT = Path(__file__).parent
Way = Literal["recipe", "unaided"]
WAYS: tuple[Way, ...] = ("recipe", "unaided")
KINDS = frozenset({"article", "list", "other"})
META_KEYS = frozenset(
    {"kind", "url", "family", "note", "headers", "content_type", "recipe", "open"}
    | {"fetched", "unconfirmed"}
)
ARTICLE_FIELDS = (
    "title",
    "published",
    "published_from",
    "summary",
    "byline",
    "organisation",
    "source_credit",
    "dateline",
    "section",
    "body_text",
    "images",
    "attachments",
)
LIST_FIELDS = ("entries", "dates", "next")
NO_ARTICLE = "no_article"
"""The one field of a page of kind `other`: that nothing is taken for an article."""
FIELDS = (*ARTICLE_FIELDS, *LIST_FIELDS, NO_ARTICLE)
UNAIDED_FIELDS = frozenset({"title", "published", "body_text", "entries", "dates", NO_ARTICLE})
"""What is asked of a page that nobody prepared."""

_SHINGLE_WORDS = 4
_ATTRIBUTE = re.compile(r"""(?<=[\s"'])(class|id|data-[\w-]{1,30})=("[^"<>]*"|'[^'<>]*')""", re.I)
_VALUE = re.compile(r"""\[\s*(?:class|id|data-[\w-]+)\s*[*^$~|]?=\s*["']?([\w:/.-]+)["']?\s*\]""")


@dataclass(frozen=True)
class Case:
    """One folder."""

    folder: Path

    @property
    def name(self) -> str:
        """Family and case, as test ids show it."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @cached_property
    def meta(self) -> dict[str, Any]:
        return _json(self.folder / "meta.json")

    @cached_property
    def expected(self) -> dict[str, Any]:
        """Field → value, typed by hand; a field that is left out is not tested."""
        told = _json(self.folder / "expected.json")
        if self.meta["kind"] == "other":
            return {NO_ARTICLE: True}
        if self.meta["kind"] == "list":
            entries = told.get("entries", [])
            dated = {"dates": [(e["url"], e["date"]) for e in entries if "date" in e]}
            told = {**told, "entries": [(e["url"], e["title"]) for e in entries], **dated}
        return {field: _normal(field, value) for field, value in told.items()}

    @property
    def open_fields(self) -> Mapping[str, str]:
        """Field → why the reading by recipe is known not to be exact yet."""
        found: Mapping[str, str] = self.meta.get("open", {})
        return found

    @property
    def fetched(self) -> datetime:
        """When the page was seen; dates after it are none."""
        told = self.meta.get("fetched")
        return datetime.fromisoformat(told) if told else NOW

    @property
    def unconfirmed(self) -> str:
        """What is left to do where nobody has compared the expected values with the page yet."""
        if not self.meta.get("unconfirmed"):
            return ""
        return (
            f"compare {self.folder / 'expected.json'} with {self.folder / 'page.html'}, mend what "
            f'is wrong, then delete the line "unconfirmed" from {self.folder / "meta.json"}'
        )

    def source(self, way: Way) -> Source:
        family = self.meta["family"] if way == "recipe" else "generic"
        extra = self.meta.get("recipe", {}) if way == "recipe" else {}
        parts = urlsplit(self.meta["url"])
        told = {"name": "Sở", "site": f"{parts.scheme}://{parts.netloc}", "listings": ("/",)}
        return Source("dien-bien/thu", Recipe.model_validate({**told, "family": family, **extra}))

    def page(self, way: Way = "recipe") -> Page:
        """Make the page anew, parsed by nobody yet."""
        meta = self.meta
        page = Page(
            url=meta["url"],
            body=(self.folder / "page.html").read_bytes(),
            content_type=meta.get("content_type", ""),
            headers=meta.get("headers"),
            fetched=self.fetched,
        )
        if way == "recipe":
            return page
        body = unnamed(page.text, meta["family"]).encode()
        return Page(
            url=page.url, body=body, content_type="text/html; charset=utf-8", fetched=self.fetched
        )

    def fields(self, way: Way) -> list[str]:
        """List the fields to look at, in the order of `FIELDS`."""
        asked = [field for field in FIELDS if field in self.expected]
        return asked if way == "recipe" else [f for f in asked if f in UNAIDED_FIELDS]


def cases() -> list[Case]:
    """List every case, by name."""
    return [Case(path.parent) for path in sorted(ROOT.glob("*/*/meta.json"))]


@cache
def got(case: Case, way: Way) -> Mapping[str, Any]:
    """Read a case's page; field → value in the form of `expected.json`, unknown ones left out."""
    page, source = case.page(way), case.source(way)
    with pytest.MonkeyPatch.context() as patch:
        if way == "unaided":
            patch.setattr(reading, "recognise", lambda _: (family_named("generic"), ()))
        if case.meta["kind"] == "list":
            return _list(page, source, {url for url, _ in case.expected["dates"]})
        read = reading.read(page, source, entry=None, now=case.fetched)
    article = read.sighting.article if read.sighting else None
    if case.meta["kind"] == "other":
        return {NO_ARTICLE: article is None or not source.is_article(page.url)}
    return _article(article, case.expected) if article else {}


def score(case: Case, way: Way, field: str) -> float:
    """Say how near a reading comes, 0 to 1."""
    want, have = case.expected[field], got(case, way).get(field)
    if field == "body_text":
        return _alike(_shingles(want), _shingles(have or ""))
    if isinstance(want, list):
        return _alike(map(_hashable, want), map(_hashable, have or ()))
    return float(want == have)


def scores(way: Way, found: Iterable[Case]) -> dict[str, dict[str, float]]:
    """Score every field of every confirmed case. Shape: field → case's name → score."""
    table: dict[str, dict[str, float]] = {}
    for case in found:
        if case.unconfirmed:
            continue
        for field in case.fields(way):
            table.setdefault(field, {})[case.name] = score(case, way, field)
    return {field: table[field] for field in FIELDS if field in table}


def unnamed(text: str, family: str) -> str:
    """Give other names to what the family's rules look for; generic pages are left as they are."""
    names, parts = _known_names(family)

    def renamed(found: re.Match[str]) -> str:
        tokens = [_alias(token) if token in names else token for token in found[2][1:-1].split()]
        value = " ".join(tokens)
        for part in parts:
            value = value.replace(part, _alias(part))
        return f'{found[1]}="{value}"'

    return _ATTRIBUTE.sub(renamed, text) if names or parts else text


@cache
def _known_names(family: str) -> tuple[frozenset[str], tuple[str, ...]]:
    if family == "generic":
        return frozenset(), ()
    rules = FAMILIES[family].rules
    selectors = [
        css for field in rules.__dataclass_fields__ for css in getattr(rules, field) if css
    ]
    names = {name for css in selectors for name in needs_of(css).classes | needs_of(css).ids}
    return frozenset(names), tuple(sorted({v for css in selectors for v in _VALUE.findall(css)}))


def _alias(name: str) -> str:
    return f"x{zlib.crc32(name.encode()):08x}"


def _list(page: Page, source: Source, dated: Container[str]) -> dict[str, Any]:
    listing = reading.read_list(page, source)
    return {
        "entries": [(entry.url, entry.title) for entry in listing.entries],
        "dates": [
            (e.url, e.date and _moment(e.date.value.at, e.date.value.precision))
            for e in listing.entries
            if e.url in dated
        ],
        "next": _next(listing.next_page),
    }


def _next(found: NextPage | None) -> str | None:
    """Write an address, or of a form that ASP.NET posts where it goes and what was clicked."""
    if found is None:
        return None
    if not found.form:
        return found.url
    sent = dict(found.form)
    return f"POST {found.url} {sent['__EVENTTARGET']} {sent['__EVENTARGUMENT']}"


def _article(article: Article, expected: Mapping[str, Any]) -> dict[str, Any]:
    plain = {field: getattr(article, field) for field in ARTICLE_FIELDS if field != "published"}
    return {
        **plain,
        "published": None
        if article.published_from == "first-seen"
        else _moment(article.published, article.published_precision),
        "images": _as_told(article.images, expected.get("images"), ("url", "caption")),
        "attachments": _as_told(
            article.attachments,
            expected.get("attachments"),
            ("url", "title", "media_type", "size_bytes"),
        ),
    }


def _normal(field: str, value: Any) -> Any:
    """Write what a person typed as the reading writes it: no seconds, an empty list for none."""
    if field == "published" and value and len(value) > 10:
        return _moment(datetime.fromisoformat(value), "minute")
    if value is None and field in {"images", "attachments"}:
        return []
    return "" if value is None and field == "body_text" else value


def _as_told(
    found: Iterable[object], told: Iterable[Mapping[str, Any]] | None, names: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Write pictures or files with the keys that the case names; all of them for one too many."""
    forms: Iterable[Iterable[str]] = chain(told or (), repeat(names))
    return [
        {name: getattr(item, name) for name in form}
        for item, form in zip(found, forms, strict=False)
    ]


def _moment(at: datetime, precision: Precision) -> str:
    local = at.astimezone(VIETNAM)
    if precision == "day":
        return local.date().isoformat()
    return local.isoformat(timespec="minutes")


def _shingles(text: str) -> Iterator[Hashable]:
    """Source: scrapinghub/article-extraction-benchmark, `evaluate.py`."""
    words = words_of(text).split()
    if len(words) < _SHINGLE_WORDS:
        return iter([tuple(words)] if words else [])
    return iter([tuple(words[i : i + _SHINGLE_WORDS]) for i in range(len(words) - 3)])


def _alike(want: Iterable[Hashable], have: Iterable[Hashable]) -> float:
    """F1 of two multisets; 1 for two empty ones."""
    one, other = Counter(want), Counter(have)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _hashable(item: object) -> Hashable:
    return json.dumps(item, sort_keys=True, ensure_ascii=False)


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
