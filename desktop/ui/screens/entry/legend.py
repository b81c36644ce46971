"""The line under the matrix: how the four states look and which keys type them; always in sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.system.i18n import _
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour
from desktop.ui.style.signs import paint_hatch

HEIGHT: Final = 16
SWATCH: Final = 22
GAP: Final = 12


class Legend(QWidget):
    """Key, picture, meaning, four times; the dash says what it means in this form."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._dash = ""
        self._compact = False
        self.show_dash(None)

    def show_dash(self, reading: str | None) -> None:
        """What a lone dash means in the form that is shown; None while nobody said."""
        dash = {
            "zero": _("number 0"),
            "not_applicable": _("not applicable"),
            "not_reported": _("not reported"),
        }.get(reading or "", _("asks once"))
        if dash != self._dash:
            self._dash = dash
            self._tell()

    def set_compact(self, compact: bool) -> None:
        """Fewer words where there is little room."""
        self._compact = compact
        self._tell()

    def parts(self) -> list[tuple[str, str, str]]:
        """Picture, key and meaning of each state."""
        made = [
            ("0", "0", _("number 0")),
            ("hatch", "Delete", _("not reported")),
            ("dash", "na", _("not applicable")),
            ("", "-", self._dash),
        ]
        return made if not self._compact else made[1:]

    def _tell(self) -> None:
        told = "; ".join(f"{key}: {meaning}" for _picture, key, meaning in self.parts())
        self.setAccessibleName(_("Keys of the states: {keys}").format(keys=told))
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    def _widths(self) -> list[int]:
        bold, plain = (QFontMetrics(fonts.font(fonts.SMALL, weight)) for weight in (600, 400))
        return [
            (SWATCH + 4 if picture else 0) + bold.horizontalAdvance(key) + 5 + plain.horizontalAdvance(meaning) + GAP
            for picture, key, meaning in self.parts()
        ]

    def sizeHint(self) -> QSize:
        """All parts side by side."""
        return QSize(sum(self._widths()) + 6, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures as in the cells, keys in bold."""
        painter = QPainter(self)
        left = 6
        for (picture, key, meaning), width in zip(self.parts(), self._widths(), strict=True):
            at = left
            if picture:
                self._swatch(painter, QRect(at, 2, SWATCH, HEIGHT - 4), picture)
                at += SWATCH + 4
            for text, weight, ink in ((key, 600, "ink"), (meaning, 400, "ink2")):
                painter.setFont(fonts.font(fonts.SMALL, weight))
                painter.setPen(colour(ink))
                room = painter.fontMetrics().horizontalAdvance(text)
                painter.drawText(QRect(at, 0, room + 2, HEIGHT), Qt.AlignmentFlag.AlignVCenter, text)
                at += room + 5
            left += width

    def _swatch(self, painter: QPainter, place: QRect, picture: str) -> None:
        painter.fillRect(place, colour("head" if picture == "dash" else "sheet"))
        if picture == "hatch":
            paint_hatch(painter, QRectF(place), colour("hatch"))
        elif picture in ("0", "dash"):
            painter.setFont(fonts.font(11))
            painter.setPen(colour("ink3" if picture == "dash" else "ink"))
            text = "–" if picture == "dash" else "0"
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place.adjusted(0, 0, -4, 0), right, text)
        painter.setPen(colour("line5"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0, 0, -1, -1))
