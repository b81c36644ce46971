"""Papers of children seen before they are saved or printed: made on a worker, with what may be chosen of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QStackedWidget, QWidget

from desktop.application.children_papers import (
    CHILD_CARD,
    FOLLOW_UP,
    NUTRITION,
    REGISTER,
    WEIGHING_LIST,
    Which,
    paper_pdf,
)
from desktop.application.records import Record
from desktop.domain.text import fold
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.printing import ask_printer
from desktop.ui.saving import save_bytes
from desktop.ui.session import Session
from desktop.ui.widgets.pages import PagesView, PdfPages
from desktop.ui.widgets.parts import Empty, button, column, label, row
from desktop.wording import say

ALL: Final = "\x00"
"""The data of the choice "all": a village may have no name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A list above the pages: its name and what may be chosen, (words, data)."""

    name: str
    options: Sequence[tuple[str, str]]
    chosen: str = ALL


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be shown: its title and file name, its lists, and how it is made of what they hold."""

    title: str
    file: str
    make: Callable[[Record, Sequence[str], Step], bytes]
    choices: Sequence[Choice] = ()


class PaperDialog(QDialog):
    """Shows the very pages that are saved and printed."""

    def __init__(self, parent: QWidget | None, session: Session, paper: Paper) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(paper.title)
        self.resize(980, 640)
        self._session, self._paper = session, paper
        self._making: RunningJob | None = None
        self.lists = [self._list(choice) for choice in paper.choices]
        self.pages = PagesView()
        self.nothing = Empty(_("Making the paper…"), "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.pages)
        self.count = label("", "hint")
        self.print = button(_("Print…"), self.ask_printer, icon="print_16_regular", tip=_("Print  Ctrl+P"))
        self.save = button(_("Save PDF…"), self.ask_where, kind="primary", icon="document_pdf_16_regular")
        bar = row(label(paper.title, "subject"), gap=8)
        for made in self.lists:
            bar.addWidget(made)
        bar.addStretch(1)
        for part in (self.count, self.print, self.save):
            bar.addWidget(part)
        whole = column(gap=8, margins=(12, 10, 12, 12))
        whole.addLayout(bar)
        whole.addWidget(self.stack, 1)
        self.setLayout(whole)
        QShortcut(QKeySequence("Ctrl+P"), self, self.ask_printer)
        self.finished.connect(self._leave)
        self.make()

    def _list(self, choice: Choice) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(choice.name)
        made.setToolTip(choice.name)
        made.setMaximumWidth(260)
        for text, data in choice.options:
            made.addItem(text, data)
        made.setCurrentIndex(max(0, made.findData(choice.chosen)))
        made.activated.connect(lambda _at: self.make())
        return made

    def make(self) -> None:
        """Make the pages of what is chosen; what was being made before is dropped."""
        self._drop()
        chosen, paper = [str(made.currentData()) for made in self.lists], self._paper
        for act in (self.print, self.save):
            act.setEnabled(False)

        def work(record: Record, step: Step) -> bytes:
            return paper.make(record, chosen, step)

        job = RunningJob(say("Make the paper"), work)
        job.succeeded.connect(self._show)
        job.failed.connect(self._refused)
        self._making = job
        # Lists with names are noted in the log of who looked: that is a write.
        self._session.jobs.start(job, writes=True)

    def _drop(self) -> None:
        if self._making is not None and not self._making.is_over:
            self._making.stop()
            self._making.silence()

    def _show(self, data: bytes) -> None:
        pages = PdfPages(data)
        self.count.setText(_("{count} pages").format(count=len(pages)) if len(pages) > 1 else _("1 page"))
        self.pages.show_pages(pages)
        self.stack.setCurrentWidget(self.pages)
        for act in (self.print, self.save):
            act.setEnabled(True)

    def _refused(self, fault: BaseException) -> None:
        if not isinstance(fault, AppError):
            self._session.refuse(fault)
            return
        self.nothing.title.setText(render(fault.title))
        self.nothing.text.setText(render(fault.advice) if fault.advice else "")
        self.stack.setCurrentWidget(self.nothing)

    def _leave(self, _result: int) -> None:
        self._drop()
        self.pages.show_pages(None)

    def ask_where(self) -> None:
        """Ask for a file and save the very bytes shown."""
        held = self.pages.pages
        if held is None:
            return
        name, _filter = QFileDialog.getSaveFileName(self, _("Save PDF"), f"{self._paper.file}.pdf", "PDF (*.pdf)")
        if name:
            save_bytes(self._session, Path(name), held.data)

    def ask_printer(self) -> None:
        """Ask for a printer and print what is shown."""
        if self.pages.pages is not None and self.print.isEnabled():
            ask_printer(self, self._session, self.pages.pages.data, self._paper.file)


def _made(
    session: Session, name: str, unit: str | None, which: Callable[[Sequence[str]], Which]
) -> Callable[[Record, Sequence[str], Step], bytes]:
    period, today = session.period, session.today()

    def make(record: Record, chosen: Sequence[str], step: Step) -> bytes:
        return paper_pdf(record, name=name, unit=unit, period=period, today=today, which=which(chosen), step=step)[0]

    return make


def _file(session: Session, words: str) -> str:
    return f"{fold(words).replace(' ', '-')}-{session.period.id}"


def _villages(names: Sequence[str], chosen: str = ALL) -> Choice:
    known = [(name or _("village unknown"), name) for name in names]
    return Choice(_("Village"), [(_("All villages"), ALL), *known], chosen)


def _sessions(known: Sequence[tuple[str, str]], every: str, chosen: str) -> Choice:
    return Choice(_("Weighing session"), [(every, ALL), *known], chosen)


def _uids(text: str) -> tuple[str, ...] | None:
    return None if text == ALL else tuple(text.split())


def open_nutrition(
    parent: QWidget, session: Session, *, unit: str | None, sessions: tuple[str, ...] | None
) -> PaperDialog:
    """The nutrition report of the period; only some sessions count where they are named."""
    title = _("Nutrition report")
    make = _made(session, NUTRITION, unit, lambda _chosen: Which(sessions=sessions))
    return _opened(parent, session, Paper(title, _file(session, title), make))


def open_weighing_list(
    parent: QWidget,
    session: Session,
    *,
    unit: str,
    known: Sequence[tuple[str, str]],
    chosen: str | None,
    villages: Sequence[str],
) -> PaperDialog:
    """The list of a session (known: words and uid), of all villages or one."""
    title = _("Weighing list")
    every = _("All sessions of the period")
    make = _made(
        session,
        WEIGHING_LIST,
        unit,
        lambda told: Which(sessions=_uids(told[0]), village=None if told[1] == ALL else told[1]),
    )
    choices = (_sessions(known, every, chosen or ALL), _villages(villages))
    return _opened(parent, session, Paper(title, _file(session, title), make, choices))


def open_follow_up(
    parent: QWidget,
    session: Session,
    *,
    unit: str,
    known: Sequence[tuple[str, str]],
    villages: Sequence[str],
    village: str | None,
) -> PaperDialog:
    """The follow-up list today, or on the last day of a session, of all villages or one."""
    title = _("Follow-up list")
    make = _made(
        session,
        FOLLOW_UP,
        unit,
        lambda told: Which(sessions=_uids(told[0]), village=None if told[1] == ALL else told[1]),
    )
    choices = (
        _sessions(known, _("As it stands now"), ALL),
        _villages(villages, ALL if village is None else village),
    )
    return _opened(parent, session, Paper(title, _file(session, title), make, choices))


def open_card(parent: QWidget, session: Session, *, child: str, name: str) -> PaperDialog:
    """The card of a child up to the end of the period."""
    title = _("Card of {name}").format(name=name)
    make = _made(session, CHILD_CARD, None, lambda _chosen: Which(child=child))
    return _opened(parent, session, Paper(title, _file(session, _("Growth card")), make))


def open_register(parent: QWidget, session: Session, *, unit: str | None) -> PaperDialog:
    """The register of acute malnutrition of the period."""
    title = _("Register of acute malnutrition")
    make = _made(session, REGISTER, unit, lambda _chosen: Which())
    return _opened(parent, session, Paper(title, _file(session, title), make))


def _opened(parent: QWidget, session: Session, paper: Paper) -> PaperDialog:
    made = PaperDialog(parent, session, paper)
    made.open()
    return made
