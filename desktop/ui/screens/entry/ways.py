"""The ways over the same figures: the matrix, and whatever stands beside it as a tab of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from desktop.application.figures import Figure
from desktop.domain.findings import Finding
from desktop.domain.values import Value
from desktop.system.i18n import _
from desktop.ui.places import Place, Target
from desktop.ui.screens.screen import Tab

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView
    from desktop.ui.widgets.typing_grid import TypingGrid

MATRIX: Final = "matrix"
Put = tuple[str, str, Value]
"""Commune uid, element code, figure."""
Shown = tuple[str, str, Figure]
"""Commune uid, element code, and all that a cell shows: figure, note, whether anybody wrote it."""


class Way(Tab):
    """A way beside the matrix; it shows the form and period of its screen."""

    screen: EntryScreen
    help: ClassVar[str] = ""
    """Its page of the help, and after `#` the place in it; empty: the matrix's."""

    @property
    def grid(self) -> TypingGrid | None:
        """The cells one types into."""
        return None

    def go(self, target: Target) -> None:
        """Put the cursor on a commune (`unit`, code), an element or both, and take the focus."""

    def step_finding(self, step: int) -> None:
        """Go to the next (1) or previous (-1) finding."""

    def place(self) -> Target | None:
        """Where the cursor stands, so that the other way can begin there."""
        return None

    def put(self, cells: Sequence[Shown]) -> None:
        """Show figures and notes that were just written through the screen."""

    def judge(self, findings: Sequence[Finding]) -> None:
        """Show what the checks found in this form and period."""


class WaySpec(NamedTuple):
    """A tab: its name, its words, fewer words for the compact layout, how it is made, and whether it is offered now."""

    name: str
    words: Callable[[], str]
    short: Callable[[], str]
    make: Callable[[EntryScreen], Way] | None = None
    offered: Callable[[EntryScreen], bool] | None = None


# A further way is a line here; its module is loaded in `make`, when the tab is first chosen.
def _commune(screen: EntryScreen) -> Way:
    from desktop.ui.screens.entry.commune.way import CommuneWay

    return CommuneWay(screen)


def _board(screen: EntryScreen) -> Way:
    from desktop.ui.screens.board.way import BoardWay

    return BoardWay(screen)


def _second(screen: EntryScreen) -> Way:
    from desktop.ui.screens.entry.second.way import SecondWay

    return SecondWay(screen)


def _ground(screen: EntryScreen) -> Way:
    from desktop.ui.screens.entry.ground.way import GroundWay

    return GroundWay(screen)


def _has_other_boundaries(screen: EntryScreen) -> bool:
    from desktop.application.offices import has_other_boundaries

    return has_other_boundaries(screen.session.record, today=screen.session.today())


def _is_twice(screen: EntryScreen) -> bool:
    from desktop.application.catalogue import entered_twice

    return screen.form in entered_twice(screen.session.record)


WAYS: Final[tuple[WaySpec, ...]] = (
    WaySpec(MATRIX, lambda: _("Many communes"), lambda: _("Matrix")),
    WaySpec("commune", lambda: _("One commune's form"), lambda: _("Commune's form"), _commune),
    WaySpec("board", lambda: _("State of the forms"), lambda: _("Board"), _board),
    WaySpec("ground", lambda: _("On other boundaries"), lambda: _("Boundaries"), _ground, _has_other_boundaries),
    WaySpec("second", lambda: _("Second entry"), lambda: _("Second"), _second, _is_twice),
)


class Ways:
    """Which way is shown; the others are made and loaded when they are."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        self._screen = screen
        self._view = view
        self._made: dict[str, Way] = {}
        self._stale: set[str] = set()
        self.name = MATRIX
        for spec in WAYS:
            if spec.offered is not None:
                view.tabs[spec.name].hide()

    @property
    def shown(self) -> Way | None:
        """The way that is shown; None for the matrix."""
        return self._made.get(self.name)

    @property
    def grid(self) -> TypingGrid | None:
        """The cells one types into, in the way that is shown."""
        return self.shown.grid if self.shown is not None else self._view.grid

    def show(self, name: str) -> bool:
        """Show the matrix or a way beside it; what is half typed is kept first. False where that was refused."""
        view = self._view
        if name == self.name:
            return True
        place = self.place_now()
        if not self._screen.settle() or not self._is_made(name):
            view.tabs[self.name].setChecked(True)
            return False
        self.name = name
        view.show_way(name, self._made[name].view if name in self._made else view.matrix_page)
        if name in self._stale:
            self._stale.discard(name)
            self._made[name].load()
        if place is not None:
            self._screen.go(place)
        self._screen.session.hint_changed.emit()
        return True

    def _is_made(self, name: str) -> bool:
        if name == MATRIX or name in self._made:
            return True
        make = next((spec.make for spec in WAYS if spec.name == name), None)
        if make is None:
            return False
        way = self._made[name] = make(self._screen)
        self._view.add_way(name, way.view, way.tools)
        way.set_compact(self._view.is_compact)
        if way.grid is not None:
            self._screen.resuming.watch(way.grid)
        self._stale.add(name)
        return True

    def place_now(self) -> Target | None:
        """The commune and the element the cursor stands on, in whichever way is shown."""
        return self.shown.place() if self.shown is not None else self.matrix_place()

    def matrix_place(self) -> Target | None:
        """Where the matrix's own cursor stands, shown or not."""
        current, model = self._view.grid.currentIndex(), self._screen.model
        if not current.isValid():
            return None
        unit, element = model.rows[current.row()].commune.code, model.columns[current.column()].element.code
        return Target(Place.ENTRY, (("unit", unit), ("element", element)))

    def load(self) -> None:
        """Everything moved: the way shown is read anew now, the others when they are shown."""
        self._stale = set(self._made) - {self.name}
        self._offer()
        if self.shown is not None:
            self.shown.load()

    def _offer(self) -> None:
        """Tabs that fit the form shown; the matrix takes the place of one that does no longer."""
        for spec in WAYS:
            if spec.offered is not None:
                is_offered = spec.offered(self._screen)
                self._view.tabs[spec.name].setVisible(is_offered)
                if not is_offered and self.name == spec.name:
                    self.show(MATRIX)

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        for way in self._made.values():
            way.set_compact(compact)

    def put(self, cells: Sequence[Shown]) -> None:
        """Figures or notes were written."""
        for way in self._made.values():
            way.put(cells)

    def judge(self, findings: Sequence[Finding]) -> None:
        """The checks have spoken."""
        for way in self._made.values():
            way.judge(findings)
