"""What stands where a title does and is none: credits, addresses, bands, names of places."""

from __future__ import annotations

import re
import unicodedata

from crawler.extract.select import Element, text_of

_CREDIT = re.compile(
    r"\W*(?:(?:tên )?tác giả(?: bài viết)?|người (?:viết|đăng(?: tin)?|thực hiện)|nguồn(?: tin)?"
    r"|(?:được )?đăng bởi|viết bởi|biên tập|written by|posted by)\s*:",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r"\W*(?:tin|bài|ảnh)(?:(?:\s*[,&-]\s*|\s+và\s+|\s+)(?:tin|bài|ảnh|viết))*\s*:\s*(?P<name>.+)",
    re.IGNORECASE,
)
_CREDIT_WORDS, _NAME_WORDS = 12, 5
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:vn|com|net|org)\b\S*", re.IGNORECASE
)
_WEB = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:(?:cổng|trang|website)(?: thông tin| tin)?(?: điện tử)?(?: của)? )?"
    r"(?P<council>(?:ubnd|(?:ủy|uỷ) ban nhân dân|hđnd|hội đồng nhân dân|đảng (?:ủy|uỷ|bộ))"
    r"(?:(?: và | ?[-–,] ?)(?:ubnd|(?:ủy|uỷ) ban nhân dân))? )?"
    r"(?P<level>(?:huyện|xã|phường|thị trấn|quận|thị xã|thành phố|tp\.?|tỉnh) )?(?P<name>\S.*)",
    re.IGNORECASE,
)
_CAPITAL_WORDS = 3
"""Of a place's name, where a title in capitals may begin as it does."""
_BAND_WORDS, _HEADING_WORDS = 8, 30
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})


def is_credit(text: str) -> bool:
    """Tell whether a line says who wrote, took or sent: "Người viết: Vũ Lan", "Ảnh: Vũ Lan"."""
    if _CREDIT.match(text):
        return len(text.split()) <= _CREDIT_WORDS
    found = _MADE_BY.fullmatch(text)
    return found is not None and _is_name(found["name"], _NAME_WORDS)


def shows_address(text: str) -> bool:
    """Tell whether a line gives an address of the web to its letter."""
    return bool(_WEB.search(text))


def without_address(text: str) -> str:
    """Take the addresses and hosts out of a line: an office's name often stands beside its own."""
    return _ADDRESS.sub(" ", text).strip() if "." in text else text


def names_place(text: str) -> bool:
    """Tell whether a text is a place, or its council, by name: "UBND xã Nà Tấu".

    The name is told from a sentence by its capitals; where all are, by being short.
    """
    found = _PLACE.fullmatch(unicodedata.normalize("NFC", text.strip()))
    if found is None or not (found["level"] or found["council"]):
        return False
    short = text.isupper() and not found["council"]
    return _is_name(found["name"], _CAPITAL_WORDS if short else _NAME_WORDS - 1)


def is_band(node: Element) -> bool:
    """Tell whether a line in capitals is a section's: right below is a heading in small letters."""
    below = node.getnext()
    if node.tag in _HEADINGS or below is None or below.tag not in _HEADINGS:
        return False
    if below.find(".//a[@href]") is not None:
        return False
    band, heading = text_of(node).strip(), text_of(below).strip()
    if not band.isupper() or heading.isupper() or heading.endswith("."):
        return False
    count = len(band.split())
    return count <= _BAND_WORDS and count <= len(heading.split()) <= _HEADING_WORDS


def _is_name(text: str, most: int) -> bool:
    parts = [part for part in re.split(r"[\s,&–-]+", text) if part and part.lower() != "và"]
    return 0 < len(parts) <= most and all(part[:1].isupper() for part in parts)
