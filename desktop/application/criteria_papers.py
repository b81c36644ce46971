"""Papers about the national criteria: the commune's sheet, the minutes of its check, summary, heat table, report."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Final

from desktop.application import criteria_recognitions as recognitions
from desktop.application.criteria_overview import Line, Overview, Sheet, goals, overview, sheet
from desktop.application.criteria_results import Results
from desktop.application.offices import OfficeView, office
from desktop.application.records import Record
from desktop.domain.criteria.ranking import place, surplus
from desktop.domain.criteria.scoring import By, judge
from desktop.domain.periods import Period
from desktop.errors import UsageError
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.reports.criteria_input import PaperCommune, RenewalLine, SheetInput, SummaryInput, SummaryLine
    from desktop.reports.model import Document

SELF: Final = "criteria-self"
CHECK: Final = "criteria-check"
SUMMARY: Final = "criteria-summary"
HEAT: Final = "criteria-heat"
REPORT: Final = "criteria-report"
PAPERS: Final = (SELF, CHECK, SUMMARY, HEAT, REPORT)
OF_COMMUNE: Final = {SELF: By.SELF, CHECK: By.OFFICE}
YEARS: Final = 6


def paper_pdf(record: Record, *, name: str, unit: str | None, period: Period, today: date) -> tuple[bytes, int]:
    """A paper as PDF with its number of pages; the same record and day give the same bytes."""
    from desktop.reports.pdf import print_pdf

    document = paper(record, name=name, unit=unit, period=period, today=today)
    held = BytesIO()
    pages = print_pdf(document, held, made=today)
    return held.getvalue(), pages.total


def paper(record: Record, *, name: str, unit: str | None, period: Period, today: date) -> Document:
    """A paper as a document, of the year in which the period lies.

    UsageError `unit_needed` where a paper of one commune is asked for without it, `unit_not_meant` where one of all
    is asked for with another unit than the office's own.
    """
    from desktop.reports import criteria_report, criteria_sheets, criteria_summary

    if name in OF_COMMUNE:
        if unit is None:
            raise UsageError(
                "unit_needed",
                say("This paper is of one commune; say which."),
                say("Add --unit with the code of the commune (“sotram units list” lists them)."),
            )
        with record.reading():
            data = _sheet(record, unit, period, today, OF_COMMUNE[name])
        return criteria_sheets.self_sheet(data) if name == SELF else criteria_sheets.check_minutes(data)
    own = _office(record, period, today)
    if unit not in (None, own.code, own.spoken_unit):
        raise UsageError(
            "unit_not_meant", say("This paper is of all communes of the office."), say("Leave --unit out.")
        )
    with record.reading():
        whole = _summary(record, period, today)
    made = {SUMMARY: criteria_summary.summary, HEAT: criteria_summary.heat, REPORT: criteria_report.criteria_report}
    return made[name](whole)


def _office(record: Record, period: Period, today: date) -> OfficeView:
    return office(record, on=period.last, signed=today)


def _sheet(record: Record, unit: str, period: Period, today: date, by: By) -> SheetInput:
    from desktop.application.reports import paper_office
    from desktop.reports.criteria_input import SheetInput

    year = period.first.year
    found = sheet(record, unit=unit, year=year, today=today)
    own = paper_office(_office(record, period, today))
    return SheetInput(own, year, today, found.standing.criteria, _commune(found, by))


def _commune(found: Sheet, by: By) -> PaperCommune:
    from desktop.reports.criteria_input import PaperCommune, PaperRow

    standing = found.standing
    rows = tuple(
        PaperRow(
            row.criterion.number,
            row.row.code,
            row.row.name,
            row.row.maximum,
            row.row.least,
            {each: cell.points for each, cell in row.cells.items() if cell.points is not None},
            {each: cell.reason for each, cell in row.cells.items() if cell.reason},
            tuple(proof.name for cell in row.cells.values() for proof in cell.evidence),
            row.applies,
        )
        for row in found.rows
    )
    given = {row.code: row.points[by] for row in rows if by in row.points}
    zone = standing.zone.number
    return PaperCommune(
        standing.commune.name, zone, rows, standing.judged, judge(standing.criteria, {by: given}, zone=zone)
    )


def _summary(record: Record, period: Period, today: date) -> SummaryInput:
    from desktop.application.reports import paper_office
    from desktop.reports.criteria_input import GoalLine, SummaryInput
    from desktop.reports.targets_words import whole_text

    year = period.first.year
    found = overview(record, year=year, today=today)
    view = _office(record, period, today)
    last = min(Period.of_year(year).last, today)
    results = Results.of(record, year, on=last)
    means = {
        criterion.number: mean
        for criterion, mean in zip(found.criteria.criteria, found.means, strict=True)
        if mean is not None
    }
    told = tuple(
        GoalLine(one.document or one.title, one.year, Fraction(one.value), one.share, one.missing)
        for one in goals(record, year=year, today=today)
    )
    return SummaryInput(
        office=paper_office(view),
        year=year,
        made=today,
        criteria=found.criteria,
        lines=tuple(
            sorted((_line(line, results) for line in found.lines), key=lambda one: place(one.judged, one.surplus))
        ),
        means=means,
        passing=found.passing,
        goals=told,
        renewals=_renewals(record, year, today),
        recognised=recognitions.count(record, on=last),
        counted_on=last,
        shares=_shares(record, year, today),
        whole=whole_text(view.level, view.name),
        part_word=_part_word(found),
    )


def _line(line: Line, results: Results) -> SummaryLine:
    from desktop.reports.criteria_input import SummaryLine

    judged, found = line.judged, results.of_commune(line.commune)
    until = line.recognised.until if line.recognised is not None and line.recognised.valid else None
    return SummaryLine(
        line.commune.name,
        line.zone,
        {part.criterion.number: part.score for part in judged.criteria if part.score is not None},
        frozenset(part.criterion.number for part in judged.criteria if part.passes is False),
        judged,
        surplus(judged, line.margin),
        until,
        line.margin,
        found.way,
        line.criteria.name,
        frozenset(part.criterion.number for part in judged.criteria if part.is_knocked),
    )


def _renewals(record: Record, year: int, today: date) -> tuple[RenewalLine, ...]:
    """What ends by the end of the year after the one reported."""
    from desktop.reports.criteria_input import RenewalLine

    days = max((date(year + 1, 12, 31) - today).days, 0)
    return tuple(
        RenewalLine(
            one.commune.name,
            one.recognised.decision,
            one.due,
            one.days < 0,
            one.former.name if one.former is not None else "",
        )
        for one in recognitions.renewals(record, today=today, within_days=days)
    )


def _shares(record: Record, year: int, today: date) -> tuple[tuple[int, Fraction | None], ...]:
    """The share recognised at the end of the last years, from the first in which anybody was."""
    found: list[tuple[int, Fraction | None]] = []
    for each in range(year - YEARS + 1, year + 1):
        valid, whole = recognitions.count(record, on=min(date(each, 12, 31), today))
        if found or valid:
            found.append((each, Fraction(valid * 100, whole) if whole else None))
    return tuple(found)


def _part_word(found: Overview) -> str:
    """What the communes are called together, in the order they usually are."""
    from desktop.domain.text import fold

    kinds = {"xa": "xã", "thi": "thị trấn", "phuong": "phường", "dac": "đặc khu"}
    names = {fold(line.commune.name).split(" ", 1)[0] for line in found.lines}
    return ", ".join(word for key, word in kinds.items() if key in names) or "xã"
