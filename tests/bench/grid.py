"""From a key to the painted cell: the real window, typed into by key events, with the checks running behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, sleep, thread_time

from tests.bench import making
from tests.bench.making import LARGE_GRID, LAST, SMALL_GRID, Size
from tests.bench.table import Row, percentile

CELLS = 64
GAP = 0.04  # a very quick hand
PAUSE_EVERY = 8
MATRIX = "matrix"
FIRST = {MATRIX: (0, 0), "commune": (1, 3)}  # below the first section's head, in the column of this period
BEGIN = {MATRIX: 100, "commune": 300}  # a figure that stands already would not be written again
PAUSE = 0.35  # longer than the wait before the checks begin, so that some keys fall into them


def measure(folder: Path) -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = []
    for size, limit in ((SMALL_GRID, 16), (LARGE_GRID, 33)):
        record = making.make_office(folder / f"grid-{size.communes}.sotramdb", size)
        found.append(typed(record, size, limit))
    found.append(typed(record, LARGE_GRID, 33, way="commune"))
    return found


def typed(record: Path, size: Size, limit: int, way: str = MATRIX) -> Row:
    """Key by key down a column of the matrix, or down the form of one commune among as many."""
    hand = Hand(record, way)
    figures: list[float] = []
    settling: list[float] = []
    for at, number in enumerate(numbers(BEGIN[way]), 1):
        figures += [hand.press(figure) for figure in number]
        settling.append(hand.press("\r"))
        if at % PAUSE_EVERY == 0:
            hand.rest()
        if at == CELLS:
            break
    rest(hand.application)
    hand.leave(way)
    painted, saved = hand.painted, hand.saved
    assert len(painted) == len(saved) == CELLS
    note = (
        f"the Enter that settles, cell and cursor on the screen; median {median(painted):.1f}; saved (fsync) p95 "
        f"{percentile(saved, 0.95):.1f}; all done p95 {percentile(settling, 0.95):.1f}, its CPU "
        f"{percentile(hand.cpu[3::4], 0.95):.1f}; a digit p95 {percentile(figures, 0.95):.1f}; longest the window was "
        f"held between keys {max(hand.held):.0f} ms"
    )
    where = f"{size.communes} x {size.elements}" if way == MATRIX else f"a commune's form of {size.elements}"
    name = f"Key to painted cell, p95, {where}"
    return Row(name, percentile(painted, 0.95), limit, "key event to the end of painting", note, unit=" ms")


class Hand:
    """A window with a way of entry in front, keys pressed on it, and the times that came of them in ms."""

    def __init__(self, record: Path, way: str) -> None:
        from PySide6.QtWidgets import QApplication

        from desktop.domain.periods import Period
        from desktop.system.settings import Settings
        from desktop.ui import app
        from desktop.ui.screens.entry.screen import EntryScreen

        kept = Settings(period=Period.of_year(LAST).id, maximised=False)
        self.application = app.make_application([], kept)
        self.window = app.make_window(
            record, kept=kept, now=lambda: datetime.now().astimezone(), today=date(2025, 1, 14)
        )
        self.window.resize(1366, 697)
        self.window.show()
        app.begin(self.window)
        screen = self.window.screens[self.window.place]  # type: ignore[index]
        assert isinstance(screen, EntryScreen)
        screen.choose_form(making.FORM)
        screen.ways.show(way)
        grid = screen.ways.grid
        assert grid is not None
        self.grid = grid
        QApplication.setActiveWindow(self.window)
        grid.setFocus()
        grid.go(*FIRST[way])
        self.held: list[float] = []
        rest(self.application)
        self.cpu: list[float] = []
        self.painted: list[float] = []
        self.saved: list[float] = []
        self._begun = 0.0
        self.window.session.pending.connect(self._pending)

    def _pending(self, is_pending: bool) -> None:
        # The write begins after the cell was painted and flushed, and ends when it is on the disk.
        (self.painted if is_pending else self.saved).append((perf_counter() - self._begun) * 1e3)

    def press(self, key: str) -> float:
        """A key where the focus is; how long it took."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        target = self.application.focusWidget() or self.grid
        self._begun, busy = perf_counter(), thread_time()
        if key == "\r":
            QTest.keyClick(target, Qt.Key.Key_Return)
        else:
            QTest.keyClick(target, key)
        self.application.processEvents()
        taken = (perf_counter() - self._begun) * 1e3
        self.cpu.append((thread_time() - busy) * 1e3)
        self.rest(GAP)
        return taken

    def rest(self, pause: float = PAUSE) -> None:
        """Nothing is typed for a while."""
        self.held += rest(self.application, pause)

    def leave(self, way: str) -> None:
        """The fourth figure stands where it was typed; the window closes."""
        row, column = FIRST[way][0] + 3, FIRST[way][1]
        shown = str(self.grid.model().index(row, column).data())
        assert "".join(c for c in shown if c.isdigit()) == str(BEGIN[way] + 3), shown
        self.window.close()


def numbers(begin: int) -> Iterator[str]:
    return map(str, count(begin))


def rest(application: object, pause: float = PAUSE) -> list[float]:
    """Let the program live for a while, sleeping between events as it does under a person's hands.

    Gives how long it was busy at once, CPU ms: longer than 50 and a key would wait.
    """
    held, until = [], perf_counter() + pause
    while perf_counter() < until:
        busy = thread_time()
        application.processEvents()  # type: ignore[attr-defined]
        held.append((thread_time() - busy) * 1e3)
        sleep(0.002)
    return held
