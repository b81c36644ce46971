"""A tab of the page of children: the weighing session, the list, the follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.places import Target
from desktop.ui.screens.screen import Tab

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen


class Part(Tab):
    """A tab about children, of one commune or of all."""

    screen: ChildrenScreen

    is_of_one_commune = True
    """Whether the list of communes above chooses what is shown; else the tab has a list of its own."""

    def go(self, target: Target) -> None:
        """Show a child (`child`: uid) or take the focus."""
