"""Nhập số liệu: joins the matrix, the record and the checks. Every cell is written the moment it is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.application import catalogue, entry
from desktop.application.changes import Changes, Subject
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.values import Kind, State, Value
from desktop.system.i18n import _, render
from desktop.ui import figures, words
from desktop.ui.places import Place, Target
from desktop.ui.screens.entry.arranging import Arranging
from desktop.ui.screens.entry.blocks import Blocks
from desktop.ui.screens.entry.checking import Checking
from desktop.ui.screens.entry.display import Display
from desktop.ui.screens.entry.findings.side import FORM, FindingSide
from desktop.ui.screens.entry.forms import FormActs
from desktop.ui.screens.entry.kinds.switch import KindSwitch
from desktop.ui.screens.entry.model import MatrixModel
from desktop.ui.screens.entry.reading import Reader
from desktop.ui.screens.entry.remarks import Remarks
from desktop.ui.screens.entry.resuming import Resuming
from desktop.ui.screens.entry.seeking import Seeking
from desktop.ui.screens.entry.view import EntryView
from desktop.ui.screens.entry.ways import MATRIX, Put, Ways
from desktop.ui.screens.entry.writing import Writing
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.wording import Sentence

CHECK_AFTER = 300


class EntryScreen(Screen):
    """The matrix of one form and period."""

    place = Place.ENTRY
    shows = frozenset({Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS, Subject.CATALOGUE, Subject.OFFICE})
    help = "nhap-so-lieu"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.model = MatrixModel()
        self._view = EntryView(self.model, self._take_text)
        self.form = session.settings.form or ""
        self.kind = Kind.ACTUAL
        self._was_loaded = False
        self.ways = Ways(self, self._view)
        self.reader = Reader(session, self._view)
        self.writing = Writing(self, self._view)
        self.remarks = Remarks(self, self._view)
        self.blocks = Blocks(self, self._view)
        self.arranging = Arranging(self, self._view)
        self.resuming = Resuming(self, self._view)
        self.checking = Checking(self, self._view)
        self.acts = FormActs(self, self._view)
        self.side = FindingSide(self, self._view)
        self.kinds = KindSwitch(self, self._view)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER)
        self._timer.timeout.connect(self.checking.check_again)
        self._connect()
        self.display = Display(self, self._view, self.arranging)
        self.seeking = Seeking(self, self._view)

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
        grid.editor.textEdited.connect(self.writing.hold_on)
        grid.refuses = self.writing.refuses
        grid.given_up.connect(self.show_cell)
        grid.cleared.connect(self.blocks.clear_block)
        grid.copied.connect(self.blocks.copy_block)
        grid.cut.connect(self.blocks.cut_block)
        grid.pasted.connect(self.blocks.paste)
        grid.typed_over.connect(self.blocks.type_over)
        grid.filled.connect(self.blocks.fill_block)
        grid.section_asked.connect(self.step_section)
        view.bar_entered.connect(self.enter_bar)
        view.cell_bar.input.given_up.connect(self._leave_bar)
        view.cell_bar.note.clicked.connect(self.remarks.write_note)
        view.cell_bar.history.clicked.connect(self.remarks.show_history)
        view.cell_bar.source.clicked.connect(self.remarks.show_source)
        view.findings.next_asked.connect(partial(self.checking.step_finding, 1))
        view.findings.keep_asked.connect(self.checking.keep_finding)
        view.form_chosen.connect(self.choose_form)
        view.section_chosen.connect(self._go_section)
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
            ("Shift+F2", self.remarks.write_note),
            ("Alt+H", self.remarks.show_history),
            ("F4", self.remarks.show_source),
        ):
            # On the matrix's page, so that another way has these keys for itself while it is shown.
            QShortcut(QKeySequence(keys), view.matrix_page, deed)

    # ---- showing ----

    def load(self) -> None:
        """Read the matrix anew, then the way that is shown; the cursor stays where it was."""
        if self.writing.is_own:
            return
        record, period = self.session.record, self.session.period
        forms = [
            (code, words.named(form.name_vi, form.name_en))
            for code, form in catalogue.catalogue(record).forms.items()
            if form.fits(period)
        ]
        if not forms:
            forms = [(code, form.name_vi) for code, form in catalogue.catalogue(record).forms.items()]
        if self.form not in dict(forms):
            self.form = forms[0][0]
        place, half_typed, bar = self.ways.matrix_place(), self._half_typed(), self._view.cell_bar.input
        in_bar = bar.text() if bar.hasFocus() and bar.isModified() else None
        self.kinds.fit()
        matrix = entry.matrix(record, form=self.form, period=period, checked=False, kind=self.kind)
        known = self.model.findings_of(matrix)
        self.model.show(matrix, self.arranging.arranged)
        self.model.judge(known)
        self._view.show_forms(forms, self.form)
        self._view.show_matrix(matrix, self.session.office.level)
        self._view.legend.show_dash((self.session.settings.dash or {}).get(self.form))
        self.arranging.show()
        self.go_near(place)
        page = self._view.matrix_page
        if page.isVisible() and not self._view.isAncestorOf(QApplication.focusWidget() or page):
            self._view.grid.setFocus()
        self._type_on(half_typed)
        if in_bar is not None:
            self._view.cell_bar.input.setText(in_bar)
            self._view.cell_bar.input.setModified(True)
        self.show_findings()
        # Figures come first; what the checks say follows a moment later.
        QTimer.singleShot(0, self.checking.check_again)
        if not self._was_loaded:
            self._was_loaded = True
            if self.session.office.level == "commune":
                self.ways.show(FORM)
            self.resuming.offer()
        self.ways.load()

    def _half_typed(self) -> tuple[Target, str, tuple[str, str]] | None:
        """The cell in hand with its text: reading anew, because somebody else wrote, must not take it away."""
        grid, place = self._view.grid, self.ways.matrix_place()
        if not grid.is_editing or place is None or self.model.matrix is None:
            return None
        shown = self.model.matrix
        return place, grid.editor.whole_text(), (shown.form.code, shown.period.id)

    def _type_on(self, half_typed: tuple[Target, str, tuple[str, str]] | None) -> None:
        if half_typed is not None and half_typed[2] == (self.form, self.session.period.id):
            self.go_near(half_typed[0])
            self._view.grid.begin(half_typed[1])

    def go_near(self, place: Target | None) -> None:
        """The matrix's cursor on a commune and an element, or where they would be."""
        grid, model = self._view.grid, self.model
        if not model.rows or not model.columns:
            self._view.cell_bar.show_cell("", "", "", "")
            return
        row = model.row_of(place.get("unit")) if place else 0
        column = model.column_of(place.get("element")) if place else 0
        grid.go(row or 0, column or 0)

    def show_form(self, form: str, kind: Kind) -> None:
        """Another form or kind, what is half typed being settled already."""
        if (form, kind) != (self.form, self.kind):
            self.form, self.kind = form, kind
            self.session.keep(form=form)
            self.load()

    def choose_form(self, code: str) -> None:
        """Show another form."""
        if code and code != self.form:
            if not self.settle():
                self._view.forms.setCurrentIndex(self._view.forms.findData(self.form))
                return
            self.show_form(code, self.kind)

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)
        self.ways.set_compact(compact)
        self.side.set_compact(compact)

    def go(self, target: Target) -> None:
        """Put the cursor on a commune, an element or both; `way` says in which way, `kind` among which figures."""
        form, kind = self._form_with(target.get("element")), Kind(target.get("kind") or self.kind)
        if (form, kind) != (self.form, self.kind) and self.settle():
            self.show_form(form, kind)
        if target.get("way") is not None and not self.ways.show(target.get("way") or MATRIX):
            return
        shown = self.ways.shown
        if shown is not None:
            shown.go(target)
            return
        self.arranging.uncover(target.get("unit"), target.get("element"))
        row, column = self.model.row_of(target.get("unit")), self.model.column_of(target.get("element"))
        current = self._view.grid.currentIndex()
        if row is not None or column is not None:
            self._view.grid.go(current.row() if row is None else row, current.column() if column is None else column)
        self._view.grid.setFocus()

    def _form_with(self, element: str | None) -> str:
        """The form shown, or the first one that has this element."""
        forms = catalogue.catalogue(self.session.record).forms
        fitting = [code for code, form in forms.items() if element in form.elements]
        return self.form if self.form in fitting or not fitting else fitting[0]

    def help_page(self) -> str:
        """The page of the way that is shown."""
        return (self.ways.shown.help or self.help) if self.ways.shown is not None else self.help

    def hint(self) -> str:
        """The sum of the chosen block, else how many forms are done."""
        if self.ways.shown is not None:
            return self.ways.shown.hint()
        block = self._view.grid.block()
        if block.width() * block.height() > 1:
            return self._block_words()
        rows = self.model.all_rows
        done = sum(row.state in ("complete", "checked", "locked") for row in rows)
        return _("{done}/{all} communes done").format(done=done, all=len(rows)) if rows else ""

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
        value, past = self.model.value(row, column), self.model.cell(row, column).last_year
        place = f"{_short(self.model.rows[row].commune.name)} · ({self.model.columns[column].number})"
        name, told = self.model.full_name(column), self._past_words(value, past)
        if self._view.is_compact:
            name = " · ".join(part for part in (self.model.short_name(column), told) if part)
        self._view.cell_bar.show_cell(place, figures.typed(value), name, told)
        self.show_findings()
        self.session.hint_changed.emit()

    def show_cell(self) -> None:
        """The cell in hand as it is now."""
        current = self._view.grid.currentIndex()
        self._show_cell(current, current)

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
        here = self._finding_here()
        self._view.findings.show_findings(self.model.findings, here, self._name_of)
        if self.ways.shown is None:
            self.side.show_findings(self.model.findings)
            self.side.show_place(None, here)

    def _name_of(self, unit: str | None) -> str:
        row = self.model.row_of(unit)
        return "" if row is None else _short(self.model.rows[row].commune.name)

    def _finding_here(self) -> Finding | None:
        current = self._view.grid.currentIndex()
        if not current.isValid():
            return None
        found = self.model.cell(current.row(), current.column()).findings
        return next((finding for finding in found if finding.kept is None), found[0] if found else None)

    # ---- typing ----

    def write_figures(self, cells: Sequence[Put], intent: Callable[[Record], Changes]) -> bool:
        """Write figures of this form and period; matrix and ways follow without reading anew. False where refused."""
        return self.writing.write_figures(cells, intent)

    def show_taken(self) -> None:
        """The cell in hand is painted as taken, in whichever way it is typed."""
        grid = self.ways.grid
        if grid is not None:
            grid.show_taken()

    def _take_text(self, row: int, column: int, text: str) -> bool:
        return self.writing.take_text(row, column, text)

    def rest(self) -> None:
        """Wait until the hand rests, then check."""
        self._timer.start()

    def read(self, text: str, column: int) -> Value | Sentence | None:
        """The figure, why it is refused, or None where a person would not say what a dash means."""
        read = self.reader.read(text, self.model.columns[column].element, form=self.form)
        self._view.legend.show_dash((self.session.settings.dash or {}).get(self.form))
        return read

    def enter_bar(self, text: str) -> None:
        """Keep what was typed into the cell bar and go down."""
        current = self._view.grid.currentIndex()
        if current.isValid() and self.writing.take_text(current.row(), current.column(), text):
            self._view.grid.setFocus()
            self._view.grid.enter(back=False)

    def _leave_bar(self) -> None:
        self.show_cell()
        self._view.grid.setFocus()

    def settle(self) -> bool:
        """Keep a half-typed cell, in the grid, in the bar or in the way shown."""
        if self.ways.shown is not None:
            return self.ways.shown.settle()
        bar, current = self._view.cell_bar.input, self._view.grid.currentIndex()
        if bar.hasFocus() and bar.isModified() and current.isValid():
            return self.writing.take_text(current.row(), current.column(), bar.text())
        return self._view.grid.settle()

    # ---- moving ----

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

    def _go_section(self, number: str) -> None:
        """The first shown column of a section; of the first one where none is named."""
        columns = self.model.columns
        self._go_column(next((at for at, known in enumerate(columns) if known.section.number == number), 0))

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
