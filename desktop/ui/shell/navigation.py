"""The places at the left: icon and word, folded to icons by Ctrl+B, reached by Alt+1 and so on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.system.i18n import _, render
from desktop.ui.places import Place
from desktop.ui.style import icons
from desktop.ui.style.palette import palette
from desktop.ui.widgets.parts import button, column, rule
from desktop.wording import say

WIDTH: Final = 152
FOLDED: Final = 44
ORDER: Final = (
    (Place.OVERVIEW, "home", say("Overview")),
    (Place.ENTRY, "table_edit", say("Enter data")),
    (Place.STATIONS, "stethoscope", say("Health stations")),
    (Place.CRITERIA, "ribbon_star", say("National criteria")),
    (Place.CHILDREN, "ruler", say("Children")),
    (Place.INDICATORS, "target", say("Indicators")),
    (Place.REPORTS, "document_text", say("Reports")),
    (Place.EXCHANGE, "usb_stick", say("Send – receive")),
    (Place.CATALOGUE, "library", say("Catalogue")),
    (Place.ADMIN, "settings", say("Administration")),
)


def key_of(at: int) -> str:
    """The key of the place at a row, from 0: Alt+1 to Alt+9, then Alt+0; none behind that."""
    return f"Alt+{(at + 1) % 10}" if at < 10 else ""


def place_name(place: Place) -> str:
    """What a place is called."""
    known = {known: name for known, _icon, name in ORDER} | {
        Place.IMPORTS: say("From Excel"),
        Place.DENOMINATORS: say("Figures to divide by"),
    }
    return render(known[place])


class Navigation(QWidget):
    """One row a place; the active one white with an accent bar."""

    chosen = Signal(object)
    folded = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("List of pages"))
        self.rows: dict[Place, QPushButton] = {}
        self._body = column(gap=0, margins=(0, 8, 0, 8))
        for at, (place, _icon, _name) in enumerate(ORDER):
            if place is Place.CATALOGUE:
                line = rule()
                self._body.addSpacing(6)
                self._body.addWidget(line)
                self._body.addSpacing(6)
            made = QPushButton()
            made.setProperty("kind", "place")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setIconSize(QSize(20, 20))
            made.setToolTip(f"{place_name(place)}  {key_of(at)}".rstrip())
            made.setAccessibleName(place_name(place))
            made.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(place))
            self.rows[place] = made
            self._body.addWidget(made)
        self._body.addStretch(1)
        self.fold_button = button("", self.toggle, kind="bare", tip=_("Fold the page list  Ctrl+B"))
        self._body.addWidget(self.fold_button)
        self.setLayout(self._body)
        self.is_folded = False
        self._active = Place.ENTRY
        self._dressed: object = None
        self.fold(folded=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The desk, with a hairline at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette().desk))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(palette().line))

    def activate(self, place: Place) -> None:
        """Mark the place that is shown; the import desk belongs to data entry, denominators to the indicators."""
        self._active = {Place.IMPORTS: Place.ENTRY, Place.DENOMINATORS: Place.INDICATORS}.get(place, place)
        self.rows[self._active].setChecked(True)
        self._dress()

    def toggle(self) -> None:
        """Fold or unfold, and remember it."""
        self.fold(folded=not self.is_folded)
        self.folded.emit(self.is_folded)

    def fold(self, *, folded: bool) -> None:
        """Icons only, or icons with words."""
        self.is_folded = folded
        self.setFixedWidth(FOLDED if folded else WIDTH)
        self._dress()

    def _dress(self) -> None:
        wanted = (self.is_folded, self._active, palette())
        if wanted == self._dressed:
            return
        self._dressed = wanted
        for place, icon, name in ORDER:
            made = self.rows[place]
            is_active = place is self._active
            made.setText("" if self.is_folded else _(name.msgid))
            shown = f"{icon}_20_filled" if is_active else f"{icon}_20_regular"
            made.setIcon(icons.icon(shown, colour=palette().accent if is_active else palette().ink2))
        self.fold_button.setText("" if self.is_folded else _("Fold  Ctrl+B"))
        self.fold_button.setIcon(
            icons.icon("panel_left_expand_20_regular" if self.is_folded else "panel_left_contract_20_regular")
        )
