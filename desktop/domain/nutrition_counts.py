"""Counting the forms of malnutrition in every group at once, in columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.ages import AGE_GROUPS, DAYS_IN_MONTH, LAST_DAY
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.levels import Form
from desktop.domain.growth.scores import Index
from desktop.domain.growth.zscores import ZScores
from desktop.domain.nutrition import FORMS, MAJORITY, Area, Cases, Group, Nutrition, Tally, ethnic_key
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
SEXES: Final = ("m", "f", "")
"""The groups of sex by the engine's code less one; what is not known comes last."""
_GROUP_ENDS: Final = tuple(group.end for group in AGE_GROUPS)


@dataclass(frozen=True, slots=True)
class Roll:
    """Children, a row each: first those measured, in the order of their z-scores, then those only on the list.

    `communes` are places in the order asked for (-1: none of them), `sexes` 0 unknown, 1 boy, 2 girl, `ages` days, -1
    where not known; texts are empty then. `unlisted` are the communes that have no list here.
    """

    communes: Codes
    sexes: Codes
    ages: Codes
    villages: Sequence[str]
    ethnic_groups: Sequence[str]
    unlisted: frozenset[int] = frozenset()


def count(
    roll: Roll,
    columns: Columns,
    found: ZScores,
    *,
    order: Sequence[str],
    regions_3: frozenset[str] = frozenset(),
    disadvantaged: frozenset[str] = frozenset(),
) -> Nutrition:
    """Count everybody in every grouping; `order` are the uids of the communes, the areas sets of some of them.

    Measured children over 1826 days are on no list and in no rate.
    """
    counter = _Counter.of(roll, columns, found)
    ethnic = _Texts.of(roll.ethnic_groups, ethnic_key)
    areas = []
    for area, members in ((Area.REGION_3, regions_3), (Area.DISADVANTAGED, disadvantaged)):
        if members:
            inside = np.isin(roll.communes, [place for place, uid in enumerate(order) if uid in members])
            areas += counter.groups(inside.astype(np.int64) - 1, [area])
    few = np.array([name not in ("", MAJORITY) for name in ethnic.keys], np.bool_)[ethnic.codes]
    areas += counter.groups(few.astype(np.int64) - 1, [Area.MINORITIES]) if few.any() else []
    return Nutrition(
        total=counter.total(),
        communes=tuple(counter.groups(roll.communes, order)),
        ages=tuple(counter.groups(_age_places(roll.ages), [*(group.label for group in AGE_GROUPS), ""])),
        sexes=tuple(counter.groups(np.where(roll.sexes > 0, roll.sexes - 1, 2), SEXES)),
        ethnic_groups=tuple(Group(name, one.tally) for name, one in _named(counter, ethnic)),
        villages=_villages(counter, roll.communes, _Texts.of(roll.villages), order),
        areas=tuple(areas),
    )


def tally(communes: Codes, columns: Columns, found: ZScores, *, unlisted: frozenset[int]) -> Tally:
    """Those measured as one group, nobody older than 1826 days; `communes` and `unlisted` as of a roll."""
    unknown = np.zeros(len(communes), np.int64)
    return _Counter.of(Roll(communes, unknown, unknown, (), (), unlisted), columns, found).total()


def _named(counter: _Counter, texts: _Texts) -> list[tuple[str, Group]]:
    return [(texts.names[one.key], one) for one in counter.groups(texts.codes, texts.keys)]


def _villages(counter: _Counter, communes: Codes, texts: _Texts, order: Sequence[str]) -> dict[str, tuple[Group, ...]]:
    many = max(1, len(texts.keys))
    pairs, codes = np.unique(communes * many + texts.codes, return_inverse=True)
    places, keys = pairs // many, [texts.keys[at] for at in (pairs % many).tolist()]
    found: dict[str, list[Group]] = {}
    for place, key, tally in zip(places.tolist(), keys, counter.tallies(codes, len(pairs)), strict=True):
        if place >= 0:
            found.setdefault(order[place], []).append(Group(texts.names[key], tally))
    return {commune: tuple(groups) for commune, groups in found.items()}


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts that differ by more than marks and case: `keys` in order, what is not known last; of each row its place.

    `names` says how each was written: the first spelling in order, whatever the order of the rows.
    """

    keys: list[str]
    codes: Codes
    names: dict[str, str]

    @classmethod
    def of(cls, texts: Sequence[str], key: Callable[[str], str] = fold) -> _Texts:
        places: dict[str, int] = {}
        codes = [places.setdefault(text, len(places)) for text in texts]
        names: dict[str, str] = {}
        # Of several spellings the first in order, one that is the key itself before its other names.
        for text in sorted(places, key=lambda text: (key(text) != fold(text), text), reverse=True):
            names[key(text)] = text
        names[""] = ""
        folded = [key(text) for text in places]
        keys = [*sorted({*folded} - {""}, key=sort_key), *([""] if "" in folded else [])]
        rank = {key: place for place, key in enumerate(keys)}
        return cls(keys, np.array([rank[key] for key in folded], np.int64)[np.array(codes, np.int64)], names)


def _age_places(ages: Codes) -> Codes:
    """The place of each age among WHO's groups; behind them what is not known or older."""
    months = np.where(ages < 0, np.inf, ages / DAYS_IN_MONTH)
    return np.searchsorted(_GROUP_ENDS, months, side="right")


@dataclass(frozen=True, slots=True)
class _Counter:
    """Which rows count, which were measured, and the place of each on each form."""

    kept: NDArray[np.bool_]
    measured: NDArray[np.bool_]
    forms: dict[Form, Codes]
    unlisted: NDArray[np.bool_]

    @classmethod
    def of(cls, roll: Roll, columns: Columns, found: ZScores) -> _Counter:
        rows, seen = len(roll.communes), len(columns)
        kept = roll.communes >= 0
        kept[:seen] &= ~(columns.days > LAST_DAY)  # an age that is not known may be any
        measured = np.arange(rows) < seen
        forms = {}
        for form in FORMS:
            places = np.zeros(rows, np.int64)
            places[:seen] = _places(form, columns, found)
            forms[form] = places
        return cls(kept, measured, forms, np.isin(roll.communes, list(roll.unlisted)))

    def total(self) -> Tally:
        return self.tallies(np.zeros(len(self.kept), np.int64), 1)[0]

    def groups(self, codes: Codes, order: Sequence[str]) -> list[Group]:
        """A group for each place in `order`, empty ones too, but for the one of what is not known; -1 is in none."""
        found = [Group(str(key), tally) for key, tally in zip(order, self.tallies(codes, len(order)), strict=True)]
        return [one for one in found if one.key or one.tally.measured or one.tally.listed != 0]

    def tallies(self, codes: Codes, many: int) -> list[Tally]:
        """What each of so many groups comes to."""
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
