"""The list of children as the command line gives it: with the right to see it, and noted in the access log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from db.tables import children as people
from db.tables import visits as unnamed
from db.tables import weighing
from db.tables.visits import UnnamedVisit
from desktop.application import access
from desktop.application.children import entries_of, joined, meant, statuses_of, territory
from desktop.application.records import Record
from desktop.application.units import codes_of, standing_day
from desktop.domain.children import (
    LAST_DAY,
    Child,
    Measurement,
    Presence,
    Status,
    is_expected,
    residence,
    standing_status,
)
from desktop.domain.text import name_sort_key

AT_ONCE: Final = 2000
"""Children whose measurements are read together."""
PRESENT = "present"
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Measured:
    """One visit of the list; `day` is an ISO date, or a month where the child came without its name."""

    day: str
    weight: int | None
    lenhei: int | None
    position: str | None
    oedema: bool
    absent: bool
    age_days: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A child on the list; `unit` is the code of its commune, `status` a word of `Presence`, `present` or `unnamed`."""

    uid: str
    unit: str
    name: str | None
    sex: str | None
    birth_date: date | None
    status: str
    measurements: tuple[Measured, ...]


def listed(
    record: Record, *, unit: str | None = None, session: date | None = None, today: date, expected: bool = False
) -> list[Listed]:
    """Children with their measurements, in order of communes and names; the look is noted.

    `unit` is a code; `session` a day: then only who was measured, or was absent, in a session of that day, with what
    was found in it. `expected`: those too who were looked for on that day and of whom nothing is written.
    """
    day = session or (standing_day(record, unit, day=today) if unit is not None else today)
    with record.reading():
        communes = meant(record, unit=unit, day=day) if unit is not None else None
        codes = codes_of(record, day=day)
        found = [
            *_named(record, communes, session, day, codes, expected=expected),
            *(_unnamed(record, communes, day, codes) if session is None else ()),
        ]
    about = session.isoformat() if session else ""
    seen = communes[0] if communes and len(communes) == 1 else None
    access.look(record, what="session" if session else "list", unit=seen, about=about, rows=len(found))
    return found


def _named(
    record: Record,
    communes: Sequence[str] | None,
    session: date | None,
    day: date,
    codes: dict[str, str],
    *,
    expected: bool,
) -> Iterator[Listed]:
    reached = None if communes is None else {old: one for one in communes for old in territory(record, one, day)}
    asked = None if session is None else {one.uid for one in weighing.sessions(record, on=session)}
    merged = people.aliases(record)
    came = None if session is None or expected else _came(record, asked or (), session)
    known = people.everyone(record) if reached is None else people.of_units(record, list(reached))
    kept = {
        child.uid: child
        for child in known
        if not child.struck and child.uid not in merged and (came is None or child.uid in came)
    }
    told, order = statuses_of(record, list(kept)), {commune: place for place, commune in enumerate(codes)}
    rows = []
    for uid, child in kept.items():
        home = residence(child, told.get(uid, ()), day)
        place = home if reached is None else reached.get(home)
        if place is not None:
            rows.append((order[place], name_sort_key(child.name), str(child.birth_date), child, codes[place]))
    rows.sort(key=lambda row: row[:3])
    for begin in range(0, len(rows), AT_ONCE):
        chosen = [(child, code) for *_, child, code in rows[begin : begin + AT_ONCE]]
        entries = entries_of(record, [child.uid for child, _ in chosen])
        histories = weighing.of_children(record, [uid for group in entries.values() for uid in group])
        for child, code in chosen:
            statuses = told.get(child.uid, ())
            history = _in_session(joined(entries[child.uid], histories), asked, session)
            if session is None or history or (expected and is_expected(child, statuses, day)):
                yield _listed(child, code, statuses, history, day)


def _came(record: Record, sessions: Collection[str], day: date) -> set[str]:
    """Who was measured, or absent, in some sessions, or on the day outside any, as they are kept."""
    merged = people.aliases(record)
    return {people.resolve(merged, uid) for uid in weighing.who_came(record, sessions, day)}


def _in_session(history: Sequence[Measurement], asked: set[str] | None, session: date | None) -> Sequence[Measurement]:
    """What was found in the sessions asked for; measured on the day outside any session counts too."""
    if asked is None:
        return history
    return [one for one in history if one.session in asked or (one.session is None and one.day == session)]


def _listed(child: Child, code: str, statuses: Iterable[Status], history: Iterable[Measurement], day: date) -> Listed:
    return Listed(
        child.uid,
        code,
        child.name,
        child.sex.value if child.sex else None,
        child.birth_date,
        _status(child, statuses, day),
        tuple(
            Measured(
                one.day.isoformat(),
                one.weight,
                one.lenhei,
                one.position.value if one.position else None,
                one.oedema,
                one.absent,
                child.age_on(one.day),
            )
            for one in history
        ),
    )


def _status(child: Child, statuses: Iterable[Status], day: date) -> str:
    newest = standing_status(statuses, day)
    gone = newest is not None and not newest.what.is_here
    age = child.age_on(day)
    if not gone and age is not None and age > LAST_DAY:
        return Presence.TURNED_FIVE
    return newest.what if newest else PRESENT


def _unnamed(record: Record, communes: Sequence[str] | None, day: date, codes: dict[str, str]) -> Iterator[Listed]:
    """Children that other offices told of without names; their visits tell a month."""
    asked = None if communes is None else {old for one in communes for old in territory(record, one, day)}
    for uid, group in groupby(unnamed.received(record, unit_uids=asked), key=lambda visit: visit.child):
        visits = list(group)
        last = visits[-1]
        yield Listed(uid, codes[last.unit], None, last.sex, None, UNNAMED, tuple(map(_measured, visits)))


def _measured(visit: UnnamedVisit) -> Measured:
    return Measured(
        visit.month,
        visit.weight,
        visit.lenhei,
        visit.position,
        bool(visit.oedema),
        bool(visit.absent),
        visit.age_days,
    )
