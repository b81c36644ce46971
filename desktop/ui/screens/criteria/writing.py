"""What is typed into a score sheet on its way into the record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.domain.criteria.scoring import By
from desktop.system.i18n import _, render
from desktop.ui.dialogs.ask import confirm
from desktop.ui.screens.criteria import words
from desktop.ui.screens.criteria.model import TYPED, Col
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.domain.criteria.sets import CriteriaSet
    from desktop.ui.screens.criteria.screen import CriteriaScreen


class Writing:
    """Points, reasons and proposals of the commune that is shown."""

    def __init__(self, screen: CriteriaScreen) -> None:
        self._screen = screen
        self._session = screen.session
        self._allowed: set[By] = set()

    def take_text(self, row: int, column: int, text: str) -> bool:
        """Write what was typed; False where it was refused, and the status bar says why."""
        model = self._screen.model
        line = model.line(row)
        if line is None or not model.may_type(row, column) or text.strip() == model.typed_at(row, column):
            return True
        if column == Col.REASON:
            return self._reason(line.code, text.strip())
        return self.put_cells([(row, column, text)])

    def put_cells(self, news: Sequence[tuple[int, int, str]]) -> bool:
        """Write points of cells as one change and show them at once; False where they were refused."""
        from desktop.application import criteria_block, criteria_scores

        lines = self._screen.model.lines
        cells = [criteria_block.TypedPoints(lines[row].code, TYPED[Col(at)], text.strip()) for row, at, text in news]
        if not all(self._may(by) for by in dict.fromkeys(cell.by for cell in cells)):
            return False
        unit, year, set_code = self._screen.unit or "", self._screen.year, self._screen.set_code

        def intent(record: Record) -> Changes:
            return criteria_block.put_block(
                record, unit=unit, year=year, cells=cells, criteria_set=set_code, source="window"
            )

        def shown() -> None:
            self._screen.show_points([(cell.code, cell.by, criteria_scores.typed(cell.text)) for cell in cells])

        return self._session.write(intent, later=shown) is not None

    def ask_reason(self, row: int, over: QWidget) -> None:
        """Shift+F2: why the points of the column one stands in are what they are, whole and in a field of its own."""
        model = self._screen.model
        line = model.line(row)
        if line is None or not model.may_type(row, Col.REASON):
            return
        told = model.text(row, Col.REASON)
        column_name = words.by_name(model.by, model.names)
        title = _("Reason of the points of {row}").format(row=f"{line.code} {line.name}")
        given = confirm(over, title, "", deed=_("Save"), leave=_("Leave as it was"),
                        reason=_("Reason: {column}").format(column=column_name), reason_text=told)  # fmt: skip
        if given is not None and given.strip() != told:
            self._reason(line.code, given.strip())

    def _reason(self, code: str, text: str) -> bool:
        by, unit, year = self._screen.model.by, self._screen.unit or "", self._screen.year
        set_code = self._screen.set_code

        def intent(record: Record) -> Changes:
            from desktop.application import criteria_scores

            return criteria_scores.put_reason(
                record, unit=unit, year=year, code=code, by=by, reason=text, criteria_set=set_code, source="window"
            )

        return self._session.write(intent) is not None

    def take_proposals(self, codes: Collection[str] | None, by: By) -> None:
        """Write what the record proposes for rows (None: all); typed points of a single row give way."""
        if not self._may(by):
            return
        unit, year, today = self._screen.unit or "", self._screen.year, self._session.today()
        set_code = self._screen.set_code

        def intent(record: Record) -> Changes:
            from desktop.application import criteria_proposals

            return criteria_proposals.take(
                record,
                unit=unit,
                year=year,
                codes=codes,
                by=by,
                today=today,
                over_typed=codes is not None,
                code=set_code,
                source="window",
            )

        done = self._session.write(intent)
        if isinstance(done, Changes):
            told = say("Taken from the record.") if done.changed else say("The record proposes nothing else here.")
            self._session.say(told)

    def copy_column(self, from_: By, to: By) -> None:
        """Begin a column with the points of another; what stands there stays."""
        if not self._may(to):
            return
        unit, year, set_code = self._screen.unit or "", self._screen.year, self._screen.set_code

        def intent(record: Record) -> Changes:
            from desktop.application import criteria_scores

            return criteria_scores.copy_column(
                record, unit=unit, year=year, from_=from_, to=to, criteria_set=set_code, source="window"
            )

        done = self._session.write(intent)
        if isinstance(done, Changes):
            names = self._screen.model.names
            told = say("The blanks of “{to}” were filled from “{column}”.", to=words.by_name(to, names),
                       column=words.by_name(from_, names))  # fmt: skip
            self._session.say(told if done.changed else say("There was nothing to fill."))

    def offer_points(self, to: CriteriaSet) -> None:
        """Before a commune is scored by another set: whether rows that are the same there take their points along."""
        screen, sheet = self._screen, self._screen.sheet
        if sheet is None:
            return
        given = {code for points in sheet.standing.columns.values() for code in points}
        rows = {(row.code, row.maximum) for row in to.rows}
        if not any(row.code in given and (row.code, row.maximum) in rows for row in sheet.standing.criteria.rows):
            return
        title = _("Take the points along into {set}?").format(set=to.name)
        text = _("Rows of the same number and maximum keep points, reasons and files; the others stay blank. "
                 "What stands by the earlier set stays beside it.")  # fmt: skip
        if confirm(screen.view, title, text, deed=_("Take them along"), leave=_("Begin blank")) is None:
            return
        unit, year, left = screen.unit or "", screen.year, list[str]()

        def intent(record: Record) -> Changes:
            from desktop.application.criteria_carry import carry

            done = carry(record, unit=unit, year=year, to=to.code, source="window")
            left.extend(done.left)
            return done.changes

        if self._session.write(intent) is not None and left:
            self._session.say(say("Not taken along, to be scored anew: {codes}.", codes=", ".join(left)))

    def _may(self, by: By) -> bool:
        """Ask once when a column is not usually given by this office."""
        if by in self._allowed:
            return True
        from desktop.application import criteria_scores

        why = criteria_scores.may_write(self._session.record, by=by, today=self._session.today())
        if why is not None and by is By.SELF:
            # What communes sent on paper is typed here every year: said, not asked.
            self._session.say(why)
        elif why is not None:
            name = words.by_name(by, self._screen.model.names)
            title = _("Type into the column “{column}”?").format(column=name)
            if (
                confirm(self._screen.view, title, render(why), deed=_("Type into it"), leave=_("Leave as it was"))
                is None
            ):
                return False
        self._allowed.add(by)
        return True
