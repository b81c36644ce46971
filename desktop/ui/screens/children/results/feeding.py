"""Before the form is filled from the list: each figure that would change, what stays, and what no element takes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.application import nutrition_feeding
from desktop.application.nutrition_feeding import Difference, Fed
from desktop.application.records import Record
from desktop.domain.child_care import SUPPLIED as CARE
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.ui.words import named, unit_name
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference and whether it would be written."""

    one: Difference
    is_written: bool


class FeedingDialog(QDialog):
    """Reads the differences on a worker, shows them, and writes them when asked."""

    def __init__(
        self, parent: QWidget | None, session: Session, *, unit: str | None, sessions: tuple[str, ...] | None
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(_("Fill the form from the list of children?"))
        self.resize(720, 520)
        self._session, self._unit, self._sessions = session, unit, sessions
        self._period = session.period
        self._found: list[Difference] = []
        self._is_asked = True
        self.rows: RowsModel[Shown] = RowsModel(_columns())
        self.table = Table(self.rows, name=_("What changes"))
        self.nothing = Empty(_("Comparing…"), "")
        self.told = label("", wrap=True)
        self.lacking = label("", "hint", wrap=True)
        self.replaces = QCheckBox(_("Replace also what people, files or other offices wrote"))
        self.replaces.toggled.connect(lambda _on: self._arrange())
        self.leave = button(_("Leave as it was"), self.reject)
        self.deed = button(_("Fill the form"), self.write, kind="primary")
        self.deed.setEnabled(False)
        body = column(label(self.windowTitle(), "subject"), self.told, gap=8, margins=(20, 16, 20, 16))
        body.addWidget(self.table, 1)
        body.addWidget(self.nothing, 1)
        body.addWidget(self.lacking)
        body.addWidget(self.replaces)
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)
        self.table.hide()
        self._read()

    def _read(self) -> None:
        unit, period, sessions = self._unit, self._period, self._sessions

        def work(record: Record, _step: Step) -> tuple[list[Difference], list[str]]:
            found = nutrition_feeding.differences(record, unit=unit, period=period, sessions=sessions)
            return found, nutrition_feeding.lacking(record, period=period)

        job = RunningJob(say("Compare the form with the list of children"), work)
        job.succeeded.connect(self._show)
        job.failed.connect(self._session.refuse)
        self.finished.connect(job.silence)
        self._session.jobs.start(job, writes=False)

    def _show(self, read: tuple[list[Difference], list[str]]) -> None:
        self._found, lacking = read
        self._is_asked = len(lacking) < len(nutrition_feeding.ALL_SUPPLIED)
        self.lacking.setText(_lacking(lacking) if self._is_asked else "")
        self.lacking.setVisible(bool(self.lacking.text()))
        self._arrange()

    def _arrange(self) -> None:
        replaces = self.replaces.isChecked()
        shown = [Shown(one, nutrition_feeding.is_replaced(one, replace_typed=replaces)) for one in self._found]
        self.rows.show(shown)
        written = sum(one.is_written for one in shown)
        self.table.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        same = _("The form says the same as the list")
        self.nothing.title.setText(same if self._is_asked else _("No form of this period asks for these figures"))
        typed = sum(not nutrition_feeding.is_replaced(one, replace_typed=False) for one in self._found)
        self.replaces.setVisible(bool(typed))
        self.told.setText(
            _(
                "{written} figures are taken from the list, {kept} stay as they were written. Ctrl+Z takes it back."
            ).format(written=written, kept=len(shown) - written)
            if shown
            else ""
        )
        self.deed.setEnabled(bool(written))

    def write(self) -> None:
        """Take the figures as one change."""
        unit, period, sessions, replaces = self._unit, self._period, self._sessions, self.replaces.isChecked()
        session = self._session

        def work(record: Record, _step: Step) -> Fed:
            return nutrition_feeding.feed(record, unit=unit, period=period, sessions=sessions, replace_typed=replaces)

        def written(done: Fed) -> None:
            session.tell(done.changes)
            session.say(say("Filled {count} figures from the list. Ctrl+Z undoes it.", count=len(done.written)))

        job = RunningJob(say("Fill the form from the list of children"), work)
        job.succeeded.connect(written)
        job.failed.connect(session.refuse)
        session.jobs.start(job, writes=True)
        self.accept()


def _columns() -> list[Column[Shown]]:
    return [
        Column(_("Commune"), lambda row: unit_name(row.one.commune.name), width=116),
        Column(
            _("Figure of the form"), lambda row: named(row.one.element.name_vi, row.one.element.name_en), stretch=True
        ),
        Column(_("In the form"), lambda row: figures.figure(row.one.held) or "–", number=True, width=80),
        Column(_("By the list"), lambda row: figures.figure(row.one.told), number=True, width=110, strong=_is_written),
        Column(_("What happens"), _deed, sign=_sign, tone=lambda row: None if row.is_written else Tone.WARN, width=126),
    ]


def _is_written(row: Shown) -> bool:
    return row.is_written


def _deed(row: Shown) -> str:
    if not row.is_written:
        return _("stays as written")
    return _("filled") if row.one.held is None else _("replaced")


def _sign(row: Shown) -> Sign | None:
    return None if row.is_written else Sign.WARNING


def _lacking(codes: list[str]) -> str:
    """Which counts no element of the catalogue takes; of care only that there is none."""
    names = {"measured": _("measured"), "stunted": _("stunted"), "underweight": _("underweight"),
             "wasted": _("wasted"), "overweight": _("overweight")}  # fmt: skip
    told = [names[code] for code in codes if code in names]
    if any(code in CARE for code in codes):
        told.append(_("supplements and acute malnutrition"))
    if not told:
        return ""
    return _("No form of this period has a cell for: {names}. They stay in the report.").format(names=", ".join(told))


def ask_feeding(
    parent: QWidget, session: Session, *, unit: str | None, sessions: tuple[str, ...] | None
) -> FeedingDialog:
    """Show what would change; the dialog writes."""
    made = FeedingDialog(parent, session, unit=unit, sessions=sessions)
    made.open()
    return made
