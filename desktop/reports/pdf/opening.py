"""The head of page 1: agency, Quốc hiệu, number and date, type and subject, "Kính gửi" (boxes 1 to 5a and 9a).

Sizes and lines as Decree 30/2020, annex I, part II; the columns are those of the Decree's own templates, 64 and
101 mm of the 165 mm between our margins. What stands on one line is set on one baseline.
"""

from __future__ import annotations

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Document
from desktop.reports.numbers import day_text, month_text
from desktop.reports.pdf.fonts import BOLD, ITALIC, REGULAR, clean, width, wrap, wrap_evenly

COUNTRY: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
AGENCY_COLUMN: Final = 64 * mm
AGENCY_ROOM: Final = 61 * mm
AGENCY_SIZE: Final = 13
COUNTRY_SIZE: Final = 13
MOTTO_SIZE: Final = 14
NUMBER_SIZE: Final = 13
TITLE_SIZE: Final = 14
ADDRESS_SIZE: Final = 14
TITLE_ROOM: Final = 140 * mm
SPACING: Final = 1.18
RULE: Final = 0.7
BLANK_NUMBER: Final = "\u00a0" * 6
BLANK_DAY: Final = "\u00a0" * 5
UNIT_WORDS: Final = ("TỈNH", "THÀNH PHỐ", "HUYỆN", "QUẬN", "THỊ XÃ", "THỊ TRẤN", "KHU VỰC", "XÃ", "PHƯỜNG", "ĐẶC KHU")
SUBJECT_WORDS: Final = ("năm", "quý", "tháng", "giai đoạn", "theo", "trên địa bàn")


def number_text(document: Document) -> str:
    """`05/BC-TTYT`, or room for the number before the symbol until the clerk gives it."""
    number = BLANK_NUMBER if document.number is None else f"{document.number:02d}"
    return f"{number}/{document.symbol}"


def date_text(document: Document) -> str:
    """`ngày 05 tháng 01 năm 2025`, or room for day and month until the document is signed."""
    if document.dated is None:
        return f"ngày{BLANK_DAY}tháng{BLANK_DAY}năm {document.year}"
    return f"ngày {day_text(document.dated.day)} tháng {month_text(document.dated.month)} năm {document.dated.year}"


def rule_length(lines: tuple[str, ...], font: str, size: float) -> float:
    """A line of 1/3 to 1/2 of the text: of the last line of it, and of the longest where both can be."""
    last = width(lines[-1], font, size)
    longest = max(width(line, font, size) for line in lines)
    return min(max(0.42 * last, longest / 3), last / 2)


class Opening(Flowable):
    """The head of the first page, drawn as one piece."""

    def __init__(self, document: Document) -> None:
        """Break every text into its lines."""
        super().__init__()
        self._document = document
        agency = document.agency
        parent, name = clean(agency.parent.upper()), clean(agency.name.upper())
        self._parent = wrap_evenly(parent, REGULAR, AGENCY_SIZE, AGENCY_ROOM, UNIT_WORDS) if parent else ()
        self._agency = wrap_evenly(name, BOLD, AGENCY_SIZE, AGENCY_ROOM, UNIT_WORDS)
        self._type = wrap_evenly(clean(document.type.upper()), BOLD, TITLE_SIZE, TITLE_ROOM)
        self._subject = wrap_evenly(clean(document.subject), BOLD, TITLE_SIZE, TITLE_ROOM, SUBJECT_WORDS)
        self._number = f"Số: {number_text(document)}"
        self._dated: tuple[str, ...] = ()
        self._addressees = _address_lines(tuple(clean(each) for each in document.addressees))

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Full width; as high as its parts."""
        self.width = wide
        step = AGENCY_SIZE * SPACING
        left = (len(self._parent) + len(self._agency)) * step + 6
        right = (COUNTRY_SIZE + MOTTO_SIZE) * SPACING + 8
        self._number_top = max(left, right) + 5
        self._dated = self._date_lines()
        self._title_top = self._number_top + max(len(self._dated), 1) * NUMBER_SIZE * SPACING + 20
        titles = (len(self._type) + len(self._subject)) * TITLE_SIZE * SPACING + 8
        self._address_top = self._title_top + titles + 10
        addressees = len(self._addressees) * ADDRESS_SIZE * 1.25
        self.height = self._address_top + (addressees + 8 if addressees else 0)
        return wide, self.height

    def draw(self) -> None:
        """Left column, right column, the line of number and date, title, addressees."""
        left, right = AGENCY_COLUMN / 2, AGENCY_COLUMN + (self.width - AGENCY_COLUMN) / 2
        down = self._lines(self._parent, left, 0, REGULAR, AGENCY_SIZE)
        down = self._lines(self._agency, left, down, BOLD, AGENCY_SIZE)
        self._rule(left, down + 3, rule_length(self._agency, BOLD, AGENCY_SIZE))
        down = self._lines((COUNTRY,), right, 0, BOLD, COUNTRY_SIZE)
        down = self._lines((MOTTO,), right, down, BOLD, MOTTO_SIZE)
        self._rule(right, down + 3, width(MOTTO, BOLD, MOTTO_SIZE))
        self._number_and_date(left, right)
        self._titles(self.width / 2)
        if self._addressees:
            self._address(self.width)

    def _date_lines(self) -> tuple[str, ...]:
        """Place and date at their full size; beside the number a long name takes lines of its own; none in minutes."""
        if self._document.secretary is not None:
            return ()
        place, day = clean(f"{self._document.place},"), clean(date_text(self._document))
        free = self.width - AGENCY_COLUMN / 2 - width(self._number, REGULAR, NUMBER_SIZE) / 2 - 3 * mm
        if width(f"{place} {day}", ITALIC, NUMBER_SIZE) <= free:
            return (f"{place} {day}",)
        return (*wrap_evenly(place, ITALIC, NUMBER_SIZE, min(free, self.width - AGENCY_COLUMN)), day)

    def _number_and_date(self, left: float, right: float) -> None:
        """On one baseline; a date too long for its column leans on the right margin."""
        baseline = self._number_top + NUMBER_SIZE
        self._text(self._number, left, baseline, REGULAR, NUMBER_SIZE)
        longest = max((width(line, ITALIC, NUMBER_SIZE) for line in self._dated), default=0.0)
        middle = min(right, self.width - longest / 2)
        for place, line in enumerate(self._dated):
            self._text(line, middle, baseline + place * NUMBER_SIZE * SPACING, ITALIC, NUMBER_SIZE)

    def _titles(self, middle: float) -> None:
        down = self._lines(self._type, middle, self._title_top, BOLD, TITLE_SIZE)
        down = self._lines(self._subject, middle, down, BOLD, TITLE_SIZE)
        self._rule(middle, down + 3, rule_length(self._subject, BOLD, TITLE_SIZE))

    def _address(self, wide: float) -> None:
        """One addressee on the line of "Kính gửi:", several below it with their dashes under the colon."""
        self.canv.setFont(REGULAR, ADDRESS_SIZE)
        longest = max(width(line, REGULAR, ADDRESS_SIZE) for line in self._addressees)
        start = (wide - longest) / 2
        dash = start + width("Kính gửi", REGULAR, ADDRESS_SIZE)
        if len(self._addressees) > 1:
            start = max(0.0, min(start - width("Kính gửi:", REGULAR, ADDRESS_SIZE) / 2, wide - longest - dash + start))
            dash = start + width("Kính gửi", REGULAR, ADDRESS_SIZE)
        for place, line in enumerate(self._addressees):
            down = self._address_top + place * ADDRESS_SIZE * 1.25 + ADDRESS_SIZE
            self.canv.drawString(dash if place else start, self.height - down, line)

    def _lines(self, lines: tuple[str, ...], middle: float, top: float, font: str, size: float) -> float:
        for line in lines:
            self._text(line, middle, top + size, font, size)
            top += size * SPACING
        return top

    def _text(self, text: str, middle: float, baseline: float, font: str, size: float) -> None:
        self.canv.setFont(font, size)
        self.canv.drawCentredString(middle, self.height - baseline, text)

    def _rule(self, middle: float, down: float, length: float) -> None:
        self.canv.setLineWidth(RULE)
        self.canv.line(middle - length / 2, self.height - down, middle + length / 2, self.height - down)


def _address_lines(addressees: tuple[str, ...]) -> tuple[str, ...]:
    if len(addressees) < 2:
        return tuple(f"Kính gửi: {each}." for each in addressees)
    ends = [";"] * (len(addressees) - 1) + ["."]
    lines = ["Kính gửi:"]
    for each, end in zip(addressees, ends, strict=True):
        first, *rest = wrap(f"- {each}{end}", REGULAR, ADDRESS_SIZE, 110 * mm)
        lines += [first, *(f"  {line}" for line in rest)]
    return tuple(lines)
