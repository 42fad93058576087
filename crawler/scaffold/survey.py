"""Looks around a site: its family, its lists, its feeds. Asks for few pages, each of them once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml import etree

from crawler import reading
from crawler.clean.text import one_line
from crawler.clean.urls import canonical
from crawler.discovery.offered import feeds_of, sitemaps_of
from crawler.extract.page import Page
from crawler.extract.select import text_of
from crawler.failures import Failure
from crawler.families import family_named
from crawler.recipe import Recipe, Source
from crawler.scaffold.addresses import learn_pattern
from crawler.scaffold.asker import Asker
from crawler.scaffold.links import list_links, own_links
from crawler.scaffold.lists import Link, Look, look_at
from crawler.scaffold.rows import own_rows, with_select
from store.errors import TinsoError
from store.text import words

MOST_LISTS = 8
_KEPT_BACK = 5
"""Requests that the lists leave for articles, feeds and sitemaps."""
_ENOUGH_LISTS = 2
_MENU_WORDS = 5
_TEXTS = etree.XPath("//body//text()[not(parent::script or parent::style)]")
"""Apart: what stands in elements side by side is often glued together."""
STAND_IN = "trung-uong/khao-sat"
"""Id of the source that stands in while a site is looked at; nobody is shown it."""
_USUAL_PLACES = ("/tin-tuc", "/tin-tuc-su-kien")
_HEAD_CHARS, _FOOT_CHARS = 400, 800
"""Of a page's text: where a site says whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found at a site."""

    site: str
    """Scheme and host."""
    family: str
    """Name of the one that was recognised; `generic` where nothing tells."""
    evidence: tuple[str, ...]
    """What the family was recognised by."""
    charset: str
    names: tuple[str, ...]
    """What the pages call the site, the best first."""
    pages: tuple[Page, ...]
    """The one that was named and the home page."""
    source: Source
    """Stands in for the source: the rules by which the lists were read."""
    looks: tuple[Look, ...]
    """Every list that was looked at, the best first."""
    start: str
    """Address of the page that was named."""
    named: frozenset[str]
    """Addresses of the lists that somebody named; empty where nobody did."""
    failures: tuple[Failure, ...]
    """Of lists that could not be looked at."""
    feeds: tuple[str, ...]
    """Those that pages name, the home page's first."""
    sitemaps: tuple[str, ...]
    """Those that robots.txt names."""


def survey(asker: Asker, url: str, lists: Sequence[str] = (), saved: Sequence[str] = ()) -> Survey:
    """Look around the site of `url`, the address of a site, a list or an article.

    `lists` are canonical addresses of lists that somebody named; `saved` those of the pages that
    there are, where nothing else can be reached. Raises TinsoError where the page at `url` cannot
    be read.
    """
    start = asker.page(url)
    if isinstance(start, Failure):
        raise TinsoError(start.message)
    site = "{0.scheme}://{0.netloc}".format(urlsplit(canonical(start.url)))
    home = start if start.url.rstrip("/") == site else _page_or_none(asker.page(f"{site}/"))
    robots = asker(f"{site}/robots.txt")
    pages = _distinct(filter(None, (start, home)))
    family, evidence = _family_of(pages)
    source = _stand_in(site, family, None)
    links = _links(pages, start, home, source, lists)
    links += _further(saved, links, pages, source)
    looks, failures, source = _look_around(asker, links, pages, source)
    looked = _distinct([*pages, *(look.page for look in looks)])
    return Survey(
        site=site,
        family=family,
        evidence=evidence,
        charset=_charset(start),
        names=_names(pages),
        pages=tuple(pages),
        source=source,
        looks=tuple(sorted(looks, key=lambda look: look.worth, reverse=True)),
        start=canonical(start.url),
        named=frozenset(lists),
        failures=tuple(failures),
        feeds=tuple(dict.fromkeys(url for page in looked for url in feeds_of(page))),
        sitemaps=sitemaps_of(robots.body, robots.url) if isinstance(robots, Page) else (),
    )


def _links(
    pages: Sequence[Page], start: Page, home: Page | None, source: Source, asked: Sequence[str]
) -> list[Link]:
    """Rank what may be lists: those that somebody named, then what the pages link to."""
    own, site = canonical(start.url), source.recipe.site
    homes = {f"{site}/", canonical((home or start).url)}
    is_article = source.is_article(own)
    found = list_links(
        pages,
        site,
        source.is_article,
        sure=source.recipe.family != "generic",
        above=own if is_article else None,
    )
    by_url = {link.url: link for link in found}
    named = list(asked)
    if not is_article and own not in homes:
        named.append(own)
    first = [replace(by_url.get(url, Link(url=url, name="")), asked=True) for url in named]
    return [*first, *(link for link in found if link.url not in {*named, *homes})]


def _further(
    saved: Sequence[str], links: Sequence[Link], pages: Sequence[Page], source: Source
) -> list[Link]:
    """Take saved pages that nothing links to for lists, too, unless they are articles."""
    known = {link.url for link in links} | {canonical(page.url) for page in pages}
    urls = [url for one in saved if (url := canonical(one)) not in known]
    return [Link(url=url, name="") for url in urls if not source.is_article(url)]


def _look_around(
    asker: Asker, links: Sequence[Link], pages: Sequence[Page], source: Source
) -> tuple[list[Look], list[Failure], Source]:
    """Look at the lists; where their addresses fit no rule, learn the form of them first."""
    got, failures = _fetch_lists(asker, [link for link in links if link.asked or link.weight > 0])
    looks = _look(got, source)
    if sum(look.is_list for look in looks) < _ENOUGH_LISTS:
        guessed = _guessed(links, source)
        weak = [link for link in links if not link.asked and link.weight == 0]
        further, failed = _fetch_lists(asker, [*weak, *guessed], most=_ENOUGH_LISTS + 1)
        got = [*got, *further]
        failures += [f for f in failed if f.url not in {link.url for link in guessed}]
        looks = _look(got, source)
    source, looks = _with_learnt_pattern(got, pages, source, looks)
    source, looks = _with_own_rows(got, source, looks)
    if not any(look.is_news for look in looks):
        home = next((page for page in pages if urlsplit(page.url).path in {"", "/"}), pages[-1])
        looks += _look([(Link(url=canonical(home.url), name=""), home)], source)
    return looks, failures, source


def _guessed(links: Sequence[Link], source: Source) -> list[Link]:
    """Name the places where such a site usually has lists, unless it links to them itself."""
    usual = family_named(source.recipe.family).list_places or _USUAL_PLACES
    urls = [f"{source.recipe.site}{path}" for path in usual]
    return [Link(url=url, name="") for url in urls if url not in {link.url for link in links}]


def _fetch_lists(
    asker: Asker, links: Sequence[Link], *, most: int = MOST_LISTS
) -> tuple[list[tuple[Link, Page]], list[Failure]]:
    got: list[tuple[Link, Page]] = []
    failures: list[Failure] = []
    for link in links:
        if len(got) >= most or (asker.left <= _KEPT_BACK and not link.asked):
            break
        page = asker.page(link.url)
        if isinstance(page, Failure):
            failures.append(page)
        elif not any(page.url == other.url for _, other in got):
            got.append((link, page))
    return got, failures


def _look(got: Iterable[tuple[Link, Page]], source: Source) -> list[Look]:
    return [look_at(link, page, source) for link, page in got]


def _with_learnt_pattern(
    got: Sequence[tuple[Link, Page]], pages: Sequence[Page], source: Source, looks: list[Look]
) -> tuple[Source, list[Look]]:
    """Learn the form of the articles' addresses where the family's does not fit them.

    A CMS has its form; without one, the form that is learnt may find more of the same lists.
    """
    found_any = any(look.is_list for look in looks)
    mistaken = any(source.is_article(look.link.url) for look in looks if look.is_list)
    if found_any and source.recipe.family != "generic" and not mistaken:
        return source, looks
    site, family = source.recipe.site, source.recipe.family
    lists = [page for _, page in got] or list(pages)
    anything = _stand_in(site, family, "//[^/]+/[^?#]*[^/?#]")
    found = {e.url for page in lists for e in reading.read_list(page, anything).entries}
    others = _menu(_distinct([*lists, *pages]), site) | {canonical(page.url) for page in lists}
    pattern = learn_pattern(found, others | {link.url for link, _ in got})
    if pattern is None:
        return source, looks
    learnt = _stand_in(site, family, pattern)
    again = _look(got, learnt)
    before, after = _entries(looks), _entries(again)
    better = before < after or (mistaken and before <= after)
    return (learnt, again) if better else (source, looks)


def _menu(pages: Sequence[Page], site: str) -> set[str]:
    """Take the links of few words that stand on every page."""
    each = [
        {url for url, name in own_links(page, site).items() if len(words(name)) <= _MENU_WORDS}
        for page in pages
    ]
    return set.intersection(*each) if len(each) > 1 else set()


def _entries(looks: Iterable[Look]) -> set[str]:
    return {entry.url for look in looks if look.is_list for entry in look.entries}


def _with_own_rows(
    got: Sequence[tuple[Link, Page]], source: Source, looks: list[Look]
) -> tuple[Source, list[Look]]:
    """Where the family's rule finds fewer lists than likeness does, name the rows that are alike.

    Rows without a name of their own are left to likeness, by naming no family.
    """
    if source.recipe.family == "generic":
        return source, looks
    loose = _stand_in(source.recipe.site, "generic", source.recipe.article)
    found = own_rows([look.page for look in looks if not look.is_list], source)
    candidates = [with_select(source, found)] if found else []
    read = [(source, looks), *((one, _look(got, one)) for one in (*candidates, loose))]
    return max(read, key=lambda pair: sum(look.is_list for look in pair[1]))


def _stand_in(site: str, family: str, article: str | None) -> Source:
    recipe = Recipe(name="-", site=site, listings=("/",), family=family, article=article)
    return Source(STAND_IN, recipe)


def _family_of(pages: Iterable[Page]) -> tuple[str, tuple[str, ...]]:
    """Name the family that the traces of any page prove."""
    for page in pages:
        family, evidence = reading.recognise(page)
        if evidence:
            return family.name, evidence
    return "generic", ()


def _names(pages: Sequence[Page]) -> tuple[str, ...]:
    """List what pages call their site: in their heads, at their tops, at their feet."""
    told: list[str] = []
    for page in pages:
        title = next((text_of(node) for node in page.root.iter("title")), "")
        pieces = _TEXTS(page.root)
        body = one_line(" ".join(map(str, pieces)) if isinstance(pieces, list) else "")
        told += [page.site_name, title, body[:_HEAD_CHARS], body[-_FOOT_CHARS:]]
    return tuple(dict.fromkeys(name for one in told if (name := one_line(one))))


def _charset(page: Page) -> str:
    """Name the encoding in which the page's bytes are written, as far as they tell."""
    try:
        page.body.decode("utf-8")
    except UnicodeDecodeError:
        declared = re.search(rb"charset\s*=\s*[\"']?([\w.:-]+)", page.body[:65_536], re.IGNORECASE)
        return declared[1].decode("ascii", "replace").lower() if declared else "unknown"
    return "utf-8"


def _page_or_none(got: Page | Failure) -> Page | None:
    return None if isinstance(got, Failure) else got


def _distinct(pages: Iterable[Page]) -> list[Page]:
    return list({page.url: page for page in pages}.values())
