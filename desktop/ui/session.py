"""What every screen shares: the window's own record, office, period, clock, and how screens hear of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.application.changes import NOTHING, Changes, Subject
from desktop.domain.periods import BadPeriod, Period
from desktop.errors import AppError
from desktop.system import settings
from desktop.system.i18n import render
from desktop.system.settings import Settings
from desktop.ui.jobs import JobRunner, RunningJob, Step
from desktop.ui.places import Place, Target
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    # Behind these stand the database and its drivers: loaded after the shell is painted.
    from desktop.application.offices import Commune, OfficeView
    from desktop.application.records import Record

T = TypeVar("T")


class Queued:
    """The write waits behind a job and will be told when it is done."""


QUEUED: Final = Queued()


def changes_of(done: object) -> Changes:
    """What an intent changed: its answer, or the answer's `changes`."""
    found = done if isinstance(done, Changes) else getattr(done, "changes", None)
    return found if isinstance(found, Changes) else NOTHING


class Session(QObject):
    """One window on one record. Screens ask here and tell here, and never poke each other."""

    period_changed = Signal()
    office_changed = Signal()
    told = Signal(object)
    """A `Changes`: what was written, by whichever thread."""
    said = Signal(str, object)
    """A line for the status bar, and its `Tone`."""
    asked = Signal(object)
    """A `Target` to go to."""
    pending = Signal(bool)
    """A write has begun, or ended."""
    hint_changed = Signal()
    """What helps now has changed."""
    failed = Signal(object)
    """A fault of ours that must be shown."""
    restarted = Signal()
    """The record was put aside; the window begins again."""
    history_asked = Signal(str)
    """`undo` or `redo`."""

    def __init__(self, path: Path, *, kept: Settings, now: Callable[[], datetime], today: date | None = None) -> None:
        super().__init__()
        self.path = path
        self.settings = kept
        self.saved_at: datetime | None = None
        self._now = now
        self._today = today
        self._record: Record | None = None
        self.jobs = JobRunner(path, today=today, window_record=lambda: self.record)
        self._office: OfficeView | None = None
        self._communes: list[Commune] | None = None
        self._heard: int | None = None
        self.period = _kept_period(kept, self.today())

    @property
    def record(self) -> Record:
        """The window's own record, opened at the first asking; for this thread only."""
        if self._record is None:
            from desktop.application.records import notes, open_record

            self._record = open_record(self.path, today=self._today)
            for note in notes(self._record):
                self.say(note, Tone.WARN)
        return self._record

    @property
    def is_open(self) -> bool:
        """Whether the record was opened."""
        return self._record is not None

    def today(self) -> date:
        """The day all due dates are measured from."""
        return self._today or self._now().date()

    def now(self) -> datetime:
        """The time for people."""
        return self._now()

    @property
    def present(self) -> Period:
        """The present reporting period: the last whole year."""
        return Period.of_year(self.today().year - 1)

    @property
    def day(self) -> date:
        """The day of the boundaries shown: the last of the period, or today in a period that has not ended."""
        return min(self.period.last, self.today()) if self.period.first <= self.today() else self.period.last

    @property
    def office(self) -> OfficeView:
        """The office on the last day of the period."""
        if self._office is None:
            from desktop.application.offices import office, office_of

            found = office_of(self.record, on=self.period.last)
            self._office = found or office(self.record, on=self.today())
        return self._office

    @property
    def communes(self) -> list[Commune]:
        """The communes served on the last day of the period."""
        if self._communes is None:
            from desktop.application.offices import communes_of

            self._communes = communes_of(self.record, on=self.period.last)
        return self._communes

    def choose_period(self, period: Period) -> None:
        """Work on another period from now on."""
        if period == self.period:
            return
        self.period = period
        self._office = self._communes = None
        self.keep(period=period.id)
        self.period_changed.emit()

    def tell(self, changes: Changes) -> None:
        """Let everybody know what was written."""
        if not changes.changed:
            return
        self.saved_at = self.now()
        if Subject.OFFICE in changes.subjects:
            self._office = self._communes = None
            self.office_changed.emit()
        self.told.emit(changes)

    def say(self, sentence: Sentence | str, tone: Tone = Tone.PLAIN) -> None:
        """A line in the status bar."""
        self.said.emit(sentence if isinstance(sentence, str) else render(sentence), tone)

    def go(self, place: Place, **where: str) -> None:
        """Ask the shell to show a place."""
        self.asked.emit(Target(place, tuple(where.items())))

    def write(
        self,
        intent: Callable[[Record], T],
        *,
        later: Callable[[], None] | None = None,
        refused: Callable[[BaseException], None] | None = None,
    ) -> T | Queued | None:
        """Do a short write on the window's own record; a refusal is shown and gives None.

        For writes of a few cells only (under 8 ms): everything longer is a job. While a job writes, the intent waits
        its turn behind it, off the window's thread; `later` is called when it is written, now or then, and `refused`
        with the fault where it was not (without it the fault is shown).
        """
        if self.jobs.is_writing:
            self._write_behind(intent, later, refused or self.refuse)
            return QUEUED
        self.pending.emit(True)
        alone = self._heard == self.record.head()
        try:
            done = intent(self.record)
            if alone:
                self._heard = self.record.head()
        except AppError as fault:
            (refused or self.refuse)(fault)
            return None
        finally:
            self.pending.emit(False)
        if later is not None:
            later()
        self.tell(changes_of(done))
        return done

    def _write_behind(
        self,
        intent: Callable[[Record], object],
        later: Callable[[], None] | None,
        refused: Callable[[BaseException], None],
    ) -> None:
        def work(record: Record, _step: Step) -> object:
            return intent(record)

        def written(done: object) -> None:
            if later is not None:
                later()
            self.tell(changes_of(done))

        job = RunningJob(say("Save"), work)
        job.succeeded.connect(written)
        job.failed.connect(refused)
        job.ended.connect(lambda: self.pending.emit(self.jobs.is_writing))
        self.pending.emit(True)
        self.jobs.start(job, writes=True)

    def was_overtaken(self) -> bool:
        """Whether anybody but this window's thread wrote since the last asking: a job, or another program."""
        heard, self._heard = self._heard, self.record.head()
        return heard not in (None, self._heard)

    def refuse(self, fault: BaseException) -> None:
        """Say why something was not done: the world's faults in the status bar, ours as a dialog."""
        if isinstance(fault, AppError):
            said = render(fault.title) + (" " + render(fault.advice) if fault.advice else "")
            self.say(said, Tone.BAD)
        else:
            self.failed.emit(fault)

    def keep(self, **news: object) -> None:
        """Remember something for the next start."""
        self.settings = replace(self.settings, **news)  # type: ignore[arg-type]

    def let_go(self) -> None:
        """Close the record; it is opened again at the next asking."""
        if self._record is not None:
            self._record.close()
            self._record = None
            self._heard = None
        self._office = self._communes = None

    def reopen(self) -> None:
        """Another file stands in the record's place: everything is read anew."""
        self.let_go()
        self.tell(Changes(frozenset(Subject)))

    def close(self) -> None:
        """Let go of the record and write the settings."""
        self.let_go()
        try:
            settings.save(self.settings)
        except OSError:
            # A full or locked disk must not keep the window open; only comfort is lost.
            return


def _kept_period(kept: Settings, today: date) -> Period:
    if kept.period:
        try:
            return Period.parse(kept.period)
        except BadPeriod:
            pass
    return Period.of_year(today.year - 1)
