"""Where a package is written: the sticks that are plugged in, or any folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QVBoxLayout, QWidget

from desktop.system.i18n import _, grouped
from desktop.system.sticks import Stick
from desktop.ui.style.sheet import mark
from desktop.ui.widgets.parts import column, label, row


class PlaceCard(QFrame):
    """One place to write to; a click anywhere on it chooses it."""

    chosen = Signal(object)

    def __init__(self, path: Path, title: str, hint: str, free: str) -> None:
        super().__init__()
        self.path = path
        self.setProperty("kind", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.choice = QRadioButton(title)
        self.choice.setAccessibleDescription(f"{hint} {free}")
        self.choice.toggled.connect(self._show)
        names = column(self.choice, label(hint, "hint"), gap=0)
        line = row(gap=8, margins=(10, 3, 10, 5))
        line.addLayout(names, 1)
        line.addWidget(label(free, "second"))
        self.setLayout(line)
        self.setMinimumHeight(46)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self.choice.setChecked(True)

    def _show(self, on: bool) -> None:
        mark(self, on="true" if on else "false")
        if on:
            self.chosen.emit(self.path)


class PlaceList(QWidget):
    """The places, one of them chosen."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._body: QVBoxLayout = column(gap=5)
        self.setLayout(self._body)
        self.cards: list[PlaceCard] = []
        self.path: Path | None = None

    def show_places(self, sticks: Sequence[Stick], folder: Path | None) -> None:
        """Sticks first, then the folder chosen before; the choice stays where it still stands."""
        for card in self.cards:
            self._body.removeWidget(card)
            card.deleteLater()
        self.cards = [
            PlaceCard(
                stick.root,
                f"{stick.name} ({str(stick.root).rstrip(chr(92))})",
                stick.system,
                _("{size} free").format(size=_size(stick.free)),
            )
            for stick in sticks
        ]
        if folder is not None:
            self.cards.append(PlaceCard(folder, folder.name or str(folder), str(folder), _("folder")))
        for card in self.cards:
            card.chosen.connect(self._choose)
            self._body.addWidget(card)
        held = next((card for card in self.cards if card.path == self.path), self.cards[0] if self.cards else None)
        self.path = None
        if held is not None:
            held.choice.setChecked(True)

    def _choose(self, path: Path) -> None:
        for card in self.cards:
            if card.path != path and card.choice.isChecked():
                card.choice.setAutoExclusive(False)
                card.choice.setChecked(False)
                card.choice.setAutoExclusive(True)
        self.path = path
        self.changed.emit(path)


def _size(count: int) -> str:
    from decimal import Decimal

    if count >= 1_000_000_000:
        return f"{grouped(Decimal(count // 100_000_000) / 10)} GB"
    return f"{grouped(max(count // 1_000_000, 0))} MB"
