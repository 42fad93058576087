"""From bytes to text: the bytes are believed before what is said about them."""

from __future__ import annotations

import codecs
import re
import unicodedata

from w3lib.encoding import resolve_encoding

from crawler.extract import legacy_fonts
from store.syllables import is_syllable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST_OF_BOMS = frozenset(bom[:1] for bom, _ in _BOMS)
_CONTROLS = bytes({*range(32)} - {*b"\t\n\f\r"})
_LEAST_BYTES, _SAMPLE_BYTES, _MUCH_ODD = 256, 4_096, 0.1
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
    "|\u00c3\u00a1\u00c2[\u00ba\u00bb]"
)
"""`á»‘`, `Ä‘`, `Æ°`: Vietnamese in UTF-8 that somebody read as Windows-1252; no such letters
stand together in any Vietnamese word. The last: read so twice over."""

_SECOND_OF_TWICE = "\u00ba\u00bb"
_FIRST_OF_TWICE = ("\u00e1", "\u00c3\u00a1\u00c2")
_ONCE_TOO_MANY = re.compile(f"[\u00c2-\u00f4][{_HIGH}]{{1,3}}")
_LOST_BLANK = re.compile("(?<![A-Z\u0110])\u00c3(?: |&nbsp;)")
"""`Ã` and a no-break blank is `à`: editors wrote an entity for it, or a plain blank."""

_APART = b"\xcc"
"""First byte of every combining mark of Vietnamese, and of no letter of it."""
_MARKS = re.compile(rb"(?:\xcc[\x80-\xa3])+")
_TAG_MAX_BYTES = 2000
_WORD = re.compile(r"[^\W\d_]+")
_HIGH_WORDS = 400
"""How many words are weighed to tell an encoding."""
_FEW = 3
_GOOD_SHARE = 0.8


def decode(body: bytes, content_type: str = "") -> str:
    """Turn a page's bytes into text; never fails, whatever the bytes are."""
    return to_utf8(body, content_type)[0]


def to_utf8(body: bytes, content_type: str = "") -> tuple[str, bytes]:
    """Turn a page's bytes into text, and this into UTF-8: `body` itself, where it is that."""
    if _is_binary(body):
        return "", b""
    written = _utf8(body)
    text = _decode(body, content_type) if written is None else written
    if _may_be_twice(text):
        text = mend(text)
    source = body if text is written else text.encode("utf-8", "replace")
    if _APART in source:
        source = _composed(source)
        text = source.decode("utf-8")
    if legacy_fonts.may_hold(text):
        text = legacy_fonts.convert(text)
        source = text.encode("utf-8", "replace")
    return text, source


def _is_binary(body: bytes) -> bool:
    """Tell what is no text in any encoding: a picture, an archive, noise; wide letters are text."""
    sample = body[:_SAMPLE_BYTES]
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    if len(sample) < _LEAST_BYTES:
        return False
    marked = any(body.startswith(bom) for bom, _ in _BOMS)
    return odd > _MUCH_ODD * len(sample) and not marked and _wide(body) is None


def _may_be_twice(text: str) -> bool:
    """Tell whether any letter looks like one of UTF-8 that was encoded twice.

    One letter is searched fifty times as fast as a pattern, and nearly no page needs mending.
    """
    return any(
        piece.endswith(_FIRST_OF_TWICE)
        for sign in _SECOND_OF_TWICE
        if sign in text
        for piece in text.split(sign)
    )


def mend(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 or Latin-1 before it was sent, once or twice.

    Good text is left alone.
    """
    for _ in range(2):
        if len(_TWICE.findall(text)) < 2:
            break
        text = _ONCE_TOO_MANY.sub(_read_again, _LOST_BLANK.sub("\u00c3\u00a0", text))
    return text


def _utf8(body: bytes) -> str | None:
    """Read what is UTF-8 without a mark, as nearly every page is; None for the rest."""
    if body[:1] in _FIRST_OF_BOMS or b"\0" in body[:64]:
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


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
    return _vote(body, _declared(body, content_type))


def _vote(body: bytes, declared: str | None) -> str:
    """Read bytes that are no UTF-8 as what makes them Vietnamese, else as what is declared."""
    text = _read(body, declared) if declared else None
    if text is not None and _share(text) is None:
        return text  # Chinese, Russian, plain ASCII: nothing here speaks against it
    for encoding in filter(None, (declared, "cp1258", "cp1252")):
        read = _read(body, encoding)
        if read is not None and (_share(legacy_fonts.convert(read)) or 0.0) >= _GOOD_SHARE:
            return read
    if text is not None:
        return text
    return _read(body, _guess(body)) or body.decode("cp1252", "replace")


def _share(text: str) -> float | None:
    """Return the share of words with marks that are Vietnamese; None for hardly any such word."""
    seen = good = 0
    for word in _WORD.findall(unicodedata.normalize("NFC", text[: 4 * _META_WITHIN_BYTES])):
        if not word.isascii() and max(word) < "\u2000":
            seen += 1
            good += is_syllable(word)
            if seen == _HIGH_WORDS:
                break
    return good / seen if seen >= _FEW else None


def _read(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding, "replace")
    except (LookupError, ValueError):  # a name of no text encoding, such as `base64`
        return None


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


def _composed(source: bytes) -> bytes:
    """Make one letter of each letter and its marks, but none within a tag: addresses stay."""
    pieces: list[bytes] = []
    done = 0
    at = source.find(_APART)
    while at >= 0:
        marks = _MARKS.match(source, at)
        end = marks.end() if marks else at + 1
        start = max(done, at - 1)
        while start > done and source[start] & 0xC0 == 0x80:  # within a letter
            start -= 1
        opened, closed = (source.rfind(s, max(0, start - _TAG_MAX_BYTES), start) for s in b"<>")
        if marks and opened <= closed:
            letter = unicodedata.normalize("NFC", source[start:end].decode("utf-8"))
            pieces += (source[done:start], letter.encode())
            done = end
        at = source.find(_APART, end)
    return b"".join((*pieces, source[done:]))


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
