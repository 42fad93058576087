"""Crawls reach public addresses only: a site must not send the crawler into our own network.

Names are judged by what they resolve to, at the moment of connecting, so that neither a redirect
nor a name that changes its answer gets past. A recipe may name a host on a private network
(`private = true`); one whose site is this very machine says so by its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.reach import PRIVATE, is_number, is_public, is_within, private_hosts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred


class Refused(IgnoreRequest):
    """A request that is given up for good; says its cause, a key of `crawler.failures.CAUSES`."""

    def __init__(self, cause: str, said: str) -> None:
        super().__init__(said)
        self.cause = cause


class PublicAddresses:
    """Downloader middleware: refuses addresses written as numbers, which no resolver sees."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PublicAddresses:
        """Allow what the source's recipe allows."""
        source = getattr(crawler.spidercls, "source", None)
        allowed = private_hosts(source) if source else frozenset()
        PublicResolver.allowed |= allowed
        return cls(allowed)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise IgnoreRequest."""
        host = urlsplit(request.url).hostname or ""
        if host not in self.allowed and (is_number(host) or host == "localhost"):
            if is_public(host):
                return
            raise IgnoreRequest(f"{PRIVATE}: {host}")


class HomeRedirects(RedirectMiddleware):
    """Follows redirects within the source's hosts; one that leads elsewhere fails the request.

    Scrapy's own offsite middleware drops such a request without telling anybody.
    """

    def process_response(  # type: ignore[override]  # without the deprecated spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """Follow, or raise IgnoreRequest."""
        answer: Request | Response = super().process_response(request, response)
        spider = self.crawler.spider
        domains = getattr(spider, "allowed_domains", None)
        if isinstance(answer, Request) and domains:
            host = urlsplit(answer.url).hostname or ""
            if not is_within(host, domains):
                raise IgnoreRequest(f"offsite redirect to {host}")
            if answer.url in (*request.meta.get("redirect_urls", ()), request.url):
                # Asked again, as a cookie wall wants it; one without end stops at the limit. The
                # filter of duplicates would drop it without a word.
                return answer.replace(dont_filter=True)
        return answer


class PublicResolver(CachingThreadedResolver):
    """Resolver that knows no private address, but for the hosts that a recipe allows."""

    allowed: ClassVar[set[str]] = set()
    """Scrapy makes one resolver a process, before any crawl; each crawl adds its own hosts."""

    def getHostByName(  # noqa: N802 - Twisted's name
        self, name: str, timeout: Sequence[int] = ()
    ) -> Deferred[str]:
        """Resolve `name`; fails with DNSLookupError where the answer is a private address."""
        answer: Deferred[str] = super().getHostByName(name, timeout)
        if name in self.allowed:
            return answer
        return answer.addCallback(_refuse_private, name)


def _refuse_private(address: str, name: str) -> str:
    if not is_public(address):
        raise DNSLookupError(f"{PRIVATE}: {name} is {address}")
    return address
