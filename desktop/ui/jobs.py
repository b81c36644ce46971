"""Long work off the window's thread: one writer, a few readers, progress, stopping, and faults as dialogs.

A job's work is plain Python: it gets its own record and a `step` that reports and raises `Cancelled` when a person
asked to stop. Everything the window hears of it arrives on the window's thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from desktop.errors import Cancelled
from desktop.wording import Sentence

if TYPE_CHECKING:
    from desktop.application.records import Record

Step = Callable[[int, int], None]
Work = Callable[["Record", Step], object]
THROTTLE: Final = 0.1


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
        # Queued, because the worker emits: what follows must happen on the window's thread.
        self._news.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def stop(self) -> None:
        """Ask the work to stop at its next step; what it began is rolled back."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Report, at most ten times a second; called by the work, on its own thread."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= THROTTLE or done >= total:
            self._last = now
            self._news.emit("step", (done, total))

    def run(self, path: Path, today: date | None = None) -> None:
        """Do the work with a record of its own; on the worker's thread."""
        try:
            if self._stop.is_set():
                raise Cancelled
            from desktop.application.records import open_record

            if self._needs_record:
                with open_record(path, today=today) as record:
                    result = self.work(record, self.step)
            else:
                result = self.work(cast("Record", None), self.step)
        except Cancelled:
            self._news.emit("cancelled", None)
        except BaseException as fault:  # noqa: BLE001 - every fault is shown by the window
            self._news.emit("failed", fault)
        else:
            self._news.emit("succeeded", result)

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
    def __init__(self, job: RunningJob, path: Path, today: date | None) -> None:
        super().__init__()
        self._job = job
        self._path = path
        self._today = today

    def run(self) -> None:
        self._job.run(self._path, self._today)


class JobRunner(QObject):
    """Starts jobs: writers one after another, readers beside them."""

    started = Signal(object)

    def __init__(self, path: Path, *, today: date | None = None) -> None:
        super().__init__()
        self._path = path
        self._today = today
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
        (self._writers if writes else self._readers).start(_Runnable(job, self._path, self._today))
        self.started.emit(job)

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
        self._writers.waitForDone()
        self._readers.waitForDone()
        for job in list(self._running):
            job.silence()
            self._forget(job)
