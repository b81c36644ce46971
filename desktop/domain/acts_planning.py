"""An act worked out against the register: refused with all its reasons, or the act with everything it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from desktop.domain.acts import Act, ActKind, DatedPart
from desktop.domain.acts_below import Went
from desktop.domain.acts_desk import Desk
from desktop.domain.acts_drafts import Draft, Planned, Source, Target, fault, note
from desktop.domain.acts_sources import source, unknown
from desktop.domain.acts_territory import goes_on, territory
from desktop.domain.findings import Finding
from desktop.domain.text import fold
from desktop.domain.units import UID_PREFIX, Register, Unit, UnitVersion, uid_of
from desktop.wording import Sentence, say

_FROMS: Final = {
    ActKind.ESTABLISH: (0, None),
    ActKind.RENAME: (1, None),
    ActKind.RECODE: (1, None),
    ActKind.MOVE: (1, None),
    ActKind.MERGE: (1, None),
    ActKind.SPLIT: (1, 1),
    ActKind.DISSOLVE: (1, None),
}
_UNTIL_THEN: Final = say("Choose a day on which it stands, or tell the unit that followed it.")
_ROW_BY_ROW: Final = say("Each unit before the act stands beside what it becomes, in the same order.")
_RENEWS: Final = frozenset({ActKind.RENAME, ActKind.RECODE, ActKind.MOVE})


def plan(
    register: Register,
    draft: Draft,
    *,
    new_uid: Callable[[], str],
    provisional: bool = False,
    standing: Iterable[Act] = (),
) -> Planned:
    """What a draft would do to a register; `standing` are the acts that count already.

    Nothing is changed by it: the answer holds the act, the register after it, and findings. An error among them
    refuses the act, which is None then, as it is where nothing is to be done.
    """
    desk = Desk(register, draft, new_uid, tuple(standing))
    _count(desk)
    if desk.is_refused:
        return Planned(None, register, tuple(desk.findings))
    went: list[Went] = []
    if draft.kind in _RENEWS:
        uids = _renew(desk)
        froms, tos = uids, uids
    elif draft.kind is ActKind.DISSOLVE:
        froms, tos = _dissolve(desk), []
    elif (goes_on_as_it_is := _same(desk)) is not None:
        desk.findings.append(goes_on_as_it_is)
        return Planned(None, register, tuple(desk.findings))
    else:
        froms, tos, went = territory(desk)
    if not desk.is_refused:
        after = desk.check()
    if desk.is_refused:
        return Planned(None, register, tuple(desk.findings))
    act = _act(desk, froms, tos, went, provisional=provisional)
    known = next((other for other in desk.standing if other.uid == act.uid), None)
    if known is not None and known.provisional and not provisional:
        said = say("The provisional act of an office below is confirmed.")
        confirmed = replace(known, provisional=False, basis=draft.basis)
        return Planned(confirmed, register, (*desk.findings, note("act_confirmed", said)))
    if known is not None:
        desk.findings.append(note("act_known", say("This act is already in the record.")))
        return Planned(None, register, tuple(desk.findings), known.uid)
    if not act.changes and not act.parts:
        desk.findings.append(note("act_nothing", say("The register already says so; nothing is changed.")))
        return Planned(None, register, tuple(desk.findings))
    return Planned(act, after, tuple(desk.findings))


def act_uid(draft: Draft, froms: Iterable[str], tos: Iterable[str]) -> str:
    """The uid of an act: the same in every record that enters it, so that it arrives where it already is."""
    told = (draft.kind, draft.date.isoformat(), ",".join(sorted(froms)), ",".join(sorted(tos)))
    renewed = ";".join(f"{to.code}|{fold(to.name or '')}|{to.parent}" for to in draft.tos)
    return uid_of("|".join(("act", *told, renewed if draft.kind in _RENEWS else "")))


def _act(desk: Desk, froms: list[str], tos: list[str], went: list[Went], *, provisional: bool) -> Act:
    draft = desk.draft
    uid = act_uid(draft, froms, tos)
    parts = tuple(
        DatedPart(uid, draft.date, one.old, one.new, one.whole, one.share, one.basis)
        for one in sorted(went, key=lambda one: (one.new, one.old))
    )
    return Act(
        uid,
        draft.kind,
        draft.date,
        draft.basis,
        tuple(froms),
        tuple(tos),
        provisional=provisional,
        parts=parts,
        changes=desk.changes,
    )


def _count(desk: Desk) -> None:
    draft = desk.draft
    least, most = _FROMS[draft.kind]
    told = len(draft.froms)
    if told < least or (most is not None and told > most):
        desk.findings.append(fault("act_froms", *_how_many(draft.kind)))
    if draft.kind is ActKind.DISSOLVE and draft.tos:
        said = say("A dissolved unit goes into none.")
        desk.findings.append(fault("act_tos", said, say("If its land went into another one, enter a merger.")))
    if draft.kind is not ActKind.DISSOLVE and not draft.tos:
        desk.findings.append(
            fault(
                "act_tos",
                say("Say which unit there is after the act."),
                say("Give the code and the name it has from that day."),
            )
        )
    if draft.kind in _RENEWS and draft.tos and len(draft.tos) != told:
        desk.findings.append(fault("act_tos", say("As many units are needed after the act as before it."), _ROW_BY_ROW))
    if draft.kind is ActKind.SPLIT and len(draft.tos) == 1 and not draft.shares:
        desk.findings.append(
            fault(
                "act_tos",
                say("A division needs at least two units after it."),
                say("If the rest goes on under its old code, name it too."),
            )
        )
    if not draft.basis.strip():
        said = say("The act needs its legal basis.")
        desk.findings.append(fault("act_basis", said, say("Give number and date of the decree.")))


def _how_many(kind: ActKind) -> tuple[Sentence, Sentence]:
    if kind is ActKind.SPLIT:
        return say("A division speaks of one unit before it."), say("Enter an act for each unit that was divided.")
    return say("Say which unit there was before the act."), say("Give the code it bore the day before.")


# ---- the same territory under another name, code or parent


def _renew(desk: Desk) -> list[str]:
    found = []
    for said, target in zip(desk.draft.froms, desk.draft.tos, strict=True):
        unit = _meant(desk, said, target)
        if unit is None:
            continue
        if desk.find(f"{UID_PREFIX}{unit.uid}", desk.draft.date) is None:
            desk.findings.append(
                fault("act_ended", say("{name} has ended by then.", name=unit.versions[-1].name), _UNTIL_THEN)
            )
            continue
        _change(desk, unit, said, target)
        found.append(unit.uid)
    return found


def _meant(desk: Desk, said: Source, target: Target) -> Unit | None:
    found = desk.find(said.code, desk.draft.eve, said.kind or target.kind) if said.code else None
    if found is None and desk.draft.is_history and said.name and target.code:
        found = desk.find(target.code, desk.draft.date, target.kind)  # listed under its later code
    if found is None and said.name:
        desk.findings.append(unknown(desk, said.code, desk.draft.eve))
        return None
    return found or source(desk, said)


def _change(desk: Desk, unit: Unit, said: Source, target: Target) -> None:
    day = desk.draft.date
    now = unit.on(day)
    assert now is not None  # noqa: S101 - asked a moment ago
    parent = now.parent
    if target.parent:
        above = desk.find(target.parent, day)
        if above is None:
            desk.findings.append(unknown(desk, target.parent, day))
            return
        parent = above.uid
    code = target.code if target.code and not target.code.startswith(UID_PREFIX) else now.code
    after = replace(now, name=target.name or now.name, code=code, parent=parent)
    if after != now:
        desk.from_date(unit, day, name=after.name, code=after.code, parent=after.parent)
    elif desk.draft.is_history and now.valid_from is None:
        _was(desk, unit, said, now)


def _was(desk: Desk, unit: Unit, said: Source, now: UnitVersion) -> None:
    """The list shows what the unit became: what it was before is told with the act."""
    eve = desk.draft.eve
    parent = now.parent
    if said.parent:
        above = desk.find(said.parent, eve)
        if above is None:
            desk.findings.append(unknown(desk, said.parent, eve))
            return
        parent = above.uid
    before = UnitVersion(None, eve, said.code or now.code, said.name or now.name, parent)
    if (before.code, before.name, before.parent) == (now.code, now.name, now.parent):
        said_so = say("The register already calls it {name}.", name=now.name)
        advice = say(
            "Tell its earlier name, code or parent in “from”: an object with “code”, “name”, “kind”, “parent”."
        )
        desk.findings.append(fault("act_nothing_before", said_so, advice, unit=now.code))
        return
    first, *rest = unit.versions
    desk.put(replace(unit, versions=(before, replace(first, valid_from=desk.draft.date), *rest)))


# ---- ends


def _dissolve(desk: Desk) -> list[str]:
    found = []
    for said in desk.draft.froms:
        unit = source(desk, said)
        if unit is None:
            continue
        ended = desk.end(unit)
        if ended is None or desk.went_later(unit):
            desk.findings.append(goes_on(desk, unit))
            continue
        desk.put(ended)
        found.append(unit.uid)
    gone = set(found)
    for child in desk.register.units.values():
        version = child.on(desk.draft.date)
        if version and version.parent in gone and child.uid not in gone:
            desk.findings.append(
                fault(
                    "act_has_below",
                    say("{child} still lies in it on {day}.", child=version.name, day=desk.draft.date),
                    say("Move it first, with the same date."),
                    unit=desk.spoken(child.uid),
                )
            )
    return found


def _same(desk: Desk) -> Finding | None:
    """A unit whose only part is one whole old unit of the same code and name is that unit: no act."""
    draft = desk.draft
    if draft.kind is not ActKind.MERGE or len(draft.froms) != 1 or len(draft.tos) != 1 or draft.shares:
        return None
    said, target = draft.froms[0], draft.tos[0]
    before = desk.find(said.code, draft.eve, target.kind) if said.code and not said.part else None
    version = before.on(draft.eve) if before else None
    if version is None or target.code != version.code or fold(target.name or version.name) != fold(version.name):
        return None
    return note("act_same", say("{name} goes on as it was: that is no act.", name=version.name), unit=target.code)
