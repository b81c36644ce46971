"""Reads the status bar's facts when the hands rest; what takes longer than a key press is done by a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import AppError
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.session import Session
from desktop.ui.shell import facts
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.lacking import Lacking
    from desktop.application.records import Record

AFTER: Final = 400


class Facts(QObject):
    """The three facts; `told` carries them each time one may have changed."""

    told = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._lacking: Lacking | None = None
        self._partner = facts.counting()
        self._tidied: int | None = None
        self._job: RunningJob | None = None
        self._again = False
        # Never between two keys: the job opens the record and tidies its log.
        self._timer = QTimer(self, singleShot=True, interval=AFTER)
        self._timer.timeout.connect(self.read)

    def read_soon(self) -> None:
        """Read them when nothing more was written for a while."""
        self._timer.start()

    def read(self) -> None:
        """Tell what is known at once; what takes longer, and the record's own tidying, a worker does."""
        session = self._session
        if not session.is_open:
            return
        self._tell()
        head = session.record.head()
        if self._lacking is not None and head == self._tidied:
            return
        if self._job is not None:
            self._again = True
            return
        self._tidied = head
        self._begin(_Work(counts=self._lacking is None))

    def _begin(self, work: _Work) -> None:
        self._job = RunningJob(say("Count what was not sent"), work)
        self._job.succeeded.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.ended.connect(self._end)
        self._session.jobs.start(self._job, writes=False)

    def _take(self, found: object) -> None:
        from desktop.application.lacking import Lacking

        if isinstance(found, Lacking):
            self._lacking = found
            self._tell()

    def _fail(self, fault: BaseException) -> None:
        # The world's faults (somebody else holds the file) leave the facts as they were.
        if not isinstance(fault, AppError):
            self._session.failed.emit(fault)

    def _end(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.read_soon()

    def _tell(self) -> None:
        from desktop.application.lacking import follow_lacking

        session = self._session
        if self._lacking is not None:
            self._lacking = follow_lacking(session.record, self._lacking)
        if self._lacking is not None:
            self._partner = facts.partner(self._lacking.name, self._lacking.rows)
        self.told.emit((facts.saved(session.saved_at), facts.read_backup(session), self._partner))


class _Work:
    """What the worker does: count where nothing is known, then tidy."""

    def __init__(self, *, counts: bool) -> None:
        self._counts = counts

    def __call__(self, record: Record, _step: Step) -> Lacking | None:
        from desktop.application.lacking import count_lacking

        found = count_lacking(record) if self._counts else None
        record.rest()
        return found
