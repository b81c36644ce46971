"""How one cell of the board is drawn: state, findings, lateness, and at its right end the receiver's word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop.application.board import BoardCell
from desktop.application.expected import Arrival
from desktop.system.i18n import _
from desktop.ui import statuses
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import Tone, colour, palette
from desktop.ui.style.signs import Sign

INSET: Final = 6
SIGN: Final = 14
SMALL: Final = 12
GAP: Final = 7
WORD: Final = 20
"""Width of the field with the receiver's word."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign with a number or word beside it."""

    sign: Sign
    text: str
    tone: Tone
    is_old: bool = False


def marks(cell: BoardCell) -> list[Mark]:
    """Findings and lateness of a form; what nobody need act on is left out."""
    found = []
    counts = cell.counts
    if counts is not None:
        for number, sign, tone in (
            (counts.errors, Sign.ERROR, Tone.BAD),
            (counts.warnings, Sign.WARNING, Tone.WARN),
            (counts.kept, Sign.KEPT, Tone.WARN),
        ):
            if number:
                found.append(Mark(sign, str(number), tone, is_old=not cell.fresh))
    if cell.arrival is Arrival.MISSING and cell.days_late:
        found.append(Mark(Sign.LATE, str(cell.days_late), Tone.BAD))
    elif cell.arrival is Arrival.LATE and cell.days_late:
        found.append(Mark(Sign.SOON, f"+{cell.days_late}", Tone.WARN))
    return found


@lru_cache(maxsize=1024)
def _advance(text: str) -> int:
    return QFontMetrics(fonts.font(fonts.SMALL, 500)).horizontalAdvance(text)


def received(cell: BoardCell) -> str:
    """The day a form came, in a few letters."""
    day = cell.received_on
    return _("received {day}").format(day=f"{day.day:02d}/{day.month:02d}") if day is not None else ""


def needs(cell: BoardCell, *, word_width: int = 0) -> int:
    """The width a cell needs, px; with a word of so many px behind the sign."""
    width = INSET + SIGN
    if word_width:
        width += 5 + word_width
    for known in marks(cell):
        width += GAP + SMALL + 2 + _advance(known.text)
    if word_width and cell.received_on is not None:
        width += GAP + _advance(received(cell)) + 4
    return width + (WORD + 3 if cell.judgement is not None else 0) + INSET


def paint_cell(
    painter: QPainter, place: QRect, cell: BoardCell, *, words: bool, word_width: int, dim: bool, ratio: float
) -> None:
    """State first, then findings and lateness; `dim` where a filter looks for something else."""
    if dim:
        painter.setOpacity(0.3)
    middle = place.center().y()
    left = place.left() + INSET
    sign = statuses.SIGNS[cell.state]
    painter.drawPixmap(left, middle - SIGN // 2, signs.pixmap(sign, SIGN, ratio))
    left += SIGN
    painter.setFont(fonts.font(fonts.SMALL, 500))
    if words:
        painter.setPen(palette().text(signs.TONES[sign]))
        painter.drawText(QRect(left + 5, place.top(), word_width, place.height()), _LEFT, statuses.word(cell.state))
        left += 5 + word_width
    for known in marks(cell):
        left += GAP
        painter.drawPixmap(left, middle - SMALL // 2, signs.pixmap(known.sign, SMALL, ratio))
        left += SMALL + 2
        painter.setPen(colour("ink3") if known.is_old else palette().text(known.tone))
        width = painter.fontMetrics().horizontalAdvance(known.text)
        painter.drawText(QRect(left, place.top(), width + 2, place.height()), _LEFT, known.text)
        left += width
    right = place.right() - (WORD if cell.judgement is not None else 0) - INSET
    if words and cell.received_on is not None:
        painter.setPen(colour("ink2"))
        room = QRect(left, place.top(), right - left, place.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, received(cell))
    if cell.judgement is not None:
        paint_word(painter, QRect(place.right() - WORD, place.top(), WORD, place.height() - 1), cell, ratio)
    painter.setOpacity(1.0)


def paint_word(painter: QPainter, place: QRect, cell: BoardCell, ratio: float) -> None:
    """The receiver's word in a field of its own, so that it is never read as the state."""
    if cell.judgement is None:
        return
    is_returned = cell.judgement.verdict == "returned"
    painter.fillRect(place, palette().tint(Tone.BAD if is_returned else Tone.GOOD))
    painter.fillRect(place.left(), place.top(), 1, place.height(), colour("line5"))
    sign = Sign.RETURNED if is_returned else Sign.CHECKED
    painter.drawPixmap(place.left() + 5, place.center().y() - 5, signs.pixmap(sign, 11, ratio))


_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
