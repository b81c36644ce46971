"""What was measured in a period as columns for rates: one visit of each child (design 5), received ones too.

Of a child the visit in the named session counts, else its last one in the period in which something was measured.
Whether a figure is plausible is the growth engine's to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.tables import children as people
from db.tables import measured, units
from db.tables import visits as unnamed
from desktop.application.children import territory
from desktop.application.records import Record


@dataclass(frozen=True, slots=True)
class Visits:
    """Columns of equal length, one row a child: uids, communes (uids), ages in days, grams, millimetres.

    `sexes` are m, f or empty, `positions` l, h or empty; None is what is not known. `days` are ISO dates, of visits
    that came without names months.
    """

    children: list[str] = field(default_factory=list)
    communes: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    age_days: list[int | None] = field(default_factory=list)
    sexes: list[str] = field(default_factory=list)
    weights: list[int | None] = field(default_factory=list)
    lengths: list[int | None] = field(default_factory=list)
    positions: list[str] = field(default_factory=list)
    oedema: list[bool] = field(default_factory=list)
    arms: list[int | None] = field(default_factory=list)
    villages: list[str] = field(default_factory=list)
    ethnic_groups: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.children)

    def add(
        self,
        child: str,
        commune: str,
        day: str,
        age: int | None,
        sex: str | None,
        measured: tuple[int | None, int | None, str | None, int, int | None],
        village: str | None,
        ethnic: str | None,
    ) -> None:
        """One more child."""
        weight, length, position, oedema, arm = measured
        columns = (self.children, self.communes, self.days, self.age_days, self.sexes, self.weights, self.lengths)
        row = (child, commune, day, age, sex or "", weight, length)
        for column, value in zip(columns, row, strict=True):
            column.append(value)  # type: ignore[attr-defined]
        self.positions.append(position or "")
        self.oedema.append(bool(oedema))
        self.arms.append(arm)
        self.villages.append(village or "")
        self.ethnic_groups.append(ethnic or "")


def visits(
    record: Record,
    *,
    communes: Collection[str],
    first: date,
    last: date,
    sessions: Collection[str] | None = None,
) -> Visits:
    """One visit of each child measured between two days in some communes (uids), or in the sessions named (uids).

    Visits that came without names count by their month, where no session is named and the child is not known here.
    """
    places = {old: commune for commune in communes for old in territory(record, commune, last)}
    with record.reading():
        told, uids = people.aliases(record), units.uids(record)
        counted: dict[str, tuple[Any, ...]] = {}
        for row in measured.rows(record, first=first, last=last, units_asked=places, sessions=sessions):
            kept = people.resolve(told, row[0])
            # Of entries that are one child the later day counts, of one day the entry that is kept.
            if kept not in counted or (row[1], row[0] == kept) >= (counted[kept][1], False):
                counted[kept] = row
        known = measured.particulars(record, counted)
        received = unnamed.received(record, unit_uids=places) if sessions is None else []
    found = Visits()
    for uid, (_, day, unit, *figures) in counted.items():
        commune = places.get(uids[unit])
        if commune is not None and uid in known:
            born, sex, village, ethnic = known[uid]
            age = (date.fromisoformat(day) - date.fromisoformat(born)).days if born else None
            found.add(uid, commune, day, age, sex, tuple(figures), village, ethnic)
    _add_received(found, received, places, first, last)
    return found


def _add_received(
    found: Visits, received: list[unnamed.UnnamedVisit], places: dict[str, str], first: date, last: date
) -> None:
    newest = {
        visit.child: visit
        for visit in received
        if f"{first:%Y-%m}" <= visit.month <= f"{last:%Y-%m}" and (visit.weight or visit.lenhei or visit.oedema)
    }
    for visit in newest.values():
        figures = (visit.weight, visit.lenhei, visit.position, visit.oedema, visit.muac)
        found.add(
            visit.child, places[visit.unit], visit.month, visit.age_days, visit.sex, figures, None, visit.ethnic_group
        )
