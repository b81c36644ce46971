"""Reports from the record: gathered here, written by `desktop.reports`, put on disk whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.application import catalogue
from desktop.application.checks import findings as open_findings
from desktop.application.children_papers import EVERYTHING, NUTRITION, Which, check_choice, paper_pdf
from desktop.application.children_papers import PAPERS as CHILDREN
from desktop.application.criteria_papers import PAPERS as CRITERIA
from desktop.application.offices import Commune, OfficeView, office
from desktop.application.plans import TargetStatus, judged, plan_of, plans_of
from desktop.application.punctuality import summary_pdf, summary_xlsx
from desktop.application.records import Record
from desktop.application.report_annex import annex, codes_behind, ground_notes, ground_of
from desktop.application.scopes import Scope
from desktop.application.sheets_of_ours import put_file
from desktop.application.station_papers import PAPERS as STATIONS
from desktop.domain.elements import Direction
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.plans import Comparator, Plan
from desktop.domain.text import fold
from desktop.domain.values import Ratio
from desktop.errors import AppError, UsageError
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.reports.model import Document
    from desktop.reports.targets_input import Office as PaperOffice
    from desktop.reports.targets_input import Reading, TargetRow, TargetsInput

PAPER_FORMS: Final = ("blank-form", "filled-form")
PUNCTUALITY: Final = "punctuality"
REPORTS: Final = ("targets", *PAPER_FORMS, PUNCTUALITY, *CHILDREN, *CRITERIA, *STATIONS)
LATER_FORMATS: Final = ("docx", "xlsx")


def formats_of(name: str) -> tuple[str, ...]:
    """The formats in which a report can be made."""
    return ("pdf", "xlsx") if name in ("targets", PUNCTUALITY) else ("pdf",)


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
    boundaries: date | None = None,
    child: str | None = None,
    which: Which = EVERYTHING,
) -> ReportMade:
    """Make a report and put it on disk whole; the same record, day and program give the same bytes."""
    _known(name, format, boundaries if boundaries != period.last else None)
    if format == "xlsx" and name == PUNCTUALITY:
        data, pages = summary_xlsx(record, period=period, today=today, form=form, unit=unit), 0
    elif format == "xlsx":
        from desktop.reports.document_sheet import document_workbook

        document = targets_document(record, unit=unit, period=period, today=today, plan=plan, boundaries=boundaries)
        data, pages = document_workbook(document, made=today), 0
    else:
        data, pages = report_pdf(
            record,
            name=name,
            unit=unit,
            period=period,
            today=today,
            plan=plan,
            form=form,
            boundaries=boundaries,
            child=child,
            which=which,
        )
    put_file(out, data)
    found = _found(record, name, unit, period, boundaries)
    return ReportMade(out, pages, hashlib.sha256(data).hexdigest(), tuple(found))


def _found(record: Record, name: str, unit: str | None, period: Period, boundaries: date | None) -> Sequence[Finding]:
    """The findings that concern a report: of children those where the form and their list disagree."""
    if name == NUTRITION:
        from desktop.application.nutrition_feeding import disagreements

        return disagreements(record, unit=unit, period=period)
    if name == PUNCTUALITY or name in (*CHILDREN, *CRITERIA, *STATIONS):
        return []
    return findings_of(record, unit=unit, period=period, boundaries=boundaries)


def findings_of(record: Record, *, unit: str | None, period: Period, boundaries: date | None = None) -> list[Finding]:
    """What the checks found in the figures behind a report: in those of the units its boundaries are made of."""
    if boundaries in (None, period.last):
        return open_findings(record, period=period, unit=unit)
    scope = Scope.of(record, unit, period, boundaries)
    codes = codes_behind(scope, period)
    return [finding for finding in open_findings(record, period=period) if finding.unit in codes]


def _known(name: str, format: str, boundaries: date | None = None) -> None:
    if name not in REPORTS:
        raise UsageError("unknown_report", say("No report {name} is known.", name=name), say("“sotram report list”."))
    if boundaries is not None and name != "targets":
        raise UsageError(
            "own_boundaries",
            say("This paper is of the units as they report; it has no other boundaries."),
            say("Leave --boundaries out."),
        )
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
    boundaries: date | None = None,
    child: str | None = None,
    which: Which = EVERYTHING,
) -> tuple[bytes, int]:
    """The report's PDF and its number of pages: the very pages that are saved and printed."""
    from desktop.application.criteria_papers import paper_pdf as criteria_pdf
    from desktop.application.paper_forms import forms_pdf
    from desktop.application.station_papers import period_pdf as station_pdf
    from desktop.reports.pdf import print_pdf

    _known(name, "pdf")
    check_choice(name, which)
    if name == PUNCTUALITY:
        return summary_pdf(record, period=period, today=today, form=form, unit=unit)
    if name in CHILDREN:
        return paper_pdf(record, name=name, unit=unit, period=period, today=today, child=child, which=which)
    if name in CRITERIA:
        return criteria_pdf(record, name=name, unit=unit, period=period, today=today)
    if name in STATIONS:
        return station_pdf(record, name=name, unit=unit, period=period, today=today)
    if name in PAPER_FORMS:
        filled = name == "filled-form"
        return forms_pdf(record, unit=unit, period=period, today=today, form=form, filled=filled)
    document = targets_document(record, unit=unit, period=period, today=today, plan=plan, boundaries=boundaries)
    held = BytesIO()
    pages = print_pdf(document, held, made=today)
    return held.getvalue(), pages.total


def targets_document(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    today: date,
    plan: str | None = None,
    boundaries: date | None = None,
) -> Document:
    """The report "kết quả thực hiện các chỉ tiêu" of the office (or a commune) on the boundaries of a day."""
    from desktop.reports.targets_report import targets_report

    with record.reading():
        return targets_report(_gathered(record, unit, period, today, plan, boundaries))


def _gathered(
    record: Record, unit: str | None, period: Period, today: date, plan: str | None, boundaries: date | None
) -> TargetsInput:
    from desktop.reports.targets_input import PlanPart, TargetsInput

    own = office(record, on=period.last, signed=today)
    scope = Scope.of(record, unit, period, boundaries)
    chosen = [plan_of(record, plan)] if plan else _with_targets(plans_of(record))
    parts = [PlanPart.of(each, _targets(each, period, scope)) for each in chosen]
    columns, rows, totals = annex(scope, period)
    population, source = _population(scope, period)
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
        parts=_parts_words(scope.communes),
        notes=ground_notes(scope, period),
        boundaries=boundaries if boundaries != period.last else None,
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
        name_line=head.name_line,
    )


def _targets(plan: Plan, period: Period, scope: Scope) -> tuple[TargetRow, ...]:
    return tuple(_target(one, scope, period) for one in judged(scope, plan, plan.targets, period))


def _target(one: TargetStatus, scope: Scope, period: Period) -> TargetRow:
    from desktop.reports.targets_input import Reading, TargetRow

    target, judgement = one.target, one.judgement
    rate = scope.rate(one.indicator, period.same_last_year())
    before = rate.value
    past = (
        Reading(
            before.value,
            before.numerator,
            before.denominator,
            before.reported,
            before.expected,
            ground=ground_of(None, estimated=rate.estimated),
        )
        if isinstance(before, Ratio)
        else Reading(None, ground=ground_of(before.reason, estimated=False))
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
        current=Reading.of(one.figure, ground=ground_of(one.reason, estimated=one.estimated)),
        previous=past,
        words=target.text if target.comparator is Comparator.TEXT else "",
        condition=target.condition or "",
        required=judgement.required_by_now,
        interval=judgement.interval,
        provisional=judgement.provisional,
        is_count=target.unit in ("đơn vị", "giường", "loại"),
        decimals=one.indicator.decimals,
        over_whole=one.is_over_whole,
        pooled_years=one.indicator.pooled_years if scope.pools(one.indicator, period) else 1,
    )


def _population(scope: Scope, period: Period) -> tuple[Reading | None, str]:
    """The population the rates divide by: the year's chosen denominators, else what the communes' forms say."""
    from desktop.reports.targets_input import Reading

    elements = catalogue.catalogue(scope.record).elements
    code = next((code for code, element in elements.items() if element.denominator_kind == "average"), None)
    if code is None:
        return None, ""
    figure = scope.figure(code, period).figure
    ground = ground_of(figure.reason, estimated=figure.estimated)
    if figure.value is None or figure.value.number is None:
        return Reading(None, ground=ground), ""
    source = ", ".join(sorted(scope.sources)) or "biểu của các xã gửi về (tạm tính)"
    return Reading(figure.value.number, reported=figure.reported, expected=figure.expected, ground=ground), source


def _parts_words(communes: Sequence[Commune]) -> str:
    kinds = {"xa": "xã", "thi": "thị trấn", "phuong": "phường", "dac": "đặc khu"}
    found = {fold(commune.name).split(" ", 1)[0] for commune in communes}
    return ", ".join(word for key, word in kinds.items() if key in found) or "xã"
