"""What stands on an office's papers, and a first proposal of it from where the office sits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.domain.letterheads import Letterhead
from desktop.domain.text import fold
from desktop.domain.units import REFORM, UnitKind

if TYPE_CHECKING:
    from desktop.domain.units import Register, Unit

__all__ = ["Letterhead", "default_above", "default_letterhead", "default_name"]

_DISEASE_CONTROL: Final = ("trung tam kiem soat benh tat", "cdc ")
UNDER_COMMUNE: Final = date(2026, 1, 1)
"""From this day a station is a public service unit of its commune, headed by a director (Circular 43/2025/TT-BYT)."""


def default_name(level: str, unit_name: str) -> str:
    """The usual name of a health office at a unit; an office that is called otherwise says so."""
    office = {"commune": "Trạm Y tế", "province": "Sở Y tế"}.get(level, "Trung tâm Y tế")
    return f"{office} {_in_a_name(unit_name)}"


def is_disease_control(name: str) -> bool:
    """Whether an office of a province is its centre for disease control, which reports to the health department."""
    return fold(name).startswith(_DISEASE_CONTROL)


def default_above(
    register: Register, unit: Unit, *, level: str, on: date, parent: str | None = None, name: str = ""
) -> str:
    """The office or authority that reports of an office at a unit go to on a day; empty where it has no known name.

    `parent` is its unit's code where one was told. Without it a station reports to the health centre of its district
    until the districts ended, a health department to the People's Committee of its province, every other office to the
    health department. `name` tells a province's health department from its centre for disease control.
    """
    above = register.find(parent, on) if parent else _usual_parent(register, unit, level, on)
    version = above.on(on) if above else None
    if above is None or version is None:
        return ""
    is_department = level == "province" and not is_disease_control(name)
    if is_department or above.kind is UnitKind.COMMUNE:
        return f"Ủy ban nhân dân {_in_a_name(version.name)}"
    return default_name("province" if above.kind is UnitKind.PROVINCE else "district", version.name)


def _usual_parent(register: Register, unit: Unit, level: str, on: date) -> Unit | None:
    version = unit.on(on)
    while version and version.parent:
        unit = register.units[version.parent]
        if level == "commune" and unit.kind is UnitKind.DISTRICT and on < REFORM:
            return unit
        version = unit.on(on)
    return unit


def default_letterhead(
    level: str, unit_name: str, province: str, name: str = "", *, above: str, on: date
) -> Letterhead:
    """A first letterhead from the usual chain of reports; every part is for the office to correct.

    `above` is whom it reports to (`default_above`). The place is spelled as in the office's own name where it stands
    there (Mù Cang Chải, not the list's Mù Căng Chải) and bears no "tỉnh/huyện" before an ordinary name (Decree
    30/2020, annex II). From 2026 a station is a unit of the commune's committee with a director (Circular
    43/2025/TT-BYT); that "Trưởng trạm" headed it before is from memory, no text was read; so
    is the symbol TTKSBT of a centre for disease control.
    """
    symbol = {"commune": "TYT", "province": "SYT"}.get(level, "TTYT")
    if level == "province" and is_disease_control(name):
        symbol = "TTKSBT"
    belongs_to, post = above, "GIÁM ĐỐC"
    if level == "commune":
        belongs_to = f"Ủy ban nhân dân {_in_a_name(unit_name)}" if on >= UNDER_COMMUNE else above
        post = post if on >= UNDER_COMMUNE else "TRƯỞNG TRẠM"
    return Letterhead(
        parent_line=belongs_to.upper(),
        symbol=symbol,
        place=_place(level, unit_name, province, name),
        signer_post=post,
        addressees=(above,) if above else (),
    )


def _place(level: str, unit_name: str, province: str, name: str) -> str:
    if level == "area":  # named after its seat: "Trung tâm Y tế khu vực Sơn Dương"; else the province is sure
        seat = unit_name.rpartition("khu vực ")[2]
        is_a_place = seat != unit_name and seat.istitle() and len(seat) <= 30
        return seat if is_a_place else province.removeprefix("Tỉnh ")
    place = unit_name.split(" ", 1)[-1] if fold(unit_name).startswith(("huyen ", "xa ", "tinh ")) else unit_name
    own = " ".join(name.split()[-len(place.split()) :])
    return own if fold(own) == fold(place) else place


def _in_a_name(unit_name: str) -> str:
    """The name of a unit inside another: Huyện Mù Cang Chải becomes huyện Mù Cang Chải."""
    return unit_name[:1].lower() + unit_name[1:]
