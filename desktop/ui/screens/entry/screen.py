"""Nhập số liệu: joins the matrix, the record and the checks. Every cell is written the moment it is left."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.application import catalogue, checks, entry, submissions
from desktop.application.changes import Changes, Subject
from desktop.application.entry import AskReading, Typed
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, ZERO, State, Value
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.ask import Choice, choose, confirm
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place, Target
from desktop.ui.screens.entry import clipboard
from desktop.ui.screens.entry.model import CLOSED, MatrixModel
from desktop.ui.screens.entry.view import EntryView
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

CHECK_AFTER = 300
READINGS = {"zero": ZERO, "not_applicable": NOT_APPLICABLE, "not_reported": NOT_REPORTED}


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
        self._checking: RunningJob | None = None
        self._check_again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER)
        self._timer.timeout.connect(self.check_again)
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
        grid.cleared.connect(self.clear_block)
        grid.copied.connect(self.copy_block)
        grid.cut.connect(self.cut_block)
        grid.pasted.connect(self.paste)
        grid.filled.connect(self.fill_block)
        grid.section_asked.connect(self.step_section)
        view.bar_entered.connect(self.enter_bar)
        view.cell_bar.input.given_up.connect(self._leave_bar)
        view.cell_bar.note.clicked.connect(self.write_note)
        view.cell_bar.history.clicked.connect(self.show_history)
        view.findings.next_asked.connect(partial(self.step_finding, 1))
        view.findings.keep_asked.connect(self.keep_finding)
        view.form_chosen.connect(self.choose_form)
        view.section_chosen.connect(lambda at: self._go_column(view.sections.itemData(at)))
        view.import_asked.connect(lambda: self.session.go(Place.IMPORTS))
        view.undo_asked.connect(lambda: self.step_history("undo"))
        view.redo_asked.connect(lambda: self.step_history("redo"))
        view.act_asked.connect(self.act_on_forms)
        view.menu.aboutToShow.connect(self._allow_acts)
        for keys, deed in (
            ("F8", partial(self.step_finding, 1)),
            ("Shift+F8", partial(self.step_finding, -1)),
            ("F9", self.check_again),
            ("Shift+F2", self.write_note),
            ("Alt+H", self.show_history),
        ):
            QShortcut(QKeySequence(keys), view, deed)

    # ---- showing ----

    def load(self) -> None:
        """Read the matrix anew; the cursor stays where it was."""
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
        matrix = entry.matrix(record, form=self.form, period=period)
        self.model.show(matrix)
        self._view.show_forms(forms, self.form)
        self._view.show_matrix(matrix, self.session.office.level)
        if matrix.rows:
            self._view.grid.go(min(kept[0], len(matrix.rows) - 1), min(kept[1], len(matrix.columns) - 1))
            if self._view.isVisible() and not self._view.isAncestorOf(QApplication.focusWidget() or self._view):
                self._view.grid.setFocus()
        self._show_findings()

    def choose_form(self, code: str) -> None:
        """Show another form."""
        if code and code != self.form:
            self.form = code
            self.load()

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)

    def go(self, target: Target) -> None:
        """Put the cursor on a commune, an element or both."""
        row, column = self.model.row_of(target.get("unit")), self.model.column_of(target.get("element"))
        current = self._view.grid.currentIndex()
        if row is not None or column is not None:
            self._view.grid.go(current.row() if row is None else row, current.column() if column is None else column)
        self._view.grid.setFocus()

    def hint(self) -> str:
        """The sum of the chosen block, else how many forms are done."""
        block = self._view.grid.block()
        if block.width() * block.height() > 1:
            return self._block_words()
        done = sum(row.state in ("complete", "checked", "locked") for row in self.model.rows)
        return _("{done}/{all} communes done").format(done=done, all=len(self.model.rows)) if self.model.rows else ""

    def _block_words(self) -> str:
        numbers = [
            value.number for _at, value in self._block_values() if value is not None and value.amount is not None
        ]
        found: list[Fraction] = [number for number in numbers if number is not None]
        cells = self._view.grid.block()
        told = _("{count} cells chosen").format(count=cells.width() * cells.height())
        if not found:
            return told
        whole = sum(found, Fraction())
        average = _("Average {average}").format(average=words.rate(whole / len(found)))
        return f"{told} · {_('Total {total}').format(total=words.rate(whole, 0))} · {average}"

    def _show_block(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._view.grid.viewport().update()
        self.session.hint_changed.emit()

    def _show_cell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            return
        row, column = current.row(), current.column()
        value, past = self.model.value(row, column), self.model.cells[row][column].last_year
        place = f"{_short(self.model.rows[row].commune.name)} · ({self.model.columns[column].number})"
        self._view.cell_bar.show_cell(
            place, words.typed(value), self.model.full_name(column), self._past_words(value, past)
        )
        self._show_findings()
        self.session.hint_changed.emit()

    def _past_words(self, value: Value | None, past: Value | None) -> str:
        if past is None or self.model.matrix is None:
            return ""
        year = render(self.model.matrix.period.same_last_year().sentence())
        said = f"{year}: {words.figure(past) or _('not reported')}"
        if value is None or value.amount is None or past.amount is None:
            return said
        moved = (
            words.figure(Value(State.NUMBER, abs(value.amount - past.amount))) if value.amount != past.amount else ""
        )
        if not moved:
            return f"{said} · {_('unchanged')}"
        return f"{said} · {(_('up {by}') if value.amount > past.amount else _('down {by}')).format(by=moved)}"

    def _show_findings(self) -> None:
        names = {row.commune.code: _short(row.commune.name) for row in self.model.rows}
        self._view.findings.show_findings(self.model.findings, self._finding_here(), names)

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
        if text == words.typed(value):
            return True
        if self.model.rows[row].state in CLOSED:
            self._refuse_closed(row)
            return False
        read = self._read(text, column)
        if read is None:
            return False
        if isinstance(read, Sentence):
            self.session.say(read, Tone.BAD)
            return False
        if read == value or (value is None and read.state is State.NOT_REPORTED and not text.strip()):
            return True
        return self._write([(row, column, read)], partial(self._type_one, row, column, read))

    def _type_one(self, row: int, column: int, value: Value, record: Record) -> Changes:
        return entry.type_value(
            record,
            unit=self.model.rows[row].commune.uid,
            period=self.session.period,
            element=self.model.columns[column].element.code,
            value=value,
        )

    def _write(self, cells: list[tuple[int, int, Value]], intent: partial[Changes]) -> bool:
        self._is_own = True
        try:
            done = self.session.write(intent, later=lambda: self.model.put(cells))
        finally:
            self._is_own = False
        if done is None:
            return False
        current = self._view.grid.currentIndex()
        self._show_cell(current, current)
        self._timer.start()
        return True

    def _refuse_closed(self, row: int) -> None:
        name = self.model.rows[row].commune.name
        if self.model.rows[row].state == "locked":
            self.session.say(
                say("The form of {unit} is locked. A leader can reopen it as a correction.", unit=name), Tone.BAD
            )
        else:
            self.session.say(say("The form of {unit} is checked. Return it for entry first.", unit=name), Tone.BAD)

    def _read(self, text: str, column: int) -> Value | Sentence | None:
        """The figure, why it is refused, or None where a person would not say what a dash means."""
        read = entry.read_typed(text, self.model.columns[column].element)
        return self._dash() if isinstance(read, AskReading) else read

    def _dash(self) -> Value | None:
        """The reading of a lone dash: asked once a form, then remembered."""
        known = (self.session.settings.dash or {}).get(self.form)
        if known in READINGS:
            return READINGS[known]
        chosen = choose(
            self._view,
            _("What does “-” mean in this form?"),
            _("The answer is remembered for this form; it can be changed under Administration."),
            (
                Choice("zero", _("Number 0")),
                Choice("not_applicable", _("Not applicable")),
                Choice("not_reported", _("Not reported")),
            ),
            safe="not_reported",
        )
        if chosen is None:
            return None
        self.session.keep(dash={**(self.session.settings.dash or {}), self.form: chosen})
        return READINGS[chosen]

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
        """Keep a half-typed cell, in the grid or in the bar."""
        bar, current = self._view.cell_bar.input, self._view.grid.currentIndex()
        if bar.hasFocus() and bar.isModified() and current.isValid():
            return self.take_text(current.row(), current.column(), bar.text())
        return self._view.grid.settle()

    # ---- blocks ----

    def _block_values(self) -> list[tuple[tuple[int, int], Value | None]]:
        block = self._view.grid.block()
        return [
            ((row, column), self.model.value(row, column))
            for row in range(block.top(), block.bottom() + 1)
            for column in range(block.left(), block.right() + 1)
        ]

    def clear_block(self) -> None:
        """Say of every chosen cell that it was not reported."""
        if self._view.grid.is_editing:
            return
        news = [(at, NOT_REPORTED) for at, value in self._block_values() if value is not None and value != NOT_REPORTED]
        self._write_block(news, _("{count} cells set to not reported. Ctrl+Z takes it back."))

    def copy_block(self) -> None:
        """Copy the block as Excel does: tabs and lines."""
        block = self._view.grid.block()
        lines = [
            [words.typed(self.model.value(row, column)) for column in range(block.left(), block.right() + 1)]
            for row in range(block.top(), block.bottom() + 1)
        ]
        QGuiApplication.clipboard().setText(clipboard.join(lines))

    def cut_block(self) -> None:
        """Copy, then clear."""
        self.copy_block()
        self.clear_block()

    def paste(self) -> None:
        """Write a block from Excel at the cursor, all cells or none, as one change."""
        lines = clipboard.split(QGuiApplication.clipboard().text())
        block = self._view.grid.block()
        if not lines or not self.model.rows:
            return
        if len(lines) == 1 and len(lines[0]) == 1:
            lines = [[lines[0][0]] * block.width() for _row in range(block.height())]
        if block.top() + len(lines) > len(self.model.rows) or block.left() + max(map(len, lines)) > len(
            self.model.columns
        ):
            self.session.say(
                say(
                    "The block does not fit here: it has {rows} rows and {columns} columns.",
                    rows=len(lines),
                    columns=max(map(len, lines)),
                ),
                Tone.BAD,
            )
            return
        news = self._read_block(block.top(), block.left(), lines)
        if news is not None:
            self._write_block(news, _("Pasted {count} cells. Ctrl+Z takes it back."))

    def _read_block(self, top: int, left: int, lines: list[list[str]]) -> list[tuple[tuple[int, int], Value]] | None:
        news = []
        for down, line in enumerate(lines):
            for right, text in enumerate(line):
                row, column = top + down, left + right
                read = self._read(text, column)
                if read is None:
                    return None
                if isinstance(read, Sentence):
                    place = f"{self.model.rows[row].commune.name} ({self.model.columns[column].number})"
                    self.session.say(say("Nothing was pasted. {place}: {why}", place=place, why=read), Tone.BAD)
                    return None
                if text.strip() or self.model.value(row, column) is not None:
                    news.append(((row, column), read))
        return news

    def fill_block(self, down: int, right: int) -> None:
        """Repeat the block's first row downwards or its first column to the right."""
        block = self._view.grid.block()
        news = []
        for (row, column), _old in self._block_values():
            source = self.model.value(block.top() if down else row, block.left() if right else column)
            if source is not None and (row, column) != (
                block.top() if down else row,
                block.left() if right else column,
            ):
                news.append(((row, column), source))
        self._write_block(news, _("Filled {count} cells. Ctrl+Z takes it back."))

    def _write_block(self, news: list[tuple[tuple[int, int], Value]], told: str) -> None:
        changed = [(at, value) for at, value in news if self.model.value(*at) != value]
        closed = next((at for at, _value in changed if self.model.rows[at[0]].state in CLOSED), None)
        if closed is not None:
            self._refuse_closed(closed[0])
            return
        if not changed:
            return
        cells = [
            Typed(self.model.rows[row].commune.uid, self.model.columns[column].element.code, value)
            for (row, column), value in changed
        ]
        intent = partial(_type_block, cells, self.session.period)
        if self._write([(row, column, value) for (row, column), value in changed], intent):
            self.session.say(told.format(count=len(changed)))

    # ---- findings ----

    def check_again(self) -> None:
        """Apply the checks in the background and show what they found."""
        if self._checking is not None:
            self._check_again = True
            return
        period, form = self.session.period, self.form

        def work(record: Record, _step: Step) -> list[Finding]:
            return checks.findings(record, period=period, form=form)

        job = RunningJob(say("Check the figures"), work)
        job.succeeded.connect(lambda found: self._judge(found, period.id, form))
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        job.ended.connect(self._checked)
        self._checking = job
        self.jobs.start(job, writes=False)

    def _checked(self) -> None:
        self._checking = None
        if self._check_again:
            self._check_again = False
            self.check_again()

    def _judge(self, found: list[Finding], period: str, form: str) -> None:
        if (period, form) == (self.session.period.id, self.form):
            self.model.judge(found)
            self._show_findings()

    def step_finding(self, step: int) -> None:
        """The next or previous cell with a finding, in reading order; kept ones only if there is no other."""
        places = self._places(is_open=True) or self._places(is_open=False)
        if not places:
            self.session.say(say("No finding in this form."))
            return
        current = self._view.grid.currentIndex()
        here = (current.row(), current.column())
        if step > 0:
            target = next((place for place in places if place > here), places[0])
        else:
            target = next((place for place in reversed(places) if place < here), places[-1])
        self._view.grid.go(*target)
        self._view.grid.setFocus()

    def _places(self, *, is_open: bool) -> list[tuple[int, int]]:
        found = set()
        for finding in self.model.findings:
            row, column = self.model.row_of(finding.unit), self.model.column_of(finding.element)
            if row is not None and column is not None and (finding.kept is None) == is_open:
                found.add((row, column))
        return sorted(found)

    def keep_finding(self, finding: Finding | None) -> None:
        """Keep a finding with a reason; its whole group goes with it."""
        if finding is None:
            return
        group = [
            f
            for f in self.model.findings
            if f.kept is None and f.rule == finding.rule and (f is finding or (f.group and f.group == finding.group))
        ]
        reason = confirm(
            self._view,
            _("Keep this finding?"),
            render(finding.message),
            deed=_("Keep"),
            leave=_("Do not keep"),
            reason=_("Reason (needed)"),
            needs_reason=True,
        )
        if reason:
            ids = [f.id for f in group] or [finding.id]
            self.session.write(lambda record: checks.keep(record, ids=ids, period=self.session.period, reason=reason))

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

    def _chosen_rows(self) -> list[int]:
        block = self._view.grid.block()
        return list(range(block.top(), block.bottom() + 1)) if self.model.rows else []

    def _allow_acts(self) -> None:
        states = {self.model.rows[row].state for row in self._chosen_rows()}
        allowed = {
            "complete": {"in_entry", "returned"},
            "check": {"complete"},
            "return": {"complete", "checked"},
            "lock": {"checked"},
            "reopen": {"locked"},
        }
        for name, action in self._view.actions_of.items():
            action.setEnabled(bool(states & allowed[name]))

    def act_on_forms(self, act: str) -> None:
        """Complete, check, return, lock or reopen the forms of the chosen communes."""
        rows = self._chosen_rows()
        named = ", ".join(self.model.rows[row].commune.name for row in rows[:3]) + (", …" if len(rows) > 3 else "")
        reason: str | None = ""
        if act in ("return", "reopen", "complete"):
            reason = self._reason_for(act, named, rows)
            if reason is None:
                return
        for row in rows:
            if not self._act_on_one(act, self.model.rows[row].commune.code, reason or None):
                break

    def _reason_for(self, act: str, named: str, rows: list[int]) -> str | None:
        missing = sum(
            self.model.value(row, column) in (None, NOT_REPORTED)
            for row in rows
            for column in range(len(self.model.columns))
        )
        if act == "complete":
            if not missing:
                return ""
            return confirm(
                self._view,
                _("Complete the form of {communes}?").format(communes=named),
                _("{count} cells are not reported. The form may be complete all the same, with a reason.").format(
                    count=missing
                ),
                deed=_("Complete"),
                leave=_("Not yet"),
                reason=_("Reason (needed)"),
                needs_reason=True,
            )
        is_return = act == "return"
        return confirm(
            self._view,
            (_("Return the form of {communes}?") if is_return else _("Reopen the form of {communes}?")).format(
                communes=named
            ),
            _("It goes back into entry.") if is_return else _("It becomes a correction; the next package carries it."),
            deed=_("Return") if is_return else _("Reopen"),
            leave=_("Leave as it is"),
            reason=_("Reason (needed)"),
            needs_reason=True,
        )

    def _act_on_one(self, act: str, unit: str, reason: str | None) -> bool:
        form, period = self.form, self.session.period

        def intent(record: Record) -> Changes:
            if act == "complete":
                return submissions.complete(
                    record, unit=unit, form=form, period=period, reason=reason, received_on=self.session.today()
                )
            if act == "check":
                return submissions.check(record, unit=unit, form=form, period=period)
            if act == "return":
                return submissions.give_back(record, unit=unit, form=form, period=period, reason=reason or "")
            if act == "lock":
                return submissions.lock(record, unit=unit, form=form, period=period)
            return submissions.reopen(record, unit=unit, form=form, period=period, reason=reason or "")

        return self.session.write(intent) is not None


def _type_block(cells: list[Typed], period: object, record: Record) -> Changes:
    return entry.type_block(record, cells=cells, period=period)  # type: ignore[arg-type]


def _short(name: str) -> str:
    return words.unit_name(name).removeprefix("Xã ").removeprefix("Phường ")
