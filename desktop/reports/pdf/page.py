"""The sheet: A4, margins 20/20/30/15 mm, page numbers in the top margin, each annex counted by itself.

Sizes and places: Decree 30/2020, annex I, parts I and II, as gathered in facts/documents.md section 1.
"""

from __future__ import annotations

from typing import Any, BinaryIO, Final

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Orientation
from desktop.reports.pdf.fonts import BOLD, REGULAR, width

TOP: Final = 20 * mm
BOTTOM: Final = 20 * mm
LEFT: Final = 30 * mm
RIGHT: Final = 15 * mm
NUMBER_SIZE: Final = 13
NUMBER_DROP: Final = 13 * mm
MARK_FROM: Final = 0.58
"""Where box 11 begins across the text (the Decree's drawing of the boxes)."""
MARK_PAD: Final = 6
MARK_RULE: Final = 0.7


def sheet(orientation: Orientation) -> tuple[float, float]:
    """Width and height of the sheet in points."""
    wide, high = landscape(A4) if orientation is Orientation.LANDSCAPE else A4
    return float(wide), float(high)


def room(orientation: Orientation) -> tuple[float, float]:
    """Width and height between the margins in points."""
    wide, high = sheet(orientation)
    return wide - LEFT - RIGHT, high - TOP - BOTTOM


class Sheets(BaseDocTemplate):
    """A document in parts: the text, then annexes, each numbered from 1 and silent on its first page."""

    def __init__(
        self,
        out: BinaryIO,
        *,
        first: Orientation = Orientation.PORTRAIT,
        circulation: str = "",
        **about: Any,
    ) -> None:
        """Prepare both orientations; the text begins in `first`, and each page bears the mark of circulation."""
        super().__init__(out, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=BOTTOM, **about)
        self.parts: list[int] = [0]
        self.circulation = circulation
        self._begins = False
        self.addPageTemplates([_template(each) for each in sorted(Orientation, key=lambda each: each is not first)])

    def handle_startPart(self) -> None:  # noqa: N802 - the name reportlab derives from the action
        """From the next page on another part is counted."""
        self._begins = True

    def handle_pageBegin(self) -> None:  # noqa: N802 - reportlab's name
        """Count the page to its part before it is numbered."""
        if self._begins:
            self.parts.append(0)
            self._begins = False
        self.parts[-1] += 1
        super().handle_pageBegin()


def begin_part(orientation: Orientation) -> list[Flowable]:
    """What stands before the first flowable of an annex."""
    return [NextPageTemplate(orientation.value), ActionFlowable(("startPart",)), PageBreak()]


def _template(orientation: Orientation) -> PageTemplate:
    wide, high = room(orientation)
    frame = Frame(LEFT, BOTTOM, wide, high, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    return PageTemplate(id=orientation.value, frames=[frame], onPage=_number, pagesize=sheet(orientation))


def _number(canvas: Canvas, document: Sheets) -> None:
    wide, high = document.pageTemplate.pagesize
    if document.circulation:
        _mark(canvas, document.circulation, wide, high)
    if document.parts[-1] == 1:
        return
    canvas.setFont(REGULAR, NUMBER_SIZE)
    canvas.drawCentredString(LEFT + (wide - LEFT - RIGHT) / 2, high - NUMBER_DROP, str(document.parts[-1]))


def _mark(canvas: Canvas, words: str, wide: float, high: float) -> None:
    """Who may see it: capitals in a box at the right of the top margin (box 11), clear of the page number."""
    long = width(words, BOLD, NUMBER_SIZE)
    left = min(LEFT + (wide - LEFT - RIGHT) * MARK_FROM, wide - RIGHT - long - 2 * MARK_PAD)
    canvas.setFont(BOLD, NUMBER_SIZE)
    canvas.drawString(left + MARK_PAD, high - NUMBER_DROP, words)
    canvas.setLineWidth(MARK_RULE)
    canvas.rect(left, high - NUMBER_DROP - 4, long + 2 * MARK_PAD, NUMBER_SIZE + 4.5)
