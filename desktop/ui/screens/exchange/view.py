"""The exchange desk: what goes up at the left, what came in and what was sent at the right; keys on their own tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedLayout, QVBoxLayout, QWidget

from desktop.application.keys import KeyView
from desktop.application.packages import PartnerStatus
from desktop.application.sent_packages import SentPackage, Unreceived
from desktop.domain.periods import Period
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.screens.entry.history import moment_of
from desktop.ui.screens.exchange.detail import DetailChoice
from desktop.ui.screens.exchange.places import PlaceList
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, Notice, PageBar, Panel, SignLabel, button, column, label, row, rule
from desktop.ui.widgets.tables import Column, RowsModel, Table

STEPS = 3


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that looks like a package: where it is, and what inspecting it said."""

    path: Path
    is_receipt: bool
    sender: str
    number: str
    said: str
    sign: Sign
    tone: Tone
    acceptable: bool
    detail: str


class ExchangeView(QWidget):
    """Everything of the page."""

    partner_chosen = Signal(str)
    folder_asked = Signal()
    refresh_asked = Signal()
    write_asked = Signal()
    open_asked = Signal()
    incoming_chosen = Signal(object)
    take_asked = Signal()
    tab_chosen = Signal(str)
    open_package_asked = Signal()
    whole_switched = Signal(bool)
    detail_changed = Signal()

    def __init__(self, keys: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.is_compact = False
        self._next = 1
        self.bar = PageBar(_("Send – receive"))
        self.tabs = {"desk": self.bar.add_tab(_("Packages")), "keys": self.bar.add_tab(_("Partners and keys"))}
        for key, made in self.tabs.items():
            made.clicked.connect(lambda _checked=False, key=key: self.tab_chosen.emit(key))
        self.stack = QStackedLayout()
        self.stack.addWidget(self._desk())
        self.stack.addWidget(keys)
        body: QVBoxLayout = column(self.bar, gap=4)
        body.addLayout(self.stack, 1)
        self.setLayout(body)

    def sizeHint(self) -> QSize:
        """The whole page."""
        return QSize(1190, 600)

    def _desk(self) -> QWidget:
        desk = QWidget()
        line = row(gap=8)
        line.addWidget(self._sending(), 5)
        right = column(gap=8)
        right.addWidget(self._receiving(), 3)
        right.addWidget(self._sent(), 2)
        line.addLayout(right, 6)
        desk.setLayout(line)
        return desk

    def _sending(self) -> Panel:
        self.sending = Panel(_("Send"))
        self.partner = QComboBox()
        self.partner.setAccessibleName(_("Partner"))
        self.partner.setMinimumWidth(220)
        self.partner.activated.connect(lambda: self.partner_chosen.emit(self.partner.currentData()))
        self.sending.add_to_head(self.partner)
        self.sending.head_row.setFixedHeight(36)
        self.sending.add(self._lacking(), 1)
        self.sending_body = self._writing()
        self.sending.add(self.sending_body)
        self.no_partner = Empty(
            _("No partner yet"),
            _(
                "Exchange key files with the superior office first: save yours, take in theirs, "
                "and read the digits to each other on the telephone."
            ),
            button(_("Open package…"), self.open_package_asked.emit),
            button(_("To partners and keys"), lambda: self.tab_chosen.emit("keys"), kind="primary"),
        )
        self.sending.add(self.no_partner, 1)
        return self.sending

    def _lacking(self) -> Table:
        """What the partner has not received yet."""
        self.unreceived_model: RowsModel[Unreceived] = RowsModel(
            [
                Column(
                    _("Not received yet"),
                    lambda one: words.named(one.form_name["vi"], one.form_name["en"]),
                    second=lambda one: render(Period.parse(one.period).sentence()),
                    stretch=True,
                ),
                Column(_("Communes"), lambda one: str(len(one.units)), number=True, width=76, strong=lambda _one: True),
                Column(_("Finished"), lambda one: f"{one.finished}/{len(one.units)}", number=True, width=84),
            ]
        )
        self.unreceived = Table(self.unreceived_model, name=_("Not received yet"), lines=2)
        self.unreceived.setMinimumHeight(100)
        return self.unreceived

    def _writing(self) -> QWidget:
        """Where to write the package, and how far it is."""
        self.pending = label("", "head", wrap=True)
        self._figures = ""
        """How many figures the partner has not received."""
        self.finished_only = QCheckBox(_("Only forms that are complete"))
        self.finished_only.setChecked(True)
        self.whole = QCheckBox(_("Everything again, from the beginning"))
        self.whole.setToolTip(_("For an office that begins anew, or works on another computer."))
        self.whole.toggled.connect(self.whole_switched)
        self.places = PlaceList()
        self.other = button(_("Other folder…"), self.folder_asked.emit, kind="link", icon="folder_open_16_regular")
        self.again = button(_("Look again"), self.refresh_asked.emit, kind="link", icon="arrow_sync_16_regular")
        self.no_stick = label(_("No stick is plugged in. Plug one in, or choose a folder."), "hint", wrap=True)
        self.number = label("", "head")
        steps = (
            _("Close the figures that go out"),
            _("Pack, sign and seal"),
            _("Write and read back, compare every byte"),
        )
        self.steps = [SignLabel(Sign.NOT_STARTED, text) for text in steps]
        self.result = QWidget()
        self.result.setLayout(column(gap=0))
        self.write = button(_("Write the package"), self.write_asked.emit, kind="primary", icon="usb_stick_20_regular")
        self.detail_choice = DetailChoice()
        self.detail_choice.changed.connect(self.detail_changed)
        body = column(self.pending, self.detail_choice, self.finished_only, self.whole, rule(), gap=6)
        body.addLayout(row(label(_("1. Choose a stick or folder"), "head"), None, self.again, self.other))
        body.addWidget(self.no_stick)
        body.addWidget(self.places)
        body.addWidget(self.number)
        for step in self.steps:
            body.addWidget(step)
        body.addWidget(self.result)
        body.addLayout(row(self.write, None))
        body.setContentsMargins(11, 8, 11, 10)
        made = QWidget()
        made.setLayout(body)
        return made

    def _receiving(self) -> Panel:
        panel = Panel(_("Receive"))
        self.receiving = panel
        self.open = button(_("Open another file…"), self.open_asked.emit, kind="link", icon="folder_open_16_regular")
        panel.add_to_head(self.open)
        self.incoming_model: RowsModel[Incoming] = RowsModel(
            [
                Column(
                    _("File"),
                    lambda one: one.path.name,
                    second=lambda one: one.number,
                    sign=lambda one: one.sign,
                    stretch=True,
                ),
                Column(_("Sender"), lambda one: one.sender, width=190),
                Column(_("Looked at"), lambda one: one.said, tone=lambda one: one.tone, width=190),
            ]
        )
        self.incoming = Table(self.incoming_model, name=_("Packages found"), lines=2)
        self.incoming.row_chosen.connect(self.incoming_chosen)
        panel.add(self.incoming, 1)
        self.nothing_came = label(
            _(
                "No package lies in the chosen place. Packages that are found show up here; any "
                "other file can be opened."
            ),
            "hint",
            wrap=True,
        )
        self.nothing_came.setContentsMargins(11, 8, 11, 8)
        panel.add(self.nothing_came)
        self.detail = label("", wrap=True)
        self.detail.setContentsMargins(11, 6, 11, 6)
        panel.add(self.detail)
        self.take = button(_("Take in, write receipt"), self.take_asked.emit)
        self.take.setEnabled(False)
        panel.add_foot(None, self.take)
        return panel

    def _sent(self) -> Panel:
        self.sent_panel = Panel(_("Packages sent"))
        self.sent_count = label("", "hint")
        self.sent_panel.add_to_head(self.sent_count)
        self.sent_model: RowsModel[SentPackage] = RowsModel(
            [
                Column(_("Number"), lambda one: str(one.sequence), number=True, width=44, strong=lambda _one: True),
                Column(_("Made"), lambda one: moment_of(one.made), width=136),
                Column(_("Changes"), lambda one: str(one.rows), number=True, width=78),
                Column(_("File"), lambda one: one.file, stretch=True),
                Column(_("Receipt"), _receipt_word, sign=_receipt_sign, tone=_receipt_tone, width=158),
            ]
        )
        self.sent = Table(self.sent_model, name=_("Packages sent"))
        self.sent_panel.add(self.sent, 1)
        return self.sent_panel

    # ---- showing ----

    def show_tab(self, key: str) -> None:
        """Desk or keys."""
        self.tabs[key].setChecked(True)
        self.stack.setCurrentIndex(0 if key == "desk" else 1)

    def show_partners(self, partners: Sequence[PartnerStatus], chosen: str | None) -> None:
        """Whom packages can be written for."""
        self.partner.clear()
        for partner in partners:
            self.partner.addItem(partner.name, partner.partner)
        self.partner.setCurrentIndex(max(self.partner.findData(chosen), 0))
        has_one = bool(partners)
        for part in (self.partner, self.sending_body):
            part.setVisible(has_one)
        self.unreceived.setVisible(has_one and not self.is_compact)
        self.no_partner.setVisible(not has_one)

    def show_status(
        self, status: PartnerStatus | None, unreceived: Sequence[Unreceived], sent: Sequence[SentPackage]
    ) -> None:
        """What one partner has and has not."""
        self.unreceived_model.show(unreceived)
        self.sent_model.show(sent)
        if status is None:
            self.sent_count.setText("")
            return
        waiting = _("{office} has not received: {count} changes").format(office=status.name, count=status.pending)
        self._figures = waiting if status.pending else _("{office} has received everything").format(office=status.name)
        self._next = status.sent + 1
        self.show_number()
        answered = sum(one.result in ("accepted", "partly") for one in sent)
        self.sent_count.setText(
            _("{answered} of {count} with a receipt").format(answered=answered, count=len(sent)) if sent else ""
        )

    def show_number(self) -> None:
        """Which package is the next; lists of children are counted apart."""
        apart = _("Lists of children are sent apart from figures.")
        self.pending.setText(apart if self.detail_choice.is_of_children else self._figures)
        if self.detail_choice.is_of_children:
            self.number.setText(_("2. Write the list of children"))
            self.write.setText(_("Write the list"))
        else:
            self.number.setText(_("2. Write package no. {number}").format(number=self._next))
            self.write.setText(_("Write package {number}").format(number=self._next))
        self.arrange_writing()

    def allow_writing(self, *, allowed: bool) -> None:
        """A package needs a place and something to send."""
        self.write.setEnabled(allowed)

    def show_steps(self, done: int, *, failed: bool = False) -> None:
        """Tick the steps that were done."""
        for at, step in enumerate(self.steps):
            if at < done:
                step.show_state(Sign.CHECKED, step.words.text())
            elif at == done and failed:
                step.show_state(Sign.ERROR, step.words.text(), Tone.BAD)
            else:
                step.show_state(Sign.NOT_STARTED, step.words.text())

    def show_result(self, notice: Notice | None) -> None:
        """What came of writing."""
        body = self.result.layout()
        while body is not None and body.count():
            item = body.takeAt(0)
            if item is not None and item.widget() is not None:
                item.widget().deleteLater()
        if notice is not None and body is not None:
            body.addWidget(notice)

    def show_incoming(self, found: Sequence[Incoming]) -> None:
        """The files that look like packages."""
        self.incoming_model.show(found)
        self.incoming.setVisible(bool(found))
        self.nothing_came.setVisible(not found)
        self.show_detail("", acceptable=False)

    def show_detail(self, text: str, *, acceptable: bool, tone: Tone | None = None) -> None:
        """What the chosen file says of itself."""
        from desktop.ui.style.sheet import mark

        self.detail.setText(text)
        self.detail.setVisible(bool(text))
        mark(self.detail, tone=tone.value if tone else "")
        self.take.setEnabled(acceptable)

    def arrange_writing(self) -> None:
        """What stands above the button: where there is little room, no more than the choice needs."""
        full = not (self.is_compact and self.detail_choice.is_of_children)
        self.number.setVisible(not self.is_compact)
        self.finished_only.setVisible(full)
        self.detail_choice.set_compact(self.is_compact)
        for step in self.steps:
            step.setVisible(full)

    def set_compact(self, compact: bool) -> None:
        """The list of packages sent goes."""
        self.sent_panel.setVisible(not compact)
        self.is_compact = compact
        self.unreceived.setVisible(bool(self.partner.count()) and not compact)
        self.whole.setVisible(not compact)
        self.arrange_writing()
        self.incoming.setColumnHidden(1, compact)


def _receipt_word(one: SentPackage) -> str:
    return {
        None: _("no receipt yet"),
        "accepted": _("received"),
        "partly": _("received, some wait"),
        "refused": _("refused"),
    }.get(one.result, one.result or "")


def _receipt_sign(one: SentPackage) -> Sign:
    return {None: Sign.NOT_STARTED, "accepted": Sign.CHECKED, "partly": Sign.WARNING}.get(one.result, Sign.ERROR)


def _receipt_tone(one: SentPackage) -> Tone:
    return {None: Tone.MUTE, "accepted": Tone.GOOD, "partly": Tone.WARN}.get(one.result, Tone.BAD)


def key_columns() -> list[Column[KeyView]]:
    """A partner's key: who, what it is to us, its digits, whether they were read on the telephone."""
    roles = {"parent": _("superior office"), "child": _("subordinate office"), "desk": _("other computer of ours")}
    return [
        Column(_("Partner"), lambda key: key.name, second=lambda key: roles.get(key.role or "", ""), stretch=True),
        Column(_("Digits"), lambda key: key.fingerprint, width=290),
        Column(
            _("State"),
            lambda key: _("revoked") if key.revoked_from else _("confirmed") if key.confirmed else _("not confirmed"),
            sign=lambda key: Sign.ERROR if key.revoked_from else Sign.CHECKED if key.confirmed else Sign.WARNING,
            tone=lambda key: Tone.BAD if key.revoked_from else Tone.GOOD if key.confirmed else Tone.WARN,
            width=140,
        ),
    ]


def centred(text: str, kind: str) -> QWidget:
    """Words in the middle of a line."""
    made = label(text, kind)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made
