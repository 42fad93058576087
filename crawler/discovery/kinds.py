"""The kinds of what a site offers, in one table: how each is read, and where its CMS has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import urlsplit

from crawler.discovery.feed import read_feed
from crawler.discovery.posts import read_posts
from crawler.discovery.sitemap import read_sitemap
from crawler.extract.draft import Listing
from crawler.families.base import Family
from store.model import PublishedFrom

KindName = Literal["posts", "feed", "sitemap"]


class Reader(Protocol):
    """Reads an answer as a list. Any bytes give a `Listing`; its rule is None for another kind."""

    def __call__(
        self,
        body: bytes,
        url: str,
        *,
        is_article: Callable[[str], bool],
        family: Family,
        content_type: str = "",
    ) -> Listing:
        """Read `body`, which `url` answered with; `family` says how its times lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of offer."""

    read: Reader
    published_from: PublishedFrom
    """What a date of it counts as, among the places that an article's date may come from."""
    goes_on: bool
    """Whether its next pages lead back to the first article: a feed ends after twenty or so."""
    known: Mapping[str, tuple[tuple[str, str], ...]]
    """Family → where it has this, best first: a pattern of the list page's address from the host
    on, and what `expand` makes of it. A family without a row has the generic one's."""

    def addresses(self, family: str, listing: str) -> tuple[str, ...]:
        """Name where a site of the family may offer this, from the host on, for one list of it."""
        parts = urlsplit(listing)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        rows = self.known.get(family) or self.known.get("generic", ())
        found = [(re.match(pattern, path), form) for pattern, form in rows]
        return tuple(dict.fromkeys(hit.expand(form) for hit, form in found if hit))


_ANY = ""
_LIST = r"((?:/[^/?]+)+)/?$"

KINDS: dict[KindName, Kind] = {
    "posts": Kind(
        read=read_posts,
        published_from="feed",
        goes_on=True,
        known={"wordpress": ((_ANY, "/wp-json/wp/v2/posts?per_page=20"),)},
    ),
    "feed": Kind(
        read=read_feed,
        published_from="feed",
        goes_on=False,
        known={
            "nukeviet": (
                (r"(/(?:[a-z]{2}/)?+[^/?]+)/([^/?]+)/?$", r"\1/rss/\2/"),
                (r"((?:/[a-z]{2})?/[^/?]+)/", r"\1/rss/"),
                (_ANY, "/rss/"),
            ),
            "wordpress": ((_LIST, r"\1/feed/"), (_ANY, "/feed/")),
            "joomla": (
                (_LIST, r"\1?format=feed&type=rss"),
                (r"(/[^?]*\?.+)$", r"\1&format=feed&type=rss"),
                (_ANY, "/?format=feed&type=rss"),
            ),
            "drupal": ((r"(/taxonomy/term/\d+)", r"\1/feed"), (_ANY, "/rss.xml")),
            "generic": ((_ANY, "/rss"), (_ANY, "/feed"), (_ANY, "/rss.xml")),
        },
    ),
    "sitemap": Kind(
        read=read_sitemap,
        published_from="sitemap",
        goes_on=True,
        known={
            "nukeviet": (
                (r"/([a-z]{2})/([^/?]+)/", r"/sitemap-\1.\2.xml"),
                (_ANY, "/sitemap.xml"),
            ),
            "wordpress": ((_ANY, "/wp-sitemap.xml"), (_ANY, "/sitemap_index.xml")),
            "generic": ((_ANY, "/sitemap.xml"),),
        },
    ),
}
"""By name, the most telling first."""
