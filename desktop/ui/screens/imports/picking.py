"""Settling what a heading or a name means: chosen from a list, remembered for the sender or for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.domain.text import fold
from desktop.system.i18n import _
from desktop.ui.screens.imports.taken import Sure, Taken
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

NOT_OURS = ""
FORGET = "\0"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a heading or a name may mean: its key, its words, what is counted or its code."""

    key: str
    text: str
    hint: str = ""
    first: bool = False


class PickDialog(QDialog):
    """`answer` is the key chosen, None where nothing was; `for_all` whether it holds for every sender."""

    def __init__(self, parent: QWidget | None, taken: Taken, meanings: Sequence[Meaning], sender: str) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.answer: str | None = None
        self._all = [*_acts(taken), *meanings]
        asked = _("What is “{written}”?").format(written=taken.short)
        self.setWindowTitle(asked)
        self.setFixedWidth(480)
        whole = label(_("In the file: {written}").format(written=taken.written), "hint", wrap=True)
        self.filter = FilterBox(_("Filter"))
        self.filter.setFixedWidth(440)
        self.model: RowsModel[Meaning] = RowsModel(
            [
                Column("", lambda one: one.text, stretch=True, sign=lambda one: _sign(one, taken), strong=_is_act),
                Column("", lambda one: one.hint, width=120),
            ]
        )
        self.table = Table(self.model, name=asked)
        self.table.setMinimumHeight(300)
        self.table.row_opened.connect(self._take)
        self.for_everybody = QCheckBox(_("Hold for files of every sender"))
        self.for_everybody.setChecked(not sender)
        self.for_everybody.setEnabled(bool(sender))
        self.deed = button(_("Take this"), self._take_chosen, kind="primary")
        remembered = label(_("It is remembered, and the files are read again."), "hint", wrap=True)
        body = column(label(asked, "subject", wrap=True), whole, self.filter, gap=8, margins=(20, 18, 20, 16))
        body.addWidget(self.table, 1)
        body.addWidget(self.for_everybody)
        body.addWidget(remembered)
        body.addLayout(row(None, button(_("Cancel"), self.reject), self.deed))
        self.setLayout(body)
        self.filter.textChanged.connect(self._narrow)
        self._narrow("")
        held = next((at for at, one in enumerate(self.model.rows) if one.key == taken.code), -1)
        if held >= 0:
            self.table.selectRow(held)
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def for_all(self) -> bool:
        """Whether the answer holds for the files of every sender."""
        return self.for_everybody.isChecked()

    def _narrow(self, text: str) -> None:
        wanted = fold(text)
        found = [one for one in self._all if wanted in fold(f"{one.text} {one.key} {one.hint}")]
        self.model.show(found)
        if found and wanted:
            self.table.selectRow(0)
        self.deed.setEnabled(bool(found))

    def _take_chosen(self) -> None:
        chosen = self.table.chosen() or (self.model.rows[0] if len(self.model.rows) == 1 else None)
        if chosen is not None:
            self._take(chosen)

    def _take(self, chosen: Meaning) -> None:
        self.answer = chosen.key
        self.accept()


def _acts(taken: Taken) -> list[Meaning]:
    acts = [] if taken.is_unit else [Meaning(NOT_OURS, _("Do not read this column"), first=True)]
    if taken.sure is Sure.SETTLED:
        acts.append(Meaning(FORGET, _("Forget what was settled"), first=True))
    return acts


def _is_act(one: Meaning) -> bool:
    return one.first


def _sign(one: Meaning, taken: Taken) -> Sign | None:
    return Sign.COMPLETE if one.key == taken.code else None
