"""The measurements of a child in a table: day, months, what was found, z-scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Qt

from desktop.domain.children import Child, Measurement
from desktop.domain.growth.scores import Index, Score, Scores
from desktop.system.i18n import _
from desktop.ui.screens.children import words
from desktop.ui.style.palette import Tone, palette
from desktop.ui.widgets.tables import Column, RowsModel, Table

BELOW_3: Final = "#E9A79B"
BELOW_2: Final = "#F8DCCB"
ABOVE_2: Final = "#CFE0F2"
"""Grounds of z-scores (look.md 10)."""
SHORTLY: Final = 3
"""Visits shown beside a list."""
_WIDTHS: Final = ((92, 84), (60, 48), (74, 66), (66, 50), (64, 64), (60, 58), (46, 46), (62, 52), (62, 52), (62, 52))
"""px of the whole table's columns up to the scores, with much room and with little."""
_SEVERE, _MODERATE, _HEAVY = Decimal(-3), Decimal(-2), Decimal(2)


class Col(IntEnum):
    """Columns of the whole table that give way where there is little room."""

    POSITION = 4
    ARM = 5
    OEDEMA = 6


@dataclass(frozen=True, slots=True)
class Visited:
    """A measurement with its figures."""

    child: Child
    measurement: Measurement
    scores: Scores

    @property
    def months(self) -> str:
        """Completed months on the day."""
        return words.months(self.child, self.measurement.day)


def ground(score: Score | None) -> str:
    """The ground behind a z-score; none in high contrast, for what is flagged and for what is usual."""
    if score is None or score.flagged or palette().high_contrast:
        return ""
    if score.z < _SEVERE:
        return BELOW_3
    if score.z < _MODERATE:
        return BELOW_2
    return ABOVE_2 if score.z > _HEAVY else ""


def is_severe(score: Score | None) -> bool:
    """Whether the score is below -3 and counts."""
    return score is not None and not score.flagged and score.z < _SEVERE


class VisitTable(Table):
    """Newest first; `short` shows what fits beside a list."""

    def __init__(self, *, short: bool) -> None:
        self._short = short
        self.visits: RowsModel[Visited] = RowsModel(_columns(short=short))
        super().__init__(self.visits, name=_("Measurements of the child"))
        if short:
            self.setFixedHeight(28 + SHORTLY * self.row_height)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            # Six columns beside a list: their names need every px.
            self.horizontalHeader().setStyleSheet("QHeaderView::section { padding: 4px 3px; }")
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_compact(self, compact: bool) -> None:
        """Narrower columns, so that the note stands whole."""
        for at, (wide, narrow) in enumerate(_WIDTHS):
            self.setColumnWidth(at, narrow if compact else wide)

    def show_visits(self, visits: Sequence[Visited]) -> None:
        """Other measurements."""
        self.visits.show(visits[:SHORTLY] if self._short else visits)


def _columns(*, short: bool) -> list[Column[Visited]]:
    made: list[Column[Visited]] = [
        Column(
            _("Weighed on"),
            lambda one: one.measurement.day.strftime("%d/%m/%Y"),
            width=82 if short else 92,
        ),
        Column(_("Mth") if short else _("Months"), lambda one: one.months, number=True, width=30 if short else 60),
        Column(_("Weight") if not short else _("Kg"), _weight, number=True, width=46 if short else 74),
        Column(
            _("Height"), lambda one: words.centimetres(one.measurement.lenhei), number=True, width=45 if short else 66
        ),
    ]
    if not short:
        made += [
            Column(_("Position"), _position, width=64),
            Column(_("Arm, mm"), lambda one: words.whole(one.measurement.muac), number=True, width=60),
            Column(_("Oedema"), lambda one: "P" if one.measurement.oedema else "", centre=True, width=46),
        ]
    chosen = (Index.HA, Index.WA) if short else (Index.HA, Index.WA, Index.WH)
    names = {Index.HA: _("H/A"), Index.WA: _("W/A"), Index.WH: _("W/H")}
    made += [_score_column(names[index], index, (50 if index is Index.HA else 48) if short else 62) for index in chosen]
    if not short:
        made.append(Column(_("Note"), lambda one: one.measurement.note, stretch=True))
    return made


def _weight(one: Visited) -> str:
    return _("absent") if one.measurement.absent else words.kilograms(one.measurement.weight)


def _position(one: Visited) -> str:
    usual = words.usual_position(one.child.age_on(one.measurement.day)) if one.measurement.lenhei else None
    return words.position(one.measurement.position or usual)


def _score_column(title: str, index: Index, width: int) -> Column[Visited]:
    def of(one: Visited) -> Score | None:
        return one.scores.of(index)

    def tell(tell_it: Callable[[Score | None], str], one: Visited) -> str:
        return tell_it(of(one))

    return Column(
        title,
        partial(tell, words.score),
        ground=partial(tell, ground),
        strong=lambda one: is_severe(of(one)),
        tone=lambda one: Tone.BAD if (found := of(one)) is not None and found.flagged else None,
        number=True,
        width=width,
    )
