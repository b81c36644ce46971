"""Text typed with fonts instead of Unicode: TCVN3 (.VnTime, ABC) and VNI (VNI-Times).

Such a file holds one-byte codes that only look Vietnamese in their font; a reader gets them as Latin letters and
signs ("Trung t©m Y tÕ", "Nguyeãn Thò Höôøng"). Tables: TCVN 5712:1993 VN3 and VNI-Win, checked against known
pairs. Whether a text is such text is judged by spelling: read wrongly, hardly any word stays a Vietnamese syllable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from desktop.domain.legacy_words import SURE_BESIDE_TCVN3, SURE_BESIDE_VNI
from desktop.domain.syllables import is_syllable
from desktop.domain.text import nfc


class Encoding(StrEnum):
    """How a sheet's text was typed."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


_TCVN3_CODES = (
    "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae"
    "\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb"
    "\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde"
    "\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee"
    "\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe"
)
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ"
    "àảãáạằẳẵắặầẩẫấậ"
    "èẻẽéẹềểễếệìỉĩíị"
    "òỏõóọồổỗốộờởỡớợ"
    "ùủũúụừửữứựỳỷỹýỵ"
)  # fmt: skip
TCVN3: Final[dict[str, str]] = dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True))


def _vni_table() -> dict[str, str]:
    tones = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
    order = ("", *"\u0300\u0301\u0309\u0303\u0323")
    breve = {code: f"\u0306{mark}" for code, mark in zip("êèéúüë", order, strict=True)}
    hat = {code: f"\u0302{mark}" for code, mark in zip("âàáåãä", order, strict=True)}
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for base, marks in (("a", {**tones, **breve, **hat}), ("e", {**tones, **hat}), ("o", {**tones, **hat})):
        table.update({base + code: nfc(base + mark) for code, mark in marks.items()})
    for base, letter in (("ô", "ơ"), ("u", "u"), ("ö", "ư"), ("y", "y"), ("i", "i")):
        table.update({base + code: nfc(letter + mark) for code, mark in tones.items()})
    return {**table, **{code.upper(): letter.upper() for code, letter in table.items()}}


VNI: Final[dict[str, str]] = _vni_table()

_VNI_CODE = re.compile("|".join(sorted((re.escape(code) for code in VNI), key=len, reverse=True)), re.IGNORECASE)
_TCVN3_CODE = str.maketrans(TCVN3)
# PDF readers and some converters write these two TCVN3 letters (ư, ã) as signs; between digits they stay signs.
_SIGN_FOR_LETTER = re.compile("(?<=[^\\W\\d_])[\u2212\u2219]|[\u2212\u2219](?=[^\\W\\d_])")
# The first two bytes of a Vietnamese letter in UTF-8, each shown as a letter of its own.
_SPLIT_UTF8 = re.compile(
    "[\u00c2-\u00c6\u00cc][^\\w\\s]|[\u00c2-\u00c6][\u00a0\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]|\u00e1[\u00ba\u00bb]"
)
_DIGITS = re.compile(r"\d+")
_TOKEN = re.compile(r"""[^\s!-@\[-`{-~–—…“”‘’•≥≤→]+""")
_VIETNAMESE_1258 = "ĂăĐđƠơƯư₫\u0300\u0301\u0303\u0309\u0323"
_CODE_1258 = {char: char.encode("cp1258").decode("latin-1") for char in _VIETNAMESE_1258}
# Letters that no text in the encoding holds by themselves: í and ì are themselves in VNI.
_TCVN3_NONE = str.maketrans(dict.fromkeys(TCVN3, ""))
_ACCENTED_LATIN = frozenset(map(chr, (*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100)))) - set("íìÍÌ")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text under one encoding: how many accented words it has, and how many of them are no syllables.

    `other_page`: its codes were shown through Windows code page 1258, not 1252.
    """

    text: str
    wrong: int
    seen: int
    other_page: bool = False


@lru_cache(maxsize=8192)
def decode(text: str, encoding: Encoding) -> str:
    """Give the NFC text of a cell from a sheet in that encoding; a cell that is good Vietnamese stays as it is."""
    if text.isascii() or encoding is Encoding.UNICODE:
        return nfc(text)
    as_is, legacy = _judge(nfc(text)), _as_legacy(text, encoding)
    if legacy is None or not legacy.seen or as_is.wrong < legacy.wrong:
        return as_is.text
    if legacy.other_page and not as_is.wrong:
        return as_is.text
    if as_is.wrong == legacy.wrong and _is_surely_unicode(as_is, encoding):
        return as_is.text
    return legacy.text


def _is_surely_unicode(as_is: _Reading, encoding: Encoding) -> bool:
    """Where spelling cannot tell, everyday words can; otherwise the sheet's encoding stands."""
    sure = SURE_BESIDE_TCVN3 if encoding is Encoding.TCVN3 else SURE_BESIDE_VNI
    return any(word in sure for word in _accented(as_is.text.lower()))


def detect(texts: Iterable[str], fonts: Iterable[str] = ()) -> Encoding:
    """Give the encoding of a sheet from the evidence of all its texts and the names of its fonts.

    A text speaks for TCVN3 or VNI when it is misspelt as it stands and well spelt under that reading. One such
    text in twenty accented ones decides (headings are often older than the body); a font name halves the need.
    """
    strange = {_DIGITS.sub("0", text) for text in texts if not text.isascii()}
    beyond = any("\u1ea0" <= char <= "\u1ef9" for text in strange for char in text)
    votes = {Encoding.TCVN3: 0, Encoding.VNI: 0}
    for text in strange:
        as_is = _judge(nfc(text))
        best = max((_vote(text, as_is, encoding, beyond=beyond), encoding) for encoding in votes)
        if best[0] > 0:
            votes[best[1]] += 1
    winner = max(votes, key=lambda encoding: votes[encoding])
    weight = 40 if font_encoding(fonts) is winner else 20
    return winner if votes[winner] and votes[winner] * weight >= len(strange) else Encoding.UNICODE


def _vote(text: str, as_is: _Reading, encoding: Encoding, *, beyond: bool) -> int:
    """How much better a text is spelt under an encoding.

    A sheet shown through code page 1258 has no letters beyond it; one that has them holds names of other peoples.
    """
    legacy = _as_legacy(text, encoding) if as_is.wrong else None
    if legacy is None or (legacy.other_page and beyond):
        return 0
    return as_is.wrong - legacy.wrong if legacy.wrong * 4 <= legacy.seen else 0


def font_encoding(fonts: Iterable[str]) -> Encoding:
    """The encoding that font names speak of: .VnTime, .VnArialH -> TCVN3; VNI-Times -> VNI; else Unicode."""
    names = [name.strip().lower() for name in fonts]
    if any(name.startswith(".vn") for name in names):
        return Encoding.TCVN3
    return Encoding.VNI if any(name.startswith("vni") for name in names) else Encoding.UNICODE


def repaired(text: str) -> str | None:
    """The text that was UTF-8 read as Windows 1252 ("Xã Hồ" seen as "XÃ£ Há»“"), or None where it was not."""
    if text.isascii() or not _SPLIT_UTF8.search(text):
        return None
    try:
        return nfc(b"".join(_windows_byte(char) for char in text).decode("utf-8"))
    except UnicodeError:
        return None


def _windows_byte(char: str) -> bytes:
    return char.encode("latin-1") if char <= "\xff" else char.encode("cp1252")


def _as_legacy(text: str, encoding: Encoding) -> _Reading | None:
    found = _codes(text)
    if found is None:
        return None
    codes, other_page = found
    if encoding is Encoding.TCVN3:
        reading = _judge(_lift_capitals(nfc(codes.translate(_TCVN3_CODE))))
        left = codes.translate(_TCVN3_NONE)
    else:
        reading = _judge(nfc(_VNI_CODE.sub(lambda match: _vni_letter(match.group()), codes)))
        left = _VNI_CODE.sub("", codes)
    strangers = sum(any(char in _ACCENTED_LATIN for char in word) for word in _TOKEN.findall(left))
    return replace(reading, wrong=reading.wrong + strangers, other_page=other_page)


def _vni_letter(code: str) -> str:
    """A code whose two parts differ in case (typed with Caps Lock) takes the case of its first."""
    if code in VNI:
        return VNI[code]
    same_case = code.upper() if code[0].isupper() else code.lower()
    return VNI[same_case]


def _codes(text: str) -> tuple[str, bool] | None:
    """The text as the one-byte codes it was typed in, and whether code page 1258 showed them; None if it cannot be."""
    text = _SIGN_FOR_LETTER.sub(lambda match: "\xad" if match.group() == "\u2212" else "\xb7", text)
    other_page = any(char in _VIETNAMESE_1258 for char in text)
    out: list[str] = []
    for char in text:
        code = char if char <= "\xff" else _CODE_1258.get(char, char) if other_page else char
        if code > "\xff" and (code.isalpha() or unicodedata.combining(code)):
            return None
        out.append(code)
    return "".join(out), other_page


def _lift_capitals(text: str) -> str:
    """Give accented letters the case of their word: TCVN3 keeps small codes for them in capital titles."""
    plain = [char for char in text if char.isascii() and char.isalpha()]
    if len(plain) > 3 and all(char.isupper() for char in plain):
        return text.upper()
    return _TOKEN.sub(lambda match: _lift_word(match.group()), text)


def _lift_word(word: str) -> str:
    plain = [char for char in word if char.isascii() and char.isalpha()]
    return word.upper() if len(plain) > 1 and all(char.isupper() for char in plain) else word


def _judge(reading: str) -> _Reading:
    accented = _accented(reading)
    return _Reading(reading, sum(not (word.isalpha() and is_syllable(word)) for word in accented), len(accented))


def _accented(text: str) -> list[str]:
    """The words of a text that are not plain ASCII; a lone sign is no word."""
    return [word for word in _TOKEN.findall(text) if not word.isascii() and (len(word) > 1 or word.isalpha())]
