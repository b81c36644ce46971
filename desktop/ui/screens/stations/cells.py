"""What is painted in a cell of a station's profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from desktop.application.station_profiles import Line
from desktop.domain.stations.profile import Asked, Item
from desktop.domain.stations.villages import COUNTS
from desktop.domain.values import State, Value
from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.style.signs import Sign


class Col(IntEnum):
    """The columns."""

    NAME = 0
    UNIT = 1
    ANSWER = 2
    SINCE = 3
    BEFORE = 4
    NOTE = 5


TYPED: Final = (Col.ANSWER, Col.SINCE, Col.NOTE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Text with its looks: names of the palette; `hatch`: nobody said it."""

    text: str
    ink: str = "ink"
    ground: str = ""
    weight: int = 400
    italic: bool = False
    number: bool = False
    sign: Sign | None = None
    hatch: bool = False


def head(column: Col) -> str:
    """The name over a column."""
    return {
        Col.NAME: _("What is asked"),
        Col.UNIT: _("Unit"),
        Col.ANSWER: _("Answer"),
        Col.SINCE: _("Since"),
        Col.BEFORE: _("A year before"),
        Col.NOTE: _("Note"),
    }[column]


def answer(item: Item, value: Value | None) -> str:
    """An answer as the window shows it."""
    if value is None or value.state is State.NOT_REPORTED:
        return ""
    if value.state is State.NOT_APPLICABLE:
        return "–"
    if item.asked is Asked.CHOICE:
        one = item.choice(value.text)
        return words.named(one.name_vi, one.name_en) if one is not None else value.text or ""
    if item.asked is Asked.DATE and value.text:
        try:
            return words.day(date.fromisoformat(value.text))
        except ValueError:
            return value.text
    if item.is_year and value.amount is not None:
        return figures.typed(value)
    return figures.figure(value)


def typed(item: Item, value: Value | None) -> str:
    """The same as a person would type it."""
    if value is None or value.state is State.NOT_APPLICABLE:
        return "" if value is None else "-"
    return figures.typed(value) if value.amount is not None else answer(item, value)


def name(item: Item) -> str:
    """An item's name in the language in use."""
    return words.named(item.name_vi, item.name_en or item.name_vi)


def counted_from(line: Line) -> str:
    """From which list an item is counted."""
    if line.item.code in COUNTS:
        return _("Counted from the list of villages.")
    return _("Counted from the office's list.")


def draw(line: Line, column: Col) -> Drawn:
    """A cell of an item's line."""
    fact, item = line.fact, line.item
    if column is Col.NAME:
        return Drawn(name(item))
    if column is Col.UNIT:
        return Drawn(item.unit, ink="ink2")
    if column is Col.BEFORE:
        is_other = line.is_changed and line.before is not None
        return Drawn(answer(item, line.before), ink="ink" if is_other else "ink2", weight=500 if is_other else 400,
                     number=item.is_number)  # fmt: skip
    if column is Col.ANSWER:
        return _answer(line)
    if fact is None:
        return Drawn("")
    if column is Col.SINCE:
        return Drawn(words.day(fact.since), ink="warn" if line.old else "ink2", sign=Sign.SOON if line.old else None)
    return Drawn(fact.note or "")


def _answer(line: Line) -> Drawn:
    fact, item = line.fact, line.item
    if fact is None and line.idle:
        return Drawn("", ground="head")
    if fact is None:
        return Drawn("", hatch=True, ground="band" if line.counted else "")
    text = answer(item, fact.value)
    number = item.is_number and fact.value.amount is not None
    if line.doubt is not None:
        return Drawn(text, ink="bad", ground="bad_tint", weight=600, number=number, sign=Sign.ERROR)
    if line.counted:
        return Drawn(text, ink="ink2", ground="band", number=number)
    if fact.value.state is State.NOT_APPLICABLE:
        return Drawn(text, ink="ink3", ground="head")
    if line.old:
        return Drawn(text, ink="ink2", italic=True, number=number)
    return Drawn(text, weight=500, number=number)
