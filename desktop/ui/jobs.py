"""Long work off the window's thread: one writer, a few readers, progress, stopping, and faults as dialogs.

A job's work is plain Python: it gets its own record and a `step` that reports and raises `Cancelled` when a person
asked to stop. Everything the window hears of it arrives on the window's thread.

On a stick or a network drive there is only the window's own record: jobs and window take turns at it, the window first.
A job that only reads and stands in the window's way there begins again when the window is quiet.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from desktop.errors import Cancelled
from desktop.wording import Sentence

if TYPE_CHECKING:
    from desktop.application.records import Record, Turns

Step = Callable[[int, int], None]
Work = Callable[["Record", Step], object]
THROTTLE: Final = 0.1
AGAIN: Final = 50
BEGINNINGS: Final = 4
"""How often a reading job begins anew before it makes the window wait for it."""


class _GaveWay(Cancelled):
    """The window wants the record in the middle of what the job reads."""


class RunningJob(QObject):
    """One piece of long work. Connect first, then hand it to `JobRunner.start`."""

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    over = Signal(object)
    """The job itself, before anything else is told of its end."""
    _news = Signal(str, object)

    def __init__(
        self, what: Sentence, work: Work, *, stopping: Sentence | None = None, needs_record: bool = True
    ) -> None:
        super().__init__()
        self._needs_record = needs_record
        self.what = what
        self.stopping = stopping
        self.work = work
        self.is_over = False
        self._is_silent = False
        self._stop = threading.Event()
        self._last = 0.0
        self._turns: Turns | None = None
        self._gives_way = False
        # Queued, because the worker emits: what follows must happen on the window's thread.
        self._news.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def stop(self) -> None:
        """Ask the work to stop at its next step; what it began is rolled back."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Report, at most ten times a second; called by the work, on its own thread."""
        if self._stop.is_set():
            raise Cancelled
        if self._turns is not None:
            self._turns.come()
            if self._gives_way and self._turns.is_home_waiting:
                raise _GaveWay
        now = time.monotonic()
        if now - self._last >= THROTTLE or done >= total:
            self._last = now
            self._news.emit("step", (done, total))

    @property
    def needs_record(self) -> bool:
        """Whether the work asks the record; else it gets none."""
        return self._needs_record

    def run(self, path: Path, today: date | None = None, lent: Record | None = None, *, writes: bool = True) -> None:
        """Do the work with a record of its own, or with the window's in turn with it; on the worker's thread."""
        try:
            if self._stop.is_set():
                raise Cancelled
            if not self._needs_record:
                result = self.work(cast("Record", None), self.step)
            elif lent is not None:
                result = self._in_turn(lent, writes=writes)
            else:
                from desktop.application.records import open_record

                with open_record(path, today=today) as record:
                    result = self.work(record, self.step)
        except Cancelled:
            self._news.emit("cancelled", None)
        except BaseException as fault:  # noqa: BLE001 - every fault is shown by the window
            self._news.emit("failed", fault)
        else:
            self._news.emit("succeeded", result)

    def _in_turn(self, record: Record, *, writes: bool) -> object:
        self._turns = cast("Turns", record.turns)
        for left in reversed(range(BEGINNINGS)):
            self._gives_way = not writes and left > 0
            with suppress(_GaveWay), self._turns.held():
                if self._stop.is_set():
                    raise Cancelled
                return self.work(record, self.step)
        raise AssertionError("the last beginning gives no way")

    def silence(self) -> None:
        """Say nothing any more: whoever listened is gone."""
        self._is_silent = True

    def _hear(self, kind: str, content: object) -> None:
        if self._is_silent:
            return
        if kind == "step":
            self.progressed.emit(*cast("tuple[int, int]", content))
            return
        self.is_over = True
        self.over.emit(self)
        if kind == "succeeded":
            self.succeeded.emit(content)
        elif kind == "failed":
            self.failed.emit(content)
        else:
            self.cancelled.emit()
        self.ended.emit()


class _Runnable(QRunnable):
    def __init__(self, job: RunningJob, path: Path, today: date | None, lent: Record | None, *, writes: bool) -> None:
        super().__init__()
        self._job = job
        self._path = path
        self._today = today
        self._lent = lent
        self._writes = writes

    def run(self) -> None:
        self._job.run(self._path, self._today, self._lent, writes=self._writes)


class JobRunner(QObject):
    """Starts jobs: writers one after another, readers beside them."""

    started = Signal(object)
    _asked = Signal(object)

    def __init__(
        self, path: Path, *, today: date | None = None, window_record: Callable[[], Record] | None = None
    ) -> None:
        super().__init__()
        self._path = path
        self._today = today
        self._window_record = window_record
        self._turns: Turns | None = None
        # Workers ask; the window leaves its turn between two of its events.
        self._asked.connect(self._leave, Qt.ConnectionType.QueuedConnection)
        self._writers = QThreadPool()
        self._writers.setMaxThreadCount(1)
        self._readers = QThreadPool()
        self._readers.setMaxThreadCount(2)
        self._is_closed = False
        self._running: set[RunningJob] = set()
        self._writing: set[RunningJob] = set()

    def start(self, job: RunningJob, *, writes: bool) -> None:
        """Begin a job whose signals are connected."""
        if self._is_closed:
            return
        self._running.add(job)
        if writes:
            self._writing.add(job)
        job.over.connect(self._forget)
        runnable = _Runnable(job, self._path, self._today, self._lent(job), writes=writes)
        (self._writers if writes else self._readers).start(runnable)
        self.started.emit(job)

    def _lent(self, job: RunningJob) -> Record | None:
        """The window's record, where nobody else may open the file."""
        if not job.needs_record or self._window_record is None:
            return None
        record = self._window_record()
        self._turns = turns = record.turns
        if turns is None:
            return None
        turns.ask = lambda: self._asked.emit(turns)
        return record

    def _leave(self, turns: Turns) -> None:
        """Let a job have the record. In the middle of a change of the window's (it asked something) a little later."""
        if not turns.leave():
            QTimer.singleShot(AGAIN, lambda: self._leave(turns))

    def _forget(self, job: RunningJob) -> None:
        self._running.discard(job)
        self._writing.discard(job)

    @property
    def is_writing(self) -> bool:
        """Whether a writer runs or waits."""
        return bool(self._writing)

    @property
    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._running)

    def close(self) -> None:
        """Stop everything and start nothing more: the window is closing."""
        self._is_closed = True
        self.stop_all()

    def stop_all(self) -> None:
        """Ask every job to stop and wait for them; nothing more is heard of them."""
        for job in list(self._running):
            job.stop()
        if self._turns is not None:
            self._turns.leave()  # a job that waits for its turn must come to hear that it was stopped
        self._writers.waitForDone()
        self._readers.waitForDone()
        for job in list(self._running):
            job.silence()
            self._forget(job)
