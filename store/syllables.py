"""Which words can be Vietnamese: a syllable is an onset, a rime and at most one tone.

Used to tell in which of several ways old bytes were meant to be read; it knows no meanings.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_FOR_STOPS = frozenset("\u0301\u0323")
"""A syllable that ends in c, ch, p or t is said with one of these two tones and no other."""

_FRONT = frozenset("eêiy")
_LONGEST = 9
"""`nghiêng` with its marks apart."""

_ANY = ("", "b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh", "p", "ph", "r", "s", "t", "th")
_ONSETS = (*_ANY, "tr", "v", "x")
_BEFORE_BACK = ("c", "g", "ng")
_BEFORE_FRONT = ("k", "gh", "ngh")
_RIMES = (
    "a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu"
    " iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao"
    " oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oong ooc ô ôc ôi ôm ôn ông ôp ôt"
    " ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uy uya uych"
    " uyên uyêt uynh uyt uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu"
    " ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu"
)
_AFTER_QU = (
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây âu e en eo et ê ên êch"
    " êt i it ô ôc ơ ơi ơn y ych ynh yt yên yêt"
)
_AFTER_GI = (
    "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âm ân âng âp ât âu ây e em en eo"
    " êm ên êng êp êt êu o oc oi ong ot ô ôc ông ôi ơ ơi u ua uc ui um un ung up"
    " ư ưa ưng ương ươc ươi"
)


@cache
def _bases() -> frozenset[str]:
    """Write out every syllable without its tone; some two thousand."""
    rimes = _RIMES.split()
    bases = {onset + rime for onset in _ONSETS for rime in rimes}
    bases |= {onset + rime for onset in _BEFORE_BACK for rime in rimes if rime[0] not in _FRONT}
    bases |= {onset + rime for onset in _BEFORE_FRONT for rime in rimes if rime[0] in _FRONT}
    bases |= {"g" + rime for rime in ("i", "in", "ip")} | {"kr" + rime for rime in ("ông", "a")}
    bases |= {"qu" + rime for rime in _AFTER_QU.split()} | {
        "gi" + rime for rime in _AFTER_GI.split()
    }
    return frozenset(bases)


def is_syllable(word: str) -> bool:
    """Tell whether `word`, in any case and form, can stand in a Vietnamese text."""
    return len(word) <= _LONGEST and _is_syllable(word)


@lru_cache(20_000)
def _is_syllable(word: str) -> bool:
    tones = ""
    letters = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tones += char
        else:
            letters.append(char)
    base = unicodedata.normalize("NFC", "".join(letters))
    if len(tones) > 1 or base not in _bases():
        return False
    return tones in _FOR_STOPS or not base.endswith(("c", "ch", "p", "t"))
