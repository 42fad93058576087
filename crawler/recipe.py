"""A source is a data file: what its recipe may say, and what follows from it.

`crawler.recipes` finds the files and tells their faults.
"""

from __future__ import annotations

import re
from datetime import date, timedelta, timezone
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import cssselect
from parsel.csstranslator import HTMLTranslator
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from crawler.discovery.kinds import KINDS, KindName
from crawler.extract.date_order import SourceDates
from crawler.extract.key import key_in
from crawler.extract.rules import Rules
from crawler.families import FAMILIES, Family, family_named
from store.model import VIETNAM, SourceCard, Weakness
from store.names import bare_host
from store.nearest import did_you_mean
from store.provinces import MINISTRY, provinces

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
    if not is_source_id(value):
        raise ValueError(f"{value!r} is no source's id: write it like 'dien-bien/khcn'")
    return value


def _zone(value: str) -> str:
    if not re.fullmatch(r"UTC|[+-](?:0\d|1[0-4])(?::[0-5]\d)?", value):
        raise ValueError(f"{value!r} is no zone: write it like 'UTC' or '+08:00'")
    return value


def _family(value: str) -> str:
    if value not in FAMILIES:
        hint = did_you_mean(value, FAMILIES, otherwise=f"known are {', '.join(FAMILIES)}")
        raise ValueError(f"unknown family {value!r}: {hint}")
    return value


Selectors = Annotated[
    tuple[Annotated[str, AfterValidator(_selector)], ...], BeforeValidator(_as_tuple)
]
Addresses = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]


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


class Discover(_Strict):
    """What the site itself offers to find its articles, as addresses from the host on; a string or
    a list, the one that is preferred first. It is trusted once the list pages prove it."""

    posts: Addresses = ()
    """WordPress's own list: `/wp-json/wp/v2/posts?per_page=20`."""
    feed: Addresses = ()
    """RSS or Atom."""
    sitemap: Addresses = ()
    """A sitemap, a news sitemap, or an index of them."""


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
    discover: Discover = Discover()
    pace: Pace = Pace()
    verify: bool = True
    """Check the site's certificate; false only for one whose chain is known to be broken."""
    tls: Literal["modern", "legacy"] = "modern"
    """`legacy` also speaks what a site of old needs: TLS 1.0, weak keys (`crawler.tls`)."""
    render: bool = False
    """Let a browser run the scripts of the pages, where they show no text without."""
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

        self._our_hosts = frozenset(map(bare_host, self.hosts))

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
        host = bare_host(urlsplit(url).netloc.lower())
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
        return tuple(map(self._absolute, self.recipe.listings))

    @property
    def offers(self) -> tuple[tuple[KindName, str], ...]:
        """Kind and absolute address of what the site offers, the most telling kind first."""
        told = self.recipe.discover.model_dump()
        return tuple((kind, self._absolute(path)) for kind in KINDS for path in told[kind])

    def _absolute(self, path: str) -> str:
        return path if "://" in path else f"{self.recipe.site}/{path.lstrip('/')}"

    def shown(self) -> dict[str, Any]:
        """Write the source for a program, with the recipe's own keys."""
        recipe = self.recipe.model_dump(mode="json", exclude={"select", "discover", "pace"})
        weakened = list(_weakened(self.recipe))
        return {"id": self.id, "province": self.province, **recipe, "weakened": weakened}

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
            weakened=_weakened(self.recipe),
        )


def _offset(zone: str | None) -> timezone:
    """Turn a recipe's zone into an offset; Vietnam's where it names none."""
    if zone is None:
        return VIETNAM
    hours, _, minutes = zone.removeprefix("UTC").partition(":")
    size = timedelta(hours=abs(int(hours or 0)), minutes=int(minutes or 0))
    return timezone(-size if zone.startswith("-") else size)


def _weakened(recipe: Recipe) -> tuple[Weakness, ...]:
    """Name what a recipe lets in that no crawl does by default."""
    said: dict[Weakness, bool] = {
        "unverified-tls": not recipe.verify,
        "legacy-tls": recipe.tls == "legacy",
        "rendered": recipe.render,
    }
    return tuple(name for name, holds in said.items() if holds)


def is_source_id(source_id: str) -> bool:
    """Tell whether an id has the form `<province>/<department>`, of a province that there is."""
    return bool(_ID.fullmatch(source_id)) and (source_id.split("/")[0] in {*provinces(), MINISTRY})
