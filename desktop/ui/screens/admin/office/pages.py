"""The pages of the guided change of an office: each asks one thing and says why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from desktop.application.letterheads import Letterhead
from desktop.application.office_preview import Line, staying
from desktop.application.offices import Commune
from desktop.application.successors import Proposed
from desktop.domain.acts_drafts import EARLIEST, LATEST
from desktop.domain.findings import Finding
from desktop.domain.letterheads import HEAD, Signer
from desktop.domain.text import fold
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.style import signs
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import SignLabel, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.wording import Sentence, say

ROLE = Qt.ItemDataRole.UserRole
LEVELS = (
    ("area", say("Area health centre: a district's centre under the health department, serving several communes")),
    ("commune", say("Commune health station")),
    ("province", say("Office of a province: health department, centre for disease control")),
    ("district", say("District health centre (until 30/06/2025)")),
)


class Page(QWidget):
    """A question, what it means, and a form below."""

    def __init__(self, title: Sentence, text: Sentence) -> None:
        super().__init__()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(7)
        asked, why = label(render(title), "subject", wrap=True), label(render(text), "second", wrap=True)
        self.body = column(asked, why, gap=8, margins=(20, 14, 20, 8))
        self.body.addLayout(self.form)
        self.setLayout(self.body)

    def ask(self, name: str, part: QWidget, widest: int = 0) -> None:
        """One more question."""
        part.setAccessibleName(name)
        if widest:
            part.setMaximumWidth(widest)
        self.form.addRow(label(name, "second"), part)


class DayPage(Page):
    """From which day, by which decision, and what the office then is."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(
            say("From which day, by which decision?"),
            say("What happened before the day stays as it is: figures, communes and the name lines of old papers."),
        )
        self.day, self.decree = QLineEdit(), QLineEdit()
        self.day.setPlaceholderText(_("01/07/2025"))
        self.decree.setPlaceholderText(_("Decision No. …/QĐ-UBND of …"))
        self.day.textChanged.connect(self.changed)
        self.ask(_("From day"), self.day, 110)
        self.ask(_("Decision"), self.decree)
        self.levels = QButtonGroup(self)
        for at, (key, text) in enumerate(LEVELS):
            choice = QRadioButton(_(text.msgid))
            choice.setProperty("level", key)
            self.levels.addButton(choice, at)
            self.form.addRow(label(_("From then on it is"), "second") if at == 0 else label(), choice)
        self.levels.idToggled.connect(lambda _at, on: self.changed.emit() if on else None)
        self.body.addStretch(1)

    def put(self, day: date, level: str) -> None:
        """Begin with a day and a level."""
        self.day.setText(words.day(day))
        for choice in self.levels.buttons():
            choice.setChecked(choice.property("level") == level)

    @property
    def level(self) -> str:
        """The level chosen."""
        return str(self.levels.checkedButton().property("level"))

    @property
    def date(self) -> date | None:
        """The day as typed, its year too; None where it is none."""
        found = read_day(self.day.text(), date.max)
        return found if found is not None and EARLIEST <= found <= LATEST else None


class NamePage(Page):
    """Where it sits, what it is called, what stands over its papers."""

    seat_changed = Signal()

    def __init__(self) -> None:
        super().__init__(
            say("What is it called, and where does it sit?"),
            say("Proposed from the map and from the usual; correct what your decision says otherwise."),
        )
        self.seats = QComboBox()
        self.seats.activated.connect(lambda _at: self.seat_changed.emit())
        self.ask(_("Unit it sits at"), self.seats, 420)
        self.fields = {name: QLineEdit() for name in ("name", "code", "parent_line", "name_line", "symbol", "place")}
        captions = {
            "name": _("Name of the office"),
            "code": _("Own code"),
            "parent_line": _("Superior office, upper line"),
            "name_line": _("Own name, lower line"),
            "symbol": _("Symbol of the office"),
            "place": _("Place before the date"),
        }
        narrow = {"code": 160, "symbol": 160, "place": 260}
        for name, part in self.fields.items():
            self.ask(captions[name], part, narrow.get(name, 0))
        self.body.addStretch(1)
        self.fields["name_line"].setPlaceholderText(_("as the name of the office"))
        self.fields["code"].setToolTip(_("An official code, the facility's code, or one of your own: packages bear it"))

    def show_seats(self, seats: Sequence[Commune], chosen: str | None) -> None:
        """Where it may sit."""
        self.seats.clear()
        for seat in seats:
            self.seats.addItem(f"{seat.name} ({seat.code})", seat.code)
        self.seats.setCurrentIndex(max(self.seats.findData(chosen), 0))

    @property
    def seat(self) -> str | None:
        """The code of the unit chosen."""
        found = self.seats.currentData()
        return str(found) if found else None

    def text(self, name: str) -> str:
        """One field as typed."""
        return self.fields[name].text().strip()


class CommunesPage(Page):
    """Which communes it serves: those that hold parts of the old ones are proposed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(
            say("Which communes does it serve?"),
            say(
                "Proposed: the communes that hold parts of those served until now. Marked ones also hold parts from "
                "outside: their figures before the day are whole only with those parts."
            ),
        )
        self.filter = FilterBox(_("Filter the communes"))
        self.filter.textChanged.connect(self._filter)
        self.count = label("", "second")
        self.all = QRadioButton(_("every commune of the province"))
        self.near = QRadioButton(_("only those proposed"))
        self.near.setChecked(True)
        self.all.toggled.connect(self._filter)
        for choice in (self.near, self.all):
            choice.setMinimumWidth(choice.fontMetrics().horizontalAdvance(choice.text()) + 40)
        self.body.addLayout(row(self.near, self.all, None, self.filter))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Communes served"))
        self.list.itemChanged.connect(self._count)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.count)

    def show_communes(self, proposed: Sequence[Proposed], others: Sequence[Commune], ticked: set[str] | None) -> None:
        """The proposed first; `ticked` are codes a person ticked before, None: as proposed."""
        self.list.blockSignals(True)
        self.list.clear()
        known = {one.code for one in proposed}
        for one in proposed:
            on = one.is_ticked if ticked is None else one.code in ticked
            self._add(one.code, f"{one.name} ({one.code}){_made_of(one)}", on, near=True, outside=bool(one.outside))
        for other in others:
            if other.code not in known:
                on = ticked is not None and other.code in ticked
                self._add(other.code, f"{other.name} ({other.code})", on, near=on, outside=False)
        self.list.blockSignals(False)
        self._filter()
        self._count()

    def _add(self, code: str, text: str, on: bool, *, near: bool, outside: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(ROLE, (code, near))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        if outside:
            item.setIcon(QIcon(signs.pixmap(Sign.WARNING, 14, self.devicePixelRatioF())))
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _filter(self) -> None:
        wanted = fold(self.filter.text())
        for item in self._items():
            is_near = item.data(ROLE)[1] or self.all.isChecked() or item.checkState() is Qt.CheckState.Checked
            item.setHidden(not is_near or wanted not in fold(item.text()))

    def _count(self) -> None:
        self.count.setText(_("{count} communes chosen").format(count=len(self.codes)))
        self.changed.emit()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes ticked, in the order shown."""
        return tuple(item.data(ROLE)[0] for item in self._items() if item.checkState() is Qt.CheckState.Checked)


def _made_of(one: Proposed) -> str:
    if not one.pieces:
        return ""
    ours = [piece for piece in one.pieces if piece.is_ours]
    told = _(" · made of {names}").format(names=_names(ours))
    if one.outside:
        told += _(" · from outside: {names}").format(names=_names(one.outside))
    return told


def _names(pieces: Sequence[object]) -> str:
    return ", ".join(_piece(piece) for piece in pieces)


def _piece(piece: object) -> str:
    name, whole = getattr(piece, "name", ""), getattr(piece, "whole", True)
    return name if whole else _("part of {name}").format(name=name)


class PapersPage(Page):
    """To whom it reports, and who signs."""

    def __init__(self) -> None:
        super().__init__(
            say("To whom does it report, and who signs?"),
            say("Which office a health centre reports to is each province's decision; it can be changed at any time."),
        )
        self._held: tuple[Signer, ...] = ()
        self._kept: list[Signer] = []
        self.parent_code, self.addressees = QLineEdit(), QPlainTextEdit()
        self.addressees.setFixedHeight(52)
        self.addressees.setTabChangesFocus(True)
        self.parent_code.setPlaceholderText(_("the usual one"))
        self.ask(_("Code of the superior office"), self.parent_code, 160)
        self.ask(_("Addressees, one a line"), self.addressees)
        self.head_post, self.head_name = QLineEdit(), QLineEdit()
        self.deputy_post, self.deputy_name = QLineEdit(), QLineEdit()
        self.deputy_post.setPlaceholderText("KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC")
        self.ask(_("Post of the head"), self.head_post, 320)
        self.ask(_("Name of the head"), self.head_name, 320)
        self.ask(_("Post of a deputy"), self.deputy_post, 320)
        self.ask(_("Name of a deputy"), self.deputy_name, 320)
        self.body.addStretch(1)

    def put(self, head: Letterhead, parent: str | None, day: date) -> None:
        """Begin with what is proposed; signers whom the page does not ask for are kept as they are."""
        self._held = head.signers
        self._kept = [
            one for one in head.signers if one.role not in (HEAD, "deputy") or one.valid_from > day.isoformat()
        ]
        self.parent_code.setText(parent or "")
        self.addressees.setPlainText("\n".join(head.addressees))
        deputy = next((one for one in head.signers if one.role == "deputy"), Signer(""))
        self.head_post.setText(head.signer_post.replace("\n", " / "))
        self.head_name.setText(head.signer_name)
        self.deputy_post.setText(deputy.post.replace("\n", " / "))
        self.deputy_name.setText(deputy.name)

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Head and deputy as typed; whoever has no post does not sign."""
        told = (
            (HEAD, self.head_post.text(), self.head_name.text()),
            ("deputy", self.deputy_post.text(), self.deputy_name.text()),
        )
        typed = [
            Signer("\n".join(part.strip() for part in post.split("/")), name.strip(), role)
            for role, post, name in told
            if post.strip()
        ]
        same = {(one.role, one.post, one.name): one for one in self._held}
        return (*(same.get((one.role, one.post, one.name), one) for one in typed), *self._kept)

    @property
    def lines(self) -> tuple[str, ...]:
        """The addressees."""
        return tuple(line.strip() for line in self.addressees.toPlainText().splitlines() if line.strip())


class PreviewPage(Page):
    """Before and after, what stays, and what stands against it."""

    def __init__(self) -> None:
        super().__init__(say("This will change"), say("Nothing has been written yet."))
        columns: Sequence[Column[Line]] = (
            Column(_("What changes"), lambda one: render(one.what), width=176),
            Column(_("Until the day before"), lambda one: one.before, width=250),
            Column(
                _("From the day"),
                lambda one: one.after,
                stretch=True,
                strong=lambda _one: True,
            ),
        )
        self.model = RowsModel(columns)
        self.table = Table(self.model, name=_("Before and after"))
        self.body.addWidget(self.table, 1)
        self.state = SignLabel(Sign.INFO, "", strong=True)
        self.text = label("", wrap=True)
        self.body.addWidget(self.state)
        self.body.addWidget(self.text)

    def show_preview(self, lines: Sequence[Line], findings: Sequence[Finding], notes: Sequence[Sentence]) -> None:
        """What a change would do."""
        self.model.show([line for line in lines if not line.stays])
        told = [render(one.message) + (" " + render(one.advice) if one.advice else "") for one in findings]
        if findings:
            self.state.show_state(Sign.ERROR, _("This stands against it"), Tone.BAD)
            self.text.setText("\n".join(told))
            return
        self.state.show_state(Sign.CHECKED, _("This stays"), Tone.GOOD)
        self.text.setText("\n".join(f"• {render(one)}" for one in (*staying(), *notes)))
