"""Conditional requests (RFC 9110, section 13): the one place that answers 304."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_TAG = re.compile(r'"([^"]*?)(?:-(?:gzip|br|zstd))?"')
"""A tag without what weakens it, and without what tells its encoding."""


def is_fresh(tags: str | None, since: str | None, *, etag: str, changed: datetime | None) -> bool:
    """Whether a GET or HEAD is to be answered 304.

    `tags` and `since` are the headers If-None-Match and If-Modified-Since, `etag` is ours without
    quotes and encoding. If-None-Match decides where it is given (13.2.2): a list of tags or `*`,
    compared weakly (13.1.2), so that a tag that a proxy weakened or packed still matches.
    If-Modified-Since is taken by order, since readers send dates of their own making; a date that
    cannot be read counts for nothing (13.1.3).
    """
    if tags is not None:
        return tags.strip() == "*" or etag in _TAG.findall(tags)
    if since is None or changed is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment >= changed.replace(microsecond=0)


def http_date(moment: datetime) -> str:
    """Write a time for a header (RFC 9110, 5.6.7), cut to the second."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
