"""Printing a document as PDF with reportlab, in the layout of Decree 30/2020 (annex I)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from desktop.reports.model import Document


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages were printed: all, those of the text, those of each annex."""

    total: int
    text: int
    annexes: tuple[int, ...]


def print_pdf(document: Document, out: BinaryIO, *, made: date) -> Pages:
    """Write the document; the same document and day give the same bytes. reportlab is loaded here, not before."""
    from desktop.reports.pdf.printer import write

    text, *annexes = write(document, out, made=made)
    return Pages(text + sum(annexes), text, tuple(annexes))
