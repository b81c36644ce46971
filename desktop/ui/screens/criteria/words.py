"""Words of the page of criteria: points, columns, zones, verdicts, short names of criteria."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from desktop.domain.criteria.scoring import By, Judged, Verdict, shown, shown_total
from desktop.domain.criteria.sets import CriteriaSet, Criterion
from desktop.domain.rounding import half_up
from desktop.system.i18n import _, grouped
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign

if TYPE_CHECKING:
    from desktop.application.criteria_recognitions import Recognised

_SHORT: Final[dict[str, Callable[[], str]]] = {
    "steering": lambda: _("Steer."),
    "staff": lambda: _("Staff"),
    "buildings": lambda: _("Build."),
    "equipment": lambda: _("Equip."),
    "plan": lambda: _("Budget"),
    "prevention": lambda: _("Prev."),
    "treatment": lambda: _("Care"),
    "mothers": lambda: _("MCH"),
    "population": lambda: _("Pop."),
    "communication": lambda: _("Comm."),
    "it": lambda: _("IT"),
}
_ORDER: Final = {
    "1300": ("steering", "staff", "buildings", "equipment", "prevention", "treatment", "mothers", "population",
             "communication", "it"),
    "4667": ("steering", "staff", "buildings", "equipment", "plan", "prevention", "treatment", "mothers", "population",
             "communication"),
}  # fmt: skip
"""Over narrow columns: the criteria of a decision by their number, which an office's own table keeps."""
_MIDDLE: Final[dict[str, Callable[[], str]]] = {
    "steering": lambda: _("Steering and running"),
    "staff": lambda: _("Health staff"),
    "buildings": lambda: _("Buildings of the station"),
    "equipment": lambda: _("Equipment, drugs"),
    "plan": lambda: _("Plans, money"),
    "prevention": lambda: _("Prevention, food safety"),
    "treatment": lambda: _("Examination, treatment"),
    "mothers": lambda: _("Mothers and children"),
    "population": lambda: _("Population, family planning"),
    "communication": lambda: _("Health education"),
    "it": lambda: _("Information technology"),
}
LONGEST: Final = 18
SIGNS: Final = {
    Verdict.PASS: Sign.CHECKED,
    Verdict.FAIL: Sign.OFF_PATH,
    Verdict.NOT_JUDGED: Sign.NOT_STARTED,
}
TONES: Final = {Verdict.PASS: Tone.GOOD, Verdict.FAIL: Tone.BAD, Verdict.NOT_JUDGED: Tone.MUTE}


def points(told: Fraction | None) -> str:
    """9,5; empty for nothing."""
    return "" if told is None else grouped(shown(told))


def total(told: Fraction | None) -> str:
    """76,0: totals with one decimal, so that they stand under each other; more where they have them."""
    return "" if told is None else grouped(shown_total(told))


def mean(told: Fraction | None) -> str:
    """Means are rounded to one decimal."""
    return "" if told is None else grouped(half_up(told, 1))


def percent(share: Fraction | None) -> str:
    """71,4%."""
    if share is None:
        return ""
    rounded = half_up(share, 1)
    return f"{grouped(int(rounded) if rounded == int(rounded) else rounded)}%"


def decimal(told: Decimal) -> str:
    """A target as the plan writes it: 90,2."""
    return grouped(told)


def short(one: CriteriaSet, criterion: Criterion) -> str:
    """The name of a criterion over a narrow column."""
    order = _ORDER.get(one.decided, ())
    if criterion.number.isdecimal() and 0 < int(criterion.number) <= len(order):
        return _SHORT[order[int(criterion.number) - 1]]()
    name = criterion.name.split(",")[0].split(" - ")[0]
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def middle(decided: str, number: str) -> str:
    """The name of a criterion of a known decision where a panel has little room; empty for any other."""
    order = _ORDER.get(decided, ())
    return _MIDDLE[order[int(number) - 1]]() if number.isdecimal() and 0 < int(number) <= len(order) else ""


def zone(number: int | None) -> str:
    """The zone of a commune by how far its station is from a hospital."""
    return _("zone not known") if number is None else _("zone {number}").format(number=number)


def verdict(judged: Judged) -> str:
    """One word or two."""
    return {
        Verdict.PASS: _("Meets the standard"),
        Verdict.FAIL: _("Does not meet it"),
        Verdict.NOT_JUDGED: _("Not judged"),
    }[judged.verdict]


def verdict_with_margin(judged: Judged, margin: Fraction | None) -> str:
    """What the ranked list says: how far from the other side."""
    if judged.verdict is Verdict.NOT_JUDGED:
        if judged.by is None:
            return _("Not scored")
        if not judged.maximum:
            return _("Not judged")
        return _("Scored in part") if judged.total is None else _("Zone not known")
    if margin is None:
        return _("No way left") if judged.verdict is Verdict.FAIL else _("Meets it")
    if judged.verdict is Verdict.PASS:
        return _("Yes, {points} to spare").format(points=total(margin))
    return _("No, {points} lacking").format(points=total(abs(margin)))


def by_name(by: By, names: dict[By, str]) -> str:
    """What a column is called here."""
    return names.get(by) or {By.SELF: _("Commune"), By.OFFICE: _("Official check"), By.PROVINCE: _("Province")}[by]


def recognised(found: Recognised | None) -> tuple[Sign, str, Tone]:
    """How the newest decision stands."""
    if found is None:
        return Sign.NOT_STARTED, _("never recognised"), Tone.MUTE
    if found.withdrawn is not None:
        return Sign.RETURNED, _("withdrawn from {day}").format(day=f"{found.withdrawn:%d/%m/%Y}"), Tone.BAD
    if found.valid:
        return Sign.CHECKED, _("valid until {day}").format(day=f"{found.until:%d/%m/%Y}"), Tone.GOOD
    return Sign.LATE, _("ran out on {day}").format(day=f"{found.until:%d/%m/%Y}"), Tone.BAD
