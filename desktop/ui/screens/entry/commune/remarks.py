"""Beside the figures of a form: notes, the history of a cell, the walk from finding to finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.screens.entry.commune.lines import Col
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.commune.model import FormModel
    from desktop.ui.screens.entry.commune.way import CommuneWay


class FormRemarks:
    """What is said about the cell in hand, and where there is something to look at."""

    def __init__(self, way: CommuneWay, model: FormModel) -> None:
        self._way, self._model = way, model

    def write_note(self) -> None:
        """Type the note of the current line in its column."""
        grid = self._way.grid
        current = grid.currentIndex()
        if current.isValid() and self._model.may_type(current.row(), Col.NOTE):
            grid.go(current.row(), Col.NOTE)
            grid.begin()

    def show_history(self) -> None:
        """Who wrote what into the current cell."""
        from desktop.ui.screens.entry.history import HistoryDialog

        current, form = self._way.grid.currentIndex(), self._model.form
        element = self._model.lines[current.row()].element if current.isValid() else None
        if element is not None and form is not None:
            HistoryDialog(self._way.view, self._way.session, commune=form.commune, element=element).exec()

    def show_source(self) -> None:
        """Where the number of the current line comes from."""
        from desktop.ui.screens.entry.source import SourceDialog

        way, current, form = self._way, self._way.grid.currentIndex(), self._model.form
        element = self._model.lines[current.row()].element if current.isValid() else None
        if element is None or form is None or not way.settle():
            return
        SourceDialog(
            way.view, way.session, commune=form.commune, element=element, form=form.form, kind=form.kind
        ).exec()

    def step_finding(self, step: int) -> None:
        """The next or previous cell with a finding, from commune to commune; kept ones only if there is no other."""
        way = self._way
        places = self._places(is_open=True) or self._places(is_open=False)
        if not places:
            way.session.say(say("No finding in this form."))
            return
        here = (way.communes.row_of(way.code) or 0, way.grid.currentIndex().row())
        if step > 0:
            target = next((place for place in places if place > here), places[0])
        else:
            target = next((place for place in reversed(places) if place < here), places[-1])
        way.show_commune(way.communes.rows[target[0]][0].code)
        way.grid.go(target[1], Col.NOW)
        way.grid.setFocus()

    def _places(self, *, is_open: bool) -> list[tuple[int, int]]:
        rows = {commune.code: at for at, (commune, _state) in enumerate(self._way.communes.rows)}
        found = set()
        for finding in self._way.findings:
            row, line = rows.get(finding.unit or ""), self._model.row_of(finding.element)
            if row is not None and line is not None and (finding.kept is None) == is_open:
                found.add((row, line))
        return sorted(found)
