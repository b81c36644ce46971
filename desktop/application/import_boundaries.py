"""A sheet of a whole period that still stands on the boundaries of its beginning: which of its rows may be read.

A unit that ended within the period has no figure of the whole of it. And where such a unit stands in a sheet beside
the name of the unit it went into, that name means the old unit too: "Xã Khao Mang" beside "Xã Hồ Bốn" is the commune
before the two were joined.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.application.history_units import ended_in, where_instead
from desktop.application.lineages import commune_on, lineage
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.findings import Finding, Severity
from desktop.domain.lineage import Lineage
from desktop.domain.periods import Period
from desktop.domain.units import UID_PREFIX
from desktop.exchange.reading import SheetReading, Skipped
from desktop.exchange.unit_names import KnownUnit, UnitNames
from desktop.wording import say

_UNKNOWN = "import.unknown_unit"
RULE = "import.unit_ended"


def on_its_boundaries(record: Record, sheet: SheetReading) -> SheetReading:
    """The sheet with an error in the place of every row of a unit that ended within its period."""
    if sheet.period is None or not (any(one.rule == _UNKNOWN for one in sheet.findings)):
        return sheet
    ended = {commune.uid: commune for commune in ended_in(record, sheet.period)}
    if not ended:
        return sheet
    names = UnitNames(KnownUnit(f"{UID_PREFIX}{uid}", commune.name) for uid, commune in ended.items())
    named: set[str] = set()
    findings = []
    for finding in sheet.findings:
        found = names.by_name(_written(finding)).unit if finding.rule == _UNKNOWN else None
        if found is None:
            findings.append(finding)
            continue
        uid = found.code.removeprefix(UID_PREFIX)
        named.add(uid)
        findings.append(_ended(record, ended[uid], sheet.period, finding))
    if not named:
        return sheet
    return _without_namesakes(record, replace(sheet, findings=tuple(findings)), sheet.period, named)


def _written(finding: Finding) -> str:
    return str(dict(finding.message.values).get("written", ""))


def _ended(record: Record, commune: Commune, period: Period, finding: Finding) -> Finding:
    day = lineage(record).register.units[commune.uid].ended or period.first
    message = say(
        "{name} ended on {day}, within {period}; the row was not read.",
        name=commune.name,
        day=day,
        period=period.sentence(),
    )
    return replace(finding, rule=RULE, message=message, advice=where_instead(record, commune, day, period))


def _without_namesakes(record: Record, sheet: SheetReading, period: Period, named: set[str]) -> SheetReading:
    """Leave out the rows of new units one of whose other parts has a row of its own: they mean the old unit."""
    known = lineage(record)
    codes = {candidate.unit for candidate in sheet.candidates}
    old = {code: uid for code in codes if (uid := _joined(known, code, period, named)) is not None}
    if not old:
        return sheet
    rows = {candidate.row: candidate.unit for candidate in sheet.candidates if candidate.unit in old}
    findings, skipped = [], []
    for row, code in rows.items():
        commune = commune_on(known.register, old[code], period.last)
        message = say(
            "The sheet stands on the boundaries before {day}: {name} there is not {name} of today; not read.",
            day=known.parts_of(old[code])[0].date,
            name=commune.name,
        )
        findings.append(
            Finding(
                RULE,
                Severity.ERROR,
                message,
                say("Import the figures for the part of the period before that day."),
                file=next((one.file for one in sheet.findings if one.file), None),
                sheet=sheet.sheet,
                row=row,
                unit=code,
                period=period.id,
            )
        )
        skipped.append(Skipped(row, say("Stands on older boundaries")))
    return replace(
        sheet,
        candidates=tuple(one for one in sheet.candidates if one.unit not in old),
        findings=(*sheet.findings, *findings),
        skipped=(*sheet.skipped, *skipped),
        accepted=sheet.accepted - len(rows),
    )


def _joined(known: Lineage, code: str, period: Period, named: set[str]) -> str | None:
    """The uid of a unit that began within the period and of which another part stands in the sheet by its own name."""
    unit = known.register.find(code, period.last)
    if unit is None or unit.began is None or unit.began <= period.first:
        return None
    return unit.uid if named & {part.old for part in known.parts_of(unit.uid)} else None
