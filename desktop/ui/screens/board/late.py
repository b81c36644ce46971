"""Nhắc xã trễ hạn: who owes what for how long, telephone numbers typed in place; copied, printed or to Excel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit, QWidget

from desktop.application import deadlines, punctuality, reminders
from desktop.application.punctuality import LateForm
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.saving import save_bytes
from desktop.ui.screens.board.model import days
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, button, column, label, row
from desktop.ui.widgets.tables import ROW, Column, RowsModel, Table
from desktop.wording import say


class LateDialog(QDialog):
    """The list of those to be reminded; the number of the one chosen is typed below it."""

    def __init__(self, parent: QWidget, session: Session, year: int) -> None:
        super().__init__(parent)
        self._session, self._year = session, year
        title = _("Remind the late, {year}").format(year=year)
        self.setWindowTitle(title)
        self.resize(min(820, parent.window().width() - 60), min(520, parent.window().height() - 60))
        self.forms = QComboBox()
        self.forms.setAccessibleName(_("Forms shown"))
        self.forms.activated.connect(lambda _at: self._show())
        self.count = label("", "second")
        self.model: RowsModel[LateForm] = RowsModel(_columns(), self)
        self.table = Table(self.model, name=title)
        self.table.row_chosen.connect(self._choose)
        self.table.doubleClicked.connect(self._edit)
        self.empty = Empty(
            _("Nobody is late"),
            _("A form is late once its deadline has passed; set deadlines under “Deadlines, papers”."),
        )
        self.telephone: QLineEdit = QLineEdit()
        self.telephone.setMaximumWidth(180)
        self.telephone.returnPressed.connect(self._keep)
        self.keep = button(_("Save number"), self._keep, kind="small")
        self.whose = label("", "second")
        self.copy = button(_("Copy as text"), self.copy_text)
        self.print = button(_("Print…"), self.print_list, icon="print_16_regular")
        self.excel = button(_("Save for Excel…"), self.save_excel, icon="save_16_regular")
        close = button(_("Close"), self.accept)
        head = row(label(title, "subject"), self.count, None, self.forms)
        body = column(gap=8, margins=(16, 14, 16, 14))
        body.addLayout(head)
        body.addWidget(self.table, 1)
        body.addWidget(self.empty, 1)
        body.addLayout(row(self.whose, self.telephone, self.keep, None))
        body.addLayout(row(self.copy, self.print, self.excel, None, close))
        self.setLayout(body)
        self.late: list[LateForm] = []
        self.read()

    def read(self) -> None:
        """Read the list anew; the one chosen stays chosen."""
        session, held = self._session, self.table.currentIndex().row()
        self.late = punctuality.late(session.record, today=session.today(), year=self._year)
        known = {one.owed.form.code: one.owed.form for one in self.late}
        chosen = self.forms.currentData()
        self.forms.clear()
        self.forms.addItem(_("All forms"), "")
        for code, form in known.items():
            self.forms.addItem(words.named(form.name_vi, form.name_en), code)
        self.forms.setCurrentIndex(max(self.forms.findData(chosen), 0))
        self.forms.setVisible(len(known) > 1)
        self._show(max(held, 0))

    @property
    def shown(self) -> list[LateForm]:
        """The lines of the form chosen."""
        code = self.forms.currentData()
        return [one for one in self.late if not code or one.owed.form.code == code]

    def _show(self, at: int = 0) -> None:
        shown = self.shown
        self.model.show(shown)
        communes = len({one.owed.commune.uid for one in shown})
        self.count.setText(_("{communes} communes, {forms} forms").format(communes=communes, forms=len(shown)))
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        for part in (self.copy, self.print, self.excel, self.telephone, self.keep):
            part.setEnabled(bool(shown))
        if shown:
            self.table.selectRow(min(at, len(shown) - 1))

    def _choose(self, one: LateForm) -> None:
        name = words.unit_name(one.owed.commune.name)
        self.whose.setText(_("Telephone of {commune}").format(commune=name))
        self.telephone.setAccessibleName(self.whose.text())
        self.telephone.setText(one.telephone or "")

    def _edit(self, _index: QModelIndex) -> None:
        self.telephone.setFocus()
        self.telephone.selectAll()

    def _keep(self) -> None:
        index: QModelIndex = self.table.currentIndex()
        one = index.data(ROW) if index.isValid() else None
        if not isinstance(one, LateForm):
            return
        code, typed, today = one.owed.commune.code, self.telephone.text().strip(), self._session.today()
        done = self._session.write(lambda record: deadlines.put_telephone(record, unit=code, telephone=typed, on=today))
        if done is not None:
            self.read()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- giving it on ----

    def copy_text(self) -> None:
        """The list as text on the clipboard."""
        told = reminders.text(self._session.record, self.shown, today=self._session.today())
        QGuiApplication.clipboard().setText(told)
        self._session.say(say("{count} lines copied; paste them into a message.", count=len(told.splitlines()) - 1))

    def print_list(self) -> None:
        """The list on paper."""
        from desktop.ui.printing import ask_printer

        data, _pages = reminders.pdf(self._session.record, self.shown, today=self._session.today())
        ask_printer(self, self._session, data, self.windowTitle())

    def save_excel(self) -> None:
        """The list as a workbook."""
        proposed = f"nhac-gui-bieu-{self._year}.xlsx"
        name, _filter = QFileDialog.getSaveFileName(self, _("Save for Excel"), proposed, "Excel (*.xlsx)")
        if name:
            data = reminders.xlsx(self._session.record, self.shown, today=self._session.today())
            save_bytes(self._session, Path(name), data)


def _columns() -> list[Column[LateForm]]:
    return [
        Column(_("Commune, town"), lambda one: words.unit_name(one.owed.commune.name), width=160),
        Column(_("Telephone"), lambda one: one.telephone or "", width=112),
        Column(_("Form"), lambda one: words.named(one.owed.form.name_vi, one.owed.form.name_en), stretch=True),
        Column(_("Period"), lambda one: render(one.owed.period.sentence()), width=112),
        Column(_("Due"), _due, width=92, tip=_due_tip),
        Column(
            _("State"),
            lambda one: (
                _("returned") if one.owed.state == "returned" else _("late by {days}").format(days=days(one.days_late))
            ),
            sign=lambda one: Sign.RETURNED if one.owed.state == "returned" else Sign.LATE,
            tone=lambda _one: Tone.BAD,
            width=140,
        ),
    ]


def _due(one: LateForm) -> str:
    return words.day(one.owed.due.day) if one.owed.due else ""


def _due_tip(one: LateForm) -> str:
    due = one.owed.due
    if due is None or not due.provisional:
        return _due(one)
    return _("{day}, provisional: {why}").format(day=words.day(due.day), why=", ".join(due.unknown))
