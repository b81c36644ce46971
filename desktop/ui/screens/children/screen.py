"""Trẻ em: weighing sessions, children with their pages, follow-up. One commune at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QComboBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.application.changes import Subject
from desktop.application.offices import Commune
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.places import Place, Target
from desktop.ui.screens.children.part import Part
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.parts import PageBar, column

WEIGHING: Final = "weighing"
LISTED: Final = "listed"
FOLLOW: Final = "follow"
RESULTS: Final = "results"
CARE: Final = "care"
SURVEYS: Final = "surveys"


def _weighing(screen: ChildrenScreen) -> Part:
    from desktop.ui.screens.children.weighing.part import WeighingPart

    return WeighingPart(screen)


def _follow(screen: ChildrenScreen) -> Part:
    from desktop.ui.screens.children.follow.part import FollowPart

    return FollowPart(screen)


def _listed(screen: ChildrenScreen) -> Part:
    from desktop.ui.screens.children.listed.part import ListedPart

    return ListedPart(screen)


def _surveys(screen: ChildrenScreen) -> Part:
    from desktop.ui.screens.surveys.part import SurveyPart

    return SurveyPart(screen)


def _care(screen: ChildrenScreen) -> Part:
    from desktop.ui.screens.children.care.part import RegisterPart

    return RegisterPart(screen)


def _results(screen: ChildrenScreen) -> Part:
    from desktop.ui.screens.children.results.part import ResultsPart

    return ResultsPart(screen)


PARTS: Final[tuple[tuple[str, Callable[[], str], Callable[[ChildrenScreen], Part]], ...]] = (
    (WEIGHING, lambda: _("Weighing session"), _weighing),
    (FOLLOW, lambda: _("Follow-up"), _follow),
    (RESULTS, lambda: _("Results"), _results),
    (LISTED, lambda: _("List of children"), _listed),
    (SURVEYS, lambda: _("Survey"), _surveys),
)
MAKERS: Final = {name: make for name, _title, make in PARTS} | {CARE: _care}
UNDER: Final = {CARE: FOLLOW}
"""Parts without a tab of their own, and the tab they stand under."""


class ChildrenView(QWidget):
    """Tabs, the commune, what the tab offers; below it the tab's page."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.bar = PageBar(_("Children"))
        self.tabs = {name: self.bar.add_tab(title()) for name, title, _make in PARTS}
        self.communes = QComboBox()
        self.communes.setAccessibleName(_("Commune, town"))
        self.communes.setMinimumWidth(106)
        self.bar.add(self.communes)
        self.pages = QStackedWidget()
        whole: QVBoxLayout = column(self.bar, gap=4)
        whole.addWidget(self.pages, 1)
        self.setLayout(whole)


class ChildrenScreen(Screen):
    """What the tabs share: the commune, and which of them is shown."""

    place = Place.CHILDREN
    shows = frozenset({Subject.CHILDREN, Subject.OFFICE})
    help = "tre-em"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = ChildrenView()
        self.is_own = False
        """A write of this page is being told: what is in hand must not be read anew."""
        self.commune: Commune | None = None
        self.shown = WEIGHING
        self.parts: dict[str, Part] = {}
        self._stale: set[str] = set()
        self._compact = False
        for name, tab in self._view.tabs.items():
            tab.clicked.connect(lambda _on=False, name=name: self.show_part(name))
        self._view.communes.activated.connect(lambda _at: self.choose_commune(self._view.communes.currentData()))

    @property
    def is_compact(self) -> bool:
        """Whether there is little room."""
        return self._compact

    @property
    def view(self) -> ChildrenView:
        """The page."""
        return self._view

    @property
    def part(self) -> Part:
        """The tab that is shown."""
        return self._made(self.shown)

    def _made(self, name: str) -> Part:
        part = self.parts.get(name)
        if part is None:
            part = self.parts[name] = MAKERS[name](self)
            self._view.pages.addWidget(part.view)
            self._view.bar.add(*part.tools)
            part.set_compact(self._compact)
            self._stale.add(name)
        return part

    # ---- showing ----

    def load(self) -> None:
        """Read the commune's children anew; the other tabs when they are shown."""
        if self.is_own:
            self._stale = set(self.parts) - {self.shown}
            return
        self._show_communes()
        self._stale = set(self.parts)
        self._show()

    def _show_communes(self) -> None:
        known, box = self.session.communes, self._view.communes
        uid = self.commune.uid if self.commune is not None else None
        self.commune = next((one for one in known if one.uid == uid), known[0] if known else None)
        box.clear()
        for one in known:
            box.addItem(words.unit_name(one.name), one.uid)
        if self.commune is not None:
            box.setCurrentIndex(known.index(self.commune))
        box.setVisible(len(known) > 1 and self.part.is_of_one_commune)

    def _show(self) -> None:
        part = self._made(self.shown)
        self._tab().setChecked(True)
        self._view.pages.setCurrentWidget(part.view)
        for name, made in self.parts.items():
            for tool in made.tools:
                tool.setVisible(name == self.shown and not tool.property("away"))
        self._view.communes.setVisible(part.is_of_one_commune and len(self.session.communes) > 1)
        part.set_compact(self._compact)
        if self.shown in self._stale:
            self._stale.discard(self.shown)
            part.load()
        self.session.hint_changed.emit()

    def _tab(self) -> QPushButton:
        return self._view.tabs[UNDER.get(self.shown, self.shown)]

    def show_part(self, name: str) -> bool:
        """Another tab; what is half typed is kept first."""
        if name != self.shown:
            if not self.part.settle():
                self._tab().setChecked(True)
                return False
            self.shown = name
        self._show()
        return True

    def choose_commune(self, uid: str | None) -> None:
        """Another commune for all tabs."""
        found = next((one for one in self.session.communes if one.uid == uid), None)
        if found is None or found == self.commune:
            return
        if not self.part.settle():
            self._show_communes()
            return
        self.commune = found
        self._view.communes.setCurrentIndex(self.session.communes.index(found))
        self._stale = set(self.parts)
        self._show()

    def step_commune(self, step: int) -> None:
        """The next or previous commune."""
        known = self.session.communes
        if self.commune is not None and 0 <= known.index(self.commune) + step < len(known):
            self.choose_commune(known[known.index(self.commune) + step].uid)

    def open_child(self, uid: str) -> None:
        """The page of a child."""
        if self.show_part(LISTED):
            self.part.go(Target(Place.CHILDREN, (("child", uid),)))

    # ---- what the shell asks ----

    def settle(self) -> bool:
        """Keep what is half typed."""
        return self.part.settle()

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._compact = compact
        self._view.communes.setMaximumWidth(106 if compact else 220)
        self._view.bar.title.setVisible(not compact)
        for part in self.parts.values():
            part.set_compact(compact)

    def hint(self) -> str:
        """What helps now."""
        return self.part.hint()

    def go(self, target: Target) -> None:
        """A child (`child`: uid, its page), a commune (`unit`: code) or a tab (`tab`)."""
        unit = next((one for one in self.session.communes if one.code == target.get("unit")), None)
        if unit is not None:
            self.choose_commune(unit.uid)
        child = target.get("child")
        if child is not None:
            self.open_child(child)
        elif target.get("tab") in MAKERS:
            self.show_part(target.get("tab") or WEIGHING)
            self.part.go(target)
        else:
            self.part.go(target)
