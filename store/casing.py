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

from store.casing_words import (
    ACRONYMS,
    ASKS_WHO,
    BEFORE_A_PROVINCE,
    BEGUN_BEFORE,
    BEHIND_CENTRAL,
    BORROWED,
    CENTRAL,
    FIELDS,
    GOES_ON_AFTER,
    MIDDLE_NAMES,
    NAMES,
    NO_GIVEN_NAMES,
    OR_WORDS,
    SURE_NAMES,
    SURNAMES,
    YEARS,
)
from store.provinces import provinces, provinces_now
from store.syllables import is_syllable

_Names = dict[tuple[str, ...], tuple[str, ...]]

_LEAST_WORDS = 3
_CAPITAL_SHARE = 0.85
_BODY_CHARS = 20_000

_WORD = re.compile(r"[^\W_]+(?:[.&/-][^\W_]+)*")
_PLAIN = re.compile("[A-ZĐƯ]+")
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
_SHORT = 4
"""Letters up to which a word that is no syllable is an acronym."""


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
    named = dict(_persons(keys)) | dict(_named(keys, _names()))
    sure = dict(_named(keys, _provinces(), whole=True))
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
            or _kept(word[0], before, after, seen)
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

    def as_name(self, key: str) -> str | None:
        """Return how the body writes a word that no Vietnamese text has but as a name."""
        return _most(self._forms.get((key, "", ""), Counter()))


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


def _named(keys: list[str], names: _Names, *, whole: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the words that belong to a name, each with its place; longer names count first.

    With `whole` those are left out whose first or last word belongs to the word beside it.
    """
    place = 0
    while place < len(keys):
        for length in range(min(8, len(keys) - place), 0, -1):
            name = names.get(tuple(keys[place : place + length]))
            if name and not (whole and _is_chance(keys, place, place + length)):
                yield from zip(range(place, place + length), name, strict=True)
                place += length - 1
                break
        place += 1


def _is_chance(keys: list[str], first: int, last: int) -> bool:
    """Tell whether a province's name is made of halves of other words: `công nghệ an toàn`."""
    before = keys[first - 1] if first else ""
    after = keys[last] if last < len(keys) else ""
    if before in BEGUN_BEFORE.get(keys[first], ()):
        return True
    return (
        bool(before)
        and before not in BEFORE_A_PROVINCE
        and (after in GOES_ON_AFTER.get(keys[last - 1], ()))
    )


def _persons(keys: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the words of names such as Nguyễn Văn An, each with its place."""
    for place in range(len(keys) - 2):
        surname, middle, given = keys[place : place + 3]
        if surname in SURNAMES and middle in MIDDLE_NAMES and given not in NO_GIVEN_NAMES:
            yield from ((place + n, keys[place + n].capitalize()) for n in range(3))


@cache
def _provinces() -> _Names:
    """Return the names that are never words of another meaning, but for one."""
    names = [place.name for place in provinces_now().values()]
    for place in provinces().values():
        names += [place.name, *(alias for alias in place.aliases if alias.istitle())]
    return _by_key([*names, *SURE_NAMES])


@cache
def _names() -> _Names:
    offices = [f"{kind} {name}" for kind in ("Sở", "Bộ") for name in FIELDS]
    return _by_key([*NAMES, *offices, *YEARS])


def _by_key(names: list[str]) -> _Names:
    words = [tuple(_WORD.findall(name)) for name in names]
    return {tuple(map(_key, name)): name for name in words}


def _kept(word: str, before: str, after: str, seen: _Seen) -> str | None:
    """Return an acronym, a number or a foreign name as it is written; None for a word."""
    letters = [char for char in word if char.isalpha()]
    if any(map(str.isdigit, word)) or not letters:
        return word
    if word == CENTRAL:
        return word if after in BEHIND_CENTRAL else None
    if word in OR_WORDS:
        return seen.alone(_key(word)) or (word.lower() if after in ASKS_WHO else word)
    roman = bool(_ROMAN.match(word)) and word not in _ROMAN_WORDS
    if roman or (before in _BEFORE_A_NUMBER and re.fullmatch("[IVX]{1,5}", word)):
        return word
    if word in ACRONYMS or all(map(_is_acronym, _LETTERS.findall(word))):
        return seen.as_name(_key(word)) or word
    return None if is_syllable(word) else seen.as_name(_key(word))


def _is_acronym(part: str) -> bool:
    """Tell whether a word, or what stands between two of its signs, is said letter by letter."""
    if part in ACRONYMS or not part.isalpha():
        return True
    plain = unicodedata.normalize("NFD", part.lower())
    if not any(char in _VOWELS for char in plain):
        return True
    short = len(part) <= _SHORT and part.lower() not in BORROWED
    return short and bool(_PLAIN.fullmatch(part)) and not is_syllable(part)


def _key(word: str) -> str:
    return word.casefold()
