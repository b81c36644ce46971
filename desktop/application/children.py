"""Children of the office: registered, corrected, found again; what became of them; and one child's page."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.tables import acts, children, weighing
from desktop.application import access
from desktop.application.changes import Changes, Subject, changed
from desktop.application.children_writing import NewChild, register_in, tidy
from desktop.application.figures import meant_communes
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.children import LAST_DAY, Child, Measurement, Status, is_expected, residence, standing_status
from desktop.domain.text import name_ranks, name_sort_key, words
from desktop.errors import AppError
from desktop.wording import say

__all__ = [
    "ChildPage",
    "Found",
    "NewChild",
    "Registered",
    "child_page",
    "children_of",
    "correct",
    "find",
    "register",
    "say_status",
    "strike",
    "take_status_back",
]


@dataclass(frozen=True, slots=True)
class Registered:
    """The uids of new children, in the order they were given."""

    uids: tuple[str, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class ChildPage:
    """All that is known of a child: as it is kept, its statuses and measurements oldest first.

    `entries` are the uids that were merged into this child, itself first.
    """

    child: Child
    statuses: tuple[Status, ...]
    measurements: tuple[Measurement, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A child that was looked for: where it lives on the day (uid), what it is since when, its age in days."""

    child: Child
    unit: str
    status: Status | None
    age_days: int | None


# ---- writing ----


def register(record: Record, *, new: Sequence[NewChild], source: str = "window") -> Registered:
    """Register children as one change; AppError `no_name`, `unknown_unit`."""
    with record.change(say("Register children: {count}", count=len(new)), source=source) as change:
        uids = register_in(record, new)
    return Registered(tuple(uids), changed(change.rows, Subject.CHILDREN))


def correct(record: Record, *, child: Child, source: str = "window") -> Changes:
    """Write what is known of a child anew; the uid says which. AppError `no_child`, `no_name`."""
    one(record, child.uid)
    with record.change(say("Correct a child's data"), source=source) as change:
        children.put(record, [tidy(child)])
    return changed(change.rows, Subject.CHILDREN)


def strike(record: Record, *, uid: str, source: str = "window") -> Changes:
    """Take an entry made by mistake out of every list; it stays in the record and can come back by undo."""
    from dataclasses import replace

    held = one(record, uid)
    with record.change(say("Strike a child entered by mistake"), source=source) as change:
        children.put(record, [replace(held, struck=True)])
    return changed(change.rows, Subject.CHILDREN)


def say_status(record: Record, *, status: Status, source: str = "window") -> Changes:
    """Say what a child is from a day on: moved in (and where to), temporary, away, moved out, died, turned five."""
    one(record, status.child)
    with record.change(say("Say what became of a child"), source=source) as change:
        children.put_statuses(record, [status])
    return changed(change.rows, Subject.CHILDREN)


def take_status_back(record: Record, *, child: str, valid_from: date, source: str = "window") -> Changes:
    """Take back what was said of a child from a day on."""
    with record.change(say("Take back what became of a child"), source=source) as change:
        children.take_status_away(record, child, valid_from)
    return changed(change.rows, Subject.CHILDREN)


# ---- reading ----


def one(record: Record, uid: str) -> Child:
    """A child by its uid, as it was registered; AppError `no_child`."""
    found = children.by_uid(record, [uid]).get(uid)
    if found is None:
        raise AppError(
            "no_child",
            say("No child of this record has this number."),
            say("Look for it in the list; it may have been erased."),
        )
    return found


def child_page(record: Record, *, uid: str, log: bool = True) -> ChildPage:
    """A child with its whole history, of all entries that are this child; noted in the access log."""
    entries = children.group(record, uid)
    with record.reading():
        child = one(record, entries[0])
        statuses = statuses_of(record, [child.uid]).get(child.uid, [])
        histories = weighing.of_children(record, entries)
    if log:
        access.look(record, what="child", unit=child.unit, about=child.uid, rows=1)
    return ChildPage(child, tuple(statuses), tuple(joined(entries, histories)), entries)


def entries_of(record: Record, uids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Of children as they are kept (uids), every entry that is the same child: the kept one first."""
    told = children.aliases(record)
    found: dict[str, list[str]] = {uid: [uid] for uid in uids}
    for other in sorted(told):
        kept = children.resolve(told, other)
        if kept in found and other != kept:
            found[kept].append(other)
    return {uid: tuple(entries) for uid, entries in found.items()}


def statuses_of(record: Record, uids: Collection[str]) -> dict[str, list[Status]]:
    """What became of children as they are kept, of all their entries, oldest first; of one day the kept one's word."""
    wanted, merged = set(uids), children.aliases(record)
    entries = entries_of(record, {kept for other in merged if (kept := children.resolve(merged, other)) in wanted})
    told = children.statuses(record, [*wanted, *(uid for group in entries.values() for uid in group[1:])])
    found = {uid: statuses for uid, statuses in told.items() if uid in wanted}
    for kept, group in entries.items():
        by_day = {status.valid_from: status for uid in reversed(group) for status in told.get(uid, ())}
        if by_day:
            found[kept] = [by_day[day] for day in sorted(by_day)]
    return found


def joined(entries: Sequence[str], histories: dict[str, list[Measurement]]) -> list[Measurement]:
    """One history of entries that are one child, oldest first; of one day the word of the entry that is kept counts."""
    by_day: dict[date, Measurement] = {}
    for uid in reversed(entries):
        for measurement in histories.get(uid, ()):
            held = by_day.get(measurement.day)
            if held is None or held.absent or not measurement.absent:
                by_day[measurement.day] = measurement
    return [by_day[day] for day in sorted(by_day)]


def territory(record: Record, unit: str, day: date) -> frozenset[str]:
    """A commune and those that went wholly into it by acts up to a day: their children are its children."""
    found = {unit}
    grown = True
    told = [part for part in acts.parts(record) if part.whole and part.date <= day]
    while grown:
        more = {part.old for part in told if part.new in found} - found
        found |= more
        grown = bool(more)
    return frozenset(found)


def meant(record: Record, *, unit: str | None, day: date) -> list[str]:
    """The communes (uids) that a code means on a day, or those of the office; AppError `unknown_unit`."""
    if unit is None:
        return [commune.uid for commune in communes_of(record, on=day)]
    _, communes, _ = meant_communes(record, unit=unit, day=day)
    return [commune.uid for commune in communes]


def children_of(record: Record, *, communes: Collection[str], day: date) -> list[Found]:
    """The children expected in some communes (uids) on a day, in order of the communes, then of names.

    Entries that are one child are one; where it lives is asked of the day.
    """
    places = {old: commune for commune in communes for old in territory(record, commune, day)}
    oldest = date.fromordinal(max(1, day.toordinal() - LAST_DAY))
    with record.reading():
        known = children.of_units(record, list(places), born=(oldest, day))
        merged = children.merged(record)
        known += _kept_elsewhere(record, known, merged, places)
        told = statuses_of(record, [child.uid for child in known if child.uid not in merged])
    order = {commune: place for place, commune in enumerate(communes)}
    found = []
    for child in known:
        if child.uid in merged:
            continue
        statuses = told.get(child.uid, ())
        unit = places.get(residence(child, statuses, day) if statuses else child.unit)
        if unit is not None and is_expected(child, statuses, day):
            found.append(Found(child, unit, standing_status(statuses, day), child.age_on(day)))
    ranks = name_ranks({one.child.name for one in found})
    return sorted(found, key=lambda one: (order[one.unit], ranks[one.child.name], str(one.child.birth_date)))


def _kept_elsewhere(
    record: Record, known: Sequence[Child], merged: Collection[str], places: Collection[str]
) -> list[Child]:
    """Children kept under an entry of another commune, of which one of these communes wrote something."""
    if not merged:
        return []
    aliases, held = children.aliases(record), {child.uid for child in known}
    told = children.entries_of_units(record, places, among=merged)
    others = {children.resolve(aliases, uid) for uid in told} - held
    return list(children.by_uid(record, others).values())


_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)|(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


def find(record: Record, *, text: str, today: date, limit: int = 50) -> list[Found]:
    """Children by words of their name or their mother's, without marks, and by birth date (12/3/2022); best first."""
    born, rest = _birth_date(text)
    asked = words(rest)
    if not asked and born is None:
        return []
    with record.reading():
        known = children.search(record, asked, born=born, limit=limit * 4)
        merged = children.aliases(record)
        kept = children.by_uid(record, {children.resolve(merged, child.uid) for child in known})
        told = statuses_of(record, list(kept))
    found = [
        Found(
            child,
            residence(child, told.get(uid, ()), today),
            standing_status(told.get(uid, ()), today),
            child.age_on(today),
        )
        for uid, child in kept.items()
        if not child.struck
    ]
    return sorted(found, key=lambda one: _rank(one, asked))[:limit]


def _rank(found: Found, asked: Sequence[str]) -> tuple[object, ...]:
    """Names that hold every word first, those that begin with them before others; then the order of names."""
    folded = found.child.folded
    here = all(word in folded.split() for word in asked)
    return not here, not folded.startswith(" ".join(asked)), name_sort_key(found.child.name)


def _birth_date(text: str) -> tuple[date | None, str]:
    found = _DAY.search(text)
    if found is None:
        return None, text
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    try:
        born = date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
    except ValueError:
        return None, text
    return born, text[: found.start()] + text[found.end() :]
