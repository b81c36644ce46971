"""The head of a "Phụ lục": its number, its title, the document it belongs to."""

from __future__ import annotations

from typing import Final

from reportlab.lib.enums import TA_CENTER
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Annex, Document
from desktop.reports.numbers import roman
from desktop.reports.pdf.fonts import BOLD, ITALIC, clean
from desktop.reports.pdf.opening import date_text, number_text
from desktop.reports.pdf.text import Titled, set_line, style

NAME: Final = style("annex", BOLD, 14, TA_CENTER, before=0)
TITLE: Final = style("annex-title", BOLD, 14, TA_CENTER, 17, before=2)
BELONGS: Final = style("annex-belongs", ITALIC, 13, TA_CENTER, 16, before=2, after=6)


def annex_opening(document: Document, annex: Annex, number: int) -> list[Flowable]:
    """Three centred lines; `number` 0 where it is the only annex (Decree 30/2020: no number then)."""
    name = f"Phụ lục {roman(number)}" if number else "Phụ lục"
    return [
        set_line(name, NAME),
        Titled(clean(annex.title.upper()), TITLE, 0),
        set_line(belongs_text(document), BELONGS),
    ]


def belongs_text(document: Document) -> str:
    """(Kèm theo Báo cáo số .../BC-TTYT ngày ... tháng ... năm ... của ...)."""
    kind = document.type.capitalize()
    return f"(Kèm theo {kind} số {number_text(document)} {date_text(document)} của {document.agency.name})"
