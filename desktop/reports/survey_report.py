"""Kết quả điều tra nhân trắc: prevalence with the limits of the survey's design, and how far it can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from desktop.domain.growth.plausibility_lines import TINY, Judged
from desktop.domain.rounding import half_up
from desktop.reports.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    HeadCell,
    Heading,
    Orientation,
    Paragraph,
    Role,
    Row,
    Table,
)
from desktop.reports.numbers import NOT_REPORTED_TEXT, vietnamese
from desktop.reports.office_paper import REPORT, office_paper
from desktop.reports.targets_input import Office
from desktop.system.i18n import render

if TYPE_CHECKING:
    from desktop.domain.growth.prevalence import Estimate

OWN_LAYOUT: Final = "Mẫu của phần mềm; tỷ lệ theo chuẩn tăng trưởng WHO 2006."
_DESIGN: Final = {"sampling_weight": "trọng số mẫu", "cluster": "cụm", "stratum": "tầng"}
_HEADS: Final = ("Thấp còi", "Thấp còi nặng", "Nhẹ cân", "Gầy còm", "Gầy còm nặng", "Thừa cân")
_BANDS_NOTE: Final = (
    "Điểm SMART là tổng điểm phạt: 0–9 rất tốt, 10–14 tốt, 15–24 chấp nhận được, từ 25 có vấn đề. Ngưỡng của từng phép "
    "thử ghi theo thứ tự rất tốt | tốt | chấp nhận được | có vấn đề. Chỉ tính trẻ 6–59 tháng tuổi."
)


@dataclass(frozen=True, slots=True)
class SurveyInput:
    """What the paper says: groups by their words with six rates each; `design` names what of a design was used."""

    office: Office
    day: date
    file: str
    rows: int
    unreadable: int
    groups: tuple[tuple[str, tuple[Estimate, ...]], ...]
    score: int
    verdict: str
    children: int
    tests: tuple[Judged, ...]
    design: tuple[str, ...] = ()


def survey_document(data: SurveyInput) -> Document:
    """Write the document."""
    return office_paper(
        data.office,
        year=data.day.year,
        kind=REPORT,
        subject="Kết quả điều tra nhân trắc trẻ em dưới 5 tuổi",
        blocks=_blocks(data),
        closing=f"Trên đây là kết quả điều tra nhân trắc của {data.office.name}./.",
        orientation=Orientation.LANDSCAPE,
    )


def _blocks(data: SurveyInput) -> Iterator[Block]:
    used = [_DESIGN[one] for one in data.design if one in _DESIGN]
    drawn = f"có tính {', '.join(used)}" if used else "mẫu ngẫu nhiên đơn"
    yield Paragraph((f"Tệp số liệu: {data.file}; {vietnamese(data.rows)} dòng, {drawn}.",))
    if data.unreadable:
        yield Paragraph((f"{vietnamese(data.unreadable)} dòng không đọc được, không tính vào tỷ lệ.",))
    yield Paragraph((OWN_LAYOUT,), Role.SOURCE)
    yield Heading(1, "I. TỶ LỆ SUY DINH DƯỠNG")
    yield _rates(data)
    yield Heading(1, "II. MỨC ĐỘ TIN CẬY CỦA SỐ ĐO")
    yield Paragraph((f"{vietnamese(data.children)} trẻ 6–59 tháng; điểm SMART {data.score}: {data.verdict}.",))
    yield _tests(data)


def _rates(data: SurveyInput) -> Table:
    columns = (Column(Align.LEFT, 38.0, 1.0), Column(Align.RIGHT, 14.0, 0.1), *(Column(Align.CENTRE, 30.0, 0.4),) * 6)
    rows = tuple(
        Row((name, vietnamese(rates[0].n), *(_rate(name, one) for one in rates))) for name, rates in data.groups
    )
    heads = ("Nhóm trẻ", "Số trẻ", *(f"{text} (%)" for text in _HEADS))
    note = (
        "Trong ngoặc: khoảng tin cậy 95% theo thiết kế mẫu. Số trẻ là số có chiều cao/tuổi hợp lý. Thấp còi: chiều "
        "cao/tuổi dưới −2 SD, nặng dưới −3 SD; nhẹ cân: cân nặng/tuổi dưới −2 SD; gầy còm, thừa cân: cân nặng/chiều "
        "cao dưới −2 SD, trên +2 SD; trẻ phù tính là gầy còm nặng."
    )
    head = (tuple(HeadCell(text) for text in heads),)
    return Table(
        "survey_rates", columns, head, rows, key_columns=1, largest=11, notes=(Paragraph((note,), Role.SOURCE),)
    )


def _rate(group: str, one: Estimate) -> Cell:
    if one.value is None:
        return NOT_REPORTED_TEXT
    limits = ""
    if one.lower is not None and one.upper is not None:
        limits = f" ({_one(one.lower)}–{_one(one.upper)})"
    return Figure(f"survey.{group}.{one.index}.{one.cutoff}", _one(one.value) + limits, Fraction(one.value))


def _one(value: float, places: int = 1) -> str:
    return vietnamese(half_up(Fraction(value), places))


def _tests(data: SurveyInput) -> Table:
    columns = (
        Column(Align.LEFT, 70.0, 1.0),
        Column(Align.RIGHT, 20.0, 0.1),
        Column(Align.RIGHT, 14.0, 0.1),
        Column(Align.LEFT, 30.0, 0.2),
        Column(Align.LEFT, 60.0, 0.4),
    )
    rows = tuple(
        Row((render(one.name, "vi"), _value(one), str(one.points), render(one.verdict, "vi"), one.bands))
        for one in data.tests
    )
    head = (tuple(HeadCell(text) for text in ("Phép thử", "Giá trị", "Điểm", "Đánh giá", "Ngưỡng")),)
    return Table("survey_tests", columns, head, rows, largest=11, notes=(Paragraph((_BANDS_NOTE,), Role.SOURCE),))


def _value(one: Judged) -> str:
    if one.value is None:
        return NOT_REPORTED_TEXT
    return f"< {vietnamese(TINY)}" if one.is_tiny else vietnamese(one.value)
