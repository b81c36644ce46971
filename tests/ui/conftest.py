"""One application, styled as it ships; a sample record for each test; windows that leave nothing behind."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.system.settings import Settings
from desktop.ui import app
from desktop.ui.places import Place
from desktop.ui.shell.window import Window
from tests.ui import offices


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform grumbles about sizes and raising of windows; that is no fault of a page."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise"))


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def styled(qapp: QApplication) -> QApplication:
    """Styled once: each new sheet is worked out anew for every widget."""
    return app.make_application([], Settings())


@pytest.fixture(autouse=True, scope="session")
def ended() -> Iterator[None]:
    """The application ends while Python still stands: at Python's own end its parts go in any order, and may crash."""
    yield
    application = QCoreApplication.instance()
    if application is not None:
        app.empty_clipboard()
        gc.collect()
        application.shutdown()


@pytest.fixture(autouse=True)
def taken_apart() -> Iterator[None]:
    """No window outlives its test: outside a running loop Qt never comes to what it was told to delete later.

    Nor does a key held down: Qt remembers the modifiers of the last event, and choosing a row then toggles it.
    """
    yield
    if QCoreApplication.instance() is None:
        return
    QTest.keyRelease(QWidget(), Qt.Key.Key_Shift)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, Window) and isValid(widget):  # with the first all go that were closed
            app.dispose(widget)
    for widget in QApplication.topLevelWidgets():
        if widget.parent() is None:
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "so-tram.sotramdb"
    offices.sample(path)
    return path


@pytest.fixture(scope="session")
def busy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("busy")
    offices.looked_at(folder / "so-tram.sotramdb", folder)
    return folder


@pytest.fixture
def record(sample_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_file, tmp_path / "so-tram.sotramdb"))


@pytest.fixture
def busy(busy_folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(busy_folder, tmp_path / "busy")
    return tmp_path / "busy" / "so-tram.sotramdb"


def opened(qtbot, path: Path, *, place: str = "entry", **kept: object) -> Window:
    settings = Settings(period="2024", place=place, maximised=False, **kept)
    window = app.make_window(path, kept=settings, now=lambda: offices.NOW, today=offices.TODAY)
    qtbot.addWidget(window, before_close_func=lambda window: window.session.jobs.close())
    window.resize(1366, 697)
    window.show()
    qtbot.waitExposed(window)
    window.open()
    settle(qtbot, window)
    return window


def settle(qtbot, window: Window) -> None:
    """Wait until every job was heard of."""
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=30_000)


@pytest.fixture
def window(qtbot, styled: QApplication, record: Path) -> Iterator[Window]:
    made = opened(qtbot, record)
    yield made
    made.session.jobs.close()


@pytest.fixture
def busy_window(qtbot, styled: QApplication, busy: Path) -> Iterator[Window]:
    made = opened(qtbot, busy, package_folder=str(busy.parent / "usb"))
    yield made
    made.session.jobs.close()


@pytest.fixture
def screen(window):
    """The page where figures are typed; a test of another page makes its own."""
    return window.screens[Place.ENTRY]


@pytest.fixture
def grid(screen):
    screen.view.grid.setFocus()
    return screen.view.grid
