"""`elements`, `indicators`, `forms`, `forms install`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path
from desktop.cli.output import Answer, code_of, count_findings, finding_lines, findings_json, iso, table
from desktop.cli.session import Session, existing_file
from desktop.cli.words import spoken, spoken_status
from desktop.system.i18n import render
from desktop.wording import Label, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.elements import Catalogue


def _catalogue(session: Session) -> Catalogue:
    from desktop.application.catalogue import catalogue

    with session.record_or_shipped() as record:
        return catalogue(record)


def _fields(one: object, *names: str) -> dict[str, object]:
    """Some fields of a definition as JSON says them."""
    told: dict[str, object] = {}
    for name in names:
        value = getattr(one, name)
        told[name] = iso(value) if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    return told


def elements(session: Session) -> Answer:
    """Everything that is entered."""
    found = list(_catalogue(session).elements.values())
    told = ("code", "name_vi", "name_en", "unit", "type", "behaviour", "level", "source", "status", "decimals")
    data = [_fields(one, *told, "minimum", "maximum", "valid_from", "valid_to") for one in found]
    heads = (say("Code"), say("Name"), say("Unit of count"), say("Type"), say("Behaviour"), say("Status"))
    return Answer(
        data,
        lambda: table(
            heads,
            [
                (
                    one.code,
                    Label(one.name_vi, one.name_en),
                    one.unit,
                    spoken(one.type),
                    spoken(one.behaviour),
                    spoken_status(one.status),
                )
                for one in found
            ],
        ),
    )


def indicators(session: Session) -> Answer:
    """Everything that is computed."""
    found = list(_catalogue(session).indicators.values())
    told = ("code", "name_vi", "name_en", "unit", "numerator", "denominator", "factor", "direction", "judged_at")
    data = [_fields(one, *told, "pooled_years", "decimals", "typed", "source") for one in found]
    heads = (say("Code"), say("Name"), say("Unit of count"), say("Numerator"), say("Denominator"), say("Factor"))
    return Answer(
        data,
        lambda: table(
            heads,
            [
                (one.code, Label(one.name_vi, one.name_en), one.unit, one.numerator, one.denominator, one.factor)
                for one in found
            ],
        ),
    )


def forms(session: Session) -> Answer:
    """The forms with their sections."""
    found = list(_catalogue(session).forms.values())
    data = [
        {
            **_fields(form, "code", "name_vi", "name_en", "level", "source", "status", "periods", "due_working_days"),
            "unit": None,
            "type": "form",
            "behaviour": "cumulative" if form.cumulative else "period",
            "sections": [_fields(section, "number", "name_vi", "elements") for section in form.sections],
            **_fields(form, "valid_from", "valid_to"),
        }
        for form in found
    ]
    heads = (say("Code"), say("Name"), say("Level"), say("Period"), say("Columns"), say("Status"))
    return Answer(
        data,
        lambda: table(
            heads,
            [
                (
                    one.code,
                    Label(one.name_vi, one.name_en),
                    spoken(one.level),
                    spoken(one.periods),
                    len(one.elements),
                    spoken_status(one.status),
                )
                for one in found
            ],
        ),
    )


def install(session: Session) -> Answer:
    """Install forms, elements, indicators and rules from a file; an error in it installs nothing."""
    from desktop.application.regimes import install_file

    file = session.arguments.get("file", Path)
    data = existing_file(file).read_bytes()
    with session.record() as record:
        done = install_file(
            record,
            data=data,
            name=file.name,
            begin=session.arguments.maybe("from", date),
            dry_run=session.arguments.flag("dry-run"),
        )
    told = {
        "file": str(file),
        "new": list(done.new),
        "renewed": list(done.renewed),
        "continues": [{"code": code, "old": old} for code, old in done.continues],
        "ends": [{"form": code, "valid_to": iso(day)} for code, day in done.ends],
        "findings": findings_json(done.findings),
        "changed": done.changes.changed,
    }

    def lines() -> Iterator[str]:
        yield from finding_lines(done.findings)
        yield render(count_findings(done.findings))
        yield render(say("New: {codes}", codes=", ".join(done.new) or "–"))
        yield render(say("Renewed: {codes}", codes=", ".join(done.renewed) or "–"))
        for code, old in done.continues:
            yield render(say("{code} continues {old}.", code=code, old=old))
        for code, day in done.ends:
            yield render(say("{form} ends on {day}.", form=code, day=day))

    return Answer(told, lines, code_of(done.findings))


def template(session: Session) -> Answer:
    """What is installed as a workbook to change and install again; or an empty one."""
    from desktop.application.regimes import write_regime

    out = session.arguments.get("out", Path)
    with session.record_or_shipped() as record:
        file = write_regime(record, out=out, today=session.today, empty=session.arguments.flag("empty"))
    return Answer({"file": str(file)}, lambda: iter([str(file)]))


COMMANDS: Final = (
    Command(("elements",), say("Elements: what is entered"), elements),
    Command(("indicators",), say("Indicators: what is computed"), indicators),
    Command(("forms",), say("Forms with their sections"), forms),
    Command(
        ("forms", "install"),
        say("Install forms, elements, indicators and check rules from a file"),
        install,
        (Word("file", a_path, "FILE"),),
        (Option("from", a_day, "DATE"), Option("dry-run", flag=True)),
    ),
    Command(
        ("forms", "template"),
        say("Write a workbook of forms and elements to fill in and install"),
        template,
        options=(Option("out", a_path, "FILE", required=True), Option("empty", flag=True)),
    ),
)
