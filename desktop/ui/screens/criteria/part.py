"""A tab of the page of criteria."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.screens.criteria.screen import CriteriaScreen


class Part(QObject):
    """What stands below the page bar while its tab is chosen; made when it is first chosen."""

    def __init__(self, screen: CriteriaScreen) -> None:
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
        """Read what no other tab reads."""

    def show_read(self) -> None:
        """The ranked list, or a commune's sheet, was read anew."""

    def settle(self) -> bool:
        """Keep what is half typed; False where it was refused."""
        return True

    def set_compact(self, compact: bool) -> None:
        """Use little room."""

    def hint(self) -> str:
        """What helps now."""
        return ""
