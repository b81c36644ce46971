"""Reading for a page on a worker, one at a time: what is asked meanwhile is read once more when it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desktop.application.records import Record
from desktop.ui.dialogs import faults
from desktop.ui.jobs import JobRunner, RunningJob, Step
from desktop.wording import Sentence

T = TypeVar("T")


class OneReading:
    """The reading of one page; a fault of ours is shown over its view."""

    def __init__(self, jobs: JobRunner, view: QWidget) -> None:
        self._jobs, self._view = jobs, view
        self._job: RunningJob | None = None
        self._is_asked = False

    def must_wait(self) -> bool:
        """Whether a reading is under way; then the page is told to read again at its end."""
        self._is_asked = self._job is not None
        return self._is_asked

    def begin(
        self,
        what: Sentence,
        work: Callable[[Record, Step], T],
        *,
        shown: Callable[[T], None],
        again: Callable[[], None],
    ) -> None:
        """Read; `shown` gets what was found, `again` is called where somebody asked meanwhile."""
        job = self._job = RunningJob(what, work)
        job.succeeded.connect(shown)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        job.ended.connect(lambda: self._end(again))
        self._jobs.start(job, writes=False)

    def _end(self, again: Callable[[], None]) -> None:
        self._job = None
        if self._is_asked:
            self._is_asked = False
            again()
