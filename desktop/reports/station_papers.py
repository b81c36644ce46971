"""The profile of a station on paper, and the summary of all stations by commune (the program's own layouts).

On paper 0 is printed 0, not applicable x, not told …, as on all our forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.reports.flat_table import flat_table
from desktop.reports.model import Align, Block, Column, Document, HeadCell, Orientation, Paragraph, Row, RowKind, Table
from desktop.reports.numbers import vietnamese
from desktop.reports.office_paper import office_paper
from desktop.reports.targets_input import Office

_CLOSING: Final = "Mẫu của phần mềm./."
LEGEND: Final = "x: không áp dụng; …: chưa có thông tin."
OLD: Final = "*: chưa xác nhận lại trong năm."
PROFILE_HEADS: Final = (
    ("TT", Align.CENTRE, 9.0, 0.0),
    ("Nội dung", Align.LEFT, 58.0, 1.0),
    ("Đơn vị tính", Align.CENTRE, 17.0, 0.0),
    ("Hiện trạng", Align.LEFT, 34.0, 0.5),
    ("Từ ngày", Align.CENTRE, 25.0, 0.0),
    ("Ghi chú", Align.LEFT, 16.0, 0.3),
)


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """An item as it is printed: name, unit, answer, since when, note."""

    name: str
    unit: str
    answer: str
    since: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProfilePaper:
    """A station's profile: its name, day, what is said above the table, its groups."""

    place: str
    day: str
    facts: tuple[str, ...]
    groups: tuple[tuple[str, tuple[ProfileLine, ...]], ...]


def profile_document(office: Office, year: int, paper: ProfilePaper) -> Document:
    """Hồ sơ of one place, upright."""
    rows: list[Row] = []
    number = 0
    for title, lines in paper.groups:
        rows.append(Row((title,), RowKind.GROUP))
        for line in lines:
            number += 1
            rows.append(Row((vietnamese(number), line.name, line.unit, line.answer, line.since, line.note)))
    table = flat_table("profile", PROFILE_HEADS, rows, largest=10, legend=f"{LEGEND} {OLD}")
    blocks: tuple[Block, ...] = (*(Paragraph((text,)) for text in paper.facts), table)
    subject = f"{paper.place}, tính đến ngày {paper.day}"
    return office_paper(office, year=year, kind=("HỒ SƠ", "HS"), subject=subject, blocks=blocks, closing=_CLOSING)


@dataclass(frozen=True, slots=True)
class SummaryHead:
    """A column of the summary: its group (empty: none), its name, whether it is a number, its least width in mm."""

    group: str
    name: str
    number: bool = True
    least: float = 11.0


@dataclass(frozen=True, slots=True)
class SummaryPaper:
    """The summary: columns, a row a commune, the row of all, what is to be known of it."""

    day: str
    heads: tuple[SummaryHead, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    notes: tuple[str, ...]


def summary_document(office: Office, year: int, paper: SummaryPaper) -> Document:
    """Tổng hợp by commune, on its side; the commune's column repeats where it is cut."""
    columns = (
        Column(Align.CENTRE, 9.0, 0.0),
        Column(Align.LEFT, 30.0, 1.0),
        *(Column(Align.RIGHT if head.number else Align.CENTRE, head.least, 0.25) for head in paper.heads),
    )
    rows = [Row((vietnamese(at), *cells)) for at, cells in enumerate(paper.rows, 1)]
    rows.append(Row(("", *paper.total), RowKind.TOTAL))
    table = Table(
        "stations",
        columns,
        _two_levels(paper.heads),
        tuple(rows),
        key_columns=2,
        largest=11,
        smallest=8,
        legend=LEGEND,
    )
    blocks: tuple[Block, ...] = (table, *(Paragraph((text,)) for text in paper.notes))
    subject = f"Tình hình trạm y tế các xã, phường, thị trấn, tính đến ngày {paper.day}"
    return office_paper(
        office,
        year=year,
        kind=("TỔNG HỢP", "TH"),
        subject=subject,
        blocks=blocks,
        closing=_CLOSING,
        orientation=Orientation.LANDSCAPE,
    )


def _two_levels(heads: Sequence[SummaryHead]) -> tuple[tuple[HeadCell, ...], ...]:
    above: list[HeadCell] = [HeadCell("TT", rows=2), HeadCell("Xã, phường, thị trấn", rows=2)]
    below: list[HeadCell] = []
    at = 0
    while at < len(heads):
        group = heads[at].group
        if not group:
            above.append(HeadCell(heads[at].name, rows=2))
            at += 1
            continue
        last = at
        while last < len(heads) and heads[last].group == group:
            below.append(HeadCell(heads[last].name))
            last += 1
        above.append(HeadCell(group, columns=last - at))
        at = last
    return (tuple(above), tuple(below)) if below else (tuple(HeadCell(cell.text) for cell in above),)
