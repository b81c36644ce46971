"""What the page shows of the record, read beside the window: the ranked list and one commune's sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.application.records import Record
from desktop.domain.criteria.scoring import By
from desktop.ui.jobs import RunningJob, Step
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.criteria_overview import Overview, Sheet, ZoneResult
    from desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read: a year by one column (None: the one that decides), and the sheet of a commune."""

    year: int
    by: By | None
    unit: str | None
    only_sheet: bool = False
    set_code: str | None = None
    """Another set than the one the commune stands by."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read; no overview where only a sheet was wanted."""

    wanted: Wanted
    overview: Overview | None
    sheet: Sheet | None
    zones: tuple[ZoneResult, ...]
    names: dict[By, str]


def read(record: Record, wanted: Wanted, today: date) -> Read:
    """Read it."""
    from desktop.application import criteria_overview, criteria_scores

    overview = None
    unit = wanted.unit
    if not wanted.only_sheet:
        overview = criteria_overview.overview(record, year=wanted.year, today=today, by=wanted.by)
        known = [line.commune.code for line in overview.lines]
        unit = unit if unit in known else next(iter(known), None)
    sheet: Sheet | None = None
    zones: tuple[ZoneResult, ...] = ()
    if unit is not None:
        sheet = criteria_overview.sheet(record, unit=unit, year=wanted.year, today=today, code=wanted.set_code)
        zones = criteria_overview.if_zone(record, unit=unit, year=wanted.year)
    told = criteria_scores.column_names(record)
    # What no setting names has a name of its own here: it must fit over a narrow column.
    names = {by: name for by, name in told.items() if isinstance(name, str)}
    return Read(wanted, overview, sheet, zones, names)


class Reader(QObject):
    """One reading at a time; while it runs only the newest wish waits, and a whole one is never given up for a part."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject, wish: Callable[[bool], Wanted]) -> None:
        super().__init__(parent)
        self._session, self._wish = session, wish
        self._running: RunningJob | None = None
        self._waits = False
        self._waits_whole = False

    def ask(self, *, whole: bool) -> None:
        """Read everything, or the commune's sheet alone."""
        if self._running is not None:
            self._waits, self._waits_whole = True, self._waits_whole or whole
            return
        wanted, today = self._wish(whole), self._session.today()

        def work(record: Record, _step: Step) -> Read:
            return read(record, wanted, today)

        job = RunningJob(say("Read the criteria"), work)
        job.succeeded.connect(self.done)
        job.failed.connect(self.failed)
        job.ended.connect(self._go_on)
        self._running = job
        self._session.jobs.start(job, writes=False)

    def _go_on(self) -> None:
        self._running = None
        waits, whole = self._waits, self._waits_whole
        self._waits = self._waits_whole = False
        if waits:
            self.ask(whole=whole)
