"""Weighing sessions: opened, typed down the columns, absent ones marked; the last figures stand beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.tables import children as people
from db.tables import weighing as rows
from desktop.application import access
from desktop.application.changes import Changes, Subject, changed
from desktop.application.children import Found, children_of, entries_of, joined, statuses_of, territory
from desktop.application.children_writing import NewSession, measure_in, open_in
from desktop.application.growth import scores
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement, Session, Status, residence, standing_status
from desktop.domain.children_growth import Score, Visit, check_visits, scored
from desktop.domain.findings import Finding
from desktop.domain.growth import scores as growth
from desktop.domain.text import name_sort_key
from desktop.errors import AppError
from desktop.wording import Sentence, say

__all__ = [
    "Line",
    "NewSession",
    "Sheet",
    "change_session",
    "check",
    "measure",
    "open_session",
    "sessions",
    "sheet",
    "strike_session",
]


@dataclass(frozen=True, slots=True)
class Line:
    """A child in a session: what was found now, what was found last before, and what a person should look at.

    `expected` is false for a child that was measured though nobody looked for it (moved away, five already).
    """

    child: Child
    age_days: int | None
    status: Status | None
    now: Measurement | None
    before: Measurement | None
    expected: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A session's list: all children expected on its first day and all that came all the same."""

    session: Session
    lines: tuple[Line, ...]

    @property
    def expected(self) -> int:
        """Children on the list."""
        return sum(line.expected for line in self.lines)

    @property
    def measured(self) -> int:
        """Children of whom weight or length was taken, expected or not."""
        return sum(line.now is not None and line.now.is_measured for line in self.lines)

    @property
    def absent(self) -> int:
        """Children marked as absent."""
        return sum(line.now is not None and line.now.absent for line in self.lines)


# ---- sessions ----


def open_session(record: Record, *, new: NewSession, source: str = "window") -> tuple[Session, Changes]:
    """Open a session; one of the same commune, days and kind is taken again."""
    with record.change(say("Open the weighing session of {day}", day=new.first), source=source) as change:
        made = open_in(record, new)
    return made, changed(change.rows, Subject.CHILDREN)


def change_session(record: Record, *, session: Session, source: str = "window") -> Changes:
    """Write a session's days, kind, name and note anew. Its measurements keep the days they were taken on."""
    one(record, session.uid)
    with record.change(say("Change the weighing session of {day}", day=session.first), source=source) as change:
        rows.put_sessions(record, [session])
    return changed(change.rows, Subject.CHILDREN)


def strike_session(record: Record, *, uid: str, source: str = "window") -> Changes:
    """Take a session opened by mistake out of the lists; AppError `session_used` while something was measured in it."""
    held = one(record, uid)
    if rows.of_session(record, uid):
        raise AppError(
            "session_used",
            say("Children were measured in this session."),
            say("Take the measurements away first, or move them to another session."),
        )
    with record.change(say("Strike the weighing session of {day}", day=held.first), source=source) as change:
        rows.put_sessions(record, [replace(held, struck=True)])
    return changed(change.rows, Subject.CHILDREN)


def sessions(record: Record, *, communes: Collection[str] | None = None, on: date | None = None) -> list[Session]:
    """Sessions, oldest first: of some communes (uids) and of the whole office, on a day, or all."""
    asked = None
    if communes is not None:
        last = on or date.max
        asked = {old for commune in communes for old in territory(record, commune, last)}
    return rows.sessions(record, units_asked=asked, on=on)


def one(record: Record, uid: str) -> Session:
    """A session; AppError `no_session`."""
    found = rows.session(record, uid)
    if found is None:
        raise AppError(
            "no_session",
            say("No weighing session of this record has this number."),
            say("Choose one from the list; it may have been taken back."),
        )
    return found


# ---- measuring ----


def measure(record: Record, *, measurements: Sequence[Measurement], source: str = "window") -> Changes:
    """Write measurements, whole rows, as one change; an empty one takes its row away.

    A typed cell, a pasted block and an absent mark are all this.
    """
    with record.change(_what(measurements), source=source) as change:
        measure_in(record, measurements)
    return changed(change.rows, Subject.CHILDREN)


def _what(measurements: Sequence[Measurement]) -> Sentence:
    if len(measurements) == 1:
        return say("Type what was measured on {day}", day=measurements[0].day)
    return say("Type measurements: {count}", count=len(measurements))


# ---- reading ----


def sheet(record: Record, *, session: str, communes: Collection[str] | None = None, log: bool = False) -> Sheet:
    """A session's list, of some of the communes it is held in (uids), with last figures and findings.

    `log` notes in the access log that it was shown.
    """
    held = one(record, session)
    places = list(communes) if communes is not None else _places(record, held)
    with record.reading():
        listed = children_of(record, communes=places, day=held.first)
        taken: dict[str, list[Measurement]] = {}
        told = people.aliases(record)
        for measurement in rows.of_session(record, session):
            taken.setdefault(people.resolve(told, measurement.child), []).append(measurement)
        expected = {found.child.uid for found in listed}
        listed += _came_all_the_same(record, held, places, taken.keys() - expected)
        entries = entries_of(record, [found.child.uid for found in listed])
        histories = rows.of_children(record, [uid for group in entries.values() for uid in group])
    now = {found.child.uid: _newest(taken.get(found.child.uid, ())) for found in listed}
    score = _scores([(found.child, visit) for found in listed if (visit := now[found.child.uid]) is not None])
    lines = [
        _line(found, held, now[found.child.uid], joined(entries[found.child.uid], histories), expected, score)
        for found in listed
    ]
    if log:
        access.look(record, what="session", unit=held.unit, about=held.first.isoformat(), rows=len(lines))
    return Sheet(held, tuple(lines))


def _places(record: Record, held: Session) -> list[str]:
    if held.unit is None:
        return [commune.uid for commune in communes_of(record, on=held.first)]
    return [held.unit]


def _came_all_the_same(record: Record, held: Session, places: Sequence[str], uids: Iterable[str]) -> list[Found]:
    """Children that were measured in the session though they are not on its list."""
    known = people.by_uid(record, list(uids))
    told = statuses_of(record, list(known))
    wide = held.unit is None
    reached = {old for place in places for old in territory(record, place, held.first)}
    found = [
        Found(
            child,
            residence(child, told.get(uid, ()), held.first),
            standing_status(told.get(uid, ()), held.first),
            child.age_on(held.first),
        )
        for uid, child in known.items()
        if not child.struck
    ]
    chosen = [one for one in found if not wide or one.unit in reached]
    return sorted(chosen, key=lambda one: name_sort_key(one.child.name))


def _line(
    found: Found,
    held: Session,
    now: Measurement | None,
    history: Sequence[Measurement],
    expected: Collection[str],
    score: Score,
) -> Line:
    day = now.day if now else held.first
    earlier = (one for one in reversed(history) if one.day < day and one.is_measured and one.session != held.uid)
    findings = check_visits(found.child, _visits(history), day=day, score=score) if now else ()
    age = found.child.age_on(day)
    return Line(found.child, age, found.status, now, next(earlier, None), found.child.uid in expected, findings)


def _scores(measured: Sequence[tuple[Child, Measurement]]) -> Score:
    """The z-scores of many at once, and one by one of what may have been meant instead."""
    asked = [scored(child, _visit(measurement)) for child, measurement in measured]
    known = dict(zip(asked, scores(asked), strict=True))

    def score(one: growth.Measurement) -> growth.Scores:
        if one not in known:
            known[one] = scores([one])[0]
        return known[one]

    return score


def _newest(taken: Sequence[Measurement]) -> Measurement | None:
    """What counts of several visits in one session: the last that measured something, else the last."""
    return max(taken, key=lambda one: (one.is_measured, one.day), default=None)


def _visits(history: Iterable[Measurement]) -> list[Visit]:
    return [_visit(one) for one in history if not one.absent]


def _visit(one: Measurement) -> Visit:
    return Visit(one.day, one.weight, one.lenhei, one.position, one.oedema, one.muac)


def check(record: Record, *, measurements: Sequence[Measurement]) -> Mapping[str, tuple[Finding, ...]]:
    """What would be said of measurements before they are written, by child; one of each child."""
    new = {one.child: one for one in measurements}
    known = people.by_uid(record, list(new))
    entries = entries_of(record, list(known))
    histories = rows.of_children(record, [uid for group in entries.values() for uid in group])
    score = _scores([(child, new[uid]) for uid, child in known.items()])
    return {
        uid: check_visits(
            child,
            _visits([*(one for one in joined(entries[uid], histories) if one.day != new[uid].day), new[uid]]),
            day=new[uid].day,
            score=score,
        )
        for uid, child in known.items()
    }


def found_on(record: Record, *, children: Collection[str], day: date) -> set[str]:
    """Which of the children something was noted of on a day, in whatever session."""
    entries = entries_of(record, list(children))
    histories = rows.of_children(record, [uid for group in entries.values() for uid in group])
    return {uid for uid in children if any(one.day == day for one in joined(entries[uid], histories))}
