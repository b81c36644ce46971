"""`units list`: the register on a day."""

from __future__ import annotations

from datetime import date
from typing import Final

from desktop.cli.arguments import Command, Option, a_day
from desktop.cli.output import Answer, iso, table
from desktop.cli.session import Session
from desktop.cli.words import spoken
from desktop.wording import say


def list_units(session: Session) -> Answer:
    """Units standing on a day, in register order; all, or those below one."""
    from desktop.application.units import units_on

    day = session.arguments.maybe("as-of", date) or session.today
    with session.record_or_shipped() as record:
        found = units_on(record, day=day, under=session.arguments.maybe("under", str))
    data = [
        {
            "uid": row.uid,
            "code": row.code,
            "name": row.name,
            "kind": str(row.kind),
            "parent": row.parent,
            "valid_from": iso(row.valid_from),
            "valid_to": iso(row.valid_to),
        }
        for row in found
    ]
    heads = (say("Code"), say("Name"), say("Kind"), say("Belongs to"), say("From day"), say("To day"))
    return Answer(
        data,
        lambda: table(
            heads, [(row.code, row.name, spoken(row.kind), row.parent, row.valid_from, row.valid_to) for row in found]
        ),
    )


COMMANDS: Final = (
    Command(
        ("units", "list"),
        say("Administrative units standing on a day"),
        list_units,
        options=(Option("as-of", a_day, "DATE"), Option("under", shown="CODE")),
    ),
)
