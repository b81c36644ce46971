"""`key show`, `list`, `trust`, `confirm`, `revoke`, `replace`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, one_of
from desktop.cli.output import Answer, fields, table, tell
from desktop.cli.session import Session, existing_file
from desktop.cli.words import spoken
from desktop.system.i18n import render
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.application.keys import KeyView

ROLES: Final = ("parent", "child", "desk")


def show(session: Session) -> Answer:
    """This office's own key; with --out its file is written, to be carried to the partner."""
    from desktop.application.keys import export_key, own_key

    out = session.arguments.maybe("out", Path)
    with session.record() as record:
        view = export_key(record, out=out, on=session.today) if out else own_key(record, on=session.today)
    return _one({**_json(view), "file": str(out) if out else None}, view)


def list_all(session: Session) -> Answer:
    """The keys of the offices this record exchanges with."""
    from desktop.application.keys import list_keys

    with session.record() as record:
        found = list_keys(record)
    heads = (say("Code"), say("Office"), say("Role"), say("Fingerprint"), say("Confirmed"))
    return Answer(
        [_json(view) for view in found],
        lambda: table(
            heads,
            [(view.code, view.name, spoken(view.role or ""), view.fingerprint, _is_confirmed(view)) for view in found],
        ),
    )


def trust(session: Session) -> Answer:
    """Take a partner's key file in."""
    from desktop.application import keys

    told = session.arguments
    data = existing_file(told.get("file", Path)).read_bytes()
    with session.record() as record:
        view, changes = keys.trust(
            record,
            data=data,
            role=told.maybe("as", str),
            fingerprint=told.maybe("fingerprint", str),
            on=session.today,
        )
    if not view.confirmed:
        tell(render(say("Not confirmed: compare the fingerprint of {name} by telephone.", name=view.name)))
    return _one({**_json(view), "id": view.office, "changed": changes.changed}, view)


def confirm(session: Session) -> Answer:
    """Confirm a partner's key by the digits read on the telephone."""
    from desktop.application import keys

    told = session.arguments
    with session.record() as record:
        view, changes = keys.confirm(record, name=told.get("code", str), fingerprint=told.get("fingerprint", str))
    return _one({**_json(view), "id": view.office, "changed": changes.changed}, view)


def revoke(session: Session) -> Answer:
    """Trust a partner's key no longer."""
    from desktop.application import keys

    told = session.arguments
    with session.record() as record:
        view, changes = keys.revoke(
            record, name=told.get("code", str), from_day=told.get("from", date), reason=told.get("reason", str)
        )
    return _one({**_json(view), "id": view.office, "changed": changes.changed}, view)


def replace(session: Session) -> Answer:
    """Draw new keys of our own; the old one signs them."""
    from desktop.application.keys import replace_own

    with session.record() as record:
        view = replace_own(record, on=session.today)
    return _one({**_json(view), "id": view.office, "changed": True}, view)


def _json(view: KeyView) -> dict[str, object]:
    return {
        "office": view.office,
        "code": view.code,
        "name": view.name,
        "level": view.level,
        "fingerprint": view.fingerprint,
        "public": view.public,
        "confirmed": view.confirmed,
        "role": view.role,
        "serial": view.serial,
        "revoked_from": view.revoked_from,
    }


def _one(data: dict[str, object], view: KeyView) -> Answer:
    def lines() -> Iterator[str]:
        yield from fields(
            {
                say("Office"): view.name,
                say("Code"): view.code,
                say("Fingerprint"): view.fingerprint,
                say("Confirmed"): _is_confirmed(view),
            }
        )

    return Answer(data, lines)


def _is_confirmed(view: KeyView) -> Sentence:
    if view.revoked_from:
        return say("revoked from {day}", day=view.revoked_from)
    return say("confirmed") if view.confirmed else say("not yet confirmed")


_CODE: Final = Word("code", shown="CODE")

COMMANDS: Final = (
    Command(("key", "show"), say("This office's own key"), show, options=(Option("out", a_path, "FILE"),)),
    Command(("key", "list"), say("Keys of the offices this record exchanges with"), list_all),
    Command(
        ("key", "trust"),
        say("Take a partner's key file in"),
        trust,
        (Word("file", a_path, "FILE"),),
        (Option("as", one_of(*ROLES), "parent|child|desk"), Option("fingerprint", shown="DIGITS")),
    ),
    Command(
        ("key", "confirm"),
        say("Confirm a partner's key by the digits read on the telephone"),
        confirm,
        (_CODE,),
        (Option("fingerprint", shown="DIGITS", required=True),),
    ),
    Command(
        ("key", "revoke"),
        say("Trust a partner's key no longer, from a day on"),
        revoke,
        (_CODE,),
        (Option("from", a_day, "DATE", required=True), Option("reason", shown="TEXT", required=True)),
    ),
    Command(("key", "replace"), say("Draw new keys of this office's own"), replace),
)
