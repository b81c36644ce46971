"""The units of before an act: found by their codes of the day before, or made as history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.acts import ActKind
from desktop.domain.acts_desk import Desk
from desktop.domain.acts_drafts import Source, fault, note, remark
from desktop.domain.findings import Finding
from desktop.domain.text import fold
from desktop.domain.units import Unit, UnitKind
from desktop.wording import say


@dataclass(slots=True)
class Old:
    """A unit before the act as it was said and as it is (or is made)."""

    said: Source
    unit: Unit


def olds(desk: Desk) -> list[Old]:
    """The units before the act, with those that go on under their code and receive others."""
    found = _said(desk)
    return found if desk.is_refused else _implied(desk, found)


def _said(desk: Desk) -> list[Old]:
    found: list[Old] = []
    for said in desk.draft.froms:
        unit = source(desk, said)
        if unit is not None and unit.uid in {old.unit.uid for old in found}:
            desk.findings.append(twice(said.code))
        elif unit is not None:
            found.append(Old(said, unit))
    return found


def twice(code: str) -> Finding:
    """The finding for a unit that is named in two rows."""
    return fault("act_twice", say("{code} is named twice.", code=code), say("Take one of the two rows out."), unit=code)


def source(desk: Desk, said: Source) -> Unit | None:
    """The unit meant by a code of the day before; one that is told with its name and not known is made as history."""
    eve = desk.draft.eve
    kind = said.kind or next((target.kind for target in desk.draft.tos if target.kind), None)
    found = desk.find(said.code, eve, kind) if said.code else None
    version = found.on(eve) if found else None
    if found is None or version is None:
        if said.name:
            return _history(desk, said, kind or UnitKind.COMMUNE)
        desk.findings.append(unknown(desk, said.code, eve))
        return None
    if said.name and fold(said.name) != fold(version.name):
        if desk.draft.is_history and found.began is None and _is_target(desk, found):
            return found  # the listed unit is what came out; the one before it is made when the targets are known
        desk.findings.append(
            remark(
                "act_other_name",
                say(
                    "{code} was {name} on {day}, not {said}.",
                    code=said.code,
                    name=version.name,
                    day=eve,
                    said=said.name,
                ),
                unit=said.code,
            )
        )
    return found


def _is_target(desk: Desk, unit: Unit) -> bool:
    found = (desk.find(to.code, desk.draft.date, unit.kind) for to in desk.draft.tos if to.code)
    return any(other is not None and other.uid == unit.uid for other in found)


def _history(desk: Desk, said: Source, kind: UnitKind) -> Unit | None:
    parent = _parent_before(desk, said)
    if parent is None and kind is not UnitKind.PROVINCE:
        desk.findings.append(
            fault(
                "act_no_parent",
                say("{name} needs the unit it lay in.", name=said.name or said.code),
                say("Give “parent”: the code of that unit on {day}.", day=desk.draft.eve),
                unit=said.code,
            )
        )
        return None
    return desk.make_old(kind, said.code or None, said.name or "", parent)


def _parent_before(desk: Desk, said: Source) -> str | None:
    eve = desk.draft.eve
    if said.parent:
        above = desk.find(said.parent, eve)
        if above is None:
            desk.findings.append(unknown(desk, said.parent, eve))
        return above.uid if above else None
    for code in (*(other.code for other in desk.draft.froms), *(target.code for target in desk.draft.tos)):
        near = desk.find(code, eve) if code else None
        version = near.on(eve) if near else None
        if version and version.parent:
            return version.parent
    return None


def unknown(desk: Desk, code: str, day: date) -> Finding:
    """The finding for a code nobody bears on a day; says who did at another time."""
    bore = [version for unit in desk.register.last_holder(code) for version in unit.versions if version.code == code]
    advice = (
        say("{name} bore it at another time.", name=bore[-1].name)
        if bore
        else say(
            "Look the code up in the tree of units (“sotram units list”); one of before the lists needs name and kind."
        )
    )
    return fault("act_unknown", say("No unit has the code {code} on {day}.", code=code, day=day), advice, unit=code)


def _implied(desk: Desk, olds: list[Old]) -> list[Old]:
    """A unit that receives others and goes on under its code is itself one of those joined."""
    if desk.draft.kind is not ActKind.MERGE:
        return olds
    found = list(olds)
    for target in desk.draft.tos:
        unit = desk.find(target.code, desk.draft.eve, target.kind) if target.code else None
        if unit is None or unit.on(desk.draft.date) is None or unit.uid in {old.unit.uid for old in found}:
            continue
        if desk.draft.is_history and unit.began is None and len(olds) > 1:
            continue  # the listed unit is what came out of the others
        version = unit.on(desk.draft.eve)
        said = say("{name} stood before: it is taken as one of those joined.", name=version.name if version else "")
        desk.findings.append(note("act_goes_on", said, unit=target.code))
        found.append(Old(Source(target.code or ""), unit))
    return found
