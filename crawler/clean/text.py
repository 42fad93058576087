"""Plain text as it is kept: NFC, without invisible characters, blanks folded."""

from __future__ import annotations

import html
import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_TAG = re.compile(r"<[^<>]*>")


def visible(text: str) -> str:
    """Take out control characters, soft hyphens, zero-width signs and marks of byte order; NFC."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """Make `text` one visible line; no-break blanks count as blanks."""
    if text.isprintable() and "  " not in text:  # its only blanks are single spaces
        return unicodedata.normalize("NFC", text.strip())
    line = " ".join(text.split())
    if not line.isprintable():  # which most lines are: the pattern is for those that are not
        line = " ".join(_INVISIBLE.sub("", line).split())
    return unicodedata.normalize("NFC", line)


def plain(fragment: str) -> str:
    """Take tags and entities, also doubly escaped ones, out of what should have been text."""
    text = _TAG.sub(" ", html.unescape(html.unescape(fragment)))
    return one_line(text)
