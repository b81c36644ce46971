"""The guided act: a district record becomes an area office, a station or a province follows its merger."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QFrame, QStackedLayout, QWidget

from desktop.application.letterheads import Letterhead
from desktop.application.office_changing import Plan, carry_out, planned, proposals
from desktop.application.office_preview import compared, proposal
from desktop.application.offices import Commune
from desktop.application.units import units_on
from desktop.domain.findings import Severity
from desktop.domain.office_change import OfficeChange
from desktop.domain.units import UnitKind
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.screens.admin.office.pages import CommunesPage, DayPage, NamePage, PapersPage, PreviewPage
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import button, column, label, row, rule
from desktop.wording import say

DAY, NAME, COMMUNES, PAPERS, PREVIEW = range(5)


class OfficeDialog(QDialog):
    """Five pages; nothing is written before the last, and then all of it as one change."""

    def __init__(self, parent: QWidget | None, session: Session, *, level: str, day: date, title: str) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedSize(760, 424)  # fits a screen of 1366 x 768 at 150 %
        self.day, self.names, self.communes = DayPage(), NamePage(), CommunesPage()
        self.papers, self.preview = PapersPage(), PreviewPage()
        self.day.put(day, level)
        self.day.changed.connect(self._began_anew)
        self.names.seat_changed.connect(self._propose)
        self.names.fields["name"].textChanged.connect(lambda _text: self._allow())
        self.communes.changed.connect(self._allow)
        self.pages = (self.day, self.names, self.communes, self.papers, self.preview)
        self.stack = QStackedLayout()
        for page in self.pages:
            self.stack.addWidget(page)
        self.step_word = label("", "hint")
        self.cancel = button(_("Cancel"), self.reject)
        self.back = button(_("Back"), lambda: self.show_step(self._next(-1)))
        self.next = button(_("Next"), self._go_on, kind="primary")
        foot = QFrame()
        foot.setLayout(row(self.step_word, None, self.cancel, self.back, self.next, margins=(20, 8, 20, 14)))
        whole = column(gap=0)
        whole.addLayout(self.stack, 1)
        whole.addWidget(rule())
        whole.addWidget(foot)
        self.setLayout(whole)
        self.plan: Plan | None = None
        self._proposed_for: tuple[date | None, str] | None = None
        self._ticked: set[str] | None = None
        self.show_step(DAY)

    # ---- moving

    @property
    def step(self) -> int:
        """The page shown."""
        return self.stack.currentIndex()

    @property
    def steps(self) -> list[int]:
        """The pages asked: a station and a province serve what they sit at."""
        lists = self.day.level in ("area", "district")
        return [DAY, NAME, *([COMMUNES] if lists else []), PAPERS, PREVIEW]

    def _next(self, way: int) -> int:
        steps = self.steps
        return steps[min(max(steps.index(self.step) + way, 0), len(steps) - 1)]

    def show_step(self, step: int) -> None:
        """Show a page, made ready from what was answered before it."""
        if step == NAME and self._proposed_for != (self.day.date, self.day.level):
            self._propose(anew=True)
        if step == PREVIEW:
            self._preview()
        self.stack.setCurrentIndex(step)
        at = self.steps.index(step) + 1
        self.step_word.setText(_("Step {step} of {steps}").format(step=at, steps=len(self.steps)))
        self.back.setVisible(step != DAY)
        self.next.setText(_("Make the change") if step == PREVIEW else _("Next"))
        self._allow()

    def _go_on(self) -> None:
        if self.step != PREVIEW:
            self.show_step(self._next(1))
        elif self.plan is not None:
            self._carry_out(self.plan)

    def _allow(self) -> None:
        ready = self.day.date is not None
        if self.step == NAME:
            ready = bool(self.names.text("name"))
        if self.step == COMMUNES:
            ready = bool(self.communes.codes)
        if self.step == PREVIEW:
            ready = self.plan is not None and self.plan.can_be_done
        self.next.setEnabled(ready)

    def _began_anew(self) -> None:
        self._proposed_for = None
        self._allow()

    # ---- what is proposed and what is told

    def _propose(self, *, anew: bool = False) -> None:
        """Fill the pages with the usual for the day, the level and the seat."""
        day, level = self.day.date, self.day.level
        if day is None:
            return
        record = self._session.record
        near = proposals(record, on=day)
        ticked = tuple(one.code for one in near if one.is_ticked)
        found = proposal(record, valid_from=day, level=level, seat=None if anew else self.names.seat, communes=ticked)
        if anew:
            self.names.show_seats(found.seats, None)
            self._proposed_for = (day, level)
        after = found.plan.after
        head = Letterhead.of(after.letterhead) if after is not None else found.plan.before.letterhead
        told = {
            "name": found.name,
            "code": (after.code if after is not None else found.plan.before.code) or "",
            "parent_line": head.parent_line.replace("\n", " / "),
            "name_line": head.name_line,
            "symbol": head.symbol,
            "place": self._place(head.place, found.name),
        }
        for name, text in told.items():
            self.names.fields[name].setText(text)
        self.papers.put(head.signed_on(day), after.parent if after is not None else None, day)
        self.communes.show_communes(near, self._others(day), None)

    def _place(self, place: str, name: str) -> str:
        """An area centre is usually placed at the seat it is named after."""
        seat = name.rpartition("khu vực ")[2]
        return seat if self.day.level == "area" and seat != name and seat.istitle() else place

    def _others(self, day: date) -> list[Commune]:
        seat = self.names.seat
        if seat is None or self.day.level != "area":
            return []
        rows = units_on(self._session.record, day=day, under=seat)
        return [Commune(one.uid, one.code, one.name) for one in rows if one.kind is UnitKind.COMMUNE and one.code]

    def change(self) -> OfficeChange:
        """The change as answered."""
        names = self.names
        paper = {
            "parent_line": "\n".join(part.strip() for part in names.text("parent_line").split("/")),
            "name_line": names.text("name_line"),
            "symbol": names.text("symbol"),
            "place": names.text("place"),
            "addressees": self.papers.lines,
            "signers": self.papers.signers,
        }
        lists = COMMUNES in self.steps
        return OfficeChange(
            level=self.day.level,
            unit=names.seat,
            name=names.text("name"),
            code=names.text("code") or None,
            parent=self.papers.parent_code.text().strip(),
            basis=self.day.decree.text().strip(),
            communes=self.communes.codes if lists else None,
            letterhead=paper,
        )

    def _preview(self) -> None:
        day = self.day.date
        if day is None:
            return
        self.plan = planned(self._session.record, valid_from=day, change=self.change())
        wrong = [one for one in self.plan.findings if one.severity is Severity.ERROR]
        notes = [one.message for one in self.plan.findings if one.severity is not Severity.ERROR]
        self.preview.show_preview(compared(self.plan), wrong, [*self.plan.notes, *notes])

    def _carry_out(self, plan: Plan) -> None:
        day = plan.valid_from
        done = self._session.write(lambda record: carry_out(record, plan=plan))
        if done is None:
            return
        name = plan.after.name if plan.after is not None else ""
        self._session.say(say("From {day} the office is {name}.", day=words.day(day), name=name), Tone.GOOD)
        self.accept()
