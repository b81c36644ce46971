"""Tình hình gửi báo cáo: how the communes sent their forms in a quarter or year, as a document ready to be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.domain.periods import Period
from desktop.domain.rounding import half_up
from desktop.reports.model import (
    Agency,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    HeadCell,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Signature,
    Table,
    ToWrite,
)
from desktop.reports.numbers import EN_DASH, vietnamese
from desktop.reports.targets_input import Office
from desktop.reports.targets_words import period_text, short_date

ARRIVALS = ("on_time", "late", "missing", "waiting", "unknown")
HEADS = ("Đúng hạn", "Quá hạn", "Chưa gửi", "Chưa đến hạn", "Chưa rõ")
SHARE_HEAD = "Tỷ lệ đúng hạn (%)"
DAYS_HEAD = "Chậm nhiều nhất (ngày)"
LEGEND = (
    "Chưa gửi: đã quá hạn mà chưa nhận được. Chưa rõ: chưa ghi ngày nhận hoặc chưa có hạn. "
    "Tỷ lệ đúng hạn tính trên số biểu đúng hạn, quá hạn và chưa gửi."
)
LATE_HEADS = ("TT", "Đơn vị", "Biểu", "Kỳ", "Hạn gửi", "Ngày nhận", "Số ngày trễ", "Điện thoại")


@dataclass(frozen=True, slots=True)
class PunctualityLine:
    """A commune (or all): forms by how they came, forms owed, share in time of those known, most days late."""

    code: str
    name: str
    counts: Mapping[str, int]
    owed: int
    share: Fraction | None
    days_late: int


@dataclass(frozen=True, slots=True)
class LateLine:
    """A form that came late or is missing (`received` None)."""

    name: str
    form: str
    period: Period
    due: date
    provisional: bool
    received: date | None
    days_late: int
    telephone: str


@dataclass(frozen=True, slots=True)
class PunctualityInput:
    """What the summary says, gathered by the application; `provisional` are holidays that may move a due date."""

    office: Office
    period: Period
    today: date
    lines: tuple[PunctualityLine, ...]
    total: PunctualityLine
    late: tuple[LateLine, ...]
    provisional: tuple[str, ...]


def percent(share: Fraction | None) -> str:
    """A share in percent with one decimal; a dash where nothing is known."""
    return EN_DASH if share is None else vietnamese(half_up(share * 100, 1))


def due_text(line: LateLine) -> str:
    """The due date, marked where a holiday nobody has given yet may move it."""
    return f"{short_date(line.due)} (tạm tính)" if line.provisional else short_date(line.due)


def provisional_text(data: PunctualityInput) -> str:
    """Why some due dates are provisional; empty where none is."""
    if not data.provisional:
        return ""
    return f"Hạn ghi tạm tính vì chưa nhập lịch nghỉ: {', '.join(data.provisional)}."


def punctuality_report(data: PunctualityInput) -> Document:
    """Write the document."""
    office, named = data.office, period_text(data.period)
    subject = f"Tình hình gửi báo cáo của các đơn vị {named}"
    return Document(
        agency=Agency(office.headline, office.symbol, office.parent),
        place=office.place,
        year=data.today.year,
        type="BÁO CÁO",
        type_symbol="BC",
        subject=subject,
        addressees=office.addressees,
        blocks=tuple(_blocks(data, named)),
        closing=Paragraph((f"Trên đây là tình hình gửi báo cáo {named} của các đơn vị./.",)),
        recipients=(*(("Như trên",) if office.addressees else ()), *office.recipients, f"Lưu: {office.archive}"),
        signature=Signature(office.posts, office.signer),
    )


def _blocks(data: PunctualityInput, named: str) -> list[Block]:
    total = data.total
    task = f"{data.office.name} tổng hợp tình hình gửi báo cáo của các đơn vị {named}"
    opening = (
        f"{task}, tính đến ngày {short_date(data.today)}: {len(data.lines)} đơn vị phải gửi ",
        Figure("punctuality.owed", vietnamese(total.owed), Fraction(total.owed)),
        " biểu; ",
        Figure("punctuality.on_time", vietnamese(_count(total, "on_time")), Fraction(_count(total, "on_time"))),
        " đúng hạn, ",
        Figure("punctuality.late", vietnamese(_count(total, "late")), Fraction(_count(total, "late"))),
        " quá hạn, ",
        Figure("punctuality.missing", vietnamese(_count(total, "missing")), Fraction(_count(total, "missing"))),
        " chưa gửi.",
    )
    found: list[Block] = [
        Paragraph(opening),
        Heading(1, "I. TỔNG HỢP"),
        _table(data),
        Heading(1, "II. BIỂU GỬI CHẬM HOẶC CHƯA GỬI"),
    ]
    found.append(_late_table(data) if data.late else Paragraph(("Không có.",)))
    return [*found, Heading(1, "III. NHẬN XÉT, NHẮC NHỞ"), ToWrite("remarks")]


def _count(line: PunctualityLine, arrival: str) -> int:
    return line.counts.get(arrival, 0)


def _table(data: PunctualityInput) -> Table:
    heads = ("TT", "Đơn vị", "Số biểu phải gửi", *HEADS, SHARE_HEAD, DAYS_HEAD)
    least = (8.0, 34.0, 15.0, *(14.0,) * len(HEADS), 17.0, 17.0)
    columns = tuple(
        Column(Align.LEFT if place == 1 else Align.CENTRE if place == 0 else Align.RIGHT, width, float(place == 1))
        for place, width in enumerate(least)
    )
    rows = [Row(_cells(str(place), line)) for place, line in enumerate(data.lines, 1)]
    rows.append(Row(_cells("", data.total, "Tổng cộng"), RowKind.TOTAL))
    notes = tuple(Paragraph((text,)) for text in (provisional_text(data),) if text)
    head = (tuple(HeadCell(text) for text in heads),)
    return Table(
        "punctuality", columns, head, tuple(rows), key_columns=2, legend=LEGEND, notes=notes, largest=11, smallest=9
    )


def _cells(number: str, line: PunctualityLine, name: str = "") -> tuple[Cell, ...]:
    place = f"punctuality.{line.code or 'total'}"
    counts = [
        Figure(f"{place}.{arrival}", vietnamese(_count(line, arrival)), Fraction(_count(line, arrival)))
        for arrival in ARRIVALS
    ]
    owed = Figure(f"{place}.owed", vietnamese(line.owed), Fraction(line.owed))
    share = Figure(f"{place}.share", percent(line.share), line.share)
    days = vietnamese(line.days_late) if line.days_late else ""
    return (number, name or line.name, owed, *counts, share, days)


def _late_table(data: PunctualityInput) -> Table:
    least = (8.0, 26.0, 26.0, 16.0, 20.0, 20.0, 12.0, 21.0)
    aligns = (Align.CENTRE, *(Align.LEFT,) * 3, *(Align.CENTRE,) * 2, Align.RIGHT, Align.LEFT)
    columns = tuple(
        Column(align, width, float(place in (1, 2)))
        for place, (align, width) in enumerate(zip(aligns, least, strict=True))
    )
    rows = tuple(Row(late_cells(place, line)) for place, line in enumerate(data.late, 1))
    head = (tuple(HeadCell(text) for text in LATE_HEADS),)
    return Table("punctuality.late", columns, head, rows, key_columns=2, largest=11, smallest=9)


def late_cells(number: int, line: LateLine) -> tuple[str, ...]:
    """One line of the list of the late, as text."""
    received = short_date(line.received) if line.received else "chưa gửi"
    days = vietnamese(line.days_late)
    named = period_text(line.period)
    return (str(number), line.name, line.form, named, due_text(line), received, days, line.telephone)
