"""The list of children as the command line gives it: with the right to see it, and noted in the access log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from db.tables import child_columns as columns
from db.tables import children as people
from db.tables import visits as unnamed
from db.tables import weighing
from db.tables.child_columns import Step
from db.tables.visits import UnnamedVisit
from desktop.application import access
from desktop.application.children import entries_of, joined, meant, statuses_of, territory
from desktop.application.children_columns import Known, everybody, known_of, living, share
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
from desktop.domain.text import name_ranks, name_sort_key

AT_ONCE: Final = 2000
"""Children whose measurements are read together."""
PRESENT: Final = "present"
UNNAMED: Final = "unnamed"
_SAID: Final = {place: Presence(what) for place, what in enumerate(columns.WHATS) if what}
_SEXES: Final = (None, "m", "f")


class Measured(NamedTuple):
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
    record: Record,
    *,
    unit: str | None = None,
    session: date | None = None,
    today: date,
    expected: bool = False,
    step: Step | None = None,
) -> list[Listed]:
    """Children with their measurements, in order of communes and names; the look is noted.

    `unit` is a code; `session` a day: then only who was measured, or was absent, in a session of that day, with what
    was found in it. `expected`: those too who were looked for on that day and of whom nothing is written. `step` may
    stop it.
    """
    day = session or (standing_day(record, unit, day=today) if unit is not None else today)
    with record.reading():
        communes = meant(record, unit=unit, day=day) if unit is not None else None
        codes = codes_of(record, day=day)
        if session is None:
            found = [*_everything(record, communes, day, codes, step), *_unnamed(record, communes, day, codes)]
        else:
            found = list(_of_session(record, communes, session, codes, expected=expected))
    about = session.isoformat() if session else ""
    seen = communes[0] if communes and len(communes) == 1 else None
    access.look(record, what="session" if session else "list", unit=seen, about=about, rows=len(found))
    return found


def _everything(
    record: Record, communes: Sequence[str] | None, day: date, codes: dict[str, str], step: Step | None
) -> Iterator[Listed]:
    """Everybody who lives in some communes, or anywhere, with the whole history."""
    order = [uid for uid in codes if communes is None or uid in communes]
    if communes is None:
        known = everybody(record, order=order, step=share(step, 0, 2))
    else:
        known = known_of(record, communes=order, day=day, step=share(step, 0, 2))
    known_as, named = known.people, columns.names(record, known.ids)
    histories = _histories(record, known, share(step, 1, 2))
    rows, places, what = (found.tolist() for found in living(known, day=day))
    ranks = name_ranks({named[row][0] for row in rows})
    keys = [(ranks[named[row][0]], str(named[row][1])) for row in rows]
    numbers, sexes, births = known_as.ids.tolist(), known_as.sexes.tolist(), known_as.born.tolist()
    for place, _, row, one in sorted(zip(places, keys, rows, what, strict=True)):
        name, born = named[row]
        is_old = births[row] and day.toordinal() - births[row] > LAST_DAY
        status = Presence.TURNED_FIVE if is_old and (not one or _SAID[one].is_here) else _SAID.get(one, PRESENT)
        visits = tuple(histories.pop(numbers[row], ()))
        sex, birth = _SEXES[sexes[row]], date.fromisoformat(born) if born else None
        yield Listed(known_as.uids[row], codes[order[place]], name, sex, birth, status, visits)


def _histories(record: Record, known: Known, step: Step | None) -> dict[int, list[Measured]]:
    """The visits of every child, by the number it is kept under, oldest first."""
    born = dict(zip(known.people.ids.tolist(), known.people.born.tolist(), strict=True))
    merged, apart = known.merged, {*known.merged, *known.merged.values()}
    entries: dict[int, dict[int, list[columns.Visit]]] = {}
    found: dict[int, list[Measured]] = {number: [] for number in born if number not in apart}
    # Days and figures come again and again: each is held once.
    ordinals: dict[str, tuple[str, int]] = {}
    once: dict[int | None, int | None] = {None: None}
    same, new = once.setdefault, tuple.__new__
    for visit in columns.history(record, known.ids, step=step):
        child, day, weight, lenhei, position, oedema, absent = visit
        if child in apart:
            entries.setdefault(merged.get(child, child), {}).setdefault(child, []).append(visit)
            continue
        told = ordinals.get(day) or ordinals.setdefault(day, (day, _ordinal(day)))
        birth = born[child]
        age = same(told[1] - birth, told[1] - birth) if birth else None
        figures = (told[0], same(weight, weight), same(lenhei, lenhei), position, oedema == 1, absent == 1, age)
        found[child].append(new(Measured, figures))
    uids = dict(zip(known.people.ids.tolist(), known.people.uids, strict=True))
    for kept, group in entries.items():
        found[kept] = [_visit(one, born.get(kept, 0)) for one in _joined(group, kept, uids)]
    return found


def _joined(group: dict[int, list[columns.Visit]], kept: int, uids: Mapping[int, str]) -> list[columns.Visit]:
    """As `children.joined`: of one day the kept entry's word, then that of the first uid; who came over absent."""
    by_day: dict[str, columns.Visit] = {}
    for number in sorted(group, key=lambda one: (one != kept, uids[one]), reverse=True):
        for visit in group[number]:
            held = by_day.get(visit[1])
            if held is None or held[-1] or not visit[-1]:
                by_day[visit[1]] = visit
    return [by_day[day] for day in sorted(by_day)]


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _visit(visit: columns.Visit, born: int) -> Measured:
    _, day, weight, lenhei, position, oedema, absent = visit
    return Measured(day, weight, lenhei, position, oedema == 1, absent == 1, _ordinal(day) - born if born else None)


def _of_session(
    record: Record,
    communes: Sequence[str] | None,
    session: date,
    codes: dict[str, str],
    *,
    expected: bool,
) -> Iterator[Listed]:
    reached = None if communes is None else {old: one for one in communes for old in territory(record, one, session)}
    asked = {one.uid for one in weighing.sessions(record, on=session)}
    merged = people.merged(record)
    came = None if expected else _came(record, asked, session)
    known = people.everyone(record) if reached is None else people.of_units(record, list(reached))
    kept = {
        child.uid: child
        for child in known
        if not child.struck and child.uid not in merged and (came is None or child.uid in came)
    }
    told, order = statuses_of(record, list(kept)), {commune: place for place, commune in enumerate(codes)}
    rows = []
    for uid, child in kept.items():
        home = residence(child, told.get(uid, ()), session)
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
            if history or (expected and is_expected(child, statuses, session)):
                yield _listed(child, code, statuses, history, session)


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


def _unnamed(record: Record, communes: Sequence[str] | None, day: date, codes: dict[str, str]) -> list[Listed]:
    """Children that other offices told of without names, in order of communes; their visits tell a month."""
    asked = None if communes is None else {old for one in communes for old in territory(record, one, day)}
    places = {uid: place for place, uid in enumerate(codes)}
    found: list[tuple[int, Listed]] = []
    for uid, group in groupby(unnamed.received(record, unit_uids=asked), key=lambda visit: visit.child):
        visits = list(group)
        last = visits[-1]
        one = Listed(uid, codes[last.unit], None, last.sex, None, UNNAMED, tuple(map(_measured, visits)))
        found.append((places[last.unit], one))
    return [one for _, one in sorted(found, key=itemgetter(0))]


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
