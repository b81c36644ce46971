"""Which communes lie in area I, II or III and which are especially disadvantaged, as decisions say it from a day on.

Results of the weighing have subtotals of them. It is not the zone 1, 2, 3 of QĐ 1300/QĐ-BYT (`criteria_zones`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from db.tables import units
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.figures import meant_communes
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.text import fold, nfc
from desktop.errors import AppError
from desktop.wording import say

AREA: Final = "minority_area"
HARD: Final = "especially_disadvantaged"
BASIS: Final = "area_basis"
_YES: Final = frozenset(("yes", "1", "true", "x", "co"))
_SPELLED: Final = {"1": "I", "2": "II", "3": "III", "i": "I", "ii": "II", "iii": "III"}


class HardArea(StrEnum):
    """An area of the ethnic minorities and mountains; III is the hardest."""

    I = "I"  # noqa: E741 - as decisions print it
    II = "II"
    III = "III"


@dataclass(frozen=True, slots=True)
class AreaOf:
    """What is said of a commune: its area (None: in none, or nobody said), whether it is especially hard, by what."""

    commune: Commune
    area: HardArea | None = None
    is_hard: bool = False
    basis: str = ""


def area_named(text: str) -> HardArea | None:
    """III for "III", "3", "khu vực III"; None where the text names no area."""
    words = fold(text).removeprefix("khu vuc").split()
    return HardArea(_SPELLED[words[0]]) if len(words) == 1 and words[0] in _SPELLED else None


def areas(record: Record, *, unit: str | None, on: date) -> list[AreaOf]:
    """What is said of the communes meant (`unit` as everywhere) on a day, in their order."""
    _, communes, _ = meant_communes(record, unit=unit, day=on)
    told = units.attributes(record, on)
    found = []
    for commune in communes:
        one = told.get(commune.uid, {})
        is_hard = fold(one.get(HARD, "")) in _YES
        found.append(AreaOf(commune, area_named(one.get(AREA, "")), is_hard, one.get(BASIS, "")))
    return found


def in_area_3(record: Record, *, communes: Collection[str], on: date) -> frozenset[str]:
    """Those of some communes (uids) that lie in area III on a day."""
    told = units.attributes(record, on)
    return frozenset(one for one in communes if area_named(told.get(one, {}).get(AREA, "")) is HardArea.III)


def especially_hard(record: Record, *, communes: Collection[str], on: date) -> frozenset[str]:
    """Those of some communes (uids) that are especially disadvantaged on a day."""
    told = units.attributes(record, on)
    return frozenset(one for one in communes if fold(told.get(one, {}).get(HARD, "")) in _YES)


def say_areas(record: Record, *, told: Sequence[AreaOf], day: date, source: str = "window") -> Changes:
    """Say of communes what they are from a day until the next day something else was said from, as one change.

    AppError `unknown_unit` for a commune that is not served on the day.
    """
    held = {one.commune.uid: one for one in areas(record, unit=None, on=day)}
    for one in told:
        if one.commune.uid not in held:
            raise AppError(
                "unknown_unit",
                say("{name} is not served on {day}.", name=one.commune.name, day=day),
                say("Choose a day on which this office serves the commune."),
            )
    differing = [one for one in told if _plain(one) != _plain(held[one.commune.uid])]
    if not differing:
        return NOTHING
    with record.change(say("Say which communes are hard areas"), source=source) as change:
        for one in differing:
            before = _plain(held[one.commune.uid])
            for name, value in _plain(one).items():
                if value != before[name]:
                    units.put_attribute_from(record, unit=one.commune.uid, name=name, value=value, day=day)
    return changed(change.rows, Subject.UNITS, Subject.CHILDREN)


def _plain(one: AreaOf) -> dict[str, str]:
    basis = nfc(one.basis).strip() if one.area is not None or one.is_hard else ""
    return {AREA: one.area.value if one.area is not None else "", HARD: "yes" if one.is_hard else "", BASIS: basis}
