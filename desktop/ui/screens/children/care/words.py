"""Supplements and treatments as the window says them; the letters of the weighing list: A vitamin A, S iron, K zinc."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.domain.child_care import Care, Degree, Given, Outcome, Supplement, Treatment
from desktop.system.i18n import _

LETTERS: Final = {
    "a": Supplement.VITAMIN_A,
    "s": Supplement.IRON,
    "k": Supplement.ZINC,
    "+": Supplement.OTHER,
}
"""As they are spoken in Vietnamese (vitamin A, sắt, kẽm)."""


def supplement(what: Supplement) -> str:
    """Vitamin A, sắt, kẽm, khác."""
    return {
        Supplement.VITAMIN_A: _("Vitamin A"),
        Supplement.IRON: _("Iron"),
        Supplement.ZINC: _("Zinc"),
        Supplement.OTHER: _("Other supplement"),
    }[what]


def letters(given: Iterable[Given]) -> str:
    """ASK: what was given, in the order of the letters."""
    held = {one.what for one in given}
    return "".join(letter.upper() for letter, what in LETTERS.items() if what in held)


def degree(one: Degree) -> str:
    """Vừa, nặng, có biến chứng."""
    return {
        Degree.MODERATE: _("moderate acute malnutrition"),
        Degree.SEVERE: _("severe acute malnutrition"),
        Degree.COMPLICATED: _("with complications"),
    }[one]


def care(one: Care) -> str:
    """Ngoại trú, dự phòng, chuyển nội trú."""
    return {
        Care.OUTPATIENT: _("outpatient"),
        Care.PREVENTIVE: _("preventive"),
        Care.INPATIENT: _("referred to a hospital"),
    }[one]


def outcome(one: Outcome | None) -> str:
    """Khỏi, chuyển nơi khác, bỏ điều trị, tử vong, khác; nothing while it lasts."""
    if one is None:
        return ""
    return {
        Outcome.RECOVERED: _("recovered"),
        Outcome.REFERRED: _("sent elsewhere"),
        Outcome.STOPPED: _("stopped coming"),
        Outcome.DIED: _("died"),
        Outcome.OTHER: _("other end"),
    }[one]


def given_line(given: Iterable[Given]) -> str:
    """Vitamin A 10/06/2024, 05/12/2024 · sắt 10/06/2024 (30 liều), newest first."""
    by_what: dict[Supplement, list[Given]] = {}
    for one in sorted(given, key=lambda told: told.day, reverse=True):
        by_what.setdefault(one.what, []).append(one)
    return " · ".join(
        f"{supplement(what)} {', '.join(_dose(one) for one in by_what[what])}" for what in Supplement if what in by_what
    )


def _dose(one: Given) -> str:
    day = f"{one.day:%d/%m/%Y}"
    return day if one.doses == 1 else _("{day} ({count} doses)").format(day=day, count=one.doses)


def treatment_line(one: Treatment) -> str:
    """Nặng, ngoại trú, từ 10/06/2024 – khỏi 01/08/2024."""
    told = _("{degree}, {care}, since {day}").format(
        degree=degree(one.degree), care=care(one.care), day=f"{one.since:%d/%m/%Y}"
    )
    if one.until is not None:
        told += f" – {outcome(one.outcome)} {one.until:%d/%m/%Y}"
    return told + (f" ({one.note})" if one.note else "")
