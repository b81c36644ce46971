"""What is odd on the weighing list: where it stands, the way from one to the next, and mending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.findings import Finding, Severity
from desktop.ui.screens.children.weighing.columns import ELEMENTS, Col
from desktop.ui.screens.children.weighing.rows import Row

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.part import WeighingPart


class Found:
    """The findings of the list shown."""

    def __init__(self, part: WeighingPart) -> None:
        self.part = part
        self.model = part.model
        self.grid = part.grid

    def open(self) -> list[tuple[Row, Finding]]:
        """Errors and warnings that nobody keeps, line by line."""
        return [one for one in self.model.findings() if one[1].severity is not Severity.NOTE and one[1].kept is None]

    def places(self) -> list[tuple[int, int]]:
        """The cells shown that bear one, in reading order."""
        places = set()
        for row, finding in self.open():
            line = self.model.line_of(row.child.uid)
            if line is not None:
                places.add((line, int(_column(finding))))
        return sorted(places)

    def step(self, step: int) -> None:
        """To the next (1) or previous (-1) cell with a finding."""
        places = self.places()
        if not places or not self.part.settle():
            return
        current = self.grid.currentIndex()
        here = (current.row(), current.column())
        if step > 0:
            target = next((place for place in places if place > here), places[0])
        else:
            target = next((place for place in reversed(places) if place < here), places[-1])
        self.grid.go(*target)
        self.grid.setFocus()

    def go(self, finding: Finding) -> None:
        """To the cell of a finding; a filter that hides its child is taken away."""
        uid = _uid(finding)
        if self.model.line_of(uid) is None:
            self.part.unfilter()
        line = self.model.line_of(uid)
        if line is not None and self.part.settle():
            self.grid.go(line, int(_column(finding)))
            self.grid.setFocus()

    def mend(self, finding: Finding) -> None:
        """Write what was probably meant."""
        row = self.model.by_uid(_uid(finding))
        if row is not None and finding.mend and self.part.settle():
            self.go(finding)
            self.part.writing.mend(row, finding.mend)


def _uid(finding: Finding) -> str:
    return (finding.unit or "").removeprefix("uid:")


def _column(finding: Finding) -> Col:
    return ELEMENTS.get(finding.element or "", Col.NAME)
