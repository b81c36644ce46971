"""`criteria zone`, `recognise`, `renewals`: what is decided about communes (beyond the contract's table)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_day, a_text, one_of
from desktop.cli.criteria import UNIT, YEAR
from desktop.cli.output import Answer, iso, table
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.criteria_recognitions import Renewal


def zone(session: Session) -> Answer:
    """Say which zone a commune is in from a day on, and by which decision."""
    from desktop.application.criteria_zones import set_zone

    told = session.arguments
    number = told.get("zone", str)
    with session.record() as record:
        changes = set_zone(
            record, unit=told.get("unit", str), zone=None if number == "none" else int(number),
            day=told.get("from", date), basis=told.maybe("basis", str) or "",
        )  # fmt: skip
    return Answer(
        {"unit": told.get("unit", str), "changed": changes.changed},
        lambda: iter([render(say("The zone is noted."))]),
    )


def recognise(session: Session) -> Answer:
    """Note the province's decision that recognises a commune for a year."""
    from desktop.application.criteria_recognitions import forget
    from desktop.application.criteria_recognitions import recognise as note

    told = session.arguments
    unit, year, day = told.get("unit", str), told.get("year", int), told.get("date", date)
    with session.record() as record:
        if told.flag("remove"):
            changes = forget(record, unit=unit, day_of_decision=day, today=Period.of_year(year).last)
        else:
            changes = note(
                record,
                unit=unit,
                year=year,
                decision=told.get("decision", str),
                day=day,
                withdrawn=told.maybe("withdrawn", date),
            )
    data = {"unit": unit, "year": year, "changed": changes.changed}
    words = say("The decision is taken away.") if told.flag("remove") else say("The recognition is noted.")
    return Answer(data, lambda: iter([render(words)]))


def renewals(session: Session) -> Answer:
    """Recognitions that end within some days, or have ended."""
    from desktop.application.criteria_recognitions import renewals as due

    with session.record() as record:
        found = due(record, today=session.today)
    heads = (say("Commune"), say("Decision"), say("Recognised until"), say("Days left"))
    shown = [(_name(one), one.recognised.decision, iso(one.due) or "", one.days) for one in found]
    data = [
        {"unit": one.commune.code, "decision": one.recognised.decision, "date": iso(one.recognised.day),
         "year": one.recognised.year, "due": iso(one.due), "days": one.days,
         "former": one.former.code if one.former else None}
        for one in found
    ]  # fmt: skip
    return Answer(data, lambda: table(heads, shown))


def _name(one: Renewal) -> str:
    return f"{one.commune.name} ({one.former.name})" if one.former else one.commune.name


COMMANDS: Final = (
    Command(
        ("criteria", "zone"),
        say("Say the zone (1, 2, 3) of a commune by distance and terrain"),
        zone,
        options=(
            UNIT,
            Option("zone", one_of("1", "2", "3", "none"), "1|2|3|none", required=True),
            Option("from", a_day, "DATE", required=True),
            Option("basis", a_text, "TEXT"),
        ),
    ),
    Command(
        ("criteria", "recognise"),
        say("Note a decision that recognises a commune"),
        recognise,
        options=(
            UNIT,
            YEAR,
            Option("decision", a_text, "NUMBER", required=True),
            Option("date", a_day, "DATE", required=True),
            Option("withdrawn", a_day, "DATE"),
            Option("remove", flag=True),
        ),
    ),
    Command(("criteria", "renewals"), say("Recognitions that end soon or have ended"), renewals),
)
