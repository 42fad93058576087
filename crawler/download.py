"""How a crawl takes answers in: bounded in bytes from the first line on, and told why not.

Scrapy bounds a body (`DOWNLOAD_MAXSIZE`) and the time of a whole answer (`DOWNLOAD_TIMEOUT`), but
neither the lines before it nor how often it is packed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError

from crawler.guard import PublicResolver, Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import Request as TxRequest
    from twisted.web.iweb import IResponse

MOST_HEAD_BYTES = 64 * 1024
"""Of the lines before a body; servers send a few hundred bytes."""

MOST_LAYERS = 2
"""So many times a body may be packed; servers pack it once."""


class HeadTooBig(Exception):
    """The lines before a body do not end."""


class Http(HTTP11DownloadHandler):
    """Scrapy's handler; what it refuses is final and is not tried again."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory

    async def download_request(self, request: Request) -> Response:
        """Fetch; raises `Refused` for a private address and for lines without end."""
        try:
            return await super().download_request(request)
        except CannotResolveHostError as fault:
            host = urlsplit(request.url).hostname or ""
            if host in PublicResolver.refused:
                said = f"{host} is {PublicResolver.refused[host]}"
                raise Refused("private-address", said) from fault
            raise
        except DownloadFailedError as fault:
            if any(reason.check(HeadTooBig) for reason in getattr(fault.__cause__, "reasons", ())):
                raise Refused("too-big", "its headers do not end") from fault
            raise


class Unpacking(HttpCompressionMiddleware):
    """Unpacks bodies: Scrapy's middleware, for those that are packed `MOST_LAYERS` times at most.

    Each layer is bounded by `DOWNLOAD_MAXSIZE`; a thousand of them would hold up the crawl.
    """

    def _handle_encoding(
        self, body: bytes, content_encoding: list[bytes], max_size: int
    ) -> tuple[bytes, list[bytes]]:
        if sum(header.count(b",") + 1 for header in content_encoding) > MOST_LAYERS:
            raise Refused("too-big", "it is packed too often")
        try:
            return super()._handle_encoding(body, content_encoding, max_size)
        except ValueError:
            raise  # too large: told by Scrapy
        except Exception as fault:
            raise Refused("not-html", f"what was packed is broken: {fault}") from fault


class _Parser(_LenientHTTPClientParser):
    head_bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        self.head_bytes += len(line) + 1
        if self.head_bytes > MOST_HEAD_BYTES:
            raise HeadTooBig
        super().lineReceived(line)


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TxRequest) -> Deferred[IResponse]:
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _Parser
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: N802
        made: Any = _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        return made  # type: ignore[no-any-return]
