"""Danh sách nhắc: who has not sent which form, with telephone numbers; as text for a message, paper and workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from desktop.domain.periods import Period
from desktop.reports.flat_table import flat_table
from desktop.reports.model import Align, Document, Paragraph, Row
from desktop.reports.numbers import vietnamese
from desktop.reports.office_paper import LISTING, office_paper
from desktop.reports.targets_input import Office
from desktop.reports.targets_words import period_text, short_date

HEADS: Final = ("TT", "Đơn vị", "Điện thoại", "Biểu", "Kỳ", "Hạn gửi", "Chậm (ngày)", "Ghi chú")
_FONT: Final = "Times New Roman"
_WIDTHS: Final = (5, 26, 16, 40, 18, 20, 12, 40)
_FIRST: Final = 3


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A form that is owed; `returned` says why it must come again, None where it never came."""

    name: str
    telephone: str
    form: str
    period: Period
    due: date | None
    provisional: bool
    days_late: int
    returned: str | None


@dataclass(frozen=True, slots=True)
class ReminderInput:
    """What the list says and whose it is."""

    office: Office
    today: date
    lines: tuple[ReminderLine, ...]


def _due(line: ReminderLine) -> str:
    if line.due is None:
        return ""
    return f"{short_date(line.due)} (tạm tính)" if line.provisional else short_date(line.due)


def _note(line: ReminderLine) -> str:
    if line.returned is None:
        return "chưa gửi"
    return f"đã trả lại: {line.returned}" if line.returned else "đã trả lại"


def _title(data: ReminderInput) -> str:
    return f"Biểu cần nhắc gửi, tính đến ngày {short_date(data.today)}"


def reminder_text(data: ReminderInput) -> str:
    """A short text for a message; each commune once, its forms behind it."""
    by_name: dict[tuple[str, str], list[ReminderLine]] = {}
    for line in data.lines:
        by_name.setdefault((line.name, line.telephone), []).append(line)
    told = [f"{_title(data)}:"]
    for number, ((name, telephone), lines) in enumerate(by_name.items(), 1):
        owed = "; ".join(_owed(line) for line in lines)
        told.append(f"{number}. {name}{f' ({telephone})' if telephone else ''}: {owed}")
    return "\n".join(told)


def _owed(line: ReminderLine) -> str:
    parts = [f"{line.form}, {period_text(line.period)}"]
    if line.returned is not None:
        parts.append(_note(line))
    if line.due is not None:
        parts.append(f"hạn {_due(line)}")
    if line.days_late:
        parts.append(f"trễ {vietnamese(line.days_late)} ngày")
    return ", ".join(parts)


def _cells(number: int, line: ReminderLine) -> tuple[str, ...]:
    days = vietnamese(line.days_late) if line.days_late else ""
    named = period_text(line.period)
    return (str(number), line.name, line.telephone, line.form, named, _due(line), days, _note(line))


def reminder_document(data: ReminderInput) -> Document:
    """The list on paper."""
    least = (8.0, 28.0, 22.0, 28.0, 16.0, 20.0, 12.0, 24.0)
    aligns = (Align.CENTRE, *(Align.LEFT,) * 4, Align.CENTRE, Align.RIGHT, Align.LEFT)
    shares = (float(place in (1, 3, 7)) for place in range(len(HEADS)))
    rows = [Row(_cells(place, line)) for place, line in enumerate(data.lines, 1)]
    table = flat_table("reminders", tuple(zip(HEADS, aligns, least, shares, strict=True)), rows)
    return office_paper(
        data.office,
        year=data.today.year,
        kind=LISTING,
        subject=_title(data),
        blocks=(table if rows else Paragraph(("Không có biểu nào cần nhắc.",)),),
        closing=f"Danh sách có {vietnamese(len(rows))} biểu./.",
    )


def reminder_workbook(data: ReminderInput) -> bytes:
    """The list as a workbook; the same lines and day give the same bytes."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": _title(data), "created": datetime.combine(data.today, time())})
    ruled = {"font_name": _FONT, "font_size": 12, "border": 1, "text_wrap": True, "valign": "vcenter"}
    big = book.add_format({"font_name": _FONT, "font_size": 14, "bold": True})
    head, cell = book.add_format({**ruled, "bold": True, "align": "center"}), book.add_format(ruled)
    sheet = book.add_worksheet("Nhắc gửi biểu")
    sheet.write_string(0, 0, _title(data), big)
    for column, (text, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        sheet.write_string(_FIRST, column, text, head)
        sheet.set_column(column, column, width)
    for place, line in enumerate(data.lines, 1):
        for column, text in enumerate(_cells(place, line)):
            if column == 6 and line.days_late:
                sheet.write_number(_FIRST + place, column, line.days_late, cell)
            else:
                sheet.write_string(_FIRST + place, column, text, cell)
    sheet.freeze_panes(_FIRST + 1, 2)
    sheet.repeat_rows(_FIRST)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return held.getvalue()
