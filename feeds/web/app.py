"""The web application: a table of routes, and what every answer carries."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feeds.channel import moved
from feeds.formats.opml import MEDIA_TYPE as OPML_TYPE
from feeds.formats.opml import subscriptions
from feeds.search import BadQuery
from feeds.settings import Settings
from feeds.web.conditional import is_fresh
from feeds.web.feeds import FeedDesk, FeedsFirst, asked_in
from feeds.web.headers import COMMON, HEADERS
from feeds.web.pages import Page, Pages
from store.base import Store
from store.errors import StoreError

logger = logging.getLogger(__name__)

UNCACHED = {"Cache-Control": "no-store"}
AGAIN = {"Retry-After": "300"}
"""With a 503: seconds."""


def create_app(
    store: Store, settings: Settings, *, clock: Callable[[], float] = time.monotonic
) -> Starlette:
    """Make the application over an open store."""
    site = settings.site
    desk = FeedDesk(store, site, clock=clock)
    pages = Pages(store, settings.base_url)

    def home(_: Request) -> Response:
        return _html(pages.home())

    def channel(request: Request) -> Response:
        path = request.url.path
        desk.answer(asked_in(request.scope))  # says why `FeedsFirst` could not answer for a feed
        page = pages.channel(path, request.query_params)
        if page is None and (new := moved(path)):
            return RedirectResponse(new, status_code=301)
        return _html(page)

    def article(request: Request) -> Response:
        return _html(pages.article(request.path_params["id"]))

    def search(request: Request) -> Response:
        return _html(pages.search(request.query_params))

    def opml(request: Request) -> Response:
        query = request.query_params
        provinces, topics = query.getlist("province"), query.getlist("topic")
        ending = query.get("format", "")
        body = subscriptions(store.sources(), provinces, topics, ending, site.base_url)
        tag = hashlib.sha256(body).hexdigest()[:32]
        headers = {"ETag": f'"{tag}"', "Cache-Control": "public, max-age=3600"}
        if is_fresh(request.headers.get("if-none-match"), None, etag=tag, changed=None):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=f"{OPML_TYPE}; charset=utf-8", headers=headers)

    def health(_: Request) -> Response:
        try:
            store.ping()
        except StoreError as error:
            logger.warning("/healthz: %s", error)
            return JSONResponse({"status": "store-away"}, 503, UNCACHED | AGAIN)
        return JSONResponse({"status": "ok"}, headers=UNCACHED)

    def slashless(request: Request) -> Response:
        # One slash only: browsers take what follows two for a host.
        return RedirectResponse("/" + request.path_params["path"].strip("/"), status_code=301)

    def refused(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _html(pages.trouble(error.status_code), error.headers)

    def unclear(_: Request, error: Exception) -> Response:
        assert isinstance(error, BadQuery)
        return _html(pages.trouble(400, error), UNCACHED)

    def broken(_: Request, __: Exception) -> Response:
        # Starlette answers for what nobody caught outside of all middleware.
        return _html(pages.trouble(500), HEADERS | UNCACHED)

    def store_failed(request: Request, error: Exception) -> Response:
        logger.error("%s: %s", request.url.path, error)
        return _html(pages.trouble(503), UNCACHED | AGAIN)

    return Starlette(
        routes=[
            Route("/", home),
            Route("/search", search),
            Route("/opml", opml),
            Route("/articles/{id}", article),
            Route("/healthz", health),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
            Route("/{path:path}/", slashless),
            Route("/{path:path}", channel),
        ],
        middleware=[Middleware(FeedsFirst, desk=desk), Middleware(AddHeaders)],
        exception_handlers={
            HTTPException: refused,
            BadQuery: unclear,
            StoreError: store_failed,
            500: broken,
        },
    )


class AddHeaders:
    """Puts on every answer what all carry."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *COMMON]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _html(page: Page | None, headers: Any = None) -> Response:
    if page is None:
        raise HTTPException(404)
    return HTMLResponse(page.html, page.status, headers)
