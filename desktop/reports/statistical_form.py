"""Biểu thống kê: the form of one unit in the layout of statistical reports, empty or with its figures.

No Quốc hiệu; "Biểu số" at the left, "Đơn vị báo cáo" at the right, letters over the columns of words and numbers over
those of figures, at the end Người lập biểu and Thủ trưởng đơn vị (design 7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from desktop.domain.elements import Element, Form, Status, ValueType
from desktop.domain.periods import Period
from desktop.domain.values import Value
from desktop.reports.model import Align, Cell, Column, HeadCell, Row, RowKind, Table
from desktop.reports.query_report import value_text
from desktop.reports.targets_words import period_text, upper_first

LEGEND: Final = "Không phát sinh ghi 0; không áp dụng ghi x; chưa có số liệu ghi … và nêu lý do ở cột Ghi chú."


@dataclass(frozen=True, slots=True)
class FormLine:
    """A figure of the form: its number, what earlier periods said and what stands now (None: an empty cell)."""

    number: int
    element: Element
    earlier: tuple[Value | None, ...] = ()
    now: Value | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormPart:
    """A section of the form."""

    number: str
    name: str
    lines: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class StatisticalForm:
    """The form of one unit and period. `earlier` are the periods of the columns of the past, `due` the last day."""

    form: Form
    unit: str
    receiver: str
    place: str
    period: Period
    earlier: tuple[Period, ...]
    parts: tuple[FormPart, ...]
    due: str = ""

    @property
    def mark(self) -> str:
        """What stands after "Biểu số": official forms have one; the program's own do not claim any."""
        return f"Biểu số: {self.form.code}" if self.form.status is not Status.UNVERIFIED else "Biểu của đơn vị"

    @property
    def source(self) -> str:
        """Where the form is from."""
        told = self.form.source
        return (
            f"Ban hành kèm theo {told}" if told and self.form.status is Status.OFFICIAL else f"({told})" if told else ""
        )

    @property
    def period_text(self) -> str:
        """The line under the title: Kỳ báo cáo: năm 2024."""
        return f"Kỳ báo cáo: {period_text(self.period)}"


def form_table(data: StatisticalForm) -> Table:
    """The table: number, name, unit of count, the past, this period, note."""
    past = tuple(upper_first(period_text(period)) for period in data.earlier)
    heads = ("TT", "Chỉ tiêu", "Đơn vị tính", *past, f"Số liệu {period_text(data.period)}", "Ghi chú")
    columns = (
        Column(Align.CENTRE, 10.0, 0.0),
        Column(Align.LEFT, 50.0, 1.0),
        Column(Align.CENTRE, 18.0, 0.0),
        *(Column(Align.RIGHT, 20.0, 0.0) for _ in past),
        Column(Align.RIGHT, 26.0, 0.0),
        Column(Align.LEFT, 30.0, 0.5),
    )
    figures = len(past) + 1
    numbers = (*ascii_uppercase[:3], *(str(place + 1) for place in range(figures)), ascii_uppercase[3])
    head = (tuple(HeadCell(text) for text in heads),)
    rows = tuple(_rows(data))
    return Table("form", columns, head, rows, key_columns=2, legend=LEGEND, largest=12, smallest=9, numbers=numbers)


def _rows(data: StatisticalForm) -> Iterator[Row]:
    for part in data.parts:
        yield Row((part.number, part.name), RowKind.GROUP)
        for line in part.lines:
            words = line.element.type is ValueType.YES_NO
            values = (*line.earlier, line.now)
            figures = tuple("" if value is None else value_text(value, yes_no=words) for value in values)
            cells: tuple[Cell, ...] = (str(line.number), line.element.name_vi, line.element.unit, *figures, line.note)
            yield Row(cells)
