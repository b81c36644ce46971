"""Đơn vị của tôi: what held from which day, and the acts that change it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QScrollArea, QWidget

from desktop.application.office_settings import Dated
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.widgets.parts import Panel, button, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

ROLES = ("name", "code", "seat", "lines", "place", "signer", "above", "basis", "communes")


def level_name(level: str) -> str:
    """The level in words."""
    return {
        "commune": _("commune"),
        "district": _("district"),
        "area": _("area"),
        "province": _("province"),
    }.get(level, level)


class OfficePage(QWidget):
    """The settings through time, the one chosen in full, and what can be done."""

    reform_asked = Signal()
    change_asked = Signal()
    back_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        columns: Sequence[Column[Dated]] = (
            Column(
                _("From"),
                lambda one: words.day(one.valid_from) if one.valid_from else _("the beginning"),
                width=94,
            ),
            Column(_("Office"), lambda one: one.office.name, stretch=True, strong=lambda _one: True),
            Column(_("Level"), lambda one: level_name(one.office.level), width=76),
            Column(_("Code"), lambda one: one.office.code or "", width=88),
            Column(_("Communes"), lambda one: str(len(one.communes)), number=True, width=56),
        )
        self.model = RowsModel(columns)
        self.table = Table(self.model, name=_("Settings through time"))
        self.table.selectionModel().currentChanged.connect(lambda _new, _old: self._show_chosen())
        left = Panel(_("Settings through time"))
        left.add(self.table, 1)
        self.reform = button("", self.reform_asked.emit, kind="primary")
        self.change = button(_("Change from a day…"), self.change_asked.emit)
        self.back = button(_("Take this change back…"), self._ask_back)
        left.add_foot(self.back, None, self.change, self.reform)
        self.right = Panel(" ")
        self.parts = {name: label("", wrap=True) for name in ROLES}
        captions = {
            "name": _("Name of the office"),
            "code": _("Own code"),
            "seat": _("Sits at"),
            "lines": _("Name lines"),
            "place": _("Place name"),
            "signer": _("Signed by"),
            "above": _("Reports to"),
            "basis": _("Decision"),
            "communes": _("Communes served"),
        }
        form = QFormLayout()
        form.setContentsMargins(11, 10, 11, 10)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        for name, part in self.parts.items():
            form.addRow(label(captions[name], "second"), part)
        held = QWidget()
        held.setLayout(form)
        held.setProperty("kind", "sheet")
        inside = QScrollArea()
        inside.setWidgetResizable(True)
        inside.setFrameShape(QScrollArea.Shape.NoFrame)
        inside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setWidget(held)
        self.right.add(inside, 1)
        body = row(gap=8)
        body.addWidget(left, 5)
        body.addWidget(self.right, 4)
        self.setLayout(body)

    @property
    def chosen(self) -> Dated | None:
        """The span of time chosen."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def show_settings(self, dated: Sequence[Dated]) -> None:
        """The settings, the last ones chosen."""
        self.model.show(dated)
        if not dated:
            return
        self.table.selectRow(len(dated) - 1)
        level = dated[-1].office.level
        self.reform.setText(
            {
                "district": _("Become an area health centre…"),
                "commune": _("After a merger of communes…"),
                "province": _("After a merger of provinces…"),
            }.get(level, "")
        )
        self.reform.setVisible(level != "area")
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = self.chosen
        self.back.setEnabled(one is not None and one.valid_from is not None)
        if one is None:
            return
        office, head = one.office, one.office.letterhead
        since = _("From {day}").format(day=words.day(one.valid_from)) if one.valid_from else _("From the beginning")
        self.right.set_title(since)
        told = {
            "name": office.name,
            "code": office.code or "",
            "seat": office.unit_name,
            "lines": "\n".join(line or office.name.upper() for line in head.name_lines),
            "place": head.place,
            "signer": "\n".join(part for part in (head.signer_post, head.signer_name) if part),
            "above": "\n".join(head.addressees),
            "basis": one.basis or "",
            "communes": ", ".join(words.unit_name(commune.name) for commune in one.communes),
        }
        for name, part in self.parts.items():
            part.setText(told[name] or "–")

    def _ask_back(self) -> None:
        one = self.chosen
        if one is not None and one.valid_from is not None:
            self.back_asked.emit(one)
