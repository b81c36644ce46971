"""Danh sách trẻ: every child of the commune, found by a few letters, with its page beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.application import access, child_care, children
from desktop.application.children import Found
from desktop.domain.children import Child, Status, residence
from desktop.errors import AppError
from desktop.system.i18n import _
from desktop.ui import words as window_words
from desktop.ui.places import Target
from desktop.ui.screens.children import erased
from desktop.ui.screens.children.listed.view import ListedView
from desktop.ui.screens.children.part import Part
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen

REST: Final = 150
MOST: Final = 200


class ListedPart(Part):
    """The children expected today, or whoever fits what is looked for, in any commune and of any age."""

    def __init__(self, screen: ChildrenScreen) -> None:
        super().__init__(screen)
        self._view = ListedView()
        self.uid: str | None = None
        self._listed: list[Found] = []
        self._found: list[Found] = []
        self._looked: set[str] = set()
        self._commune = screen.commune
        view = self._view
        self._resting = QTimer(view, singleShot=True, interval=REST)
        self._resting.timeout.connect(self._seek)
        view.search.textChanged.connect(lambda _text: self._resting.start())
        view.table.row_chosen.connect(lambda found: self.show_child(found.child.uid))
        view.table.row_opened.connect(lambda _found: view.page.show_visits())
        view.new.clicked.connect(self.ask_new)
        view.doubles.clicked.connect(self.ask_doubles)
        view.page.correct_asked.connect(self.ask_particulars)
        view.page.status_asked.connect(self.ask_status)
        view.page.strike_asked.connect(self.ask_strike)
        view.page.erase_asked.connect(self.ask_erase)
        view.page.take_back_asked.connect(self.take_back)
        view.page.card_asked.connect(self.open_card)
        view.page.care.given_asked.connect(self.ask_given)
        view.page.care.treatment_asked.connect(self.ask_treatment)
        QShortcut(QKeySequence("Ctrl+P"), view, self.open_card)
        view.page.whole.toggled.connect(view.page.show_whole)
        QShortcut(QKeySequence("Ctrl+F"), view, view.search.setFocus)
        QShortcut(QKeySequence("Alt+Left"), view, self.screen.go_back)

    @property
    def view(self) -> ListedView:
        """The page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Duplicates and a new child."""
        return (self._view.doubles, self._view.new)

    # ---- the list ----

    def load(self) -> None:
        """Read the commune's children and the child in hand anew."""
        commune = self.screen.commune
        if commune != self._commune:
            # Another commune begins with its own first child.
            self._commune, self.uid = commune, None
        self._listed = []
        if commune is not None:
            self._listed = children.children_of(self.session.record, communes=[commune.uid], day=self.session.day)
            if commune.uid not in self._looked:
                self._looked.add(commune.uid)
                rows, unit, day = len(self._listed), commune.uid, self.session.day.isoformat()
                self.session.write(lambda record: access.look(record, what="list", unit=unit, about=day, rows=rows))
        self._seek()

    def _seek(self) -> None:
        text = self._view.search.text().strip()
        if text:
            today = self.session.today()
            self._found = children.find(self.session.record, text=text, today=today, limit=MOST)
        else:
            self._found = self._listed
        names = {one.uid: window_words.unit_name(one.name) for one in self.session.communes}
        self._view.show_list(self._found, names, self._title(), is_search=bool(text))
        self._choose(self.uid)

    def _title(self) -> str:
        if self._view.search.text().strip():
            return _("Found: {count} children").format(count=len(self._found))
        if self.screen.commune is None:
            return ""
        day = window_words.day(self.session.day)
        return _("{count} children under five on {day}").format(count=len(self._found), day=day)

    def _choose(self, uid: str | None) -> None:
        uids = [found.child.uid for found in self._found]
        at = uids.index(uid) if uid in uids else None
        if at is not None:
            self._view.table.selectRow(at)
        elif uid is not None:
            self.show_child(uid)
            return
        elif uids:
            self._view.table.selectRow(0)
            at = 0
        self.show_child(uids[at] if at is not None else None)

    # ---- the child ----

    def show_child(self, uid: str | None) -> None:
        """The page of a child; one that is gone shows nothing."""
        self.uid = uid
        if uid is None:
            self._view.page.show_page(None, "")
            return
        try:
            page = children.child_page(self.session.record, uid=uid, log=False)
        except AppError:
            self.uid = None
            self._view.page.show_page(None, "")
            return
        self._note_child(page.child)
        names = {one.uid: one.name for one in self.session.communes}
        home = residence(page.child, page.statuses, self.session.day)
        self._view.page.show_page(page, names.get(home, ""), child_care.care_page(self.session.record, uid=uid), names)

    def _note_child(self, child: Child) -> None:
        if child.uid not in self._looked:
            self._looked.add(child.uid)
            self.session.write(
                lambda record: access.look(record, what="child", unit=child.unit, about=child.uid, rows=1)
            )

    @property
    def _child(self) -> Child | None:
        page = self._view.page.page
        return page.child if page is not None else None

    def ask_new(self) -> None:
        """Register a child."""
        from desktop.ui.screens.children.listed.particulars import ParticularsDialog

        commune = self.screen.commune
        if commune is None:
            return
        asked = ParticularsDialog(self._view, self.session, Child("", commune.uid, ""), is_new=True)
        if asked.exec():
            new = asked.new()
            if not erased.may_come_back(self._view, self.session, new.name, new.birth_date):
                return
            done = self.session.write(lambda record: children.register(record, new=[new]))
            if isinstance(done, children.Registered):
                self.go(Target(self.screen.place, (("child", done.uids[0]),)))

    def ask_particulars(self) -> None:
        """Correct what is known of the child."""
        from desktop.ui.screens.children.listed.particulars import ParticularsDialog

        child = self._child
        if child is None:
            return
        asked = ParticularsDialog(self._view, self.session, child)
        if asked.exec():
            made = asked.child()
            self.session.write(lambda record: children.correct(record, child=made))

    def ask_status(self) -> None:
        """Say what became of the child, from a day on."""
        from desktop.ui.screens.children.listed.status import StatusDialog

        child = self._child
        if child is None:
            return
        page = self._view.page.page
        asked = StatusDialog(self._view, self.session, child, page.measurements if page is not None else ())
        status = asked.status() if asked.exec() else None
        if status is not None:
            self.session.write(lambda record: children.say_status(record, status=status))

    def take_back(self, status: Status) -> None:
        """Take back what was said of the child from a day on."""
        self.session.write(
            lambda record: children.take_status_back(record, child=status.child, valid_from=status.valid_from)
        )
        self.session.say(say("Taken back. Ctrl+Z writes it again."))

    def ask_strike(self) -> None:
        """Take out an entry made by mistake."""
        from desktop.ui.dialogs.ask import confirm

        child = self._child
        if child is None:
            return
        agreed = confirm(
            self._view,
            _("Take {name} out of every list?").format(name=child.name),
            _("For an entry made by mistake. It stays in the record; Ctrl+Z brings it back."),
            deed=_("Take it out"),
            leave=_("Leave it"),
        )
        if agreed is not None:
            uid = child.uid
            self.uid = None
            self.session.write(lambda record: children.strike(record, uid=uid))

    def ask_erase(self) -> None:
        """Erase the child for good, on the ground that is asked for."""
        if self._child is not None and erased.ask_erase(self._view, self.session, self._child):
            self.uid = None

    def ask_given(self) -> None:
        """Note a supplement given to the child."""
        from desktop.ui.screens.children.care.acts import ask_given

        if self._child is not None:
            ask_given(self._view, self.session, self._child.uid)

    def ask_treatment(self) -> None:
        """Put the child on the register of acute malnutrition, or change its open line."""
        from desktop.ui.screens.children.care.acts import ask_treatment

        if self._child is not None:
            ask_treatment(self._view, self.session, self._child.uid)

    def open_card(self) -> None:
        """The child's card on paper, up to the end of the period."""
        from desktop.ui.screens.children.papers import open_card

        if self._child is not None:
            open_card(self._view, self.session, child=self._child.uid, name=self._child.name)

    def ask_doubles(self) -> None:
        """Entries that may be one child."""
        from desktop.ui.screens.children.listed.doubles import DoublesDialog

        commune = self.screen.commune
        if commune is None:
            return
        DoublesDialog(self._view, self.session, [commune.uid]).exec()

    # ---- what the screen asks ----

    def hint(self) -> str:
        """The keys."""
        keys = _("Ctrl+F: find · Enter: measurements")
        return keys if self.screen.came_from is None else f"{keys} · {_('Alt+Left: back')}"

    def set_compact(self, compact: bool) -> None:
        """A narrower list, one chart."""
        self._view.set_compact(compact)

    def go(self, target: Target) -> None:
        """A child by its uid."""
        uid = target.get("child")
        if uid is not None:
            self._view.search.clear()
            self._resting.stop()
            self.uid = uid
            self._seek()
        self._view.table.setFocus()
