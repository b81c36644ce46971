"""Biểu xã: joins one commune's form, the list of communes and the screen. Every cell is written when it is left."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.application import commune_form, entry
from desktop.application.changes import Changes
from desktop.application.commune_form import CommuneForm
from desktop.application.entry import Typed
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.values import Kind, State, Value
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.places import Place, Target
from desktop.ui.screens.entry.commune.asking import Asking
from desktop.ui.screens.entry.commune.blocks import FormBlocks
from desktop.ui.screens.entry.commune.communes import CommunesModel, counted
from desktop.ui.screens.entry.commune.life import FormLifeActs
from desktop.ui.screens.entry.commune.lines import TYPED, Col
from desktop.ui.screens.entry.commune.model import FormModel
from desktop.ui.screens.entry.commune.remarks import FormRemarks
from desktop.ui.screens.entry.commune.view import CommuneView
from desktop.ui.screens.entry.measure import fitting
from desktop.ui.screens.entry.reading import Reader
from desktop.ui.screens.entry.ways import Shown, Way
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.typing_grid import TypingGrid
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen


class CommuneWay(Way):
    """One commune's form beside the matrix, over the same figures."""

    help = "nhap-so-lieu#Biểu một xã"

    def __init__(self, screen: EntryScreen) -> None:
        super().__init__(screen)
        self.model = FormModel()
        self.communes = CommunesModel()
        self._view = CommuneView(self.model, self.communes, self.take_text)
        self.reader = Reader(self.session, self._view)
        self.blocks = FormBlocks(self, self.model, self._view.grid)
        self.life = FormLifeActs(self, self.model)
        self.asking = Asking(self, self.model)
        self.remarks = FormRemarks(self, self.model)
        self.findings: Sequence[Finding] = ()
        self.code = ""
        self._connect()

    @property
    def view(self) -> CommuneView:
        """The page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """What stands in the page bar while a form is shown."""
        return (self.asking.button,)

    @property
    def grid(self) -> TypingGrid:
        """The cells one types into."""
        return self._view.grid

    def _connect(self) -> None:
        view, grid = self._view, self._view.grid
        grid.selectionModel().selectionChanged.connect(lambda _now, _before: self.session.hint_changed.emit())
        grid.selectionModel().currentChanged.connect(lambda _now, _before: self._show_place())
        grid.edited.connect(lambda _text: self.screen.checking.give_way())
        grid.refuses = self.refuses_at
        grid.cleared.connect(self.blocks.clear)
        grid.copied.connect(self.blocks.copy)
        grid.cut.connect(self.blocks.cut)
        grid.pasted.connect(self.blocks.paste)
        grid.filled.connect(self.blocks.fill)
        grid.section_asked.connect(self.step_commune)
        grid.zoom_asked.connect(self.zoom)
        view.communes.list.commune_chosen.connect(self.show_commune)
        view.communes.list.entered.connect(self._enter_form)
        view.header.section_chosen.connect(self._go_section)
        view.header.received_asked.connect(self.life.ask_received)
        view.foot.act_asked.connect(self.life.act)
        for keys, deed in (
            ("F8", partial(self.step_finding, 1)),
            ("Shift+F8", partial(self.step_finding, -1)),
            ("F9", self.screen.checking.check_again),
            ("Shift+F2", self.remarks.write_note),
            ("Alt+H", self.remarks.show_history),
            ("F4", self.remarks.show_source),
            ("Ctrl++", partial(self.zoom, 1)),
            ("Ctrl+=", partial(self.zoom, 1)),
            ("Ctrl+-", partial(self.zoom, -1)),
            ("Ctrl+0", partial(self.zoom, 0)),
            ("Ctrl+P", partial(self.asking.print_form, "filled-form")),
        ):
            QShortcut(QKeySequence(keys), view, deed)

    # ---- showing ----

    def load(self) -> None:
        """Read the communes and the form shown; the cursor stays on its element."""
        record, period, form = self.session.record, self.session.period, self.screen.form
        rows = commune_form.states(record, form=form, period=period)
        self.findings = self.screen.model.findings
        self.communes.show(rows, counted(self.findings))
        codes = [commune.code for commune, _state in rows]
        if self.code not in codes:
            self.code = codes[0] if codes else ""
        self._view.grid.set_zoom(fitting(self.session.settings.table_zoom))
        self._view.show_count(len(codes))
        self._view.communes.show_done()
        self._view.communes.narrow()
        if codes:
            self._show(keep=self._place_now())

    def zoom(self, steps: int) -> None:
        """Larger or smaller in both ways; 0 is the usual size."""
        self.screen.display.zoom(steps)
        self._view.grid.set_zoom(fitting(self.session.settings.table_zoom))

    def _place_now(self) -> tuple[str, int]:
        current = self._view.grid.currentIndex()
        if current.isValid() and current.row() < len(self.model.lines):
            return self.model.lines[current.row()].code, current.column()
        return "", Col.NOW

    def _show(self, keep: tuple[str, int]) -> None:
        view = self._view
        top = view.grid.verticalScrollBar().value()
        form = commune_form.commune_form(
            self.session.record,
            unit=self.code,
            form=self.screen.form,
            period=self.session.period,
            kind=self.screen.kind,
        )
        half_typed = self._half_typed(form)
        self.model.show(form, self.findings)
        view.header.show_form(form, [line.section for line in self.model.lines if line.is_head])
        is_actual = form.kind is Kind.ACTUAL
        timing = commune_form.timing(self.session.record, form, today=self.session.today()) if is_actual else None
        view.header.show_timing(timing)
        view.foot.show_due(timing)
        view.foot.show_steps(has_life=is_actual)
        view.header.show_steps(has_life=is_actual)
        self.life.read_steps()
        self._show_state()
        view.communes.list.mark(self.code)
        at = self.model.row_of(keep[0])
        first = view.grid.first_cell()
        view.grid.verticalScrollBar().setValue(top)
        if at is not None:
            view.grid.go(at, keep[1])
        elif first is not None:
            view.grid.go(*first)
        if half_typed is not None and at is not None:
            view.grid.begin(half_typed)
        if view.grid.isVisible() and not view.isAncestorOf(QApplication.focusWidget() or view):
            view.grid.setFocus()

    def _half_typed(self, form: CommuneForm) -> str | None:
        """The text in hand: reading the same form anew, because somebody else wrote, must not take it away."""
        shown, grid = self.model.form, self._view.grid
        is_same = shown is not None and (shown.commune.code, shown.form.code, shown.period, shown.kind) == (
            form.commune.code,
            form.form.code,
            form.period,
            form.kind,
        )
        return grid.editor.whole_text() if is_same and grid.is_editing else None

    def _show_state(self) -> None:
        self._view.header.show_life(self.model.life)
        self._view.foot.show_count(*self.model.count())
        self._view.foot.show_acts(self.life.why_not)

    def _show_place(self) -> None:
        current = self._view.grid.currentIndex()
        if current.isValid():
            section = self.model.lines[current.row()].section
            heads = [line.section for line in self.model.lines if line.is_head]
            self._view.header.sections.setCurrentIndex(heads.index(section))
        self._tell_side()
        self.session.hint_changed.emit()

    def _tell_side(self) -> None:
        found = self.model.findings.get(self._place_now()[0], ())
        here = next((finding for finding in found if finding.kept is None), found[0] if found else None)
        self.screen.side.show_findings(self.findings)
        self.screen.side.show_place(self.code, here)

    def show_commune(self, code: str) -> None:
        """Another commune's form; what is half typed is kept first."""
        if code == self.code or self.communes.row_of(code) is None:
            return
        if not self.settle():
            self._view.communes.list.mark(self.code)
            return
        keep = self._place_now()
        self.code = code
        self._show(keep)

    def step_commune(self, step: int) -> None:
        """The next or previous commune, on the same element."""
        row, hidden = self.communes.row_of(self.code), self._view.communes.list.isRowHidden
        if row is None:
            return
        places = range(row + 1, len(self.communes.rows)) if step > 0 else range(row - 1, -1, -1)
        following = next((at for at in places if not hidden(at)), None)
        if following is not None:
            self.show_commune(self.communes.rows[following][0].code)

    def _enter_form(self) -> None:
        self._view.close_communes()
        self._view.grid.setFocus()

    def _go_section(self, place: int) -> None:
        heads = [at for at, line in enumerate(self.model.lines) if line.is_head]
        if 0 <= place < len(heads):
            self._view.grid.go(heads[place] + 1, Col.NOW)
            self._view.grid.verticalScrollBar().setValue(self._view.grid.verticalHeader().sectionPosition(heads[place]))
            self._view.grid.setFocus()

    def set_compact(self, compact: bool) -> None:
        """Communes behind a button, steps in a menu."""
        self._view.set_compact(compact)

    def hint(self) -> str:
        """The sum of the chosen figures, else the keys."""
        values = self.blocks.values() if self.model.lines else []
        numbers: list[Fraction] = [value.number for value in values if value.number is not None]
        if len(self.blocks.lines()) > 1 and numbers:
            whole = figures.rate(sum(numbers, Fraction()), 0)
            told = _("{count} cells chosen").format(count=len(self.blocks.lines()))
            return f"{told} · {_('Total {total}').format(total=whole)}"
        return _("Enter down, Tab to the note · Ctrl+PgDn next commune")

    def go(self, target: Target) -> None:
        """Show a commune's form and put the cursor on an element."""
        unit = target.get("unit")
        if unit:
            self.show_commune(unit)
        at = self.model.row_of(target.get("element"))
        if at is not None:
            self._view.grid.go(at, Col.NOW)
        self._view.grid.setFocus()
        self._tell_side()

    def place(self) -> Target | None:
        """The commune shown and the element the cursor stands on."""
        code, _column = self._place_now()
        where = (("unit", self.code), ("element", code)) if code else (("unit", self.code),)
        return Target(Place.ENTRY, where) if self.code else None

    def put(self, cells: Sequence[Shown]) -> None:
        """Figures or notes were written, here or in the matrix."""
        form = self.model.form
        if form is not None:
            self.model.put([(code, figure) for uid, code, figure in cells if uid == form.commune.uid])
            self._show_state()
        # Estimates and assigned figures have no form that moves.
        touched = {uid for uid, _code, _figure in cells if self.screen.kind is Kind.ACTUAL}
        rows = [(commune, "in_entry" if commune.uid in touched else state) for commune, state in self.communes.rows]
        self.communes.show(rows, self.communes.counts)

    def judge(self, findings: Sequence[Finding]) -> None:
        """The checks have spoken."""
        self.findings = findings
        self.model.judge(findings)
        self.communes.show(self.communes.rows, counted(findings))
        self.life.read_steps()
        self._show_state()
        self._tell_side()

    # ---- typing ----

    def take_text(self, row: int, column: int, text: str) -> bool:
        """Write what was typed; False where it was refused, and the status bar says why."""
        if column == Col.NOTE:
            return text.strip() == self.model.note(row) or self.write_notes([(row, text)])
        value = self.model.value(row)
        if text == figures.typed(value):
            return True
        if self.refuses():
            return False
        read = self.read(text, row)
        if read is None:
            return False
        if isinstance(read, Sentence):
            self.session.say(read, Tone.BAD)
            return False
        if read == value or (value is None and read.state is State.NOT_REPORTED and not text.strip()):
            return True
        return self.write_lines([(row, read)], "")

    def read(self, text: str, row: int) -> Value | Sentence | None:
        """What a text means on a line."""
        element = self.model.lines[row].element
        return self.reader.read(text, element, form=self.screen.form) if element else None

    def refuses_at(self, row: int, column: int) -> bool:
        """Say why nothing may be typed into a cell: it is computed, of another period, or the form is closed."""
        line = self.model.lines[row]
        if line.rate is not None and column in TYPED:
            self.session.say(say("A rate is computed; type the figures of its formula."), Tone.BAD)
        elif column in (Col.PAST, Col.PREVIOUS):
            self.session.say(say("This is another period's figure; choose that period above to mend it."), Tone.BAD)
        elif column == Col.PLAN:
            self.session.say(say("Assigned figures are typed under “Assigned figures”, chosen above."), Tone.BAD)
        elif not self.model.may_type(row, column):
            self.session.say(say("Figures of this period and notes are typed here; this column is read."), Tone.BAD)
        else:
            return self.refuses()
        return True

    def refuses(self) -> bool:
        """Say why nothing is taken, where the form is checked or locked."""
        form = self.model.form
        if form is None or not self.model.is_closed:
            return False
        name = form.commune.name
        self.session.say(
            say("The form of {unit} is locked. A leader can reopen it as a correction.", unit=name)
            if form.life.state == "locked"
            else say("The form of {unit} is checked. Return it for entry first.", unit=name),
            Tone.BAD,
        )
        return True

    def write_lines(self, news: Sequence[tuple[int, Value]], told: str) -> bool:
        """Write figures of this commune as one change."""
        form = self.model.form
        changed = [(at, value) for at, value in news if self.model.value(at) != value]
        if form is None or not changed:
            return True
        if self.refuses():
            return False
        uid = form.commune.uid
        cells = [Typed(uid, self.model.lines[at].code, value) for at, value in changed]
        intent = partial(_type, cells, self.session.period, self.screen.kind)
        done = self.screen.write_figures([(cell.unit, cell.element, cell.value) for cell in cells], intent)
        if done and told:
            self.session.say(told.format(count=len(changed)))
        return done

    def write_notes(self, news: Sequence[tuple[int, str]]) -> bool:
        """Write notes beside the figures; a note beside nothing says why nothing was reported."""
        form = self.model.form
        changed = [(at, text.strip()) for at, text in news if text.strip() != self.model.note(at)]
        if form is None or not changed:
            return True
        if self.refuses():
            return False
        uid = form.commune.uid
        cells = [
            Typed(uid, self.model.lines[at].code, self.model.figures[self.model.lines[at].code].value, text)
            for at, text in changed
        ]
        intent = partial(_type, cells, self.session.period, self.screen.kind)
        return self.screen.writing.write_notes([(cell.unit, cell.element, cell.note or "") for cell in cells], intent)

    def settle(self) -> bool:
        """Keep a half-typed cell."""
        return self._view.grid.settle()

    def step_finding(self, step: int) -> None:
        """The next or previous cell with a finding, from commune to commune."""
        self.remarks.step_finding(step)


def _type(cells: list[Typed], period: Period, kind: Kind, record: Record) -> Changes:
    return entry.type_block(record, cells=cells, period=period, kind=kind)
