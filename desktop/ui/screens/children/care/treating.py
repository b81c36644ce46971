"""A line of the register of acute malnutrition: how the child came, its treatment, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.application.child_care import age_remark, proposed_degree
from desktop.application.children import ChildPage
from desktop.domain.child_care import Care, Degree, Outcome, Treatment
from desktop.domain.children import Measurement
from desktop.system.i18n import _, render
from desktop.ui.days import read_day
from desktop.ui.screens.children import reading
from desktop.ui.screens.children import words as figures
from desktop.ui.screens.children.care import words
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, column, label, row
from desktop.ui.words import capital
from desktop.wording import Sentence

CAPTION = 126


class TreatmentDialog(QDialog):
    """A new line, or one that is changed (`held`)."""

    def __init__(
        self, parent: QWidget | None, session: Session, page: ChildPage, held: Treatment | None = None
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._today, self._page, self._held = session.today(), page, held
        title = _("Acute malnutrition of {name}").format(name=page.child.name)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self._fields(held.since if held is not None else session.day)
        self.told = label("", "hint", wrap=True)
        self.leave = button(_("Leave as it was"), self.reject)
        self.deed = button(_("Write in the register"), self.accept, kind="primary")
        self.deed.setDefault(True)
        body = column(label(title, "subject", wrap=True), gap=6, margins=(20, 18, 20, 16))
        self._lay_out(body)
        body.addWidget(self.told)
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)
        for field in (self.since, self.weight, self.height_, self.muac, self.until):
            field.textChanged.connect(lambda _text: self._allow())
        for figure in (self.weight, self.height_, self.muac):
            figure.textChanged.connect(lambda _text: self._propose())
        self.since.editingFinished.connect(self._show_measured)
        self.oedema.toggled.connect(lambda _on: self._propose())
        self.outcome.currentIndexChanged.connect(lambda _at: self._allow())
        self._show_measured()
        if held is None:
            self._propose()
        self._allow()

    def _fields(self, since: date) -> None:
        held = self._held
        self.since = _line(_("In the register since"), f"{since:%d/%m/%Y}")
        self.since.setReadOnly(held is not None)
        self.weight, self.height_ = _line(_("Weight, kg")), _line(_("Height, cm"))
        self.muac = _line(_("Arm, mm"))
        self.oedema = QCheckBox(_("Oedema"))
        self.degree = _list(_("Degree"), [(capital(words.degree(one)), one) for one in Degree])
        self.care = _list(_("Kind of treatment"), [(capital(words.care(one)), one) for one in Care])
        self.until = _line(_("Left on"), f"{held.until:%d/%m/%Y}" if held is not None and held.until else "")
        ends: list[tuple[str, StrEnum | None]] = [(_("still treated"), None)]
        self.outcome = _list(_("How it ended"), [*ends, *((capital(words.outcome(one)), one) for one in Outcome)])
        self.note = _line(_("Note"), held.note if held is not None else "")
        if held is not None:
            self.degree.setCurrentIndex(self.degree.findData(held.degree.value))
            self.care.setCurrentIndex(self.care.findData(held.care.value))
            self.outcome.setCurrentIndex(self.outcome.findData(held.outcome.value if held.outcome else None))

    def _lay_out(self, body: QVBoxLayout) -> None:
        for pair in (
            (self.since,), (self.weight, self.height_), (self.muac, self.oedema), (self.degree,), (self.care,),
            (self.until,), (self.outcome,), (self.note,),
        ):  # fmt: skip
            line = row(gap=8)
            for at, field in enumerate(pair):
                if not isinstance(field, QCheckBox):
                    caption = label(field.accessibleName(), "second")
                    caption.setBuddy(field)
                    if at == 0:
                        caption.setFixedWidth(CAPTION)
                    line.addWidget(caption)
                line.addWidget(field, 1)
            body.addLayout(line)

    # ---- what was measured on the first day ----

    @property
    def _day(self) -> date | None:
        day, born = read_day(self.since.text(), self._today), self._page.child.birth_date
        is_fit = day is not None and day <= self._today and (born is None or born <= day)
        return day if is_fit else None

    def _on_day(self) -> Measurement | None:
        return next((one for one in self._page.measurements if one.day == self._day and not one.absent), None)

    def _show_measured(self) -> None:
        """What stands of that day; else nothing: an older figure is not of that day."""
        held = self._on_day()
        self.weight.setText(figures.kilograms(held.weight) if held else "")
        self.height_.setText(figures.centimetres(held.lenhei) if held else "")
        self.muac.setText(str(held.muac) if held and held.muac else "")
        self.oedema.setChecked(bool(held and held.oedema))

    def measured(self) -> Measurement | Sentence | None:
        """The measurement of the first day with what was typed; None where nothing is new, a sentence where unread."""
        day = self._day
        if day is None:
            return None
        read = (
            reading.grams(self.weight.text()),
            reading.millimetres(self.height_.text()),
            reading.arm(self.muac.text()),
        )
        wrong = next((one for one in read if isinstance(one, Sentence)), None)
        if wrong is not None:
            return wrong
        weight, height, arm = (one if isinstance(one, int) else None for one in read)
        held = self._on_day()
        made = replace(
            held or Measurement(self._page.child.uid, day),
            weight=weight, lenhei=height, muac=arm, oedema=self.oedema.isChecked(),
        )  # fmt: skip
        return None if made == held or (held is None and made.is_empty) else made

    def _propose(self) -> None:
        made = self.measured()
        known = made if isinstance(made, Measurement) else self._on_day()
        found = proposed_degree(self._page.child, known) if known is not None else None
        if found is not None and self._held is None:
            self.degree.setCurrentIndex(self.degree.findData(found.value))

    # ---- the line ----

    def treatment(self) -> Treatment | None:
        """What was said; None while a day cannot be read or the end is half said."""
        day, typed = self._day, self.until.text().strip()
        until = read_day(typed, self._today) if typed else None
        outcome = self.outcome.currentData()
        if day is None or (typed and (until is None or until < day or until > self._today)):
            return None
        if (until is None) != (outcome is None):
            return None
        return Treatment(
            self._page.child.uid,
            day,
            Degree(self.degree.currentData()),
            Care(self.care.currentData()),
            until,
            Outcome(outcome) if outcome else None,
            self.note.text().strip(),
        )

    def _allow(self) -> None:
        made, measured = self.treatment(), self.measured()
        self.deed.setEnabled(made is not None and not isinstance(measured, Sentence))
        if isinstance(measured, Sentence):
            self.told.setText(render(measured))
        elif made is None:
            self.told.setText(_("Type days between birth and today; an end needs its day and how it ended."))
        else:
            remark = age_remark(self._page.child, made.since)
            self.told.setText(render(remark) if remark is not None else "")


def _line(name: str, text: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    return made


def _list(name: str, options: Sequence[tuple[str, StrEnum | None]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for text, data in options:
        made.addItem(text, data.value if data is not None else None)
    return made
