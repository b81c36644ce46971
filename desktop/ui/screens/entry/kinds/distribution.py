"""Chia chỉ tiêu: a total divided among the communes by a rule one sees, before anything is written."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from desktop.application import assigned
from desktop.application.assigned import By, Distribution, Part
from desktop.application.entry import element_of, form_of
from desktop.application.typed_text import read_typed
from desktop.domain.elements import Element, ValueType
from desktop.domain.values import Value
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui import figures, words
from desktop.ui.days import read_day
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.sheet import mark
from desktop.ui.widgets.parts import button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table


class DistributionDialog(QDialog):
    """Element, total, rule; the parts below follow every key."""

    def __init__(self, parent: QWidget, session: Session, *, form: str, element: str | None) -> None:
        super().__init__(parent)
        self._session, self._form = session, form
        self.found: Distribution | None = None
        year = session.period.year
        title = _("Divide a total of {year} among the communes").format(year=year)
        self.setWindowTitle(title)
        self.resize(620, 520)
        self.element, self.total, self.rule = QComboBox(), QLineEdit(), QComboBox()
        for code in form_of(session.record, form).elements:
            known = element_of(session.record, code)
            if known.type in (ValueType.COUNT, ValueType.DECIMAL):
                self.element.addItem(words.named(known.name_vi, known.name_en), code)
        self.element.setCurrentIndex(max(self.element.findData(element), 0))
        for by, text in (
            (By.DENOMINATOR, _("In proportion to its population")),
            (By.LAST_YEAR, _("In proportion to last year's figure")),
            (By.EQUAL, _("The same for every commune")),
        ):
            self.rule.addItem(text, by.value)
        self.said = label("", "second", wrap=True)
        held = assigned.decision(session.record, form=form, year=year)
        own = held if held is not None and held.own else None
        self.number = QLineEdit(own.number if own else "")
        self.number.setPlaceholderText(_("number, may stay empty"))
        self.day = QLineEdit(words.day(own.decided_on) if own and own.decided_on else "")
        self.day.setPlaceholderText("14/01/2025")
        self.model: RowsModel[Any] = RowsModel(_columns(), self)
        self.table = Table(self.model, name=title)
        leave = button(_("Do not divide"), self.reject)
        self.write = button(_("Write the parts"), self._write, kind="primary")
        body = column(label(title, "subject", wrap=True), gap=8, margins=(20, 18, 20, 16))
        self._field(body, _("Figures of the form"), self.element)
        both = row(gap=12)
        for name, field, stretch in ((_("Total to be divided"), self.total, 1), (_("Rule"), self.rule, 2)):
            part = column(gap=2)
            self._field(part, name, field)
            both.addLayout(part, stretch)
        body.addLayout(both)
        body.addWidget(self.said)
        body.addWidget(self.table, 1)
        behind = row(gap=12)
        for name, field, stretch in ((_("Decision number"), self.number, 2), (_("Date of decision"), self.day, 1)):
            part = column(gap=2)
            self._field(part, name, field)
            behind.addLayout(part, stretch)
        body.addLayout(behind)
        body.addLayout(row(None, leave, self.write))
        self.setLayout(body)
        self.element.currentIndexChanged.connect(lambda _at: self._begin())
        self.rule.currentIndexChanged.connect(lambda _at: self._divide())
        self.total.textChanged.connect(lambda _text: self._divide())
        self._begin()
        self.total.setFocus(Qt.FocusReason.OtherFocusReason)

    def _field(self, layout: Any, name: str, field: QWidget) -> None:
        caption = label(name, "second")
        caption.setBuddy(field)
        field.setAccessibleName(name)
        layout.addWidget(caption)
        layout.addWidget(field)

    def _begin(self) -> None:
        """What is assigned to the office itself is the total proposed."""
        code = self.element.currentData()
        known = assigned.total_assigned(self._session.record, element=code, year=self._session.period.year)
        self.total.setText(figures.typed(known))
        self._divide()

    def _divide(self) -> None:
        record, code = self._session.record, self.element.currentData()
        total = self._typed(element_of(record, code))
        self.found, why = None, ""
        if total is None:
            why = _("Type the total to be divided.")
        else:
            try:
                self.found = assigned.distribute(
                    record,
                    form=self._form,
                    element=code,
                    year=self._session.period.year,
                    total=total,
                    by=By(self.rule.currentData()),
                )
            except AppError as fault:
                why = render(fault.title) + (" " + render(fault.advice) if fault.advice else "")
        self._show(why)

    def _typed(self, element: Element) -> Value | None:
        read = read_typed(self.total.text(), element)
        return read if isinstance(read, Value) and read.amount is not None else None

    def _show(self, why: str) -> None:
        found = self.found
        if found is not None:
            why = render(found.rule)
            if found.left_out:
                names = ", ".join(words.unit_name(commune.name) for commune in found.left_out[:5])
                why += " " + _("Without a figure to divide by, left out: {communes}.").format(communes=names)
        self.said.setText(why)
        mark(self.said, tone="" if found is not None else Tone.MUTE.value)
        self.model.show(found.parts if found is not None else ())
        self.write.setEnabled(found is not None)

    def _write(self) -> None:
        found, number = self.found, self.number.text().strip()
        day = read_day(self.day.text().strip(), self._session.today())
        if found is None:
            return
        done = self._session.write(
            lambda record: assigned.write_distribution(
                record, distribution=found, number=number or None, decided_on=day
            )
        )
        if done is not None:
            self._session.say(_("Divided among {count} communes. Ctrl+Z takes it back.").format(count=len(found.parts)))
            self.accept()


def _columns() -> list[Column[Part]]:
    return [
        Column(_("Commune, town"), lambda part: words.unit_name(part.commune.name), stretch=True),
        Column(
            _("Weighs"),
            lambda part: figures.rate(part.weight, 0 if part.weight.denominator == 1 else 1),
            number=True,
            width=110,
        ),
        Column(_("Assigned now"), lambda part: figures.figure(part.before), number=True, width=110),
        Column(_("Part"), lambda part: figures.figure(part.value), number=True, width=110, strong=lambda _part: True),
    ]


def _weight(part: Part) -> str:
    return figures.rate(part.weight, 0 if part.weight.denominator == 1 else 1)
