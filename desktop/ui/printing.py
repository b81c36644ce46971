"""Asking for a printer and printing a PDF that was just made."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from desktop.system.i18n import _
from desktop.ui.screens.reports.printing import print_pages
from desktop.ui.session import Session
from desktop.ui.widgets.pages import PdfPages
from desktop.wording import say


def ask_printer(parent: QWidget, session: Session, data: bytes, name: str) -> None:
    """Ask for a printer and print the pages of a PDF; `name` is what the printer's list says."""
    pages = PdfPages(data)
    try:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        printer.setFromTo(1, len(pages))
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(_("Print"))
        dialog.setMinMax(1, len(pages))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            first, last = (printer.fromPage() or 1) - 1, (printer.toPage() or len(pages)) - 1
            session.say(say("Sent {count} pages to the printer.", count=print_pages(printer, pages, first, last)))
    finally:
        pages.close()
