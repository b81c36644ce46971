"""What failed, that nothing is lost, what to do now; the number of a fault of ours only under "Details"."""

from __future__ import annotations

import logging
import os
import sys
import threading
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from desktop.errors import AppError, Cancelled
from desktop.system import paths
from desktop.system.fault_log import lines_of
from desktop.system.i18n import _, render

LOG: Final = logging.getLogger("sotram")


def show(parent: QWidget | None, fault: BaseException) -> None:
    """A refusal with its advice, or our own fault with a number and the log's place."""
    from desktop.ui.dialogs.ask import Choice, choose

    if isinstance(fault, Cancelled):
        return
    if isinstance(fault, AppError):
        advice = render(fault.advice) if fault.advice else ""
        choose(parent, render(fault.title), advice, (Choice("close", _("Close")),), safe="close")
        return
    number = record(fault)
    text = _("Nothing that was saved is lost. Send the file {log} to whoever looks after the program; number {number}.")
    choose(
        parent,
        _("The program met a fault of its own"),
        text.format(log=paths.logs() / "sotram.log", number=number),
        (Choice("close", _("Close")),),
        safe="close",
    )


def record(fault: BaseException) -> str:
    """Write a fault of ours into the log, without values; gives the number people can say on the telephone."""
    number = os.urandom(3).hex()
    LOG.error("%s\n%s", number, "\n".join(lines_of(fault)))
    return number


class Catcher(QObject):
    """Shows what nobody caught, whichever thread it happened on."""

    caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._old = (sys.excepthook, threading.excepthook)
        self.window: QWidget | None = None
        self._showing = False

    def install(self) -> None:
        """Begin to listen."""
        sys.excepthook = self._python
        threading.excepthook = self._thread
        self.caught.connect(self._show)
        qInstallMessageHandler(_qt)

    def uninstall(self) -> None:
        """Stop listening."""
        sys.excepthook, threading.excepthook = self._old
        qInstallMessageHandler(None)

    def _python(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._old[0](kind, fault, trace)
            return
        self.caught.emit(fault)

    def _thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught.emit(args.exc_value)

    def _show(self, fault: BaseException) -> None:
        # One at a time: a fault in painting would otherwise bury the window under dialogs.
        if self._showing:
            record(fault)
            return
        self._showing = True
        try:
            show(self.window, fault)
        finally:
            self._showing = False


def _qt(kind: QtMsgType, _context: object, text: str) -> None:
    level = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtDebugMsg: logging.DEBUG}.get(kind, logging.ERROR)
    logging.getLogger("qt").log(level, text)


class _Log(logging.Handler):
    """The log file, made at the first thing to write: its module loads pickle and sockets, and few starts need it."""

    _file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                paths.logs() / "sotram.log", maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True
            )
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start_log() -> None:
    """Write warnings and faults into the log; where that cannot be done the program works without."""
    try:
        paths.logs().mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    logging.getLogger().addHandler(_Log())
