"""The little tables of an act: units before it with their shares, units after it. A last row is always empty."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from desktop.domain.acts import WHOLE
from desktop.domain.acts_drafts import Share, Source, Target
from desktop.domain.text import nfc
from desktop.system.i18n import _

Named = Callable[[str], str]
CODE, NAME, THIRD, FOURTH = range(4)


class _Rows(QTableWidget):
    changed = Signal()

    def __init__(self, heads: list[str], named: Named) -> None:
        super().__init__(0, len(heads))
        self._named = named
        self._filled: set[int] = set()
        self.setHorizontalHeaderLabels(heads)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(25)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(84)
        head = self.horizontalHeader()
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.resizeSection(CODE, 84)
        for at in range(2, len(heads)):
            head.resizeSection(at, 78)
        self.itemChanged.connect(self._edited)

    def add(self, code: str = "", name: str = "", third: str = "", *, part: bool = False) -> None:
        """Another row."""
        self.blockSignals(True)
        at = self.rowCount()
        self.insertRow(at)
        known = name or (self._named(code) if code else "")
        for place, text in enumerate((code, known, third, "")[: self.columnCount()]):
            self.setItem(at, place, QTableWidgetItem(text))
        self._furnish(at, part=part)
        self.blockSignals(False)

    def _furnish(self, at: int, *, part: bool) -> None:
        """What a kind of row has besides."""

    def _edited(self, item: QTableWidgetItem) -> None:
        at = item.row()
        if item.column() == CODE:
            found = self._named(self._text(at, CODE))
            if found:
                self.blockSignals(True)
                self.setItem(at, NAME, QTableWidgetItem(found))
                self.blockSignals(False)
        if at == self.rowCount() - 1 and (self._text(at, CODE) or self._text(at, NAME)):
            self.add()
        self.changed.emit()

    def _text(self, at: int, place: int) -> str:
        item = self.item(at, place)
        return " ".join(nfc(item.text()).split()) if item is not None else ""

    def filled(self) -> list[int]:
        """The rows that say something."""
        return [at for at in range(self.rowCount()) if self._text(at, CODE) or self._text(at, NAME)]

    def codes(self) -> list[str]:
        """The codes of those rows."""
        return [self._text(at, CODE) for at in self.filled()]


class SourceRows(_Rows):
    """Code, name, whether only part of it, and the share of its people as a percentage."""

    def __init__(self, named: Named) -> None:
        super().__init__([_("Code"), _("Name"), _("Only part"), _("Share %")], named)
        self.setAccessibleName(_("Units before the act"))

    def _furnish(self, at: int, *, part: bool) -> None:
        ticked = QTableWidgetItem()
        ticked.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        ticked.setCheckState(Qt.CheckState.Checked if part else Qt.CheckState.Unchecked)
        self.setItem(at, THIRD, ticked)

    def show_shares(self, *, shown: bool) -> None:
        """Shares are asked of mergers and divisions only."""
        for place in (THIRD, FOURTH):
            self.setColumnHidden(place, not shown)

    def is_part(self, at: int) -> bool:
        """Whether only part of the unit is concerned."""
        item = self.item(at, THIRD)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def share(self, at: int) -> int | None:
        """The share in ten-thousandths; None where none can be read."""
        text = self._text(at, FOURTH).rstrip("%").strip().replace(",", ".")
        try:
            found = Decimal(text) * WHOLE / 100
        except InvalidOperation:
            return None
        return int(found) if found.is_finite() and 0 < found <= WHOLE else None

    def sources(self) -> tuple[Source, ...]:
        """The units before, as they were typed; a name counts where the register does not know the code."""
        found = []
        for at in self.filled():
            code, name = self._text(at, CODE), self._text(at, NAME)
            told = name if name != self._named(code) else None
            found.append(Source(code, told or None, part=self.is_part(at)))
        return tuple(found)


class TargetRows(_Rows):
    """Code, name and the code of the unit above; empty cells stay as they were."""

    def __init__(self, named: Named) -> None:
        super().__init__([_("Code"), _("Name"), _("Belongs to")], named)
        self.setAccessibleName(_("Units after the act"))

    def targets(self) -> tuple[Target, ...]:
        """The units after, as they were typed."""
        return tuple(
            Target(self._text(at, CODE) or None, self._text(at, NAME) or None, None, self._text(at, THIRD) or None)
            for at in self.filled()
        )


def shares_of(froms: SourceRows, tos: TargetRows) -> tuple[Share, ...]:
    """The shares typed: each of its unit into the first unit after the act."""
    into = next(iter(tos.codes()), "")
    return tuple(
        Share(froms.codes()[place], into, share, _("estimated by population"))
        for place, at in enumerate(froms.filled())
        if into and froms.is_part(at) and (share := froms.share(at)) is not None
    )
