"""Crawls reach public addresses only: a site must not send the crawler into our own network.

Names are judged by what they resolve to, at the moment of connecting: the one address that was
judged is the one that is connected to, so that neither a redirect nor a name of many addresses, or
one that changes its answer, gets past. Behind a proxy that the environment names, names are the
proxy's to judge. A recipe may name a host on a private network (`private = true`); one whose site
is this very machine says so by its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request, signals
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.reach import is_public, is_within, names_private, private_hosts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.internet.defer import Deferred


class Refused(IgnoreRequest):
    """A request that is given up for good; says its cause, a key of `crawler.failures.CAUSES`."""

    def __init__(self, cause: str, said: str) -> None:
        super().__init__(said)
        self.cause = cause


class PublicAddresses:
    """Downloader middleware: refuses addresses that need no resolver to be known as private."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PublicAddresses:
        """Allow what the source's recipe allows."""
        source = getattr(crawler.spidercls, "source", None)
        allowed = private_hosts(source) if source else frozenset()
        PublicResolver.allowed |= allowed | _proxies()
        return cls(allowed)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise Refused."""
        host = urlsplit(request.url).hostname or ""
        if host not in self.allowed and names_private(host):
            raise Refused("private-address", host)


class LeftSite(Refused):
    """A redirect leads to a host that is none of the source's."""

    def __init__(self, url: str) -> None:
        super().__init__("moved-host", url)
        self.url = url
        """Where it leads."""


class AskedBefore(IgnoreRequest):
    """A redirect leads to a page that this crawl has asked for already."""

    def __init__(self, url: str) -> None:
        super().__init__(f"redirect to {url}, which was asked for before")
        self.url = url
        """Where it leads."""


class HomeRedirects(RedirectMiddleware):
    """Follows redirects within the source's hosts, once to each page; others fail the request.

    Scrapy drops both kinds without telling anybody: its offsite middleware the one, its filter of
    duplicates the other.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._asked: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HomeRedirects:
        """Note every page that the crawl asks for, waiting ones too."""
        middleware: HomeRedirects = super().from_crawler(crawler)
        crawler.signals.connect(middleware.request_scheduled, signal=signals.request_scheduled)
        return middleware

    def request_scheduled(self, request: Request) -> None:
        """Note a page."""
        if request.method == "GET":
            self._asked.add(request.url)

    def process_response(  # type: ignore[override]  # without the deprecated spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """Follow; raises LeftSite and AskedBefore."""
        answer: Request | Response = super().process_response(request, response)
        domains = getattr(self.crawler.spider, "allowed_domains", None)
        if not isinstance(answer, Request) or not domains:
            return answer
        if not is_within(urlsplit(answer.url).hostname or "", domains):
            raise LeftSite(answer.url)
        # Asked again on the way, as a cookie wall wants it; one without end stops at the limit.
        on_the_way = answer.url in (*request.meta.get("redirect_urls", ()), request.url)
        is_part = request.callback is NO_CALLBACK  # robots.txt, what a browser asks for a page
        if answer.url in self._asked and not (on_the_way or is_part or answer.method == "POST"):
            raise AskedBefore(answer.url)
        return answer.replace(dont_filter=True)


class PublicResolver(CachingThreadedResolver):
    """Resolver that knows no private address, but for the hosts that a recipe allows."""

    allowed: ClassVar[set[str]] = set()
    """Scrapy makes one resolver a process, before any crawl; each crawl adds its own hosts."""
    refused: ClassVar[dict[str, str]] = {}
    """Name → the private address that it has: Twisted keeps to itself why a name has none."""

    def getHostByName(  # noqa: N802 - Twisted's name
        self, name: str, timeout: Sequence[int] = ()
    ) -> Deferred[str]:
        """Resolve `name`; fails with DNSLookupError where the answer is a private address."""
        answer: Deferred[str] = super().getHostByName(name, timeout)
        if name in self.allowed:
            return answer
        return answer.addCallback(_refuse_private, name)


def _proxies() -> frozenset[str]:
    """Name the hosts of the proxies that the environment asks for; they may lie next door."""
    return frozenset(urlsplit(url).hostname or "" for url in getproxies().values())


def _refuse_private(address: str, name: str) -> str:
    if not is_public(address):
        PublicResolver.refused[name] = address
        raise DNSLookupError(f"{name} is {address}")
    return address
