"""Papers of one commune: the sheet in which it scores itself, and the minutes of the office's check.

The official forms of QĐ 1300/QĐ-BYT were not found, so both say that their layout is the program's. Minutes follow
Decree 30/2020, annex III, Mẫu 1.9: no place and date line, secretary left, chair right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from desktop.domain.criteria.scoring import By
from desktop.reports import criteria_words as words
from desktop.reports.criteria_input import PaperRow, SheetInput
from desktop.reports.flat_table import Head, flat_table
from desktop.reports.model import (
    Agency,
    Align,
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Paragraph,
    Role,
    Row,
    RowKind,
    Signature,
    Table,
    ToWrite,
)
from desktop.reports.numbers import NOT_APPLICABLE_TEXT
from desktop.reports.office_paper import agency, office_paper
from desktop.reports.targets_words import lower_first

DIRECTORS: Final = date(2026, 1, 1)
"""From then on a station has a director (Thông tư 43/2025/TT-BYT), before that a head."""
DOTS: Final = "……"
MOMENT: Final = f"{DOTS} giờ {DOTS}, ngày {DOTS} tháng {DOTS} năm {DOTS}{DOTS}"


def self_sheet(data: SheetInput) -> Document:
    """Phiếu tự chấm điểm of a commune."""
    issuer, place, posts = _station(data)
    commune, one = data.commune, data.criteria
    given = {row.code: row.points[By.SELF] for row in commune.rows if By.SELF in row.points}
    told = words.reasons(one, commune.own, given, commune.zone)
    blocks: list[Block] = [
        Paragraph((words.own_layout(one),), Role.SOURCE),
        Paragraph((_about(data),)),
        _table(data, (By.SELF,)),
        Paragraph((words.verdict_sentence(commune.own),)),
    ]
    if told:
        blocks.append(Paragraph((f"Lý do: {'; '.join(told)}.",)))
    return Document(
        agency=issuer,
        place=place,
        year=data.made.year,
        type="PHIẾU TỰ CHẤM ĐIỂM",
        type_symbol="PCĐ",
        subject=f"{words.NAME} năm {data.year}",
        addressees=(),
        blocks=tuple(blocks),
        closing=Paragraph(("Đơn vị chịu trách nhiệm về điểm tự chấm và hồ sơ minh chứng kèm theo./.",)),
        recipients=(data.office.name, "Lưu: hồ sơ"),
        signature=Signature(posts),
    )


def check_minutes(data: SheetInput) -> Document:
    """Biên bản phúc tra of a commune by the office."""
    office, commune, one = data.office, data.commune, data.criteria
    where = lower_first(commune.name)
    given = {row.code: row.points[By.OFFICE] for row in commune.rows if By.OFFICE in row.points}
    told = words.reasons(one, commune.own, given, commune.zone)
    blocks: list[Block] = [
        Paragraph((words.own_layout(one),), Role.SOURCE),
        Paragraph((f"Thời gian bắt đầu: {MOMENT}",)),
        Paragraph((f"Địa điểm: Trạm Y tế {where}",)),
        Paragraph(("Thành phần tham dự:",)),
        ToWrite("present", 2),
        Paragraph((f"Chủ tọa: {DOTS * 8}",)),
        Paragraph((f"Thư ký: {DOTS * 8}",)),
        Heading(1, "I. NỘI DUNG PHÚC TRA"),
        Paragraph((_about(data),)),
        _table(data, (By.SELF, By.OFFICE)),
        Heading(1, "II. KẾT LUẬN"),
        Paragraph((words.verdict_sentence(commune.own),)),
        *([Paragraph((f"Lý do: {'; '.join(told)}.",))] if told else []),
        Heading(1, "III. Ý KIẾN CỦA XÃ VÀ KIẾN NGHỊ"),
        ToWrite("opinions", 3),
    ]
    closing = f"Cuộc họp kết thúc vào {MOMENT}; biên bản đã đọc cho những người tham dự nghe và thống nhất ký./."
    made = office_paper(
        office,
        year=data.made.year,
        kind=("BIÊN BẢN", "BB"),
        subject=f"Phúc tra thực hiện {words.NAME} năm {data.year} tại {where}",
        blocks=blocks,
        closing=closing,
    )
    kept = (f"Lưu: {office.archive}, Hồ sơ",)
    return replace(made, recipients=kept, signature=Signature(("CHỦ TỌA",)), secretary=Signature(("THƯ KÝ",)))


def _station(data: SheetInput) -> tuple[Agency, str, tuple[str, ...]]:
    """Who issues the sheet: the commune's station, in its own letterhead where this is its record."""
    office = data.office
    if office.level == "commune":
        return agency(office), office.place, office.posts
    post = "GIÁM ĐỐC" if data.made >= DIRECTORS else "TRƯỞNG TRẠM"
    where = lower_first(data.commune.name)
    return Agency(f"Trạm Y tế {where}", "TYT", office.headline), _place(data.commune.name), (post,)


def _place(name: str) -> str:
    """The word before the date: without "xã" or "thị trấn", unless a number follows (Decree 30/2020, annex II)."""
    for kind in ("Thị trấn ", "Xã ", "Phường ", "Đặc khu "):
        if name.startswith(kind) and not name.removeprefix(kind)[:1].isdecimal():
            return name.removeprefix(kind)
    return name


def _about(data: SheetInput) -> str:
    commune, one = data.commune, data.criteria
    zone = f", {words.zone_words(commune.zone)}" if commune.zone else ""
    if one.is_detailed:
        rows = len([row for row in commune.rows if row.applies])
        return f"{commune.name}{zone}. Chấm theo {lower_first(one.name)}, {rows} chỉ tiêu."
    return f"{commune.name}{zone}. Chấm ở mức tiêu chí, chưa nạp bảng chỉ tiêu."


# ---- the table ----


def _table(data: SheetInput, columns: tuple[By, ...]) -> Table:
    """Criteria with their rows, the columns of points, reasons and evidence."""
    names = {By.SELF: "Điểm xã tự chấm", By.OFFICE: "Điểm phúc tra", By.PROVINCE: "Điểm thẩm định"}
    heads: tuple[Head, ...] = (
        ("TT", Align.CENTRE, 11.0, 0.0),
        ("Tiêu chí, chỉ tiêu", Align.LEFT, 50.0, 1.0),
        ("Điểm tối đa", Align.RIGHT, 13.0, 0.0),
        ("Sàn, mức liệt", Align.RIGHT, 13.0, 0.0),
        *((names[by], Align.RIGHT, 16.0, 0.0) for by in columns),
        ("Lý do, minh chứng", Align.LEFT, 36.0, 0.8),
    )
    return flat_table("criteria", heads, _rows(data, columns), legend=words.LEGEND)


def _rows(data: SheetInput, columns: tuple[By, ...]) -> Iterator[Row]:
    for criterion in data.criteria.criteria:
        own = [row for row in data.commune.rows if row.criterion == criterion.number]
        asked = [row for row in own if row.applies]
        if criterion.rows:
            most = sum((row.maximum for row in asked), Fraction(0))
            floor = most * data.criteria.floor_share
            sums = [_sum(asked, by, floor, f"criteria.{criterion.number}") for by in columns]
            cells: tuple[Cell, ...] = (
                criterion.number,
                criterion.name,
                words.points(most),
                words.points(floor),
                *sums,
                "",
            )
            yield Row(cells, RowKind.SUM)
        for row in own:
            yield Row(_cells(row, columns, data.criteria.floor_share))
    asked = [row for row in data.commune.rows if row.applies]
    most = sum((row.maximum for row in asked), Fraction(0))
    sums = [_sum(asked, by, most * data.criteria.total_share, "criteria.total", digits=True) for by in columns]
    needed = words.points(most * data.criteria.total_share)
    yield Row(("", "Tổng điểm", words.points(most), needed, *sums, ""), RowKind.TOTAL)


def _cells(row: PaperRow, columns: tuple[By, ...], floor_share: Fraction) -> tuple[Cell, ...]:
    least = row.least
    if row.code == row.criterion:
        least = max(least or Fraction(0), row.maximum * floor_share)
    limit = words.points(least) if least is not None else ""
    if not row.applies:
        blank = (NOT_APPLICABLE_TEXT for _ in columns)
        return (row.code, row.name, words.points(row.maximum), limit, *blank, "")
    given = []
    for by in columns:
        told = row.points.get(by)
        mark = "*" if told is not None and least is not None and told < least else ""
        given.append(Figure(f"criteria.{row.code}.{by}", words.points(told), told, mark=mark))
    said = [row.reasons[by] for by in columns if by in row.reasons]
    about = list(dict.fromkeys(said))
    if row.evidence:
        about.append(f"{len(row.evidence)} tệp minh chứng")
    return (row.code, row.name, words.points(row.maximum), limit, *given, "; ".join(about))


def _sum(rows: list[PaperRow], by: By, least: Fraction, name: str, *, digits: bool = False) -> Cell:
    """The sum of a column, where every row has points."""
    known = [row.points[by] for row in rows if by in row.points]
    if len(known) < len(rows) or not rows:
        return Figure(f"{name}.{by}", words.points(None), None)
    told = sum(known, Fraction(0))
    text = words.total(told) if digits else words.points(told)
    return Figure(f"{name}.{by}", text, told, mark="*" if told < least else "")
