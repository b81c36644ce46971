"""What a new table changes beside an older one of the same decision, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from desktop.domain.criteria.scoring import shown
from desktop.domain.criteria.sets import HALF, CriteriaSet, Row
from desktop.wording import Sentence, say


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different, of a row or criterion by its code (empty: of the whole set)."""

    code: str
    what: Sentence


def differences(before: CriteriaSet, after: CriteriaSet) -> Iterator[Difference]:
    """Everything that is different, the whole first, then criteria and rows in the order of the new table."""
    yield from _of_whole(before, after)
    old = {part.number: part for part in before.criteria}
    for part in after.criteria:
        held = old.pop(part.number, None)
        if held is None:
            yield Difference(part.number, say("new criterion {name}", name=part.name))
        else:
            if held.name != part.name:
                yield _changed(part.number, _NAME, held.name, part.name)
            if held.maximum != part.maximum:
                yield _changed(part.number, _MAXIMUM, _points(held.maximum), _points(part.maximum))
    yield from (Difference(part.number, say("criterion {name} is gone", name=part.name)) for part in old.values())
    yield from _of_rows(before, after)


def _of_whole(before: CriteriaSet, after: CriteriaSet) -> Iterator[Difference]:
    for what, one, two in (
        (_SHARE, shown(before.total_share * 100), shown(after.total_share * 100)),
        (_FLOOR, shown(before.floor_share * 100), shown(after.floor_share * 100)),
        (_YEARS, before.valid_years, after.valid_years),
        (_DECISION, before.decision, after.decision),
    ):
        if one != two:
            yield _changed("", what, one, two)


def _of_rows(before: CriteriaSet, after: CriteriaSet) -> Iterator[Difference]:
    old = {row.code: row for part in before.criteria for row in part.rows}
    for part in after.criteria:
        for row in part.rows:
            held = old.pop(row.code, None)
            if held is None:
                yield Difference(row.code, say("new row: {name}, {points} points", name=row.name,
                                               points=shown(row.maximum)))  # fmt: skip
            else:
                yield from _of_row(held, row)
    yield from (Difference(code, say("the row is gone: {name}", name=row.name)) for code, row in old.items())


def _of_row(before: Row, after: Row) -> Iterator[Difference]:
    for what, one, two in (
        (_NAME, before.name, after.name),
        (_MAXIMUM, _points(before.maximum), _points(after.maximum)),
        (_STEPS, _steps(before), _steps(after)),
        (_LEAST, _points(before.least), _points(after.least)),
        (_ZONES, _zones(before), _zones(after)),
        (_EVIDENCE, "; ".join(before.evidence), "; ".join(after.evidence)),
        (_RULE, before.rule or "", after.rule or ""),
    ):
        if one != two:
            yield _changed(after.code, what, one, two)


_NAME: Final = say("name")
_MAXIMUM: Final = say("maximum")
_STEPS: Final = say("steps")
_LEAST: Final = say("knock-out limit")
_ZONES: Final = say("zones")
_EVIDENCE: Final = say("evidence")
_RULE: Final = say("rule")
_SHARE: Final = say("share of all points that passes")
_FLOOR: Final = say("share of each criterion that passes")
_YEARS: Final = say("years a recognition holds")
_DECISION: Final = say("decision")


def _changed(code: str, what: Sentence, before: object, after: object) -> Difference:
    return Difference(code, say("{what}: {before} → {after}", what=what, before=before or "–", after=after or "–"))


def _points(told: Fraction | None) -> object:
    return "" if told is None else shown(told)


def _steps(row: Row) -> str:
    told = [_list(row.steps)] if row.steps else []
    told += [f"vùng {zone}: {_list(steps)}" for zone, steps in row.steps_in_zone]
    if row.grain != HALF:
        told.append("điểm nguyên")
    return " | ".join(told)


def _list(steps: tuple[Fraction, ...]) -> str:
    return "; ".join(f"{shown(step):f}".replace(".", ",") for step in steps)


def _zones(row: Row) -> str:
    return ", ".join(map(str, row.in_zones))
