"""Đề xuất ước thực hiện: what could be estimated from the figures so far, each with the rule it follows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.application import estimates
from desktop.application.changes import Changes
from desktop.application.estimates import Proposal
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.values import State
from desktop.system.i18n import _, grouped, render
from desktop.ui import figures, words
from desktop.ui.dialogs import faults
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.wording import say

SHORT = 500
"""More cells than this are written by a job."""


class ProposalsDialog(QDialog):
    """The proposals as a list; estimates that stand are kept unless one says otherwise."""

    def __init__(self, parent: QWidget, session: Session, period: Period, proposals: Sequence[Proposal]) -> None:
        super().__init__(parent)
        self._session, self._period, self.proposals = session, period, list(proposals)
        title = _("Take the proposed estimates of {period}?").format(period=render(period.sentence()))
        self.setWindowTitle(title)
        self.resize(760, 480)
        body = column(label(title, "subject", wrap=True), gap=8, margins=(20, 18, 20, 16))
        how = _("Each is worked out from the figures so far by the rule beside it. They stay estimates.")
        body.addWidget(label(how, wrap=True))
        self.model: RowsModel[Any] = RowsModel(_columns(), self)
        self.model.show(self.proposals)
        table = Table(self.model, name=title)
        table.setColumnHidden(2, all(one.before is None for one in self.proposals))
        body.addWidget(table, 1)
        self.replace = QCheckBox(_("Also replace estimates that stand already"))
        held = sum(not _is_free(one) for one in self.proposals)
        self.replace.setVisible(bool(held))
        self.replace.toggled.connect(lambda _on: self._count())
        body.addWidget(self.replace)
        self.take = button("", self._write, kind="primary")
        body.addLayout(row(None, button(_("Do not take"), self.reject), self.take))
        self.setLayout(body)
        self._count()

    def _count(self) -> None:
        count = sum(self.replace.isChecked() or _is_free(one) for one in self.proposals)
        self.take.setText(_("Take {count} estimates").format(count=grouped(count)))
        self.take.setEnabled(bool(count))

    def _write(self) -> None:
        intent = partial(_write_all, self._period, self.proposals, self.replace.isChecked())
        session = self._session
        if len(self.proposals) <= SHORT:
            session.write(intent)
        else:
            job = RunningJob(say("Save"), lambda record, _step: intent(record))
            job.succeeded.connect(session.tell)
            job.failed.connect(session.refuse)
            session.jobs.start(job, writes=True)
        self.accept()


def _write_all(period: Period, proposals: Sequence[Proposal], replace: bool, record: Record) -> Changes:
    return estimates.write_proposals(record, period=period, proposals=proposals, replace=replace)


def _is_free(one: Proposal) -> bool:
    return one.before is None or one.before.state is State.NOT_REPORTED


def _columns() -> list[Column[Proposal]]:
    return [
        Column(_("Commune, town"), lambda one: words.unit_name(one.commune.name), width=140),
        Column(_("Figures of the form"), lambda one: words.named(one.element.name_vi, one.element.name_en), width=190),
        Column(_("Estimated now"), lambda one: figures.figure(one.before), number=True, width=116),
        Column(_("Proposed"), lambda one: figures.figure(one.value), number=True, width=84, strong=lambda _one: True),
        Column(_("By which rule"), lambda one: render(one.rule), stretch=True),
    ]


def propose(parent: QWidget, session: Session, *, form: str, uids: Sequence[str]) -> RunningJob:
    """Work the proposals out beside the window, then show them."""
    period = session.period

    def work(record: Record, _step: Step) -> list[Proposal]:
        return estimates.propose(record, form=form, period=period, units=uids)

    def show(found: list[Proposal]) -> None:
        if not found:
            session.say(say("No estimate can be proposed: there are no figures of this period's months yet."))
        elif session.period == period:
            ProposalsDialog(parent, session, period, found).exec()

    job = RunningJob(say("Propose estimates"), work)
    job.succeeded.connect(show)
    job.failed.connect(lambda fault: faults.show(parent, fault))
    session.jobs.start(job, writes=False)
    return job
