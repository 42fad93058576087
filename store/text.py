"""How Vietnamese words are folded for search: marks, case and đ do not matter."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_STROKED = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})  # U+00D0 is met for Đ


class _Folded(dict[int, str]):
    """Character → what it is folded to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).translate(_STROKED))
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
        self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Lower `text` and take its marks away: `Đà Nẵng` → `da nang`."""
    return text.translate(_FOLDED)


def words(text: str) -> list[str]:
    """Split `text` into folded words, in order, with repeats."""
    return _WORD.findall(fold(text))


def is_marked(word: str) -> bool:
    """Tell whether a word bears one of the marks of Vietnamese."""
    return fold(word) != word.lower()
