"""Vietnamese written for fonts of before Unicode: TCVN3 (ABC, `.VnTime`) and VNI-Windows.

Such text is stored as Latin letters that only those fonts show as Vietnamese: "ViÖt Nam" and
"Vieät Nam" are both "Việt Nam". Ministries wrote so until about 2005, and old articles were
pasted into newer portals as they were. A paragraph is converted only where its words are none as
they stand and are syllables once converted; fonts named in the markup prove nothing, Word keeps
them around converted text. Source: TCVN 5712:1993, VN3; the VNI-Windows table of VNI Software.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

from store.syllables import is_syllable

_TCVN3 = str.maketrans(
    dict(
        zip(
            "\u00b5\u00b6\u00b7\u00b8\u00b9\u00a8\u00bb\u00bc\u00bd\u00be\u00c6\u00a9\u00c7\u00c8"
            "\u00c9\u00ca\u00cb\u00ae\u00cc\u00ce\u00cf\u00d0\u00d1\u00aa\u00d2\u00d3\u00d4\u00d5"
            "\u00d6\u00d7\u00d8\u00dc\u00dd\u00de\u00df\u00e1\u00e2\u00e3\u00e4\u00ab\u00e5\u00e6"
            "\u00e7\u00e8\u00e9\u00ac\u00ea\u00eb\u00ec\u00ed\u00ee\u00ef\u00f1\u00f2\u00f3\u00f4"
            "\u00ad\u00f5\u00f6\u00f7\u00f8\u00f9\u00fa\u00fb\u00fc\u00fd\u00fe"
            "\u00a1\u00a2\u00a3\u00a4\u00a5\u00a6\u00a7",
            "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
            strict=True,
        )
    )
)
_VNI_MARKS = {
    "aâeo": {"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309"}
    | {"ã": "\u0302\u0303", "ä": "\u0302\u0323"},
    "a": {"ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309"}
    | {"ü": "\u0306\u0303", "ë": "\u0306\u0323"},
    "aeouyôö": {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"},
}
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"} | {
    "ñ": "đ"
}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for bases, marks in _VNI_MARKS.items():
        for base in bases:
            plain = _VNI_ALONE.get(base, base)
            for mark, combining in marks.items():
                table[base + mark] = unicodedata.normalize("NFC", plain + combining)
    for sign, letter in tuple(table.items()):
        table[sign[0].upper() + sign[1:]] = letter.upper()
        table[sign.upper()] = letter.upper()
    return table


def _grouped(table: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    for base in dict.fromkeys(sign[0] for sign in table if len(sign) == 2):
        yield base, [sign[1] for sign in table if len(sign) == 2 and sign[0] == base]


_VNI = _vni_table()
_VNI_SIGN = re.compile(
    "|".join(f"{base}[{''.join(marks)}]" for base, marks in _grouped(_VNI))
    + f"|[{''.join(sign for sign in _VNI if len(sign) == 1)}]"
)

_TAG = re.compile(r"</?(?P<name>[a-zA-Z!?][\w:-]*)[^<>]*>")
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "big", "em", "font", "i", "ins", "label", "o:p", "s", "small"}
    | {"span", "strike", "strong", "sub", "sup", "u", "wbr"}
)
_UNREAD = re.compile(r"<(?:(script|style)\b|!--)", re.IGNORECASE)
_NAMES = re.compile(r"(\s(?:content|title|alt)\s*=\s*)(\"[^\"<>]*\"|'[^'<>]*')", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#1[6-9]\d|#2[0-5]\d|#[xX][a-fA-F][0-9a-fA-F]|[a-zA-Z]{2,6}\d?);")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
_LATIN1 = re.compile("[\u00a1-\u00ff]")
_MODERN = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_CHARS = 1_500_000
_SIGNS_ALONE = frozenset("©®·§«»")
_LEAST = 4
"""Words that only a font explains: fewer may be chance (`dû` and `tôt` would do in French)."""

_SIGNS = "µ¸ñö"
"""`à`, `á` of TCVN3, `đ`, `ư` of VNI: no text of some length is without, and no Vietnamese one
in Unicode has any of them."""

_WRITTEN_SIGNS = re.compile(r"&(?:micro|ntilde|#181|#241);")


@dataclass(slots=True)
class _Tally:
    """How many words of a text are syllables only as written, only converted, or neither."""

    written: int = 0
    converted: int = 0
    neither: int = 0

    def __iadd__(self, other: _Tally) -> _Tally:
        self.written += other.written
        self.converted += other.converted
        self.neither += other.neither
        return self

    @property
    def sure(self) -> bool:
        return self.converted > 2 * (self.written + self.neither)


def may_hold(source: str) -> bool:
    """Tell at the cost of a few searches whether a page can hold such text at all."""
    return any(sign in source for sign in _SIGNS) or bool(_WRITTEN_SIGNS.search(source))


def convert(source: str) -> str:
    """Convert the paragraphs of a page's source that were written for old fonts; no others."""
    if len(source) > _MOST_CHARS:
        return source
    paragraphs = list(_paragraphs(_without_scripts(source)))
    texts = ["".join(_opened(source[a:b]) for a, b in spans) for spans in paragraphs]
    read = max((from_tcvn3, from_vni), key=lambda one: _gain(texts, one))
    tallies = [_tally(text, read) for text in texts]
    total = _Tally()
    for tally in tallies:
        if tally.sure:
            total += tally
    if total.converted < _LEAST:
        return source
    alone = sum(tally.written for tally in tallies) * 20 < total.converted
    made: list[str] = []
    done = 0
    for spans, tally, text in zip(paragraphs, tallies, texts, strict=True):
        if not (tally.sure or (alone and _undecided(tally, text))):
            continue
        capital = read is from_tcvn3 and _shouts(text)
        for start, end in spans:
            piece = read(_opened(source[start:end]))
            made += (source[done:start], piece.upper() if capital else piece)
            done = end
    made.append(source[done:])
    return _NAMES.sub(lambda found: _name(found, read), "".join(made))


def from_tcvn3(text: str) -> str:
    """Read text that was written for `.VnTime` and its like."""
    return _WORD.sub(lambda word: word[0] if word[0] in _SIGNS_ALONE else _tcvn3(word[0]), text)


def _tcvn3(word: str) -> str:
    return word.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Read text that was written for `VNI-Times` and its like."""
    return _VNI_SIGN.sub(lambda found: _VNI[found[0]], text)


def _paragraphs(source: str) -> Iterator[list[tuple[int, int]]]:
    """Yield where the text of each paragraph stands: in one piece, or between inline tags."""
    spans: list[tuple[int, int]] = []
    at = 0
    for tag in _TAG.finditer(source):
        if tag.start() > at:
            spans.append((at, tag.start()))
        at = tag.end()
        if spans and tag["name"].lower() not in _INLINE:
            yield spans
            spans = []
    if at < len(source):
        spans.append((at, len(source)))
    if spans:
        yield spans


def _without_scripts(source: str) -> str:
    """Make one long tag of each script, style sheet and comment: nothing moves, nothing reads."""
    kept: list[str] = []
    at = 0
    while opening := _UNREAD.search(source, at):
        closing = f"</{opening[1]}" if opening[1] else "-->"
        found = re.compile(closing, re.IGNORECASE).search(source, opening.end())
        end = found.end() if found else len(source)
        kept += (source[at : opening.start()], "<!", "-" * (end - opening.start() - 3), ">")
        at = end
    kept.append(source[at:])
    return "".join(kept)


def _opened(text: str) -> str:
    """Write letters for the entities of Latin letters; `&lt;` and its like stay."""
    return _ENTITY.sub(_letter, text) if "&" in text else text


def _letter(entity: re.Match[str]) -> str:
    char = unescape(entity[0])
    return char if len(char) == 1 and "\u00a1" <= char <= "\u00ff" else entity[0]


def _tally(text: str, read: Callable[[str], str]) -> _Tally:
    tally = _Tally()
    if not _LATIN1.search(text) or _MODERN.search(text):
        return tally
    for word in _WORD.findall(text):
        if word.isascii() or word in _SIGNS_ALONE:
            continue
        parts = _LETTERS.findall(word)
        written = bool(parts) and parts[0] == word and is_syllable(word)
        meant = read(word)
        if is_syllable(meant):
            tally.converted += not written
        elif written:
            tally.written += 1
        elif not (meant.isupper() or _is_framed(word)):
            tally.neither += 1
    return tally


def _is_framed(word: str) -> bool:
    """Tell whether all that is odd about a word are signs around it: `«hai»`, `·`, `©`."""
    return all(part.isascii() or is_syllable(part) for part in _LETTERS.findall(word))


def _gain(texts: list[str], read: Callable[[str], str]) -> int:
    tallies = [_tally(text, read) for text in texts]
    return sum(tally.converted - tally.neither for tally in tallies)


def _undecided(tally: _Tally, text: str) -> bool:
    """Tell whether nothing speaks against a paragraph of a page that is all in an old font."""
    return not (tally.written or tally.neither or _MODERN.search(text))


def _shouts(text: str) -> bool:
    """Tell whether the font was one of capitals (`.VnTimeH`): it has none with a tone."""
    ascii_words = [word for word in re.findall(r"[A-Za-z]{2,}", text) if word.isalpha()]
    return bool(ascii_words) and all(word.isupper() for word in ascii_words)


def _name(found: re.Match[str], read: Callable[[str], str]) -> str:
    value = _opened(found[2])
    return found[1] + (read(value) if _tally(value, read).sure else found[2])
