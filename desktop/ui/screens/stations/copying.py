"""Which other station's profile is taken over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from desktop.application.stations import Station
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.widgets.parts import button, column, label, row


class CopyDialog(QDialog):
    """One station to copy from; what the station in hand tells already stays."""

    def __init__(self, parent: QWidget | None, name: str, others: Sequence[Station]) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(_("Copy another station's profile"))
        self.setMinimumWidth(420)
        self.setMaximumWidth(480)
        self.box = QComboBox()
        self.box.setAccessibleName(_("Copy from"))
        for one in others:
            home = words.unit_name(one.commune.name) if one.commune is not None else "–"
            self.box.addItem(f"{one.name} · {home}", one.uid)
        text = _("What {name} does not tell yet is taken from the station chosen; what it tells stays.")
        body = column(
            label(_("Copy to {name} from which station?").format(name=name), "subject", wrap=True),
            label(text.format(name=name), wrap=True),
            self.box,
            gap=10,
            margins=(20, 18, 20, 16),
        )
        self.deed = button(_("Copy"), self.accept, kind="primary")
        body.addLayout(row(None, button(_("Leave it"), self.reject), self.deed))
        self.setLayout(body)

    @property
    def chosen(self) -> str:
        """The station (uid) to copy from."""
        return str(self.box.currentData())
