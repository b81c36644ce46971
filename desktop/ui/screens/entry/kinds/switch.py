"""Which figures are typed: actual, estimated or assigned; a strip says what the chosen kind means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame

from desktop.domain.values import Kind
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.style.sheet import mark
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Elided, SignLabel, button, row

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView

KINDS: Final = (Kind.ACTUAL, Kind.ESTIMATE, Kind.ASSIGNED)


def kind_words(kind: Kind) -> str:
    """A kind as the office says it."""
    return {
        Kind.ACTUAL: _("Actual figures"),
        Kind.ESTIMATE: _("Estimated figures"),
        Kind.ASSIGNED: _("Assigned figures"),
    }[kind]


class KindStrip(QFrame):
    """Below the page bar while other figures than the actual ones are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        mark(self, tone="busy")
        self.setFixedHeight(33)
        self.word = SignLabel(Sign.INFO, "", strong=True)
        self.text = Elided()
        self.decision = button(_("Decision…"), kind="small")
        self.distribute = button(_("Divide a total…"), kind="small")
        self.propose = button(_("Propose from the figures so far…"), kind="small")
        line = row(self.word, gap=10, margins=(9, 0, 5, 0))
        line.addWidget(self.text, 1)
        for part in (self.decision, self.distribute, self.propose):
            line.addWidget(part)
        self.setLayout(line)

    def show_kind(self, kind: Kind, word: str, text: str) -> None:
        """Another kind."""
        self.setVisible(kind is not Kind.ACTUAL)
        self.word.show_state(Sign.INFO, word)
        self.text.setText(text)
        self.text.setToolTip(text)
        self.setAccessibleName(f"{word}. {text}")
        self.decision.setVisible(kind is Kind.ASSIGNED)
        self.distribute.setVisible(kind is Kind.ASSIGNED)
        self.propose.setVisible(kind is Kind.ESTIMATE)


class KindSwitch(QObject):
    """One list for both ways."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        super().__init__(screen)
        self._screen, self._view = screen, view
        self.list = QComboBox()
        self.list.setAccessibleName(_("Which figures"))
        self.list.setToolTip(_("Actual figures, estimates before the end of a period, or figures assigned for a year"))
        for kind in KINDS:
            self.list.addItem(kind_words(kind), kind.value)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.list.setIconSize(QSize(0, 0))
        self.list.activated.connect(lambda at: self.choose(KINDS[at]))
        view.bar.add(self.list)
        view.pages.currentChanged.connect(lambda _at: self._show_chosen())
        self.strip = KindStrip()
        self.strip.hide()
        self.strip.decision.clicked.connect(self.ask_decision)
        self.strip.distribute.clicked.connect(self.ask_distribution)
        self.strip.propose.clicked.connect(self.ask_proposals)
        whole = view.layout()
        if isinstance(whole, QBoxLayout):
            whole.insertWidget(1, self.strip)

    def choose(self, kind: Kind) -> None:
        """Show and type other figures; what is half typed is kept first."""
        screen = self._screen
        if kind is screen.kind:
            return
        if not screen.settle():
            self._show_chosen()
            return
        screen.kind = kind
        screen.load()
        screen.checking.check_again()

    def fit(self) -> None:
        """Before a form and period are read: figures are assigned for whole years only."""
        is_year = self._screen.session.period.is_year
        if self._screen.kind is Kind.ASSIGNED and not is_year:
            self._screen.kind = Kind.ACTUAL
        model = self.list.model()
        item = model.item(KINDS.index(Kind.ASSIGNED)) if isinstance(model, QStandardItemModel) else None
        if item is not None:
            item.setEnabled(is_year)
            item.setToolTip("" if is_year else _("Figures are assigned for a year: choose a year above."))
        self._show_chosen()

    def _show_chosen(self) -> None:
        kind = self._screen.kind
        # The board shows forms of actual figures whatever is typed.
        is_typed = self._screen.ways.grid is not None
        self.list.setVisible(is_typed)
        self.list.setCurrentIndex(KINDS.index(kind))
        mark(self.list, tone="" if kind is Kind.ACTUAL else "busy")
        self.strip.show_kind(kind if is_typed else Kind.ACTUAL, kind_words(kind), self._text(kind))

    def _text(self, kind: Kind) -> str:
        session = self._screen.session
        if kind is Kind.ESTIMATE:
            return _("Estimates never count as reported and go into no form, score or package of actual figures.")
        if kind is Kind.ACTUAL:
            return ""
        from desktop.application import assigned  # few sittings look at assigned figures

        held = assigned.decision(session.record, form=self._screen.form, year=session.period.year)
        if held is None or not held.number:
            return _("{period}: the decision has not been entered.").format(period=words.period_name(session.period))
        day = _(" of {day}").format(day=words.day(held.decided_on)) if held.decided_on else ""
        origin = "" if held.own else _(" (from the office above)")
        return _("{period}: decision {number}{day}{origin}").format(
            period=words.period_name(session.period), number=held.number, day=day, origin=origin
        )

    # ---- dialogs ----

    def ask_decision(self) -> None:
        """Number and date of the decision behind the assigned figures."""
        from desktop.ui.screens.entry.kinds.decision import ask_decision

        if ask_decision(self._view, self._screen.session, self._screen.form):
            self._show_chosen()

    def ask_distribution(self) -> None:
        """Divide the office's total of one element among its communes."""
        from desktop.ui.screens.entry.kinds.distribution import DistributionDialog

        if self._screen.settle():
            place = self._screen.ways.place_now()
            element = place.get("element") if place else None
            DistributionDialog(self._view, self._screen.session, form=self._screen.form, element=element).exec()

    def ask_proposals(self) -> None:
        """Estimates proposed from what is known so far: of the commune shown, or of all."""
        from desktop.ui.screens.entry.kinds.proposals import propose

        if not self._screen.settle():
            return
        shown = self._screen.ways.shown
        place = shown.place() if shown is not None else None
        code = place.get("unit") if place else None
        uids = [commune.uid for commune in self._screen.session.communes if code in (None, commune.code)]
        propose(self._view, self._screen.session, form=self._screen.form, uids=uids)
