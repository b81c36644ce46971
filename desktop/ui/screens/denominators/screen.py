"""Mẫu số: one source of population for all communes of a year; what moves is shown before anything is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QHeaderView, QMenu, QVBoxLayout, QWidget

from desktop.application import catalogue, denominator_moves, denominators
from desktop.application.changes import Subject
from desktop.application.denominator_moves import Moved
from desktop.application.denominators import POPULATIONS, Choice, DenominatorSheet, Line
from desktop.application.records import Record
from desktop.application.typed_text import read_typed
from desktop.domain.findings import Finding, Severity
from desktop.domain.values import Value
from desktop.errors import AppError
from desktop.system.i18n import _, language, render
from desktop.ui import figures, words
from desktop.ui.dialogs import faults
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place, Target
from desktop.ui.screens.denominators.model import LineModel, LineTable
from desktop.ui.screens.denominators.moves import MovesPanel
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import PageBar, Panel, button, column, label, row
from desktop.wording import Sentence, say

WORKBOOKS = "*.xlsx *.xlsm *.xls *.ods *.csv"


class DenominatorsView(QWidget):
    """Kind of population above, the communes, and what is about to be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.bar = PageBar(_("Figures to divide by"))
        self.population = QComboBox()
        self.population.setAccessibleName(_("Kind of population"))
        self.propose = button(_("Propose figures"))
        self.propose.setProperty("kind", "menu")
        self.menu = QMenu(self.propose)
        self.propose.setMenu(self.menu)
        self.clear = button(_("Divide by the forms again…"))
        self.bar.add(self.population, self.propose, self.clear)
        self.model = LineModel()
        self.table = LineTable(self.model)
        self.panel = Panel(" ")
        self.sum = label("", "second")
        self.panel.add(self.table, 1)
        self.panel.add_foot(self.sum, None)
        self.moves = MovesPanel()
        body = row(gap=8)
        body.addWidget(self.panel, 1)
        body.addWidget(self.moves)
        whole: QVBoxLayout = column(self.bar, gap=4)
        whole.addLayout(body, 1)
        self.setLayout(whole)


class DenominatorsScreen(Screen):
    """One kind of population of the period's year."""

    place = Place.DENOMINATORS
    shows = frozenset({Subject.VALUES, Subject.PLANS, Subject.CATALOGUE, Subject.OFFICE})
    help = "han-gui-bieu#Mẫu số"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = DenominatorsView()
        self.sheet: DenominatorSheet | None = None
        self._findings: list[Finding] = []
        self._is_drafting = False
        self._looking: RunningJob | None = None
        view = self._view
        for code in POPULATIONS:
            name = denominators.population_name(code)
            view.population.addItem(name.vi if language() == "vi" else str(name), code)
        view.population.activated.connect(lambda _at: self.choose_population())
        for text, deed in (
            (_("What the communes' forms say"), self.propose_forms),
            (_("From a list (Excel, CSV)…"), self.ask_list),
        ):
            view.menu.addAction(text).triggered.connect(lambda _on=False, deed=deed: deed())
        self._elements = view.menu.addMenu(_("From another figure of the forms"))
        view.clear.clicked.connect(lambda _on=False: self.ask_clear())
        view.model.take = self.take_text
        view.moves.changed.connect(self._allow)
        view.moves.dropped.connect(self.drop)
        view.moves.write_asked.connect(self.write)

    @property
    def view(self) -> DenominatorsView:
        """The page."""
        return self._view

    @property
    def year(self) -> int:
        """The year of the period shown."""
        return self.session.period.last.year

    @property
    def population(self) -> str:
        """The kind of population."""
        return str(self._view.population.currentData())

    def load(self) -> None:
        """Read the sheet; what is being prepared is dropped where the year or kind is another one."""
        held = self.sheet
        found = self.sheet = denominators.sheet(self.session.record, year=self.year, population=self.population)
        is_same = held is not None and (held.year, held.population) == (found.year, found.population)
        view = self._view
        view.model.show(found.lines)
        name = self._view.population.currentText()
        view.panel.set_title(_("{name}, {year}").format(name=name, year=found.year))
        self._show_sum(found)
        self._offer_elements()
        view.clear.setEnabled(bool(found.sources))
        if not (is_same and self._is_drafting):
            self.drop()
        self.session.hint_changed.emit()

    def _show_sum(self, found: DenominatorSheet) -> None:
        told = []
        if found.sources:
            state = _("final") if found.official else _("provisional")
            told.append(
                _("Chosen: {total} in {count} communes · {source} ({state})").format(
                    total=figures.figure(found.total.value),
                    count=found.total.reported,
                    source=", ".join(found.sources),
                    state=state,
                )
            )
        else:
            told.append(_("Rates divide by what the communes' forms say."))
        if found.typed_total.reported:
            told.append(
                _("Forms: {total} in {count} communes").format(
                    total=figures.figure(found.typed_total.value), count=found.typed_total.reported
                )
            )
        self._view.sum.setText(" · ".join(told))
        self._view.sum.setToolTip(self._view.sum.text())

    def _offer_elements(self) -> None:
        self._elements.clear()
        known = catalogue.catalogue(self.session.record).elements
        for element in known.values():
            if element.type.value == "count" and element.behaviour.value in ("average", "stock"):
                act = self._elements.addAction(words.named(element.name_vi, element.name_en))
                act.triggered.connect(lambda _on=False, code=element.code: self.propose_forms(code))

    def go(self, target: Target) -> None:
        """Another kind of population."""
        at = self._view.population.findData(target.get("population") or "")
        if at >= 0:
            self._view.population.setCurrentIndex(at)
            self.choose_population()

    def set_compact(self, compact: bool) -> None:
        """What moves gets less room; sources go into the tooltip."""
        self._view.moves.set_compact(compact)
        for at in (2, 3):
            self._view.table.setColumnHidden(at, compact)
        modes = QHeaderView.ResizeMode
        self._view.table.horizontalHeader().setSectionResizeMode(0, modes.Stretch if compact else modes.Interactive)

    def hint(self) -> str:
        """The keys."""
        return _("Type a figure on a line · Enter goes down · Delete leaves a commune out")

    def choose_population(self) -> None:
        """Another kind; what was being prepared is dropped."""
        self._is_drafting = False
        self.load()

    # ---- preparing ----

    def propose_forms(self, element: str | None = None) -> None:
        """What the forms of the year say."""
        try:
            found = denominators.from_form(
                self.session.record, year=self.year, population=self.population, element=element
            )
        except AppError as fault:
            self.session.refuse(fault)
            return
        self._begin(found, [])

    def ask_list(self) -> None:
        """A workbook or CSV with communes down the side."""
        kinds = f"{_('Workbooks and lists')} ({WORKBOOKS})"
        name, _filter = QFileDialog.getOpenFileName(self._view, _("List of population figures"), "", kinds)
        if name:
            self.read_list(Path(name))

    def read_list(self, file: Path) -> None:
        """Read a list beside the window."""
        year, population = self.year, self.population

        def work(record: Record, _step: Step) -> tuple[Choice, list[Finding]]:
            return denominators.from_list(
                record,
                year=year,
                population=population,
                file=file.name,
                data=file.read_bytes(),
                source=file.stem,
                official=False,
            )

        job = RunningJob(say("Read {file}", file=file.name), work)
        job.succeeded.connect(lambda found: self._begin(*found))
        job.failed.connect(self._refused)
        self.jobs.start(job, writes=False)

    def take_text(self, line: Line, text: str) -> bool:
        """A figure typed on a line; empty leaves the commune out."""
        amounts = dict(self._view.model.proposed)
        if not text.strip():
            amounts.pop(line.commune.uid, None)
        else:
            read = self._read(text)
            if isinstance(read, Sentence):
                self.session.say(read, Tone.BAD)
                return False
            amounts[line.commune.uid] = read
        if amounts == self._view.model.proposed:
            return True
        self._findings = []
        self._draft(amounts)
        return True

    def _read(self, text: str) -> Value | Sentence:
        codes = self.sheet.elements if self.sheet is not None else ()
        known = catalogue.catalogue(self.session.record).elements
        element = known[codes[0]] if codes else next(one for one in known.values() if one.type.value == "count")
        read = read_typed(text, element)
        if isinstance(read, Sentence):
            return read
        if not isinstance(read, Value) or read.amount is None or read.amount <= 0:
            return say("“{text}” is not a number of people.", text=text)
        return read

    def _begin(self, choice: Choice, findings: list[Finding]) -> None:
        self._findings = findings
        self._view.moves.source.setText(choice.source)
        self._view.moves.official.setChecked(choice.official)
        wrong = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
        if wrong is not None:
            self.session.say(render(wrong.message), Tone.BAD)
        self._draft(dict(choice.amounts))

    def _draft(self, amounts: dict[str, Value]) -> None:
        self._is_drafting = True
        self._view.model.propose(amounts)
        self._look()
        self._allow()

    def choice(self) -> Choice:
        """What would be written."""
        moves = self._view.moves
        return denominators.typed(
            self.session.record,
            year=self.year,
            population=self.population,
            amounts=self._view.model.proposed,
            source=moves.source.text(),
            official=moves.official.isChecked(),
        )

    def _look(self) -> None:
        """What moves, found beside the window; an older asking is dropped."""
        choice = self.choice()

        def work(record: Record, _step: Step) -> Moved:
            return denominator_moves.moved(record, choice=choice)

        job = self._looking = RunningJob(say("Find what moves"), work)
        job.succeeded.connect(partial(self._show_moved, job))
        job.failed.connect(self._refused)
        self._view.moves.count.setText(_("Finding what moves…"))
        self._view.moves.count.show()
        self.jobs.start(job, writes=False)

    def _show_moved(self, job: RunningJob, found: Moved) -> None:
        if job is self._looking:
            self._view.moves.show_moved(found)

    def _allow(self) -> None:
        moves, amounts = self._view.moves, self._view.model.proposed
        choice = self.choice() if self._is_drafting else None
        moves.write.setEnabled(bool(choice and amounts and moves.source.text().strip()))
        moves.drop.setEnabled(self._is_drafting)
        for part in (moves.source, moves.official):
            part.setEnabled(self._is_drafting)
        missing = choice.missing if choice else ()
        names = ", ".join(words.unit_name(commune.name) for commune in missing[:4]) + (
            ", …" if len(missing) > 4 else ""
        )
        moves.missing.setText(
            _("Without a figure, {count}: {communes}. Their rates divide by nothing chosen.").format(
                count=len(missing), communes=names
            )
        )
        moves.missing.setVisible(bool(missing))

    def drop(self) -> None:
        """Prepare nothing any more; the lines show what is chosen."""
        self._is_drafting = False
        self._findings = []
        self._looking = None
        lines = self.sheet.lines if self.sheet is not None else ()
        self._view.model.propose({line.commune.uid: line.chosen for line in lines if line.chosen is not None})
        self._view.moves.source.setText(", ".join(self.sheet.sources) if self.sheet is not None else "")
        self._view.moves.official.setChecked(bool(self.sheet and self.sheet.sources and self.sheet.official))
        self._view.moves.show_nothing(
            _("Propose figures from the forms or a list, or type them on the lines; what moves is shown here first.")
        )
        self._allow()

    def write(self) -> None:
        """Make them the year's figures to divide by."""
        choice, findings = self.choice(), self._findings
        self._is_drafting = False
        done = self.session.write(lambda record: denominators.choose(record, choice=choice, findings=findings))
        if done is None:
            self._is_drafting = True
            return
        self.session.say(
            say("{count} communes divide by {source}.", count=len(choice.amounts), source=choice.source), Tone.GOOD
        )

    # ---- taking back ----

    def ask_clear(self) -> None:
        """Say what would move, then divide by the forms again."""
        from desktop.ui.dialogs.ask import confirm

        year, population = self.year, self.population
        found = denominator_moves.moved(self.session.record, year=year, population=population)
        turned = sum(len(rate.turned) for rate in found.rates)
        agreed = confirm(
            self._view,
            _("Divide by what the communes' forms say?"),
            _("{rates} rates move, {verdicts} verdicts turn. Ctrl+Z takes it back.").format(
                rates=len(found.rates), verdicts=turned
            ),
            deed=_("Divide by the forms"),
            leave=_("Leave as it is"),
        )
        if agreed is not None:
            self._is_drafting = False
            self.session.write(lambda record: denominators.clear(record, year=year, population=population))

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self.session.refuse(fault)
        else:
            faults.show(self._view, fault)
