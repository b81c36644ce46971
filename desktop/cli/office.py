"""`office create`, `office show`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_day, codes, one_of, wrong
from desktop.cli.output import Answer, fields, iso, table, tell
from desktop.cli.session import Session
from desktop.cli.words import spoken
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.application.offices import Commune, OfficeView

LEVELS: Final = ("commune", "district", "area", "province")


def create(session: Session) -> Answer:
    """Make a new record for an office."""
    from desktop.application.offices import create_office

    told = session.arguments
    level = told.get("level", str)
    communes = told.maybe("communes", tuple) or ()
    name = told.maybe("name", str)
    if level == "area" and not (name and communes):
        raise wrong(say("An area office needs --name and --communes."))
    made = create_office(
        session.path,
        level=level,
        unit=told.get("unit", str),
        today=session.today,
        name=name,
        communes=communes,
        own_code=told.maybe("own-code", str),
        basis=told.maybe("basis", str),
        as_of=told.maybe("as-of", date),
        plans=told.many("plan", str),
        parent=told.maybe("parent", str),
        actor=session.common.user,
        passphrase=session.passphrase(),
    )
    notes = [render(note) for note in made.notes]
    for note in notes:
        tell(note)
    data = {
        "office": _office_json(made.office),
        "communes": _communes_json(made.communes),
        "plans": list(made.plans),
        "fingerprint": made.fingerprint,
        "record": str(session.path),
        "notes": notes,
        "changed": True,
    }

    def lines() -> Iterator[str]:
        yield from _office_lines(made.office)
        yield from fields(
            {say("Plans"): ", ".join(made.plans), say("Fingerprint"): made.fingerprint, say("Record"): session.path}
        )
        yield ""
        yield from _commune_lines(made.communes)

    return Answer(data, lines)


def show(session: Session) -> Answer:
    """The office as it stands today, or stood on the last day of its unit, with its letterhead."""
    from desktop.application.offices import communes_of, office
    from desktop.application.units import last_day_of_seat

    with session.record() as record:
        day = last_day_of_seat(record, day=session.today)
        found = office(record, on=day)
        communes = communes_of(record, on=day)
    settings = asdict(found.letterhead)
    data = {"office": _office_json(found), "settings": settings, "communes": _communes_json(communes)}

    def lines() -> Iterator[str]:
        yield from _office_lines(found)
        yield ""
        for name, value in settings.items():
            yield f"{name.ljust(14)}  {', '.join(value) if isinstance(value, tuple) else value}".rstrip()
        yield ""
        yield from _commune_lines(communes)

    return Answer(data, lines)


def _office_json(office: OfficeView) -> dict[str, object]:
    return {
        "id": office.uid,
        "code": office.code,
        "name": office.name,
        "level": office.level,
        "as_of": iso(office.as_of),
        "unit": office.unit,
        "parent": office.parent,
    }


def _office_lines(office: OfficeView) -> Iterator[str]:
    yield from fields(
        {
            say("Office"): office.name,
            say("Code"): office.code,
            say("Level"): spoken(office.level),
            say("Unit"): f"{office.unit or ''} {office.unit_name}",
            say("On the day"): office.as_of,
        }
    )


def _communes_json(communes: Sequence[Commune]) -> list[dict[str, object]]:
    return [{"code": commune.code, "name": commune.name} for commune in communes]


def _commune_lines(communes: Sequence[Commune]) -> Iterator[str]:
    yield from table((say("Code"), say("Commune")), [(commune.code, commune.name) for commune in communes])


COMMANDS: Final = (
    Command(
        ("office", "create"),
        say("Make a new record for an office"),
        create,
        options=(
            Option("level", one_of(*LEVELS), "commune|district|area|province", required=True),
            Option("unit", shown="CODE", required=True),
            Option("name", shown="TEXT"),
            Option("communes", codes, "CODE,…"),
            Option("own-code", shown="TEXT"),
            Option("basis", shown="TEXT"),
            Option("as-of", a_day, "DATE"),
            Option("plan", shown="CODE", many=True),
            Option("parent", shown="CODE"),
        ),
    ),
    Command(("office", "show"), say("The office, its communes and what stands on its papers"), show),
)
