"""What came for a request: a page, or the failure that it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.extract.page import Page
from crawler.failures import Failure, of_answer, of_exception
from crawler.standins import standing_in

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure


def page_of(response: Response) -> Page:
    """Take an answer as a page."""
    headers = headers_of(response)
    return Page(
        url=response.url,
        body=response.body,
        content_type=headers.get("Content-Type", ""),
        headers=headers,
        fetched=datetime.now(UTC),
    )


def asked_for(response: Response) -> str:
    """Return the address that was asked for, before any redirect."""
    request = response.request
    asked: list[str] = request.meta.get("redirect_urls", []) if request else []
    return asked[0] if asked else request.url if request else response.url


def no_page(response: Response) -> Failure | None:
    """Tell an answer that is no page; None for one that is."""
    content_type = content_type_of(response)
    return of_answer(url=response.url, content_type=content_type, body=response.body)


def content_type_of(response: Response) -> str:
    """Return the Content-Type header; empty when there is none."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def headers_of(response: Response) -> dict[str, str]:
    """Return the answer's headers as text; several of one name a line each."""
    return {
        name.decode("latin-1"): b"\n".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def request_of(failure: TwistedFailure) -> Request:
    """Return the request that failed; Scrapy sets it on what it hands to an errback."""
    request: Request = failure.request  # type: ignore[attr-defined]
    return request


def failure_of(failure: TwistedFailure) -> Failure:
    """Say why a request failed; a gate for browsers is told by its page, whatever its status."""
    url = request_of(failure).url
    response = getattr(failure.value, "response", None)
    if response is not None and response.body:
        instead = standing_in(page_of(response))
        if instead is not None and instead.cause == "challenge":
            return Failure(cause="challenge", url=url)
    return of_exception(failure.value, url)
