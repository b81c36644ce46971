"""Pages of several tabs: each tab is made when it is first chosen, and read anew when it is next shown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.screens.screen import Screen, Tab
from desktop.ui.session import Session
from desktop.ui.widgets.parts import PageBar, column


class TabbedView(QWidget):
    """Tabs and what the shown one offers; below them its page."""

    def __init__(self, title: str, tabs: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.bar = PageBar(title)
        self.tabs = {name: self.bar.add_tab(text) for name, text in tabs}
        self.pages = QStackedWidget()
        whole: QVBoxLayout = column(self.bar, gap=4)
        whole.addWidget(self.pages, 1)
        self.setLayout(whole)


V = TypeVar("V", bound=TabbedView)
T = TypeVar("T", bound=Tab)


class TabbedScreen(Screen, Generic[V, T]):
    """Which tab is shown, which are made, which must be read anew before they are shown again."""

    under: ClassVar[Mapping[str, str]] = {}
    """Tabs without a button of their own, and the one they stand under."""

    def __init__(self, session: Session, view: V, shown: str) -> None:
        super().__init__(session)
        self._view = view
        self.shown = shown
        self.parts: dict[str, T] = {}
        self.stale: set[str] = set()
        """Tabs that are made and show what may be old."""
        self.is_compact = False
        for name, tab in view.tabs.items():
            tab.clicked.connect(lambda _on=False, name=name: self.show_part(name))

    @abstractmethod
    def make_part(self, name: str) -> T:
        """Make a tab; asked once for each."""

    @property
    def view(self) -> V:
        """The page."""
        return self._view

    @property
    def part(self) -> T:
        """The tab shown."""
        return self._made(self.shown)

    def _made(self, name: str) -> T:
        part = self.parts.get(name)
        if part is None:
            part = self.parts[name] = self.make_part(name)
            self._view.pages.addWidget(part.view)
            self._view.bar.add(*part.tools)
            part.set_compact(self.is_compact)
            self.stale.add(name)
        return part

    def show_part(self, name: str) -> bool:
        """Another tab; what is half typed is kept first, and False told where that was refused."""
        if name != self.shown:
            if not self.part.settle():
                self._button().setChecked(True)
                return False
            self.shown = name
        self.show_shown()
        return True

    def show_shown(self) -> None:
        """Bring the tab in `shown` up, with its tools; read it where it is stale."""
        part = self._made(self.shown)
        self._button().setChecked(True)
        self._view.pages.setCurrentWidget(part.view)
        for name, made in self.parts.items():
            for tool in made.tools:
                tool.setVisible(name == self.shown and not tool.property("away"))
        self.arrange(part)
        if self.shown in self.stale:
            self.stale.discard(self.shown)
            part.load()
        self.session.hint_changed.emit()

    def arrange(self, part: T) -> None:
        """Suit what stands around the tab to it, before it is read."""

    def _button(self) -> QPushButton:
        return self._view.tabs[self.under.get(self.shown, self.shown)]

    def settle(self) -> bool:
        """Keep what is half typed."""
        return self.part.settle()

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self.is_compact = compact
        for part in self.parts.values():
            part.set_compact(compact)

    def hint(self) -> str:
        """What helps now."""
        return self.part.hint()
