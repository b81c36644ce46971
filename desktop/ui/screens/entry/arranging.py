"""Which rows and columns the matrix shows, and in which order; totals always count all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.application.entry import Cell, Row
from desktop.domain.findings import Severity
from desktop.domain.values import State, Value
from desktop.system.i18n import _
from desktop.ui.screens.entry.model import MatrixModel
from desktop.ui.statuses import status

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView

DONE: Final = ("complete", "checked", "locked")
STATES: Final = ("not_started", "in_entry", "complete", "checked", "returned", "locked")
Keep = Callable[[Row, Sequence[Cell]], bool]


def _bears(*grades: Severity) -> Keep:
    def keep(_row: Row, cells: Sequence[Cell]) -> bool:
        return any(cell.worst in grades for cell in cells if cell.findings)

    return keep


def _stands(state: str) -> Keep:
    return lambda row, _cells: row.state == state


def _has_gaps(_row: Row, cells: Sequence[Cell]) -> bool:
    return any(cell.figure.value.state is State.NOT_REPORTED for cell in cells)


KEEPS: Final[dict[str, Keep]] = {
    "errors": _bears(Severity.ERROR),
    "findings": _bears(Severity.ERROR, Severity.WARNING),
    "gaps": _has_gaps,
    "open": lambda row, _cells: row.state not in DONE,
    **{state: _stands(state) for state in STATES},
}


def filter_words(name: str) -> str:
    """What a filter shows, in a few words."""
    if name in STATES:
        return status(name, 0, 0)[1]
    return {
        "errors": _("With errors"),
        "findings": _("With errors or warnings"),
        "gaps": _("With empty cells"),
        "open": _("Not done yet"),
    }[name]


def _sort_key(value: Value | None) -> tuple[int, int, str]:
    """Figures by size, then words, then gaps."""
    if value is None or value.state in (State.NOT_REPORTED, State.NOT_APPLICABLE):
        return (2, 0, "")
    if value.amount is not None:
        return (0, value.amount, "")
    return (1, 0, value.text or value.state.value)


class Arranging(QObject):
    """Sort, filter and chosen columns of a screen; a cell that is typed never makes its row jump."""

    changed = Signal()

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        super().__init__(screen)
        self.screen = screen
        self.view = view
        self.filter = ""
        self._sorted: tuple[str, bool] | None = None
        self._form = ""

    # ---- what the model asks ----

    def arranged(self, model: MatrixModel) -> tuple[Sequence[int], Sequence[int]]:
        """Rows and columns of a matrix that was just read."""
        if self._form != self.screen.form:
            # Another form has other columns and other gaps.
            self._form, self._sorted, self.filter = self.screen.form, None, ""
        hidden = self.hidden()
        columns = [at for at, column in enumerate(model.all_columns) if column.element.code not in hidden]
        return self._rows(model), columns or range(len(model.all_columns))

    def _rows(self, model: MatrixModel) -> list[int]:
        rows: Iterable[int] = range(len(model.all_rows))
        if self.filter:
            keep = KEEPS[self.filter]
            rows = [at for at in rows if keep(model.all_rows[at], model.line(at))]
        if self._sorted is None:
            return list(rows)
        code, largest_first = self._sorted
        place = next((at for at, known in enumerate(model.all_columns) if known.element.code == code), None)
        if place is None:
            return list(rows)

        def key(at: int) -> tuple[int, int, str]:
            figure = model.line(at)[place].figure
            kind, amount, text = _sort_key(figure.value if figure.touched else None)
            # Gaps stay at the foot whichever way the figures go.
            return kind, -amount if largest_first else amount, text

        return sorted(rows, key=key)

    # ---- what a person asks ----

    def sort(self, column: int | None, *, largest_first: bool = False) -> None:
        """Sort the rows by a shown column; None for the order of the register."""
        code = None if column is None else self.screen.model.columns[column].element.code
        self._sorted = None if code is None else (code, largest_first)
        self.apply()

    def show_only(self, name: str) -> None:
        """Show only some communes; empty for all."""
        self.filter = name
        self.apply()

    def hidden(self) -> set[str]:
        """Elements of this form that are not shown."""
        return set((self.screen.session.settings.hidden or {}).get(self.screen.form, "").split())

    def hide(self, codes: Iterable[str]) -> None:
        """Show all elements of this form but these; remembered."""
        kept = {form: text for form, text in (self.screen.session.settings.hidden or {}).items() if text}
        kept[self.screen.form] = " ".join(sorted(codes))
        self.screen.session.keep(hidden={form: text for form, text in kept.items() if text} or None)
        self.apply()

    def apply(self) -> None:
        """Arrange anew; the cursor stays on its commune and element where they are still shown."""
        if not self.screen.settle():
            return
        place = self.screen.ways.matrix_place()
        self.screen.model.arrange(*self.arranged(self.screen.model))
        self.show()
        self.screen.go_near(place)
        self.changed.emit()

    def show(self) -> None:
        """Say what is left out, and mark the column the rows are sorted by."""
        model = self.screen.model
        column = model.column_of(self._sorted[0]) if self._sorted else None
        sorted_by = None if column is None or self._sorted is None else (column, self._sorted[1])
        self.view.grid.show_sorted(sorted_by)
        self.view.show_arranged(
            filter_words(self.filter) if self.filter else "",
            len(model.rows),
            len(model.all_rows),
            len(model.all_columns) - len(model.columns),
        )

    @property
    def is_sorted(self) -> bool:
        """Whether the rows stand in another order than that of the register."""
        return self._sorted is not None

    def uncover(self, unit: str | None, element: str | None) -> None:
        """Take away what hides a commune (code) or an element that somebody goes to."""
        model = self.screen.model
        if unit is not None and model.row_of(unit) is None and any(row.commune.code == unit for row in model.all_rows):
            self.filter = ""
            self.apply()
        if element is not None and model.column_of(element) is None and element in self.hidden():
            self.hide(self.hidden() - {element})
