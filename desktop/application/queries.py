"""Phiếu hỏi lại số liệu: the findings of one commune as paper, message or workbook, and its answers taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.application import catalogue
from desktop.application.checks import findings
from desktop.application.figures import UNTOUCHED, Figure, figures, meant_communes
from desktop.application.offices import Commune, communes_of, office
from desktop.application.records import Record
from desktop.application.sheets_of_ours import file_name, put_file
from desktop.domain.elements import Catalogue, Form
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.query_sheet import AskedCell, QuerySheet, Question, grouped
from desktop.domain.values import Kind, State
from desktop.errors import AppError, UsageError
from desktop.system.i18n import render
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.application.imports import ImportPlan

Step = Callable[[int, int], None]
SUFFIXES: Final = (".pdf", ".xlsx", ".txt")
# Advice that speaks to the office about the commune is left out of what the commune reads.
_TO_THE_OFFICE: Final = frozenset(
    (
        "Ask the commune, or keep it with a reason.",
        "Ask whether last year's figures were copied.",
        "Compare both figures with the commune's register.",
    )
)
_INSTEAD: Final = {
    "Ask whether last year's figures were copied.": "Có phải đã chép số của kỳ trước không?",
    "Compare both figures with the commune's register.": "Đề nghị đối chiếu hai số với sổ.",
}


@dataclass(frozen=True, slots=True)
class QueryWritten:
    """A query sheet on disk: how many questions it asks, and its pages where it is a PDF."""

    file: Path
    questions: int
    pages: int | None = None


def sheet(
    record: Record, *, unit: str | None, period: Period, form: str | None = None, missing: bool = True
) -> QuerySheet:
    """What there is to ask a commune about a period; `missing` asks for figures nobody has given, too."""
    commune = _commune(record, unit, period)
    known = catalogue.catalogue(record)
    forms = [known.forms[form]] if form else [one for one in known.forms.values() if one.fits(period)]
    places = {code: place for one in reversed(forms) for place, code in enumerate(one.elements, 1)}
    with record.reading():
        cells = figures(record, period=period, uids=[commune.uid]).get(commune.uid, {})
        found = findings(record, period=period, unit=commune.code, form=form)
    groups = grouped(found, commune.code)
    questions = tuple(_question(number, group, known, places, cells) for number, group in enumerate(groups, 1))
    return QuerySheet(
        commune.code,
        commune.uid,
        commune.name,
        period,
        form or (forms[0].code if len(forms) == 1 else ""),
        forms[0].name_vi if len(forms) == 1 else "",
        questions,
        _missing(forms, known, cells) if missing else (),
    )


def _commune(record: Record, unit: str | None, period: Period) -> Commune:
    _, communes, is_sum = meant_communes(record, unit=unit, day=period.last)
    if is_sum or len(communes) != 1:
        raise AppError(
            "one_commune",
            say(
                "A query sheet is for one commune; {unit} is not one.", unit=unit or office(record, on=period.last).name
            ),
            say("Give the code of a commune."),
        )
    return communes[0]


def _question(
    number: int, group: list[Finding], known: Catalogue, places: dict[str, int], cells: dict[str, Figure]
) -> Question:
    by_element: dict[str, list[Finding]] = {}
    for finding in group:
        by_element.setdefault(finding.element or "", []).append(finding)
    asked = sorted(
        (
            AskedCell(
                places.get(code, 0),
                known.elements[code],
                cells.get(code, UNTOUCHED).value,
                tuple(dict.fromkeys(one.rule for one in found)),
                tuple(one.id for one in found),
            )
            for code, found in by_element.items()
        ),
        key=lambda cell: cell.number,
    )
    first = group[0]
    return Question(number, first.severity, tuple(asked), render(first.message, "vi"), _hint(first.advice))


def _hint(advice: Sentence | None) -> str:
    if advice is None:
        return ""
    return _INSTEAD.get(advice.msgid, "") if advice.msgid in _TO_THE_OFFICE else render(advice, "vi")


def _missing(forms: list[Form], known: Catalogue, cells: dict[str, Figure]) -> tuple[AskedCell, ...]:
    """Figures of the forms in which something was written that have no figure and no reason why."""
    found: dict[str, AskedCell] = {}
    for form in forms:
        if not any(code in cells for code in form.elements):
            continue
        for place, code in enumerate(form.elements, 1):
            figure = cells.get(code, UNTOUCHED)
            if figure.value.state is State.NOT_REPORTED and not figure.note:
                found.setdefault(code, AskedCell(place, known.elements[code], figure.value, ()))
    return tuple(found.values())


def text(asked: QuerySheet) -> str:
    """The questions as a short numbered text to paste into a message."""
    from desktop.reports.query_report import query_text

    return query_text(asked)


def pdf(record: Record, asked: QuerySheet, *, today: date) -> tuple[bytes, int]:
    """The sheet on paper, and its number of pages."""
    from desktop.application.reports import paper_office
    from desktop.reports.pdf import print_pdf
    from desktop.reports.query_report import QueryInput, query_document

    own = paper_office(office(record, on=asked.period.last, signed=today))
    held = BytesIO()
    pages = print_pdf(query_document(QueryInput(own, today.year, asked)), held, made=today)
    return held.getvalue(), pages.total


def xlsx(record: Record, asked: QuerySheet, *, today: date) -> bytes:
    """The sheet as a workbook with room for answers, which the import reads back."""
    from desktop.exchange.identity import Identity, Purpose
    from desktop.exchange.query_sheet.writing import query_xlsx

    own = office(record, on=asked.period.last)
    identity = Identity(
        Purpose.QUERY,
        own.uid,
        asked.uid,
        asked.unit,
        asked.form,
        "",
        asked.period.id,
        str(Kind.ACTUAL),
        today.isoformat(),
    )
    spoken = render(asked.period.sentence(), "vi")
    return query_xlsx(asked, identity, office=own.name, period=spoken, made=today)


def write(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    out: Path,
    today: date,
    form: str | None = None,
    missing: bool = True,
) -> QueryWritten:
    """Write a commune's query sheet; the ending of the name says as what. AppError `nothing_to_ask`."""
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            "unknown_format",
            say("A query sheet is written as {formats}.", formats=", ".join(SUFFIXES)),
            say("Choose a file name with one of these endings."),
        )
    asked = sheet(record, unit=unit, period=period, form=form, missing=missing)
    if asked.is_empty:
        raise AppError(
            "nothing_to_ask",
            say("There is nothing to ask {unit}.", unit=asked.unit_name),
            say("Choose a commune with findings."),
        )
    count = len(asked.questions) + len(asked.missing)
    if suffix == ".pdf":
        data, pages = pdf(record, asked, today=today)
        return QueryWritten(put_file(out, data), count, pages)
    data = xlsx(record, asked, today=today) if suffix == ".xlsx" else (text(asked) + "\n").encode("utf-8-sig")
    return QueryWritten(put_file(out, data), count)


def write_all(
    record: Record,
    *,
    period: Period,
    folder: Path,
    today: date,
    suffix: str = ".xlsx",
    form: str | None = None,
    step: Step | None = None,
) -> list[QueryWritten]:
    """One sheet for each commune of the office that there is something to ask, named after it."""
    communes = communes_of(record, on=period.last)
    written = []
    for place, commune in enumerate(communes):
        if step:
            step(place, len(communes))
        asked = sheet(record, unit=commune.code, period=period, form=form)
        if not asked.is_empty:
            out = folder / sheet_name(asked, suffix=suffix)
            written.append(write(record, unit=commune.code, period=period, out=out, today=today, form=form))
    return written


def read(record: Record, *, files: list[Path]) -> ImportPlan:
    """What answered query sheets would change: corrected figures, and reasons; nothing is written yet."""
    from desktop.application.imports import read_files

    return read_files(record, files=files, layout="query")


def sheet_name(asked: QuerySheet, *, suffix: str) -> str:
    """A file name to propose."""
    return file_name("Hỏi lại số liệu", asked.unit.replace("uid:", ""), asked.unit_name, asked.period.id, suffix=suffix)
