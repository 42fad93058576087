"""One page in a browser: what it may ask for, and when it is done.

The first answer is there already; everything else is asked of the caller (`Ask`), who fetches it as
a crawl fetches anything, or refuses.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Route

QUIET_SECONDS = 0.5
"""A page that has loaded and asked for nothing for so long is taken as it is."""
MOST_PARTS = 60
"""Scripts and data that one page may ask for."""
MOST_TURNS = 5
"""Other pages that one page may lead to by script."""
MOST_CHARACTERS = 16 * 1024 * 1024
MOST_SCRIPT_BYTES = 16 * 1024 * 1024
"""Of scripts that are kept for the crawl's other pages."""

_ASKED_FOR = frozenset({"document", "script", "xhr", "fetch"})
"""Kinds of parts that may change a text; no other is fetched."""
_NOT_SENT = frozenset(
    {"user-agent", "host", "connection", "content-length", "accept-encoding", "cookie"}
)
_PASSED_ON = ("content-type", "set-cookie", "access-control-", "x-")
"""Beginnings of the headers that a page may see."""
_HTML = (
    f"() => {{ const html = document.documentElement.outerHTML;"
    f" return html.length > {MOST_CHARACTERS} ? null : html }}"
)


class NotRendered(Exception):
    """A page could not be rendered; says its cause, a key of `crawler.failures.CAUSES`."""

    def __init__(self, cause: str, said: str = "") -> None:
        super().__init__(said)
        self.cause = cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a page asks for: a script, data, or the page that it leads to."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came for a part, unpacked."""

    url: str
    status: int
    headers: Mapping[str, str]
    """Names in any case; several of one name a line each."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A page after its scripts ran."""

    url: str
    """Where they led to."""
    status: int
    html: str
    settled: bool
    """False for one that went on asking until its time was over."""


Ask = Callable[[Part], Awaitable[Answer]]
"""Fetches a part; raises NotRendered for one that the page must not have."""


class Visit:
    """One page from its first byte until it is quiet."""

    def __init__(self, page: Page, first: Answer, ask: Ask, scripts: dict[str, Answer]) -> None:
        self.page = page
        self.first: Answer | None = first
        self.shown = first
        self.ask = ask
        self.scripts = scripts
        self.fault: Exception | None = None
        self.under_way = 0
        self.parts = 0
        self.turns = 0
        self.active = time.monotonic()

    async def watch(self, until: float, wanted: Callable[[], bool]) -> Rendered:
        """Load the page and wait until it is quiet or its time is over."""
        opening = asyncio.ensure_future(self.page.goto(self.shown.url, wait_until="commit"))
        opening.add_done_callback(lambda done: done.cancelled() or done.exception())
        settled = False
        while not settled and time.monotonic() < until:
            await asyncio.sleep(0.05)
            if not wanted():
                raise NotRendered("stopped")
            if opening.done() and not self.turns:
                opening.result()
            settled = await self._is_quiet(until)
        opening.cancel()
        html = await self._evaluate(_HTML, max(until, time.monotonic() + 2))
        if not isinstance(html, str) or len(html) > MOST_CHARACTERS:
            raise NotRendered("too-big")
        return Rendered(url=self.shown.url, status=self.shown.status, html=html, settled=settled)

    def crashed(self, _: Page) -> None:
        """Note that the page broke."""
        self.fault = NotRendered("unrendered", "the page crashed")

    async def _is_quiet(self, until: float) -> bool:
        """Tell whether the page is loaded and waits for nothing; raises what it ran into."""
        from playwright.async_api import Error

        if self.fault is not None:
            raise self.fault
        if self.under_way or time.monotonic() - self.active < QUIET_SECONDS:
            return False
        try:
            return await self._evaluate("document.readyState", until) == "complete"
        except Error:
            if self.page.is_closed():
                raise
            return False  # it is being led to another page

    async def _evaluate(self, script: str, until: float) -> object:
        """Ask the page; raises NotRendered where it is too busy to answer, or ran into trouble."""
        try:
            left = max(0.1, until - time.monotonic())
            found: object = await asyncio.wait_for(self.page.evaluate(script), left)
        except TimeoutError as fault:
            raise NotRendered("timeout") from fault
        if self.fault is not None:
            raise self.fault
        return found

    async def answer(self, route: Route) -> None:
        """Give a part to the page, or refuse it."""
        from playwright.async_api import Error

        self.under_way += 1
        try:
            found = await self._part(route.request)
            if found is None:
                await route.abort()
            else:
                await route.fulfill(
                    status=found.status, headers=_passed_on(found.headers), body=found.body
                )
        except Error:  # the page is gone, or the answer is none that a browser takes
            with suppress(Error):
                await route.abort()
        finally:
            self.under_way -= 1
            self.active = time.monotonic()

    async def _part(self, request: Request) -> Answer | None:
        """Fetch what is asked for; None where it is refused."""
        if request.resource_type == "stylesheet":  # scripts may wait for one; none changes a text
            return Answer(
                url=request.url, status=200, headers={"Content-Type": "text/css"}, body=b""
            )
        if request.resource_type not in _ASKED_FOR or request.method not in {"GET", "POST"}:
            return None
        leads_on = request.is_navigation_request()
        if leads_on and request.frame != self.page.main_frame:
            return None
        if leads_on and self.first is not None:
            first, self.first = self.first, None
            return replace(first, headers=_as_html(first.headers))
        if request.url in self.scripts:
            return self.scripts[request.url]
        self.parts += 1
        self.turns += leads_on
        try:
            if self.turns > MOST_TURNS:
                raise NotRendered("redirect-loop")
            if self.parts > MOST_PARTS:
                return None
            found = await self.ask(await self._written(request))
        except NotRendered as refused:
            if leads_on:
                self.fault = refused
            return None
        if leads_on:
            self.shown = found
            return replace(found, headers=_as_html(found.headers))
        held = sum(len(script.body) for script in self.scripts.values())
        if request.resource_type == "script" and held + len(found.body) <= MOST_SCRIPT_BYTES:
            self.scripts[request.url] = found
        return found

    async def _written(self, request: Request) -> Part:
        cookies = await self.page.context.cookies(request.url)
        return Part(
            url=request.url,
            method=request.method,
            headers={
                name: value
                for name, value in request.headers.items()
                if name not in _NOT_SENT and not name.startswith("sec-")
            },
            cookies={cookie["name"]: cookie["value"] for cookie in cookies},
            body=request.post_data_buffer or b"",
        )


def _as_html(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Call an answer a page, so that the browser shows it whatever the site calls it."""
    named = {name.title(): value for name, value in headers.items()}
    if "html" in named.get("Content-Type", ""):
        return named
    return named | {"Content-Type": "text/html"}


def _passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    """Choose what a page may see of an answer; several cookies stay a line each."""
    return {
        name: value if name.lower() == "set-cookie" else value.replace("\n", ", ")
        for name, value in headers.items()
        if name.lower().startswith(_PASSED_ON)
    }


def last_words(fault: Exception) -> str:
    """Take from an error of the browser the line that says most."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    return (lines[0] if lines else type(fault).__name__)[:200]
