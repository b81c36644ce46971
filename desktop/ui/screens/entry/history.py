"""Who wrote what into one cell, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from desktop.application import history
from desktop.application.entry import element_of
from desktop.application.offices import Commune
from desktop.domain.elements import Element
from desktop.domain.values import SCALE
from desktop.system.i18n import _, grouped, render
from desktop.ui import words
from desktop.ui.session import Session
from desktop.ui.widgets.parts import Empty, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

MOST = 200


class HistoryDialog(QDialog):
    """The life of a cell."""

    def __init__(self, parent: QWidget, session: Session, *, commune: Commune, element: Element) -> None:
        super().__init__(parent)
        title = _("History of the cell")
        self.setWindowTitle(title)
        self.resize(660, 360)
        name = f"{commune.name} · {words.named(element.name_vi, element.name_en)}"
        body = column(label(title, "subject"), label(name, "second"), gap=8, margins=(16, 14, 16, 14))
        entries = [
            entry
            for entry in history.history(
                session.record,
                unit=commune.code,
                period=session.period,
                element=element_of(session.record, element.code).code,
                today=session.today(),
                limit=MOST,
            )
            if entry.table == "value"
        ]
        self.model: RowsModel[Any] = RowsModel(_columns(), self)
        self.model.show(entries)
        if entries:
            body.addWidget(Table(self.model, name=title), 1)
        else:
            body.addWidget(Empty(_("Nobody has written here yet"), _("What is typed or imported will stand here.")), 1)
        close = button(_("Close"), self.accept)
        close.setDefault(True)
        body.addLayout(row(None, close))
        self.setLayout(body)


def _columns() -> list[Column[Any]]:
    return [
        Column(_("When"), lambda entry: moment_of(entry.when), width=130),
        Column(_("Person"), lambda entry: entry.who or _("this computer"), width=120),
        Column(_("Before"), lambda entry: _figure(entry.before), number=True, width=100),
        Column(_("After"), lambda entry: _figure(entry.after), number=True, width=100, strong=lambda _entry: True),
        Column(_("What"), lambda entry: render(entry.what), stretch=True),
    ]


def moment_of(iso: str) -> str:
    """A kept time as people read it: 14:32, 14/01/2025."""
    try:
        return datetime.fromisoformat(iso).strftime("%H:%M, %d/%m/%Y")
    except ValueError:
        return iso


def _figure(content: dict[str, Any] | None) -> str:
    """A journalled cell in words; only the parts that changed are in it."""
    if content is None:
        return ""
    amount, text = content.get("amount"), content.get("text")
    if amount is not None:
        whole, part = divmod(int(amount), SCALE)
        return grouped(whole) if not part else f"{int(amount) / SCALE:g}"
    if text:
        return str(text)
    state = content.get("state")
    return _EMPTY[state]() if isinstance(state, int) and state in _EMPTY else ""


# The record's numbers of the states without an amount (`contract/record.md` 4).
_EMPTY = {3: lambda: _("yes"), 4: lambda: _("no"), 5: lambda: _("not applicable"), 6: lambda: _("not reported")}
