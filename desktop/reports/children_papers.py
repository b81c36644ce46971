"""Papers that name children: lists for a session and for follow-up, and a child's card with its growth charts.

They bear "LƯU HÀNH NỘI BỘ" on every page: names, birth dates and health data of children are sensitive (Luật
91/2025/QH15); what goes upward is the report without names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.periods import Period
from desktop.reports.flat_table import Head, flat_table
from desktop.reports.growth_chart import Drawing
from desktop.reports.model import Align, Block, Document, Heading, Orientation, Paragraph, Picture, Row, RowKind, Table
from desktop.reports.numbers import vietnamese
from desktop.reports.office_paper import LISTING, office_paper
from desktop.reports.targets_input import Office
from desktop.reports.targets_words import period_text

CIRCULATION: Final = "LƯU HÀNH NỘI BỘ"


@dataclass(frozen=True, slots=True)
class Line:
    """A child's row, every cell as it is printed, without the number in front."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The children of one village, or the title of what follows."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list under its heading: one session of a commune, or a commune's children to look after."""

    heading: str
    parts: tuple[Part, ...]
    summary: str


WEIGHING_HEADS: Final = (
    ("Họ và tên trẻ", Align.LEFT, 32.0, 1.0),
    ("Giới", Align.CENTRE, 11.0, 0.0),
    ("Ngày sinh", Align.CENTRE, 21.0, 0.0),
    ("Tháng tuổi", Align.RIGHT, 12.0, 0.0),
    ("Họ tên mẹ", Align.LEFT, 26.0, 0.8),
    ("Cân nặng (kg)", Align.RIGHT, 14.0, 0.0),
    ("Chiều cao (cm)", Align.RIGHT, 14.0, 0.0),
    ("Vòng tay (mm)", Align.RIGHT, 13.0, 0.0),
    ("Cân nặng/ tuổi", Align.LEFT, 25.0, 0.1),
    ("Chiều cao/ tuổi", Align.LEFT, 25.0, 0.1),
    ("Cân nặng/ chiều cao", Align.LEFT, 25.0, 0.1),
    ("Ghi chú", Align.LEFT, 20.0, 0.4),
)
FOLLOW_HEADS: Final = (
    ("Họ và tên trẻ", Align.LEFT, 36.0, 0.8),
    ("Giới", Align.CENTRE, 11.0, 0.0),
    ("Ngày sinh", Align.CENTRE, 21.0, 0.0),
    ("Họ tên mẹ", Align.LEFT, 32.0, 0.6),
    ("Lần cân đo cuối", Align.CENTRE, 21.0, 0.0),
    ("Cân nặng (kg)", Align.RIGHT, 15.0, 0.0),
    ("Chiều cao (cm)", Align.RIGHT, 15.0, 0.0),
    ("Lý do theo dõi", Align.LEFT, 46.0, 1.2),
    ("Cân lại trước ngày", Align.CENTRE, 21.0, 0.0),
    ("Kết quả xử lý", Align.LEFT, 24.0, 0.6),
)
CARD_HEADS: Final = (
    ("Ngày cân đo", Align.CENTRE, 21.0, 0.0),
    ("Tháng tuổi", Align.RIGHT, 12.0, 0.0),
    ("Cân nặng (kg)", Align.RIGHT, 15.0, 0.0),
    ("Chiều cao (cm)", Align.RIGHT, 15.0, 0.0),
    ("Vòng cánh tay (mm)", Align.RIGHT, 15.0, 0.0),
    ("Cân nặng/ tuổi", Align.LEFT, 24.0, 1.0),
    ("Chiều cao/ tuổi", Align.LEFT, 24.0, 1.0),
    ("Cân nặng/ chiều cao", Align.LEFT, 24.0, 1.0),
)


def weighing_document(office: Office, year: int, period: Period, listings: Sequence[Listing]) -> Document:
    """Danh sách cân đo trẻ theo thôn: for each session and commune, village by village."""
    subject = f"Cân đo trẻ em dưới 5 tuổi {period_text(period)}"
    return _document(office, year, LISTING, subject, _listed(listings, WEIGHING_HEADS))


def follow_up_document(office: Office, year: int, day: str, listings: Sequence[Listing]) -> Document:
    """Danh sách trẻ cần theo dõi on a day."""
    subject = f"Trẻ em dưới 5 tuổi cần theo dõi dinh dưỡng, tính đến ngày {day}"
    return _document(office, year, LISTING, subject, _listed(listings, FOLLOW_HEADS))


def listing_document(
    office: Office, year: int, subject: str, listings: Sequence[Listing], heads: Sequence[Head]
) -> Document:
    """A list of children with columns of its own."""
    return _document(office, year, LISTING, subject, _listed(listings, heads))


@dataclass(frozen=True, slots=True)
class Card:
    """A child's card: what is known of it as (name, value), its visits, its charts with their captions.

    `remarks`: what no column of the visits holds, a sentence each.
    """

    name: str
    facts: tuple[tuple[str, str], ...]
    visits: tuple[Line, ...]
    charts: tuple[tuple[str, Drawing], ...]
    remarks: tuple[str, ...] = ()


def card_document(office: Office, year: int, card: Card) -> Document:
    """Phiếu theo dõi tăng trưởng of one child."""
    facts = "; ".join(f"{name}: {value}" for name, value in card.facts if value)
    blocks: list[Block] = [Paragraph((f"{facts}.",))]
    if card.visits:
        blocks.append(_table("visits", CARD_HEADS, [Part("", card.visits)]))
    else:
        blocks.append(Paragraph(("Chưa có lần cân đo nào.",)))
    blocks += [Paragraph((remark,)) for remark in card.remarks]
    blocks += [Picture(drawing, caption) for caption, drawing in card.charts]
    subject = f"Tăng trưởng của trẻ {card.name}"
    return _document(office, year, ("PHIẾU THEO DÕI", "PTD"), subject, tuple(blocks), Orientation.PORTRAIT)


def _listed(listings: Sequence[Listing], heads: Sequence[Head]) -> tuple[Block, ...]:
    return tuple(_blocks(listings, heads)) or (Paragraph(("Không có trẻ nào trong danh sách.",)),)


def _blocks(listings: Iterable[Listing], heads: Sequence[Head]) -> Iterator[Block]:
    for place, listing in enumerate(listings):
        yield Heading(2, f"{place + 1}. {listing.heading}")
        if any(part.lines for part in listing.parts):
            yield _table(f"children_{place}", heads, listing.parts)
        yield Paragraph((listing.summary,))


def _table(name: str, heads: Sequence[Head], parts: Sequence[Part]) -> Table:
    rows: list[Row] = []
    number = 0
    for part in parts:
        rows += [Row((part.title,), RowKind.GROUP)] if part.title else []
        for line in part.lines:
            number += 1
            rows.append(Row((vietnamese(number), *line.cells)))
    return flat_table(name, (("TT", Align.CENTRE, 9.0, 0.0), *heads), rows)


def _document(
    office: Office,
    year: int,
    kind: tuple[str, str],
    subject: str,
    blocks: tuple[Block, ...],
    orientation: Orientation = Orientation.LANDSCAPE,
) -> Document:
    made = office_paper(
        office,
        year=year,
        kind=kind,
        subject=subject,
        blocks=blocks,
        closing="Mẫu của phần mềm. Chỉ dùng trong đơn vị, không gửi ra ngoài./.",
        orientation=orientation,
    )
    return replace(made, circulation=CIRCULATION)
