"""The formats a feed comes in: a row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feeds.feed import Feed
from feeds.formats.jsonfeed import render_json
from feeds.formats.xml import render_atom, render_rss


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
        Format(
            ending="json", name="JSON Feed", media_type="application/feed+json", render=render_json
        ),
    )
}
"""By ending."""

__all__ = ["FORMATS", "Format"]
