"""Công nhận: which communes the province has recognised, until when, what is due; and the share against the plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.reports.criteria_chart import Goal as DrawnGoal
from desktop.reports.criteria_chart import draw_path
from desktop.reports.growth_chart import SCREEN, Drawing
from desktop.system.i18n import _
from desktop.ui import words as window_words
from desktop.ui.dialogs.ask import confirm
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.screens.criteria import words
from desktop.ui.screens.criteria.part import Part
from desktop.ui.screens.criteria.scoring import goal_words
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.growth_chart import GrowthChart
from desktop.ui.widgets.parts import Empty, Panel, button, column, label, row, rule
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.criteria_overview import Goal
    from desktop.application.criteria_recognitions import CommuneRecognition, Former, Recognised
    from desktop.ui.screens.criteria.screen import CriteriaScreen

SOON: Final = 180
SIDE: Final = 372
YEARS: Final = 6
ALL, DUE, NEVER = "all", "due", "never"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the tab shows."""

    rows: list[CommuneRecognition]
    years: tuple[tuple[int, Fraction | None], ...]
    goals: tuple[Goal, ...]
    valid: int
    whole: int


def read(record: Record, today: date) -> Standing:
    """Decisions of all communes today, the share at the end of the last years, the plans' goals."""
    from desktop.application import criteria_overview, criteria_recognitions

    rows = criteria_recognitions.recognised(record, today=today)
    years: list[tuple[int, Fraction | None]] = []
    for each in range(today.year - YEARS + 1, today.year + 1):
        valid, whole = criteria_recognitions.count(record, on=min(date(each, 12, 31), today))
        years.append((each, Fraction(valid * 100, whole) if whole else None))
    first = next((at for at, (_year, share) in enumerate(years) if share), len(years))
    valid, whole = criteria_recognitions.count(record, on=today)
    goals = criteria_overview.goals(record, year=today.year, today=today)
    return Standing(rows, tuple(years[first:]), goals, valid, whole)


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in the list of one commune; `former` names the commune it was given to, where that one is gone."""

    decision: Recognised
    former: str = ""


def _of_former(one: Former) -> Told:
    return Told(one.recognised, window_words.unit_name(one.commune.name))


class RecognitionsView(QWidget):
    """The list at the left; the decisions of the commune and the share at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = Panel(_("Decisions of the province"))
        self.count = label("", "hint")
        self.panel.add_to_head(self.count)
        self.model: RowsModel[CommuneRecognition] = RowsModel(())
        self.table: Table | None = None
        self.empty = Empty(_("Nothing is due"), _("Every recognition holds for more than half a year."))
        self.empty.hide()
        self.add = button(_("Note a decision…"), kind="primary")
        self.withdraw = button(_("Withdraw…"))
        self.remove = button(_("Take the decision away…"), tip=_("Take away a decision noted by mistake"))
        self.side = Panel(_("Decisions of the commune"))
        self.side.setFixedWidth(SIDE)
        self.history_model: RowsModel[Told] = RowsModel(_history_columns())
        self.history = Table(self.history_model, name=_("Decisions of the commune"), lines=2)
        self.side.add(self.history, 1)
        self.side.add(rule())
        self.share = label("", "head", wrap=True)
        self.side.add_inset(column(label(_("Share of communes recognised"), "subject"), self.share, gap=2))
        self.chart = GrowthChart()
        self.chart.setFixedHeight(190)
        self.side.add(self.chart)
        body = row(gap=8)
        body.addWidget(self.panel, 1)
        body.addWidget(self.side)
        whole: QVBoxLayout = column(gap=0)
        whole.addLayout(body, 1)
        self.setLayout(whole)

    def make_table(self, today: date) -> Table:
        """The list; its words depend on the day."""
        self.model = RowsModel(_columns(today))
        made = Table(self.model, name=_("Decisions of the province"))
        self.panel.add(made, 1)
        self.panel.add(self.empty, 1)
        self.panel.add_foot(self.remove, None, self.withdraw, self.add)
        self.table = made
        return made


class RecognitionsPart(Part):
    """Recognised is not scored: a decision with its number, its day, its years."""

    def __init__(self, screen: CriteriaScreen) -> None:
        super().__init__(screen)
        self._view = view = RecognitionsView()
        self.table = view.make_table(self.session.today())
        self.standing: Standing | None = None
        self._running: RunningJob | None = None
        self.which = QComboBox()
        self.which.setAccessibleName(_("Which communes"))
        for key, text in ((ALL, _("All communes")), (DUE, _("Due within half a year")), (NEVER, _("Not recognised"))):
            self.which.addItem(text, key)
        self.which.activated.connect(lambda _at: self._show())
        view.add.clicked.connect(lambda _on=False: self.note_decision())
        view.withdraw.clicked.connect(lambda _on=False: self.withdraw())
        view.remove.clicked.connect(lambda _on=False: self.remove())
        self.table.row_chosen.connect(self._choose)
        self.table.row_opened.connect(lambda _row: self.note_decision())

    @property
    def view(self) -> RecognitionsView:
        """The tab's page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Which communes."""
        return (self.which,)

    def load(self) -> None:
        """Read the decisions beside the window."""
        if self._running is not None:
            return
        today = self.session.today()

        def work(record: Record, _step: Step) -> Standing:
            return read(record, today)

        job = RunningJob(say("Read the recognitions"), work)
        job.succeeded.connect(self._take)
        job.failed.connect(self.session.refuse)
        job.ended.connect(self._ended)
        self._running = job
        self.session.jobs.start(job, writes=False)

    def _ended(self) -> None:
        self._running = None

    def _take(self, found: Standing) -> None:
        self.standing = found
        self._show()

    def _show(self) -> None:
        found, view = self.standing, self._view
        if found is None:
            return
        held = self.table.chosen()
        rows = [one for one in found.rows if self._fits(one)]
        view.model.show(rows)
        self.table.setVisible(bool(rows))
        view.empty.setVisible(not rows)
        view.count.setText(
            _("{valid} of {communes} communes recognised today").format(valid=found.valid, communes=found.whole)
        )
        at = next((n for n, one in enumerate(rows) if held is not None and one.commune.uid == held.commune.uid), 0)
        if rows:
            self.table.selectRow(at)
            self._choose(rows[at])
        goal = next(
            (one for one in found.goals if one.year >= self.session.today().year),
            found.goals[-1] if found.goals else None,
        )
        now = Fraction(found.valid * 100, found.whole) if found.whole else None
        told = goal_words(goal) or _("Now {share} of the communes are recognised.").format(
            share=words.percent(now) or "–"
        )
        view.share.setText(told)
        view.chart.show_chart(lambda across, down: self._draw(found, across, down), told)

    def _draw(self, found: Standing, across: float, down: float) -> Drawing:
        goals = [DrawnGoal(one.year, Fraction(one.value)) for one in found.goals]
        return draw_path(found.years, goals, size=(across, down), style=SCREEN)

    def _fits(self, one: CommuneRecognition) -> bool:
        which = self.which.currentData()
        if which == ALL:
            return True
        if which == NEVER:
            return one.latest is None or not one.latest.valid
        return bool(one.former) or is_due(one.latest, self.session.today())

    def _choose(self, one: CommuneRecognition | None) -> None:
        view = self._view
        view.withdraw.setEnabled(one is not None and one.latest is not None and one.latest.withdrawn is None)
        view.remove.setEnabled(one is not None and bool(one.history))
        if one is not None:
            view.side.set_title(_("Decisions of {commune}").format(commune=one.commune.name))
            view.history_model.show((*(Told(each) for each in reversed(one.history)), *map(_of_former, one.former)))

    def note_decision(self) -> None:
        """A new decision for the commune chosen."""
        from desktop.ui.screens.criteria.recognise_dialog import RecogniseDialog

        one = self.table.chosen()
        if one is not None:
            RecogniseDialog(self._view, self.session, one.commune, self.screen.year).open()

    def withdraw(self) -> None:
        """The newest decision of the commune chosen no longer holds."""
        from desktop.ui.screens.criteria.recognise_dialog import RecogniseDialog

        one = self.table.chosen()
        if one is not None and one.latest is not None:
            RecogniseDialog(self._view, self.session, one.commune, self.screen.year, one.latest).open()

    def remove(self) -> None:
        """Take away a decision that was noted by mistake: the one chosen at the right, else the newest."""
        one, told = self.table.chosen(), self._view.history.chosen()
        if one is None or not one.history:
            return
        held = told.decision if told is not None and not told.former else one.history[-1]
        title = _("Take the decision {decision} on {commune} away?").format(
            decision=held.decision, commune=one.commune.name
        )
        text = _("Only for one noted by mistake: a decision that no longer holds is withdrawn. Ctrl+Z brings it back.")
        if confirm(self._view, title, text, deed=_("Take away"), leave=_("Leave as it was")) is None:
            return
        today = self.session.today()

        def intent(record: Record) -> Changes:
            from desktop.application.criteria_recognitions import forget

            return forget(record, unit=one.commune.code, day_of_decision=held.day, today=today, source="window")

        self.session.write(intent)

    def set_compact(self, compact: bool) -> None:
        """The decisions of one commune make room for the list."""
        self._view.side.setFixedWidth(270 if compact else SIDE)
        self._view.chart.setFixedHeight(130 if compact else 190)
        for column_at in (2, 3, 4):
            self.table.setColumnHidden(column_at, compact)

    def hint(self) -> str:
        """The keys of the list."""
        return _("Enter notes a decision for the commune")


def is_due(one: Recognised | None, today: date) -> bool:
    """Whether a decision ends within half a year, or has ended."""
    return one is not None and one.withdrawn is None and one.until <= today + timedelta(days=SOON)


def _state(one: CommuneRecognition, today: date) -> tuple[Sign, str, Tone]:
    if one.latest is not None and one.latest.valid and is_due(one.latest, today):
        days = (one.latest.until - today).days
        return Sign.SOON, _("renewal due in {days} days").format(days=days), Tone.WARN
    if one.former and (one.latest is None or not one.latest.valid):
        return Sign.SOON, _("none since the merger"), Tone.WARN
    return words.recognised(one.latest)


def _columns(today: date) -> list[Column[CommuneRecognition]]:
    return [
        Column(_("Commune, town"), lambda one: window_words.unit_name(one.commune.name), stretch=True),
        Column(_("Decision of recognition"), lambda one: one.latest.decision if one.latest else "", width=140),
        Column(_("Day"), lambda one: f"{one.latest.day:%d/%m/%Y}" if one.latest else "", width=92),
        Column(_("For the year"), lambda one: str(one.latest.year) if one.latest else "", centre=True, width=92),
        Column(_("Valid until"), lambda one: f"{one.latest.until:%d/%m/%Y}" if one.latest else "", width=96),
        Column(
            _("State"),
            lambda one: _state(one, today)[1],
            sign=lambda one: _state(one, today)[0],
            tone=lambda one: _state(one, today)[2],
            width=190,
        ),
    ]


def _history_columns() -> list[Column[Told]]:
    return [
        Column(
            _("Decision of recognition"),
            lambda one: f"{one.decision.decision} · {one.decision.day:%d/%m/%Y}",
            second=_second,
            stretch=True,
        ),
    ]


def _second(told: Told) -> str:
    one = told.decision
    text = f"{told.former}: " if told.former else ""
    text += _("for {year}").format(year=one.year)
    text += f", {_('withdrawn from {day}').format(day=f'{one.withdrawn:%d/%m/%Y}')}" if one.withdrawn else ""
    return text + (f" · {one.note}" if one.note else "")
