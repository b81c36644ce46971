"""The score sheet of a commune as a Qt model; the narrow panel and the wide page show the same one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from desktop.domain.criteria.scoring import By
from desktop.system.i18n import _, render
from desktop.ui.screens.criteria import words
from desktop.ui.screens.criteria.lines import LineKind, SheetLine
from desktop.ui.widgets.tables import Index

if TYPE_CHECKING:
    from desktop.application.criteria_overview import Cell

ROOT: Final = QModelIndex()


class Col(IntEnum):
    """The columns, of which the narrow panel shows some."""

    CODE = 0
    NAME = 1
    MAXIMUM = 2
    SELF = 3
    OFFICE = 4
    PROVINCE = 5
    LEFT = 6
    PROPOSAL = 7
    REASON = 8
    EVIDENCE = 9


TYPED: Final = {Col.SELF: By.SELF, Col.OFFICE: By.OFFICE, Col.PROVINCE: By.PROVINCE}
COLUMN_OF: Final = {by: col for col, by in TYPED.items()}
FIGURES: Final = frozenset({Col.MAXIMUM, *TYPED, Col.LEFT, Col.PROPOSAL, Col.EVIDENCE})
NARROW: Final = (Col.CODE, Col.NAME, *TYPED, Col.LEFT)


class ScoreModel(QAbstractTableModel):
    """Lines with their cells; a new reading of the same lines keeps the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[SheetLine] = ()
        self.names: dict[By, str] = {}
        self.by = By.OFFICE
        """Whose reasons and evidence are shown."""
        self.decided = ""
        """The code of the decision whose criteria these are."""

    def show(self, lines: Sequence[SheetLine]) -> None:
        """Show a sheet; where its lines are the ones shown only the cells are painted anew."""
        is_same = [line.code for line in lines] == [line.code for line in self.lines]
        if is_same:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(Col) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def choose(self, by: By) -> None:
        """Show the reasons and the evidence of another column."""
        if by is not self.by:
            self.by = by
            if self.lines:
                self.dataChanged.emit(self.index(0, Col.REASON), self.index(len(self.lines) - 1, Col.EVIDENCE))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, Col.REASON, Col.EVIDENCE)

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(Col)

    def line(self, row: int) -> SheetLine | None:
        """The line in a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def cell(self, row: int, by: By) -> Cell | None:
        """The cell of a row that gets points."""
        line = self.line(row)
        return line.row.cells.get(by) if line is not None and line.row is not None else None

    def may_type(self, row: int, column: int) -> bool:
        """Points and reasons of rows that are asked in the zone."""
        line = self.line(row)
        is_row = line is not None and line.kind is LineKind.ROW and line.applies
        return is_row and (column in TYPED or column == Col.REASON)

    def typed_at(self, row: int, column: int) -> str:
        """The cell as a person would type it."""
        if column == Col.REASON:
            return self.text(row, column)
        return self.text(row, column).replace("\u2212", "-") if column in TYPED else ""

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        line = self.line(row)
        if line is None:
            return ""
        known = Col(column)
        if known in TYPED:
            given = line.points.get(TYPED[known])
            return words.total(given) if line.kind is not LineKind.ROW else words.points(given)
        if known is Col.NAME:
            return line.name if line.kind is not LineKind.TOTAL else _("Total points")
        if known is Col.MAXIMUM:
            return words.points(line.maximum) if line.maximum else "–"
        if known is Col.LEFT:
            return words.points(line.left)
        if known is Col.CODE:
            return line.code
        return self._beside(row, line, known)

    def _beside(self, row: int, line: SheetLine, known: Col) -> str:
        cell = self.cell(row, self.by)
        if line.row is None:
            return ""
        if known is Col.PROPOSAL:
            proposal = line.row.proposal
            return words.points(proposal.points) if proposal is not None else ""
        if cell is None:
            return ""
        if known is Col.REASON:
            return cell.reason or ""
        return str(len(cell.evidence)) if cell.evidence else ""

    def told(self, row: int, column: int) -> str:
        """What the tooltip says."""
        line = self.line(row)
        if line is None:
            return ""
        if column == Col.PROPOSAL and line.row is not None and line.row.proposal is not None:
            proposal = line.row.proposal
            return render(proposal.why_not or proposal.basis)
        if column in (Col.CODE, Col.NAME):
            return f"{line.code} {line.name}".strip()
        by = TYPED.get(Col(column))
        if by is not None and by in line.under and line.least is not None:
            limit = _("at least {points} are needed").format(points=words.points(line.least))
            return limit[:1].upper() + limit[1:]
        cell = self.cell(row, by) if by is not None else None
        return (cell.reason or "") if cell is not None else self.text(row, column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says in a role."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(index.row(), index.column()) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row(), index.column())
        return None

    def spoken(self, row: int, column: int) -> str:
        """Row, column, what stands there, what is wrong with it."""
        line = self.line(row)
        if line is None:
            return ""
        text = self.text(row, column) or _("no points yet")
        by = TYPED.get(Col(column))
        wrong = _("below the floor") if by is not None and by in line.under else ""
        parts = (f"{line.code} {line.name}".strip(), f"{self.head(column)}: {text}", wrong)
        return ". ".join(part for part in parts if part)

    def head(self, column: int) -> str:
        """What stands over a column."""
        known = Col(column)
        if known in TYPED:
            return words.by_name(TYPED[known], self.names)
        return {
            Col.CODE: _("No."),
            Col.NAME: _("Criterion"),
            Col.MAXIMUM: _("At most"),
            Col.LEFT: _("Left"),
            Col.PROPOSAL: _("Record gives"),
            Col.REASON: _("Reason: {column}").format(column=words.by_name(self.by, self.names)),
            Col.EVIDENCE: _("Files"),
        }[known]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.head(section)
        return None

    def short_name(self, row: int) -> str:
        """The name of a line where there is little room."""
        line = self.lines[row]
        is_criterion = line.kind is LineKind.GROUP or (line.row is not None and line.code == line.row.criterion.number)
        return (words.middle(self.decided, line.code) if is_criterion else "") or self.text(row, Col.NAME)

    def row_of(self, code: str) -> int:
        """Where a row stands; -1 where it does not. A criterion above it may have the same code."""
        places = [at for at, line in enumerate(self.lines) if line.code == code]
        return next((at for at in places if self.lines[at].kind is LineKind.ROW), places[0] if places else -1)
