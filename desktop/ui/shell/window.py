"""The window: header, places, pages, status bar. It knows how to make screens, and nothing of what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QWidget,
)

from desktop.application.changes import Changes
from desktop.system.i18n import _, render
from desktop.ui.places import Place, Target
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.shell import facts
from desktop.ui.shell.counting import Facts
from desktop.ui.shell.header import Header, mark_picture
from desktop.ui.shell.navigation import ORDER, Navigation, key_of
from desktop.ui.shell.status import StatusBar
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import column

NARROW: Final = 1100
LOW: Final = 560
HINT_AFTER: Final = 60
Factory = Callable[[Session], Screen]


class Window(QWidget):
    """One window on one record."""

    ready = Signal()
    """The first page can be used."""
    closing = Signal()

    def __init__(self, session: Session, factories: Mapping[Place, Factory]) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.session = session
        self._factories = factories
        self.screens: dict[Place, Screen] = {}
        self._stale: set[Place] = set()
        self.place: Place | None = None
        self.is_compact = False
        self._facts = Facts(session, self)
        # Several parts of one key press may ask for it; it is said once, after the paint.
        self._hinting = QTimer(self, singleShot=True, interval=HINT_AFTER)
        self._hinting.timeout.connect(self._show_hint)
        self.guide: object | None = None
        """The first-run guide while it is shown; kept, because Qt does not keep plain objects."""
        self.setWindowTitle("Sổ Trạm")
        self.setWindowIcon(mark_picture(32, 1.0))
        self.header = Header()
        self.navigation = Navigation()
        self.status = StatusBar()
        self.pages = QStackedWidget()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.navigation)
        inset = QWidget()
        inset.setLayout(column(self.pages, margins=(12, 0, 12, 8)))
        self._inset = inset
        middle.addWidget(inset, 1)
        whole = column(self.header, gap=0)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
        self.setLayout(whole)
        self.resize(1366, 697)
        self.setMinimumSize(800, 420)
        self._connect()
        self.navigation.fold(folded=session.settings.folded)

    def _connect(self) -> None:
        session = self.session
        self.navigation.chosen.connect(self.show_place)
        self.navigation.folded.connect(lambda folded: session.keep(folded=folded))
        self.header.period.chosen.connect(self.choose_period)
        self.header.help_asked.connect(self.show_help)
        self.header.search.textEdited.connect(self.search)
        self._facts.told.connect(lambda found: self.status.show_facts(*found))
        session.told.connect(self._hear)
        session.said.connect(self.status.say)
        session.asked.connect(self.go)
        session.pending.connect(self._show_pending)
        session.hint_changed.connect(self._hinting.start)
        session.history_asked.connect(self.step_history)
        session.period_changed.connect(self._show_period)
        session.office_changed.connect(self._show_office)
        session.failed.connect(self._show_fault)
        session.restarted.connect(self._restart)
        for at, (place, _icon, _name) in enumerate(ORDER):
            if key_of(at):
                self._shortcut(key_of(at), partial(self.show_place, place))
        for keys, deed in (
            ("Ctrl+B", self.navigation.toggle),
            ("Ctrl+K", self._focus_search),
            ("Ctrl+G", self._focus_search),
            ("F1", self.show_help),
            ("F6", lambda: self._next_panel(1)),
            ("Shift+F6", lambda: self._next_panel(-1)),
            ("Ctrl+Z", lambda: self.step_history("undo")),
            ("Ctrl+Y", lambda: self.step_history("redo")),
        ):
            self._shortcut(keys, deed)

    def _shortcut(self, keys: str, deed: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self, deed)

    # ---- opening ----

    def open(self) -> None:
        """Open the record and show the first page; called after the shell was painted, and again where it failed."""
        self._stale.update(self.screens)
        self._show_office()
        self._show_period()
        self.show_place(Place(self.session.settings.place))
        self.ready.emit()
        self._facts.read_soon()

    def _restart(self) -> None:
        """Forget every page and begin with the first-run guide."""
        from desktop.ui.guide.guide import start

        for screen in self.screens.values():
            self.pages.removeWidget(screen.view)
            screen.view.deleteLater()
        self.screens.clear()
        self._stale.clear()
        self.place = None
        start(self)

    def _show_office(self) -> None:
        session = self.session
        if not session.is_open and not session.path.exists():
            return
        office, communes = session.office, session.communes
        day = session.period.last.strftime("%d/%m/%Y")
        count = _("{count} communes").format(count=len(communes)) if len(communes) != 1 else _("1 commune")
        basis = _("{count} · boundaries of {day}").format(count=count, day=day)
        if office.ended is not None:
            basis = _("{unit} ended on {day} · {count}").format(
                unit=office.unit_name, day=office.ended.strftime("%d/%m/%Y"), count=count
            )
        self.header.office.show_office(office.name, basis, ended=office.ended is not None)
        from desktop.application.records import setting

        self.header.sample.setVisible(bool(setting(session.record, "sample")))
        self.setWindowTitle(f"Sổ Trạm – {office.name} – {render(session.period.sentence())}")

    def _show_period(self) -> None:
        from desktop.ui.shell.periods import offered

        session = self.session
        self.header.period.show_period(session.period, session.present, offered(session))
        self._show_office()
        self._stale.update(self.screens)
        self._refresh()

    def choose_period(self, period: object) -> None:
        """Another period for all pages; what is half typed is kept first."""
        from desktop.domain.periods import Period

        if isinstance(period, Period) and self._settled():
            self.session.choose_period(period)

    # ---- pages ----

    def show_place(self, place: Place) -> Screen | None:
        """Show a page, made when first visited; None where the page being left refused to be left."""
        if place is not self.place and not self._settled():
            return None
        screen = self.screens.get(place)
        if screen is None:
            screen = self.screens[place] = self._factories[place](self.session)
            self.pages.addWidget(screen.view)
            screen.set_compact(self.is_compact)
            self._stale.add(place)
        self.place = place
        self.navigation.activate(place)
        self.pages.setCurrentWidget(screen.view)
        self._refresh()
        self._show_hint()
        self._focus_page(screen.view)
        if place is not Place.IMPORTS:
            self.session.keep(place=place.value)
        return screen

    def _focus_page(self, view: QWidget) -> None:
        """The keyboard works on the page at once: its first list, else whatever can have the focus."""
        lists = (part for part in view.findChildren(QTableView) if part.isVisibleTo(view))
        (next(lists, None) or view).setFocus()

    def go(self, target: Target) -> None:
        """Show a place within a page."""
        if isinstance(target, Target):
            screen = self.show_place(target.place)
            if screen is not None:
                screen.go(target)

    def _settled(self) -> bool:
        screen = self.screens.get(self.place) if self.place else None
        return screen is None or screen.settle()

    def _refresh(self) -> None:
        if self.place is not None and self.place in self._stale and self.place in self.screens:
            self._stale.discard(self.place)
            self.screens[self.place].load()

    def _hear(self, changes: Changes) -> None:
        for place, screen in self.screens.items():
            if screen.shows & changes.subjects:
                self._stale.add(place)
        self._refresh()
        self.status.show_saved(facts.saved(self.session.saved_at))
        self._facts.read_soon()

    # ---- status ----

    def show_facts(self) -> None:
        """Read the three facts anew, without waiting for the typing to rest."""
        self._facts.read()

    def _show_pending(self, is_pending: bool) -> None:
        if is_pending:
            self.status.show_pending()
        else:
            self.status.show_saved(facts.saved(self.session.saved_at))

    def _show_hint(self) -> None:
        screen = self.screens.get(self.place) if self.place else None
        if screen is not None:
            self.status.show_hint(screen.hint())

    def _show_fault(self, fault: BaseException) -> None:
        from desktop.ui.dialogs import faults

        faults.show(self, fault)

    def step_history(self, way: str) -> None:
        """Take back, or do again, the last change made in this window."""
        from desktop.application import history

        if not self._settled():
            return
        step = history.undo if way == "undo" else history.redo
        done = self.session.write(lambda record: step(record, source=None))
        if isinstance(done, history.Undone):
            self.session.say(done.what)

    # ---- finding, help, panels ----

    def _focus_search(self) -> None:
        self.header.search.setFocus()
        self.header.search.selectAll()

    def search(self, text: str) -> None:
        """Show what is found for a text, below the search box."""
        from desktop.ui.shell.search import SearchPopup

        if not hasattr(self, "search_popup"):
            self.search_popup = SearchPopup(self.session, self.header.search, self)
        self.search_popup.look_for(text)

    def show_help(self) -> None:
        """The offline help at this place."""
        from desktop.ui.shell.help import HelpWindow

        if not hasattr(self, "help_window"):
            self.help_window = HelpWindow(self)
        screen = self.screens.get(self.place) if self.place else None
        self.help_window.show_page(screen.help_page() if screen else "bat-dau")

    def _next_panel(self, step: int) -> None:
        places: list[QWidget] = [self.header.search, self.navigation.rows[self.navigation._active]]  # noqa: SLF001
        page = self.pages.currentWidget()
        if page is not None:
            # A head is an item view too, and takes no keys.
            views = [view for view in page.findChildren(QAbstractItemView) if not isinstance(view, QHeaderView)]
            places += [view for view in views if view.isVisible()]
        focus = QApplication.focusWidget()
        at = next((n for n, part in enumerate(places) if focus is part or (focus and part.isAncestorOf(focus))), -1)
        places[(at + step) % len(places)].setFocus()

    # ---- size, leaving ----

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Under 1100 x 560 the compact layout begins."""
        super().resizeEvent(event)
        compact = self.width() < NARROW or self.height() < LOW
        if compact != self.is_compact:
            self.set_compact(compact)

    def set_compact(self, compact: bool) -> None:
        """Fold the navigation, shorten the header, tell the pages."""
        self.is_compact = compact
        self.header.set_compact(compact)
        self.status.set_compact(compact)
        self.navigation.fold(folded=compact or self.session.settings.folded)
        for screen in self.screens.values():
            screen.set_compact(compact)

    def changeEvent(self, event: QEvent) -> None:
        """Coming back from another program: somebody may have written from the command line."""
        super().changeEvent(event)
        is_back = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if is_back and self.session.is_open and self.session.was_overtaken() and not self.session.jobs.is_busy:
            self._stale.update(self.screens)
            self._refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is half typed, stop the jobs, remember the place of the window."""
        if not self._settled():
            event.ignore()
            self.session.say(_("A cell was not taken. Mend it, or press Esc, then close again."), Tone.BAD)
            return
        self.session.jobs.close()
        box = self.normalGeometry()
        self.session.keep(window=(box.x(), box.y(), box.width(), box.height()), maximised=self.isMaximized())
        self.session.close()
        self.closing.emit()
        super().closeEvent(event)
