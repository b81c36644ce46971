"""Reading back an answered query sheet."""

from __future__ import annotations

from desktop.domain.elements import Catalogue
from desktop.exchange.grid import Workbook
from desktop.exchange.reading import SheetReading
from desktop.exchange.template.reading import Asked, UnitCodes


def read_queries(workbook: Workbook, *, known: Catalogue, units: UnitCodes, asked: Asked) -> list[SheetReading]:
    """Read every query sheet in a workbook; none where it holds none."""
    return []
