"""What a site that asks us to wait gets: a pause, or no more requests (RFC 9110, 10.2.3)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import DownloadTimeoutError

from crawler.guard import Refused
from crawler.politeness import LONGEST_DELAY_SECONDS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

SHORT_WAIT = timedelta(seconds=20)
"""So long a crawl itself waits, at once or in several turns without an answer between them; where a
site asks for more, the next crawl does."""

MOST_SILENT = 6
"""So many requests in a row that got no answer in time, and the host is left: a site that keeps
each one waiting would hold a crawl up for hours."""

LONGEST_WAIT = timedelta(days=7)
"""A site that names a later time is asked once a week all the same."""

NOT_BEFORE = "tinso/not-before"
"""Key of Scrapy's stats: when the site wants to be asked again (`Run.not_before`)."""

_ASKS_TO_WAIT = frozenset({429, 503})


def wait_of(header: str, now: datetime) -> timedelta | None:
    """Read a Retry-After: whole seconds, or a date; None for what is neither.

    A moment that is past is no wait; none is longer than `LONGEST_WAIT`.
    """
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(timedelta(seconds=int(header[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), LONGEST_WAIT)


class Patience:
    """Downloader middleware: waits as long as a site asks for; leaves it where that is too long.

    A host that answers 429 without saying how long is asked half as often from then on; one that
    keeps us waiting `MOST_SILENT` times in a row is asked no more.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._left: dict[str, datetime] = {}
        """Host → when it wants to be asked again."""
        self._waited: dict[str, timedelta] = {}
        """Host → how long it made us wait since it last gave an answer."""
        self._silent: Counter[str] = Counter()
        """Host → requests in a row that got no answer in time."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Patience:
        """Wait in the downloader of a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise Refused for a host that is to be left alone."""
        moment = self._left.get(_host_of(request))
        if moment is not None:
            raise Refused("told-to-wait", f"until {moment:%Y-%m-%d %H:%M:%S} UTC")
        if self._silent[_host_of(request)] >= MOST_SILENT:
            raise Refused("timeout", f"nor did the {MOST_SILENT} requests before")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count what got no answer in time."""
        if isinstance(exception, DownloadTimeoutError):
            self._silent[_host_of(request)] += 1

    def process_response(self, request: Request, response: Response) -> Response:
        """Hold the host's requests back; raises Refused where that would take too long."""
        host = _host_of(request)
        self._silent.pop(host, None)
        if response.status not in _ASKS_TO_WAIT:
            self._waited.pop(host, None)
            return response
        now = datetime.now(UTC)
        told = (response.headers.get("Retry-After") or b"").decode("latin-1")
        wait = wait_of(told, now)
        if wait is None:
            if response.status == 429:
                self._slow_down(request)
            return response
        stats, moment = self.crawler.stats, now + wait
        stats.set_value(NOT_BEFORE, max(moment, stats.get_value(NOT_BEFORE) or moment))
        self._waited[host] = self._waited.get(host, timedelta(0)) + wait
        if self._waited[host] > SHORT_WAIT:
            self._left[host] = moment
            self.process_request(request)
        self._hold(request, wait)
        return response

    def _hold(self, request: Request, wait: timedelta) -> None:
        """Let no request to the host begin before `wait` is over."""
        slot = self._slot(request)
        slot.lastseen = max(slot.lastseen, monotonic() + wait.total_seconds() - slot.delay)

    def _slow_down(self, request: Request) -> None:
        slot = self._slot(request)
        slot.delay = min(2 * slot.delay, max(slot.delay, LONGEST_DELAY_SECONDS))

    def _slot(self, request: Request) -> Slot:
        downloader = self.crawler.engine.downloader
        return downloader.slots[downloader.get_slot_key(request)]


def _host_of(request: Request) -> str:
    return urlsplit(request.url).netloc
