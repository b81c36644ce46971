"""How a cell looks: its figure, its state, its findings, as one of few looks that are told apart at sight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from desktop.application.entry import Cell
from desktop.domain.findings import Severity
from desktop.domain.values import State
from desktop.ui import figures

CLOSED: Final = ("checked", "locked")
OPEN: Final = ("not_started", "in_entry", "returned")


class Look(Enum):
    """How a cell is drawn; the first that holds counts."""

    ERROR = auto()
    WARNING = auto()
    KEPT = auto()
    LOCKED = auto()
    GHOST = auto()
    NOT_REPORTED = auto()
    NOT_APPLICABLE = auto()
    BLANK = auto()
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is painted in a cell: how, the text, whether it has a note."""

    look: Look
    text: str
    has_note: bool


def draw(cell: Cell, state: str, *, gone_past: bool) -> Drawn:
    """What is painted for a cell of a form in a state; `gone_past` says that a later cell of its row was typed."""
    look = look_of(cell, state, gone_past=gone_past)
    if look is Look.GHOST:
        text = figures.figure(cell.last_year)
    elif cell.figure.value.state is State.NOT_APPLICABLE:
        text = "–"
    else:
        text = figures.figure(cell.figure.value) if cell.figure.touched else ""
    return Drawn(look, text, bool(cell.figure.note))


def look_of(cell: Cell, state: str, *, gone_past: bool) -> Look:
    """The look that counts: the first that holds."""
    worst = cell.worst if cell.findings else None
    if worst is Severity.ERROR:
        return Look.ERROR
    if worst is Severity.WARNING:
        return Look.WARNING
    if cell.figure.touched and cell.kept:
        return Look.KEPT
    if not cell.figure.touched:
        past = cell.last_year
        # A cell that was gone past is a gap; one still ahead shows what stood there last year.
        if state not in OPEN or gone_past:
            return Look.NOT_REPORTED
        return Look.GHOST if past is not None and past.is_reported else Look.BLANK
    if cell.figure.value.state is State.NOT_REPORTED:
        return Look.NOT_REPORTED
    if cell.figure.value.state is State.NOT_APPLICABLE:
        return Look.NOT_APPLICABLE
    return Look.LOCKED if state in CLOSED else Look.PLAIN
