"""A headless Chromium that runs the scripts of pages, and reaches nothing by itself.

Whatever a page asks for is asked of the caller (`crawler.visit`). The browser itself has no name
service and a proxy that is not there, so that what slips past (a web socket, a prefetch) ends at
once. It knows no Scrapy.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from crawler.visit import Answer, Ask, NotRendered, Rendered, Visit, last_words

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Page, Playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
"""Names that Chromium goes by, the usual one first."""

START_SECONDS = 20.0
CLOSE_SECONDS = 5.0
SCRIPT_MEMORY_MIB = 256
"""What the scripts of a page may take; one that takes more is ended."""

_ARGUMENTS = (
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    f"--js-flags=--max-old-space-size={SCRIPT_MEMORY_MIB}",
)
_NO_PROXY = "http://127.0.0.1:1"


class NoBrowser(Exception):
    """No browser can be started; the text says what is missing."""


def find_chromium(named: str) -> str:
    """Find the program, the one that is named if any is; raises NoBrowser."""
    if named:
        if found := shutil.which(named):
            return found
        raise NoBrowser(f"TINSO_CHROMIUM names no program: {named!r}")
    for program in PROGRAMS:
        if found := shutil.which(program):
            return found
    raise NoBrowser(f"no Chromium is installed, neither {' nor '.join(PROGRAMS)}")


class Browser:
    """One Chromium, with the cookies of one crawl."""

    def __init__(self, *, named: str, user_agent: str) -> None:
        self.named = named
        self.user_agent = user_agent
        self._scripts: dict[str, Answer] = {}
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._context: BrowserContext | None = None

    async def start(self) -> None:
        """Start it, if it does not run; raises NoBrowser."""
        if self._context is not None:
            return
        program = find_chromium(self.named)
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError as fault:
            raise NoBrowser("the extra tinso[browser] is not installed") from fault
        self._playwright = await async_playwright().start()
        try:
            self._chromium = await self._playwright.chromium.launch(
                executable_path=program,
                args=_ARGUMENTS,
                chromium_sandbox=os.geteuid() != 0,  # as root it runs without, or not at all
                proxy={"server": _NO_PROXY},
                timeout=START_SECONDS * 1000,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
            self._context = await self._chromium.new_context(
                user_agent=self.user_agent,
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
                accept_downloads=False,
                service_workers="block",
            )
        except Error as fault:
            await self.close()
            raise NoBrowser(f"{program} did not start: {last_words(fault)}") from fault

    async def close(self) -> None:
        """End it, and forget its cookies."""
        if self._playwright is None:
            return
        from playwright.async_api import Error

        playwright, self._playwright = self._playwright, None
        chromium, self._chromium, self._context = self._chromium, None, None
        if chromium is not None:
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(chromium.close(), CLOSE_SECONDS)
        await playwright.stop()

    async def render(
        self, first: Answer, ask: Ask, *, most_seconds: float, wanted: Callable[[], bool]
    ) -> Rendered:
        """Run the scripts of a page that was fetched already, until it is quiet.

        Raises NotRendered: for a page that leads elsewhere or in a circle, that hangs or breaks the
        browser, or that is no more `wanted`; and what `ask` raised for a page that it led to.
        """
        from playwright.async_api import Error

        assert self._context is not None, "start it first"
        try:
            page = await self._context.new_page()
        except Error as fault:
            await self.close()
            raise NotRendered("unrendered", last_words(fault)) from fault
        visit = Visit(page, first, ask, self._scripts)
        try:
            await page.route("**/*", visit.answer)
            page.on("popup", _shut_popup)
            page.on("crash", visit.crashed)
            return await visit.watch(time.monotonic() + most_seconds, wanted)
        except Error as fault:
            raise visit.fault or NotRendered("unrendered", last_words(fault)) from fault
        finally:
            if not await _shut(page):
                await self.close()  # it hangs; the next page starts another


async def _shut(page: Page) -> bool:
    """Close a page; False for one that does not let itself be closed."""
    from playwright.async_api import Error

    try:
        await asyncio.wait_for(page.close(), CLOSE_SECONDS)
    except (Error, TimeoutError):
        return False
    return True


async def _shut_popup(popup: Page) -> None:
    await _shut(popup)
