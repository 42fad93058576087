"""Titles in capitals made readable: each word is written as the body, a name or a table has it.

Pure and without a clock: the same article gives the same words in every feed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from store.provinces import provinces, provinces_now

_Names = dict[tuple[str, ...], tuple[str, ...]]

_LEAST_WORDS = 3
_CAPITAL_SHARE = 0.85
_BODY_CHARS = 20_000

_WORD = re.compile(r"[^\W_]+(?:[.&/-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W_]+|[.&/-]")
_START_AFTER = re.compile(r"(?:^|[.:!?…]\s|[“\"«])[^\w]*$")
_SENTENCE_START = re.compile(r"(?:^|[.:!?…“\"«•*+-]|\n)\s*$")
_VOWELS = frozenset("aeiouyăâêôơư")
_ROMAN = re.compile(r"(?=[IVX]{2,6}$)X{0,3}(?:IX|IV|V?I{0,3})$")
_ROMAN_WORDS = frozenset({"VI", "XI"})
"""Numbers that are words too (`vi phạm`, `xi măng`)."""

_BEFORE_A_NUMBER = frozenset(
    {"quý", "thứ", "khóa", "khoá", "kỳ", "kỷ", "phần", "chương", "đợt", "hạng", "loại", "khu"}
    | {"tập", "mục", "nhóm", "cấp", "hội", "vòng"}
)
_ACRONYM_WORDS = """
AI ANTT ASEAN ATGT ATTP ATTT BCĐ BHXH BHYT BTTTT BVHTTDL CCHC CĐS CLB CNTT CNXH COVID COVID-19 CSDL
CTTĐT DN DVC DVCTT EU FDI FPT GPMB GTVT HĐND HTX ICT IP IT KCN KHCN KH&CN KT-XH LĐTBXH LGSP MTTQ
NĐ-CP NTM NSNN NQ/TW OCOP ODA PAPI PCTT PCI QLNN QPPL SIM SMS TBT THCS THPT TNMT TP TP.HCM TT TT-TT
TTCN TT&TT TTĐT TTHC TTTT TTXVN TƯ TW UBND UBMTTQ UNESCO USD VBQPPL VĐV VH-TT VHTT VNPT WTO XDCB
XHCN XKLĐ
"""
_ACRONYMS = frozenset(_ACRONYM_WORDS.split())
_NAMES = (
    "Việt Nam|Hồ Chí Minh|Bác Hồ|Đảng|Chính phủ|Quốc hội|Thủ tướng|Nhà nước|Nhân dân|Trung ương"
    "|Sở Thông tin và Truyền thông|Bộ Thông tin và Truyền thông|Thông tin và Truyền thông"
    "|Sở Khoa học và Công nghệ|Bộ Khoa học và Công nghệ|Sở Bưu chính, Viễn thông"
    "|Mặt trận Tổ quốc|Đoàn Thanh niên|Tết|Tết Nguyên đán|Internet|Viettel|MobiFone|VinaPhone"
    "|Facebook|Zalo|YouTube|VNeID|IoT|IPv6|Điện Biên Phủ|Đông Nam Á|Đảng bộ|Đảng viên"
)


def readable_title(title: str, body_text: str) -> str:
    """Write a title that is all in capitals as its body would; leave any other as it is.

    Names of provinces, acronyms and Roman numbers keep their capitals, the rest is small but for
    the first letter.
    """
    words = list(_WORD.finditer(title))
    if len(words) < _LEAST_WORDS or not _shouts(title):
        return title
    keys = [_key(word[0]) for word in words]
    seen = _Seen(body_text[:_BODY_CHARS])
    named = dict(_named(keys, _names()))
    sure = dict(_named(keys, _provinces()))
    if "hòa bình" in body_text and not re.search(r"(?i)tỉnh hòa bình|^hòa bình\s?:", title):
        sure = {at: word for at, word in sure.items() if word not in {"Hòa", "Bình"}}  # peace
    made: list[str] = []
    done = 0
    for place, word in enumerate(words):
        before = keys[place - 1] if place else ""
        after = keys[place + 1] if place + 1 < len(keys) else ""
        text = (
            sure.get(place)
            or seen.beside(keys[place], before, after)
            or named.get(place)
            or _kept(word[0], before)
            or seen.alone(keys[place])
            or word[0].lower()
        )
        if _START_AFTER.search(title[: word.start()]):
            text = text[:1].upper() + text[1:]
        made += (title[done : word.start()], text)
        done = word.end()
    made.append(title[done:])
    return "".join(made)


class _Seen:
    """How a body writes its words, where neither a sentence's start nor a heading changes them."""

    def __init__(self, body_text: str) -> None:
        self._forms: dict[tuple[str, str, str], Counter[str]] = {}
        words = [] if _shouts(body_text) else list(_WORD.finditer(body_text))
        keys = ["", *(_key(word[0]) for word in words), ""]
        loud = _in_headings([word[0] for word in words])
        for place, word in enumerate(words):
            if _SENTENCE_START.search(body_text[max(0, word.start() - 3) : word.start()]):
                continue
            if loud[place]:
                continue
            before, key, after = keys[place : place + 3]
            for known in ((key, "", ""), (key, before, ""), (key, "", after)):
                self._forms.setdefault(known, Counter())[word[0]] += 1

    def beside(self, key: str, before: str, after: str) -> str | None:
        """Return how the body writes a word next to one of the two that it stands between."""
        forms: Counter[str] = Counter()
        for known in ((key, before, ""), (key, "", after)):
            if any(known[1:]):
                forms += self._forms.get(known, Counter())
        return _most(forms)

    def alone(self, key: str) -> str | None:
        """Return how the body writes a word wherever it stands: small, or in capitals.

        One capital proves nothing: `Sở` is not the second half of `cơ sở`.
        """
        form = _most(self._forms.get((key, "", ""), Counter()))
        return None if form is None or form.istitle() else form


def _in_headings(words: list[str]) -> list[bool]:
    """Tell of each word whether it stands in a run of capitals, which is a heading of its own."""
    loud: list[bool] = []
    for shouts, run in groupby(words, key=lambda word: word.isupper() and len(word) > 1):
        length = sum(1 for _ in run)
        loud += [shouts and length > 2] * length
    return loud


def _most(forms: Counter[str]) -> str | None:
    """Return the form met most often; of equals the one with fewer capitals."""
    if not forms:
        return None
    return min(forms, key=lambda form: (-forms[form], sum(map(str.isupper, form)), form))


def _shouts(text: str) -> bool:
    cased = [char for char in text[:_BODY_CHARS] if char.isupper() or char.islower()]
    return bool(cased) and sum(map(str.isupper, cased)) >= _CAPITAL_SHARE * len(cased)


def _named(keys: list[str], names: _Names) -> Iterator[tuple[int, str]]:
    """Yield the words that belong to a name, each with its place; longer names count first."""
    place = 0
    while place < len(keys):
        for length in range(min(6, len(keys) - place), 0, -1):
            name = names.get(tuple(keys[place : place + length]))
            if name:
                yield from zip(range(place, place + length), name, strict=True)
                place += length - 1
                break
        place += 1


@cache
def _provinces() -> _Names:
    """Return the names that are never words of another meaning, but for one."""
    names = [place.name for place in provinces_now().values()]
    for place in provinces().values():
        names += [place.name, *(alias for alias in place.aliases if alias.istitle())]
    return _by_key(names)


@cache
def _names() -> _Names:
    return _by_key(_NAMES.split("|"))


def _by_key(names: list[str]) -> _Names:
    words = [tuple(_WORD.findall(name)) for name in names]
    return {tuple(map(_key, name)): name for name in words}


def _kept(word: str, before: str) -> str | None:
    """Return an acronym or a number as it stands; None for a word."""
    letters = [char for char in word if char.isalpha()]
    if word.upper() in _ACRONYMS or any(map(str.isdigit, word)) or not letters:
        return word
    if all(part in _ACRONYMS or not part.isalpha() for part in _LETTERS.findall(word)):
        return word
    roman = bool(_ROMAN.match(word)) and word not in _ROMAN_WORDS
    if roman or (before in _BEFORE_A_NUMBER and re.fullmatch("[IVX]{1,5}", word)):
        return word
    plain = unicodedata.normalize("NFD", word.lower())
    return None if any(char in _VOWELS for char in plain) else word


def _key(word: str) -> str:
    return word.casefold()
