"""How much of the children leaves with a package: nothing by default; each choice says in a sentence what goes out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.system.i18n import _
from desktop.ui.widgets.parts import column, label, row

TOTALS: Final = "totals"
UNNAMED: Final = "unnamed"
FULL: Final = "full"


class DetailChoice(QWidget):
    """The level of detail, what it means, and the reason for which data of persons leave."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.level = QComboBox()
        self.level.setAccessibleName(_("What leaves"))
        for detail, title in (
            (TOTALS, _("Totals only")),
            (UNNAMED, _("Children without names")),
            (FULL, _("Full list of children")),
        ):
            self.level.addItem(title, detail)
        self.says = label("", "hint", wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Reason: the document that asks for it, what it is needed for"))
        self.reason.setAccessibleName(_("Reason"))
        body = column(gap=4)
        body.addLayout(row(label(_("What leaves"), "head"), None, self.level))
        body.addWidget(self.says)
        body.addWidget(self.reason)
        body.setContentsMargins(0, 0, 0, 0)
        self.setLayout(body)
        self.level.currentIndexChanged.connect(lambda _at: self._show())
        self.reason.textChanged.connect(lambda _text: self.changed.emit())
        self._show()

    @property
    def detail(self) -> str:
        """The level that is chosen."""
        return str(self.level.currentData())

    @property
    def is_of_children(self) -> bool:
        """Whether data of children leave at all."""
        return self.detail != TOTALS

    @property
    def why(self) -> str | None:
        """The reason, where one is needed."""
        return self.reason.text().strip() if self.is_of_children else None

    @property
    def is_ready(self) -> bool:
        """Whether nothing is lacking for writing."""
        return not self.is_of_children or bool(self.why)

    def choose(self, detail: str) -> None:
        """Take a level."""
        self.level.setCurrentIndex(self.level.findData(detail))

    def set_compact(self, compact: bool) -> None:
        """Where there is little room, what totals are stands in the tip."""
        self.says.setVisible(self.is_of_children or not compact)

    def _show(self) -> None:
        self.says.setText(_said(self.detail))
        self.level.setToolTip(_said(self.detail))
        self.reason.setVisible(self.is_of_children)
        self.changed.emit()


def _said(detail: str) -> str:
    if detail == UNNAMED:
        return _(
            "Leaves: of each child its commune, sex, ethnic group, the month of each visit, the age in days at it and "
            "what was measured. No name, no parents, no village, no birth date."
        )
    if detail == FULL:
        return _(
            "Leaves: everything about each child: name, birth date, parents, village, what was measured. Only the "
            "receiver can open the file; who sent it and why is noted in the access log."
        )
    return _("Leaves: figures of forms, plans and lists of units. No child, no name, no birth date.")
