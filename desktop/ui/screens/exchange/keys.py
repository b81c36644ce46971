"""Partners and keys: our own digits to read out, key files out and in, confirmation by thirty digits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from desktop.application import keys
from desktop.application.keys import KeyView
from desktop.application.records import Record
from desktop.domain.text import fold
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui.dialogs import faults
from desktop.ui.screens.exchange.view import key_columns
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.sheet import mark
from desktop.ui.widgets.parts import Empty, Panel, button, column, label, row
from desktop.ui.widgets.tables import RowsModel, Table
from desktop.wording import say

SUFFIX = "sotramkey"


class TrustDialog(QDialog):
    """A key file shown with its digits; confirmed when the digits read on the telephone are typed and agree."""

    def __init__(self, parent: QWidget, name: str, fingerprint: str, *, may_skip: bool) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMaximumWidth(480)
        self.setWindowTitle(_("Trust this key?"))
        self._right = _digits(fingerprint)
        self.digits = QLineEdit()
        self.digits.setAccessibleName(_("Digits read on the telephone"))
        self.digits.setPlaceholderText("00000 00000 00000 00000 00000 00000")
        self.digits.textChanged.connect(self._compare)
        self.said = label("", "hint", wrap=True)
        caption = label(_("Digits read on the telephone"), "second")
        caption.setBuddy(self.digits)
        body = column(
            label(_("Trust the key of {name}?").format(name=name), "subject", wrap=True),
            label(
                _(
                    "Call {name} on a number you already know and have the thirty digits on their "
                    "screen read to you. Type them here."
                ).format(name=name),
                wrap=True,
            ),
            caption,
            self.digits,
            self.said,
            gap=10,
            margins=(20, 18, 20, 16),
        )
        self.leave = button(_("Not now"), self.reject)
        self.skip = button(_("Take in, confirm later"), lambda: self._done("later"))
        self.skip.setVisible(may_skip)
        self.confirm = button(_("Confirm"), lambda: self._done("confirmed"), kind="primary")
        self.confirm.setEnabled(False)
        body.addLayout(row(None, self.leave, self.skip, self.confirm))
        self.setLayout(body)
        self.answer: str | None = None

    def _compare(self) -> None:
        typed = _digits(self.digits.text())
        agrees = typed == self._right
        self.confirm.setEnabled(agrees)
        wrong = not self._right.startswith(typed)
        self.said.setText(
            _("These digits are not those of the file. Do not trust it.")
            if wrong
            else _("The digits agree.")
            if agrees
            else ""
        )
        mark(self.said, tone="bad" if wrong else "good")

    def _done(self, answer: str) -> None:
        self.answer = answer
        self.accept()


class KeysView(QWidget):
    """Our key, and those of our partners."""

    def __init__(self, session: Session, told: Callable[[], None]) -> None:
        super().__init__()
        self._session, self._told = session, told
        line = row(gap=8)
        line.addWidget(self._own())
        line.addWidget(self._partners(), 1)
        self.setLayout(line)

    def _own(self) -> Panel:
        panel = Panel(_("Our key"))
        panel.setFixedWidth(360)
        self.own_panel = panel
        self.own_name = label("", "head", wrap=True)
        self.own_digits = label("")
        self.own_digits.setStyleSheet("font-size: 20px; font-weight: 600;")
        self.own_digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.own_digits.setAccessibleName(_("Digits of our key"))
        self.save = button(_("Save key file…"), self.ask_where, icon="save_16_regular")
        panel.add_inset(
            column(
                self.own_name,
                label(_("Read these six groups to the partner on the telephone:"), "second", wrap=True),
                self.own_digits,
                label(
                    _(
                        "The key file holds only what others may know. It can go by mail or on a stick; "
                        "the digits protect it from being exchanged on the way."
                    ),
                    "hint",
                    wrap=True,
                ),
                gap=8,
            )
        )
        panel.add_inset(row(self.save, None))
        panel.add_rest()
        return panel

    def _partners(self) -> Panel:
        panel = Panel(_("Keys of partners"))
        self.add = button(_("Take in a key file…"), self.ask_file, kind="primary", icon="key_16_regular")
        self.confirm = button(_("Confirm with digits…"), self.confirm_chosen)
        self.model: RowsModel[KeyView] = RowsModel(key_columns())
        self.table = Table(self.model, name=_("Keys of partners"), lines=2)
        panel.add(self.table, 1)
        self.empty = Empty(
            _("No key of another office yet"),
            _("Ask the superior office for its key file, and give it yours."),
        )
        panel.add(self.empty, 1)
        panel.add_foot(None, self.confirm, self.add)
        return panel

    def set_compact(self, compact: bool) -> None:
        """Our digits stay; those of the partners stand in the dialog."""
        self.own_panel.setFixedWidth(290 if compact else 360)
        self.table.setColumnHidden(1, compact)

    def load(self) -> None:
        """Read all keys anew."""
        record, today = self._session.record, self._session.today()
        own = keys.own_key(record, on=today)
        self.own_name.setText(own.name)
        groups = own.fingerprint.split()
        self.own_digits.setText(" ".join(groups[:3]) + "\n" + " ".join(groups[3:]))
        found = keys.list_keys(record)
        self.model.show(found)
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.confirm.setEnabled(any(not key.confirmed for key in found))
        if found:
            self.table.selectRow(0)

    def ask_where(self) -> None:
        """Save our key file."""
        name = fold(self._session.office.name).replace(" ", "-")
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save key file"), f"{name}.{SUFFIX}", f"{_('Key file')} (*.{SUFFIX})"
        )
        if path:
            self.save_key(Path(path))

    def save_key(self, out: Path) -> None:
        """Write our key file."""
        try:
            keys.export_key(self._session.record, out=out, on=self._session.today())
        except OSError:
            self._session.say(say("{file} could not be written.", file=out.name), Tone.BAD)
            return
        self._session.say(say("Saved {file}.", file=out.name))

    def ask_file(self) -> None:
        """Take in a partner's key file."""
        path, _filter = QFileDialog.getOpenFileName(
            self, _("Take in a key file"), "", f"{_('Key file')} (*.{SUFFIX} *.json *.txt);;{_('All files')} (*)"
        )
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Show a key file with its digits and take it in when a person says so."""
        from desktop.exchange.package.keys import read_key_file

        try:
            data = path.read_bytes()
            file = read_key_file(data)
        except OSError:
            self._session.say(say("{file} cannot be opened.", file=path.name), Tone.BAD)
            return
        except AppError as fault:
            faults.show(self, fault)
            return
        asked = TrustDialog(self, file.name, file.fingerprint, may_skip=True)
        asked.exec()
        if asked.answer is not None:
            self.trust(data, fingerprint=asked.digits.text() if asked.answer == "confirmed" else None)

    def trust(self, data: bytes, *, fingerprint: str | None) -> None:
        """Take a key in; a refusal is a dialog, because something may be wrong with the file."""
        day = self._session.today()

        def intent(record: Record) -> object:
            return keys.trust(record, data=data, fingerprint=fingerprint, on=day)[1]

        try:
            changes = intent(self._session.record)
        except AppError as fault:
            faults.show(self, fault)
            return
        self._session.tell(changes)  # type: ignore[arg-type]
        self.load()
        self._told()

    def confirm_chosen(self) -> None:
        """Confirm the chosen partner's key with the digits read on the telephone."""
        chosen: KeyView | None = self.table.chosen() or next(
            (key for key in self.model.rows if not key.confirmed), None
        )
        if chosen is None:
            return
        if chosen.confirmed:
            self._session.say(render(say("The key of {name} is already confirmed.", name=chosen.name)))
            return
        asked = TrustDialog(self, chosen.name, chosen.fingerprint, may_skip=False)
        asked.exec()
        if asked.answer == "confirmed":
            digits = asked.digits.text()
            name = chosen.code or chosen.office
            self._session.write(lambda record: keys.confirm(record, name=name, fingerprint=digits)[1])
            self.load()


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
