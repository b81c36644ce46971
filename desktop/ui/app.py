"""The application object: fonts, style, Qt's own words, faults; then the window, its record after the first paint."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.system import i18n
from desktop.system.contrast import is_high_contrast
from desktop.system.settings import Settings
from desktop.ui.dialogs.faults import Catcher, start_log
from desktop.ui.places import Place
from desktop.ui.session import Session
from desktop.ui.shell.window import Factory, Window
from desktop.ui.style import fonts, palette, sheet
from desktop.ui.translator import QtWords

TURN: Final = 0.0005


def _entry(session: Session) -> object:
    from desktop.ui.screens.entry.screen import EntryScreen

    return EntryScreen(session)


def _imports(session: Session) -> object:
    from desktop.ui.screens.imports.screen import ImportScreen

    return ImportScreen(session)


def _reports(session: Session) -> object:
    from desktop.ui.screens.reports.screen import ReportScreen

    return ReportScreen(session)


def _overview(session: Session) -> object:
    from desktop.ui.screens.overview.screen import OverviewScreen

    return OverviewScreen(session)


def _exchange(session: Session) -> object:
    from desktop.ui.screens.exchange.screen import ExchangeScreen

    return ExchangeScreen(session)


def _indicators(session: Session) -> object:
    from desktop.ui.screens.indicators.screen import IndicatorScreen

    return IndicatorScreen(session)


def _catalogue(session: Session) -> object:
    from desktop.ui.screens.catalogue.screen import CatalogueScreen

    return CatalogueScreen(session)


def _admin(session: Session) -> object:
    from desktop.ui.screens.admin.screen import AdminScreen

    return AdminScreen(session)


def _children(session: Session) -> object:
    from desktop.ui.screens.children.screen import ChildrenScreen

    return ChildrenScreen(session)


def _stations(session: Session) -> object:
    from desktop.ui.screens.stations.screen import StationsScreen

    return StationsScreen(session)


def _criteria(session: Session) -> object:
    from desktop.ui.screens.criteria.screen import CriteriaScreen

    return CriteriaScreen(session)


def _denominators(session: Session) -> object:
    from desktop.ui.screens.denominators.screen import DenominatorsScreen

    return DenominatorsScreen(session)


# Each screen's module is loaded when it is first visited: the start must not pay for pages nobody opens.
FACTORIES: Mapping[Place, Callable[[Session], object]] = {
    Place.OVERVIEW: _overview,
    Place.ENTRY: _entry,
    Place.STATIONS: _stations,
    Place.CRITERIA: _criteria,
    Place.CHILDREN: _children,
    Place.IMPORTS: _imports,
    Place.INDICATORS: _indicators,
    Place.REPORTS: _reports,
    Place.EXCHANGE: _exchange,
    Place.CATALOGUE: _catalogue,
    Place.ADMIN: _admin,
    Place.DENOMINATORS: _denominators,
}


def make_application(arguments: list[str], kept: Settings) -> QApplication:
    """The one application object, styled and speaking the language kept."""
    existing = QCoreApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
        application.setStyle("Fusion")
    else:
        # By its word: the style as an object would make Python know every kind of style while the shell waits.
        application = QApplication([*(arguments or ["sotram"]), "-style", "fusion"])
    application.setApplicationName("Sổ Trạm")
    # A worker keeps the interpreter for 5 ms at a time unless told otherwise, and a key press asks for it often.
    sys.setswitchinterval(TURN)
    QGuiApplication.setApplicationDisplayName("Sổ Trạm")
    i18n.use(kept.language)
    QLocale.setDefault(QLocale("vi_VN" if kept.language == "vi" else "en_GB"))
    fonts.load()
    wanted = kept.contrast == "high" or (kept.contrast == "auto" and is_high_contrast())
    palette.use(palette.high_contrast(application.palette()) if wanted else palette.LIGHT)
    sheet.apply(application)
    words = QtWords(application)
    application.installTranslator(words)
    return application


def make_window(path: Path, *, kept: Settings, now: Callable[[], datetime], today: date | None) -> Window:
    """The window on a record, not yet shown; its record is opened after the first paint."""
    from typing import cast

    return Window(Session(path, kept=kept, now=now, today=today), cast("Mapping[Place, Factory]", FACTORIES))


def run(arguments: list[str], *, path: Path, kept: Settings, now: Callable[[], datetime], today: date | None) -> int:
    """Open the window, and the first-run guide where there is no record yet. Gives the exit code."""
    application = make_application(arguments, kept)
    catcher = Catcher(application)
    catcher.install()
    window = make_window(path, kept=kept, now=now, today=today)
    catcher.window = window
    application.aboutToQuit.connect(window.session.jobs.close)
    show(window, kept)
    try:
        return application.exec()
    finally:
        catcher.uninstall()
        dispose(window)
        empty_clipboard()


def dispose(window: Window) -> None:
    """Take the window apart while Python still stands: what Qt would do to it later ends in a crash at the exit."""
    window.session.jobs.close()
    window.session.let_go()
    window.hide()
    for screen in window.screens.values():
        screen.deleteLater()
    window.screens.clear()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def empty_clipboard() -> None:
    """Let go of what was copied where the platform has no clipboard of its own; elsewhere it stays for others.

    Qt keeps it there until its libraries are unloaded: a `QMimeData` made here would be deleted after Python has ended,
    and crash the exit (PySide 6.9).
    """
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        QGuiApplication.clipboard().clear()


def show(window: Window, kept: Settings) -> None:
    """Show the shell where it stood last; then open the record, or begin the guide."""
    _AfterPaint(window, lambda: begin(window))
    if kept.window is not None:
        window.setGeometry(*kept.window)
    if kept.maximised:
        window.showMaximized()
    else:
        window.show()


class _AfterPaint(QObject):
    """Does something once, after a window was painted for the first time: a timer alone would come before."""

    def __init__(self, window: Window, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def open_patiently(window: Window) -> None:
    """Open the record; where somebody else holds it, or its stick is not there, ask until it opens or is given up."""
    from desktop.errors import AppError

    while True:
        try:
            window.open()
            return
        except AppError as fault:
            from desktop.system.i18n import _, render
            from desktop.ui.dialogs.ask import Choice, choose

            choices = (Choice("close", _("Close the program")), Choice("again", _("Try again")))
            advice = render(fault.advice) if fault.advice else ""
            if choose(window, render(fault.title), advice, choices, safe="again") != "again":
                window.close()
                return


def begin(window: Window) -> None:
    """Open what there is to open."""
    start_log()
    if window.session.path.exists():
        open_patiently(window)
    else:
        from desktop.ui.guide.guide import start

        start(window)
    if not gc.isenabled():  # `bootstrap` began: from now on garbage is looked for, but not among all this
        gc.freeze()
        gc.enable()
