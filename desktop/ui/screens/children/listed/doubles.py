"""Entries that may be one child: the pairs, what merging would do, the act; Ctrl+Z takes it back.

The pairs are looked for on a worker, of the commune shown or of the whole record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from desktop.application import children_matching
from desktop.application.children_matching import MergePreview, Pair
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.screens.children import words
from desktop.ui.session import Queued, Session
from desktop.ui.widgets.parts import Panel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.ui.words import unit_name
from desktop.wording import say


class DoublesDialog(QDialog):
    """Pairs at the left, the preview of one at the right; which of the two stays can be turned round."""

    def __init__(self, parent: QWidget | None, session: Session, communes: Sequence[str]) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._session, self._communes = session, communes
        self.setWindowTitle(_("Which of these entries are one child?"))
        self.resize(880, 480)
        self.pairs: list[Pair] = []
        self.preview: MergePreview | None = None
        self._is_turned = False
        self._reading: RunningJob | None = None
        self._at = 0
        self._nothing = ""
        self._is_merged = False
        self.model: RowsModel[Pair] = RowsModel(_columns({}))
        self.table = Table(self.model, name=_("Pairs of entries"), lines=2)
        self.table.row_chosen.connect(lambda _pair: self._choose())
        self.panel = left = Panel(_("Pairs of entries"))
        left.add_to_head(self._reach())
        left.head_row.setFixedHeight(36)
        left.add(self.table, 1)
        self.title = label("", "subject", wrap=True)
        self.reasons = label("", wrap=True)
        self.told = label("", wrap=True)
        self.turn = button(_("Keep the other entry"), self._turn, kind="small")
        self.back = label(_("Ctrl+Z takes it back."), "hint")
        self.leave = button(_("Close"), self.reject)
        self.deed = button(_("Merge the two"), self.merge, kind="primary")
        right = column(self.title, self.reasons, self.told, gap=8, margins=(4, 4, 4, 4))
        right.addLayout(row(self.turn, None))
        right.addStretch(1)
        body = row(gap=12)
        body.addWidget(left, 5)
        body.addLayout(right, 4)
        whole = column(gap=10, margins=(16, 14, 16, 14))
        head = label(_("Which of these entries are one child?"), "subject")
        whole.addWidget(head)
        whole.addLayout(body, 1)
        whole.addLayout(row(self.back, None, self.leave, self.deed))
        self.setLayout(whole)
        self.read()

    def _reach(self) -> QWidget:
        """Whether the commune or the whole record is looked through."""
        self.here = button(_("This commune"), kind="switch")
        self.everywhere = button(_("All communes"), kind="switch")
        line = row(gap=0)
        for choice in (self.here, self.everywhere):
            choice.setCheckable(True)
            choice.setAutoExclusive(True)
            choice.clicked.connect(lambda _on: self.read())
            line.addWidget(choice)
        self.here.setChecked(True)
        switch = QWidget()
        switch.setLayout(line)
        switch.setVisible(len(self._session.communes) > 1)
        return switch

    def read(self) -> None:
        """Look for the pairs anew on a worker; a search for another choice is stopped."""
        self._let_go()
        self._at = self.table.currentIndex().row()
        communes, day = None if self.everywhere.isChecked() else self._communes, self._session.day

        def work(record: Record, step: Step) -> list[Pair]:
            return children_matching.suggest_duplicates(record, communes=communes, day=day, step=step)

        job = RunningJob(say("Look for entries that may be one child"), work, stopping=say("Nothing is changed."))
        job.succeeded.connect(partial(self._take, job))
        job.failed.connect(partial(self._refused, job))
        job.cancelled.connect(partial(self._end, job, _("The search was stopped. Choose again where to look.")))
        self._reading = job
        self._show_pairs((), _("Looking for entries that may be one child…"))
        Progress(self, job)
        self._session.jobs.start(job, writes=False)

    def _let_go(self) -> None:
        """What is still being looked for is not asked for any more."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

    def done(self, result: int) -> None:
        """A search does not outlive its window."""
        self._let_go()
        super().done(result)

    def _take(self, job: RunningJob, pairs: Sequence[Pair]) -> None:
        self._end(job, _("No pair is left.") if self._is_merged else _("No two entries look like one child."), pairs)

    def _refused(self, job: RunningJob, fault: BaseException) -> None:
        if job is self._reading:
            self._end(job, "")
            self._session.refuse(fault)

    def _end(self, job: RunningJob, nothing: str, pairs: Sequence[Pair] = ()) -> None:
        """The end of the search that was asked for last; of others nothing is shown."""
        if job is self._reading:
            self._reading = None
            self._show_pairs(pairs, nothing)

    def _show_pairs(self, pairs: Sequence[Pair], nothing: str) -> None:
        """Some pairs, the place in hand kept; `nothing` says why there are none."""
        self.pairs, self._nothing = list(pairs), nothing
        names = {one.uid: unit_name(one.name) for one in self._session.communes} if self.everywhere.isChecked() else {}
        self.model.columns = tuple(_columns(names))
        self.model.show(self.pairs)
        self.panel.set_title(_("Pairs of entries") + (f" ({len(self.pairs)})" if self.pairs else ""))
        if self.pairs:
            self.table.selectRow(min(max(self._at, 0), len(self.pairs) - 1))
        self._choose()

    def _choose(self) -> None:
        self._is_turned = False
        self._show()

    def _turn(self) -> None:
        self._is_turned = not self._is_turned
        self._show()

    def _show(self) -> None:
        pair: Pair | None = self.table.chosen()
        self.preview = None
        for part in (self.turn, self.deed):
            part.setEnabled(pair is not None)
        if pair is None:
            self.title.setText(self._nothing)
            self.reasons.setText("")
            self.told.setText("")
            return
        keep, other = (pair.other, pair.one) if self._is_turned else (pair.one, pair.other)
        try:
            self.preview = children_matching.preview_merge(self._session.record, keep=keep.uid, other=other.uid)
        except AppError as fault:
            self._session.refuse(fault)
            return
        self.title.setText(_("{name} stays").format(name=self.preview.kept.name))
        self.reasons.setText("\n".join(render(reason) for reason in self.preview.reasons))
        self.told.setText("\n".join(_told(self.preview)))

    def merge(self) -> None:
        """Make one child of the two."""
        preview = self.preview
        if preview is None:
            return
        keep, other = preview.kept.uid, preview.other.uid
        done = self._session.write(lambda record: children_matching.merge(record, keep=keep, other=other))
        if done is None:
            return
        if isinstance(done, Queued):
            self.accept()
            return
        self._is_merged = True
        self._session.say(say("Two entries are one child now. Ctrl+Z takes it back."))
        self.read()


def _told(preview: MergePreview) -> list[str]:
    names = {
        "sex": _("Sex"),
        "birth_date": _("Born on"),
        "village": _("Village"),
        "ethnic_group": _("Ethnic group"),
        "mother": _("Mother"),
        "personal_id": _("Personal id"),
        "note": _("Note"),
    }
    told = [f"{_('Stays')}: {_about(preview.kept)}", f"{_('Joins it')}: {_about(preview.other)}"]
    if preview.filled:
        told.append(_("Taken over: {fields}").format(fields=", ".join(names[name] for name in preview.filled)))
    told.append(_("{count} measurements come over").format(count=len(preview.measurements)))
    for held, other in preview.clashes:
        told.append(
            _("On {day} both were measured: {held} counts, {other} stays behind it").format(
                day=f"{held.day:%d/%m/%Y}", held=_figures(held), other=_figures(other)
            )
        )
    return told


def _about(child: Child) -> str:
    parts = (
        child.name,
        words.sex(child.sex),
        words.born(child) or _("birth date unknown"),
        child.village,
        child.mother,
    )
    return ", ".join(part for part in parts if part)


def _figures(one: Measurement) -> str:
    if one.absent:
        return _("absent")
    parts = (
        f"{words.kilograms(one.weight)} kg" if one.weight else "",
        f"{words.centimetres(one.lenhei)} cm" if one.lenhei else "",
    )
    return ", ".join(part for part in parts if part) or "–"


def _columns(communes: Mapping[str, str]) -> list[Column[Pair]]:
    """`communes`: names by uid, where entries of several communes stand together."""

    def second(child: Child) -> str:
        parts = (words.born(child), communes.get(child.unit, ""), child.village, child.mother)
        return " · ".join(part for part in parts if part)

    return [
        Column(_("One entry"), lambda pair: pair.one.name, second=lambda pair: second(pair.one), stretch=True),
        Column(_("Other entry"), lambda pair: pair.other.name, second=lambda pair: second(pair.other), stretch=True),
        Column(_("Alike"), lambda pair: f"{pair.score}%", number=True, width=60),
    ]
