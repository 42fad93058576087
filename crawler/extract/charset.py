"""From bytes to text: the bytes are believed before what is said about them."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import resolve_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WITHIN_BYTES = 65_536
"""Browsers look at 1,024 bytes; pages of the Government's portal declare it as late as byte
18,206 (seen 2026-11)."""

_HIGH = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122"
)
_TWICE = re.compile(
    f"\u00e1[\u00ba\u00bb][{_HIGH}]|\u00c4[\u0090\u0091\u2018]|\u00c6[\u00a0\u00a1\u00af\u00b0]"
)
"""`á»‘`, `Ä‘`, `Æ°`: Vietnamese in UTF-8 that somebody read as Windows-1252; no such letters
stand together in any Vietnamese word."""

_SIGNS = ("\u00e1\u00ba".encode(), "\u00e1\u00bb".encode())
_ONCE_TOO_MANY = re.compile(f"[\u00c2-\u00f4][{_HIGH}]{{1,3}}")


def decode(body: bytes, content_type: str = "") -> str:
    """Turn a page's bytes into text; never fails, whatever the bytes are."""
    text = _decode(body, content_type)
    # bytes are searched ten times as fast as text, and nearly no page needs mending
    return mend(text) if any(sign in body for sign in _SIGNS) else text


def mend(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 before it was sent; leave good text alone."""
    if len(_TWICE.findall(text)) < 2:
        return text
    return _ONCE_TOO_MANY.sub(_read_again, text)


def _decode(body: bytes, content_type: str) -> str:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(body):
        return body.decode("utf-8", "replace")
    try:
        return body.decode(_declared(body, content_type) or _guess(body), "replace")
    except (LookupError, ValueError):  # a name of no text encoding, such as `base64`
        return body.decode("cp1252", "replace")


def _declared(body: bytes, content_type: str) -> str | None:
    """Name the encoding that header or markup declares; None for none, or one it cannot be."""
    in_header = _HEADER.search(content_type)
    in_page = _META.search(body, 0, _META_WITHIN_BYTES)
    for name in (in_header and in_header[1], in_page and in_page[1].decode("ascii", "ignore")):
        encoding = resolve_encoding(name) if name else None
        if encoding and not encoding.lower().startswith("utf"):
            return encoding
    return None


def _wide(body: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of its markup is zero."""
    head = body[:1024]
    if len(head) < 16:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    enough = len(head) // 4
    if odd > enough and odd > 4 * even:
        return "utf-16-le"
    if even > enough and even > 4 * odd:
        return "utf-16-be"
    return None


def _nearly_utf8(body: bytes) -> bool:
    """Tell whether a few bad bytes stand in a page of UTF-8: a cut-off answer, a pasted sign."""
    text = body[: 4 * _META_WITHIN_BYTES].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    return good > 3 * bad


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes  # only met on old pages that declare nothing

    best = from_bytes(body[:_META_WITHIN_BYTES]).best()
    return best.encoding if best else "cp1252"


def _read_again(run: re.Match[str]) -> str:
    raw = bytearray()
    for char in run[0]:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return run[0]
            raw.append(ord(char))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return run[0]
