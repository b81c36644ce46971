"""The register while an act is worked out: what it changes lies over what stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.domain.acts import Act, UnitChange
from desktop.domain.acts_drafts import Draft
from desktop.domain.acts_tree import ADVICE, faults
from desktop.domain.findings import Finding, Severity
from desktop.domain.units import UID_PREFIX, Register, Unit, UnitKind, UnitVersion, shipped_uid, uid_of


@dataclass(slots=True)
class Desk:
    """A draft against a register and the acts that stand; `units` are those it changes or makes, as they would be."""

    register: Register
    draft: Draft
    new_uid: Callable[[], str]
    standing: tuple[Act, ...] = ()
    units: dict[str, Unit] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def unit(self, uid: str) -> Unit:
        """A unit as it would be."""
        return self.units.get(uid) or self.register.units[uid]

    def find(self, code: str, day: date, kind: UnitKind | None = None) -> Unit | None:
        """The unit of a kind (None: any) that bears a code, or is meant by `uid:...`, on a day."""
        if code.startswith(UID_PREFIX):
            uid = code.removeprefix(UID_PREFIX)
            meant = self.units.get(uid) or self.register.units.get(uid)
            return meant if meant and meant.on(day) else None
        fresh = [unit for unit in self.units.values() if unit.uid not in self.register.units]
        for unit in (*fresh, *(self.unit(held.uid) for held in self.register.last_holder(code))):
            version = unit.on(day)
            if version and version.code == code and kind in (None, unit.kind):
                return unit
        return self._recoded(code, day, kind)

    def _recoded(self, code: str, day: date, kind: UnitKind | None) -> Unit | None:
        for unit in self.units.values():
            version = unit.on(day)
            if version and version.code == code and kind in (None, unit.kind):
                return unit
        return None

    def put(self, unit: Unit) -> Unit:
        """Lay a unit over what stands."""
        self.units[unit.uid] = unit
        return unit

    def make(self, kind: UnitKind, code: str | None, name: str, parent: str | None) -> Unit:
        """A unit that begins with the act; a coded one gets the same uid in every record that enters the act.

        Under a unit that is known to end it ends too: what followed is another act.
        """
        uid = shipped_uid(kind, code, self.draft.date) if code else self.new_uid()
        if uid in self.units or self._stood(uid):
            uid = self.new_uid()
        last = self.unit(parent).ended if parent else None
        return self.put(Unit(uid, kind, (UnitVersion(self.draft.date, last, code, name, parent),)))

    def make_old(self, kind: UnitKind, code: str | None, name: str, parent: str | None) -> Unit:
        """A unit of before the lists: it begins with the record and ends with the act."""
        told = f"{kind}|{code}|until {self.draft.eve.isoformat()}"
        uid = uid_of(told) if code else self.new_uid()
        if uid in self.units or self._stood(uid):
            uid = self.new_uid()
        return self.put(Unit(uid, kind, (UnitVersion(None, self.draft.eve, code, name, parent),)))

    def _stood(self, uid: str) -> bool:
        return uid in self.register.units

    def end(self, unit: Unit) -> Unit | None:
        """End a unit the day before the act; None where later versions of it stand in the way."""
        eve = self.draft.eve
        kept = [version for version in unit.versions if version.valid_from is None or version.valid_from <= eve]
        if len(kept) < len(unit.versions):
            return None
        last = kept[-1]
        if last.valid_to is not None and last.valid_to <= eve:
            return unit
        return self.put(replace(unit, versions=(*kept[:-1], replace(last, valid_to=eve))))

    def went_later(self, unit: Unit) -> Act | None:
        """A standing act by which a unit went into others after the day of this one."""
        return next(
            (act for act in self.standing if act.date > self.draft.date and unit.uid in {p.old for p in act.parts}),
            None,
        )

    def begin(self, unit: Unit) -> Unit:
        """Let a unit with an open start begin with the act."""
        first, *rest = unit.versions
        return self.put(replace(unit, versions=(replace(first, valid_from=self.draft.date), *rest)))

    def from_date(self, unit: Unit, day: date, **fields: str | None) -> Unit:
        """Change what a unit is from a day on, until the version that stands that day ends."""
        versions: list[UnitVersion] = []
        for version in unit.versions:
            if not version.holds_on(day):
                versions.append(version)
                continue
            if version.valid_from != day:
                versions.append(replace(version, valid_to=self.draft.eve))
            versions.append(replace(version, valid_from=day, **fields))  # type: ignore[arg-type]
        return self.put(replace(unit, versions=tuple(versions)))

    @property
    def after(self) -> Register:
        """The register as it would be; new units come last."""
        return self.register.with_units(self.units.values())

    @property
    def changes(self) -> tuple[UnitChange, ...]:
        """What differs, unit by unit."""
        known = self.register.units
        told = (
            UnitChange(uid, unit.kind, known[uid].versions if uid in known else (), unit.versions)
            for uid, unit in self.units.items()
        )
        return tuple(change for change in told if change.before != change.after)

    @property
    def is_refused(self) -> bool:
        """Whether something was found that forbids the act."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def check(self) -> Register:
        """The register as it would be, with a finding for all that would make it no tree."""
        after = self.after
        scope = [*self.units, *_below(after, set(self.units))]
        before = faults(self.register, scope)
        for place, fault in faults(after, scope).items():
            if place not in before:
                said = ADVICE.get(fault.rule)
                self.findings.append(
                    Finding(fault.rule, Severity.ERROR, fault.message, said, unit=self.spoken(fault.uid))
                )
        return after

    def spoken(self, uid: str) -> str:
        """How a person names a unit: its code, else `uid:...`."""
        return self.unit(uid).versions[-1].code or f"{UID_PREFIX}{uid}"


def _below(register: Register, uids: Iterable[str]) -> list[str]:
    parents = set(uids)
    return [
        unit.uid
        for unit in register.units.values()
        if unit.uid not in parents and any(version.parent in parents for version in unit.versions)
    ]
