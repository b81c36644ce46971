"""A tab of the page of children: the weighing session, the list, the follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.places import Target

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen


class Part(QObject):
    """What stands below the page bar while its tab is chosen; made when it is first chosen."""

    is_of_one_commune = True
    """Whether the list of communes above chooses what is shown; else the tab has a list of its own."""

    def __init__(self, screen: ChildrenScreen) -> None:
        super().__init__(screen)
        self.screen = screen
        self.session = screen.session

    @property
    def view(self) -> QWidget:
        """The tab's page."""
        raise NotImplementedError

    @property
    def tools(self) -> Sequence[QWidget]:
        """What stands at the right of the page bar."""
        return ()

    def load(self) -> None:
        """Read everything anew."""

    def settle(self) -> bool:
        """Keep what is half typed; False where it was refused."""
        return True

    def set_compact(self, compact: bool) -> None:
        """Use little room."""

    def hint(self) -> str:
        """What helps now."""
        return ""

    def go(self, target: Target) -> None:
        """Show a child (`child`: uid) or take the focus."""
