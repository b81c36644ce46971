"""A tab of the page of criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.screens.screen import Tab

if TYPE_CHECKING:
    from desktop.ui.screens.criteria.screen import CriteriaScreen


class Part(Tab):
    """A tab that shows what the page read for all its tabs."""

    screen: CriteriaScreen

    def show_read(self) -> None:
        """The ranked list, or a commune's sheet, was read anew."""
