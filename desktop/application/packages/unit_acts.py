"""Acts of units that came with a package: put into effect here, or said why not.

Authority (`contract/record.md` 6): the shipped register, then acts of the office above, then own provisional acts until
the office above says its word on the same units and day. Acts of offices below are provisional and give way to ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from db.tables import acts as tables
from db.tables import units
from desktop.application.acts import revert, serve, standing
from desktop.application.records import Record
from desktop.domain.acts import Act
from desktop.domain.acts_drafts import fault, note, remark
from desktop.domain.acts_tree import faults
from desktop.domain.acts_undo import redone
from desktop.domain.findings import Finding
from desktop.domain.units import Register, Unit
from desktop.wording import say


@dataclass(slots=True)
class UnitActs:
    """The acts of one package on their way into effect; `findings` say what a person must know."""

    record: Record
    before: dict[str, Act] = field(default_factory=dict)
    applied: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, record: Record) -> UnitActs:
        """The acts as they stand before the package."""
        return cls(record, {act.uid: act for act in tables.acts(record)})

    def settle(self) -> None:
        """Put into effect what came and is not yet; take back what its office has undone. Once acts were taken."""
        now = tables.acts(self.record)
        gone = [self.before[act.uid] for act in now if self._stood(act) and self._is_otherwise(act)]
        self._work_off(gone, self._revert)
        for act in gone:
            said = say(
                "The act of {day} ({basis}) was undone, but is still in use here.", day=act.date, basis=act.basis
            )
            advice = say("Undo what was entered later on the same units, then take the next package in.")
            self.findings.append(remark("act_undone_above", said, advice))
        self._know_units(act for act in now if act.undone and act.uid not in self.before)
        came = [act for act in now if not act.undone and self._is_new(act)]
        came = [act for act in came if self._makes_way(act)]
        self._work_off(came, self._put_into_effect)
        for act in list(came):
            self._put_into_effect(act, forced=True)

    def serve(self) -> None:
        """Once parts were taken too: who serves what the acts have made."""
        for uid in self.applied:
            act = tables.one(self.record, uid)
            if act is not None:
                serve(self.record, act, units.register(self.record))

    def _stood(self, act: Act) -> bool:
        old = self.before.get(act.uid)
        return old is not None and not old.undone

    def _is_otherwise(self, act: Act) -> bool:
        """Whether an act that stood was undone, or undone and entered again upon other acts."""
        return act.undone or self.before[act.uid].changes != act.changes

    def _know_units(self, acts: Iterable[Act]) -> None:
        """Units that only undone acts have made: known by their uids, so that parts which name them do not wait."""
        known = units.ids(self.record)
        made = (change for act in acts for change in act.changes if not change.before and change.uid not in known)
        units.put_units(self.record, [Unit(change.uid, change.kind, ()) for change in made])

    def _is_new(self, act: Act) -> bool:
        """Whether an act is to be put into effect: it just came, or waited until what stood in its way was undone."""
        old = self.before.get(act.uid)
        if old is None or old.undone or old.changes != act.changes:
            return True
        return tables.is_received(self.record, act.uid) and not is_in_effect(units.register(self.record), act)

    def _work_off(self, acts: list[Act], work: Callable[[Act], bool]) -> None:
        """Acts in the order in which they fit: snapshots of one unit form a chain, whatever their dates."""
        worked = True
        while worked and acts:
            worked = False
            for act in list(acts):
                if work(act):
                    acts.remove(act)
                    worked = True

    def _revert(self, act: Act) -> bool:
        register = units.register(self.record)
        if any(_versions(register, change.uid) != change.after for change in act.changes):
            return False
        revert(self.record, act)
        return True

    def _take_back(self, act: Act) -> bool:
        reverted = self._revert(act)
        if reverted:
            tables.set_undone(self.record, act.uid)
        return reverted

    def _makes_way(self, act: Act) -> bool:
        """Whether nothing of ours stands in the way; our own provisional act on the same units and day gives way."""
        for other in standing(self.record):
            if other.uid == act.uid or other.date != act.date or not _overlap(other, act):
                continue
            if tables.is_received(self.record, other.uid):
                continue
            if act.provisional or not other.provisional:
                said = say(
                    "The act of {day} ({basis}) differs from ours on the same units.", day=act.date, basis=act.basis
                )
                advice = say("Ours stands. Tell the office that sent it, or undo ours: then its act takes effect.")
                self.findings.append(remark("act_differs", said, advice))
                return False
            if not self._take_back(other):
                said = say("Our provisional act of {day} ({basis}) is in the way.", day=other.date, basis=other.basis)
                advice = say("Undo what was entered on it, then undo it: the act that came takes effect.")
                self.findings.append(remark("act_in_the_way", said, advice))
                return False
            said = say(
                "Our provisional act of {day} ({basis}) was replaced by that of the office above.",
                day=other.date,
                basis=other.basis,
            )
            self.findings.append(note("act_replaced", said))
        return True

    def _put_into_effect(self, act: Act, *, forced: bool = False) -> bool:
        register = units.register(self.record)
        if not forced and not all(_fits(register, change.uid, change.before, change.after) for change in act.changes):
            return False
        after = redone(register, act)
        changed = [change.uid for change in act.changes]
        scope = {*changed, *_below(after, changed)}
        before = faults(register, scope)
        wrong = [found for place, found in faults(after, scope).items() if place not in before]
        if wrong:
            if forced:
                said = say("The act of {day} ({basis}) does not fit our units.", day=act.date, basis=act.basis)
                self.findings.append(fault("act_unfit", said, wrong[0].message))
            return False
        units.put_units(self.record, [after.units[uid] for uid in changed if uid in after.units])
        self.applied.append(act.uid)
        return True


def is_in_effect(register: Register, act: Act) -> bool:
    """Whether the register shows what an act did, whatever has happened to its units since."""
    for change in act.changes:
        unit = register.units.get(change.uid)
        if not change.after:
            continue
        if unit is None or unit.began != change.after[0].valid_from:
            return False
        ends = all(version.valid_to is not None and version.valid_to < act.date for version in change.after)
        if ends and unit.on(act.date) is not None:
            return False
    return True


def _fits(register: Register, uid: str, before: object, after: object) -> bool:
    held = _versions(register, uid)
    return held in (before, after) or not before


def _versions(register: Register, uid: str) -> tuple[object, ...]:
    unit = register.units.get(uid)
    return unit.versions if unit else ()


def _overlap(one: Act, other: Act) -> bool:
    return bool(set(one.froms) & set(other.froms) or set(one.tos) & set(other.tos))


def _below(register: Register, uids: Iterable[str]) -> list[str]:
    parents = set(uids)
    return [unit.uid for unit in register.units.values() if any(version.parent in parents for version in unit.versions)]
