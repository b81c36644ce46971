"""National criteria of communes: which set a year uses, points of a commune, the verdict and what decides it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final

from db.tables import criteria as tables
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.figures import unknown_unit
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.criteria.scoring import By, Judged, Verdict, judge, shown
from desktop.domain.criteria.sets import CriteriaSet, Row, set_of_year
from desktop.domain.criteria.ways import Gain, cheapest
from desktop.domain.findings import Finding, Severity, has_errors
from desktop.domain.periods import Period
from desktop.errors import AppError
from desktop.exchange.criteria_file import ScoreLine, read_criteria, read_scores
from desktop.system.paths import resource
from desktop.wording import say

SHIPPED: Final = ("4667.yaml", "1300.yaml")
_PARTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A commune in a year: the set, the verdict, the way to pass (None: none is left), the recognition's last day."""

    commune: Commune
    year: int
    criteria: CriteriaSet
    judged: Judged
    way: tuple[Gain, ...] | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Scored:
    """What a file of points did, and how the commune stands now."""

    standing: Standing
    findings: tuple[Finding, ...]
    changes: Changes


@cache
def shipped_sets() -> dict[str, CriteriaSet]:
    """The sets the program ships, with what was found of them; a fault in one is a fault of the program."""
    found = {}
    for name in SHIPPED:
        one, findings = read_criteria(resource("catalogue", "criteria", name).read_text(encoding="utf-8"), name)
        if one is None:
            raise AssertionError(f"{name}: {[str(finding.message) for finding in findings]}")
        found[one.code] = one
    return found


def sets(record: Record | None) -> dict[str, CriteriaSet]:
    """All sets by code: the shipped ones, and in their place what the office loaded from its official table."""
    return shipped_sets() if record is None else {**shipped_sets(), **tables.sets(record)}


def used_set(record: Record, *, year: int, code: str | None = None) -> CriteriaSet:
    """The set a year is scored with; AppError for a code or a year without one."""
    known = sets(record)
    one = set_of_year(known, year) if code is None else known.get(code)
    if one is None:
        raise AppError(
            "unknown_set",
            say("No set of criteria for {what} is known.", what=code or str(year)),
            say("Known sets: {codes}.", codes=", ".join(known)),
        )
    return one


def load_set(record: Record, *, text: str, name: str, dry_run: bool = False) -> tuple[tuple[Finding, ...], Changes]:
    """Load a set with its rows; points scored with the earlier table of the same code keep standing."""
    one, findings = read_criteria(text, name)
    if one is None or dry_run:
        return tuple(findings), NOTHING
    with record.change(say("Load the criteria {name}", name=one.name), source="criteria") as change:
        tables.put_set(record, one)
    return tuple(findings), changed(change.rows, Subject.CRITERIA)


def score_file(
    record: Record, *, unit: str, year: int, text: str, name: str, code: str | None = None, dry_run: bool = False
) -> Scored:
    """Write a commune's points from a CSV, as one change; an error finding writes nothing, a blank changes nothing."""
    commune, one = _commune(record, unit, year), used_set(record, year=year, code=code)
    lines, findings = read_scores(text, name)
    findings += _faults(one, lines, name)
    rows = 0
    if not has_errors(findings) and not dry_run:
        scores = [
            tables.Score(commune.uid, year, one.code, line.code, by.value, points, line.reason)
            for line in lines
            for by, points in line.points.items()
        ]
        what = say("Score {commune} by the criteria of {year}", commune=commune.name, year=str(year))
        with record.change(what, source="criteria") as change:
            tables.put_scores(record, scores)
        rows = change.rows
    standing = standing_of(record, unit=unit, year=year, code=one.code)
    return Scored(standing, tuple(findings), changed(rows, Subject.CRITERIA))


def standing_of(record: Record, *, unit: str, year: int, code: str | None = None) -> Standing:
    """How a commune stands in a year: scored with the set it was scored with, else with the year's."""
    commune = _commune(record, unit, year)
    held = tables.scores_of(record, year=year, unit=commune.uid)
    scored_with = {score.criteria_set for score in held}
    if code is None and len(scored_with) == 1:
        code = scored_with.pop()
    one = used_set(record, year=year, code=code)
    columns: dict[By, dict[str, Fraction]] = {}
    for score in held:
        if score.criteria_set == one.code:
            columns.setdefault(By(score.by), {})[score.line] = score.points
    judged = judge(one, columns)
    way: tuple[Gain, ...] | None = ()
    if judged.verdict is Verdict.FAIL and judged.by is not None:
        way = cheapest(one, columns[judged.by])
    return Standing(commune, year, one, judged, way, _valid_until(record, commune, one, year))


def recognise(
    record: Record, *, unit: str, year: int, decision: str, day: date, withdrawn: date | None = None
) -> Changes:
    """Note a decision of the province that recognises a commune for a year, or that it no longer holds."""
    commune = _commune(record, unit, year)
    with record.change(say("Note the recognition of {commune}", commune=commune.name), source="criteria") as change:
        tables.put_recognition(record, tables.Recognition(commune.uid, day, decision, year, withdrawn))
    return changed(change.rows, Subject.CRITERIA)


def _commune(record: Record, unit: str, year: int) -> Commune:
    last = Period.of_year(year).last
    for commune in communes_of(record, on=last):
        if unit in (commune.code, f"uid:{commune.uid}"):
            return commune
    raise unknown_unit(unit, last)


def _valid_until(record: Record, commune: Commune, one: CriteriaSet, year: int) -> date | None:
    """The last day of the newest recognition that reaches the year: so many years from the decision."""
    last = None
    for told in tables.recognitions(record, unit=commune.uid):
        if told.year <= year:
            ends = _years_later(told.day, one.valid_years)
            last = min(ends, told.withdrawn) if told.withdrawn else ends
    return last


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _faults(one: CriteriaSet, lines: list[ScoreLine], name: str) -> list[Finding]:
    """Points a file gives that cannot be given."""
    rows = {row.code: row for row in one.rows}
    found: list[Finding] = []
    for line in lines:
        row = rows.get(line.code)
        if row is None:
            message = say("“{code}” is no row of {name}.", code=line.code, name=one.name)
            advice = say("Its rows: {codes}.", codes=", ".join(rows))
            found.append(Finding("criteria.unknown", Severity.ERROR, message, advice, file=name, row=line.line))
            continue
        found += [
            _placed(finding, name, line) for points in line.points.values() for finding in _point(one, row, points)
        ]
    return found


def _point(one: CriteriaSet, row: Row, points: Fraction) -> list[Finding]:
    if points < 0 or (one.is_whole and points > row.maximum):
        message = say("{points} points for {code}: from 0 to {maximum} can be given.", points=shown(points),
                      code=row.code, maximum=shown(row.maximum))  # fmt: skip
        return [Finding("criteria.range", Severity.ERROR, message, None)]
    if (points * _PARTS).denominator != 1:
        return [Finding("criteria.fine", Severity.ERROR, say("Points have at most four decimals."), None)]
    if row.steps and points not in row.steps:
        steps = ", ".join(str(shown(step)) for step in row.steps)
        message = say("{points} points for {code}: the table gives {steps}.", points=shown(points), code=row.code,
                      steps=steps)  # fmt: skip
        return [Finding("criteria.step", Severity.ERROR, message, None)]
    if not row.steps and (points * 2).denominator != 1:
        message = say("{points} points for {code}: points are whole or half.", points=shown(points), code=row.code)
        return [Finding("criteria.half", Severity.WARNING, message, None)]
    return []


def _placed(finding: Finding, name: str, line: ScoreLine) -> Finding:
    return replace(finding, file=name, row=line.line)
