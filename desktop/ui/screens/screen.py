"""What the shell knows of a screen, and a screen of its tabs."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.application.changes import Subject
from desktop.ui.places import Place, Target
from desktop.ui.session import Session


class Screen(QObject):
    """A page: it joins a view, the application's functions and the jobs. Made when first visited."""

    place: ClassVar[Place]
    shows: ClassVar[frozenset[Subject]]
    """When one of these was written the page is loaded again, at once if it is seen, else when it is next visited."""
    help: ClassVar[str]
    """The page of the offline help, and after `#` the place in it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.jobs = session.jobs

    @property
    @abstractmethod
    def view(self) -> QWidget:
        """What is shown."""

    @abstractmethod
    def load(self) -> None:
        """Read what is shown anew."""

    def go(self, target: Target) -> None:
        """Show a place within the page."""

    def settle(self) -> bool:
        """Keep what is half typed, because the page is being left; False where it was refused."""
        return True

    def set_compact(self, compact: bool) -> None:
        """Use little room."""

    def help_page(self) -> str:
        """Where F1 goes now: `help`, or the part of it that is shown."""
        return self.help

    def hint(self) -> str:
        """What helps now, at the right of the status bar."""
        return ""


class Tab(QObject):
    """What stands below the page bar while its tab is chosen."""

    screen: Screen
    """The page it belongs to; a page's own tabs say which."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self.screen = screen
        self.session = screen.session

    @property
    def view(self) -> QWidget:
        """The tab's page."""
        raise NotImplementedError

    @property
    def tools(self) -> Sequence[QWidget]:
        """What stands at the right of the page bar; one with the property `away` stays hidden."""
        return ()

    def load(self) -> None:
        """Read anew what no other tab reads."""

    def settle(self) -> bool:
        """Keep what is half typed; False where it was refused."""
        return True

    def set_compact(self, compact: bool) -> None:
        """Use little room."""

    def hint(self) -> str:
        """What helps now."""
        return ""
