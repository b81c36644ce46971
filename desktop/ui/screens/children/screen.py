"""Trẻ em: weighing sessions, children with their pages, follow-up. One commune at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QComboBox

from desktop.application.changes import Subject
from desktop.application.offices import Commune
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.places import Place, Target
from desktop.ui.screens.children.part import Part
from desktop.ui.screens.tabbed import TabbedScreen, TabbedView
from desktop.ui.session import Session

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
WIDE, LEAST = 150, 106
"""px of the list of communes: "TT Mù Căng Chải" stands whole, where there is little room it gives way."""
UNDER: Final = {CARE: FOLLOW}
"""Parts without a tab of their own, and the tab they stand under."""


class ChildrenView(TabbedView):
    """Tabs, the commune, what the tab offers; below it the tab's page."""

    def __init__(self) -> None:
        super().__init__(_("Children"), [(name, title()) for name, title, _make in PARTS])
        self.communes = QComboBox()
        self.communes.setAccessibleName(_("Commune, town"))
        self.communes.setMinimumWidth(WIDE)
        self.bar.add(self.communes)


class ChildrenScreen(TabbedScreen[ChildrenView, Part]):
    """What the tabs share: the commune."""

    place = Place.CHILDREN
    shows = frozenset({Subject.CHILDREN, Subject.OFFICE})
    help = "tre-em"
    under = UNDER

    def __init__(self, session: Session) -> None:
        super().__init__(session, ChildrenView(), WEIGHING)
        self.is_own = False
        """A write of this page is being told: what is in hand must not be read anew."""
        self.commune: Commune | None = None
        self.came_from: str | None = None
        """The tab from which a child's page was opened."""
        self._view.communes.activated.connect(lambda _at: self.choose_commune(self._view.communes.currentData()))

    def make_part(self, name: str) -> Part:
        """Make a tab."""
        return MAKERS[name](self)

    # ---- showing ----

    def load(self) -> None:
        """Read the commune's children anew; the other tabs when they are shown."""
        if self.is_own:
            self.stale = set(self.parts) - {self.shown}
            return
        self._show_communes()
        self.stale = set(self.parts)
        self.show_shown()

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

    def arrange(self, part: Part) -> None:
        """The list of communes only above what is of one commune."""
        self._view.communes.setVisible(part.is_of_one_commune and len(self.session.communes) > 1)
        part.set_compact(self.is_compact)

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
        self.stale = set(self.parts)
        self.show_shown()

    def step_commune(self, step: int) -> None:
        """The next or previous commune."""
        known = self.session.communes
        if self.commune is not None and 0 <= known.index(self.commune) + step < len(known):
            self.choose_commune(known[known.index(self.commune) + step].uid)

    def open_child(self, uid: str) -> None:
        """The page of a child; Alt+Left leads back to where it was asked for."""
        asked = self.shown
        if self.show_part(LISTED):
            self.came_from = asked if asked != LISTED else self.came_from
            self.part.go(Target(Place.CHILDREN, (("child", uid),)))
            self.session.hint_changed.emit()

    def go_back(self) -> None:
        """From a child's page to the list on which it was opened, at the same child."""
        asked, self.came_from = self.came_from, None
        listed = self.parts.get(LISTED)
        uid = getattr(listed, "uid", None)
        if asked is not None and self.show_part(asked):
            self.part.go(Target(Place.CHILDREN, (("child", uid),) if uid else ()))

    # ---- what the shell asks ----

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.communes.setMinimumWidth(LEAST if compact else WIDE)
        self._view.communes.setMaximumWidth(WIDE if compact else 220)
        self._view.bar.title.setVisible(not compact)
        super().set_compact(compact)

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
