"""A source is a data file: what a recipe may say, and how one is read and checked.

A recipe is `sources/<province>/<department>.toml`; its place is its id. It says only what differs
from its family. Every fault of a file is told at once, each with the file, the key and, for a key
that nobody knows, the nearest one that is known.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import cssselect
from parsel.csstranslator import HTMLTranslator
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from crawler.extract.date_order import SourceDates
from crawler.extract.key import key_in
from crawler.extract.rules import Rules
from crawler.families import FAMILIES, Family, family_named
from store.errors import RecipeError, WrongUse
from store.model import VIETNAM, SourceCard
from store.provinces import MINISTRY, provinces

BUNDLED = Path(__file__).parent / "sources"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _selector(value: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(value)
    except (cssselect.SelectorError, ValueError) as fault:
        raise ValueError(f"the selector {value!r} does not compile: {fault}") from fault
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as fault:
        raise ValueError(f"the pattern {value!r} does not compile: {fault}") from fault
    return value


def _site(value: str) -> str:
    parts = urlsplit(value)
    try:
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"{value!r} is no site: write it like 'https://example.gov.vn'")
    return value.rstrip("/")


def _host(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9.-]+(:\d+)?", value):
        raise ValueError(f"{value!r} is no host: write it like 'old.example.gov.vn'")
    return value


def _print(value: str) -> str:
    if not value.startswith("/") or value.count("{key}") != 1 or value.count("{") != 1:
        raise ValueError(f"{value!r} is no print page: write it like '/print.aspx?id={{key}}'")
    return value


def _other_source(value: str) -> str:
    if not _known_place(value):
        raise ValueError(f"{value!r} is no source's id: write it like 'dien-bien/khcn'")
    return value


def _zone(value: str) -> str:
    if not re.fullmatch(r"UTC|[+-](?:0\d|1[0-4])(?::[0-5]\d)?", value):
        raise ValueError(f"{value!r} is no zone: write it like 'UTC' or '+08:00'")
    return value


def _family(value: str) -> str:
    if value not in FAMILIES:
        near = difflib.get_close_matches(value, FAMILIES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(FAMILIES)}"
        raise ValueError(f"unknown family {value!r}: {hint}")
    return value


Selectors = Annotated[
    tuple[Annotated[str, AfterValidator(_selector)], ...], BeforeValidator(_as_tuple)
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Select(_Strict):
    """CSS for what differs from the family; a string or a list, best first."""

    entry: Selectors = ()
    entry_link: Selectors = ()
    entry_title: Selectors = ()
    entry_date: Selectors = ()
    entry_summary: Selectors = ()
    next: Selectors = ()
    title: Selectors = ()
    date: Selectors = ()
    summary: Selectors = ()
    body: Selectors = ()
    byline: Selectors = ()
    organisation: Selectors = ()
    source_credit: Selectors = ()
    section: Selectors = ()
    image: Selectors = ()
    attachments: Selectors = ()
    drop: Selectors = ()


class Pace(_Strict):
    """How gently a site is asked, where the default is not right for it."""

    delay_seconds: float = Field(default=1.0, ge=0.001, le=60)
    """Between two requests."""
    every_minutes: int | None = Field(default=None, ge=10, le=7 * 24 * 60)
    """Between two crawls; None follows the source's own rhythm."""


class Recipe(_Strict):
    """One source."""

    name: str = Field(min_length=1)
    """The department's name, in Vietnamese."""
    site: Annotated[str, AfterValidator(_site)]
    """Scheme and host."""
    listings: tuple[str, ...] = Field(min_length=1)
    """Addresses of the list pages, from the host on, newest articles first."""
    family: Annotated[str, AfterValidator(_family)] = "generic"
    article: Annotated[str, AfterValidator(_pattern)] | None = None
    """Pattern of article addresses; its group `key` is the article's number, and `scope` the
    part of the site that counts its own. None: the family's."""
    until: date | None = None
    """The department's last day, where it is no more; its archive stays."""
    successor: Annotated[str, AfterValidator(_other_source)] | None = None
    """Id of the source that took the work over after `until`."""
    formerly: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    """Former hosts, and side hosts of the same office: articles found under them are its own."""
    print: Annotated[str, AfterValidator(_print)] | None = None
    """Address of an article's print page, with `{key}` for its number: asked for where neither page
    nor list gives a date. None: the family's, if it has one."""
    shown_zone: Annotated[str, AfterValidator(_zone)] | None = None
    """Zone of times shown without one, where it is not Vietnam's: `UTC`, `+08:00`."""
    select: Select = Select()
    pace: Pace = Pace()
    verify: bool = True
    """Check the site's certificate; false only for one whose chain is known to be broken."""
    private: bool = False
    """The host may lie on a private network; a site on this very machine needs no word."""
    checked: bool = False
    """Somebody saw this recipe work on the live site."""


class Source:
    """A recipe with its id, and what follows from both: what a crawl is given."""

    def __init__(self, source_id: str, recipe: Recipe) -> None:
        self.id = source_id
        self.recipe = recipe
        self.family: Family = family_named(recipe.family)
        self.own_rules = Rules(**recipe.select.model_dump())
        """What the recipe itself says."""
        self.rules: Rules = self.own_rules.before(self.family.rules)
        self.article_address: re.Pattern[str] = (
            re.compile(recipe.article) if recipe.article else self.family.article_address
        )

        self._our_hosts = frozenset(host.removeprefix("www.") for host in self.hosts)

    def __repr__(self) -> str:
        return f"Source({self.id!r})"

    @property
    def province(self) -> str | None:
        """Slug of the province (of the 63); None for the ministry."""
        first = self.id.split("/")[0]
        return first if first in provinces() else None

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts whose pages belong to the source, today's first; with the port where one is set."""
        return (urlsplit(self.recipe.site).netloc.lower(), *self.recipe.formerly)

    def is_article(self, url: str, seen: Family | None = None) -> bool:
        """Whether an address is one of this source's articles.

        `seen` is the family that a page's traces prove, whose addresses count as well.
        """
        host = urlsplit(url).netloc.lower().removeprefix("www.")
        if host not in self._our_hosts:
            return False
        if self.article_address.search(url):
            return True
        return bool(seen and not self.recipe.article and seen.article_address.search(url))

    def key_of(self, url: str) -> str | None:
        """Return the number that the CMS gave the article; None where its address has none."""
        return key_in(self.article_address, url)

    def print_url(self, url: str) -> str | None:
        """Name the print page of an article; None where none is known."""
        if self.recipe.print:
            key = self.key_of(url)
            number = key.rpartition("/")[2] if key else None
            return f"{self.recipe.site}{self.recipe.print.format(key=number)}" if number else None
        return self.family.print_url(url)

    def dates(self) -> SourceDates:
        """Make a reader of its dates, which has learnt nothing yet."""
        return SourceDates(usual=self.family.date_orders, zone=_offset(self.recipe.shown_zone))

    @property
    def listing_urls(self) -> tuple[str, ...]:
        """Absolute addresses of the list pages."""
        return tuple(
            path if "://" in path else f"{self.recipe.site}/{path.lstrip('/')}"
            for path in self.recipe.listings
        )

    def shown(self) -> dict[str, Any]:
        """Write the source for a program, with the recipe's own keys."""
        recipe = self.recipe.model_dump(mode="json", exclude={"select", "pace"})
        return {"id": self.id, "province": self.province, **recipe}

    @property
    def card(self) -> SourceCard:
        """What readers and ops see of it."""
        return SourceCard(
            id=self.id,
            name=self.recipe.name,
            site=self.recipe.site,
            province=self.province,
            family=self.recipe.family,
            checked=self.recipe.checked,
        )


def parse_recipe(text: str, *, source_id: str, file: str | None = None) -> Source:
    """Check the text of a recipe.

    Raises RecipeError with every fault of the file, a line each.
    """
    where = file or source_id
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise RecipeError(f"{where}: not valid TOML: {fault}") from fault
    faults = [] if _known_place(source_id) else [_bad_id(source_id)]
    recipe = None
    try:
        recipe = Recipe.model_validate(data)
    except ValidationError as found:
        faults += [_fault(error) for error in found.errors()]
    if recipe is not None:
        source = Source(source_id, recipe)
        faults += _foreign_listings(source) + _odd_succession(source)
    if recipe is None or faults:
        raise RecipeError("\n".join(f"{where}: {fault}" for fault in faults))
    return Source(source_id, recipe)


def read_recipe(path: Path, *, root: Path) -> Source:
    """Read the recipe at `path` below `root`; raises RecipeError."""
    source_id = path.relative_to(root).with_suffix("").as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise RecipeError(f"{path}: cannot be read: {fault}") from fault
    return parse_recipe(text, source_id=source_id, file=str(path))


def find_sources(roots: tuple[Path, ...]) -> dict[str, Path]:
    """List the recipes below `roots` by id, sorted; of two with one id the earlier root's counts.

    Raises WrongUse for a root that is no folder. No file is read.
    """
    found: dict[str, Path] = {}
    for root in roots:
        if not root.is_dir():
            raise WrongUse(f"no folder of recipes at {str(root)!r}", repair="set TINSO_SOURCES")
        for path in sorted(root.glob("*/*.toml")):
            found.setdefault(path.relative_to(root).with_suffix("").as_posix(), path)
    return dict(sorted(found.items()))


def load_source(source_id: str, roots: tuple[Path, ...]) -> Source:
    """Read one source; raises WrongUse for an id nobody knows, RecipeError for a bad file."""
    found = find_sources(roots)
    if source_id not in found:
        near = difflib.get_close_matches(source_id, found, 1)
        hint = f"did you mean {near[0]!r}?" if near else "`tinso sources` lists them"
        raise WrongUse(f"unknown source {source_id!r}", repair=hint)
    path = found[source_id]
    return read_recipe(path, root=path.parent.parent)


def load_sources(roots: tuple[Path, ...]) -> list[Source]:
    """Read all sources, by id; raises one RecipeError with the faults of all files."""
    sources, faults = [], []
    found = find_sources(roots)
    for path in found.values():
        try:
            source = read_recipe(path, root=path.parent.parent)
        except RecipeError as fault:
            faults.append(str(fault))
            continue
        sources.append(source)
        faults += [f"{path}: {fault}" for fault in _lost_successor(source, found)]
    if faults:
        raise RecipeError("\n".join(faults))
    return sources


def _offset(zone: str | None) -> timezone:
    """Turn a recipe's zone into an offset; Vietnam's where it names none."""
    if zone is None:
        return VIETNAM
    hours, _, minutes = zone.removeprefix("UTC").partition(":")
    size = timedelta(hours=abs(int(hours or 0)), minutes=int(minutes or 0))
    return timezone(-size if zone.startswith("-") else size)


def _foreign_listings(source: Source) -> list[str]:
    ours = {host.removeprefix("www.") for host in source.hosts}
    return [
        f"listings: {url!r} is not on a host of this source: set `site`, or write it from '/' on"
        for url in source.listing_urls
        if urlsplit(url).netloc.lower().removeprefix("www.") not in ours
    ]


def _odd_succession(source: Source) -> list[str]:
    successor, until = source.recipe.successor, source.recipe.until
    if successor is None:
        return []
    faults = [] if successor != source.id else ["successor: no source succeeds itself"]
    return faults if until else [*faults, "successor: give `until`, the department's last day, too"]


def _lost_successor(source: Source, known: Collection[str]) -> list[str]:
    successor = source.recipe.successor
    if successor is None or successor in known:
        return []
    near = difflib.get_close_matches(successor, known, 1)
    hint = f", did you mean {near[0]!r}?" if near else ""
    return [f"successor: unknown source {successor!r}{hint}"]


def _known_place(source_id: str) -> bool:
    return bool(_ID.fullmatch(source_id)) and (source_id.split("/")[0] in {*provinces(), MINISTRY})


def _bad_id(source_id: str) -> str:
    first = source_id.split("/")[0]
    near = difflib.get_close_matches(first, provinces(), 1)
    hint = f", did you mean {near[0]!r}?" if near and first not in provinces() else ""
    return (
        f"the place gives the id {source_id!r}, which is no "
        f"'<province>/<department>' in lower-case ASCII{hint}"
    )


def _fault(error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(error["loc"])
        case "missing":
            return f"the key {key!r} is missing"
        case "value_error":
            return f"{key}: {error['ctx']['error']}"
        case _:
            return f"{key}: {error['msg'].lower()}, but it is {error['input']!r}"


def _unknown_key(loc: tuple[str | int, ...]) -> str:
    tables: dict[str, type[BaseModel]] = {"select": Select, "pace": Pace}
    table = tables.get(str(loc[0]), Recipe) if len(loc) > 1 else Recipe
    near = difflib.get_close_matches(str(loc[-1]), table.model_fields, 1, cutoff=0.4)
    known = ", ".join(table.model_fields)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {known}"
    return f"unknown key {'.'.join(map(str, loc))!r}, {hint}"
