"""Which commune a list is of: named in a line above it, in the name of its sheet or file, or beside a child."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from desktop.domain.text import fold, squeeze
from desktop.exchange.unit_names import Found, KnownUnit, Sureness, UnitNames, take_apart

_APART: Final = re.compile(r"\s+[-–—]\s+|[,;:|/\n_]|\.(?=\s)")
_WIDER: Final = re.compile(r"(?:huyen|quan|tinh|thanh pho|tp|thi xa|tx|trung tam y te)\.?\s*$")
_COMMUNE: Final = re.compile(r"(?<![a-z])(?:xa|phuong|thi tran|tt|dac khu|tyt|tram y te|tram)\.?\s*$")
_ANY: Final = re.compile(
    r"(?<!\w)(?<!thị )(?<!thi )(?:xã|phường|thị trấn|đặc khu|tt\.?|xa|phuong|thi tran)\s+([^\W\d_][^\d,;:()\n–-]*)",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"(?:y te|nam|ngay|thang|quy|da|duoc|co|cua|va|trong|tren|hoi|thon|ban|nao|ten|phuong|thi)\b(?! \S+$)"
)
_NUMBERED: Final = re.compile(r"^\s*[\dIVXivx]+\s*[.)\-:/]\s*")
# As they are written: Bàn, Tô, Xa and Lang are family names. Without any marks a line says nothing of that.
_VILLAGE_KINDS: Final = re.compile(
    r"(?:thôn|bản|tổ dân phố|tổ|ấp|buôn|làng|khu phố|khu|khóm|xóm|tdp|thon|ban|to dan pho|to|ap|buon|lang|khom|xom)"
    r"[\s:]+\S",
    re.IGNORECASE,
)
_COMMUNE_KINDS: Final = re.compile(r"(?:xã|phường|thị trấn|đặc khu|xa|phuong|thi tran)[\s:]+\S", re.IGNORECASE)
_BARE: Final = re.compile(r"(?:ban|to|ap|lang|xa|buon)\b", re.IGNORECASE)
_TAKEN: Final = (Sureness.SURE, Sureness.OTHER_MARKS)


def commune_named(texts: Iterable[str], names: UnitNames) -> Found | None:
    """The commune that the first telling text names; None where none does. Several at once are ambiguous."""
    doubtful: Found | None = None
    for text in texts:
        for part in _parts(text):
            found = names.by_name(part)
            if found.sureness in _TAKEN and take_apart(part).kind not in ("huyen", "quan", "tinh", "thanh pho"):
                return found
            if found.sureness is Sureness.DOUBTFUL and take_apart(part).kind:
                doubtful = doubtful or found
        inside = _inside(text, names)
        if inside:
            return Found(Sureness.SURE if len(inside) == 1 else Sureness.AMBIGUOUS, inside)
    return doubtful


def place_named(texts: Iterable[str]) -> str | None:
    """The first commune that a text names by its kind, whether anybody here knows it or not: "Xã Hồ Bốn"."""
    for text in texts:
        found = _ANY.search(squeeze(text))
        if found and not _NO_NAME.match(fold(found[1])):
            return found[0].strip(" -–,;:.")
    return None


def village_of(text: str) -> str:
    """The village that a line of its own names; "" where it names none."""
    return _named(text, _VILLAGE_KINDS)


def commune_of(text: str) -> str:
    """The commune that a line of its own names; "" where it names none."""
    return _named(text, _COMMUNE_KINDS)


def _named(text: str, kinds: re.Pattern[str]) -> str:
    shown = _NUMBERED.sub("", squeeze(text)).strip(" :")
    if not kinds.match(shown) or (_BARE.match(shown) and not shown.isascii()):
        return ""
    return shown


def _parts(text: str) -> Iterator[str]:
    whole = squeeze(text)
    yield whole
    parts = [part.strip() for part in _APART.split(whole)]
    yield from (part for part in parts if part and part != whole)


def _inside(text: str, names: UnitNames) -> tuple[KnownUnit, ...]:
    """The communes whose names stand in a text as whole words; behind a word for a wider place a name is not theirs."""
    folded = re.sub(r"[_\-]+", " ", fold(text))
    told: dict[str, tuple[int, int, KnownUnit]] = {}
    for unit in names.units:
        for name in (unit.name, *unit.aliases):
            plain = take_apart(name).plain.replace("-", " ")
            if len(plain) < 3:
                continue
            for found in re.finditer(rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])", folded):
                before = folded[: found.start()]
                if _WIDER.search(before):
                    continue
                told[unit.code] = max(
                    told.get(unit.code, (0, 0, unit)),
                    (int(bool(_COMMUNE.search(before))), len(plain), unit),
                    key=_weight,
                )
    best = max((_weight(one) for one in told.values()), default=None)
    return tuple(one[2] for one in told.values() if _weight(one) == best)


def _weight(one: tuple[int, int, KnownUnit]) -> tuple[int, int]:
    return one[:2]
