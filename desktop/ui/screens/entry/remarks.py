"""What stands behind a cell: its note, its history, its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.application import entry
from desktop.system.i18n import _

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView


class Remarks:
    """Note, history and source of the matrix's cell in hand."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        self.screen = screen
        self.view = view

    def write_note(self) -> None:
        """A note on the cell; empty takes it away."""
        current, model, session = self.view.grid.currentIndex(), self.screen.model, self.screen.session
        if not current.isValid() or not self.screen.settle():
            return
        row, column = current.row(), current.column()
        figure = model.cell(row, column).figure
        from desktop.ui.dialogs.ask import confirm

        note = confirm(
            self.view,
            _("Note of {place}").format(place=self.view.cell_bar.place.text()),
            model.full_name(column),
            deed=_("Save note"),
            leave=_("Leave as it was"),
            reason=_("Note"),
            reason_text=figure.note or "",
        )
        if note is None or note == (figure.note or ""):
            return
        unit, element = model.rows[row].commune.uid, model.columns[column].element.code
        period, kind = session.period, self.screen.kind
        self.screen.writing.write_notes(
            [(unit, element, note)],
            lambda record: entry.type_value(
                record, unit=unit, period=period, element=element, value=figure.value, note=note, kind=kind
            ),
        )

    def show_history(self) -> None:
        """Who wrote what into the cell."""
        from desktop.ui.screens.entry.history import HistoryDialog

        current, model = self.view.grid.currentIndex(), self.screen.model
        if current.isValid():
            element = model.columns[current.column()].element
            commune = model.rows[current.row()].commune
            HistoryDialog(self.view, self.screen.session, commune=commune, element=element).exec()

    def show_source(self) -> None:
        """Where the number of the cell comes from."""
        from desktop.ui.screens.entry.source import SourceDialog

        current, model, screen = self.view.grid.currentIndex(), self.screen.model, self.screen
        if not current.isValid() or model.matrix is None or not screen.settle():
            return
        element = model.columns[current.column()].element
        commune, form = model.rows[current.row()].commune, model.matrix.form
        SourceDialog(self.view, screen.session, commune=commune, element=element, form=form, kind=screen.kind).exec()
