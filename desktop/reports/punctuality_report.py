"""Tình hình gửi báo cáo: how the communes sent their forms in a quarter or year, as a document ready to be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.domain.periods import Period
from desktop.domain.rounding import half_up
from desktop.reports.flat_table import NUMBER, Head, flat_table
from desktop.reports.model import Align, Block, Cell, Document, Figure, Heading, Paragraph, Row, RowKind, Table, ToWrite
from desktop.reports.numbers import EN_DASH, vietnamese
from desktop.reports.office_paper import REPORT, office_paper
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
    return office_paper(
        office,
        year=data.today.year,
        kind=REPORT,
        subject=f"Tình hình gửi báo cáo của các đơn vị {named}",
        addressees=office.addressees,
        recipients=office.recipients,
        blocks=_blocks(data, named),
        closing=f"Trên đây là tình hình gửi báo cáo {named} của các đơn vị./.",
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
    heads: tuple[Head, ...] = (
        NUMBER,
        ("Đơn vị", Align.LEFT, 34.0, 1.0),
        ("Số biểu phải gửi", Align.RIGHT, 15.0, 0.0),
        *((text, Align.RIGHT, 14.0, 0.0) for text in HEADS),
        *((text, Align.RIGHT, 17.0, 0.0) for text in (SHARE_HEAD, DAYS_HEAD)),
    )
    rows = [Row(_cells(str(place), line)) for place, line in enumerate(data.lines, 1)]
    rows.append(Row(_cells("", data.total, "Tổng cộng"), RowKind.TOTAL))
    notes = tuple(Paragraph((text,)) for text in (provisional_text(data),) if text)
    return flat_table("punctuality", heads, rows, legend=LEGEND, notes=notes)


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
    shares = (0.0, 1.0, 1.0, *(0.0,) * 5)
    rows = (Row(late_cells(place, line)) for place, line in enumerate(data.late, 1))
    return flat_table("punctuality.late", tuple(zip(LATE_HEADS, aligns, least, shares, strict=True)), rows)


def late_cells(number: int, line: LateLine) -> tuple[str, ...]:
    """One line of the list of the late, as text."""
    received = short_date(line.received) if line.received else "chưa gửi"
    days = vietnamese(line.days_late)
    named = period_text(line.period)
    return (str(number), line.name, line.form, named, due_text(line), received, days, line.telephone)
