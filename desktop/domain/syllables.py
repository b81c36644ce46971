"""Which strings are Vietnamese syllables: the spelling rules, for telling good text from wrongly read text.

Initials, rimes and the rule that a closed syllable (-c -ch -p -t) carries sắc or nặng follow the standard spelling
of the language; syllables of loans and minority names outside it are simply not counted as evidence.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_INITIALS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()

_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uên uôc uôi uôm uôn uông uôp uôt
    uơ uy uya uych uyn uynh uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()
)
_AFTER_QU = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch ên ênh êt i in it "
    "ơ ôc y ych yn ynh yt yên yêt".split()
)
_AFTER_GI = _RIMES | frozenset("ê êc êng êt êm ên êp êu".split())
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = ("c", "ch", "p", "t")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a word (small, capital or Capitalised) is spelt as a Vietnamese syllable can be."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    letters = ""
    tones: list[tuple[int, str]] = []
    for place, char in enumerate(unicodedata.normalize("NFC", word.lower())):
        apart = unicodedata.normalize("NFD", char)
        tones += [(place, mark) for mark in apart if mark in _TONES]
        letters += unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    if len(tones) > 1 or (tones and letters.endswith(_STOPPED) and tones[0][1] not in "\u0301\u0323"):
        return False
    return any(not tones or tones[0][0] - len(initial) in _tone_places(rime) for initial, rime in _parts(letters))


def _parts(letters: str) -> list[tuple[str, str]]:
    """The ways a word is an initial (or none) and a rime that can follow it."""
    if letters == "đ":
        return [("", "đ")]
    found = [("", letters)] if letters in _RIMES else []
    for initial in _INITIALS:
        rime = letters.removeprefix(initial)
        allowed = _AFTER_QU if initial == "qu" else _AFTER_GI if initial == "gi" else _RIMES
        if rime != letters and rime in allowed:
            found.append((initial, rime))
    return found


@lru_cache(maxsize=512)
def _tone_places(rime: str) -> frozenset[int]:
    """Where in a rime its tone can stand: ă â ê ô ơ ư draw it; open oa, oe, uy are written both ways."""
    marked = [place for place, char in enumerate(rime) if char in "ăâêôơư"]
    if marked:
        return frozenset({marked[-1]} if rime[marked[0] :] != "ưa" else {marked[0]})
    vowels = len(rime) - len(rime.lstrip("aeiouy"))
    if rime.startswith("oo"):
        return frozenset({0, 1})
    if rime[:2] in ("oa", "oe", "uy"):
        return frozenset({1} if len(rime) > 2 else {0, 1})
    return frozenset({0}) if vowels else frozenset()
