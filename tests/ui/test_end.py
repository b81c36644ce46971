"""The program ends well whatever it was doing: a crash at the exit would look like a lost record."""

import os
import subprocess
import sys
from pathlib import Path

from tests.ui.offices import TODAY

CLOSED = """
import sys
from datetime import date, datetime
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.system.settings import Settings
from desktop.ui import app
from desktop.ui.places import Place
begin = app.begin
def begun(window):
    begin(window)
    for place in app.FACTORIES:
        window.show_place(place)
        QApplication.processEvents()
    window.show_help()
    grid = window.show_place(Place.ENTRY).view.grid
    grid.selectAll()
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().mimeData().formats()
    QTimer.singleShot(0, window.close)
app.begin = begun
kept = Settings(period="2024", maximised=False)
clock = lambda: datetime.now().astimezone()
sys.exit(app.run([], path=Path(sys.argv[1]), kept=kept, now=clock, today=date.fromisoformat(sys.argv[2])))
"""


def test_with_every_page_at_work_and_cells_copied_it_ends_without_a_crash_or_a_word(record, tmp_path):
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", CLOSED, str(record), TODAY.isoformat()],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "SOTRAM_HOME": str(tmp_path / "home")},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
