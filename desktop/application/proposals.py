"""Acts that the shipped map of 1 July 2025 proposes: sure ones confirmed at once, the others by a person one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Final

from db.tables import offices, units
from desktop.application import acts_history, shipped
from desktop.application.acts import ActsAnswer, enter_acts, standing
from desktop.application.acts_history import Event
from desktop.application.records import Record
from desktop.domain.acts import ActKind, DatedPart
from desktop.domain.acts_drafts import Draft, Source, Target
from desktop.domain.acts_planning import act_uid
from desktop.domain.units import REFORM, Part, Register, spoken_code
from desktop.errors import AppError
from desktop.wording import say

EVE: Final = REFORM - timedelta(days=1)
BASIS: Final = "Sắp xếp đơn vị hành chính từ 01/07/2025 (bản đồ kèm chương trình: vietnamadminunits 1.0.4)"
"""What stands as the basis until a person gives the decree; kept as it is in the record, like every basis."""


@dataclass(frozen=True, slots=True)
class ProposedPart:
    """An old unit of a proposal: its code and name, whether all of it, and what the second list says."""

    uid: str
    code: str
    name: str
    whole: bool
    second: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the map says of one new unit; `uid` is that of the act it would be.

    `is_ours`: the office serves one of its parts or the new unit.
    """

    uid: str
    draft: Draft
    parts: tuple[ProposedPart, ...]
    is_ours: bool
    is_confirmed: bool

    @property
    def is_sure(self) -> bool:
        """Whether both lists agree on every part and all are whole."""
        return all(part.whole and part.second == "agrees" for part in self.parts)


def proposals(record: Record) -> list[Proposal]:
    """What the map proposes for the provinces of the record, in register order; those already confirmed too."""
    register = units.register(record)
    into: dict[str, list[Part]] = defaultdict(list)
    for part in _map():
        if part.new in register.units and part.old in register.units:
            into[part.new].append(part)
    confirmed = {act.uid for act in standing(record)}
    own = offices.own(record, REFORM)
    served = {span.unit for span in offices.spans(record, own.uid)} if own else set()
    found = []
    for new, parts in into.items():
        draft = _draft(register, new, parts)
        if draft is None:
            continue
        olds = [part.old for part in parts]
        uid = act_uid(draft, olds, [new])
        ours = bool(served & {new, *olds})
        found.append(Proposal(uid, draft, _told(register, parts), ours, uid in confirmed))
    order = {uid: place for place, uid in enumerate(register.units)}
    return sorted(found, key=lambda one: order[register.find(one.draft.tos[0].code or "", REFORM).uid])  # type: ignore[union-attr]


@cache
def _map() -> list[Part]:
    return shipped.register()[1]


def _draft(register: Register, new: str, parts: Iterable[Part]) -> Draft | None:
    unit = register.units[new]
    version = unit.on(REFORM)
    if version is None or unit.began != REFORM:
        return None  # its beginning was corrected by hand
    above = register.units[version.parent].on(REFORM) if version.parent else None
    froms = []
    for part in parts:
        old = register.units[part.old]
        before = old.on(EVE)
        if before is None:
            return None
        kind = None if old.kind is unit.kind else old.kind  # islands were districts without communes
        froms.append(Source(spoken_code(old, before), kind=kind, part=not part.whole))
    target = Target(version.code, version.name, unit.kind, above.code if above else None)
    return Draft(ActKind.MERGE, REFORM, BASIS, tuple(froms), (target,))


def _told(register: Register, parts: Iterable[Part]) -> tuple[ProposedPart, ...]:
    found = []
    for part in parts:
        unit = register.units[part.old]
        version = unit.on(EVE) or unit.versions[-1]
        found.append(ProposedPart(part.old, spoken_code(unit, version), version.name, part.whole, part.second))
    return tuple(found)


def confirm(
    record: Record, *, uids: Collection[str] = (), sure: bool = False, basis: str | None = None, source: str
) -> ActsAnswer:
    """Confirm proposals by their uids, and all that are sure, as one change; those confirmed already stay.

    AppError `unknown_proposal` for a uid the map does not propose.
    """
    known = {proposal.uid: proposal for proposal in proposals(record)}
    for uid in uids:
        if uid not in known:
            raise AppError(
                "unknown_proposal",
                say("The map proposes no act {id} here.", id=uid),
                say("List the proposals with “sotram units proposals”."),
            )
    chosen = [one for one in known.values() if one.uid in uids or (sure and one.is_sure)]
    drafts = [_on_basis(one.draft, basis) for one in chosen if not one.is_confirmed]
    return enter_acts(record, drafts, source=source) if drafts else ActsAnswer(())


def _on_basis(draft: Draft, basis: str | None) -> Draft:
    return Draft(draft.kind, draft.date, basis, draft.froms, draft.tos, draft.shares) if basis else draft


def timeline(record: Record, uid: str) -> list[Event]:
    """What a unit was through time (`acts_history.timeline`), with what the map proposes where no act says it."""
    events = acts_history.timeline(record, uid)
    if not any(event.act is None and event.day == REFORM for event in events):
        return events
    register = units.register(record)

    def names(uids: Iterable[str]) -> tuple[str, ...]:
        return tuple(register.units[one].versions[-1].name for one in uids)

    parts = unconfirmed(record)
    before, after = ([p.old for p in parts if p.new == uid], [p.new for p in parts if p.old == uid])
    return [
        replace(one, before=() if one.ends else names(before), after=names(after) if one.ends else (), is_proposed=True)
        if one.act is None and one.day == REFORM and (after if one.ends else before)
        else one
        for one in events
    ]


def unconfirmed(record: Record) -> tuple[DatedPart, ...]:
    """What went where by proposals nobody has confirmed: to say that something is not known yet, never to count by."""
    register = units.register(record)
    found: list[DatedPart] = []
    for proposal in proposals(record):
        if not proposal.is_confirmed:
            new = register.find(proposal.draft.tos[0].code or "", REFORM)
            found += [DatedPart(proposal.uid, REFORM, part.uid, new.uid, part.whole) for part in proposal.parts if new]
    return tuple(found)
