"""Counting the forms of malnutrition in every group at once, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.ages import AGE_GROUPS, LAST_DAY, age_group
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.levels import Form
from desktop.domain.growth.scores import Index
from desktop.domain.growth.zscores import ZScores
from desktop.domain.nutrition import FORMS, MAJORITY, Area, Cases, Group, Nutrition, Tally
from desktop.domain.text import fold, sort_key

Codes = NDArray[np.int64]
_INDICES: Final = {
    Form.STUNTING: Index.HA,
    Form.UNDERWEIGHT: Index.WA,
    Form.WASTING: Index.WH,
    Form.OVERWEIGHT: Index.WH,
}
# Beside a z-score's place: 0 not counted, 1 counted, 2 grade I or overweight, 3 grade II or obese.
_PLACES: Final = 4
SEXES: Final = ("m", "f")


@dataclass(frozen=True, slots=True)
class Roll:
    """Children, a row each: first those measured, in the order of their z-scores, then those only on the list.

    Texts are empty and ages (days) None where not known. `unlisted` are the communes that have no list here.
    """

    communes: Sequence[str]
    sexes: Sequence[str]
    ages: Sequence[int | None]
    villages: Sequence[str]
    ethnic_groups: Sequence[str]
    unlisted: frozenset[str] = frozenset()


def count(
    roll: Roll,
    columns: Columns,
    found: ZScores,
    *,
    order: Sequence[str],
    regions_3: frozenset[str] = frozenset(),
    disadvantaged: frozenset[str] = frozenset(),
) -> Nutrition:
    """Count everybody in every grouping; `order` is that of the communes, others are left out.

    Measured children over 1826 days are on no list and in no rate. The areas are sets of communes.
    """
    counter = _Counter.of(roll, columns, found, frozenset(order))
    communes = counter.groups(roll.communes, order)
    names = _spelled(roll.ethnic_groups)
    folded = [fold(name) for name in roll.ethnic_groups]
    ethnic = counter.groups(folded, _words(folded))
    ages = [_age_key(age) for age in roll.ages]
    areas = []
    for area, members in ((Area.REGION_3, regions_3), (Area.DISADVANTAGED, disadvantaged)):
        if members:
            areas += counter.groups([area if one in members else "" for one in roll.communes], [area])
    minorities = [Area.MINORITIES if name not in ("", MAJORITY) else "" for name in folded]
    areas += counter.groups(minorities, [Area.MINORITIES]) if any(minorities) else []
    return Nutrition(
        total=counter.total(),
        communes=tuple(communes),
        ages=tuple(counter.groups(ages, [*(group.label for group in AGE_GROUPS), ""])),
        sexes=tuple(counter.groups(roll.sexes, [*SEXES, ""])),
        ethnic_groups=tuple(Group(names[one.key], one.tally) for one in ethnic),
        villages=_villages(counter, roll, order),
        areas=tuple(areas),
    )


def _villages(counter: _Counter, roll: Roll, order: Sequence[str]) -> dict[str, tuple[Group, ...]]:
    names, folded = _spelled(roll.villages), [fold(village) for village in roll.villages]
    keys = [f"{commune}\n{village}" for commune, village in zip(roll.communes, folded, strict=True)]
    held: dict[str, set[str]] = {}
    for commune, village in zip(roll.communes, folded, strict=True):
        held.setdefault(commune, set()).add(village)
    asked = [f"{commune}\n{village}" for commune in order for village in _words(held.get(commune, ()))]
    found: dict[str, list[Group]] = {}
    for one in counter.groups(keys, asked):
        commune, village = one.key.split("\n", 1)
        found.setdefault(commune, []).append(Group(names[village], one.tally))
    return {commune: tuple(groups) for commune, groups in found.items()}


def _spelled(texts: Iterable[str]) -> dict[str, str]:
    """How each folded text was written: the first spelling in Vietnamese order, whatever the order of the rows."""
    found: dict[str, str] = {"": ""}
    for text in sorted(set(texts), reverse=True):
        found[fold(text)] = text
    return found


def _words(texts: Iterable[str]) -> list[str]:
    """Each once in order, what is not known last."""
    known = set(texts)
    return [*sorted(known - {""}, key=sort_key), *([""] if "" in known else [])]


def _age_key(age: int | None) -> str:
    group = age_group(age) if age is not None and age >= 0 else None
    return group.label if group else ""


@dataclass(frozen=True, slots=True)
class _Counter:
    """Which rows count, which were measured, and the place of each on each form."""

    kept: NDArray[np.bool_]
    measured: NDArray[np.bool_]
    forms: dict[Form, Codes]
    unlisted: NDArray[np.bool_]

    @classmethod
    def of(cls, roll: Roll, columns: Columns, found: ZScores, communes: frozenset[str]) -> _Counter:
        rows, seen = len(roll.communes), len(columns)
        here = np.fromiter((one in communes for one in roll.communes), np.bool_, rows)
        young = np.ones(rows, np.bool_)
        young[:seen] = ~(columns.days > LAST_DAY)  # an age that is not known may be any
        measured = np.zeros(rows, np.bool_)
        measured[:seen] = True
        forms = {}
        for form in FORMS:
            places = np.zeros(rows, np.int64)
            places[:seen] = _places(form, columns, found)
            forms[form] = places
        unlisted = np.fromiter((one in roll.unlisted for one in roll.communes), np.bool_, rows)
        return cls(here & young, measured, forms, unlisted)

    def total(self) -> Tally:
        return self._tallies(np.zeros(len(self.kept), np.int64), 1)[0]

    def groups(self, values: Sequence[str], order: Sequence[str]) -> list[Group]:
        """A group for each value in `order`, empty ones too, but for the one of what is not known."""
        places = {value: place for place, value in enumerate(order)}
        codes = np.fromiter((places.get(value, -1) for value in values), np.int64, len(values))
        found = [Group(str(value), tally) for value, tally in zip(order, self._tallies(codes, len(order)), strict=True)]
        return [one for one in found if one.key or one.tally.measured or one.tally.listed != 0]

    def _tallies(self, codes: Codes, many: int) -> list[Tally]:
        kept = self.kept & (codes >= 0)
        groups = codes[kept]
        listed = np.bincount(groups, minlength=many).tolist()
        blind = np.bincount(codes[kept & self.unlisted], minlength=many).tolist()
        measured = np.bincount(codes[kept & self.measured], minlength=many).tolist()
        forms = {
            form: np.bincount(groups * _PLACES + places[kept], minlength=many * _PLACES).reshape(many, _PLACES).tolist()
            for form, places in self.forms.items()
        }
        return [
            Tally(
                None if blind[place] else listed[place],
                measured[place],
                {form: Cases(sum(rows[place][1:]), *rows[place][2:]) for form, rows in forms.items()},
            )
            for place in range(many)
        ]


def _places(form: Form, columns: Columns, found: ZScores) -> Codes:
    index = _INDICES[form]
    z, flagged = found.of(index), found.flagged(index)
    counted = ~np.isnan(z) & ~flagged
    with np.errstate(invalid="ignore"):
        if form is Form.OVERWEIGHT:
            places = counted.astype(np.int64) * (1 + (z > 2) + (z > 3))
        else:
            places = counted.astype(np.int64) * (1 + (z < -2) + (z < -3))
    if index is not Index.HA:
        # Oedema decides over every weight (WHO 2006): severe, and counted among those who are not overweight.
        places[columns.oedema] = 1 if form is Form.OVERWEIGHT else 3
    return places
