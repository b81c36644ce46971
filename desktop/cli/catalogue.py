"""`elements`, `indicators`, `forms`, `forms install`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_path
from desktop.cli.output import Answer, code_of, count_findings, finding_lines, findings_json, iso, table
from desktop.cli.session import Session, existing_file
from desktop.cli.words import spoken, spoken_status
from desktop.errors import AppError
from desktop.system.i18n import render
from desktop.wording import Label, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.elements import Catalogue


def _catalogue(session: Session) -> Catalogue:
    from desktop.application.catalogue import catalogue

    with session.record_or_shipped() as record:
        return catalogue(record)


def elements(session: Session) -> Answer:
    """Everything that is entered."""
    found = list(_catalogue(session).elements.values())
    data = [
        {
            "code": element.code,
            "name_vi": element.name_vi,
            "name_en": element.name_en,
            "unit": element.unit,
            "type": str(element.type),
            "behaviour": str(element.behaviour),
            "level": element.level,
            "source": element.source,
            "status": str(element.status),
            "decimals": element.decimals,
            "minimum": element.minimum,
            "maximum": element.maximum,
            "valid_from": iso(element.valid_from),
            "valid_to": iso(element.valid_to),
        }
        for element in found
    ]
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
    data = [
        {
            "code": indicator.code,
            "name_vi": indicator.name_vi,
            "name_en": indicator.name_en,
            "unit": indicator.unit,
            "numerator": indicator.numerator,
            "denominator": indicator.denominator,
            "factor": indicator.factor,
            "direction": str(indicator.direction),
            "judged_at": list(indicator.judged_at),
            "pooled_years": indicator.pooled_years,
            "decimals": indicator.decimals,
            "typed": indicator.typed,
            "source": indicator.source,
        }
        for indicator in found
    ]
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
            "code": form.code,
            "name_vi": form.name_vi,
            "name_en": form.name_en,
            "unit": None,
            "type": "form",
            "behaviour": "cumulative" if form.cumulative else "period",
            "level": form.level,
            "source": form.source,
            "status": str(form.status),
            "periods": form.periods,
            "due_working_days": form.due_working_days,
            "sections": [
                {"number": section.number, "name_vi": section.name_vi, "elements": list(section.elements)}
                for section in form.sections
            ],
            "valid_from": iso(form.valid_from),
            "valid_to": iso(form.valid_to),
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
    from desktop.application.catalogue import install_file

    file = session.arguments.get("file", Path)
    text = read_text(file)
    with session.record() as record:
        done = install_file(record, text=text, name=file.name, dry_run=session.arguments.flag("dry-run"))
    data = {
        "file": str(file),
        "new": list(done.new),
        "renewed": list(done.renewed),
        "findings": findings_json(done.findings),
        "changed": done.changes.changed,
    }

    def lines() -> Iterator[str]:
        yield from finding_lines(done.findings)
        yield render(count_findings(done.findings))
        yield render(say("New: {codes}", codes=", ".join(done.new) or "–"))
        yield render(say("Renewed: {codes}", codes=", ".join(done.renewed) or "–"))

    return Answer(data, lines, code_of(done.findings))


def read_text(file: Path) -> str:
    """The text of a file people write; AppError where it is missing or not UTF-8."""
    try:
        return existing_file(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise AppError(
            "not_text",
            say("{file} is not a text file in UTF-8.", file=file.name),
            say("Save it as UTF-8 and try again."),
        ) from None


COMMANDS: Final = (
    Command(("elements",), say("Elements: what is entered"), elements),
    Command(("indicators",), say("Indicators: what is computed"), indicators),
    Command(("forms",), say("Forms with their sections"), forms),
    Command(
        ("forms", "install"),
        say("Install forms, elements, indicators and check rules from a file"),
        install,
        (Word("file", a_path, "FILE"),),
        (Option("dry-run", flag=True),),
    ),
)
