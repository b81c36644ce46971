"""Finding in the matrix without marks: figures, states, names, notes; and what a replacement would make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.text import fold, squeeze
from desktop.domain.values import SCALE, State, Value
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.entry.looks import Look
from desktop.ui.screens.entry.model import MatrixModel

_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: the folded text, the same as a figure without grouping, and whether whole cells are meant."""

    text: str
    figure: str
    whole: bool = False

    has_digit: bool = False
    """Whether figures can be meant at all."""
    is_number: bool = False
    """Whether only figures, words and names can be meant, no states."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One cell that would be replaced."""

    row: int
    column: int
    before: str
    value: Value
    after: str


def sought(text: str, *, whole: bool = False) -> Sought | None:
    """Read what was typed into the search line; None for nothing."""
    plain = squeeze(text)
    if not plain:
        return None
    key = fold(plain)
    figure = key.replace(".", "") if _THOUSANDS.fullmatch(key) else key
    return Sought(key, figure, whole, any(map(str.isdigit, key)), figure.isdigit())


def cell_text(model: MatrixModel, row: int, column: int) -> str:
    """A cell as a person would type it: its figure without grouping, or the words of its state; empty for a blank."""
    look = model.look(row, column)
    if look is Look.NOT_REPORTED:
        return _("not reported")
    if look is Look.NOT_APPLICABLE:
        return _("not applicable")
    return figures.typed(model.value(row, column))


def value_words(value: Value) -> str:
    """A figure as it is shown, a state in words."""
    words = {State.NOT_REPORTED: _("not reported"), State.NOT_APPLICABLE: _("not applicable")}
    return words.get(value.state) or figures.figure(value)


def in_cell(model: MatrixModel, row: int, column: int, what: Sought) -> bool:
    """Whether a cell's figure or state is meant."""
    value = model.value(row, column)
    if value is not None and value.amount is not None:
        # By far the most cells are whole numbers: they need no formatting to be looked at.
        if not what.has_digit:
            return False
        whole, part = divmod(value.amount, SCALE)
        text = figures.typed(value) if part else str(whole)
    elif what.is_number and (value is None or value.text is None):
        return False
    else:
        text = fold(cell_text(model, row, column))
    if not text:
        return False
    return text in (what.text, what.figure) if what.whole else what.text in text or what.figure in text


def places(model: MatrixModel, what: Sought) -> list[tuple[int, int]]:
    """Shown cells that hold what is sought: in reading order; names of communes and elements give their first cell."""
    found = set(_cells(model, what))
    for row, line in enumerate(model.rows):
        if _is_in(line.commune.name, what):
            found.add((row, 0))
    if model.rows:
        for column in range(len(model.columns)):
            if _is_in(model.full_name(column), what) or _is_in(model.short_name(column), what):
                found.add((0, column))
    return sorted(found)


def _cells(model: MatrixModel, what: Sought) -> Iterator[tuple[int, int]]:
    for row in range(len(model.rows)):
        for column in range(len(model.columns)):
            note = model.cell(row, column).figure.note
            if in_cell(model, row, column, what) or (note and _is_in(note, what)):
                yield row, column


def _is_in(text: str, what: Sought) -> bool:
    key = fold(text)
    return key == what.text if what.whole else what.text in key


def replaced(text: str, what: Sought, by: str) -> str:
    """A cell's text with every place that is meant put otherwise; marks and case do not count when it is found."""
    key = fold(text)
    if key in (what.text, what.figure):
        return by
    if what.whole:
        return text
    for needle in (what.figure, what.text):
        made = _replaced_within(text, needle, by)
        if made != text:
            return made
    return text


def _replaced_within(text: str, needle: str, by: str) -> str:
    letters = [fold(letter) or (" " if letter.isspace() else "") for letter in text]
    key = "".join(letters)
    starts = [at for at, letter in enumerate(letters) for _part in letter]
    made, done, at = "", 0, key.find(needle)
    while at >= 0 and needle:
        made += text[done : starts[at]] + by
        end = at + len(needle)
        done = starts[end] if end < len(starts) else len(text)
        at = key.find(needle, end)
    return made + text[done:]
