"""Why a page could not be read: one table of causes, each with its sentence and its repair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page that was asked for and not read."""

    cause: str
    """A key of `CAUSES`, or `http-<status>`."""
    url: str
    said: str = ""
    """What the far side or the library said, if it adds anything."""

    @property
    def passing(self) -> bool:
        """Whether the same request may well succeed later."""
        return self.cause in PASSING or self.cause.startswith("http-5")

    @property
    def message(self) -> str:
        """The cause in a sentence with the address, and the way to mend it in brackets."""
        sentence, repair = CAUSES.get(self.cause) or _by_status(self.cause)
        said = f": {self.said}" if self.said else ""
        return f"{self.url} {sentence}{said} ({repair})"


CAUSES: Mapping[str, tuple[str, str]] = {
    "dns": ("has a host that does not exist", "check `site`; the host may have moved or gone"),
    "refused": ("refuses connections", "try again later; check `site`, also http against https"),
    "timeout": ("did not answer in time", "try again later; the site may be slow or block us"),
    "certificate": (
        "has a certificate that cannot be trusted",
        "check the host, and tell its owner; if that is known to be so, set `verify = false`",
    ),
    "old-tls": (
        "encrypts in a way that is too old or too weak",
        'see whether the site also answers otherwise; if not, set `tls = "legacy"`',
    ),
    "tls": ("did not agree on encryption", "check `site`, also http against https"),
    "connection": ("broke the connection", "try again later"),
    "private-address": (
        "leads to a private address",
        "set `private = true` in the recipe if that is meant",
    ),
    "robots": ("is forbidden by robots.txt", "ask the site's owner, or take other `listings`"),
    "robots-away": (
        "may not be asked for: the site does not give its robots.txt",
        "try again later; tell the site's owner",
    ),
    "told-to-wait": (
        "tells us to come back later",
        "the next crawl waits for that; set a longer `delay_seconds` in [pace] if it goes on",
    ),
    "moved-host": (
        "leads to another host",
        "see whether the site moved there; then set `site`, and keep the old host in `formerly`",
    ),
    "redirect-loop": ("redirects without end", "check `listings`; the site may want a cookie"),
    "too-big": ("is larger than 16 MiB", "check the address; it may be a file, not a page"),
    "empty": ("answered with nothing", "try again later; check the address in a browser"),
    "not-html": ("is no page but a file", "check the address; a pattern in `article` keeps it out"),
    "http-403": (
        "answered 403: the site does not let us in",
        "check it in a browser; the site may block robots or foreign addresses",
    ),
    "http-404": ("answered 404: there is no such page", "check `listings` against the site"),
    "http-429": ("answered 429: we ask too often", "set a longer `delay_seconds` in [pace]"),
    "no-browser": (
        "needs a browser, and there is none",
        "pip install 'tinso[browser]'; apt install chromium, or name it in TINSO_CHROMIUM",
    ),
    "unrendered": ("broke the browser", "try again later; see what its scripts do"),
    "stopped": ("was left when the crawl was stopped", "the next crawl goes on"),
    "list-unmatched": (
        "matched none of the rules for a list",
        "the layout changed: look at the page and mend `entry` in [select]",
    ),
    "list-no-articles": (
        "has rows, but no link in them is an article's",
        "look at the page and mend `entry_link`, or the pattern in `article`",
    ),
    "maintenance": ("says that the site is being worked on", "try again later"),
    "challenge": (
        "lets only browsers in that run its script",
        "ask the site's owner to let us in; check it in a browser",
    ),
    "parked": (
        "is no site any more: its name is parked, or nothing is set up there",
        "see where the department publishes now; set `site`, or `until`",
    ),
    "no-title": ("has no title that any rule finds", "mend `title` in [select]"),
    "no-article": ("has neither text nor files", "mend `body` in [select]"),
    "soft-404": ("says that there is no such page", "check `listings` against the site"),
    "no-url": ("has no address that leads back to it", "check `article` against the site"),
    "unreadable": ("could not be read", "this is a fault of tinso: please report the address"),
    "not-saved": ("is not among the saved pages", "save it, too, and name its address"),
    "enough": ("was not asked for: enough pages were", "name the list with --list"),
    "other": ("could not be fetched", "try again later"),
}
"""Cause → what the page did, how to mend it."""

PASSING = frozenset(
    {
        "dns",
        "refused",
        "timeout",
        "connection",
        "empty",
        "http-429",
        "robots-away",
        "told-to-wait",
        "maintenance",
        "challenge",
        "stopped",
        "unrendered",
        "other",
    }
)

GONE = frozenset({"http-404", "http-410"})
"""There is no such page; behind a list's last one there need be none."""

_BY_EXCEPTION = {
    "CannotResolveHostError": "dns",
    "DNSLookupError": "dns",
    "DownloadConnectionRefusedError": "refused",
    "DownloadTimeoutError": "timeout",
    "DownloadCancelledError": "too-big",
    "DownloadFailedError": "connection",
    "ResponseDataLossError": "connection",
}


def of_exception(error: BaseException | None, url: str) -> Failure:
    """Class what Scrapy raised for a request."""
    said = " ".join(str(error).split())[:200]
    name = type(error).__name__
    status = getattr(getattr(error, "response", None), "status", None)
    if status is not None:
        return Failure(cause=f"http-{status}", url=url)
    cause = str(getattr(error, "cause", ""))
    if cause in CAUSES:
        return Failure(cause=cause, url=url, said=said)
    if name == "IgnoreRequest":
        return Failure(cause=_why_ignored(said), url=url)
    cause = _BY_EXCEPTION.get(name, "other")
    return Failure(cause=cause, url=url, said=said if cause in {"connection", "other"} else "")


def of_answer(*, url: str, content_type: str, body: bytes) -> Failure | None:
    """Class an answer that came with status 200 and yet is no page; None for one that is."""
    if not body.strip():
        return Failure(cause="empty", url=url)
    kind = content_type.partition(";")[0].strip().lower()
    looks_html = b"<" in body[:1024] and not body.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG"))
    if not looks_html or (kind and "html" not in kind and "xml" not in kind and "text" not in kind):
        return Failure(cause="not-html", url=url, said=kind)
    return None


def no_entries(url: str, *, rows: int) -> Failure:
    """Say what is wrong with a list that named no article; `rows` matched the rule for entries."""
    return Failure(cause="list-no-articles" if rows else "list-unmatched", url=url)


def _why_ignored(said: str) -> str:
    if "robots.txt" in said:
        return "robots"
    if "redirections" in said:
        return "redirect-loop"
    if "DOWNLOAD_MAXSIZE" in said:  # a small body that unpacks to a large one
        return "too-big"
    return "other"


def _by_status(cause: str) -> tuple[str, str]:
    status = cause.removeprefix("http-")
    repair = "try again later" if status.startswith("5") else "check the address in a browser"
    return f"answered {status}", repair
