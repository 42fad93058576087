"""The formats a feed comes in: a row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feeds.feed import Feed
from feeds.formats.xml import render_atom, render_rss

RENDERER = 2
"""Counted up whenever the same feed is written in other bytes: a part of every ETag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a feed is written."""

    ending: str
    """Of the address, without the dot."""
    name: str
    """For people."""
    media_type: str
    render: Callable[[Feed], bytes]
    """Pure: the same feed gives the same bytes."""


FORMATS: dict[str, Format] = {
    one.ending: one
    for one in (
        Format(ending="rss", name="RSS", media_type="application/rss+xml", render=render_rss),
        Format(ending="atom", name="Atom", media_type="application/atom+xml", render=render_atom),
    )
}
"""By ending."""

__all__ = ["FORMATS", "RENDERER", "Format"]
