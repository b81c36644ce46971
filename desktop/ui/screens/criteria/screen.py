"""Tiêu chí quốc gia: communes ranked by their points, a commune's sheet, recognitions, the sets of criteria."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence, QShortcut

from desktop.application.changes import Subject
from desktop.domain.criteria.scoring import By
from desktop.errors import AppError
from desktop.system.i18n import _
from desktop.ui.dialogs import faults
from desktop.ui.places import Place, Target
from desktop.ui.screens.criteria.blocks import Blocks
from desktop.ui.screens.criteria.grid import ScoreGrid
from desktop.ui.screens.criteria.lines import lines_of, with_points
from desktop.ui.screens.criteria.model import COLUMN_OF, TYPED, Col, ScoreModel
from desktop.ui.screens.criteria.papers import Papers
from desktop.ui.screens.criteria.part import Part
from desktop.ui.screens.criteria.reading import Read, Reader, Wanted
from desktop.ui.screens.criteria.writing import Writing
from desktop.ui.screens.tabbed import TabbedScreen, TabbedView
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.application.criteria_overview import Overview, Sheet, ZoneResult

GIVES: Final = {"commune": By.SELF, "province": By.PROVINCE}
"""The column an office works in, where it is not the check."""
OWN: Final = {"commune": (By.SELF,), "province": (By.PROVINCE,)}
"""The columns Enter goes through; a centre types what its communes wrote on paper too."""
SCORING: Final = "scoring"
SHEET: Final = "sheet"
RECOGNISED: Final = "recognised"
SETS: Final = "sets"


def _scoring(screen: CriteriaScreen) -> Part:
    from desktop.ui.screens.criteria.scoring import ScoringPart

    return ScoringPart(screen)


def _sheet(screen: CriteriaScreen) -> Part:
    from desktop.ui.screens.criteria.commune import CommunePart

    return CommunePart(screen)


def _recognised(screen: CriteriaScreen) -> Part:
    from desktop.ui.screens.criteria.recognitions import RecognitionsPart

    return RecognitionsPart(screen)


def _sets(screen: CriteriaScreen) -> Part:
    from desktop.ui.screens.criteria.sets import SetsPart

    return SetsPart(screen)


PARTS: Final[tuple[tuple[str, Callable[[], str], Callable[[CriteriaScreen], Part]], ...]] = (
    (SCORING, lambda: _("Scoring"), _scoring),
    (SHEET, lambda: _("Commune's sheet"), _sheet),
    (RECOGNISED, lambda: _("Recognition"), _recognised),
    (SETS, lambda: _("Sets of criteria"), _sets),
)


class CriteriaScreen(TabbedScreen[TabbedView, Part]):
    """What the tabs share: year, commune, the points shown, what was read."""

    place = Place.CRITERIA
    shows = frozenset({Subject.CRITERIA, Subject.VALUES, Subject.OFFICE, Subject.UNITS, Subject.PLANS})
    help = "tieu-chi-quoc-gia"

    def __init__(self, session: Session) -> None:
        view = TabbedView(_("National criteria"), [(name, title()) for name, title, _make in PARTS])
        super().__init__(session, view, SCORING)
        self.model = ScoreModel()
        self.writing = Writing(self)
        self.papers = Papers(self)
        self._blocks: list[Blocks] = []
        self._reader = Reader(session, self, self._wish)
        self._reader.done.connect(self._show_read)
        self._reader.failed.connect(self._refused)
        self.by: By | None = None
        self.unit: str | None = None
        self.set_code: str | None = None
        """The set the commune is scored by from now on, where it stands by another; None: the one it stands by."""
        self.overview: Overview | None = None
        self.sheet: Sheet | None = None
        self.zones: tuple[ZoneResult, ...] = ()
        self._loaded_year = 0
        QShortcut(QKeySequence("Ctrl+P"), self._view, self.print_shown)

    @property
    def year(self) -> int:
        """The year scored: that of the period in the header."""
        return self.session.period.year

    def make_part(self, name: str) -> Part:
        """Make a tab."""
        return next(make for known, _title, make in PARTS if known == name)(self)

    # ---- reading ----

    def load(self) -> None:
        """Read the year anew; the lists of the other tabs when they are shown."""
        if not self._loaded_year:
            self.model.by = GIVES.get(self.session.office.level, By.OFFICE)
        if self._loaded_year != self.year:
            self._loaded_year, self.set_code = self.year, None
        self.stale = set(self.parts)
        self.show_shown()
        self._reader.ask(whole=True)

    def _wish(self, whole: bool) -> Wanted:
        return Wanted(self.year, self.by, self.unit, not whole, self.set_code)

    def _show_read(self, read: Read) -> None:
        if read.wanted.year != self.year:
            return
        if read.overview is not None:
            self.overview = read.overview
        found = read.sheet.standing.commune.code if read.sheet is not None else None
        known = {line.commune.code for line in self.overview.lines} if self.overview is not None else set()
        if self.unit not in known:
            self.unit = found
        if found == self.unit and read.wanted.set_code == self.set_code:
            self.sheet, self.zones = read.sheet, read.zones
            self.model.names = read.names
            self.model.decided = read.sheet.standing.criteria.decided if read.sheet is not None else ""
            self.model.show(lines_of(read.sheet) if read.sheet is not None else ())
        for part in self.parts.values():
            part.show_read()
        self.session.hint_changed.emit()

    def show_points(self, news: Sequence[tuple[str, By, Fraction | None]]) -> None:
        """Show cells as they were just written."""
        if self.sheet is not None:
            for code, by, points in news:
                self.sheet = with_points(self.sheet, code, by, points)
            self.model.show(lines_of(self.sheet))

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self.session.refuse(fault)
        else:
            faults.show(self._view, fault)

    # ---- choosing ----

    def choose_commune(self, code: str | None) -> bool:
        """Another commune for all tabs; what is half typed is kept first."""
        if code is None or code == self.unit:
            return True
        if not self.part.settle():
            return False
        self.unit, self.set_code = code, None
        self._reader.ask(whole=False)
        return True

    def score_by(self, code: str | None) -> None:
        """Score the commune by another set; what it has by the earlier one stays beside."""
        if self.part.settle():
            self.set_code = code
            self._reader.ask(whole=False)

    def step_commune(self, step: int) -> None:
        """The next or previous commune in the order of the ranked list."""
        codes = [line.commune.code for line in self.overview.lines] if self.overview else []
        if self.unit in codes and 0 <= codes.index(self.unit) + step < len(codes):
            self.choose_commune(codes[codes.index(self.unit) + step])

    def choose_column(self, by: str | None) -> None:
        """Show the points of one column in the heat table; None shows those that decide."""
        self.by = None if by is None else By(by)
        self._reader.ask(whole=True)

    def show_part(self, name: str) -> bool:
        """Another tab, with what was read for all of them."""
        if not super().show_part(name):
            return False
        self.part.show_read()
        return True

    def open_sheet(self) -> None:
        """The wide page of the commune, the cursor on its first row."""
        if self.show_part(SHEET):
            grid = getattr(self.part, "grid", None)
            if isinstance(grid, ScoreGrid):
                grid.setFocus()

    def open_verdict(self) -> None:
        """The commune's page with what decides it, the keyboard there."""
        from desktop.ui.screens.criteria.commune import CommunePart

        if self.unit is not None and self.show_part(SHEET) and isinstance(self.part, CommunePart):
            self.part.show_verdict()

    def back_to_list(self) -> None:
        """Esc in a sheet: the ranked list, the keyboard in it."""
        from desktop.ui.screens.criteria.scoring import ScoringPart

        if self.show_part(SCORING) and isinstance(self.part, ScoringPart):
            self.part.view.table.setFocus()

    def print_shown(self) -> None:
        """Ctrl+P: the heat table, or the sheet of the commune."""
        self.papers.make("criteria-self" if self.shown == SHEET else "criteria-heat")

    # ---- what the grids ask ----

    def connect_grid(self, grid: ScoreGrid) -> None:
        """Typing, erasing, proposals, the next commune: alike in the narrow and the wide grid."""
        grid.refuses = self._refuses
        grid.own = OWN.get(self.session.office.level, (By.SELF, By.OFFICE))
        grid.reason_asked.connect(lambda: self.writing.ask_reason(grid.currentIndex().row(), grid))
        self._blocks.append(Blocks(self, grid))
        grid.proposal_taken.connect(lambda: self.take_proposal(grid))
        grid.section_asked.connect(self.step_commune)
        grid.selectionModel().currentChanged.connect(lambda now, _before: self._follow(now.column()))

    def _follow(self, column: int) -> None:
        """Reasons and evidence are those of the column one stands in."""
        if column in TYPED:
            self.model.choose(TYPED[Col(column)])
        self.session.hint_changed.emit()

    def _refuses(self, row: int, column: int) -> bool:
        if self.model.may_type(row, column):
            return False
        line = self.model.line(row)
        if line is not None and not line.applies:
            self.session.say(_("This row is not asked in the zone of the commune."))
        else:
            self.session.say(_("This is computed from the rows; points are typed into the rows."))
        return True

    def take_proposal(self, grid: ScoreGrid) -> None:
        """Ctrl+Enter: what the record proposes for the row, into the column one stands in; then the next row."""
        row = grid.currentIndex().row()
        line = self.model.line(row)
        if line is None or line.row is None:
            return
        proposal = line.row.proposal
        if proposal is None or proposal.points is None:
            told = proposal.why_not if proposal is not None else None
            self.session.say(told or _("The record proposes nothing for this row."))
            return
        self.writing.take_proposals([line.code], self.model.by)
        grid.step_by(1, 0)

    # ---- what the shell asks ----

    def go(self, target: Target) -> None:
        """A commune (`unit`: code) or a tab (`tab`)."""
        if target.get("unit"):
            self.choose_commune(target.get("unit"))
        if target.get("tab") in self._view.tabs:
            self.show_part(target.get("tab") or SCORING)

    def column_at(self) -> Col:
        """The column of points that is worked on."""
        return COLUMN_OF[self.model.by]
