"""A guided act: what there was, what there is, on which basis; what it does is shown while it is typed."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.application import acts
from desktop.application.acts import ActAnswer
from desktop.application.acts_words import KINDS, preview_sentences
from desktop.application.units import units_on
from desktop.domain.acts import ActKind
from desktop.domain.acts_drafts import EARLIEST, LATEST, Draft
from desktop.domain.findings import Severity
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.screens.catalogue.units.act_rows import SourceRows, TargetRows, shares_of
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, column, label, row

PAUSE = 250  # milliseconds after the last key


class ActDialog(QDialog):
    """`draft` is what was typed where it may be entered, else None."""

    def __init__(
        self, parent: QWidget | None, session: Session, *, first: str = "", draft: Draft | None = None
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        title = _("Confirm a proposal") if draft else _("Enter an act of units")
        self.setWindowTitle(title)
        self.resize(880, 430)
        self._session = session
        self.answer: ActAnswer | None = None
        self.kinds = QComboBox()
        for kind, name in KINDS.items():
            self.kinds.addItem(render(name), kind.value)
        self.day = QLineEdit(words.day(draft.date if draft else session.today()))
        self.day.setFixedWidth(96)
        self.basis = QLineEdit(draft.basis if draft else "")
        self.basis.setPlaceholderText(_("Number and date of the decree"))
        self.froms, self.tos = SourceRows(self._name_before), TargetRows(self._name_after)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setAccessibleName(_("What the act does"))
        self.save = button(_("Enter the act"), self.accept, kind="primary")
        self._lay_out(title)
        self._fill(first, draft)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        for field in (self.day, self.basis):
            field.textChanged.connect(lambda _text: self._pause.start())
        self.kinds.currentIndexChanged.connect(lambda _at: self._kind_changed())
        self.froms.changed.connect(self._pause.start)
        self.tos.changed.connect(self._pause.start)
        self._kind_changed()
        self.look()

    def _lay_out(self, title: str) -> None:
        for name, part in ((_("Act"), self.kinds), (_("On"), self.day), (_("Legal basis"), self.basis)):
            part.setAccessibleName(name)
        left = column(
            label(_("Before: units as of the day before"), "second"),
            self.froms,
            label(_("After: units as of the day itself"), "second"),
            self.tos,
            gap=5,
        )
        right = column(label(_("What the act does"), "second"), self.told, gap=5)
        middle = row(gap=14)
        middle.addLayout(left, 5)
        middle.addLayout(right, 4)
        body = column(label(title, "subject"), gap=8, margins=(18, 14, 18, 14))
        head = row(self.kinds, label(_("On"), "second"), self.day, label(_("Legal basis"), "second"), gap=8)
        head.addWidget(self.basis, 1)
        body.addLayout(head)
        body.addLayout(middle, 1)
        body.addLayout(row(None, button(_("Cancel"), self.reject), self.save))
        self.setLayout(body)

    def _fill(self, first: str, draft: Draft | None) -> None:
        kind = draft.kind if draft else ActKind.MERGE
        self.kinds.setCurrentIndex(list(KINDS).index(kind))
        if draft is not None:
            for source in draft.froms:
                self.froms.add(source.code, source.name or "", part=source.part)
            for target in draft.tos:
                self.tos.add(target.code or "", target.name or "", target.parent or "")
        elif first:
            self.froms.add(first)
            self.tos.add(first)
        self.froms.add()
        self.tos.add()

    @property
    def kind(self) -> ActKind:
        """What the act is."""
        return ActKind(str(self.kinds.currentData()))

    @property
    def on(self) -> date | None:
        """The day as typed."""
        found = read_day(self.day.text(), self._session.today())
        return found if found is not None and EARLIEST <= found <= LATEST else None

    @property
    def draft(self) -> Draft | None:
        """What may be entered."""
        return self.answer.draft if self.answer and self.answer.act else None

    def _kind_changed(self) -> None:
        self.froms.setEnabled(self.kind is not ActKind.ESTABLISH)
        self.tos.setEnabled(self.kind is not ActKind.DISSOLVE)
        self.froms.show_shares(shown=self.kind in (ActKind.MERGE, ActKind.SPLIT))
        self._pause.start()

    def _name_before(self, code: str) -> str:
        return self._name(code, self.on - timedelta(days=1)) if self.on else ""

    def _name_after(self, code: str) -> str:
        return self._name(code, self.on) if self.on else ""

    def _name(self, code: str, day: date) -> str:
        rows = units_on(self._session.record, day=day)
        return next((one.name for one in rows if code in (one.code, f"uid:{one.uid}")), "")

    def look(self) -> None:
        """Work the act out as it is typed, and say what it does or what is missing."""
        self._pause.stop()
        self.answer = None
        day = self.on
        if day is None:
            self._say([_("Type the day of the act: 01/07/2025.")])
            return
        sources = self.froms.sources() if self.froms.isEnabled() else ()
        targets = self.tos.targets() if self.tos.isEnabled() else ()
        shares = shares_of(self.froms, self.tos) if self.kind in (ActKind.MERGE, ActKind.SPLIT) else ()
        told = Draft(self.kind, day, self.basis.text().strip(), sources, targets, shares)
        try:
            self.answer = acts.look_at(self._session.record, told)
        except AppError as fault:
            self._say([render(fault.title)])
            return
        lines = [f"{_SIGNS[one.severity]} {render(one.message)}" for one in self.answer.findings]
        lines += [f"    {render(one.advice)}" for one in self.answer.findings if one.advice and not self.answer.act]
        lines += [f"• {render(said)}" for said in preview_sentences(self.answer.preview)]
        self._say(lines)

    def _say(self, lines: list[str]) -> None:
        self.told.setPlainText("\n".join(lines))
        self.save.setEnabled(self.draft is not None)


_SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.NOTE: "–"}
