"""What was measured in a period as columns for rates: one visit of each child (design 5), received ones too.

Of a child the visit in the named session counts, else its last one in the period in which something was measured.
Whether a figure is plausible is the growth engine's to say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from db.tables import child_columns as columns
from db.tables import units
from db.tables import visits as unnamed
from db.tables.visits import UnnamedVisit
from desktop.application.children_columns import Known, counted, known_of
from desktop.application.records import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from db.tables.child_columns import Integers, Step
    from desktop.domain.growth.columns import Columns

    Booleans = NDArray[np.bool_]

_SEXES: Final = {"m": 1, "f": 2}
_POSITIONS: Final = {"l": 1, "h": 2}


@dataclass(frozen=True, slots=True)
class Visits:
    """Columns of equal length, one row a child; 0 is what is not known or was not measured.

    `numbers` are the record's own, 0 of a child that came without its name; `communes` the places of the communes asked
    for, `days` ordinals (of `nameless` ones the first of the month), `ages` days (-1 unknown or before the birth),
    `sexes` 1 boy, 2 girl, grams, millimetres, `positions` 1 lying, 2 standing. Texts are empty where not known.
    """

    numbers: Integers
    communes: Integers
    days: Integers
    ages: Integers
    sexes: Integers
    grams: Integers
    millimetres: Integers
    positions: Integers
    oedema: Integers
    nameless: Booleans
    villages: list[str]
    ethnic_groups: list[str]

    def __len__(self) -> int:
        return len(self.numbers)


def visits(
    record: Record,
    *,
    communes: Collection[str],
    first: date,
    last: date,
    sessions: Collection[str] | None = None,
    known: Known | None = None,
    step: Step | None = None,
) -> Visits:
    """One visit of each child measured between two days in some communes (uids), or in the sessions named (uids).

    Visits that came without names count by their month, where no session is named and the child is not known here.
    `known` are the entries that matter to the communes on the last day, where they were read already.
    """
    with record.reading():
        known = known or known_of(record, communes=communes, day=last)
        newest = columns.newest(record, known.ids, first=first, last=last, sessions=sessions, step=step)
        received = _received(record, known, first, last) if sessions is None else {}
    return as_columns(known, counted(known, newest), received)


def as_columns(
    known: Known,
    found: Integers,
    received: Mapping[str, tuple[UnnamedVisit, int]] = MappingProxyType({}),
    *,
    texts: bool = True,
) -> Visits:
    """Visits that count (child, day, unit, …) of the communes asked for, and received ones with their communes.

    Without `texts` there are no villages and no ethnic groups.
    """
    import numpy as np

    people, came = known.people, list(received.values())
    found = found[known.place[found[:, 2]] >= 0]
    rows = people.rows(found[:, 0])
    found, rows = found[rows >= 0], rows[rows >= 0]
    born = people.born[rows]
    ages = np.where(born > 0, np.maximum(found[:, 1] - born, -1), -1)
    more = np.array([_row(visit, place) for visit, place in came], np.int64).reshape(-1, 9)
    own = (found[:, 0], known.place[found[:, 2]], found[:, 1], ages, people.sexes[rows], *found[:, 3:7].T)
    whole = [np.concatenate([one, other]) for one, other in zip(own, more.T, strict=True)]
    chosen, more_texts = (rows.tolist(), came) if texts else ([], [])
    numbers, communes, days, old, sexes, grams, millimetres, positions, oedema = whole
    return Visits(
        numbers,
        communes,
        days,
        old,
        sexes,
        grams,
        millimetres,
        positions,
        oedema,
        nameless=np.arange(len(numbers)) >= len(found),
        villages=[people.villages[row] for row in chosen] + [""] * len(more_texts),
        ethnic_groups=[people.ethnic_groups[row] for row in chosen]
        + [visit.ethnic_group or "" for visit, _ in more_texts],
    )


def begins(record: Record) -> date | None:
    """The first day of which anything of a child is known, the first of a month for visits without names."""
    first = columns.first_day(record)
    return None if first is None else date.fromisoformat(first if len(first) > len("2024-06") else f"{first}-01")


def _row(visit: UnnamedVisit, place: int) -> tuple[int, ...]:
    month = date.fromisoformat(f"{visit.month}-01").toordinal()
    figures = visit.weight or 0, visit.lenhei or 0, _POSITIONS.get(visit.position or "", 0), int(bool(visit.oedema))
    return 0, place, month, max(visit.age_days, -1), _SEXES.get(visit.sex or "", 0), *figures


def _received(record: Record, known: Known, first: date, last: date) -> dict[str, tuple[UnnamedVisit, int]]:
    """The newest visit of each child that came without its name between two months, with the place of its commune."""
    numbers, uids = units.ids(record), units.uids(record)
    asked = [uids[number] for number, place in enumerate(known.place.tolist()) if place >= 0 and number in uids]
    months = f"{first:%Y-%m}", f"{last:%Y-%m}"
    return {
        visit.child: (visit, int(known.place[numbers[visit.unit]]))
        for visit in unnamed.received(record, unit_uids=asked, months=months)
        if visit.weight or visit.lenhei or visit.oedema
    }


def growth_columns(seen: Visits) -> Columns:
    """Visits as the growth engine takes them; of one before the birth the age is not known."""
    import numpy as np

    from desktop.domain.growth.columns import Columns

    return Columns.of(
        sex=seen.sexes,
        days=np.where(seen.ages < 0, np.nan, seen.ages),
        milligrams=seen.grams * 1000,
        micrometres=seen.millimetres * 1000,
        position=seen.positions,
        oedema=seen.oedema,
    )
