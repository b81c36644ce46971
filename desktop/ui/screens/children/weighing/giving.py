"""Supplements ticked in the weighing list: a letter for the chosen lines, shown at once, written as one change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.application import child_care
from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.domain.child_care import Given
from desktop.domain.children import Session
from desktop.ui.screens.children.care.words import LETTERS
from desktop.ui.screens.children.weighing.rows import Row

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.part import WeighingPart


class Giving:
    """What is given on the days of a session."""

    def __init__(self, part: WeighingPart) -> None:
        self.part = part

    def read(self, uids: Collection[str], held: Session) -> dict[str, tuple[Given, ...]]:
        """What children (uids) were given on the days of a session."""
        found = child_care.care_of(self.part.session.record, uids)
        told = {uid: tuple(one for one in page.given if held.holds(one.day)) for uid, page in found.items()}
        return {uid: given for uid, given in told.items() if given}

    def mark(self, letter: str, rows: Sequence[Row]) -> None:
        """Note a supplement for the lines; where all have it, take it away. An empty letter takes all away."""
        what = LETTERS.get(letter)
        all_have = all(any(one.what is what for one in row.given) for row in rows)
        made: list[Given] = []
        for row in rows:
            held = [one for one in row.given if what is None or one.what is what]
            if what is None or all_have:
                made += [replace(one, doses=0) for one in held]
            elif not held:
                made.append(Given(row.child.uid, self._day(row), what))
        if made:
            self._write(made, rows)

    def _day(self, row: Row) -> date:
        return row.now.day if row.now is not None else self.part.day

    def _write(self, made: Sequence[Given], rows: Sequence[Row]) -> None:
        part, today = self.part, self.part.session.today()
        gone = {(one.child, one.day, one.what) for one in made}
        for row in rows:
            stays = [one for one in row.given if (one.child, one.day, one.what) not in gone]
            news = [one for one in made if one.child == row.child.uid and one.doses]
            part.model.put(replace(row, given=(*stays, *news)))

        def intent(record: Record) -> Changes:
            return child_care.give(record, given=list(made), today=today)

        def refused(fault: BaseException) -> None:
            part.model.put_all(rows)
            part.session.refuse(fault)

        part.screen.is_own = True
        try:
            part.session.write(intent, refused=refused)
        finally:
            part.screen.is_own = False
        part.model.moved.emit()
