"""The list of those to be reminded, as text for a message, on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.application.offices import office
from desktop.application.punctuality import LateForm
from desktop.application.records import Record

if TYPE_CHECKING:
    from desktop.reports.reminder_list import ReminderInput


def text(record: Record, late: Sequence[LateForm], *, today: date) -> str:
    """A numbered Vietnamese text to paste into a message; a commune's forms stand on one line."""
    from desktop.reports.reminder_list import reminder_text

    return reminder_text(_gathered(record, late, today))


def pdf(record: Record, late: Sequence[LateForm], *, today: date) -> tuple[bytes, int]:
    """The list's PDF and its number of pages."""
    from desktop.reports.pdf import print_pdf
    from desktop.reports.reminder_list import reminder_document

    held = BytesIO()
    pages = print_pdf(reminder_document(_gathered(record, late, today)), held, made=today)
    return held.getvalue(), pages.total


def xlsx(record: Record, late: Sequence[LateForm], *, today: date) -> bytes:
    """The list as a workbook."""
    from desktop.reports.reminder_list import reminder_workbook

    return reminder_workbook(_gathered(record, late, today))


def _gathered(record: Record, late: Sequence[LateForm], today: date) -> ReminderInput:
    from desktop.application.reports import paper_office
    from desktop.reports.reminder_list import ReminderInput, ReminderLine

    lines = tuple(
        ReminderLine(
            one.owed.commune.name,
            one.telephone or "",
            one.owed.form.name_vi,
            one.owed.period,
            one.owed.due.day if one.owed.due else None,
            one.owed.due.provisional if one.owed.due else False,
            one.days_late,
            _returned(one),
        )
        for one in late
    )
    return ReminderInput(paper_office(office(record, on=today)), today, lines)


def _returned(one: LateForm) -> str | None:
    if one.owed.state != "returned" or one.owed.begun is None:
        return None
    return one.owed.begun.reason or ""
