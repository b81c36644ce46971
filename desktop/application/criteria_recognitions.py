"""Recognition: a decision of the province, with its day and years, apart from the points a commune has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.tables import criteria as tables
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.criteria_places import commune_in, served_commune
from desktop.application.criteria_sets import sets
from desktop.application.lineages import commune_on, lineage
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.criteria.sets import set_of_year
from desktop.domain.text import nfc, squeeze
from desktop.errors import AppError
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class Recognised:
    """A decision: its number and day, the year it recognises, its last day, from when it is withdrawn.

    `valid` says whether it holds on the day asked for.
    """

    decision: str
    day: date
    year: int
    until: date
    withdrawn: date | None
    valid: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """The decision that recognised a commune when it ended; what it went into has none of its own since."""

    commune: Commune
    recognised: Recognised


@dataclass(frozen=True, slots=True)
class CommuneRecognition:
    """A commune with its newest decision until a day (None: none) and all of them, oldest first.

    `former` are the decisions that held for what it was made of, while it has none since.
    """

    commune: Commune
    latest: Recognised | None
    history: tuple[Recognised, ...]
    former: tuple[Former, ...] = ()


@dataclass(frozen=True, slots=True)
class Renewal:
    """A recognition that ends soon or has ended: its last day, and how many days are left (below 0: it has ended).

    `former` is the commune the decision spoke of, where that one has gone into `commune`: it counts no longer.
    """

    commune: Commune
    recognised: Recognised
    due: date
    days: int
    former: Commune | None = None


def recognise(
    record: Record,
    *,
    unit: str,
    year: int,
    decision: str,
    day: date,
    withdrawn: date | None = None,
    note: str | None = None,
    source: str = "criteria",
) -> Changes:
    """Note a decision of the province that recognises a commune for a year, or that it no longer holds.

    AppErrors: `unknown_unit`, `bad_recognition`.
    """
    commune, number = commune_in(record, unit, year), squeeze(nfc(decision))
    if not number:
        raise AppError("bad_recognition", say("The decision has no number."), say("Type the number of the decision."))
    if withdrawn is not None and withdrawn < day:
        raise AppError(
            "bad_recognition",
            say("It cannot be withdrawn on {withdrawn}, before its day {day}.", withdrawn=withdrawn, day=day),
            say("Look at the day of the decision and the day it was withdrawn from."),
        )
    if year > day.year:
        raise AppError(
            "bad_recognition",
            say("A decision of {day} cannot recognise the year {year}.", day=day, year=str(year)),
            say("The year is that of the points, the day that of the decision."),
        )
    return _write(record, commune, tables.Recognition(commune.uid, day, number, year, withdrawn, note), source)


def _write(record: Record, commune: Commune, told: tables.Recognition, source: str) -> Changes:
    with record.change(say("Note the recognition of {commune}", commune=commune.name), source=source) as change:
        tables.put_recognition(record, told)
    return changed(change.rows, Subject.CRITERIA, Subject.PLANS)


def withdraw(
    record: Record, *, unit: str, day_of_decision: date, from_: date, note: str | None = None, source: str = "criteria"
) -> Changes:
    """Say from which day a recognition no longer holds. AppErrors: `unknown_unit`, `unknown_recognition`."""
    commune = served_commune(record, unit, from_)
    held = _held(record, commune, day_of_decision)
    if from_ < held.day:
        raise AppError(
            "bad_recognition",
            say("It cannot be withdrawn on {withdrawn}, before its day {day}.", withdrawn=from_, day=held.day),
            say("Look at the day of the decision and the day it was withdrawn from."),
        )
    told = replace(held, withdrawn=from_, note=held.note if note is None else note)
    return NOTHING if told == held else _write(record, commune, told, source)


def _held(record: Record, commune: Commune, day: date) -> tables.Recognition:
    held = {one.day: one for one in tables.recognitions(record, unit=commune.uid)}.get(day)
    if held is None:
        raise AppError(
            "unknown_recognition",
            say("{commune} has no recognition of {day}.", commune=commune.name, day=day),
            say("The day is that of the decision that recognised it."),
        )
    return held


def forget(record: Record, *, unit: str, day_of_decision: date, today: date, source: str = "criteria") -> Changes:
    """Take away a decision noted by mistake: the wrong commune, a wrong day. One that ended is withdrawn instead.

    AppErrors: `unknown_unit`, `unknown_recognition`.
    """
    commune = served_commune(record, unit, today)
    held = _held(record, commune, day_of_decision)
    what = say("Take the decision {decision} on {commune} away", decision=held.decision, commune=commune.name)
    with record.change(what, source=source) as change:
        tables.drop_recognition(record, commune.uid, held.day)
    return changed(change.rows, Subject.CRITERIA, Subject.PLANS)


def decisions(record: Record, *, on: date, unit: str | None = None) -> Mapping[str, tuple[Recognised, ...]]:
    """Every decision known by uid of its commune, oldest first, each as it stands on a day."""
    known = sets(record)
    found: dict[str, list[Recognised]] = {}
    for told in tables.recognitions(record, unit=unit):
        used = set_of_year(known, told.year)
        until = years_later(told.day, used.valid_years if used else 3)
        valid = told.day <= on <= until and (told.withdrawn is None or on < told.withdrawn)
        found.setdefault(told.unit, []).append(
            Recognised(told.decision, told.day, told.year, until, told.withdrawn, valid, told.note)
        )
    return {uid: tuple(history) for uid, history in found.items()}


def latest(history: Iterable[Recognised], on: date) -> Recognised | None:
    """The newest decision made until a day."""
    return max((one for one in history if one.day <= on), key=lambda one: one.day, default=None)


def recognised(record: Record, *, today: date) -> list[CommuneRecognition]:
    """Every commune served today with its decisions, in order of codes."""
    known, served = decisions(record, on=today), communes_of(record, on=today)
    gone = _former(record, known, {commune.uid for commune in served}, today)
    return [
        CommuneRecognition(one, latest(known.get(one.uid, ()), today), known.get(one.uid, ()), gone.get(one.uid, ()))
        for one in served
    ]


def _former(
    record: Record, known: Mapping[str, tuple[Recognised, ...]], served: Collection[str], today: date
) -> Mapping[str, tuple[Former, ...]]:
    """By the commune served today: decisions that held to the end of a commune that went into it."""
    found: dict[str, tuple[Former, ...]] = {}
    for uid in known.keys() - set(served):
        lines = lineage(record)
        ended = lines.register.units[uid].ended
        if ended is None or ended >= today:
            continue
        told = latest(known[uid], ended)
        if told is None or told.until < ended or _is_withdrawn(told, today):
            continue
        one = Former(commune_on(lines.register, uid, ended), told)
        for new in lines.touching([uid], today):
            if new in served and not any(since.day > ended for since in known.get(new, ())):
                found[new] = tuple(sorted((*found.get(new, ()), one), key=lambda each: each.commune.code))
    return found


def renewals(record: Record, *, today: date, within_days: int = 180) -> list[Renewal]:
    """Recognitions that end within so many days or have ended, the one due first first; withdrawn ones are left out.

    Those of communes that went into others are told whenever they end: the new commune has none by them.
    """
    last = today + timedelta(days=within_days)
    standing = recognised(record, today=today)
    found = [
        Renewal(one.commune, one.latest, one.latest.until, (one.latest.until - today).days)
        for one in standing
        if one.latest is not None and one.latest.until <= last and not _is_withdrawn(one.latest, today)
    ]
    found += [
        Renewal(one.commune, gone.recognised, gone.recognised.until, (gone.recognised.until - today).days, gone.commune)
        for one in standing
        for gone in one.former
    ]
    return sorted(found, key=lambda one: (one.due, one.commune.code, one.former.code if one.former else ""))


def _is_withdrawn(one: Recognised, on: date) -> bool:
    return one.withdrawn is not None and one.withdrawn <= on


def count(record: Record, *, on: date) -> tuple[int, int]:
    """How many communes served on a day have a decision that holds on it, and how many there are."""
    known, served = decisions(record, on=on), communes_of(record, on=on)
    return sum(any(told.valid for told in known.get(one.uid, ())) for one in served), len(served)


def is_known(record: Record) -> bool:
    """Whether any decision was ever noted: without one nobody knows how many there are."""
    return bool(tables.recognitions(record))


def valid_until(history: Iterable[Recognised], year: int) -> date | None:
    """The last day of the newest decision for a year until this one; the day it was withdrawn from, where it was."""
    told = max((one for one in history if one.year <= year), key=lambda one: one.day, default=None)
    if told is None:
        return None
    return min(told.until, told.withdrawn) if told.withdrawn else told.until


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
