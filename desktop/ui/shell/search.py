"""Ctrl+K: communes, figures, indicators, targets, tasks and pages, found without marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.text import fold
from desktop.system.i18n import _, shown
from desktop.ui.places import Place, Target
from desktop.ui.session import Session
from desktop.ui.shell.navigation import ORDER, place_name

if TYPE_CHECKING:
    from desktop.application.search import Hit

MOST = 12
MOST_CHILDREN = 5
LEAST_NAME = 2
"""Letters from which on children are looked for."""
_KINDS = {
    "commune": lambda: _("commune"),
    "element": lambda: _("figure"),
    "indicator": lambda: _("indicator"),
    "plan": lambda: _("plan"),
    "task": lambda: _("task"),
    "station": lambda: _("health station"),
}


class SearchPopup(QFrame):
    """What was found, below the search box; arrows choose, Enter goes there."""

    def __init__(self, session: Session, box: QLineEdit, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("kind", "popup")
        self._session, self._box, self._window = session, box, window
        self.found = QListWidget()
        self.found.setAccessibleName(_("Found"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.itemClicked.connect(self._go)
        body = QVBoxLayout()
        body.setContentsMargins(1, 1, 1, 1)
        body.addWidget(self.found)
        self.setLayout(body)
        self.hide()
        box.installEventFilter(self)
        box.returnPressed.connect(self._take)

    def look_for(self, text: str) -> None:
        """Show what is found for a text."""
        self.found.clear()
        for words, target in hits(self._session, text):
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, target)
            self.found.addItem(item)
        if not self.found.count() and text.strip():
            self.found.addItem(QListWidgetItem(_("Nothing found for “{text}”").format(text=text.strip())))
        self.found.setCurrentRow(0)
        self.setVisible(bool(text.strip()))
        width = max(self._box.width(), 380)
        corner = self._box.mapTo(self._window, QPoint(self._box.width() - width, self._box.height() + 2))
        self.setGeometry(corner.x(), corner.y(), width, 26 * max(self.found.count(), 1) + 10)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Esc and leaving close it."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step and self.isVisible():
                last = self.found.count() - 1
                self.found.setCurrentRow(min(max(self.found.currentRow() + step, 0), last))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                self._box.clear()
                return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        item = self.found.currentItem()
        if item is not None and self.isVisible():
            self._go(item)

    def _go(self, item: QListWidgetItem) -> None:
        target = item.data(Qt.ItemDataRole.UserRole)
        self.hide()
        self._box.clear()
        if isinstance(target, Target):
            self._session.asked.emit(target)


def hits(session: Session, text: str) -> list[tuple[str, Target]]:
    """Pages first, then what the record knows, each with the place where it is worked on."""
    from desktop.application import search

    wanted = fold(text)
    if not wanted:
        return []
    pages = [place for place, _icon, _name in ORDER] + [Place.IMPORTS, Place.DENOMINATORS]
    found = [
        (_("{name} · page").format(name=place_name(place)), Target(place))
        for place in pages
        if wanted in fold(place_name(place))
    ]
    hits_of_record = search.find(session.record, text, on=session.period.last, limit=MOST)
    found += [(f"{shown(hit.label)} · {_KINDS[hit.kind]()}", _target(hit)) for hit in hits_of_record]
    named = _children(session, text)
    return [*found[: MOST - len(named)], *named]


def _children(session: Session, text: str) -> list[tuple[str, Target]]:
    """Children by their name; whoever opens one is noted in the access log by the child's page."""
    from desktop.application import children

    if len(fold(text)) < LEAST_NAME:
        return []
    communes = {commune.uid: commune.name for commune in session.communes}
    found = children.find(session.record, text=text, today=session.today(), limit=MOST_CHILDREN)
    return [
        (
            _("{name} · child, {about}").format(
                name=one.child.name,
                about=", ".join(
                    part
                    for part in (
                        f"{one.child.birth_date:%d/%m/%Y}" if one.child.birth_date is not None else "",
                        communes.get(one.unit, ""),
                    )
                    if part
                ),
            ),
            Target(Place.CHILDREN, (("child", one.child.uid),)),
        )
        for one in found
    ]


def _target(hit: Hit) -> Target:
    if hit.kind in ("commune", "element"):
        return Target(Place.ENTRY, (("unit" if hit.kind == "commune" else "element", hit.code),))
    if hit.kind == "station":
        return Target(Place.STATIONS, (("station", hit.code),))
    if hit.kind == "indicator":
        return Target(Place.INDICATORS, (("indicator", hit.code),))
    return Target(
        Place.CATALOGUE,
        (("tab", "tasks" if hit.kind == "task" else "plans"), ("plan", hit.code), ("text", hit.label.vi)),
    )
