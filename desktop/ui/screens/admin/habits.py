"""How the office works: two people, forms entered twice, deadlines, holidays. Kept in the record, for everybody."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.system.i18n import _
from desktop.ui.widgets.parts import Panel, button, column, label, row


class HabitsPage(QWidget):
    """Switches that are written at once; Ctrl+Z takes them back."""

    two_people_switched = Signal(bool)
    twice_switched = Signal(str, bool)
    deadlines_asked = Signal()
    holidays_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.two_people = QCheckBox(_("Who typed a form does not check it (two people)"))
        self.two_people.clicked.connect(self.two_people_switched)
        self.forms: dict[str, QCheckBox] = {}
        self._list: QVBoxLayout = column(gap=2)
        people = Panel(_("Who checks"))
        people.add_inset(
            column(
                self.two_people,
                label(
                    _("Small offices leave it off: one person types and checks."),
                    "second",
                    wrap=True,
                ),
                gap=4,
            )
        )
        due = Panel(_("Deadlines"))
        due.add_inset(
            column(
                label(
                    _("When each form is due, for everybody or for one commune, and the holidays counted out."),
                    "second",
                    wrap=True,
                ),
                gap=4,
            )
        )
        due.add_inset(
            row(
                button(_("When forms are due…"), self.deadlines_asked.emit),
                button(_("Holidays of the year…"), self.holidays_asked.emit),
                None,
            )
        )
        twice = Panel(_("Forms entered twice"))
        twice.add_inset(
            column(
                label(
                    _(
                        "Typed a second time without sight of the first, then compared. The form is complete only when "
                        "both agree. The second entry counts nowhere and is not sent."
                    ),
                    "second",
                    wrap=True,
                ),
                gap=4,
            )
        )
        twice.add_inset(self._list)
        twice.add_rest()
        left = column(people, due, gap=8)
        left.addStretch(1)
        body = row(gap=8)
        body.addLayout(left, 1)
        body.addWidget(twice, 1)
        self.setLayout(body)

    def show_habits(self, *, two_people: bool, forms: Sequence[tuple[str, str]], twice: Collection[str]) -> None:
        """The switches as they stand; a form is one switch."""
        self.two_people.setChecked(two_people)
        for code, name in forms:
            if code not in self.forms:
                made = self.forms[code] = QCheckBox(name)
                made.clicked.connect(lambda on, code=code: self.twice_switched.emit(code, on))
                self._list.addWidget(made)
            self.forms[code].setChecked(code in twice)
