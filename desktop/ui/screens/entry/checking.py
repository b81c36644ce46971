"""Findings of the form: checked again in the background, walked with F8, kept with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.values import Kind
from desktop.ui.dialogs import faults
from desktop.ui.jobs import RunningJob, Step
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView


class Checking:
    """What the checks say about the form a screen shows."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        self.screen = screen
        self.view = view
        self._checking: RunningJob | None = None
        self._check_again = False

    def check_again(self) -> None:
        """Apply the checks in the background and show what they found."""
        if self._checking is not None:
            self._check_again = True
            return
        period, form, kind = self.screen.session.period, self.screen.form, self.screen.kind

        def work(record: Record, step: Step) -> list[Finding]:
            from desktop.application import checks  # on the worker: the figures are shown first

            return checks.findings(record, period=period, form=form, kind=kind, step=step)

        job = RunningJob(say("Check the figures"), work)
        job.succeeded.connect(lambda found: self._judge(found, (period.id, form, kind)))
        job.failed.connect(lambda fault: faults.show(self.view, fault))
        job.ended.connect(self._checked)
        self._checking = job
        self.screen.jobs.start(job, writes=False)

    def give_way(self) -> None:
        """Typing goes first: checks under way are dropped and begin again when the hand rests."""
        if self._checking is not None:
            self._checking.stop()
            self._check_again = False
            self.screen.rest()

    def _checked(self) -> None:
        self._checking = None
        if self._check_again:
            self._check_again = False
            self.check_again()

    def _judge(self, found: list[Finding], of: tuple[str, str, Kind]) -> None:
        if of == (self.screen.session.period.id, self.screen.form, self.screen.kind):
            model = self.screen.model
            before = model.signed
            model.judge(found)
            self.view.grid.fit_signs(model.signed ^ before)
            self.screen.show_findings()
            self.screen.ways.judge(found)

    def step_finding(self, step: int) -> None:
        """The next or previous cell with a finding, in reading order; kept ones only if there is no other."""
        places = self._places(is_open=True) or self._places(is_open=False)
        if not places:
            self.screen.session.say(say("No finding in this form."))
            return
        current = self.view.grid.currentIndex()
        here = (current.row(), current.column())
        if step > 0:
            target = next((place for place in places if place > here), places[0])
        else:
            target = next((place for place in reversed(places) if place < here), places[-1])
        self.view.grid.go(*target)
        self.view.grid.setFocus()

    def _places(self, *, is_open: bool) -> list[tuple[int, int]]:
        found = set()
        for finding in self.screen.model.findings:
            row, column = self.screen.model.row_of(finding.unit), self.screen.model.column_of(finding.element)
            if row is not None and column is not None and (finding.kept is None) == is_open:
                found.add((row, column))
        return sorted(found)

    def keep_finding(self, finding: Finding | None) -> None:
        """Keep a finding with a reason; its whole group goes with it."""
        if finding is None:
            return
        group = [
            f
            for f in self.screen.model.findings
            if f.kept is None and f.rule == finding.rule and (f is finding or (f.group and f.group == finding.group))
        ]
        from desktop.ui.screens.entry.findings.keeping import keep

        keep(self.view, self.screen.session, group or [finding])
