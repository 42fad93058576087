"""The web application: a table of routes, and what every answer carries."""

from __future__ import annotations

import logging
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

from feeds.settings import Settings
from feeds.web.feeds import FeedDesk
from feeds.web.pages import Page, Pages
from store.base import Store
from store.errors import StoreAway, StoreError

logger = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' http: https:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""On every answer: nothing runs, nothing frames us, pictures may come from the sources."""

UNCACHED = {"Cache-Control": "no-store"}
AGAIN = {"Retry-After": "300"}
"""With a 503: seconds."""


def create_app(store: Store, settings: Settings) -> Starlette:
    """Make the application over an open store."""
    desk = FeedDesk(store, settings.base_url)
    pages = Pages(store, settings.base_url)

    def home(_: Request) -> Response:
        return _html(pages.home())

    def channel(request: Request) -> Response:
        reply = desk.answer(request.url.path, request.headers)
        if reply is not None:
            if reply.status == 503:
                raise StoreAway("does not answer", about=store.address)
            return Response(reply.body, reply.status, dict(reply.headers))
        return _html(pages.channel(request.url.path, request.query_params))

    def article(request: Request) -> Response:
        return _html(pages.article(request.path_params["id"]))

    def search(request: Request) -> Response:
        return _html(pages.search(request.query_params))

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
            Route("/articles/{id}", article),
            Route("/healthz", health),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
            Route("/{path:path}/", slashless),
            Route("/{path:path}", channel),
        ],
        middleware=[Middleware(AddHeaders)],
        exception_handlers={HTTPException: refused, StoreError: store_failed, 500: broken},
    )


class AddHeaders:
    """Puts `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.lower().encode(), text.encode()) for name, text in HEADERS.items()]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _html(page: Page | None, headers: Any = None) -> Response:
    if page is None:
        raise HTTPException(404)
    return HTMLResponse(page.html, page.status, headers)
