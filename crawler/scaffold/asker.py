"""Asks for the pages of a survey: each once, and not many."""

from __future__ import annotations

from collections.abc import Callable

from crawler.clean.urls import canonical
from crawler.extract.page import Page
from crawler.failures import Failure
from crawler.fetching import Fetch, fetch_page
from store.errors import WrongUse

MOST_REQUESTS = 15
"""Of one survey, robots.txt and the articles that prove a proposal included."""


class Asker:
    """Asks for pages, each once, and for no more than a survey may."""

    def __init__(self, fetch: Fetch, told: Callable[[str], None] | None = None) -> None:
        self._fetch = fetch
        self._told = told
        """Is told each address before it is asked for."""
        self._got: dict[str, Page | Failure] = {}

    @property
    def asked(self) -> int:
        """Requests made so far."""
        return sum(
            not (isinstance(got, Failure) and got.cause == "not-saved")
            for got in self._got.values()
        )

    @property
    def left(self) -> int:
        """Requests that may still be made."""
        return MOST_REQUESTS - self.asked

    def __call__(self, url: str) -> Page | Failure:
        """Fetch whatever is at `url`; a failure where no more may be asked for."""
        if url not in self._got:
            if not self.left:
                return Failure(cause="enough", url=url)
            if self._told:
                self._told(url)
            self._got[url] = self._fetch(url)
        return self._got[url]

    def page(self, url: str) -> Page | Failure:
        """Fetch a page of HTML; anything else is a failure."""
        return fetch_page(self, url)


def web_address(told: str, base: str | None = None) -> str:
    """Make what somebody wrote a canonical address; raises WrongUse for what is none."""
    try:
        return canonical(told.strip(), base)
    except ValueError as fault:
        raise WrongUse(
            f"{told!r} is no web address", repair="write it with http:// or https://"
        ) from fault
