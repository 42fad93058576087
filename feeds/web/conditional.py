"""Conditional requests (RFC 9110, section 13): the one place that answers 304."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a client may ask with whether it has the newest."""

    etag: str
    """Strong, with its quotes."""
    last_modified: datetime | None
    """None where nothing ever was."""

    def headers(self) -> dict[str, str]:
        """Write them as headers; Last-Modified is cut to the second."""
        if self.last_modified is None:
            return {"ETag": self.etag}
        stamp = format_datetime(self.last_modified.astimezone(UTC), usegmt=True)
        return {"ETag": self.etag, "Last-Modified": stamp}


def is_fresh(request: Mapping[str, str], ours: Validators) -> bool:
    """Whether a GET or HEAD with these headers is to be answered 304.

    If-None-Match decides where it is given (13.2.2): a list of tags or `*`, compared weakly
    (13.1.2), so that a tag that a proxy weakened still matches. If-Modified-Since is taken by
    order, since readers send dates of their own making; a date that cannot be read counts for
    nothing (13.1.3).
    """
    tags = request.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or ours.etag in _TAG.findall(tags)
    since = request.get("if-modified-since")
    if since is None or ours.last_modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment >= ours.last_modified.replace(microsecond=0)
