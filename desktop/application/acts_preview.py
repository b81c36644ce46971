"""What an act does to units, codes and series, and which figures nobody will know on other boundaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.tables import acts as tables
from db.tables import offices
from db.tables.acts import Figures
from desktop.application.acts_outside import Outside
from desktop.application.records import Record
from desktop.domain.acts import Act, DatedPart
from desktop.domain.acts_drafts import remark
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.units import Register, UnitKind, spoken_code
from desktop.wording import say


class Effect(StrEnum):
    """What happens to a unit or a code on the day of an act."""

    BEGINS = "begins"
    ENDS = "ends"
    CHANGES = "changes"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Standing:
    """Code, name and parent (as people name it) of a unit on one day."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """A unit before and after."""

    uid: str
    kind: UnitKind
    effect: Effect
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True, slots=True)
class CodeEffect:
    """Whom a code means before and after, by name."""

    code: str
    effect: Effect
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """An element with figures on units of the act: which units (codes), from which period to which."""

    element: str
    units: tuple[str, ...]
    periods: tuple[str, ...]
    cells: int


class Why(StrEnum):
    """Why figures cannot be known on other boundaries."""

    PART = "part_without_share"  # only part of an old unit, and nobody has estimated how much
    OUTSIDE = "outside_record"  # a part belongs to a unit this office has no figures of
    JOINED = "joined"  # figures after a merger cannot be told apart again


@dataclass(frozen=True, slots=True)
class Unknowable:
    """Figures of a unit that are not computable on the boundaries of a day, and the units because of which."""

    unit: str
    name: str
    boundaries: date
    reason: Why
    because: tuple[str, ...]
    cells: int
    elements: tuple[str, ...]
    periods: tuple[str, ...]
    named: tuple[str, ...] = ()  # the same units by name and code


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it."""

    units: tuple[UnitEffect, ...] = ()
    codes: tuple[CodeEffect, ...] = ()
    series: tuple[Series, ...] = ()
    unknowable: tuple[Unknowable, ...] = ()


def preview_of(record: Record, act: Act, after: Register) -> Preview:
    """What an act does; `after` is the register with it."""
    speaking = dict.fromkeys((*act.froms, *act.tos, *(change.uid for change in act.changes)))
    effects = tuple(effect for uid in speaking if (effect := _effect(after, uid, act.date)) is not None)
    figures = tables.figures(record, speaking)
    return Preview(
        effects, tuple(_codes(effects)), tuple(_series(after, figures)), tuple(_unknowable(record, act, after, figures))
    )


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def _effect(after: Register, uid: str, day: date) -> UnitEffect | None:
    unit = after.units[uid]
    before, now = _standing(after, uid, _eve(day)), _standing(after, uid, day)
    if before == now:
        return None
    effect = Effect.BEGINS if before is None else Effect.ENDS if now is None else Effect.CHANGES
    return UnitEffect(uid, unit.kind, effect, before, now)


def _standing(register: Register, uid: str, day: date) -> Standing | None:
    unit = register.units[uid]
    version = unit.on(day)
    if version is None:
        return None
    above = register.units.get(version.parent or "")
    parent = spoken_code(above, above.on(day) or above.versions[-1]) if above else None
    return Standing(spoken_code(unit, version), version.name, parent)


def _codes(effects: Iterable[UnitEffect]) -> Iterable[CodeEffect]:
    before: dict[tuple[UnitKind, str], UnitEffect] = {}
    after: dict[tuple[UnitKind, str], UnitEffect] = {}
    for effect in effects:
        if effect.before and not effect.before.code.startswith("uid:"):
            before[effect.kind, effect.before.code] = effect
        if effect.after and not effect.after.code.startswith("uid:"):
            after[effect.kind, effect.after.code] = effect
    for place in dict.fromkeys((*before, *after)):
        old, new = before.get(place), after.get(place)
        if old and new and old.uid == new.uid:
            continue
        what = Effect.REUSED if old and new else Effect.ENDS if old else Effect.BEGINS
        yield CodeEffect(
            place[1],
            what,
            old.before.name if old and old.before else None,
            new.after.name if new and new.after else None,
        )


def _code(register: Register, uid: str) -> str:
    unit = register.units[uid]
    return spoken_code(unit, unit.versions[-1])


def _series(register: Register, figures: Iterable[Figures]) -> Iterable[Series]:
    by_element: dict[str, list[Figures]] = defaultdict(list)
    for one in figures:
        by_element[one.element].append(one)
    for element, found in sorted(by_element.items()):
        units = tuple(dict.fromkeys(_code(register, one.unit) for one in found))
        yield Series(element, units, _in_time(one.period for one in found), sum(one.count for one in found))


def _in_time(codes: Iterable[str]) -> tuple[str, ...]:
    def place(code: str) -> tuple[date, date]:
        period = Period.parse(code)
        return period.last, period.first

    return tuple(sorted(set(codes), key=place))


def _unknowable(record: Record, act: Act, after: Register, figures: list[Figures]) -> Iterable[Unknowable]:
    into: dict[str, list[DatedPart]] = defaultdict(list)
    for part in act.parts:
        into[part.new].append(part)
    outside = Outside(record, act, after)
    for new, parts in into.items():
        olds = {part.old for part in parts}
        earlier = [one for one in figures if one.unit in olds and Period.parse(one.period).last < act.date]
        loose = [part.old for part in parts if not part.whole and part.share is None]
        if loose:
            yield _lost(after, new, act.date, Why.PART, loose, earlier)
        beyond, known = outside.of_unit(new, [part.old for part in parts], figures)
        if beyond and known:
            yield _lost(after, new, act.date, Why.OUTSIDE, beyond, known)
        later = [one for one in figures if one.unit == new and Period.parse(one.period).last >= act.date]
        if len(parts) > 1:
            for part in parts:
                others = [other.old for other in parts if other.old != part.old]
                yield _lost(after, part.old, _eve(act.date), Why.JOINED, others, later)


def spans_of(record: Record, office: str) -> list[offices.Span]:
    """Which units an office ever serves and when; the same list until that is written."""
    return record.cached(
        f"spans of {office}", ("office", "office_commune", "unit"), lambda: offices.spans(record, office)
    )


def _lost(
    register: Register, uid: str, boundaries: date, why: Why, because: list[str], figures: list[Figures]
) -> Unknowable:
    return Unknowable(
        _code(register, uid),
        register.units[uid].versions[-1].name,
        boundaries,
        why,
        tuple(_code(register, other) for other in because),
        sum(one.count for one in figures),
        tuple(sorted({one.element for one in figures})),
        _in_time(one.period for one in figures),
        tuple(f"{register.units[other].versions[-1].name} ({_code(register, other)})" for other in because),
    )


def typed_after(record: Record, act: Act, after: Register) -> tuple[Finding, ...]:
    """A finding for each unit that has figures of periods that end after it does."""
    found = []
    ended = [change.uid for change in act.changes if change.before and after.units[change.uid].on(act.date) is None]
    late: dict[str, list[str]] = defaultdict(list)
    for one in tables.figures(record, ended):
        if Period.parse(one.period).last >= act.date:
            late[one.unit].append(one.period)
    for uid, periods in late.items():
        said = say(
            "{name} has {count} figures of periods after its end: {periods}.",
            name=after.units[uid].versions[-1].name,
            count=len(periods),
            periods=", ".join(_in_time(periods)),
        )
        advice = say("Type them for the unit that follows it; these stay with the unit that ended.")
        found.append(remark("act_figures_after", said, advice, unit=_code(after, uid)))
    return tuple(found)
