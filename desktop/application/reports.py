"""Reports from the record: gathered here, written by `desktop.reports`, put on disk whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.application import catalogue
from desktop.application.checks import findings as open_findings
from desktop.application.figures import UNTOUCHED, Figure, figures, meant_communes, official, summed
from desktop.application.offices import Commune, OfficeView, office
from desktop.application.plans import Scope, TargetStatus, plan_of, plans_of, status
from desktop.application.punctuality import summary_pdf, summary_xlsx
from desktop.application.records import Record
from desktop.application.sheets_of_ours import put_file
from desktop.domain.elements import Direction
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.plans import Comparator, Plan
from desktop.domain.text import fold
from desktop.domain.values import Ratio
from desktop.errors import AppError, UsageError
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.reports.model import Document
    from desktop.reports.targets_input import AnnexColumn, AnnexRow, AnnexTotal, Reading, TargetRow, TargetsInput
    from desktop.reports.targets_input import Office as PaperOffice

PAPER_FORMS: Final = ("blank-form", "filled-form")
PUNCTUALITY: Final = "punctuality"
REPORTS: Final = ("targets", *PAPER_FORMS, PUNCTUALITY)
LATER_FORMATS: Final = ("docx", "xlsx")


def formats_of(name: str) -> tuple[str, ...]:
    """The formats in which a report can be made."""
    return ("pdf", "xlsx") if name == PUNCTUALITY else ("pdf",)


@dataclass(frozen=True, slots=True)
class ReportMade:
    """A report on disk: pages (none of a workbook), hash, and the findings its figures carry."""

    file: Path
    pages: int
    sha256: str
    findings: tuple[Finding, ...]


def write_report(
    record: Record,
    *,
    name: str,
    unit: str | None,
    period: Period,
    format: str,
    out: Path,
    today: date,
    plan: str | None = None,
    form: str | None = None,
) -> ReportMade:
    """Make a report and put it on disk under its name at once; the same record, day and program give the same bytes."""
    _known(name, format)
    if format == "xlsx":
        data, pages = summary_xlsx(record, period=period, today=today, form=form, unit=unit), 0
    else:
        data, pages = report_pdf(record, name=name, unit=unit, period=period, today=today, plan=plan, form=form)
    put_file(out, data)
    found = [] if name == PUNCTUALITY else open_findings(record, period=period, unit=unit)
    return ReportMade(out, pages, hashlib.sha256(data).hexdigest(), tuple(found))


def _known(name: str, format: str) -> None:
    if name not in REPORTS:
        raise UsageError("unknown_report", say("No report {name} is known.", name=name), say("“sotram report list”."))
    if format in formats_of(name):
        return
    if format in LATER_FORMATS:
        raise AppError("not_built", say("{format} comes in a later version.", format=format), say("Take pdf."))
    raise UsageError(
        "unknown_format",
        say("No format {format} is known.", format=format),
        say("Choose one of: {words}.", words=", ".join(formats_of(name))),
    )


def report_pdf(
    record: Record,
    *,
    name: str,
    unit: str | None,
    period: Period,
    today: date,
    plan: str | None = None,
    form: str | None = None,
) -> tuple[bytes, int]:
    """The report's PDF and its number of pages: the very pages that are saved and printed."""
    from desktop.application.paper_forms import forms_pdf
    from desktop.reports.pdf import print_pdf

    _known(name, "pdf")
    if name == PUNCTUALITY:
        return summary_pdf(record, period=period, today=today, form=form, unit=unit)
    if name in PAPER_FORMS:
        filled = name == "filled-form"
        return forms_pdf(record, unit=unit, period=period, today=today, form=form, filled=filled)
    document = targets_document(record, unit=unit, period=period, today=today, plan=plan)
    held = BytesIO()
    pages = print_pdf(document, held, made=today)
    return held.getvalue(), pages.total


def targets_document(
    record: Record, *, unit: str | None, period: Period, today: date, plan: str | None = None
) -> Document:
    """The report "kết quả thực hiện các chỉ tiêu" of the office (or one commune) for a period."""
    from desktop.reports.targets_report import targets_report

    with record.reading():
        return targets_report(_gathered(record, unit, period, today, plan))


def _gathered(record: Record, unit: str | None, period: Period, today: date, plan: str | None) -> TargetsInput:
    from desktop.reports.targets_input import PlanPart, TargetsInput

    own = office(record, on=period.last)
    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    scope = Scope.of(record, unit, period)
    chosen = [plan_of(record, plan)] if plan else _with_targets(plans_of(record))
    parts = [PlanPart.of(each, _targets(record, each, unit, period, scope)) for each in chosen]
    columns, rows, totals = _annex(record, communes, period, unit)
    population, source = _population(record, scope, period)
    return TargetsInput(
        office=paper_office(own),
        period=period,
        year=today.year,
        plans=tuple(parts),
        columns=columns,
        communes=rows,
        totals=totals,
        population=population,
        population_source=source,
        parts=_parts_words(communes),
    )


def _with_targets(known: Mapping[str, Plan]) -> list[Plan]:
    """The plans that have targets with a year; the newest first says where the office stands today."""
    return [plan for plan in reversed(list(known.values())) if any(target.year for target in plan.targets)]


def paper_office(own: OfficeView) -> PaperOffice:
    """The office in the words of its own papers."""
    from desktop.reports.targets_input import Office as PaperOffice

    head = own.letterhead
    return PaperOffice(
        name=own.name,
        level=own.level,
        symbol=head.symbol,
        place=head.place,
        parent=head.parent_line,
        addressees=head.addressees,
        recipients=head.recipients,
        archive=head.drafting_unit or "VT",
        posts=tuple(line for line in head.signer_post.split("\n") if line) or ("GIÁM ĐỐC",),
        signer=head.signer_name,
    )


def _targets(record: Record, plan: Plan, unit: str | None, period: Period, scope: Scope) -> tuple[TargetRow, ...]:
    judged = status(record, code=plan.code, period=period, unit=unit)
    return tuple(_target(one, scope, period) for one in judged)


def _target(one: TargetStatus, scope: Scope, period: Period) -> TargetRow:
    from desktop.reports.targets_input import Reading, TargetRow

    target, judgement = one.target, one.judgement
    before = scope.compute(one.indicator, period.same_last_year())
    past = (
        Reading(before.value, before.numerator, before.denominator, before.reported, before.expected)
        if isinstance(before, Ratio)
        else None
    )
    return TargetRow(
        indicator=target.indicator,
        name=one.indicator.name_vi,
        unit=target.unit,
        lower_is_better=one.indicator.direction is Direction.LOWER,
        comparator=target.comparator,
        target=target.value,
        year=target.year,
        status=judgement.status,
        current=Reading.of(one.figure),
        previous=past,
        words=target.text if target.comparator is Comparator.TEXT else "",
        condition=target.condition or "",
        required=judgement.required_by_now,
        interval=judgement.interval,
        provisional=judgement.provisional,
        is_count=target.unit in ("đơn vị", "giường", "loại"),
        decimals=one.indicator.decimals,
        pooled_years=one.indicator.pooled_years if scope.pools(one.indicator, period) else 1,
    )


def _annex(
    record: Record, communes: list[Commune], period: Period, unit: str | None
) -> tuple[tuple[AnnexColumn, ...], tuple[AnnexRow, ...], tuple[AnnexTotal, ...]]:
    from desktop.application.submissions import period_fits
    from desktop.reports.targets_input import AnnexCell, AnnexColumn, AnnexRow, AnnexTotal

    known = catalogue.catalogue(record)
    now = figures(record, period=period, uids=[commune.uid for commune in communes])
    counted = official(record, period, now)
    worst = _worst(record, period, unit)
    columns = []
    held = {code for cells in now.values() for code in cells}
    for form in known.forms.values():
        for section in form.sections if period_fits(record, form.code, period) or held & set(form.elements) else ():
            for code in section.elements:
                element = known.elements[code]
                columns.append(AnnexColumn(code, element.short_vi or element.name_vi, element.unit, section.name_vi))
    rows = tuple(
        AnnexRow(
            commune.code,
            commune.name,
            tuple(
                AnnexCell(_figure(now, commune, column.element).value, worst.get((commune.code, column.element)))
                for column in columns
            ),
        )
        for commune in communes
    )
    totals = tuple(
        AnnexTotal(
            summed(communes, counted, column.element),
            max(
                (
                    worst[commune.code, column.element]
                    for commune in communes
                    if (commune.code, column.element) in worst
                ),
                key=lambda severity: -list(Severity).index(severity),
                default=None,
            ),
        )
        for column in columns
    )
    return tuple(columns), rows, totals


def _figure(now: Mapping[str, Mapping[str, Figure]], commune: Commune, element: str) -> Figure:
    return now.get(commune.uid, {}).get(element, UNTOUCHED)


def _worst(record: Record, period: Period, unit: str | None) -> dict[tuple[str, str], Severity]:
    """The gravest finding of each cell that nobody kept with a reason."""
    found: dict[tuple[str, str], Severity] = {}
    order = list(Severity)
    for finding in open_findings(record, period=period, unit=unit):
        if finding.kept is None and finding.unit and finding.element:
            key = (finding.unit, finding.element)
            found[key] = min(found.get(key, Severity.NOTE), finding.severity, key=order.index)
    return found


def _population(record: Record, scope: Scope, period: Period) -> tuple[Reading | None, str]:
    """The population the rates divide by: the year's chosen denominators, else what the communes' forms say."""
    from desktop.reports.targets_input import Reading

    elements = catalogue.catalogue(record).elements
    code = next((code for code, element in elements.items() if element.denominator_kind == "average"), None)
    if code is None:
        return None, ""
    cells = scope.units(period)
    known = [cell.get(code, UNTOUCHED.value) for cell in cells]
    numbers = [value.number for value in known if value.number is not None]
    if not numbers:
        return None, ""
    source = ", ".join(sorted(scope.sources)) or "biểu của các xã gửi về (tạm tính)"
    return Reading(sum(numbers, Fraction(0)), reported=len(numbers), expected=len(known)), source


def _parts_words(communes: list[Commune]) -> str:
    kinds = {"xa": "xã", "thi": "thị trấn", "phuong": "phường", "dac": "đặc khu"}
    found = {fold(commune.name).split(" ", 1)[0] for commune in communes}
    return ", ".join(word for key, word in kinds.items() if key in found) or "xã"
