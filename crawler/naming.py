"""Whose an address is: the names of the article there, and whether it is the source's at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.clean.urls import canonical
from store.identity import are_called_otherwise
from store.names import aliases_of, bare_host, name_of

if TYPE_CHECKING:
    from crawler.extract.draft import Entry
    from crawler.recipe import Source
    from store.model import Article


def names_at(source: Source, url: str) -> tuple[str, ...]:
    """Name the article at one of the source's addresses, the strongest name first.

    What lies on one of its hosts is named by the others too: a site that moved keeps its paths.
    """
    names = aliases_of(source.id, key=source.key_of(url), url=url)
    others = (aliases_of(source.id, key=None, url=twin)[0] for twin in _twins(source, url))
    return tuple(dict.fromkeys((*names, *others)))


def names_of(source: Source, entry: Entry) -> tuple[str, ...]:
    """Name the article of an entry; in another site's address no number is the source's."""
    if entry.leaves:
        return aliases_of(source.id, key=None, url=entry.url)
    return names_at(source, entry.url)


def is_namesake(entry: Entry, article: Article) -> bool:
    """Tell whether an entry shares but a name with a stored article: a number given twice.

    It is called otherwise, and lies at another address.
    """
    if entry.title is None or name_of(entry.url) == name_of(article.url):
        return False
    return are_called_otherwise(entry.title, article.title)


def _twins(source: Source, url: str) -> Iterator[str]:
    """Yield the address as it is on the source's other hosts."""
    parts = urlsplit(url)
    hosts = {bare_host(host): host for host in source.hosts}
    if hosts.pop(bare_host(parts.netloc.lower()), None):
        yield from (parts._replace(netloc=host).geturl() for host in hosts.values())


def is_elsewhere(source: Source, url: str) -> bool:
    """Tell whether an address lies on none of the source's hosts, nor below or above one."""
    host = bare_host(urlsplit(url).hostname or "")
    homes = (bare_host(home.partition(":")[0]) for home in source.hosts)
    return bool(host) and not any(
        host == home or host.endswith(f".{home}") or home.endswith(f".{host}") for home in homes
    )


def leads_nowhere(source: Source, *, asked: str, got: str) -> bool:
    """Tell whether a redirect says that a page is gone: to the home page, a list, no article."""
    if name_of(asked) == name_of(got):
        return False
    got = canonical(got)
    if source.is_article(asked):
        return not source.is_article(got)
    lists = {name_of(url) for url in source.listing_urls}
    to_list = name_of(got) in lists and name_of(asked) not in lists
    return to_list or (_is_home(got) and not _is_home(asked))


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query
