"""Joins the page of units with the record: reading, acts, proposals, undo."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from desktop.application import acts, proposals
from desktop.application.acts_history import Event
from desktop.application.proposals import Proposal
from desktop.application.units import UnitRow, units_on
from desktop.domain.acts_drafts import EARLIEST, LATEST, Draft
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.dialogs.ask import confirm
from desktop.ui.screens.catalogue.units.act_dialog import ActDialog
from desktop.ui.screens.catalogue.units.page import UnitsPage
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone


class UnitsPart(QObject):
    """Acts are one change each with their own way back: the button here, never Ctrl+Z."""

    def __init__(self, session: Session, page: UnitsPage, window: QWidget) -> None:
        super().__init__(page)
        self._session, self._page, self._window = session, page, window
        self.day = session.day
        self._has_own_day = False
        self._rows: dict[str, UnitRow] = {}
        self._text = ""
        page.day.editingFinished.connect(self._choose_day)
        page.tree.unit_chosen.connect(self.show_unit)
        page.tree.itemClicked.connect(lambda _item: page.choose("timeline"))
        page.timeline.row_chosen.connect(lambda one: page.undo.setEnabled(one.act is not None))
        page.undo.clicked.connect(self.undo)
        page.enter.clicked.connect(self.enter)
        page.proposals.row_chosen.connect(lambda one: page.confirm_one.setEnabled(not one.is_confirmed))
        page.confirm_sure.clicked.connect(self.confirm_sure)
        page.confirm_one.clicked.connect(self.confirm_one)
        page.proposals.row_opened.connect(lambda _one: self.confirm_one())

    def load(self) -> None:
        """Read the tree of the day and the proposals."""
        record = self._session.record
        if not self._has_own_day:
            self.day = self._session.day
        self._page.day.setText(words.day(self.day))
        rows = units_on(record, day=self.day)
        self._rows = {row.uid: row for row in rows}
        self._page.tree.show_units(rows, [commune.uid for commune in self._session.communes])
        self._page.tree.narrow(self._text)
        self._page.show_proposals(proposals.proposals(record))
        self.show_unit(self._page.tree.chosen)

    def narrow(self, text: str) -> int:
        """Search the tree; how many units fit."""
        self._text = text
        return self._page.tree.narrow(text)

    def show_unit(self, uid: str) -> None:
        """The timeline of one unit."""
        held = self._rows.get(uid)
        events = proposals.timeline(self._session.record, uid) if held else []
        self._page.show_timeline(held.name if held else "", events)

    def _choose_day(self) -> None:
        text = self._page.day.text().strip()
        day = read_day(text, self._session.today())
        if day is None or not EARLIEST <= day <= LATEST:
            self._page.day.setText(words.day(self.day))
            if text:
                self._session.say(_("“{text}” is not a day: write 01/07/2025.").format(text=text), Tone.BAD)
        elif day != self.day:
            self.day, self._has_own_day = day, True
            self.load()

    def enter(self) -> None:
        """A new act, begun with the unit chosen."""
        held = self._rows.get(self._page.tree.chosen)
        first = (held.code or f"uid:{held.uid}") if held else ""
        asked = ActDialog(self._window, self._session, first=first)
        if asked.exec() == QDialog.DialogCode.Accepted and asked.draft is not None:
            self._write([asked.draft])

    def _write(self, drafts: list[Draft]) -> None:
        self._session.write(lambda record: acts.enter_acts(record, drafts, source="window"))

    def confirm_sure(self) -> None:
        """All proposals of which both lists agree on whole units, at once."""
        self._session.write(lambda record: proposals.confirm(record, sure=True, source="window"))

    def confirm_one(self) -> None:
        """One proposal, looked at and perhaps mended by a person."""
        one: Proposal | None = self._page.proposals.chosen()
        if one is None or one.is_confirmed:
            return
        asked = ActDialog(self._window, self._session, draft=one.draft)
        if asked.exec() == QDialog.DialogCode.Accepted and asked.draft is not None:
            self._write([asked.draft])

    def undo(self) -> None:
        """Take the act of the chosen line back, if nothing stands on it."""
        event: Event | None = self._page.timeline.chosen()
        if event is None or event.act is None:
            return
        act = event.act
        why = acts.why_not_undone(self._session.record, act)
        if why:
            advice = render(why[0].advice) if why[0].advice else ""
            self._session.say(f"{render(why[0].message)} {advice}".strip(), Tone.BAD)
            return
        title = _("Undo the act of {day}?").format(day=words.day(act.date))
        text = _("{basis}\nThe register is as it was before. The act stays in the history as undone.")
        deed, leave = _("Undo the act"), _("Leave it")
        if confirm(self._window, title, text.format(basis=act.basis), deed=deed, leave=leave) is not None:
            self._session.write(lambda record: acts.undo_act(record, act.uid, source="window"))
