"""Sổ suy dinh dưỡng cấp tính: who is treated, and what was given in the period; under the tab of the follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.application import access, child_care
from desktop.application.child_care import Registered
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.child_care import CareCount, Degree, Supplement
from desktop.system.i18n import _
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Target
from desktop.ui.screens.children import words as figures
from desktop.ui.screens.children.care import words
from desktop.ui.screens.children.care.acts import ask_take_back, ask_treatment
from desktop.ui.screens.children.part import Part
from desktop.ui.screens.children.switching import FollowSwitch
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, Panel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.ui.words import unit_name
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen

SEX, MOTHER, HEIGHT, OEDEMA, ARM_NOW = 1, 3, 6, 8, 11
"""Columns that give way where there is little room."""


class RegisterView(QWidget):
    """Counts above, the lines below."""

    def __init__(self) -> None:
        super().__init__()
        self.switch = FollowSwitch()
        self.paper = button(_("Print…"), icon="print_16_regular", tip=_("See, save and print the register  Ctrl+P"))
        self.paper.setAccessibleName(_("Print…"))
        self.model: RowsModel[Registered] = RowsModel(_columns())
        self.table = Table(self.model, name=_("Register of acute malnutrition"))
        self.told = label("", "head")
        self.counts = label("", "second", wrap=True)
        self.change = button(_("Change…"), kind="small")
        self.remove = button(_("Written by mistake…"), kind="link")
        self.empty = Empty(
            _("Nobody on the register in this period"),
            _("Choose a child of the follow-up list or its page, then “Treatment…”."),
        )
        panel = Panel()
        head = QWidget()
        head.setLayout(row(self.switch, self.told, None, margins=(8, 0, 11, 0)))
        head.setFixedHeight(36)
        panel.add(head)
        panel.add_inset(column(self.counts, gap=0), (11, 0, 11, 6))
        panel.add(self.table, 1)
        panel.add(self.empty, 1)
        panel.add_foot(
            self.change, self.remove, None, label(_("Enter: change the line · Ctrl+Enter: the child"), "hint")
        )
        self.setLayout(column(panel, gap=0))


class RegisterPart(Part):
    """The register of the commune and period shown."""

    def __init__(self, screen: ChildrenScreen) -> None:
        super().__init__(screen)
        self._view = view = RegisterView()
        self._looked: set[str] = set()
        self._reading: RunningJob | None = None
        self._asked = ("", "")
        """The commune (uid) and the period shown."""
        view.switch.chosen.connect(screen.show_part)
        view.table.row_opened.connect(lambda _line: self.ask_change())
        view.change.clicked.connect(self.ask_change)
        view.remove.clicked.connect(self.ask_remove)
        view.paper.clicked.connect(self.open_paper)
        QShortcut(QKeySequence("Ctrl+P"), view, self.open_paper)
        QShortcut(QKeySequence("Ctrl+Return"), view.table, self.open_child)

    @property
    def view(self) -> RegisterView:
        """The page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """The paper."""
        return (self._view.paper,)

    def load(self) -> None:
        """Read the register and the counts anew on a worker; what is shown of the same commune stays until then."""
        commune, view, period = self.screen.commune, self._view, self.session.period
        view.switch.show_part("care")
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
        asked = (commune.uid if commune is not None else "", period.id)
        if asked != self._asked:
            self._show([], "", "")
            view.empty.setVisible(commune is None)
            self._asked = asked
        if commune is None:
            return
        first, last, uid = period.first, max(period.first, self.session.day), commune.uid

        def work(record: Record, step: Step) -> tuple[list[Registered], CareCount]:
            step(0, 2)
            found = child_care.register(record, communes=[uid], first=first, last=last)
            step(1, 2)
            (counted,) = child_care.counts(record, communes=[uid], first=first, last=last)
            return found, counted.care

        job = RunningJob(say("Read the register of acute malnutrition"), work, stopping=say("Nothing is changed."))
        job.succeeded.connect(partial(self._take, job, commune, last))
        job.failed.connect(self.session.refuse)
        self._reading = job
        Progress(view, job)
        self.session.jobs.start(job, writes=False)

    def _take(self, job: RunningJob, commune: Commune, last: date, read: tuple[list[Registered], CareCount]) -> None:
        if job is not self._reading:
            return
        self._reading = None
        found, care = read
        told = _("{commune}: {count} on the register, {open} treated on {day}").format(
            commune=unit_name(commune.name), count=len(found), open=care.open, day=f"{last:%d/%m/%Y}"
        )
        self._show(found, told, _counted(care))
        self._note_look(commune.uid, len(found))

    def _show(self, found: Sequence[Registered], told: str, counts: str) -> None:
        view, line = self._view, self._view.table.chosen()
        held = (line.child.uid, line.treatment.since) if line is not None else None
        view.told.setText(told)
        view.counts.setText(counts)
        view.model.show(found)
        view.table.setVisible(bool(found))
        view.empty.setVisible(not found)
        for act in (view.change, view.remove):
            act.setEnabled(bool(found))
        if found:
            places = (at for at, one in enumerate(found) if (one.child.uid, one.treatment.since) == held)
            view.table.selectRow(next(places, 0))

    def _note_look(self, unit: str, rows: int) -> None:
        if unit not in self._looked:
            self._looked.add(unit)
            day = self.session.day.isoformat()

            def intent(record: Record) -> object:
                access.look(record, what="list", unit=unit, about=day, rows=rows)
                return None

            self.session.write(intent)

    def ask_change(self) -> None:
        """Change the line in hand, or say how it ended."""
        line = self._view.table.chosen()
        if line is not None:
            ask_treatment(self._view, self.session, line.child.uid, line.treatment)

    def ask_remove(self) -> None:
        """Take the line in hand off the register."""
        line = self._view.table.chosen()
        if line is not None:
            ask_take_back(self._view, self.session, line.treatment, line.child.name)

    def open_child(self) -> None:
        """The child's page."""
        line = self._view.table.chosen()
        if line is not None:
            self.screen.open_child(line.child.uid)

    def open_paper(self) -> None:
        """The register on paper."""
        from desktop.ui.screens.children.papers import open_register

        commune = self.screen.commune
        if commune is not None:
            open_register(self._view, self.session, unit=commune.code or f"uid:{commune.uid}")

    def set_compact(self, compact: bool) -> None:
        """Fewer columns."""
        for at in (SEX, MOTHER, HEIGHT, OEDEMA, ARM_NOW):
            self._view.table.setColumnHidden(at, compact)
        self._view.paper.setText("" if compact else _("Print…"))

    def hint(self) -> str:
        """The keys."""
        return _("Enter: change the line · Ctrl+Enter: the child")

    def go(self, target: Target) -> None:
        """The keyboard works in the list."""
        self._view.table.setFocus()


def _counted(care: CareCount) -> str:
    """What was given and begun in the period, in one line."""
    given = ", ".join(f"{words.supplement(what)} {care.given.get(what, 0)}" for what in Supplement)
    begun = ", ".join(f"{words.degree(one)} {care.begun.get(one, 0)}" for one in Degree)
    told = _("Children given in the period: {given}. Put on the register: {begun}.")
    return told.format(given=given, begun=begun)


def _columns() -> list[Column[Registered]]:
    return [
        Column(_("Full name"), lambda line: line.child.name, width=150),
        Column(_("Sex"), lambda line: figures.sex(line.child.sex), width=40),
        Column(_("Born on"), lambda line: figures.born(line.child), width=84),
        Column(_("Mother"), lambda line: line.child.mother, width=110),
        Column(_("Since"), lambda line: f"{line.treatment.since:%d/%m/%Y}", width=84),
        Column(
            _("Weight"), lambda line: figures.kilograms(line.came.weight) if line.came else "", number=True, width=76
        ),
        Column(
            _("Height"), lambda line: figures.centimetres(line.came.lenhei) if line.came else "", number=True, width=66
        ),
        Column(_("Arm, mm"), lambda line: str(line.came.muac or "") if line.came else "", number=True, width=66),
        Column(_("Oedema"), lambda line: "P" if line.came and line.came.oedema else "", centre=True, width=44),
        Column(_("Degree"), lambda line: words.degree(line.treatment.degree), sign=_sign, tone=_tone, width=140),
        Column(_("Kind of treatment"), lambda line: words.care(line.treatment.care), width=112),
        Column(_("Arm now, mm"), _now, number=True, width=90),
        Column(_("Left on"), _until, stretch=True),
    ]


def _now(line: Registered) -> str:
    return str(line.last.muac or "") if line.last is not None and line.last is not line.came else ""


def _until(line: Registered) -> str:
    stay = line.treatment
    return f"{stay.until:%d/%m/%Y} · {words.outcome(stay.outcome)}" if stay.until else _("still treated")


def _sign(line: Registered) -> Sign | None:
    return None if line.treatment.until else Sign.WARNING if line.treatment.degree is Degree.MODERATE else Sign.OFF_PATH


def _tone(line: Registered) -> Tone | None:
    sign = _sign(line)
    return None if sign is None else Tone.WARN if sign is Sign.WARNING else Tone.BAD
