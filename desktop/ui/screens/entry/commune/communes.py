"""The communes at the left: each with the state of its form, or the gravest open finding with how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.application.offices import Commune
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold
from desktop.system.i18n import _
from desktop.ui import statuses, words
from desktop.ui.screens.entry.model import ROOT, Index
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import Tone, colour, palette
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Panel, SignLabel, column, label

ROW: Final = 27
WIDTH: Final = 162
LEGEND_NEEDS: Final = 30
MANY: Final = 20
"""From so many communes on they can be found by name."""
DONE: Final = ("complete", "checked", "locked")
MARKED: Final = Qt.ItemDataRole.UserRole + 1
Counts = Mapping[str, tuple[int, int]]
"""Open errors and warnings by commune code."""


def counted(findings: Iterable[Finding]) -> dict[str, tuple[int, int]]:
    """Open errors and warnings of each commune; cells of one breach count once."""
    seen: set[tuple[str | None, str]] = set()
    found: dict[str, tuple[int, int]] = {}
    for finding in findings:
        if finding.kept is not None or finding.unit is None or finding.severity is Severity.NOTE:
            continue
        key = (finding.unit, finding.group or finding.id)
        if key in seen:
            continue
        seen.add(key)
        errors, warnings = found.get(finding.unit, (0, 0))
        is_error = finding.severity is Severity.ERROR
        found[finding.unit] = (errors + is_error, warnings + (not is_error))
    return found


class CommunesModel(QAbstractListModel):
    """Communes with the state of their forms."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[Commune, str]] = []
        self.counts: Counts = {}

    def show(self, rows: Sequence[tuple[Commune, str]], counts: Counts) -> None:
        """Other communes or states; the same communes are only painted again, so that the list stays where it was."""
        is_same = [row[0].uid for row in rows] == [row[0].uid for row in self.rows]
        if not is_same:
            self.beginResetModel()
            self.rows, self.counts = list(rows), counts
            self.endResetModel()
            return
        # After every typed cell of hundreds of communes: what did not move is not painted.
        moved = [
            at
            for at, ((commune, state), (_same, before)) in enumerate(zip(rows, self.rows, strict=True))
            if state != before or counts.get(commune.code) != self.counts.get(commune.code)
        ]
        self.rows, self.counts = list(rows), counts
        for at in moved:
            self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, parent: Index = ROOT) -> int:
        """Communes."""
        return 0 if parent.isValid() else len(self.rows)

    def row_of(self, code: str | None) -> int | None:
        """The place of a commune's code."""
        return next((at for at, (commune, _state) in enumerate(self.rows) if commune.code == code), None)

    def status(self, row: int) -> tuple[Sign, str, Tone]:
        """Sign, words and tone of a commune's form."""
        commune, state = self.rows[row]
        return statuses.status(state, *self.counts.get(commune.code, (0, 0)))

    def count(self, row: int) -> int:
        """How many findings of the gravest kind stand open."""
        errors, warnings = self.counts.get(self.rows[row][0].code, (0, 0))
        sign = self.status(row)[0]
        return errors if sign is Sign.ERROR else warnings if sign is Sign.WARNING else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name; the state for tooltips and screen readers."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        commune, state = self.rows[index.row()]
        name = words.unit_name(commune.name)
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self.status(index.row())[1]
            known = statuses.word(state)
            return f"{name}: {known}" if known == said else f"{name}: {known}, {said}"
        return self.rows[index.row()] if role == MARKED else None


class _Painter(QStyledItemDelegate):
    """Name at the left, count and sign at the right."""

    def __init__(self, view: CommuneList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(10, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One commune."""
        place: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        model, row = self._view.communes, index.row()
        painter.fillRect(place, colour("accent_tint" if chosen else "sheet"))
        sign, _said, tone = model.status(row)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(place.right() - 20, place.center().y() - 6, signs.pixmap(sign, 14, ratio))
        right, count = place.right() - 26, model.count(row)
        if count:
            painter.setFont(fonts.font(fonts.SMALL, 500))
            painter.setPen(palette().text(tone))
            room = QRect(right - 24, place.top(), 24, place.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(count))
            right -= 24
        painter.setFont(fonts.font(fonts.TEXT, 600 if chosen else 400))
        painter.setPen(colour("ink"))
        name = place.adjusted(8, 0, 0, -1)
        name.setRight(right)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line"))
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -2))


class CommuneList(QListView):
    """The communes; the one chosen is the one whose form is shown."""

    commune_chosen = Signal(str)
    entered = Signal()

    def __init__(self, model: CommunesModel) -> None:
        super().__init__()
        self.communes = model
        self.setAccessibleName(_("List of communes"))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painter(self))
        self.setModel(model)
        self.activated.connect(lambda _index: self.entered.emit())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another commune was chosen here."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and self.hasFocus():
            self.commune_chosen.emit(self.communes.rows[current.row()][0].code)

    def mark(self, code: str) -> None:
        """Show which commune's form is shown; nothing is chosen by it."""
        row = self.communes.row_of(code)
        if row is None:
            return
        had = self.blockSignals(True)
        self.setCurrentIndex(self.communes.index(row))
        self.blockSignals(had)
        self.viewport().update()


class CommunePanel(Panel):
    """The list with how many are done above and the legend of the signs below."""

    def __init__(self, model: CommunesModel) -> None:
        super().__init__(_("Commune, town"))
        self.setFixedWidth(WIDTH)
        self.list = CommuneList(model)
        self.done: QLabel = label("", "hint")
        self.add_to_head(self.done)
        self.filter = FilterBox(_("Find a commune"))
        self.filter.setMinimumWidth(0)
        self.filter.setMaximumWidth(WIDTH)
        self.filter.textChanged.connect(lambda _text: self.narrow())
        self.filter_row = QWidget()
        self.filter_row.setLayout(column(self.filter, margins=(6, 4, 6, 4)))
        self.filter_row.hide()
        self.add(self.filter_row)
        self.add(self.list, 1)
        self.legend = _legend()
        self.add(self.legend)

    def narrow(self) -> None:
        """Only communes whose name holds what was typed, without regard to marks; the form shown stays."""
        wanted = fold(self.filter.text())
        for at, (commune, _state) in enumerate(self.list.communes.rows):
            self.list.setRowHidden(at, bool(wanted) and wanted not in fold(commune.name))

    def show_done(self) -> None:
        """How many forms are complete or further."""
        rows = self.list.communes.rows
        self.filter_row.setVisible(len(rows) > MANY)
        done = sum(state in DONE for _commune, state in rows)
        self.done.setText(_("{done}/{all} done").format(done=done, all=len(rows)))
        # The legend stands where the list leaves room for it.
        self.legend.setVisible(len(rows) * ROW + len(statuses.SIGNS) * 21 + LEGEND_NEEDS < self.height() - 31)


def _legend() -> Panel:
    made = Panel()
    made.setProperty("kind", "")
    body = column(gap=2)
    for state, sign in statuses.SIGNS.items():
        body.addWidget(SignLabel(sign, statuses.word(state), small=True))
    made.add_inset(body, (8, 6, 8, 6))
    return made
