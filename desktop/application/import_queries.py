"""What a file leaves to be asked: findings of an import as a commune's query sheet, beside those of the checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from desktop.application import catalogue, queries
from desktop.application.imports import ImportPlan
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.elements import Catalogue
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.query_sheet import AskedCell, QuerySheet, Question, grouped
from desktop.domain.values import NOT_REPORTED, Value
from desktop.errors import AppError
from desktop.system.i18n import render
from desktop.wording import say

Asked = tuple[str, Period]
# Between the office and its own record; no commune can answer them.
_OURS: Final = frozenset({"import.kept", "import.form_closed"})


def to_ask(plan: ImportPlan) -> dict[Asked, int]:
    """The communes (codes) and periods a plan leaves something to ask about, with how much."""
    by_place: dict[tuple[str, str], list[Finding]] = {}
    for finding in plan.findings:
        if finding.unit and finding.period:
            by_place.setdefault((finding.unit, finding.period), []).append(finding)
    counted = {place: len(_groups(found, *place)) for place, found in by_place.items()}
    return {(unit, Period.parse(period)): count for (unit, period), count in counted.items() if count}


def sheet(record: Record, *, plan: ImportPlan, unit: str, period: Period) -> QuerySheet:
    """What to ask a commune about its file: what the file leaves open, then what the checks say of the record.

    AppError `nothing_to_ask` where there is nothing.
    """
    known = catalogue.catalogue(record)
    checked = queries.sheet(record, unit=unit, period=period, missing=False)
    told = {(cell.unit, cell.period, cell.element): cell.told for cell in plan.cells}
    groups = _groups(plan.findings, unit, period.id)
    questions = [_question(number, group, known, told, unit, period) for number, group in enumerate(groups, 1)]
    later = (replace(one, number=number) for number, one in enumerate(checked.questions, len(questions) + 1))
    found = replace(checked, questions=(*questions, *later))
    if found.is_empty:
        raise AppError(
            "nothing_to_ask",
            say("There is nothing to ask {unit}.", unit=checked.unit_name),
            say("Choose a commune with findings."),
        )
    return found


def communes(record: Record, asked: Sequence[Asked]) -> dict[Asked, str]:
    """The names of the communes asked, in the order given."""
    periods = {period for _unit, period in asked}
    names = {period: {one.code: one.name for one in communes_of(record, on=period.last)} for period in periods}
    return {(unit, period): names[period].get(unit, unit) for unit, period in asked}


def _groups(findings: Sequence[Finding], unit: str, period: str) -> list[list[Finding]]:
    return grouped([one for one in findings if one.period == period and one.rule not in _OURS], unit)


def _question(
    number: int,
    group: list[Finding],
    known: Catalogue,
    told: dict[tuple[str, str, str], Value],
    unit: str,
    period: Period,
) -> Question:
    codes = list(dict.fromkeys(finding.element for finding in group if finding.element))
    cells = tuple(
        AskedCell(
            0,
            known.elements[code],
            told.get((unit, period.id, code), NOT_REPORTED),
            tuple(dict.fromkeys(finding.rule for finding in group if finding.element == code)),
        )
        for code in codes
    )
    return Question(number, group[0].severity, cells, render(group[0].message, "vi"))
