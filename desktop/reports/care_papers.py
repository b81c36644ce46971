"""Care of children on paper: counts without names for the nutrition report, the register with names for the office.

Thông tư 15/2026/TT-BYT asks for both; the columns of its Mẫu 02 were not found, so the layout is the program's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from desktop.domain.child_care import Care, CareCount, Degree, Outcome, Supplement
from desktop.domain.periods import Period
from desktop.reports.children_papers import Listing, listing_document
from desktop.reports.model import Align, Block, Column, Document, HeadCell, Paragraph, Role, Row, RowKind, Table
from desktop.reports.numbers import vietnamese
from desktop.reports.targets_input import Office
from desktop.reports.targets_words import period_text

SUPPLEMENTS: Final = {
    Supplement.VITAMIN_A: "Vitamin A",
    Supplement.IRON: "Sắt",
    Supplement.ZINC: "Kẽm",
    Supplement.OTHER: "Khác",
}
DEGREES: Final = {Degree.MODERATE: "vừa", Degree.SEVERE: "nặng", Degree.COMPLICATED: "có biến chứng"}
CARES: Final = {Care.OUTPATIENT: "ngoại trú", Care.PREVENTIVE: "dự phòng", Care.INPATIENT: "chuyển nội trú"}
OUTCOMES: Final = {
    Outcome.RECOVERED: "khỏi",
    Outcome.REFERRED: "chuyển nơi khác",
    Outcome.STOPPED: "bỏ điều trị",
    Outcome.DIED: "tử vong",
    Outcome.OTHER: "khác",
}
HOW: Final = (
    "Bổ sung: số trẻ được uống ít nhất một lần trong kỳ. Suy dinh dưỡng cấp tính: số lượt vào sổ trong kỳ theo mức độ, "
    "số đang điều trị ngày cuối kỳ, số lượt khỏi trong kỳ. Cách đếm của phần mềm."
)
REGISTER_HEADS: Final = (
    ("Họ và tên trẻ", Align.LEFT, 34.0, 0.8),
    ("Giới", Align.CENTRE, 11.0, 0.0),
    ("Ngày sinh", Align.CENTRE, 20.0, 0.0),
    ("Họ tên mẹ", Align.LEFT, 28.0, 0.6),
    ("Vào sổ ngày", Align.CENTRE, 20.0, 0.0),
    ("Cân (kg)", Align.RIGHT, 12.0, 0.0),
    ("Cao (cm)", Align.RIGHT, 13.0, 0.0),
    ("Vòng cánh tay (mm)", Align.RIGHT, 14.0, 0.0),
    ("Phù", Align.CENTRE, 10.0, 0.0),
    ("Mức độ", Align.LEFT, 18.0, 0.2),
    ("Điều trị", Align.LEFT, 20.0, 0.2),
    ("Ra ngày", Align.CENTRE, 20.0, 0.0),
    ("Kết quả", Align.LEFT, 20.0, 0.2),
)


def care_blocks(counted: Sequence[tuple[str, CareCount]], whole: str) -> Iterator[Block]:
    """The counts of each unit and of all; a sentence where nothing was written."""
    told = [(name, care) for name, care in counted if not care.is_empty]
    if not told:
        yield Paragraph(("Trong kỳ chưa ghi lượt bổ sung vi chất hay trẻ suy dinh dưỡng cấp tính nào.",))
        return
    yield _care_table(told, whole, silent=len(told) < len(counted))


def _care_table(told: Sequence[tuple[str, CareCount]], whole: str, *, silent: bool) -> Table:
    head = (
        (
            HeadCell("Đơn vị", rows=2),
            HeadCell("Trẻ được bổ sung", columns=len(SUPPLEMENTS)),
            HeadCell("Suy dinh dưỡng cấp tính", columns=len(DEGREES) + 2),
        ),
        tuple(HeadCell(text) for text in (*SUPPLEMENTS.values(), "Vừa", "Nặng", "Biến chứng", "Đang điều trị", "Khỏi")),
    )
    columns = (Column(Align.LEFT, 34.0, 1.0), *(Column(Align.RIGHT, 14.0, 0.2) for _ in head[1]))
    rows = [Row((name, *_cells(care))) for name, care in told]
    if len(told) > 1:
        sums = [sum(numbers) for numbers in zip(*(_numbers(care) for _, care in told), strict=True)]
        rows.append(Row((whole, *map(vietnamese, sums)), RowKind.TOTAL))
    notes = [Paragraph((HOW,), Role.SOURCE)]
    if silent:
        notes.append(Paragraph(("Xã không có tên trong bảng chưa ghi gì trong kỳ.",), Role.SOURCE))
    return Table("child_care", columns, head, tuple(rows), notes=tuple(notes))


def _numbers(care: CareCount) -> list[int]:
    return [
        *(care.given.get(what, 0) for what in SUPPLEMENTS),
        *(care.begun.get(degree, 0) for degree in DEGREES),
        care.open,
        care.ended.get(Outcome.RECOVERED, 0),
    ]


def _cells(care: CareCount) -> Iterator[str]:
    yield from map(vietnamese, _numbers(care))


def register_document(office: Office, year: int, period: Period, listings: Sequence[Listing]) -> Document:
    """Sổ theo dõi trẻ suy dinh dưỡng cấp tính of a period, commune by commune: with names, for the office."""
    subject = f"Trẻ em suy dinh dưỡng cấp tính {period_text(period)}"
    return listing_document(office, year, subject, listings, REGISTER_HEADS)
