"""The real program, started as `python -m desktop` starts it. Says `painted` and `usable`; with `idle` its memory.

Only what is said is added: the first paint of the shell, and the first paint of the grid with its figures in it.
"""

from __future__ import annotations

import gc
import os
import sys

gc.disable()  # as `bootstrap.main` does, before it loads what is loaded here

from desktop import bootstrap  # noqa: E402 - as said
from desktop.ui import app  # noqa: E402 - as said


def watch() -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    from desktop.ui.shell.window import Window

    class Paints(QObject):
        def __init__(self, word: bytes, then: object = None) -> None:
            super().__init__()
            self.word, self.then, self.is_done = word, then, False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.is_done:
                self.is_done = True
                QTimer.singleShot(0, self.say)  # after this paint is through
            return False

        def say(self) -> None:
            os.write(1, self.word + b"\n")
            if callable(self.then):
                self.then()

    def end() -> None:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - nothing more is loaded than measured
            os.write(1, b"resident %d\n" % (int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")))
        os._exit(0)

    show = app.show

    def shown(window: Window, *others: object) -> None:
        def ready() -> None:
            from desktop.ui.screens.entry.screen import EntryScreen

            screen = window.screens[window.place]  # type: ignore[index]
            assert isinstance(screen, EntryScreen)
            assert screen.model.rowCount() > 0
            window.grid_paints = Paints(b"usable", lambda: QTimer.singleShot(1000 if sys.argv[1] == "idle" else 0, end))
            screen.view.grid.viewport().installEventFilter(window.grid_paints)

        window.ready.connect(ready)
        show(window, *others)  # type: ignore[arg-type]
        window.shell_paints = Paints(b"painted")  # the last filter hears first: before the record is opened
        window.installEventFilter(window.shell_paints)

    app.show = shown  # type: ignore[assignment]


watch()
bootstrap.main([])
