"""How a cell looks: its figure, its state, its findings, as one of few looks that are told apart at sight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from desktop.application.entry import Cell
from desktop.domain.findings import Severity
from desktop.domain.values import State, Value
from desktop.system.i18n import _, render
from desktop.ui import figures

if TYPE_CHECKING:
    # Where nothing was derived the room of deriving is not loaded.
    from desktop.domain.derivation import Told

CLOSED: Final = ("checked", "locked")
OPEN: Final = ("not_started", "in_entry", "returned")


class Look(Enum):
    """How a cell is drawn; the first that holds counts."""

    ERROR = auto()
    WARNING = auto()
    KEPT = auto()
    LOCKED = auto()
    GHOST = auto()
    DERIVED = auto()
    NOT_DUE = auto()
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
    elif look is Look.DERIVED:
        text = derived_text(cell.counted)
    elif look is Look.NOT_DUE:
        text = _("not due yet")
    elif cell.figure.value.state is State.NOT_APPLICABLE:
        text = "–"
    else:
        text = figures.figure(cell.figure.value) if cell.figure.touched else ""
    return Drawn(look, text, bool(cell.figure.note))


def look_of_derived(typed: Value, derived: Told | None) -> Look | None:
    """How a cell without a typed figure looks that other periods speak of, or that is not due; None elsewhere."""
    if derived is None or typed.state is not State.NOT_REPORTED:
        return None
    if derived.derived.is_known:
        return Look.DERIVED
    from desktop.domain.derivation import Reason

    return Look.NOT_DUE if derived.derived.reason is Reason.NOT_DUE else None


def derived_text(value: Value) -> str:
    """A figure nobody typed, with the sign that it was worked out."""
    return "–" if value.state is State.NOT_APPLICABLE else f"= {figures.figure(value)}"


def derived_words(derived: Told | None) -> str:
    """Why a cell shows a figure nobody typed, or none: the periods it comes from, or the one that is missing."""
    if derived is None or derived.is_typed:
        return ""
    from desktop.domain.derivation import reason_sentence, way_sentence

    way = way_sentence(derived.derived)
    if way is not None:
        return _("Worked out from other periods: {way}. A typed figure takes its place.").format(way=render(way))
    reason = reason_sentence(derived.derived)
    return render(reason) if reason is not None else ""


def look_of(cell: Cell, state: str, *, gone_past: bool) -> Look:
    """The look that counts: the first that holds."""
    worst = cell.worst if cell.findings else None
    if worst is Severity.ERROR:
        return Look.ERROR
    if worst is Severity.WARNING:
        return Look.WARNING
    if cell.figure.touched and cell.kept:
        return Look.KEPT
    follows = look_of_derived(cell.figure.value, cell.derived)
    if follows is not None:
        return follows
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
