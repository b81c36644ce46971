"""Đợt cân đo: joins the weighing list, the record and the child at the side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.application import access, children, weighing
from desktop.application.children import ChildPage
from desktop.domain.children import Session
from desktop.domain.findings import Severity
from desktop.domain.text import fold
from desktop.errors import AppError
from desktop.system.i18n import _
from desktop.ui.places import Target
from desktop.ui.screens.children.part import Part
from desktop.ui.screens.children.weighing.blocks import Blocks
from desktop.ui.screens.children.weighing.columns import Col
from desktop.ui.screens.children.weighing.counts import count, limits
from desktop.ui.screens.children.weighing.found import Found
from desktop.ui.screens.children.weighing.giving import Giving
from desktop.ui.screens.children.weighing.model import WeighingModel
from desktop.ui.screens.children.weighing.resuming import Resuming
from desktop.ui.screens.children.weighing.rows import Row, State, rows_of, with_given
from desktop.ui.screens.children.weighing.sessions import Sessions
from desktop.ui.screens.children.weighing.view import WeighingView
from desktop.ui.screens.children.weighing.writing import Writing

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen

REST: Final = 90
"""ms after which the child in hand is read: not while the cursor runs down the list."""


class WeighingPart(Part):
    """The list of one commune and session."""

    def __init__(self, screen: ChildrenScreen) -> None:
        super().__init__(screen)
        self.model = WeighingModel()
        self.writing = Writing(self)
        self.giving = Giving(self)
        self._view = WeighingView(self.model, self.writing.take_text)
        self.grid = self._view.grid
        self.blocks = Blocks(self)
        self.sessions = Sessions(self)
        self.unit_uid = ""
        self.new_uids: set[str] = set()
        self.filter = "all"
        self.typed_day: date | None = None
        self._page: ChildPage | None = None
        self._are_limits_shown = False
        self._looked: set[tuple[str, str]] = set()
        self.found = Found(self)
        self.resuming = Resuming(self)
        self._resting = QTimer(self._view, singleShot=True, interval=REST)
        self._resting.timeout.connect(self._show_side)
        self._connect()

    def _connect(self) -> None:
        view, grid = self._view, self.grid
        grid.selectionModel().currentChanged.connect(self._moved)
        grid.cleared.connect(self.blocks.clear)
        grid.copied.connect(self.blocks.copy)
        grid.cut.connect(self.blocks.cut)
        grid.pasted.connect(self.blocks.paste)
        grid.filled.connect(self.blocks.fill)
        grid.typed_over.connect(self.blocks.type_over)
        grid.marked.connect(lambda letter: self.writing.mark(letter, self.blocks.rows()))
        grid.given.connect(lambda letter: self.giving.mark(letter, self.blocks.rows()))
        grid.opened.connect(self.open_child)
        grid.section_asked.connect(self.screen.step_commune)
        grid.refuses = self._refuses
        self.model.moved.connect(self._count)
        view.filter_chosen.connect(self.choose_filter)
        view.search.textChanged.connect(lambda _text: self._arrange())
        view.unfilter.clicked.connect(self.unfilter)
        view.paste.clicked.connect(self._paste)
        view.menu_paste.triggered.connect(lambda _on=False: self._paste())
        view.next.clicked.connect(partial(self.found.step, 1))
        view.side.page_asked.connect(self.open_child)
        view.side.page_shown.connect(self._show_side)
        view.side.finding_chosen.connect(self.found.go)
        view.side.mend_asked.connect(self.found.mend)
        view.side_button.toggled.connect(view.side.setVisible)
        for keys, deed in (
            ("F8", partial(self.found.step, 1)),
            ("Shift+F8", partial(self.found.step, -1)),
            ("Ctrl+F", view.search.setFocus),
            ("Shift+F2", self.ask_note),
            ("Ctrl+P", self.sessions.open_paper),
        ):
            QShortcut(QKeySequence(keys), view, deed)

    @property
    def view(self) -> WeighingView:
        """The page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Which session, pasting, a new session."""
        return (self._view.sessions, self._view.paste, self._view.open_new, self._view.side_button)

    @property
    def held(self) -> Session | None:
        """The session that is shown."""
        return self.sessions.held

    @property
    def held_uid(self) -> str | None:
        """Its uid."""
        return self.held.uid if self.held is not None else None

    @property
    def held_day(self) -> date:
        """The first day of the session: who is looked for is asked of it."""
        return self.held.first if self.held is not None else self.session.today()

    @property
    def day(self) -> date:
        """The day new measurements are of: the one chosen of the session's, else today, else its first."""
        if self.held is None:
            return self.session.today()
        if self.typed_day is not None and self.held.holds(self.typed_day):
            return self.typed_day
        return self.session.today() if self.held.holds(self.session.today()) else self.held.first

    # ---- showing ----

    def load(self) -> None:
        """Read sessions and list anew; the cursor stays on its child."""
        commune = self.screen.commune
        if commune is None:
            self.sessions.held = None
            self._show_none()
            return
        self.unit_uid = commune.uid
        self.sessions.load(commune)
        if self.held is None:
            self._show_none()
            return
        self._read()

    def _show_none(self) -> None:
        self.model.show((), date.min, takes_new=False)
        view = self._view
        if self.screen.commune is None:
            text = _("This office serves no commune in the period shown. Choose another period above.")
            view.show_empty(_("No commune"), text, "")
            return
        title = _("No weighing session of {commune} in this period").format(commune=self.screen.commune.name)
        text = _(
            "Open the session with its day: the list of children under five on that day appears, with what was "
            "measured last time. Lists in Excel are taken in under “Nhập từ Excel”."
        )
        view.show_empty(title, text, _("Open a session…"))

    def _read(self) -> None:
        assert self.held is not None  # noqa: S101 - only called with a session
        place, self._page = self._place(), None
        was_new = self.model.is_new_line(self.grid.currentIndex().row())
        look = (self.unit_uid, self.held.uid)
        sheet = weighing.sheet(self.session.record, session=self.held.uid, communes=[self.unit_uid])
        rows = with_given(
            rows_of(sheet.lines), self.giving.read([line.child.uid for line in sheet.lines], sheet.session)
        )
        rows = [replace(row, is_new=True) if row.child.uid in self.new_uids else row for row in rows]
        half = self._half_typed()
        self._view.show_list()
        self.model.show(rows, self.held.first)
        self._arrange()
        if was_new and self.model.takes_new:
            self.grid.go(len(self.model.shown), Col.NAME)
        else:
            self._go_back(place)
        if half is not None and self._place() == half[0]:
            self.grid.begin(half[1])
        if half is None:
            self.resuming.put_back()
        if look not in self._looked:
            self._looked.add(look)
            self._note_look(len(rows))

    def _note_look(self, count_of_rows: int) -> None:
        """The access log: that this list was shown, once a sitting; nothing the screens show changes by it."""
        held, unit = self.held, self.unit_uid
        if held is not None:
            self.session.write(
                lambda record: access.look(
                    record, what="session", unit=unit, about=held.first.isoformat(), rows=count_of_rows
                )
            )

    def _place(self) -> tuple[str, int] | None:
        current = self.grid.currentIndex()
        row = self.model.row(current.row())
        return (row.child.uid, current.column()) if row is not None else None

    def _half_typed(self) -> tuple[tuple[str, int], str] | None:
        place = self._place()
        return (place, self.grid.editor.whole_text()) if place is not None and self.grid.is_editing else None

    def _go_back(self, place: tuple[str, int] | None) -> None:
        line = self.model.line_of(place[0]) if place else None
        if place is not None and line is not None:
            self.grid.go(line, place[1])
            return
        first = self.grid.first_cell()
        if first is not None:
            self.grid.go(*first)
        self._show_child()

    def show_session(self) -> None:
        """The list of the session that is held now."""
        self.new_uids.clear()
        self._read()
        self.session.hint_changed.emit()

    # ---- filter ----

    def choose_filter(self, name: str) -> None:
        """All, not weighed, severe, absent."""
        if self.settle():
            self.filter = name
        self._view.filters[self.filter].setChecked(True)
        self._arrange()

    def unfilter(self) -> None:
        """All children again."""
        self.filter = "all"
        self._view.filters["all"].setChecked(True)
        self._view.search.clear()
        self._arrange()
        self.grid.setFocus()

    def _arrange(self) -> None:
        wanted = fold(self._view.search.text()).split()
        place = self._place()
        if self.filter == "all" and not wanted:
            self.model.arrange(None)
        else:
            self.model.arrange(partial(_fits, _KEEPS[self.filter], wanted))
        self._view.show_nothing(not self.model.rowCount())
        if place is not None and self.model.line_of(place[0]) is None:
            place = None
        if self.model.rowCount():
            self._go_back(place)

    # ---- the child in hand ----

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.row() != previous.row():
            self._resting.start()
        self.session.hint_changed.emit()

    def row_in_hand(self) -> Row | None:
        """The child of the current line."""
        return self.model.row(self.grid.currentIndex().row())

    def _show_side(self) -> None:
        self._show_child()
        if not self._are_limits_shown:
            self._are_limits_shown = True
            self._view.show_limits(limits(self.model.all_rows))
        if self._view.side.page == "findings":
            self._view.side.show_findings(self.found.open())

    def _show_child(self) -> None:
        row = self.row_in_hand()
        if row is None or not self._view.isVisible():
            self._page = None
        elif self._page is None or self._page.child.uid != row.child.uid:
            self._page = None
            with suppress(AppError):
                # Somebody may have erased the child; the list is read anew in a moment.
                self._page = children.child_page(self.session.record, uid=row.child.uid, log=False)
        self._view.side.show_child(row, self._page, row.now if row is not None else None)

    def open_child(self) -> None:
        """The child's own page."""
        row = self.row_in_hand()
        if row is not None and self.settle():
            self.screen.open_child(row.child.uid)

    # ---- counts and findings ----

    def _count(self) -> None:
        self._view.show_counts(count(self.model.all_rows))
        self._are_limits_shown = False
        found = self.found.open()
        errors = sum(finding.severity is Severity.ERROR for _row, finding in found)
        warnings = sum(finding.severity is Severity.WARNING for _row, finding in found)
        self._view.show_findings(errors, warnings)
        self._view.side.count_findings(len(found))
        # The child and the cards follow when the hand rests: a key must not wait for them.
        self._resting.start()

    # ---- typing ----

    def _refuses(self, at: int, column: int) -> bool:
        if self.model.may_type(at, Col(column)):
            return False
        if Col(column) in (Col.NAME, Col.SEX, Col.BIRTH) and self.model.row(at) is not None:
            self.session.say(_("Name, sex and birth date are corrected on the child's page: Ctrl+Enter."))
        elif self.model.row(at) is not None:
            told = _("This is computed, or was written last time.")
            keys = _("Keys here: A vitamin A, S iron, K zinc, + other; again takes it away.")
            self.session.say(keys if Col(column) is Col.CARE else told)
        return True

    def _paste(self) -> None:
        self.grid.setFocus()
        self.blocks.paste()

    def ask_note(self) -> None:
        """The note of the child's visit, where its column has no room."""
        from desktop.ui.dialogs.ask import confirm

        row = self.row_in_hand()
        if row is None or not self.settle():
            return
        held = self.writing.held(row)
        typed = confirm(
            self._view, _("Note on {name}").format(name=row.child.name), "",
            deed=_("Save the note"), leave=_("Leave as it was"), reason=_("Note"), reason_text=held.note,
        )  # fmt: skip
        if typed is not None and typed != held.note:
            self.writing.write([replace(held, note=typed)])

    # ---- what the screen asks ----

    def settle(self) -> bool:
        """Keep a half-typed cell."""
        return self.grid.settle()

    def set_compact(self, compact: bool) -> None:
        """The child opens over the list with a button."""
        view = self._view
        view.side_button.setVisible(compact)
        view.side.setVisible(not compact or view.side_button.isChecked())
        view.set_compact(compact)

    def hint(self) -> str:
        """The keys of the list."""
        if self.held is None:
            return ""
        return _("Enter: down · V: absent · P: oedema · N/Đ: lying, standing")

    def go(self, target: Target) -> None:
        """A child of the list, or its first cell."""
        line = self.model.line_of(target.get("child"))
        if line is not None:
            self.grid.go(line, Col.WEIGHT)
        self.grid.setFocus()


_KEEPS: Final[dict[str, Callable[[Row], bool]]] = {
    "all": lambda _row: True,
    "waiting": lambda row: row.standing.state is State.WAITING,
    "severe": lambda row: row.standing.state is State.SEVERE,
    "absent": lambda row: row.is_absent,
}


def _fits(keeps: Callable[[Row], bool], wanted: Sequence[str], row: Row) -> bool:
    said = fold(f"{row.child.name} {row.child.mother} {row.child.village}")
    return keeps(row) and all(word in said for word in wanted)
