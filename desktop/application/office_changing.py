"""One change of the office's settings from a day: planned and shown whole, then written as one, then taken back whole.

A district record becomes an area office with all its past: office id, keys and figures stay; periods that ended
before the day keep the name lines and communes they had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from db.tables import offices, partners, units
from desktop.application.changes import Changes, Subject, changed
from desktop.application.letterheads import Letterhead, default_above, default_letterhead, default_name
from desktop.application.office_lists import serve
from desktop.application.office_seats import NewSeat, NoSeatError, new_seat, top, unknown
from desktop.application.offices import Commune, OfficeView, by_code, communes_of, office, office_of
from desktop.application.records import Record
from desktop.application.successors import Proposed, proposed_communes
from desktop.domain.acts_drafts import EARLIEST, LATEST
from desktop.domain.findings import Finding, Severity
from desktop.domain.letterheads import HEAD, Signer
from desktop.domain.office_change import OfficeChange
from desktop.domain.units import Register, Unit, UnitKind, spoken_code
from desktop.errors import AppError
from desktop.wording import Sentence, say

DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Plan:
    """What a change would do; nothing is written yet. `served` is the new list of communes (uids), None: as it was."""

    valid_from: date
    before: OfficeView
    before_communes: tuple[Commune, ...]
    held: offices.Office
    after: offices.Office | None = None
    seat: NewSeat | None = None
    served: list[str] | None = None
    communes: tuple[Commune, ...] = ()
    notes: list[Sentence] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def can_be_done(self) -> bool:
        """Whether nothing stands against it."""
        return self.after is not None and not any(one.severity is Severity.ERROR for one in self.findings)


@dataclass(frozen=True, slots=True)
class OfficeChanged:
    """The office from the day of a change on; nothing was written where a finding is an error."""

    office: OfficeView
    communes: tuple[Commune, ...]
    notes: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    changes: Changes


def change_settings(record: Record, *, valid_from: date, change: OfficeChange) -> OfficeChanged:
    """Plan and write a change from a day on; all of it, or nothing where a finding is an error."""
    plan = planned(record, valid_from=valid_from, change=change)
    done = carry_out(record, plan=plan) if plan.can_be_done else Changes()
    now = office(record, on=valid_from)
    return OfficeChanged(now, tuple(communes_of(record, on=valid_from)), tuple(plan.notes), tuple(plan.findings), done)


def planned(record: Record, *, valid_from: date, change: OfficeChange) -> Plan:
    """What a change would do, with everything that stands against it; AppError only in a record without office."""
    held = offices.own(record, valid_from)
    eve = max(valid_from, date.min + DAY) - DAY
    before = office_of(record, on=eve)
    if held is None or before is None:
        raise AppError("no_office", say("This record has no office yet."), say("Set the office up first."))
    plan = Plan(valid_from, before, tuple(communes_of(record, on=eve)), held)
    if not EARLIEST <= valid_from <= LATEST:
        said = say("No office is known on {day}.", day=valid_from)
        advice = say("Give the day of the decision, from {first} to {last}.", first=EARLIEST, last=LATEST)
        plan.findings.append(Finding("bad_day", Severity.ERROR, said, advice))
        return plan
    try:
        plan.seat = new_seat(record, held, change, on=valid_from)
    except NoSeatError as fault:
        plan.findings.append(fault.finding)
        _communes(record, plan, change, None)
        return plan
    plan.notes += plan.seat.notes
    _communes(record, plan, change, plan.seat)
    _office(record, plan, change, plan.seat)
    return plan


# ---- the communes it serves


def _communes(record: Record, plan: Plan, change: OfficeChange, seat: NewSeat | None) -> None:
    register, day = units.register(record), plan.valid_from
    level = change.level or plan.held.level
    if change.communes is not None:
        plan.served = _told(record, register, plan, change.communes)
    elif seat is not None and seat.moved and level == "commune":
        plan.served = [seat.unit.uid]
    elif seat is not None and seat.moved and level in ("province", "district"):
        plan.served = [unit.uid for unit, _ in register.under(seat.unit.uid, day) if unit.kind is UnitKind.COMMUNE]
    elif level == "area" and plan.held.level != "area":
        found = proposals(record, on=day)
        names = ", ".join(f"{one.code} {one.name}" for one in found)
        plan.findings.append(
            Finding(
                "area_needs",
                Severity.ERROR,
                say("Tell the communes the area office serves from {day}.", day=day),
                say("Those that hold parts of its communes: {names}.", names=names) if names else None,
            )
        )
    known = plan.served if plan.served is not None else offices.communes(record, plan.held.uid, day)
    listed = (_commune(register.units[uid], day) for uid in known if register.units[uid].on(day))
    plan.communes = tuple(sorted(listed, key=by_code))


def _commune(unit: Unit, day: date) -> Commune:
    version = unit.on(day) or unit.versions[-1]
    return Commune(unit.uid, spoken_code(unit, version), version.name)


def _told(record: Record, register: Register, plan: Plan, codes: Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for code in codes:
        unit = register.find(code, plan.valid_from)
        if unit is not None and unit.kind is UnitKind.COMMUNE and unit.on(plan.valid_from) is not None:
            found[unit.uid] = None
        else:
            gone = next((u for u in reversed(register.last_holder(code)) if u.kind is UnitKind.COMMUNE), None)
            advice = _became(record, gone, plan.valid_from) if gone is not None else None
            plan.findings.append(unknown(register, code, plan.valid_from, advice))
    return list(found)


def _became(record: Record, gone: Unit, day: date) -> Sentence | None:
    now = proposed_communes(record, served=[gone.uid], on=day)
    if not now or gone.on(day) is not None:
        return None
    names = ", ".join(f"{one.name} ({one.code})" for one in now)
    return say("{name} went into {names}.", name=gone.versions[-1].name, names=names)


def proposals(record: Record, *, on: date) -> list[Proposed]:
    """The communes that hold parts of those served the day before, by code: what the guided act proposes.

    An island district had no communes: it went into one itself.
    """
    own = offices.own(record, on - DAY)
    served = [commune.uid for commune in communes_of(record, on=on - DAY)]
    served += [own.unit] if own is not None and own.unit is not None else []
    return sorted(proposed_communes(record, served=served, on=on), key=by_code)


# ---- the office itself


def _office(record: Record, plan: Plan, change: OfficeChange, seat: NewSeat) -> None:
    held, day = plan.held, plan.valid_from
    register = units.register(record)
    old = register.units.get(held.unit or "")
    level = change.level or held.level
    name = change.name or _name(plan, old, seat, level)
    code = change.code or _code(plan, old, seat, level)
    _free(plan, register, code, seat)
    parent = _parent(record, plan, register, change, seat)
    told = dict(change.letterhead)
    head = Letterhead.of(held.letterhead)
    if seat.moved or change.level or change.name or change.parent is not None:
        head = _refreshed(record, plan, head, old, seat, (level, name, parent))
    if head.signers and "signers" not in told and told.keys() & {"signer_post", "signer_name"}:
        post, who = told.pop("signer_post", head.signer_post), told.pop("signer_name", head.signer_name)
        told["signers"] = (*head.signers, Signer(post, who, HEAD, day.isoformat()))
    head = replace(head, **told)
    if seat.made is not None and code is not None:
        version = replace(seat.version, code=code, name=name)
        versions = tuple(version if one == seat.version else one for one in seat.made.versions)
        plan.seat = replace(seat, version=version, made=Unit(seat.unit.uid, UnitKind.AREA, versions))
    basis = change.basis if change.basis is not None else (None if seat.moved else held.basis)
    plan.after = offices.Office(held.uid, day, level, seat.unit.uid, code, name, parent, basis or None, asdict(head))


def _name(plan: Plan, old: Unit | None, seat: NewSeat, level: str) -> str:
    """The name as it was; where it was the usual one of another seat, the usual one of the new."""
    held = plan.held
    named = {default_name(held.level, version.name) for version in old.versions} if old is not None else set()
    if seat.moved and held.name in named and level != "area":
        return default_name(level, seat.version.name)
    if seat.moved and level == "area" and held.level != "area":
        plan.notes.append(say("No name was told; the office is still called {name}.", name=held.name))
    return held.name


def _code(plan: Plan, old: Unit | None, seat: NewSeat, level: str) -> str | None:
    held = plan.held
    official = {version.code for version in old.versions} if old is not None else set()
    if held.code is not None and (held.code not in official or not seat.moved):
        return held.code
    if level != "area":
        return seat.version.code
    code = f"KV{plan.communes[0].code}" if plan.communes else held.code
    plan.notes.append(say("No own code was given; the office is called {code} on packages.", code=code or ""))
    return code


def _free(plan: Plan, register: Register, code: str | None, seat: NewSeat) -> None:
    other = register.find(code, plan.valid_from) if code else None
    if other is not None and other.uid != seat.unit.uid:
        version = other.on(plan.valid_from)
        plan.findings.append(
            Finding(
                "code_taken",
                Severity.ERROR,
                say("{code} is the code of {name}.", code=code or "", name=version.name if version else ""),
                say("Give the office a code of its own."),
            )
        )


def _parent(record: Record, plan: Plan, register: Register, change: OfficeChange, seat: NewSeat) -> str | None:
    day = plan.valid_from
    if change.parent is not None:
        known = {name for one in partners.everyone(record) for name in (one.office, one.code)}
        if change.parent and register.find(change.parent, day) is None and change.parent not in known:
            plan.findings.append(
                Finding(
                    "unknown_parent",
                    Severity.WARNING,
                    say("{code} is neither a unit on {day} nor an office we know.", code=change.parent, day=day),
                    say("Take its key file in when it comes, and look whether the codes agree."),
                )
            )
        return change.parent or None
    parent = plan.held.parent
    if parent and seat.moved and register.find(parent, day) is None and register.last_holder(parent):
        plan.notes.append(say("The parent {code} no longer stands; the usual one is taken.", code=parent))
        return None
    return parent


def _refreshed(
    record: Record,
    plan: Plan,
    head: Letterhead,
    old: Unit | None,
    seat: NewSeat,
    told: tuple[str, str, str | None],
) -> Letterhead:
    """What was proposed for the old office and never changed is proposed anew; what a person wrote stays."""
    register, held, day = units.register(record), plan.held, plan.valid_from
    level, name, parent = told
    register = Register.of([*register.units.values(), seat.unit]) if seat.made is not None else register
    new = _proposed(register, seat.unit, level, name, parent, day)
    known = [Letterhead()]
    if old is not None:
        days = {min(max(d, old.began or d), old.ended or d) for d in (held.valid_from or day - DAY, day - DAY)}
        known += [_proposed(register, old, held.level, held.name, held.parent, one) for one in days]
    fields = ("parent_line", "symbol", "place", "signer_post", "addressees")
    fresh: dict[str, Any] = {
        name: getattr(new, name) for name in fields if getattr(head, name) in {getattr(one, name) for one in known}
    }
    return replace(head, **fresh)


def _proposed(register: Register, unit: Unit, level: str, name: str, parent: str | None, on: date) -> Letterhead:
    if unit.ended is not None and unit.ended < on:
        on = unit.ended  # an office that stays where its unit ended still has the superior it had
    version = unit.on(on) or unit.versions[-1]
    province = top(register, unit, on)
    above = province.on(on) if province is not None else None
    to = default_above(register, unit, level=level, on=on, parent=parent, name=name)
    return default_letterhead(level, version.name, above.name if above else "", name, above=to, on=on)


# ---- writing it, and the way back


def carry_out(record: Record, *, plan: Plan) -> Changes:
    """Write a planned change as one; nothing where the record already says the same."""
    if plan.after is None or not plan.can_be_done:
        return Changes()
    with record.change(say("Change the office's settings from {day}", day=plan.valid_from), source="office") as change:
        if plan.seat is not None and plan.seat.made is not None:
            units.put_units(record, [plan.seat.made])
        relisted = plan.served is not None and serve(record, plan.held.uid, plan.served, plan.valid_from)
        # A version of its own, though nothing else differs, says that the list was told on this day.
        if relisted or plan.after != replace(plan.held, valid_from=plan.after.valid_from):
            _put(record, plan.held, plan.after)
    return changed(change.rows, Subject.OFFICE)


def _put(record: Record, held: offices.Office, after: offices.Office) -> None:
    """Write the version of the day, and carry what changed into later versions as far as they had not changed it."""
    later = [one for one in offices.versions(record, held.uid) if one.valid_from and one.valid_from > _day(after)]
    offices.put(record, after)
    was, now = _fields(held), _fields(after)
    carried = {name for name in now if now[name] != was.get(name)}
    for version in later:
        told = _fields(version)
        carried = {name for name in carried if told.get(name) == was.get(name)}
        if not carried:
            return
        offices.put(record, _with(version, {name: now[name] for name in carried}))


def _day(version: offices.Office) -> date:
    return version.valid_from or date.min


def _fields(version: offices.Office) -> dict[str, Any]:
    """Settings that change together: the seat as one, each field of the letterhead by itself."""
    head = {f"letterhead.{name}": value for name, value in asdict(Letterhead.of(version.letterhead)).items()}
    seat = (version.level, version.unit, version.code, version.name)
    return {"seat": seat, "parent": version.parent, "basis": version.basis} | head


def _with(version: offices.Office, told: dict[str, Any]) -> offices.Office:
    head = dict(version.letterhead)
    for name, value in told.items():
        if name == "seat":
            level, unit, code, title = value
            version = replace(version, level=level, unit=unit, code=code, name=title)
        elif name.startswith("letterhead."):
            head[name.removeprefix("letterhead.")] = value
        else:
            version = replace(version, **{name: value})
    return replace(version, letterhead=head)


def take_back(record: Record, *, valid_from: date) -> Changes:
    """Take back everything that was changed from a day, whatever was written since; figures stay.

    Communes served from that day are no longer served, those left then are served on. A unit of our own that began
    that day goes with it where nothing stands on it.
    """
    own = offices.own(record, valid_from)
    if own is None:
        raise AppError("no_office", say("This record has no office yet."), say("Set the office up first."))
    with record.change(say("Take back the office's settings from {day}", day=valid_from), source="office") as change:
        if own.valid_from == valid_from:
            offices.drop(record, own)
        for span in offices.spans(record, own.uid):
            if span.valid_from == valid_from:
                offices.drop_span(record, own.uid, span)
            elif span.valid_to == valid_from - DAY:
                offices.put_communes(record, own.uid, [span.unit], valid_from=span.valid_from)
        units.drop_unused(record, [own.unit] if own.unit else [], began=valid_from)
    if not change.rows:
        raise AppError(
            "nothing_to_undo",
            say("Nothing of the office was changed from {day}.", day=valid_from),
            say("“sotram office show” lists the days."),
        )
    return changed(change.rows, Subject.OFFICE)
