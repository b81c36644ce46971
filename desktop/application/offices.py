"""The office that runs a record: made once, then changed from a date on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db.tables import offices, units
from desktop.application.changes import Changes, Subject, changed
from desktop.application.records import Record, clear_unfinished, create_record
from desktop.domain.letterheads import Letterhead, signer_on
from desktop.domain.text import fold, nfc
from desktop.domain.units import REFORM, UID_PREFIX, Part, Register, Unit, UnitKind, UnitVersion, spoken_code
from desktop.errors import AppError, UsageError
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    # What makes a new office is loaded when one is made: an open record needs none of it.
    from desktop.application.seats import Seat
    from desktop.domain.plans import Plan


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune the office serves: its uid, its code on the day (or `uid:...`) and its name."""

    uid: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OfficeView:
    """The record's office as it stands on a day; `unit` is the official code, `unit_uid` the unit it sits at.

    `ended` is the last day of that unit where the office still sits there after it: communes may be served by nobody
    until the office is carried on (`office_changing`).
    """

    uid: str
    code: str | None
    name: str
    level: str
    unit: str | None
    unit_uid: str | None
    unit_name: str
    as_of: date
    parent: str | None = None
    letterhead: Letterhead = field(default_factory=Letterhead)
    ended: date | None = None

    @property
    def spoken_unit(self) -> str:
        """The unit's official code, or `uid:...` for one without."""
        return self.unit or f"{UID_PREFIX}{self.unit_uid}"


@dataclass(frozen=True, slots=True)
class OfficeMade:
    """A new record's office, communes, plans, fingerprint of its keys and what should be said about it."""

    office: OfficeView
    communes: tuple[Commune, ...]
    plans: tuple[str, ...]
    fingerprint: str
    notes: tuple[Sentence, ...]


def create_office(
    path: Path,
    *,
    level: str,
    unit: str,
    today: date,
    name: str | None = None,
    communes: Sequence[str] = (),
    own_code: str | None = None,
    basis: str | None = None,
    as_of: date | None = None,
    plans: Sequence[str] = (),
    parent: str | None = None,
    actor: str = "",
    passphrase: str | None = None,
) -> OfficeMade:
    """Make a record for an office (`contract/cli.md`, office create); refused where the file exists."""
    from desktop.application import shipped
    from desktop.application.seats import eras, find_seat, province_of

    _must_be_told(level, name=name, communes=communes)
    if path.exists() and not clear_unfinished(path, passphrase):
        raise AppError(
            "record_exists",
            say("A record already stands at {name}.", name=path.name),
            say("Choose another file name, or open that record."),
        )
    wanted_plans = [shipped.plan(code) for code in plans]
    country, _ = shipped.register()
    seat = find_seat(country, level=level, code=unit, day=as_of or today)
    above, province = province_of(country, seat)
    register, parts = shipped.register(province)
    served = _served(register, level=level, seat=seat, communes=communes)
    served += _former(register, parts, served)
    notes = list(seat.notes)
    if own_code is None and (own_code := _usual_code(level, seat, name or "", communes)) is not None:
        notes.append(say("No own code was given; the office is called {code} on packages.", code=own_code))
    if level == "area":
        register, seat = _with_area(register, seat, nfc(name or ""), own_code)
    record = create_record(path, actor=actor, passphrase=passphrase, today=today)
    try:
        office = [
            _new_office(
                register, level=level, seat=each, province=above, name=name, code=own_code, basis=basis, parent=parent
            )
            for each in eras(level, seat)
        ]
        chosen = wanted_plans or [plan for plan in shipped.plans().values() if _of_province(plan, register)]
        fingerprint = _found(record, register, office, served, chosen)
        made = office_of(record, on=seat.day)
        assert made is not None  # noqa: S101 - written a moment ago
        found = communes_of(record, on=seat.day)
    except BaseException:
        record.close()
        path.unlink(missing_ok=True)
        raise
    record.close()
    if not passphrase:
        notes.append(say("Without a passphrase the record and its private keys lie in clear on this computer."))
    return OfficeMade(made, tuple(found), tuple(plan.code for plan in chosen), fingerprint, tuple(notes))


def _must_be_told(level: str, *, name: str | None, communes: Sequence[str]) -> None:
    from desktop.domain.office_change import LEVELS

    if level not in LEVELS:
        raise UsageError(
            "bad_level",
            say("The level {level} is not known.", level=level),
            say("Choose one of: {words}.", words=", ".join(LEVELS)),
        )
    if level == "area" and not (name and communes):
        raise UsageError(
            "area_needs",
            say("An area office needs --name and --communes."),
            say("Give the codes of its communes, divided by commas."),
        )


def _usual_code(level: str, seat: Seat, name: str, communes: Sequence[str]) -> str | None:
    """A code of its own where the unit's is another office's or there is none; None: the unit's code."""
    if level == "area":
        return f"KV{communes[0]}"
    from desktop.application.letterheads import is_disease_control

    return f"CDC{seat.version.code}" if level == "province" and is_disease_control(name) else None


def _served(register: Register, *, level: str, seat: Seat, communes: Sequence[str]) -> list[str]:
    if communes:
        return [_commune(register, code, seat.day).uid for code in dict.fromkeys(communes)]
    if level == "commune":
        return [seat.unit.uid]
    return [unit.uid for unit, _ in register.under(seat.unit.uid, seat.day) if unit.kind is UnitKind.COMMUNE]


def _former(register: Register, parts: Sequence[Part], served: Sequence[str]) -> list[str]:
    """The communes that went, with all their parts, into those served: their past is this office's to bring in."""
    into: dict[str, set[str]] = {}
    for part in parts:
        into.setdefault(part.old, set()).add(part.new)
    return [old for old, new in into.items() if new <= {*served} and register.units[old].kind is UnitKind.COMMUNE]


def _with_area(register: Register, seat: Seat, name: str, code: str | None) -> tuple[Register, Seat]:
    """An area centre is a unit of its own below the province, with a uid drawn here and no administrative code."""
    from uuid import uuid4

    begin = REFORM if seat.day >= REFORM else None
    version = UnitVersion(begin, None, code, name, seat.unit.uid)
    area = Unit(str(uuid4()), UnitKind.AREA, (version,))
    return Register.of([*register.units.values(), area]), replace(seat, unit=area, version=version)


def _commune(register: Register, code: str, day: date) -> Unit:
    found = register.find(code, day)
    if found is None or found.kind is not UnitKind.COMMUNE:
        raise AppError(
            "unknown_unit",
            say("No commune has the code {code} on {day}.", code=code, day=day),
            say("Look the code up with “sotram units list”."),
        )
    return found


def _of_province(plan: Plan, register: Register) -> bool:
    named = {fold(version.name) for unit in register.units.values() for version in unit.versions if not version.parent}
    return any(name.endswith(" " + fold(plan.province)) for name in named)


def _new_office(
    register: Register,
    *,
    level: str,
    seat: Seat,
    province: str,
    name: str | None,
    code: str | None,
    basis: str | None,
    parent: str | None,
) -> offices.Office:
    from desktop.application.letterheads import default_above, default_letterhead, default_name

    own = code if code is not None else seat.version.code
    reports_to = default_above(register, seat.unit, level=level, on=seat.day, parent=parent, name=nfc(name or ""))
    head = default_letterhead(level, seat.version.name, province, nfc(name or ""), above=reports_to, on=seat.day)
    return offices.Office(
        "",
        seat.begins,
        level,
        seat.unit.uid,
        own,
        nfc(name) if name else default_name(level, seat.version.name),
        parent,
        basis,
        asdict(head),
    )


def _found(
    record: Record, register: Register, versions: list[offices.Office], served: list[str], plans: list[Plan]
) -> str:
    """Write everything a new office begins with, as one change; gives the fingerprint of its new keys."""
    uid = offices.new_uid()
    office = replace(versions[-1], uid=uid)
    from db.tables import plans as plan_rows
    from desktop.application import catalogue
    from desktop.application.keys import new_own_identity

    with record.change(say("Set up the office {name}", name=office.name), source="office"):
        units.put_units(record, (u for u in register.units.values() if u.kind is not UnitKind.AREA), shipped=True)
        units.put_units(record, (u for u in register.units.values() if u.kind is UnitKind.AREA))
        for version in versions:
            offices.put(record, replace(version, uid=uid))
        offices.set_own(record, uid)
        offices.put_communes(record, uid, served)
        catalogue.install_shipped(record)
        for plan in plans:
            plan_rows.put(record, plan)
        return new_own_identity(record, office=office)


def office_of(record: Record, *, on: date, signed: date | None = None) -> OfficeView | None:
    """The record's office as it stands on a day; None in a record without one.

    With `signed`, the day a paper is made, it is signed by whoever signs then (`office_settings.signing_day`).
    """
    office = offices.own(record, on)
    if office is None:
        return None
    day = on
    if signed is not None:
        from desktop.application.office_settings import signing_day

        day = signing_day(record, on=on, today=signed)
    known = units.register(record).units
    unit = known.get(office.unit or "")
    version = (unit.on(on) or unit.versions[-1]) if unit else None
    return OfficeView(
        office.uid,
        office.code,
        office.name,
        office.level,
        version.code if version else None,
        office.unit,
        version.name if version else "",
        on,
        office.parent,
        _letterhead(record, office, day),
        unit.ended if unit is not None and unit.ended is not None and unit.ended < on else None,
    )


def _letterhead(record: Record, standing: offices.Office, day: date) -> Letterhead:
    """The letterhead of a version, signed by whoever signs on a day that may lie under later settings."""
    signing = offices.on(record, standing.uid, day) or standing
    head, later = Letterhead.of(standing.letterhead), Letterhead.of(signing.letterhead)
    told = replace(head, signers=later.signers, signer_post=later.signer_post, signer_name=later.signer_name)
    return told.signed_on(day)


def office(record: Record, *, on: date, signed: date | None = None) -> OfficeView:
    """The record's office (see `office_of`); AppError where the record has none."""
    found = office_of(record, on=on, signed=signed)
    if found is None:
        raise AppError("no_office", say("This record has no office yet."), say("Set the office up first."))
    return found


def communes_of(record: Record, *, on: date) -> list[Commune]:
    """The communes served on a day, in order of their codes."""
    own = offices.own(record, on)
    known = units.register(record).units
    found = []
    for uid in offices.communes(record, own.uid, on) if own else []:
        version = known[uid].on(on)
        if version:
            found.append(Commune(uid, spoken_code(known[uid], version), version.name))
    return sorted(found, key=by_code)


def has_other_boundaries(record: Record, *, today: date) -> bool:
    """Whether any unit of the office ever began or ended: quickly told, without a look at the acts."""
    own, known = offices.own(record, today), units.register(record).units
    if own is None:
        return False
    served = (known[span.unit] for span in offices.spans(record, own.uid))
    return any(
        (unit.began is not None and unit.began <= today) or (unit.ended is not None and unit.ended < today)
        for unit in served
    )


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


def by_code(one: _Coded) -> tuple[bool, str]:
    """The order of communes: by code, those without an official one last."""
    return one.code.startswith(UID_PREFIX), one.code


def amend_letterhead(record: Record, *, on: date, typed: Letterhead) -> Changes:
    """Correct what stands on the papers of a day, from the beginning of the settings then in force.

    Of `typed` only what a page asks for is taken: lists of signers, name line and further superiors stay; the signer
    of the day is corrected in the list where there is one.
    """
    held = offices.own(record, on)
    if held is None:
        raise AppError("no_office", say("This record has no office yet."), say("Set the office up first."))
    head = Letterhead.of(held.letterhead)
    signers, signing = head.signers, signer_on(head.signers, on)
    if signing is not None:
        corrected = replace(signing, post=typed.signer_post or signing.post, name=typed.signer_name)
        signers = tuple(corrected if one is signing else one for one in signers)
    wanted = replace(typed, signers=signers, name_line=head.name_line, also_above=head.also_above)
    with record.change(say("Change the office's settings"), source="office") as change:
        offices.put(record, replace(held, letterhead=asdict(wanted)))
    return changed(change.rows, Subject.OFFICE)


def candidate_seats(text: str, *, level: str, day: date, limit: int = 20) -> list[Commune]:
    """Units of the shipped register whose name or code fits what a person typed, accent-blind; for the first-run guide.

    Units that ended (districts) are offered as they stood on their last day.
    """
    from desktop.application import shipped
    from desktop.application.seats import KIND_OF

    register, _ = shipped.register()
    key, kind = fold(text), KIND_OF[level]
    found = []
    for unit in register.units.values():
        version = unit.on(day) or unit.versions[-1]
        if unit.kind is not kind or not (key in fold(version.name) or key == version.code):
            continue
        above = register.units[version.parent].on(version.valid_to or day) if version.parent else None
        name = f"{version.name}, {above.name}" if above else version.name
        found.append(Commune(unit.uid, spoken_code(unit, version), name))
        if len(found) == limit:
            break
    return found
