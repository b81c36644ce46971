"""Who sent in time: the list of the late to be reminded, and the summary of a quarter or year, printed and to Excel."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.application import deadlines
from desktop.application.entry import form_of
from desktop.application.expected import Arrival, Expected, columns_of, expected
from desktop.application.figures import meant_communes
from desktop.application.offices import Commune, office
from desktop.application.records import Record
from desktop.domain.periods import Period

if TYPE_CHECKING:
    from desktop.reports.model import Document
    from desktop.reports.punctuality_report import PunctualityInput


@dataclass(frozen=True, slots=True)
class LateForm:
    """A form that has not come and is past its due date, or was returned and has not come again."""

    owed: Expected
    days_late: int
    telephone: str | None


@dataclass(frozen=True, slots=True)
class PunctualityRow:
    """A commune's count of forms by how they came; `most_days_late` over those late or missing."""

    commune: Commune
    counts: Counter[Arrival]
    most_days_late: int
    forms: tuple[Expected, ...]

    @property
    def owed(self) -> int:
        """Forms owed in the period."""
        return self.counts.total()

    @property
    def share(self) -> Fraction | None:
        """Share that came in time of those of which it is known; None where it is known of none."""
        known = sum(self.counts[one] for one in (Arrival.ON_TIME, Arrival.LATE, Arrival.MISSING))
        return Fraction(self.counts[Arrival.ON_TIME], known) if known else None


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The summary of a period: forms of periods that end in it. `provisional` where a holiday may move a due date."""

    period: Period
    today: date
    rows: tuple[PunctualityRow, ...]
    total: PunctualityRow
    provisional: tuple[str, ...]


def late(record: Record, *, today: date, year: int | None = None, form: str | None = None) -> list[LateForm]:
    """Whom to remind: forms of a year (None: this and the last one) that are missing or returned, longest first."""
    years = [today.year - 1, today.year] if year is None else [year]
    with record.reading():
        owed = [one for each in years for one in expected(record, columns=columns_of(record, each, form))]
        numbers = deadlines.telephones(record, on=today)
    found = [
        LateForm(one, one.days_late(today), numbers.get(one.commune.uid))
        for one in owed
        if one.arrival(today) is Arrival.MISSING or one.state == "returned"
    ]
    return sorted(found, key=lambda one: -one.days_late)


def summary(
    record: Record, *, period: Period, today: date, form: str | None = None, unit: str | None = None
) -> Punctuality:
    """How the communes (of a unit, by code) sent the forms of the periods that end in a quarter, half or year."""
    with record.reading():
        years = range(period.first.year, period.last.year + 1)
        columns = [pair for year in years for pair in columns_of(record, year, form)]
        inside = [(one, each) for one, each in columns if period.first <= each.last <= period.last]
        wanted = {one.uid for one in meant_communes(record, unit=unit, day=period.last)[1]} if unit else None
        owed = [one for one in expected(record, columns=inside) if wanted is None or one.commune.uid in wanted]
    by_unit: dict[str, list[Expected]] = {}
    for one in owed:
        by_unit.setdefault(one.commune.uid, []).append(one)
    rows = tuple(_row(forms[-1].commune, forms, today) for forms in by_unit.values())
    everyone = _row(Commune("", "", ""), owed, today)
    unknown = dict.fromkeys(name for one in owed if one.due for name in one.due.unknown)
    return Punctuality(period, today, rows, everyone, tuple(unknown))


def _row(commune: Commune, forms: list[Expected], today: date) -> PunctualityRow:
    counts = Counter(one.arrival(today) for one in forms)
    return PunctualityRow(commune, counts, max((one.days_late(today) for one in forms), default=0), tuple(forms))


def summary_document(
    record: Record, *, period: Period, today: date, form: str | None = None, unit: str | None = None
) -> Document:
    """The summary as a document of the office, ready to be signed."""
    from desktop.reports.punctuality_report import punctuality_report

    return punctuality_report(_gathered(record, period, today, form, unit))


def summary_pdf(
    record: Record, *, period: Period, today: date, form: str | None = None, unit: str | None = None
) -> tuple[bytes, int]:
    """The summary's PDF and its number of pages."""
    from desktop.reports.pdf import print_pdf

    held = BytesIO()
    pages = print_pdf(summary_document(record, period=period, today=today, form=form, unit=unit), held, made=today)
    return held.getvalue(), pages.total


def summary_xlsx(
    record: Record, *, period: Period, today: date, form: str | None = None, unit: str | None = None
) -> bytes:
    """The summary as a workbook: the counts, and every form that is late or missing."""
    from desktop.reports.punctuality_sheet import punctuality_workbook

    return punctuality_workbook(_gathered(record, period, today, form, unit))


def _gathered(record: Record, period: Period, today: date, form: str | None, unit: str | None) -> PunctualityInput:
    from desktop.application.reports import paper_office
    from desktop.reports.punctuality_report import LateLine, PunctualityInput, PunctualityLine

    if form is not None:
        form_of(record, form)
    told = summary(record, period=period, today=today, form=form, unit=unit)
    numbers = deadlines.telephones(record, on=today)

    def line(row: PunctualityRow) -> PunctualityLine:
        named = {str(arrival): count for arrival, count in row.counts.items()}
        return PunctualityLine(row.commune.code, row.commune.name, named, row.owed, row.share, row.most_days_late)

    late_lines = tuple(
        LateLine(
            one.commune.name,
            one.form.name_vi,
            one.period,
            one.due.day,
            one.due.provisional,
            one.received_on,
            one.days_late(today),
            numbers.get(one.commune.uid, ""),
        )
        for row in told.rows
        for one in row.forms
        if one.due is not None and one.arrival(today) in (Arrival.LATE, Arrival.MISSING)
    )
    own = paper_office(office(record, on=period.last, signed=today))
    rows = tuple(line(row) for row in told.rows)
    return PunctualityInput(own, period, today, rows, line(told.total), late_lines, told.provisional)
