"""The heat table: communes by how far they are from the other side, criteria beside each other; the number decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionViewItem, QWidget

from desktop.domain.criteria.bands import Band, band
from desktop.domain.criteria.ranking import place, surplus
from desktop.system.i18n import _
from desktop.ui import words as window_words
from desktop.ui.screens.criteria import words
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour, palette
from desktop.ui.widgets.tables import INSET, ROW, Column, Index, RowPainter, RowsModel, Table

if TYPE_CHECKING:
    from desktop.application.criteria_overview import Line, Overview
    from desktop.domain.criteria.sets import Criterion

GROUNDS: Final = {
    Band.UNDER: "#B4472B",
    Band.LOW: "#F3BE96",
    Band.MIDDLE: "#FBE8D3",
    Band.GOOD: "#E1ECF5",
    Band.HIGH: "#B3D0E7",
    Band.FULL: "#7FB1D8",
}
"""look.md 10; ink on all but the first, which bears white letters and a mark."""
NAME: Final = 122
TOTAL: Final = 52
VERDICT: Final = 142
LEAST: Final = 42
ROW_HEIGHT: Final = 24


class HeatKind(StrEnum):
    """What can be had, a commune, the mean of those that are scored."""

    MOST = "most"
    COMMUNE = "commune"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A criterion of a commune: its points as text, their band, the same in words."""

    text: str
    band: Band
    told: str = ""
    knocked: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A line of the table."""

    kind: HeatKind
    name: str
    cells: tuple[HeatCell, ...]
    total: str
    verdict: str
    line: Line | None = None

    @property
    def is_strong(self) -> bool:
        """Means and what is chosen stand out."""
        return self.kind is HeatKind.MEAN


class Order(StrEnum):
    """By what the communes that pass are ranked: points to spare in all, or nearness to losing the standard."""

    SURPLUS = "surplus"
    RISK = "risk"


def ranked(lines: Sequence[Line], order: Order) -> list[Line]:
    """Communes best first."""
    return sorted(lines, key=lambda line: (*place(line.judged, _spare(line, order)), line.commune.code))


def _spare(line: Line, order: Order) -> Fraction | None:
    return surplus(line.judged, line.margin) if order is Order.SURPLUS else line.margin


def rows_of(found: Overview, order: Order = Order.SURPLUS) -> list[HeatRow]:
    """The table of an overview: the maxima first, the means last."""
    asked = found.criteria.criteria
    rows = [_most(found)] if found.criteria.is_whole else []
    short = Counter(_short_name(line.commune.name) for line in found.lines)
    for line in ranked(found.lines, order):
        name = window_words.unit_name(line.commune.name)
        # Xã Lào Cai beside Phường Lào Cai keep their kind.
        is_alone = short[_short_name(line.commune.name)] == 1
        rows.append(_commune(line, asked, order, _short_name(name) if is_alone else name))
    if any(line.judged.total is not None for line in found.lines):
        rows.append(_mean(found))
    return rows


def _most(found: Overview) -> HeatRow:
    one = found.criteria
    cells = []
    for criterion in one.criteria:
        most = criterion.maximum or Fraction(0)
        floor = words.points(most * one.floor_share)
        told = _("{name}: at most {most}, at least {floor}").format(
            name=criterion.name, most=words.points(most), floor=floor
        )
        cells.append(HeatCell(f"{words.points(most)} ({floor})", Band.UNKNOWN, told))
    whole = sum((criterion.maximum or Fraction(0) for criterion in one.criteria), Fraction(0))
    needed = _("from {points} points").format(points=words.points(whole * one.total_share))
    return HeatRow(HeatKind.MOST, _("At most (floor)"), tuple(cells), words.points(whole), needed)


def _short_name(name: str) -> str:
    return name.removeprefix("Xã ").removeprefix("Phường ")


def _commune(line: Line, asked: Sequence[Criterion], order: Order, name: str = "") -> HeatRow:
    scores = {part.criterion.number: part for part in line.judged.criteria}
    cells = []
    for criterion in asked:
        part = scores.get(criterion.number)
        if part is None:
            cells.append(HeatCell("", Band.UNKNOWN, ""))
            continue
        step = band(part.score, part.maximum, part.floor)
        told = f"{criterion.number}. {criterion.name}: {words.points(part.score) or _('not scored')}"
        told += f"/{words.points(part.maximum)}" if part.score is not None else ""
        told += (
            ". " + _("below the floor of {points}").format(points=words.points(part.floor))
            if step is Band.UNDER
            else ""
        )
        if part.is_knocked:
            told += ". " + _("a knock-out is under its limit")
        cells.append(HeatCell(words.points(part.score), step, told, part.is_knocked))
    text = words.verdict_with_margin(line.judged, _spare(line, order))
    return HeatRow(HeatKind.COMMUNE, name, tuple(cells), words.total(line.judged.total), text, line)


def _mean(found: Overview) -> HeatRow:
    cells = tuple(HeatCell(words.mean(mean), Band.UNKNOWN) for mean in found.means)
    totals = [line.judged.total for line in found.lines if line.judged.total is not None]
    mean = sum(totals, Fraction(0)) / len(totals)
    share = _("{count}/{communes} meet it ({share})").format(
        count=found.passing, communes=found.communes, share=words.percent(found.share)
    )
    return HeatRow(HeatKind.MEAN, _("Mean"), cells, words.mean(mean), share)


def columns_of(found: Overview | None) -> list[Column[HeatRow]]:
    """Name, a column a criterion with its number below, total, verdict."""
    made: list[Column[HeatRow]] = [
        Column(
            _("Commune, town") + "\n",
            lambda row: row.name,
            strong=lambda row: row.is_strong,
            ground=lambda row: "" if row.kind is HeatKind.COMMUNE else palette().band,
            tip=lambda row: row.line.commune.name if row.line else row.name,
            width=NAME,
        )
    ]
    if found is not None:
        for at, criterion in enumerate(found.criteria.criteria):
            made.append(_criterion_column(f"{words.short(found.criteria, criterion)}\n{criterion.number}", at))
    made.append(
        Column(
            _("Total points") + "\n",
            lambda row: row.total,
            number=True,
            width=TOTAL,
            strong=lambda row: row.kind is not HeatKind.MOST,
            ground=lambda _row: palette().band,
        )
    )
    made.append(
        Column(
            _("Verdict") + "\n",
            lambda row: row.verdict,
            sign=lambda row: words.SIGNS[row.line.judged.verdict] if row.line else None,
            tone=lambda row: words.TONES[row.line.judged.verdict] if row.line else None,
            strong=lambda row: row.is_strong,
            ground=lambda row: "" if row.kind is HeatKind.COMMUNE else palette().band,
            tip=lambda row: row.verdict,
            width=VERDICT,
        )
    )
    return made


def _criterion_column(title: str, at: int) -> Column[HeatRow]:
    return Column(title, lambda row: row.cells[at].text, centre=True, width=LEAST, tip=lambda row: row.cells[at].told)


class HeatPainter(RowPainter):
    """Cells of criteria keep their ground also when their row is chosen; two lines mark that row."""

    def __init__(self, view: HeatTable) -> None:
        super().__init__(view, lines=1)
        self._heat = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        row: HeatRow = index.data(ROW)
        at = index.column() - 1
        place: QRect = option.rect  # type: ignore[attr-defined]
        if 0 <= at < len(row.cells):
            self._score(painter, place, row, row.cells[at], index)
        else:
            super().paint(painter, option, index)
        state = option.state  # type: ignore[attr-defined]
        if bool(state & QStyle.StateFlag.State_Selected) and row.line is not None:
            painter.setPen(QPen(colour("accent" if self._heat.hasFocus() else "frame"), 2))
            painter.drawLine(place.left(), place.top() + 1, place.right() + 1, place.top() + 1)
            painter.drawLine(place.left(), place.bottom(), place.right() + 1, place.bottom())

    def _score(self, painter: QPainter, place: QRect, row: HeatRow, cell: HeatCell, index: Index) -> None:
        plain = palette().high_contrast or row.kind is not HeatKind.COMMUNE
        ground = None if plain else GROUNDS.get(cell.band)
        usual = "sheet" if row.kind is HeatKind.COMMUNE else "band"
        painter.fillRect(place, QColor(ground) if ground else colour(usual))
        is_under = cell.band is Band.UNDER and row.kind is HeatKind.COMMUNE
        ink = (
            QColor("#FFFFFF") if is_under and ground else colour("ink2" if row.kind is not HeatKind.COMMUNE else "ink")
        )
        if is_under or cell.knocked:
            paint_mark(painter, QPoint(place.left() + 4, place.top() + 7), ink)
        elif row.kind is HeatKind.COMMUNE and not cell.text:
            _hatch(painter, place)
        small = row.kind is HeatKind.MOST
        painter.setFont(fonts.font(fonts.SMALL if small else fonts.TEXT, 700 if is_under or cell.knocked else 400))
        painter.setPen(ink)
        room = place.adjusted(10 if is_under or cell.knocked else 0, 0, 0, -1)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, cell.text)
        fifth = (index.row() + 1) % 5 == 0
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line5" if fifth else "line"))
        painter.fillRect(place.right(), place.top(), 1, place.height(), colour("line"))


def paint_mark(painter: QPainter, corner: QPoint, ink: QColor) -> None:
    """The down-mark of what lies below its floor, 8 px wide."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    left, top = corner.x(), corner.y()
    painter.drawPolygon(QPolygon([QPoint(left, top), QPoint(left + 8, top), QPoint(left + 4, top + 6)]))


def _hatch(painter: QPainter, place: QRect) -> None:
    painter.save()
    painter.setClipRect(place.adjusted(0, 0, -1, -1), Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour("hatch"), 1))
    for at in range(place.left() - place.height(), place.right(), 6):
        painter.drawLine(at, place.bottom(), at + place.height(), place.top())
    painter.restore()


class HeatTable(Table):
    """One row a commune; Enter opens its sheet."""

    def __init__(self) -> None:
        super().__init__(RowsModel(columns_of(None)), name=_("Communes by criteria"))
        self.setItemDelegate(HeatPainter(self))
        self.row_height = ROW_HEIGHT
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def show_overview(self, found: Overview, unit: str | None, order: Order) -> None:
        """Another table; the commune chosen stays chosen."""
        self.rows_model.beginResetModel()
        self.rows_model.columns = tuple(columns_of(found))
        self.rows_model.rows = tuple(rows_of(found, order))
        self.rows_model.endResetModel()
        self.spread()
        at = next((n for n, row in enumerate(self.rows_model.rows) if _is_of(row, unit)), 0)
        if self.rows_model.rows:
            self.blockSignals(True)
            self.setCurrentIndex(self.rows_model.index(at, 0))
            self.blockSignals(False)

    def spread(self) -> None:
        """Criteria share what name, total and verdict leave over; where it is too little the table scrolls."""
        count = len(self.rows_model.columns) - 3
        if count <= 0:
            return
        named = [self._head_width(column.title) for column in self.rows_model.columns[1:-2]]
        rest = self.viewport().width() - NAME - TOTAL - VERDICT
        longest = [max(LEAST, self._least_room(column.title)) for column in self.rows_model.columns[1:-2]]
        each = [max(word, min(width, rest // count + 10)) for width, word in zip(named, longest, strict=True)]
        if sum(each) > rest:
            each = _shrunk(each, longest, rest)
        spare = max(0, rest - sum(each)) // count
        for at, width in enumerate(each):
            self.setColumnWidth(at + 1, width + spare)
        taken = NAME + TOTAL + sum(each) + spare * count
        self.setColumnWidth(0, NAME)
        self.setColumnWidth(count + 1, TOTAL)
        self.setColumnWidth(count + 2, max(VERDICT, self.viewport().width() - taken))

    def _least_room(self, title: str) -> int:
        """The least width in which the name takes no more than two lines."""
        metrics = QFontMetrics(fonts.font(fonts.SMALL, 500))
        name = title.split("\n", maxsplit=1)[0].split()
        cuts = [(name[:at], name[at:]) for at in range(1, len(name))] or [(name, [])]
        return min(max(metrics.horizontalAdvance(" ".join(half)) for half in cut) for cut in cuts) + 2 * INSET + 3

    def resizeEvent(self, event: object) -> None:
        """The criteria share the width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.spread()


def _shrunk(wide: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths that give up what they have above their least, each in its proportion, until they fit a room."""
    spare = sum(wide) - sum(least)
    over = min(sum(wide) - room, spare)
    return [
        width - -(-(width - low) * over // spare) if spare else width for width, low in zip(wide, least, strict=True)
    ]


def _is_of(row: HeatRow, unit: str | None) -> bool:
    return row.line is not None and (unit is None or row.line.commune.code == unit)


class Legend(QWidget):
    """The bands by their share of the maximum; the first bears its mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.parts = (
            (Band.UNDER, _("below the floor")),
            (Band.LOW, _("under 65%")),
            (Band.MIDDLE, "65–80%"),
            (Band.GOOD, "80–90%"),
            (Band.HIGH, "90–100%"),
            (Band.FULL, _("all points")),
        )
        self.setAccessibleName(", ".join(text for _band, text in self.parts))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(560, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Squares with their words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("sheet"))
        painter.setFont(fonts.font(fonts.SMALL))
        left = 12
        for step, text in self.parts:
            box = QRect(left, 6, 22, 14)
            painter.fillRect(box, colour("sheet") if palette().high_contrast else QColor(GROUNDS[step]))
            painter.setPen(colour("line5"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            if step is Band.UNDER:
                paint_mark(
                    painter, QPoint(left + 7, 10), colour("ink") if palette().high_contrast else QColor("#FFFFFF")
                )
            painter.setPen(colour("ink2"))
            wide = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRect(left + 28, 0, wide + 2, 26), Qt.AlignmentFlag.AlignVCenter, text)
            left += 28 + wide + 16
        painter.drawText(
            QRect(left, 0, self.width() - left, 26), Qt.AlignmentFlag.AlignVCenter, _("share of the maximum")
        )
