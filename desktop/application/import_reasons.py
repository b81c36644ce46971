"""Answers of query sheets: a commune's word that its figure is right becomes the reason its findings are kept with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.tables import findings as kept_rows
from desktop.application.checks import findings, shown
from desktop.application.figures import UNTOUCHED, figures
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.values import Value
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.import_files import FileReading
    from desktop.exchange.reading import Reason, SheetReading


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One finding that a commune's answer keeps, with the place of the answer."""

    unit: str
    uid: str
    period: str
    element: str
    rule: str
    value: Value
    reason: str
    file: str
    sheet: str
    row: int
    column: str


def kept_answers(record: Record, files: Sequence[FileReading]) -> tuple[tuple[KeptAnswer, ...], list[Finding]]:
    """The findings that the answers of files keep; an answer about a figure that has moved since is a warning."""
    found: list[KeptAnswer] = []
    told: list[Finding] = []
    for file in files:
        for sheet in file.sheets:
            if sheet.period is not None and sheet.reasons:
                kept, moved = _of_sheet(record, file.file, sheet, sheet.period)
                found += kept
                told += moved
    return tuple(found), told


def _of_sheet(record: Record, file: str, sheet: SheetReading, period: Period) -> tuple[list[KeptAnswer], list[Finding]]:
    uids = {commune.code: commune.uid for commune in communes_of(record, on=period.last)}
    now = figures(record, period=period, kind=sheet.kind)
    here = findings(record, period=period, kind=sheet.kind)
    standing = {(one.unit, one.element, one.rule): one for one in here}
    spoken = {one.element for one in sheet.reasons} | {one.element for one in sheet.candidates}
    kept: list[KeptAnswer] = []
    moved: list[Finding] = []
    for answer in sheet.reasons:
        uid = uids[answer.unit]
        value = now.get(uid, {}).get(answer.element, UNTOUCHED).value
        if value != answer.asked:
            moved.append(_moved(answer, file, sheet.sheet, period))
            continue
        for rule in answer.rules:
            finding = standing.get((answer.unit, answer.element, rule))
            if finding is None or (finding.kept is not None and finding.kept.reason == answer.reason):
                continue
            kept.append(_kept(answer, uid, period, rule, file, sheet.sheet))
            for partner in (one for one in here if _asks_the_same(one, finding) and one.element not in spoken):
                code = partner.element or ""
                stands = now.get(uid, {}).get(code, UNTOUCHED).value
                also = replace(answer, element=code, asked=stands)
                kept.append(_kept(also, uid, period, rule, file, sheet.sheet))
    return kept, moved


def _asks_the_same(one: Finding, finding: Finding) -> bool:
    """Cells of one broken rule are one question: an answer beside one of them is for those left blank too."""
    same = one.unit == finding.unit and one.rule == finding.rule and one.group == finding.group
    return same and finding.group is not None and one.kept is None


def _kept(answer: Reason, uid: str, period: Period, rule: str, file: str, sheet: str) -> KeptAnswer:
    place = (file, sheet, answer.row, answer.column)
    return KeptAnswer(answer.unit, uid, period.id, answer.element, rule, answer.asked, answer.reason, *place)


def _moved(answer: Reason, file: str, sheet: str, period: Period) -> Finding:
    message = say("The figure has changed since it was asked about; the answer was not taken.")
    place = Finding("import.answer_old", Severity.WARNING, message, say("Look at the figure as it stands now."))
    return replace(
        place,
        file=file,
        sheet=sheet,
        row=answer.row,
        column=answer.column,
        unit=answer.unit,
        period=period.id,
        element=answer.element,
    )


def keep_answers(record: Record, answers: Sequence[KeptAnswer]) -> None:
    """Write the reasons, inside the caller's change."""
    for one in answers:
        kept_rows.put(
            record,
            kept_rows.KeptReason(
                one.uid,
                one.period,
                one.element,
                one.rule,
                shown(one.value),
                one.reason,
                record.actor,
                record.stamp(),
            ),
        )
