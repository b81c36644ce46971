"""Keys: the record's own, and those of the offices it exchanges packages with (`contract/record.md` 8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.tables import offices, partners
from db.tables.offices import Office
from db.tables.partners import OwnKey, Partner
from desktop.application.changes import Changes, Subject, changed
from desktop.application.records import Record
from desktop.errors import AppError, UsageError
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.exchange.package.keys import Identity, KeyFile

ROLES: Final = ("parent", "child", "desk")
_HEIGHT: Final = {"commune": 0, "district": 1, "area": 1, "province": 2}


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as people see it; `public` is the text of the key file, `role` is None for our own."""

    office: str
    code: str | None
    name: str
    level: str
    fingerprint: str
    public: str
    confirmed: bool
    role: str | None = None
    serial: int = 1
    revoked_from: str | None = None


def new_own_identity(record: Record, *, office: Office) -> str:
    """Draw the first keys of a new office, inside its change; gives the fingerprint."""
    from desktop.exchange.package.keys import new_identity

    identity = new_identity(
        office=office.uid,
        code=office.code or office.uid[:8],
        name=office.name,
        level=office.level,
        made=record.stamp(),
    )
    _keep(record, identity)
    return identity.public.fingerprint


def _keep(record: Record, identity: Identity) -> None:
    partners.put_own(
        record,
        OwnKey(
            identity.public.serial,
            identity.public.data.decode("utf-8"),
            identity.private.to_bytes(),
            False,
            record.stamp(),
        ),
    )


def identities(record: Record) -> list[Identity]:
    """All our keys, the newest last: what was sealed for an older one can still be opened."""
    from desktop.exchange.package.keys import Identity, PrivateKeys, read_key_file

    return [
        Identity(read_key_file(key.public.encode("utf-8")), PrivateKeys.from_bytes(key.private))
        for key in sorted(partners.own_keys(record), key=lambda key: key.serial)
    ]


def identity(record: Record) -> Identity:
    """The keys in use; AppError `no_keys`. Their file tells the office as it was when they were drawn."""
    held = identities(record)
    if not held:
        raise AppError("no_keys", say("This record has no keys yet."), say("Set the office up first."))
    return held[-1]


def own_key(record: Record, *, on: date) -> KeyView:
    """Our key file with the office's present name and code, and its fingerprint."""
    from desktop.exchange.package.keys import rewritten

    current = identity(record)
    office = offices.own(record, on)
    if office is not None:
        code = office.code or office.uid[:8]
        named = (current.public.name, current.public.code, current.public.level)
        if named != (office.name, code, office.level):
            current = rewritten(current, code=code, name=office.name, level=office.level, made=record.stamp())
    return _view(current.public, confirmed=True)


def _view(file: KeyFile, *, confirmed: bool, partner: Partner | None = None) -> KeyView:
    return KeyView(
        file.office,
        file.code,
        file.name,
        file.level,
        file.fingerprint,
        file.data.decode("utf-8"),
        confirmed,
        partner.role if partner else None,
        file.serial,
        partner.revoked_from if partner else None,
    )


def export_key(record: Record, *, out: Path, on: date) -> KeyView:
    """Write our key file."""
    view = own_key(record, on=on)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(view.public, encoding="utf-8", newline="\n")
    return view


def list_keys(record: Record) -> list[KeyView]:
    """The keys this record trusts, revoked ones too."""
    return [_seen(partner) for partner in known_partners(record)]


def known_partners(record: Record) -> list[Partner]:
    """The partners' keys, oldest first; not those offices we wrote to before we had any key of theirs."""
    return [partner for partner in partners.everyone(record) if partner.key_file]


def _seen(partner: Partner) -> KeyView:
    return _view(key_file_of(partner), confirmed=partner.confirmed, partner=partner)


def key_file_of(partner: Partner) -> KeyFile:
    """The key file a partner gave, verified again."""
    from desktop.exchange.package.keys import read_key_file

    return read_key_file(partner.key_file.encode("utf-8"))


def trust(
    record: Record, *, data: bytes, role: str | None = None, fingerprint: str | None = None, on: date
) -> tuple[KeyView, Changes]:
    """Take a partner's key file in; confirmed where the digits read on the telephone agree.

    A newer key of a known office is taken where the older one signed it, or with the fingerprint confirmed.
    """
    from desktop.exchange.package.keys import read_key_file, same_fingerprint

    file = read_key_file(data)
    own = offices.own(record, on)
    if own is not None and file.office == own.uid and role != "desk":
        raise AppError(
            "own_key", say("This is the key of this very office."), say("Ask the other office for its key file.")
        )
    if fingerprint is not None and not same_fingerprint(fingerprint, file.fingerprint):
        raise _other_digits(file.fingerprint)
    if role is not None and role not in ROLES:
        raise UsageError("bad_role", say("A partner is parent, child or desk."), say("Say one of these three."))
    known = [partner for partner in known_partners(record) if partner.office == file.office]
    same = next((partner for partner in known if key_file_of(partner).sign.text == file.sign.text), None)
    chosen = role or (same.role if same else known[-1].role if known else _role(own, file))
    sure = fingerprint is not None or (same is not None and same.confirmed)
    with record.change(say("Trust the key of {name}", name=file.name), source="keys") as change:
        if same is not None:
            wanted = _renewed(same, file, chosen, confirmed=sure)
            if replace(wanted, key_file="") != replace(same, key_file=""):
                partners.put(record, wanted)
        else:
            signed = _follows(known, file)
            if known and not signed and not sure:
                raise AppError(
                    "key_changed",
                    say("{name} has another key now, which its old key did not sign.", name=file.name),
                    say("Have the thirty digits read to you on the telephone and give them."),
                )
            made = _partner(file, chosen, confirmed=sure or bool(signed and signed.confirmed))
            number = partners.put(record, replace(made, id=_written_to(record, file.code)))
            if signed:
                partners.put(record, replace(signed, replaced_by=number))
    view = next(key for key in list_keys(record) if key.fingerprint == file.fingerprint)
    return view, changed(change.rows, Subject.PARTNERS)


def _renewed(same: Partner, file: KeyFile, role: str, *, confirmed: bool) -> Partner:
    """The same key in a later file; that it was revoked or replaced stays true."""
    return replace(
        _partner(file, role, confirmed=confirmed),
        id=same.id,
        revoked_from=same.revoked_from,
        revoked_reason=same.revoked_reason,
        replaced_by=same.replaced_by,
    )


def _written_to(record: Record, code: str) -> int | None:
    """The partner we wrote to by its code before we had its key: the stream goes on."""
    found = (partner.id for partner in partners.everyone(record) if not partner.key_file and partner.code == code)
    return next(found, None)


def _follows(known: list[Partner], file: KeyFile) -> Partner | None:
    from desktop.exchange.package.keys import is_signed_by

    return next((partner for partner in known if is_signed_by(file, key_file_of(partner).sign)), None)


def _role(own: Office | None, file: KeyFile) -> str:
    """Who stands above is the parent; to everybody else the rights of a child."""
    if own is None or _HEIGHT[file.level] > _HEIGHT[own.level]:
        return "parent"
    return "child"


def _partner(file: KeyFile, role: str, *, confirmed: bool) -> Partner:
    return Partner(
        office=file.office,
        role=role,
        code=file.code,
        name=file.name,
        level=file.level,
        key_file=file.data.decode("utf-8"),
        sign_key=file.sign.text,
        seal_key=file.seal,
        escrow=file.escrow,
        serial=file.serial,
        confirmed=confirmed,
    )


def _other_digits(right: str) -> AppError:
    return AppError(
        "fingerprint_differs",
        say("The digits do not agree with the key file, which has {digits}.", digits=right),
        say("Have them read again; if they still differ, do not trust this file."),
    )


def find_partner(record: Record, name: str) -> Partner:
    """The partner meant by an office id, its own code or a unit code, where that is unique; its newest key."""
    newest = {partner.office: partner for partner in known_partners(record) if partner.replaced_by is None}
    meant = [partner for partner in newest.values() if name in (partner.office, partner.code)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AppError(
            "ambiguous_partner",
            say("Several partners are called {name}.", name=name),
            say("Say which by the office's id; “sotram key list --json” shows it."),
        )
    raise AppError(
        "unknown_partner",
        say("No partner {name} is known.", name=name),
        say("Take its key file in first: “sotram key trust”."),
    )


def confirm(record: Record, *, name: str, fingerprint: str) -> tuple[KeyView, Changes]:
    """Confirm a partner's key with the thirty digits read on the telephone."""
    from desktop.exchange.package.keys import same_fingerprint

    partner = find_partner(record, name)
    right = key_file_of(partner).fingerprint
    if not same_fingerprint(fingerprint, right):
        raise _other_digits(right)
    with record.change(say("Confirm the key of {name}", name=partner.name), source="keys") as change:
        if not partner.confirmed:
            partners.put(record, replace(partner, confirmed=True))
    return _seen(find_partner(record, name)), changed(change.rows, Subject.PARTNERS)


def revoke(record: Record, *, name: str, from_day: date, reason: str) -> tuple[KeyView, Changes]:
    """Stop trusting a partner's key from a day on, with a reason."""
    if not reason.strip():
        raise AppError("reason_needed", say("A reason is needed."), say("Say in a few words why."))
    partner = find_partner(record, name)
    with record.change(say("Revoke the key of {name}", name=partner.name), source="keys") as change:
        wanted = replace(partner, revoked_from=from_day.isoformat(), revoked_reason=reason.strip())
        if wanted != partner:
            partners.put(record, wanted)
    return _seen(find_partner(record, name)), changed(change.rows, Subject.PARTNERS)


def replace_own(record: Record, *, on: date) -> KeyView:
    """Draw new keys of our own; the old one signs them, and still opens what was sealed for it."""
    from desktop.exchange.package.keys import new_identity

    office = offices.own(record, on)
    if office is None:
        raise AppError("no_office", say("This record has no office yet."), say("Set the office up first."))
    made = new_identity(
        office=office.uid,
        code=office.code or office.uid[:8],
        name=office.name,
        level=office.level,
        made=record.stamp(),
        replacing=identity(record),
    )
    with record.writing():
        _keep(record, made)
    return own_key(record, on=on)
