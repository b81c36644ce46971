"""Which commune a row speaks of, by code or by name, as people write names.

"TT", "P.", a missing "Xã", Hoà/Hòa, "Trạm y tế xã ..." and names without marks are the same name. A name that is only
nearly one (another mark, one wrong letter, another kind) is taken with a finding; one that fits several is ambiguous.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from desktop.domain.text import fold, fold_tones, squeeze
from desktop.exchange.headings import near

_KINDS: Final = (
    ("thi tran", r"thi tran|t\.? ?t(?:r(?:an)?)?\.?"),
    ("phuong", r"phuong|p\.|ph\.|p"),
    ("dac khu", r"dac khu|dk\.?"),
    ("xa", r"xa|x\.|x"),
    ("huyen", r"huyen|h\."),
    ("quan", r"quan|q\."),
    ("thi xa", r"thi xa|tx\.?"),
    ("thanh pho", r"thanh pho|tp\.?"),
    ("tinh", r"tinh"),
)
_STATION: Final = re.compile(r"^(?:tram y te|tyt|tram)\s+")
_NUMBERING: Final = re.compile(r"^\s*(?:\d{1,3}|i{1,3}|iv|vi{0,3}|ix|x[iv]+|[a-e])\s*[.)\-/:]\s*", re.IGNORECASE)
_REMARK: Final = re.compile(r"\s*(?:\([^()]*\)|\*+|\[[^\[\]]*\])\s*$")
_FAR_APART: Final = 4  # letters by which two spellings of a name differ at most, spaces and "gi" for "d" counted
_SPLIT: Final = tuple((kind, re.compile(rf"^(?:{pattern})(?:\s+|(?<=\.))(?=\S)")) for kind, pattern in _KINDS)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit a row may speak of: `code` is how findings and candidates name it (the official code or `uid:...`)."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


class Sureness(StrEnum):
    """How a unit was recognised."""

    SURE = "sure"
    OTHER_MARKS = "other_marks"
    DOUBTFUL = "doubtful"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


_FOUND: Final = (Sureness.SURE, Sureness.OTHER_MARKS, Sureness.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names: one unit (sure, spelt with other marks, or doubtful), several (ambiguous), or none."""

    sureness: Sureness
    units: tuple[KnownUnit, ...] = ()

    @property
    def unit(self) -> KnownUnit | None:
        """The one unit named, or None."""
        return self.units[0] if self.sureness in _FOUND else None


UNKNOWN: Final = Found(Sureness.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Written:
    """A name taken apart: its kind (or ""), its proper name with marks in one style, and without marks."""

    kind: str
    marked: str
    plain: str

    @property
    def has_marks(self) -> bool:
        return self.marked != self.plain


def take_apart(name: str) -> _Written:
    """Split a written name into kind and proper name."""
    text = _REMARK.sub("", _NUMBERING.sub("", squeeze(name))).rstrip(".,;: ")
    marked = fold_tones(text).casefold()
    plain = fold(text)
    if len(marked) == len(plain):
        station = _STATION.match(plain)
        if station and plain[station.end() :]:
            marked, plain = marked[station.end() :], plain[station.end() :]
        for kind, pattern in _SPLIT:
            found = pattern.match(plain)
            if found:
                return _Written(kind, marked[found.end() :], plain[found.end() :])
    return _Written("", marked, plain)


def _one_i(plain: str) -> str:
    """Mỹ and Mĩ, Lý and Lí, and hyphens for spaces are one name."""
    return re.sub(r"(?<![aou])y\b", "i", plain.replace("-", " ").replace("'", "").replace("’", ""))


class UnitNames:
    """The communes a file may speak of, ready to be found."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self.units: Sequence[KnownUnit] = tuple(units)
        self._codes = {unit.code: unit for unit in self.units}
        self._cache: dict[str, Found] = {}

    @cached_property
    def _names(self) -> list[tuple[_Written, KnownUnit]]:
        return [(take_apart(name), unit) for unit in self.units for name in (unit.name, *unit.aliases)]

    def by_code(self, raw: object) -> KnownUnit | None:
        """The unit with this official code; leading zeros that Excel dropped are given back."""
        text = str(int(raw)) if isinstance(raw, float) and raw == int(raw) else str(raw).strip().lstrip("'")
        if text in self._codes:
            return self._codes[text]
        return self._codes.get(text.zfill(5)) if text.isascii() and text.isdigit() and len(text) < 5 else None

    def by_name(self, name: str) -> Found:
        """The unit a name means."""
        if name not in self._cache:
            self._cache[name] = self._search(name)
        return self._cache[name]

    def _search(self, name: str) -> Found:
        inside = [self._codes[code] for code in re.findall(r"(?<!\d)\d{5}(?!\d)", name) if code in self._codes]
        if len(inside) == 1 and re.search(r"[^\W\d_]", name):
            return Found(Sureness.SURE, (inside[0],))
        written = take_apart(name)
        if not written.plain or (written.plain.isdigit() and not written.kind):
            return UNKNOWN
        exact = self._by_marks.get(written.marked) or self._by_letters.get(_one_i(written.plain))
        if exact:
            return _judged(written, exact, sure=True)
        nearly = [pair for pair in self._names if _nearly(written, pair[0])]
        return _judged(written, nearly, sure=False) if nearly else UNKNOWN

    @cached_property
    def _by_marks(self) -> dict[str, list[tuple[_Written, KnownUnit]]]:
        return _grouped(self._names, lambda written: written.marked)

    @cached_property
    def _by_letters(self) -> dict[str, list[tuple[_Written, KnownUnit]]]:
        return _grouped(self._names, lambda written: _one_i(written.plain))


def _grouped(
    names: list[tuple[_Written, KnownUnit]], key: Callable[[_Written], str]
) -> dict[str, list[tuple[_Written, KnownUnit]]]:
    groups: dict[str, list[tuple[_Written, KnownUnit]]] = {}
    for written, unit in names:
        groups.setdefault(key(written), []).append((written, unit))
    return groups


def _judged(written: _Written, found: list[tuple[_Written, KnownUnit]], *, sure: bool) -> Found:
    """One unit is the answer; the kind decides between several, and is doubtful where it contradicts the only one."""
    same_kind = [pair for pair in found if written.kind and pair[0].kind == written.kind]
    chosen = same_kind or found
    units = tuple(dict.fromkeys(unit for _, unit in chosen))
    if len(units) > 1:
        return Found(Sureness.AMBIGUOUS, units)
    against = bool(written.kind) and not same_kind and all(pair[0].kind for pair in chosen)
    if against and written.kind in ("huyen", "quan", "thi xa", "thanh pho", "tinh"):
        return UNKNOWN
    if against or not sure:
        return Found(Sureness.DOUBTFUL, units)
    other_marks = written.has_marks and not _same_but_i(written, chosen)
    return Found(Sureness.OTHER_MARKS if other_marks else Sureness.SURE, units)


def _same_but_i(written: _Written, chosen: list[tuple[_Written, KnownUnit]]) -> bool:
    def key(marked: str) -> str:
        return re.sub("[yỳýỷỹỵ]", lambda found: "iìíỉĩị"["yỳýỷỹỵ".index(found.group())], marked.replace("-", " "))

    return any(key(pair[0].marked) == key(written.marked) for pair in chosen)


def _nearly(written: _Written, known: _Written) -> bool:
    """One letter apart in all, or alike in sound; names of fewer than five letters must be right.

    Marks count where they were typed: communes one letter and one mark apart are usually two communes.
    """
    one, other = (written.marked, known.marked) if written.has_marks else (written.plain, known.plain)
    if abs(len(one) - len(other)) > _FAR_APART or min(len(written.plain), len(known.plain)) < 5:
        return False
    if _digits(one) != _digits(other):
        return False
    apart = [unicodedata.normalize("NFD", _one_i(text).replace(" ", "")) for text in (one, other)]
    return near(apart[0], apart[1]) or _sound(one) == _sound(other)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _sound(name: str) -> str:
    """Initials that many people do not tell apart: tr and ch, x and s, gi, r and d."""
    for initial, sound in ((r"\btr", "ch"), (r"\bx", "s"), (r"\b(?:gi|r)(?=\w)", "d")):
        name = re.sub(initial, sound, name)
    return _one_i(name)
