"""Conditional requests (RFC 9110, section 13): the middleware that sends the conditions.

Who asks conditionally decides with `crawler.validators`. Scrapy's HTTP cache would keep a copy of
every page; all that is needed of a list is that it did not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_KEY = "tinso_conditions"
_NAMES = ("If-None-Match", "If-Modified-Since")


def if_changed(request: Request, conditions: Mapping[str, str]) -> Request:
    """Let a request ask whether its address changed; an answer of 304 then reaches its callback."""
    meta: dict[str, Any] = {_KEY: (request.url, dict(conditions)), "handle_httpstatus_list": [304]}
    return request.replace(meta={**request.meta, **meta})


def was_conditional(response: Response) -> bool:
    """Tell whether an answer is one to a condition."""
    request = response.request
    return request is not None and any(name in request.headers for name in _NAMES)


class Conditional:
    """Downloader middleware: a condition is sent to the address that it was made for alone.

    A redirect carries headers on to where they mean nothing.
    """

    def process_request(self, request: Request) -> None:
        """Set the conditions, or take them away."""
        url, conditions = request.meta.get(_KEY, ("", {}))
        for name in _NAMES if url else ():
            request.headers.pop(name, None)
        if url == request.url:
            for name, value in conditions.items():
                request.headers[name] = value
