"""`office create`, `office show`, `office change`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, codes, one_of, wrong
from desktop.cli.output import Answer, code_of, fields, finding_lines, findings_json, iso, table, tell
from desktop.cli.session import Session, read_text
from desktop.cli.words import spoken
from desktop.domain.findings import Severity
from desktop.domain.office_change import LEVELS
from desktop.system.i18n import render
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.application.office_settings import Dated
    from desktop.application.offices import Commune, OfficeView


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
    """The office as it stands on a day (today, or the last day of its unit), and its settings through time."""
    from desktop.application.office_settings import dated_settings
    from desktop.application.offices import communes_of, office
    from desktop.application.units import last_day_of_seat

    with session.record() as record:
        day = session.arguments.maybe("as-of", date) or last_day_of_seat(record, day=session.today)
        found = office(record, on=day)
        communes = communes_of(record, on=day)
        dated = dated_settings(record)
    return _settled(found, communes, dated)


def change(session: Session) -> Answer:
    """Change the office's settings from a day on: all that a file tells, or nothing."""
    from desktop.application.office_changing import change_settings
    from desktop.application.office_settings import dated_settings
    from desktop.application.offices import communes_of, office
    from desktop.exchange.office_change import read_office_change

    file, day = session.arguments.get("change", Path), session.arguments.get("from", date)
    text = read_text(file)
    with session.record() as record:
        own = office(record, on=day)
        told, findings = read_office_change(text, file.name, office=own.uid)
        notes: tuple[Sentence, ...] = ()
        changed = False
        if told is not None:
            done = change_settings(record, valid_from=day, change=told)
            findings, notes, changed = list(done.findings), done.notes, done.changes.changed
        found, communes, dated = office(record, on=day), communes_of(record, on=day), dated_settings(record)
    for note in notes:
        tell(render(note))
    answer = _settled(found, communes, dated)
    data = {**answer.data} if isinstance(answer.data, dict) else {}
    data |= {"notes": [render(note) for note in notes], "findings": findings_json(findings), "changed": changed}
    if (worst := next((one for one in findings if one.severity is Severity.ERROR), None)) is not None:
        advice = render(worst.advice) if worst.advice else None
        data = {"error": {"code": worst.rule, "title": render(worst.message), "advice": advice}} | data

    def lines() -> Iterator[str]:
        yield from finding_lines(findings)
        if worst is None:
            yield from answer.lines()
        else:
            yield render(say("Nothing was changed."))

    return Answer(data, lines, code_of(findings))


def _settled(found: OfficeView, communes: Sequence[Commune], dated: Sequence[Dated]) -> Answer:
    """The office on a day with its settings then, and all settings through time."""
    settings = _settings_json(found)
    data = {
        "office": _office_json(found),
        "settings": settings
        | {
            "dated": [
                {
                    "from": iso(one.valid_from),
                    "office": _office_json(one.office),
                    "settings": _settings_json(one.office),
                    "communes": _communes_json(one.communes),
                    "basis": one.basis,
                }
                for one in dated
            ]
        },
        "communes": _communes_json(communes),
    }

    def lines() -> Iterator[str]:
        yield from _office_lines(found)
        yield ""
        for name, value in settings.items():
            yield f"{name.ljust(14)}  {_plain(value)}".rstrip()
        yield ""
        yield from _commune_lines(communes)
        yield ""
        heads = (say("From day"), say("Office"), say("Code"), say("Level"), say("Communes"))
        rows = [
            (one.valid_from, one.office.name, one.office.code, spoken(one.office.level), len(one.communes))
            for one in dated
        ]
        yield from table(heads, rows)

    return Answer(data, lines)


def _settings_json(office: OfficeView) -> dict[str, object]:
    """What stands on its papers; keys as CHANGE.json takes them."""
    told = asdict(office.letterhead)
    del told["name_line"]
    signers = [
        {
            "role": one.role,
            "post": one.post,
            "name": one.name,
            "from": one.valid_from or None,
            "to": one.valid_to or None,
        }
        for one in office.letterhead.signers
    ]
    lines = [line or office.name for line in office.letterhead.name_lines]
    return told | {"name_lines": lines, "signers": signers}


def _plain(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(one if isinstance(one, str) else f"{one['post']} {one['name']}".strip() for one in value)
    return str(value).replace("\n", " / ")


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
    Command(
        ("office", "show"),
        say("The office, its communes and what stands on its papers"),
        show,
        options=(Option("as-of", a_day, "DATE"),),
    ),
    Command(
        ("office", "change"),
        say("Change the office from a day on; what is not told stays as it was"),
        change,
        places=(Word("change", a_path, "CHANGE.json"),),
        options=(Option("from", a_day, "DATE", required=True),),
    ),
)
