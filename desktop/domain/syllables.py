"""Which strings are Vietnamese syllables: the spelling rules, for telling good text from wrongly read text.

Initials, rimes and the rule that a closed syllable (-c -ch -p -t) carries sắc or nặng follow the standard spelling
of the language; syllables of loans and minority names outside it are simply not counted as evidence.
"""

from __future__ import annotations

import re
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
_WORD = re.compile(rf"({'|'.join(sorted(_INITIALS, key=len, reverse=True))})?(.+)")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = ("c", "ch", "p", "t")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a word (small, capital or Capitalised) is spelt as a Vietnamese syllable can be."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in decomposed if char in _TONES]
    if len(tones) > 1:
        return False
    letters = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    if letters.endswith(_STOPPED) and tones and tones[0] not in "\u0301\u0323":
        return False
    return _spelt(letters)


def _spelt(letters: str) -> bool:
    if letters in _RIMES or letters in ("gi", "đ"):
        return True
    match = _WORD.fullmatch(letters)
    if match is None or match[1] is None:
        return False
    initial, rime = match[1], match[2]
    if initial == "qu":
        return rime in _AFTER_QU
    if initial == "gi":
        return rime in _AFTER_GI or letters[1:] in _RIMES
    return rime in _RIMES
