"""Switches with counts that narrow a list of the desk: all of it, or one kind."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.system.i18n import _, grouped
from desktop.ui import words
from desktop.ui.style import fonts
from desktop.ui.widgets.parts import button, row

K = TypeVar("K", bound=Hashable)


class Switches(Generic[K]):
    """One switch a kind, named by `named`; `narrow` is told the kind that is wanted, None for all."""

    def __init__(self, kinds: Sequence[K], named: Callable[[K], str], narrow: Callable[[K | None], None]) -> None:
        self._named = named
        self.made: dict[K | None, QPushButton] = {}
        self.line: QHBoxLayout = row(gap=0, margins=(12, 6, 11, 6))
        for kind in (None, *kinds):
            name = _("All ({count})").format(count=0) if kind is None else words.capital(named(kind))
            switch = button(name, partial(narrow, kind), kind="switch")
            switch.setCheckable(True)
            switch.setAutoExclusive(True)
            self.made[kind] = switch
            self.line.addWidget(switch)
        self.line.addStretch(1)
        self.made[None].setChecked(True)

    def count(self, whole: int, of: Mapping[K, int]) -> None:
        """Say how many there are of each kind; kinds of which there is none are not offered."""
        for kind, switch in self.made.items():
            if kind is None:
                name_switch(switch, _("All ({count})").format(count=grouped(whole)))
                continue
            name_switch(switch, f"{words.capital(self._named(kind))} ({grouped(of.get(kind, 0))})")
            switch.setVisible(bool(of.get(kind, 0)))


def name_switch(switch: QPushButton, text: str) -> None:
    """Words of a switch with room for them when it is chosen: they are bold then."""
    switch.setText(text)
    switch.setMinimumWidth(QFontMetrics(fonts.font(fonts.TEXT, 600)).horizontalAdvance(text) + 26)
