"""Printing: the pages of the PDF as pdfium draws them, at the printer's resolution, each in its own orientation."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.ui.widgets.pages import PdfPages

FINEST: Final = 300
"""Dots an inch at most: finer costs memory (A4 at 600 is 100 MB) and no eye sees it."""


def print_pages(printer: QPrinter, pages: PdfPages, first: int = 0, last: int | None = None) -> int:
    """Print pages first to last (from 0, inclusive); gives how many."""
    wanted = range(first, (len(pages) - 1 if last is None else min(last, len(pages) - 1)) + 1)
    dots = min(printer.resolution(), FINEST)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter()
    for done, page in enumerate(wanted):
        width, height = pages.sizes[page]
        _turn(printer, is_landscape=width > height)
        if not done:
            if not painter.begin(printer):
                return 0
        else:
            printer.newPage()
        paper = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), pages.image(page, dots / 72))
    painter.end()
    return len(wanted)


def _turn(printer: QPrinter, *, is_landscape: bool) -> None:
    way = QPageLayout.Orientation.Landscape if is_landscape else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(way)
