"""What one cell of a station's sheet answers, whatever kind of cell it is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from desktop.domain.stations.answers import read_answer
from desktop.domain.stations.profile import Asked, Item
from desktop.domain.values import NO, YES, Value
from desktop.exchange.grid import CellError, Raw, Uncomputed
from desktop.wording import Sentence, say


def value_of(item: Item, raw: Raw) -> Value | Sentence:
    """The answer of a cell that is not empty, or why it is none."""
    if isinstance(raw, CellError):
        return say("The cell shows an error of the spreadsheet: {shown}.", shown=raw.shown)
    if isinstance(raw, Uncomputed):
        return say("The file holds no result of this formula: {formula}.", formula=raw.formula[:60])
    if isinstance(raw, bool):
        return (YES if raw else NO) if item.asked is Asked.YES_NO else read_answer(item, "1" if raw else "0")
    if isinstance(raw, datetime | date):
        return read_answer(item, f"{raw:%d/%m/%Y}")
    if isinstance(raw, int | float):
        return _of_number(item, Decimal(repr(raw)))
    return read_answer(item, str(raw))


def _of_number(item: Item, told: Decimal) -> Value | Sentence:
    """A cell with a number; of yes and no, any number above 0 is yes."""
    if item.asked is Asked.YES_NO:
        return YES if told > 0 else NO
    text = f"{told:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return read_answer(item, text.replace(".", ","))
