"""Theo địa giới khác: the form's figures on the boundaries of another time, commune by commune, never typed into."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.application import boundary_days, boundary_matrix, boundary_values
from desktop.application.boundary_matrix import GroundMatrix, GroundRow
from desktop.application.changes import NOTHING, Changes
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.application.value_row import ValueRow
from desktop.domain.lineage import Reason
from desktop.domain.values import State
from desktop.system.i18n import _, render
from desktop.ui import figures, words
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.ask import confirm
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.screens.entry.ways import Way
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.boundaries import BoundaryList
from desktop.ui.widgets.parts import Panel, button, column, label
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen

UNKNOWN = "–"
ABOUT = "≈ "
NAME_WIDTH = 150


class GroundWay(Way):
    """A reading table of the form shown."""

    help = "dia-gioi"

    def __init__(self, screen: EntryScreen) -> None:
        super().__init__(screen)
        self.list = BoundaryList()
        self.list.chosen.connect(self.load)
        self.panel = Panel(_("On other boundaries"))
        self.keep = button(_("Keep as history…"), self.ask_history, kind="small")
        self.keep.setToolTip(_("Bring in the earlier figures of parts that lay in another office"))
        self.keep.hide()
        self.panel.add_to_head(self.keep)
        self._outside: dict[str, tuple[Commune, date]] = {}
        self.model: RowsModel[GroundRow] = RowsModel(_columns(()), group=lambda row: row.commune is None)
        self.table = Table(self.model, name=_("On other boundaries"))
        self.legend = label("", "hint", wrap=True)
        self.legend.setContentsMargins(11, 6, 11, 8)
        self.panel.add(self.table, 1)
        self.panel.add(self.legend)
        self._page = QWidget()
        self._page.setLayout(column(self.panel, gap=4))
        self._reading: RunningJob | None = None
        self._again = False

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._page

    @property
    def tools(self) -> Sequence[QWidget]:
        """Which boundaries."""
        return (self.list,)

    def load(self) -> None:
        """Read the figures on a worker; a second asking waits for the first."""
        if self._reading is not None:
            self._again = True
            return
        session, form, kind = self.session, self.screen.form, self.screen.kind
        period = session.period
        self.list.offer(boundary_days.boundary_days(session.record, period=period, today=session.today()), own=False)
        day = self.list.day
        if day is None:
            return

        def work(record: Record, _step: Step) -> GroundMatrix:
            return boundary_matrix.ground_matrix(record, form=form, period=period, day=day, kind=kind)

        job = self._reading = RunningJob(say("Read the figures on other boundaries"), work)
        job.succeeded.connect(self._show)
        job.failed.connect(lambda fault: faults.show(self._page, fault))
        job.ended.connect(self._read)
        session.jobs.start(job, writes=False)

    def _read(self) -> None:
        self._reading = None
        if self._again:
            self._again = False
            self.load()

    def _show(self, found: GroundMatrix) -> None:
        self.panel.set_title(
            _("{period} on the boundaries of {day}: to be read only").format(
                period=words.capital(render(self.session.period.sentence())), day=words.day(found.day)
            )
        )
        self.model.columns = tuple(
            _columns(tuple(words.named(e.short_vi or e.name_vi, e.name_en) for e in found.columns))
        )
        self.model.show(found.rows)
        self.table.setColumnWidth(0, NAME_WIDTH)
        self.legend.setText(_legend(found))
        last = self.session.period.last
        outside = [cell for row in found.rows for cell in row.cells if cell.reason == Reason.OUTSIDE_RECORD]
        self._outside = {one.uid: (one, last) for cell in outside for one in cell.missing}
        self.keep.setVisible(bool(self._outside))

    def ask_history(self) -> None:
        """Keep the missing parts as history, so that their earlier figures can be typed and imported."""
        units = list(self._outside.values())
        names = ", ".join(f"{words.unit_name(one.name)} ({one.code})" for one, _day in units)
        basis = confirm(
            self._page,
            _("Keep the figures of {units} as history?").format(units=names),
            _(
                "Their figures of earlier years can then be imported from Excel. They count only in series on "
                "newer boundaries; totals of the old boundaries stay as they are."
            ),
            deed=_("Keep as history"),
            leave=_("Leave it"),
            reason=_("Decree that joined them (may stay empty)"),
        )
        if basis is not None:
            self.session.write(partial(_keep, [(one.code, day) for one, day in units], basis))

    def hint(self) -> str:
        """What helps now."""
        return _("These figures are computed; they are typed on the boundaries of their own period.")


def _keep(units: Sequence[tuple[str, date]], basis: str, record: Record) -> Changes:
    from desktop.application.history_units import keep_history

    done = NOTHING
    for code, day in units:
        done |= keep_history(record, unit=code, day=day, basis=basis)
    return done


def _columns(names: tuple[str, ...]) -> list[Column[GroundRow]]:
    first: Column[GroundRow] = Column(
        _("Commune"),
        lambda row: words.unit_name(row.commune.name) if row.commune else _("Total"),
        strong=lambda row: row.commune is None,
        width=NAME_WIDTH,
    )
    return [first, *(_column(at, name) for at, name in enumerate(names))]


def _column(at: int, name: str) -> Column[GroundRow]:
    return Column(
        name,
        lambda row: cell_text(row.cells[at]),
        number=True,
        tone=lambda row: Tone.MUTE if row.cells[at].reason else None,
        tip=lambda row: cell_tip(row.cells[at]),
        strong=lambda row: row.commune is None,
    )


def cell_text(cell: ValueRow) -> str:
    """A figure with its marks: about, of how many parts, or that there is none."""
    if cell.reason is not None:
        return UNKNOWN
    text = "…" if cell.value.state is State.NOT_REPORTED else "x" if cell.value.state is State.NOT_APPLICABLE else ""
    text = text or (f"{ABOUT}{figures.rate(cell.value.number, 0)}" if cell.estimated else figures.figure(cell.value))
    return f"{text} ({cell.reported}/{cell.expected})" if 0 < cell.reported < cell.expected else text


def cell_tip(cell: ValueRow) -> str:
    """Why there is no figure, or what it rests on."""
    return words.capital(render(cell.remark)) if cell.remark is not None else ""


def _legend(found: GroundMatrix) -> str:
    cells = [cell for row in found.rows for cell in row.cells]
    told = (
        [_("…: not reported")]
        if any(cell.value.state is State.NOT_REPORTED and not cell.reason for cell in cells)
        else []
    )
    if any(cell.estimated for cell in cells):
        told.append(_("≈: estimated by shares of the population, never judged or scored"))
    if any(0 < cell.reported < cell.expected and not cell.reason for cell in cells):
        told.append(_("(a/b): a of its b parts reported"))
    missing: dict[str, dict[Commune, None]] = {}
    for cell in cells:
        if cell.reason:
            missing.setdefault(cell.reason, {}).update(dict.fromkeys(cell.missing))
    said = (boundary_values.why_not(reason, tuple(units)) for reason, units in missing.items())
    why = [render(one) for one in said if one is not None]
    if why:
        told.append(_("–: cannot be computed: {why}").format(why="; ".join(why)))
    return " · ".join(told)
