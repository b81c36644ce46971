"""National criteria of communes: how a commune stands in a year, what decides it, and points from a file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from db.tables.criteria import Score
from desktop.application.changes import NOTHING, Changes
from desktop.application.criteria_places import commune_in
from desktop.application.criteria_recognitions import recognise
from desktop.application.criteria_results import Columns, Part, Results, parts_of
from desktop.application.criteria_scores import faults_of, write
from desktop.application.criteria_sets import sets, shipped_sets, used_set
from desktop.application.criteria_zones import Zone
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.criteria.scoring import Judged
from desktop.domain.criteria.sets import CriteriaSet, is_in_force
from desktop.domain.criteria.ways import Gain, Loss
from desktop.domain.findings import Finding, Severity, has_errors
from desktop.exchange.criteria_file import ScoreLine, read_scores
from desktop.wording import say

__all__ = ["Scored", "Standing", "recognise", "score_file", "sets", "shipped_sets", "standing_of", "used_set"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A commune in a year: the set, the verdict, the way to pass (None: none is left), the recognition's last day.

    `zone` with what it rests on; `parts` are the results of the communes it was made of; `loss` is where it is nearest
    to losing the standard, `margin` the points to spare or (negative) lacking; `columns` the points by who scored.
    """

    commune: Commune
    year: int
    criteria: CriteriaSet
    judged: Judged
    way: tuple[Gain, ...] | None
    valid_until: date | None
    zone: Zone
    parts: tuple[Part, ...] = ()
    loss: Loss | None = None
    margin: Fraction | None = None
    is_recognised: bool = False
    columns: Columns = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scored:
    """What a file of points did, and how the commune stands now."""

    standing: Standing
    findings: tuple[Finding, ...]
    changes: Changes


def standing_of(record: Record, *, unit: str, year: int, code: str | None = None) -> Standing:
    """How a commune stands in a year: scored with the set it was scored with, else with the year's.

    AppErrors: `unknown_unit`, `unit_ended`, `unknown_set`, `set_not_in_force`.
    """
    commune = commune_in(record, unit, year)
    results = Results.of(record, year, unit=commune.uid)
    found = results.of_commune(commune, code)
    return Standing(
        commune,
        year,
        found.criteria,
        found.judged,
        found.way,
        results.valid_until(commune.uid),
        found.zone,
        parts_of(record, commune, year),
        found.loss,
        found.margin,
        any(one.valid for one in results.decisions.get(commune.uid, ())),
        found.columns,
    )


def score_file(
    record: Record, *, unit: str, year: int, text: str, name: str, code: str | None = None, dry_run: bool = False
) -> Scored:
    """Write a commune's points from a CSV, as one change; an error finding writes nothing, a blank changes nothing."""
    commune = commune_in(record, unit, year)
    lines, findings = read_scores(text, name)
    results = Results.of(record, year, unit=commune.uid)
    one = _set_of(record, results, commune, lines, code)
    if not is_in_force(sets(record), one, year):
        words = say("{name} is no longer the set of {year}.", name=one.name, year=str(year))
        advice = say("Leave the set out: the year's own set is taken.")
        findings.append(Finding("criteria.not_in_force", Severity.WARNING, words, advice, file=name))
    elif is_past_its_end(record, one, year):
        words = say("{name} was laid down until {last}; {year} is scored by it as no later set is known.",
                    name=one.name, last=str(one.last_year), year=str(year))  # fmt: skip
        advice = say("Load the later table where there is one, and score the year again.")
        findings.append(Finding("criteria.after_last", Severity.WARNING, words, advice, file=name))
    findings += _faults(one, lines, name, zone=results.of_commune(commune, one.code).zone.number)
    changes = NOTHING
    if not has_errors(findings) and not dry_run:
        scores = [
            Score(commune.uid, year, one.code, line.code, by.value, points, line.reason, "import")
            for line in lines
            for by, points in line.points.items()
        ]
        changes = write(record, commune, year, scores, "criteria")
    standing = standing_of(record, unit=unit, year=year, code=one.code if code or changes.changed else None)
    return Scored(standing, tuple(findings), changes)


def is_past_its_end(record: Record, one: CriteriaSet, year: int) -> bool:
    """Whether a set's years have run out and no later decision is known (4667 goes on until 1300 begins)."""
    if one.last_year is None or year <= one.last_year:
        return False
    return not any(other.decided != one.decided and other.first_year > one.last_year for other in sets(record).values())


def _set_of(
    record: Record, results: Results, commune: Commune, lines: list[ScoreLine], code: str | None
) -> CriteriaSet:
    """The set the file speaks of: the one asked for; else the year's, unless only the one scored with has its rows."""
    usual = used_set(record, year=results.year, code=code)
    scored = results.set_of(commune.uid)
    if code is not None or scored == usual:
        return usual
    mine, others = {row.code for row in usual.rows}, {row.code for row in scored.rows}
    told = {line.code for line in lines}
    return scored if not told & mine and told & others else usual


def _faults(one: CriteriaSet, lines: list[ScoreLine], name: str, *, zone: int | None) -> list[Finding]:
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
        for by, points in line.points.items():
            faults = faults_of(one, row, points, zone=zone)
            found += [replace(fault, file=name, row=line.line, column=line.columns.get(by)) for fault in faults]
    return found
