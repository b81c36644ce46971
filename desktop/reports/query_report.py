"""Phiếu hỏi lại số liệu on paper, and as a short text for a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.elements import ValueType
from desktop.domain.query_sheet import AskedCell, QuerySheet, Question
from desktop.domain.rounding import half_up
from desktop.domain.values import State, Value
from desktop.reports.flat_table import NUMBER, flat_table
from desktop.reports.model import Align, Block, Cell, Document, Paragraph, Row, Table
from desktop.reports.numbers import trimmed, vietnamese
from desktop.reports.office_paper import office_paper
from desktop.reports.targets_input import Office
from desktop.reports.targets_words import period_text

_HEADS: Final = (
    NUMBER,
    ("Chỉ tiêu", Align.LEFT, 36.0, 1.0),
    ("Số đã báo cáo", Align.RIGHT, 18.0, 0.0),
    ("Nội dung cần xem lại", Align.LEFT, 50.0, 1.0),
    ("Trả lời của đơn vị", Align.LEFT, 40.0, 1.0),
)
_HOW: Final = (
    "Số đúng: ghi “đúng” và nêu lý do. Số sai: ghi số đúng. Không phát sinh ghi 0, không áp dụng ghi x, "
    "chưa có số liệu ghi … và nêu lý do."
)


@dataclass(frozen=True, slots=True)
class QueryInput:
    """What the paper says: whose it is, the year of its date line, and the questions."""

    office: Office
    year: int
    asked: QuerySheet


def query_document(data: QueryInput) -> Document:
    """Write the document."""
    office, asked = data.office, data.asked
    named = period_text(asked.period)
    return office_paper(
        office,
        year=data.year,
        kind=("PHIẾU HỎI LẠI SỐ LIỆU", "PH"),
        subject=f"Số liệu {named} của {_lower(asked.unit_name)}",
        addressees=(f"Trạm Y tế {_lower(asked.unit_name)}",),
        blocks=_blocks(asked, named),
        closing="Đề nghị đơn vị trả lời từng mục và gửi lại để hoàn thành báo cáo./.",
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _blocks(asked: QuerySheet, named: str) -> Iterator[Block]:
    count = len(asked.questions) + len(asked.missing)
    yield Paragraph(
        (f"Qua kiểm tra số liệu {named} của đơn vị, còn {count} nội dung dưới đây cần được xem lại hoặc bổ sung.",)
    )
    yield _table(asked)
    yield Paragraph((_HOW,))


def _table(asked: QuerySheet) -> Table:
    return flat_table("query", _HEADS, _rows(asked), largest=12, smallest=10)


def _rows(asked: QuerySheet) -> Iterator[Row]:
    for question in asked.questions:
        for place, cell in enumerate(question.cells):
            first = place == 0
            number = str(question.number) if first else ""
            yield Row((number, cell.name, reported_text(cell), _said(question) if first else "Như trên", ""))
    for place, cell in enumerate(asked.missing, len(asked.questions) + 1):
        cells: tuple[Cell, ...] = (str(place), cell.name, "…", "Chưa có số liệu", "")
        yield Row(cells)


def _said(question: Question) -> str:
    return " ".join(filter(None, (question.text, question.hint)))


def query_text(asked: QuerySheet) -> str:
    """The questions as a short numbered text to paste into a message."""
    named = period_text(asked.period)
    lines = [f"Đề nghị {asked.unit_name} xem lại số liệu {named}:"]
    lines += [f"{question.number}. {_with_names(question)}" for question in asked.questions]
    if asked.missing:
        names = "; ".join(cell.name for cell in asked.missing)
        lines.append(f"{len(asked.questions) + 1}. Chưa có số liệu: {names}.")
    lines.append("Trả lời theo số thứ tự: đúng (nêu lý do) hoặc sửa thành số nào.")
    return "\n".join(lines)


def _with_names(question: Question) -> str:
    """The question, with the names of figures that its words leave out."""
    said = _said(question)
    unnamed = [cell for cell in question.cells if (cell.element.short_vi or cell.name) not in said]
    if not unnamed:
        return said
    told = ", ".join(f"{cell.name} {reported_text(cell)}" for cell in unnamed)
    return f"{told}: {said}"


def reported_text(cell: AskedCell) -> str:
    """What was reported, as printed: 1.234, có, không, x, …"""
    return value_text(cell.value, yes_no=cell.element.type is ValueType.YES_NO)


def value_text(value: Value, *, yes_no: bool = False) -> str:
    """A value on paper: 0 prints 0, not applicable x, not reported …; beside yes and no in words."""
    words = {
        State.YES: "có",
        State.NO: "không",
        State.NOT_APPLICABLE: "không áp dụng" if yes_no else "x",
        State.NOT_REPORTED: "…",
    }
    if value.number is None or value.amount is None:
        return words.get(value.state, value.text or "")
    return vietnamese(trimmed(half_up(value.number, 4)))
