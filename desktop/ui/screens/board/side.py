"""The panel beside the board: what is known of the forms chosen, what may be done with them, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.application.stepping import RECEIVE
from desktop.application.steps import STEPS
from desktop.system.i18n import _, render
from desktop.ui import statuses, words
from desktop.ui.screens.board.acting import Told
from desktop.ui.screens.board.model import Spot, cell_words
from desktop.ui.style.sheet import mark
from desktop.ui.style.signs import TONES, Sign
from desktop.ui.widgets.parts import Elided, Panel, SignLabel, button, column, label, row, rule

WIDTH: Final = 272
NARROW: Final = 206


class ChosenPanel(Panel):
    """One form in full, or many in numbers; five acts, the day of receipt, the way to the form."""

    act_asked = Signal(str)
    open_asked = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Chosen forms"))
        self.setFixedWidth(WIDTH)
        self.told: Told | None = None
        self._is_compact = False
        self.name = Elided()
        self.name.setProperty("kind", "subject")
        self.where = label("", "second", wrap=True)
        self.state = SignLabel(Sign.NOT_STARTED, "", strong=True)
        self.facts = label("", wrap=True)
        self.day = QLineEdit()
        self.day.setAccessibleName(_("Received on"))
        self.day.setPlaceholderText("14/01/2025")
        self.day.setFixedWidth(94)
        self.day.returnPressed.connect(partial(self.act_asked.emit, RECEIVE))
        self.keep_day = button(_("Save the day"), partial(self.act_asked.emit, RECEIVE), kind="small")
        self.open = button(_("Open the form  Enter"), self.open_asked.emit, kind="small")
        self.acts: dict[str, QPushButton] = {}
        self.whys: dict[str, QLabel] = {}
        body: QVBoxLayout = column(self.name, self.where, self.state, self.facts, gap=3)
        body.addLayout(row(self.open, None))
        body.setContentsMargins(11, 8, 11, 8)
        body.addSpacing(4)
        body.addWidget(label(_("Received on"), "second"))
        body.addLayout(row(self.day, self.keep_day, None, gap=6))
        body.addSpacing(4)
        body.addWidget(rule())
        body.addSpacing(4)
        for name, text in act_words().items():
            made = self.acts[name] = button(text, partial(self._press, name))
            why = self.whys[name] = label("", "hint", wrap=True)
            body.addWidget(made)
            body.addWidget(why)
        body.addStretch(1)
        held = QWidget()
        held.setProperty("kind", "sheet")
        held.setLayout(body)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(held)
        self.add(area, 1)

    def set_compact(self, compact: bool) -> None:
        """Narrower; why an act is refused stands in its tooltip."""
        self._is_compact = compact
        self.setFixedWidth(NARROW if compact else WIDTH)
        self.show_acts(self.told)

    def show_spots(self, spots: Sequence[Spot], typed_day: str) -> None:
        """What is chosen; the acts follow when they were read."""
        self.told = None
        one = spots[0] if len(spots) == 1 else None
        self.name.setText(words.unit_name(one.commune.name) if one else _many(len(spots)))
        self.name.setToolTip(self.name.text())
        self.where.setText(_where(spots))
        self.state.setVisible(one is not None)
        self.facts.setText(_facts(spots))
        self.facts.setVisible(bool(self.facts.text()))
        self.open.setVisible(one is not None)
        self.day.setText(typed_day)
        for part in (self.day, self.keep_day):
            part.setEnabled(bool(spots))
        if one is not None:
            sign = statuses.SIGNS[one.cell.state]
            self.state.show_state(sign, statuses.word(one.cell.state), TONES[sign])
        self.show_acts(None)

    def show_acts(self, told: Told | None) -> None:
        """Which acts may be done, with how many, and why not with the others."""
        self.told = told
        for name, made in self.acts.items():
            may = len(told.may(name)) if told else 0
            why = told.why_not(name) if told else ""
            count = f" ({may})" if told and len(told.spots) > 1 and may else ""
            made.setText(act_words()[name] + count)
            made.setEnabled(told is not None and bool(told.spots))
            mark(made, refused="" if may else "true")
            made.setToolTip(why)
            made.setAccessibleDescription(why)
            self.whys[name].setText(why)
            self.whys[name].setVisible(bool(why) and not self._is_compact)

    def _press(self, name: str) -> None:
        if self.told is not None and not self.told.may(name):
            self.refused.emit(self.told.why_not(name))
        else:
            self.act_asked.emit(name)


def act_words() -> dict[str, str]:
    """The acts as verbs."""
    told = (_("Complete…"), _("Check"), _("Return…"), _("Lock"), _("Reopen…"))
    return dict(zip(STEPS, told, strict=True))


def _many(count: int) -> str:
    return _("{count} forms chosen").format(count=count) if count else _("No form chosen")


def _where(spots: Sequence[Spot]) -> str:
    heads = {(spot.column.form.code, spot.column.period.id): spot.column for spot in spots}
    if not heads:
        return _("Choose cells: with Shift a block, with Ctrl one by one, or a whole column by its head.")
    first = next(iter(heads.values()))
    if len(heads) > 1:
        return _("{count} columns").format(count=len(heads))
    name = words.named(first.form.name_vi, first.form.name_en)
    due = first.due
    told = [f"{name}, {render(first.period.sentence())}"]
    if due is not None:
        by = _("Due {day}, provisional: {why}") if due.provisional else _("Due {day}")
        told.append(by.format(day=words.day(due.day), why=", ".join(due.unknown)))
    return "\n".join(told)


def _facts(spots: Sequence[Spot]) -> str:
    if len(spots) == 1:
        return "\n".join(cell_words(spots[0].cell))
    counts: dict[str, int] = {}
    for spot in spots:
        counts[spot.cell.state] = counts.get(spot.cell.state, 0) + 1
    return "\n".join(f"{statuses.word(state)}: {counts[state]}" for state in statuses.SIGNS if state in counts)
