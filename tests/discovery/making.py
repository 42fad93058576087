"""Feeds, sitemaps and lists made by hand, for the tests of discovery."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from crawler.discovery.feed import read_feed
from crawler.discovery.posts import read_posts
from crawler.discovery.sitemap import read_sitemap
from crawler.extract.draft import Entry, Found, Listing, Moment
from crawler.families import family_named

SITE = "https://so.example.vn"
FEED = f"{SITE}/rss/tin-tuc/"


def is_article(url: str) -> bool:
    return url.startswith(f"{SITE}/") and "/tin/" in url


def item(inside: str) -> str:
    return f"<item>{inside}</item>"


def rss(*items: str, head: str = "", tail: str = "") -> bytes:
    channel = f"<channel><title>Tin tức</title>{head}{''.join(items)}{tail}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'.encode()


def atom(*entries: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Tin tức</title>{head}{''.join(entries)}</feed>"
    ).encode()


def feed(
    body: bytes, *, family: str = "generic", content_type: str = "", url: str = FEED
) -> Listing:
    return read_feed(
        body, url, is_article=is_article, family=family_named(family), content_type=content_type
    )


def sitemap(body: bytes, *, family: str = "generic", url: str = f"{SITE}/sitemap.xml") -> Listing:
    return read_sitemap(body, url, is_article=is_article, family=family_named(family))


def posts(body: bytes, *, url: str = f"{SITE}/wp-json/wp/v2/posts?per_page=2") -> Listing:
    return read_posts(body, url, is_article=is_article, family=family_named("wordpress"))


def only(listing: Listing) -> Entry:
    (entry,) = listing.entries
    return entry


def told(date: Found[Moment] | None) -> tuple[str, str] | None:
    """Return a date in UTC and its precision."""
    if date is None:
        return None
    return f"{date.value.at.astimezone(UTC):%d/%m/%Y %H:%M}", date.value.precision


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 2, 0, tzinfo=UTC)


def entry(number: int, *, dated: int | None = None) -> Entry:
    at = Moment(at=day(dated), precision="minute", raw="") if dated else None
    return Entry(
        url=f"{SITE}/tin/bai-{number}.html",
        title=None,
        date=Found(at, "feed:pubdate") if at else None,
    )


def listing(
    entries: Iterable[Entry], *, rows: int | None = None, rule: str | None = "x"
) -> Listing:
    some = tuple(entries)
    return Listing(
        entries=some, next_page=None, rows=len(some) if rows is None else rows, rule=rule
    )
