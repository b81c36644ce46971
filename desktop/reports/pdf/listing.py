"""The head of a screen print-out: office, title, subject, the day it was printed; no number and nobody signs it."""

from __future__ import annotations

from typing import Final

from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Document
from desktop.reports.numbers import day_text, month_text
from desktop.reports.pdf.fonts import BOLD, ITALIC, REGULAR, clean
from desktop.reports.pdf.text import Titled, set_line, style

OFFICE: Final = style("listing-office", REGULAR, 12, TA_LEFT, 14, before=0)
TITLE: Final = style("listing-title", BOLD, 14, TA_CENTER, 16, before=0)
SUBJECT: Final = style("listing-subject", BOLD, 13, TA_CENTER, 15, before=0)
PRINTED: Final = style("listing-printed", ITALIC, 11, TA_CENTER, 13, before=0, after=3)


def listing_opening(document: Document) -> list[Flowable]:
    """Three or four lines, so that a table for the wall has the page."""
    lines: list[Flowable] = [
        set_line(document.agency.name, OFFICE),
        Titled(clean(document.type.upper()), TITLE, 0),
        set_line(document.subject, SUBJECT),
    ]
    if document.dated is not None:
        day = document.dated
        printed = f"In ngày {day_text(day.day)} tháng {month_text(day.month)} năm {day.year}"
        lines.append(set_line(printed, PRINTED))
    return lines
