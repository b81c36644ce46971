"""Taking an act back: possible while nothing that came later stands on what it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.acts import Act
from desktop.domain.acts_drafts import fault
from desktop.domain.acts_tree import faults
from desktop.domain.findings import Finding, Severity
from desktop.domain.units import Register, Unit
from desktop.wording import say


def undone(register: Register, act: Act) -> Register:
    """The register as it was before the act; units it made are gone. Ask `hindrances` first."""
    units = dict(register.units)
    for change in act.changes:
        if change.before:
            units[change.uid] = Unit(change.uid, change.kind, change.before)
        else:
            units.pop(change.uid, None)
    return Register.of(units.values())


def redone(register: Register, act: Act) -> Register:
    """The register with what an act changes, as the office that made the act told it."""
    return register.with_units(Unit(change.uid, change.kind, change.after) for change in act.changes if change.after)


def made_by(act: Act) -> frozenset[str]:
    """The units that only the act has brought into the record."""
    return frozenset(change.uid for change in act.changes if not change.before)


def hindrances(register: Register, act: Act, others: Iterable[Act]) -> tuple[Finding, ...]:
    """Why an act cannot be taken back: later acts that stand on it, by their date and basis; units under it."""
    found = list(_later(register, act, [other for other in others if other.uid != act.uid and not other.undone]))
    if not found:
        after = undone(register, act)
        scope = {change.uid for change in act.changes} | _below(register, act)
        before = faults(register, scope)
        found = [
            Finding(fault.rule, Severity.ERROR, fault.message, say("Undo what was entered later first."))
            for place, fault in faults(after, scope).items()
            if place not in before
        ]
    return tuple(found)


def _later(register: Register, act: Act, others: list[Act]) -> Iterator[Finding]:
    made = made_by(act)
    for change in act.changes:
        unit = register.units.get(change.uid)
        if (unit.versions if unit else ()) == change.after:
            continue
        since = [other for other in others if change.uid in {one.uid for one in other.changes}]
        name = change.after[-1].name if change.after else change.before[-1].name
        if not since:
            said = say("{name} was changed since by something else than an act.", name=name)
            yield fault(
                "act_depends", said, say("Look at its line through time; enter what is right as an act of today.")
            )
        for other in since:
            yield _depends(name, other)
    for other in others:
        if other.touched & made and not any(change.uid in made for change in other.changes):
            name = next(unit.versions[-1].name for uid in other.touched & made if (unit := register.units.get(uid)))
            yield _depends(name, other)


def _depends(name: str, other: Act) -> Finding:
    return fault(
        "act_depends",
        say("{name} is also part of the act of {day} ({basis}).", name=name, day=other.date, basis=other.basis),
        say("Undo that act first: {id}.", id=other.uid),
    )


def _below(register: Register, act: Act) -> set[str]:
    changed = {change.uid for change in act.changes}
    return {unit.uid for unit in register.units.values() if any(version.parent in changed for version in unit.versions)}
