"""Vietnamese text: one form for letters, keys for matching and keys for order.

Everything that comes in through a door is NFC. Two keys exist beside the text: ``fold`` for finding and
matching (marks, case and spacing do not count) and ``sort_key`` for the order of a Vietnamese list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SortKey = tuple[str, str, str, str]

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ALPHABET = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split()
_LETTER = {letter: 1_000 + place for place, letter in enumerate(_ALPHABET)}
_OTHER_LETTER = 10_000

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SYLLABLE = re.compile(r"[^\W\d_]+")
_OPEN_PAIRS = ("oa", "oe", "uy")
_MEANT = str.maketrans("OolI|", "00111")
_FIGURE_WITH_LETTERS = re.compile(r"-?(?:[\dOo]|[lI|](?=[.,]?[\dOo]))(?:[.,]?(?:[\dOo]|[lI|](?=[.,]?[\dOo])))*")


def nfc(text: str) -> str:
    """Give the composed form (NFC) in which all text is kept."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=32_768)  # every cell of a sheet is asked several times
def squeeze(text: str) -> str:
    """NFC text with every run of white space as one space and none at the ends; invisible characters dropped."""
    shown = nfc(text)
    if not shown.isprintable():  # far quicker to ask than to look for each of them
        shown = shown.translate(_INVISIBLE)
    return " ".join(shown.split())


@lru_cache(maxsize=32_768)  # the names of a province's children
def fold(text: str) -> str:
    """Give the accent-blind key for search and matching.

    Marks are dropped (so both places of a tone fall together), đ is d, case and width do not count,
    white space is folded.
    """
    plain = text.casefold() if text.isascii() else _without_marks(text)
    return " ".join(plain.split())


def _without_marks(text: str) -> str:
    lower = unicodedata.normalize("NFKD", text.translate(_INVISIBLE)).casefold()
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("đ", "d").casefold()


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text: letters and digits only, in their order."""
    return tuple(re.findall(r"[^\W_]+", fold(text)))


def fold_tones(text: str) -> str:
    """Write every syllable with its tone in one place (hoà -> hòa, qúy -> quý), keeping all marks.

    Two spellings of one name are equal after this; the result may be shown.
    """
    return _SYLLABLE.sub(lambda match: _one_tone_place(match.group()), nfc(text))


def _one_tone_place(syllable: str) -> str:
    letters, tone, _ = _split_tone(syllable)
    if not tone:
        return syllable
    lower = letters.lower()
    for pair in _OPEN_PAIRS:
        at = lower.find(pair)
        if at < 0:
            continue
        after_q = pair == "uy" and at > 0 and lower[at - 1] == "q"
        closed = at + 2 < len(lower)
        if closed and _vowel(lower[at + 2]):
            return syllable
        place = at + 1 if closed or after_q else at
        return nfc(letters[: place + 1] + tone + letters[place + 1 :])
    return syllable


def _vowel(char: str) -> bool:
    return unicodedata.normalize("NFD", char)[0] in "aeiouy"


def _split_tone(syllable: str) -> tuple[str, str, int]:
    """Take the one tone mark out of a syllable: (letters without tone, tone or "", how many were there)."""
    tones = [char for char in unicodedata.normalize("NFD", syllable) if char in _TONES]
    if len(tones) != 1:
        return syllable, "", len(tones)
    bare = "".join(char for char in unicodedata.normalize("NFD", syllable) if char not in _TONES)
    return nfc(bare), tones[0], 1


def sort_key(text: str) -> SortKey:
    """Give the key of Vietnamese order: a ă â b c d đ ..., then tones ngang huyền hỏi ngã sắc nặng, then case.

    Other signs come before digits, digits before letters; agrees with ICU's vi collation for Vietnamese words.
    """
    return _key(squeeze(text))


def _key(shown: str) -> SortKey:
    # The places of letters are kept as characters: texts compare far quicker than tuples of numbers.
    parts = [_word_key(word) for word in shown.split(" ")]
    if len(parts) == 1:
        return (*parts[0], shown)
    # A space is before every other sign, without tone.
    base, tones, capitals = map("\0".join, zip(*parts, strict=True))
    return base, tones, capitals, shown


@lru_cache(maxsize=8192)
def _word_key(word: str) -> tuple[str, str, str]:
    told = [(*_letter_and_tone(char.lower()), char != char.lower()) for char in word]
    base, tones, capitals = ("".join(map(chr, (one[part] for one in told))) for part in range(3))
    return base, tones, capitals


@lru_cache(maxsize=2048)
def _letter_and_tone(char: str) -> tuple[int, int]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), 0)
    bare = nfc("".join(mark for mark in decomposed if mark not in _TONES))
    if bare in _LETTER:
        return _LETTER[bare], tone
    if not bare or bare == " ":
        return 0, tone
    code = ord(bare[0])
    if bare.isalpha():
        return _LETTER.get(decomposed[0], _OTHER_LETTER + code), tone
    return (500 + unicodedata.digit(bare) if bare.isdigit() else 1 + min(code, 498)), tone


def name_sort_key(name: str) -> tuple[SortKey, SortKey]:
    """Give the order of personal names: by the given (last) word first, then by the whole name."""
    shown = squeeze(name)
    return _key(shown.rpartition(" ")[2]), _key(shown)


def name_ranks(names: Iterable[str]) -> dict[str, int]:
    """The place of each personal name in their order; those that differ in spaces alone share one."""
    keys = {name: name_sort_key(name) for name in names}
    places = {key: place for place, key in enumerate(sorted(set(keys.values())))}
    return {name: places[key] for name, key in keys.items()}


def with_digits(text: str) -> str | None:
    """A figure with letters typed for digits as it was meant: "2.78O" is 2.780, "l.234" is 1.234; None for others.

    O stands for 0 beside a digit or separator; l, I and | stand for 1 only before more of the figure, because a last l
    may be a unit. Letters of words keep the text a text.
    """
    if not any(char.isdigit() for char in text) or not _FIGURE_WITH_LETTERS.fullmatch(text):
        return None
    meant = text.translate(_MEANT)
    return meant if meant != text else None
