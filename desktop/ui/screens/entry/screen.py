"""Nhập số liệu: joins the matrix, the record and the checks. Every cell is written the moment it is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.application import catalogue, entry, submissions
from desktop.application.changes import Changes, Subject
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.values import State, Value
from desktop.system.i18n import _, render
from desktop.ui import figures, words
from desktop.ui.dialogs.ask import confirm
from desktop.ui.places import Place, Target
from desktop.ui.screens.entry.blocks import Blocks
from desktop.ui.screens.entry.checking import Checking
from desktop.ui.screens.entry.forms import FormActs
from desktop.ui.screens.entry.model import CLOSED, MatrixModel
from desktop.ui.screens.entry.reading import Reader
from desktop.ui.screens.entry.view import EntryView
from desktop.ui.screens.entry.ways import MATRIX, Put, Ways
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

CHECK_AFTER = 300


class EntryScreen(Screen):
    """The matrix of one form and period."""

    place = Place.ENTRY
    shows = frozenset({Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS, Subject.CATALOGUE, Subject.OFFICE})
    help = "nhap-so-lieu"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.model = MatrixModel()
        self._view = EntryView(self.model, self.take_text)
        self.form = ""
        self._is_own = False
        self._was_loaded = False
        self.ways = Ways(self, self._view)
        self.reader = Reader(session, self._view)
        self.blocks = Blocks(self, self._view)
        self.checking = Checking(self, self._view)
        self.acts = FormActs(self, self._view)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER)
        self._timer.timeout.connect(self.checking.check_again)
        self._connect()

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    def _connect(self) -> None:
        view, grid = self._view, self._view.grid
        grid.selectionModel().currentChanged.connect(self._show_cell)
        grid.selectionModel().selectionChanged.connect(self._show_block)
        grid.edited.connect(view.cell_bar.input.setText)
        grid.edited.connect(self.checking.give_way)
        grid.cleared.connect(self.blocks.clear_block)
        grid.copied.connect(self.blocks.copy_block)
        grid.cut.connect(self.blocks.cut_block)
        grid.pasted.connect(self.blocks.paste)
        grid.filled.connect(self.blocks.fill_block)
        grid.section_asked.connect(self.step_section)
        view.bar_entered.connect(self.enter_bar)
        view.cell_bar.input.given_up.connect(self._leave_bar)
        view.cell_bar.note.clicked.connect(self.write_note)
        view.cell_bar.history.clicked.connect(self.show_history)
        view.findings.next_asked.connect(partial(self.checking.step_finding, 1))
        view.findings.keep_asked.connect(self.checking.keep_finding)
        view.form_chosen.connect(self.choose_form)
        view.section_chosen.connect(lambda at: self._go_column(view.sections.itemData(at)))
        view.import_asked.connect(lambda: self.session.go(Place.IMPORTS))
        view.undo_asked.connect(lambda: self.step_history("undo"))
        view.redo_asked.connect(lambda: self.step_history("redo"))
        view.act_asked.connect(self.acts.act_on_forms)
        view.menu.aboutToShow.connect(self.acts.allow_acts)
        view.way_chosen.connect(self.ways.show)
        for keys, deed in (
            ("F8", partial(self.checking.step_finding, 1)),
            ("Shift+F8", partial(self.checking.step_finding, -1)),
            ("F9", self.checking.check_again),
            ("Shift+F2", self.write_note),
            ("Alt+H", self.show_history),
        ):
            # On the matrix's page, so that another way has these keys for itself while it is shown.
            QShortcut(QKeySequence(keys), view.matrix_page, deed)

    # ---- showing ----

    def load(self) -> None:
        """Read the matrix anew, then the way that is shown; the cursor stays where it was."""
        if self._is_own:
            return
        record, period = self.session.record, self.session.period
        forms = [
            (code, words.named(form.name_vi, form.name_en))
            for code, form in catalogue.catalogue(record).forms.items()
            if submissions.period_fits(record, code, period)
        ]
        if not forms:
            forms = [(code, form.name_vi) for code, form in catalogue.catalogue(record).forms.items()]
        if self.form not in dict(forms):
            self.form = forms[0][0]
        at = self._view.grid.currentIndex()
        kept = (at.row(), at.column()) if at.isValid() else (0, 0)
        matrix = entry.matrix(record, form=self.form, period=period, checked=self._was_loaded)
        self.model.show(matrix)
        self._view.show_forms(forms, self.form)
        self._view.show_matrix(matrix, self.session.office.level)
        if matrix.rows:
            self._view.grid.go(min(kept[0], len(matrix.rows) - 1), min(kept[1], len(matrix.columns) - 1))
            page = self._view.matrix_page
            if page.isVisible() and not self._view.isAncestorOf(QApplication.focusWidget() or page):
                self._view.grid.setFocus()
        self.show_findings()
        if not self._was_loaded:
            # At the start figures come first; what the checks say follows a moment later.
            self._was_loaded = True
            QTimer.singleShot(0, self.checking.check_again)
        self.ways.load()

    def choose_form(self, code: str) -> None:
        """Show another form."""
        if code and code != self.form:
            if not self.settle():
                self._view.forms.setCurrentIndex(self._view.forms.findData(self.form))
                return
            self.form = code
            self.load()

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)
        self.ways.set_compact(compact)

    def go(self, target: Target) -> None:
        """Put the cursor on a commune, an element or both; `way` says in which way."""
        if target.get("way") is not None and not self.ways.show(target.get("way") or MATRIX):
            return
        shown = self.ways.shown
        if shown is not None:
            shown.go(target)
            return
        row, column = self.model.row_of(target.get("unit")), self.model.column_of(target.get("element"))
        current = self._view.grid.currentIndex()
        if row is not None or column is not None:
            self._view.grid.go(current.row() if row is None else row, current.column() if column is None else column)
        self._view.grid.setFocus()

    def hint(self) -> str:
        """The sum of the chosen block, else how many forms are done."""
        if self.ways.shown is not None:
            return self.ways.shown.hint()
        block = self._view.grid.block()
        if block.width() * block.height() > 1:
            return self._block_words()
        done = sum(row.state in ("complete", "checked", "locked") for row in self.model.rows)
        return _("{done}/{all} communes done").format(done=done, all=len(self.model.rows)) if self.model.rows else ""

    def _block_words(self) -> str:
        numbers = [
            value.number for _at, value in self.blocks.values() if value is not None and value.amount is not None
        ]
        found: list[Fraction] = [number for number in numbers if number is not None]
        cells = self._view.grid.block()
        told = _("{count} cells chosen").format(count=cells.width() * cells.height())
        if not found:
            return told
        whole = sum(found, Fraction())
        average = _("Average {average}").format(average=figures.rate(whole / len(found)))
        return f"{told} · {_('Total {total}').format(total=figures.rate(whole, 0))} · {average}"

    def _show_block(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.session.hint_changed.emit()

    def _show_cell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            return
        row, column = current.row(), current.column()
        value, past = self.model.value(row, column), self.model.cells[row][column].last_year
        place = f"{_short(self.model.rows[row].commune.name)} · ({self.model.columns[column].number})"
        self._view.cell_bar.show_cell(
            place, figures.typed(value), self.model.full_name(column), self._past_words(value, past)
        )
        self.show_findings()
        self.session.hint_changed.emit()

    def _past_words(self, value: Value | None, past: Value | None) -> str:
        if past is None or self.model.matrix is None:
            return ""
        year = render(self.model.matrix.period.same_last_year().sentence())
        said = f"{year}: {figures.figure(past) or _('not reported')}"
        if value is None or value.amount is None or past.amount is None:
            return said
        moved = (
            figures.figure(Value(State.NUMBER, abs(value.amount - past.amount))) if value.amount != past.amount else ""
        )
        if not moved:
            return f"{said} · {_('unchanged')}"
        return f"{said} · {(_('up {by}') if value.amount > past.amount else _('down {by}')).format(by=moved)}"

    def show_findings(self) -> None:
        """The finding of the current cell, else the worst, in the bar at the foot."""
        self._view.findings.show_findings(self.model.findings, self._finding_here(), self._name_of)

    def _name_of(self, unit: str | None) -> str:
        row = self.model.row_of(unit)
        return "" if row is None else _short(self.model.rows[row].commune.name)

    def _finding_here(self) -> Finding | None:
        current = self._view.grid.currentIndex()
        if not current.isValid():
            return None
        found = self.model.cells[current.row()][current.column()].findings
        return next((finding for finding in found if finding.kept is None), found[0] if found else None)

    # ---- typing ----

    def take_text(self, row: int, column: int, text: str) -> bool:
        """Write what was typed into a cell; False where it was refused, and the status bar says why."""
        value = self.model.value(row, column)
        if text == figures.typed(value):
            return True
        if self.model.rows[row].state in CLOSED:
            self.refuse_closed(row)
            return False
        read = self.read(text, column)
        if read is None:
            return False
        if isinstance(read, Sentence):
            self.session.say(read, Tone.BAD)
            return False
        if read == value or (value is None and read.state is State.NOT_REPORTED and not text.strip()):
            return True
        return self.write([(row, column, read)], partial(self._type_one, row, column, read))

    def _type_one(self, row: int, column: int, value: Value, record: Record) -> Changes:
        return entry.type_value(
            record,
            unit=self.model.rows[row].commune.uid,
            period=self.session.period,
            element=self.model.columns[column].element.code,
            value=value,
        )

    def write(self, cells: list[tuple[int, int, Value]], intent: partial[Changes]) -> bool:
        """Write through the session; the model follows. False where it was refused."""
        told = [
            (self.model.rows[row].commune.uid, self.model.columns[column].element.code, value)
            for row, column, value in cells
        ]
        return self.write_figures(told, intent)

    def write_figures(self, cells: Sequence[Put], intent: Callable[[Record], Changes]) -> bool:
        """Write figures of this form and period through the session; matrix and ways follow without reading anew."""
        self._is_own = True
        try:
            done = self.session.write(intent, later=lambda: self._put(cells))
        finally:
            self._is_own = False
        if done is None:
            return False
        current = self._view.grid.currentIndex()
        self._show_cell(current, current)
        self.checking.give_way()
        self.rest()
        return True

    def _put(self, cells: Sequence[Put]) -> None:
        places = [(self.model.row_of_uid(uid), self.model.column_of(code), value) for uid, code, value in cells]
        self.model.put([(row, at, value) for row, at, value in places if row is not None and at is not None])
        self.ways.put(cells)

    def rest(self) -> None:
        """Wait until the hand rests, then check."""
        self._timer.start()

    def refuse_closed(self, row: int) -> None:
        """Say why a cell of a checked or locked form takes nothing."""
        name = self.model.rows[row].commune.name
        if self.model.rows[row].state == "locked":
            self.session.say(
                say("The form of {unit} is locked. A leader can reopen it as a correction.", unit=name), Tone.BAD
            )
        else:
            self.session.say(say("The form of {unit} is checked. Return it for entry first.", unit=name), Tone.BAD)

    def read(self, text: str, column: int) -> Value | Sentence | None:
        """The figure, why it is refused, or None where a person would not say what a dash means."""
        return self.reader.read(text, self.model.columns[column].element, form=self.form)

    def enter_bar(self, text: str) -> None:
        """Keep what was typed into the cell bar and go down."""
        current = self._view.grid.currentIndex()
        if current.isValid() and self.take_text(current.row(), current.column(), text):
            self._view.grid.setFocus()
            self._view.grid.step_by(1, 0)

    def _leave_bar(self) -> None:
        current = self._view.grid.currentIndex()
        self._show_cell(current, current)
        self._view.grid.setFocus()

    def settle(self) -> bool:
        """Keep a half-typed cell, in the grid, in the bar or in the way shown."""
        if self.ways.shown is not None:
            return self.ways.shown.settle()
        bar, current = self._view.cell_bar.input, self._view.grid.currentIndex()
        if bar.hasFocus() and bar.isModified() and current.isValid():
            return self.take_text(current.row(), current.column(), bar.text())
        return self._view.grid.settle()

    # ---- notes, history, forms ----

    def write_note(self) -> None:
        """A note on the cell; empty takes it away."""
        current = self._view.grid.currentIndex()
        if not current.isValid():
            return
        row, column = current.row(), current.column()
        figure = self.model.cells[row][column].figure
        note = confirm(
            self._view,
            _("Note of {place}").format(place=self._view.cell_bar.place.text()),
            self.model.full_name(column),
            deed=_("Save note"),
            leave=_("Leave as it was"),
            reason=_("Note"),
            reason_text=figure.note or "",
        )
        if note is None or note == (figure.note or ""):
            return
        unit, element = self.model.rows[row].commune.uid, self.model.columns[column].element.code
        period = self.session.period
        self.session.write(
            lambda record: entry.type_value(
                record, unit=unit, period=period, element=element, value=figure.value, note=note
            )
        )

    def show_history(self) -> None:
        """Who wrote what into the cell."""
        from desktop.ui.screens.entry.history import HistoryDialog

        current = self._view.grid.currentIndex()
        if current.isValid():
            column = self.model.columns[current.column()]
            commune = self.model.rows[current.row()].commune
            HistoryDialog(self._view, self.session, commune=commune, element=column.element).exec()

    def step_history(self, way: str) -> None:
        """Take back or do again; the window answers on every page."""
        self.session.history_asked.emit(way)

    def step_section(self, step: int) -> None:
        """The first column of the next or previous section."""
        current = self._view.grid.currentIndex().column()
        firsts = [
            at
            for at, known in enumerate(self.model.columns)
            if at == 0 or self.model.columns[at - 1].section is not known.section
        ]
        if step > 0:
            self._go_column(next((at for at in firsts if at > current), firsts[-1]))
        else:
            self._go_column(next((at for at in reversed(firsts) if at < current), 0))

    def _go_column(self, column: int | None) -> None:
        grid = self._view.grid
        if column is None or not self.model.rows:
            return
        grid.go(max(grid.currentIndex().row(), 0), column)
        head = grid.horizontalHeader()
        grid.horizontalScrollBar().setValue(head.sectionPosition(column))
        grid.setFocus()


def _short(name: str) -> str:
    return words.unit_name(name).removeprefix("Xã ").removeprefix("Phường ")
