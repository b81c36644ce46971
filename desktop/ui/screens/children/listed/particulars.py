"""What is known of a child, typed or corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from desktop.application.children import NewChild
from desktop.domain.children import Child, Sex
from desktop.system.i18n import _, render
from desktop.ui.screens.children import reading, words
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, captioned, column, label, row
from desktop.wording import Sentence


class ParticularsDialog(QDialog):
    """Name, sex, birth date, village, ethnic group, mother, note."""

    def __init__(self, parent: QWidget | None, session: Session, child: Child, *, is_new: bool = False) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._today = session.today()
        self._child = child
        title = _("Add a child") if is_new else _("Correct the particulars of {name}").format(name=child.name)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.name = self._field(_("Full name"), child.name)
        self.sex = QComboBox()
        self.sex.setAccessibleName(_("Sex"))
        for known in (None, Sex.MALE, Sex.FEMALE):
            self.sex.addItem(words.sex(known) or _("unknown"), known.value if known else "")
        self.sex.setCurrentIndex(0 if child.sex is None else 1 if child.sex is Sex.MALE else 2)
        self.born = self._field(_("Born on"), words.born(child))
        self.born.setPlaceholderText("14/03/2022")
        self.village = self._field(_("Village"), child.village)
        self.ethnic = self._field(_("Ethnic group"), child.ethnic_group)
        self.mother = self._field(_("Mother"), child.mother)
        self.note = self._field(_("Note"), child.note)
        self.why = label("", "hint", wrap=True)
        self.leave = button(_("Do not add") if is_new else _("Leave as it was"), self.reject)
        self.deed = button(_("Add the child") if is_new else _("Save"), self.accept, kind="primary")
        self.deed.setDefault(True)
        body = column(label(title, "subject", wrap=True), gap=6, margins=(20, 18, 20, 16))
        for field in (self.name, self.sex, self.born, self.village, self.ethnic, self.mother, self.note):
            body.addLayout(captioned(field, 110))
        body.addWidget(self.why)
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)
        for typed in (self.name, self.born):
            typed.textChanged.connect(lambda _text: self._allow())
        self._allow()

    def _field(self, name: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setAccessibleName(name)
        return made

    def _born(self) -> date | Sentence | None:
        return reading.birth_date(self.born.text(), self._today)

    def _allow(self) -> None:
        born = self._born()
        self.why.setText(render(born) if isinstance(born, Sentence) else "")
        self.deed.setEnabled(bool(self.name.text().strip()) and not isinstance(born, Sentence))

    def child(self) -> Child:
        """The child as it was typed."""
        born = self._born()
        return replace(
            self._child,
            name=self.name.text().strip(),
            sex=Sex(self.sex.currentData()) if self.sex.currentData() else None,
            birth_date=None if isinstance(born, Sentence) else born,
            village=self.village.text().strip(),
            ethnic_group=self.ethnic.text().strip(),
            mother=self.mother.text().strip(),
            note=self.note.text().strip(),
        )

    def new(self) -> NewChild:
        """The same for a child that is not in the record yet."""
        made = self.child()
        return NewChild(
            made.unit, made.name, made.sex, made.birth_date, made.village, made.ethnic_group, made.mother,
            note=made.note,
        )  # fmt: skip
