"""`report list`, `report NAME`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, a_period, one_of
from desktop.cli.not_built import later
from desktop.cli.output import Answer, code_of, fields, finding_lines, findings_json, table
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.system.i18n import render
from desktop.wording import Sentence, say

TITLES: Final[dict[str, Sentence]] = {
    "targets": say("Report on the results of the targets"),
    "blank-form": say("Empty form of a commune, to be filled in by hand"),
    "filled-form": say("Form of a commune with its figures, to be signed"),
    "punctuality": say("Summary of which forms came in time"),
    "nutrition": say("Report on the nutrition of children under 5"),
    "weighing-list": say("List of the children of the weighing sessions, by village"),
    "follow-up": say("List of the children to be followed up, by village"),
    "child-card": say("Card of a child with its growth charts (--child)"),
    "criteria-self": say("Sheet in which a commune scores itself by the national criteria (--unit)"),
    "criteria-check": say("Minutes of the office's check of a commune by the national criteria (--unit)"),
    "criteria-summary": say("Points of the communes by the national criteria, to be signed"),
    "criteria-heat": say("Points of the communes by the national criteria, in colours"),
    "criteria-report": say("Report on the national criteria with the plan of the next year"),
    "acute-malnutrition": say("Register of children with acute malnutrition and their treatment"),
    "station-profile": say("Profile of a health station on the last day of the period (--unit)"),
    "station-summary": say("Summary of the health stations by commune"),
}
LAYOUTS: Final = {
    "targets": "decree30",
    "blank-form": "statistical",
    "filled-form": "statistical",
    "punctuality": "decree30",
    "nutrition": "decree30",
    "weighing-list": "decree30",
    "follow-up": "decree30",
    "child-card": "decree30",
    "criteria-self": "decree30",
    "criteria-check": "decree30",
    "criteria-summary": "decree30",
    "criteria-heat": "decree30",
    "criteria-report": "decree30",
    "acute-malnutrition": "decree30",
    "station-profile": "decree30",
    "station-summary": "decree30",
}


def list_reports(session: Session) -> Answer:
    """Reports this version can make; the record does not matter."""
    from desktop.application.reports import REPORTS, formats_of

    del session
    data = [{"name": name, "title": render(TITLES[name]), "formats": list(formats_of(name))} for name in REPORTS]
    heads = (say("Name"), say("Title"), say("Formats"))
    return Answer(data, lambda: table(heads, [(name, TITLES[name], list(formats_of(name))) for name in REPORTS]))


def make(session: Session) -> Answer:
    """Write one report to a file."""
    from desktop.application.children_papers import Which
    from desktop.application.reports import write_report

    told = session.arguments
    period = told.get("period", Period)
    if told.maybe("layout", str) not in (None, LAYOUTS.get(told.get("name", str))):
        raise later(f"report --layout {told.get('layout', str)}")
    with session.record() as record:
        made = write_report(
            record,
            name=told.get("name", str),
            unit=told.maybe("unit", str),
            period=period,
            format=told.get("format", str),
            out=told.get("out", Path),
            today=session.today,
            plan=told.maybe("plan", str),
            form=told.maybe("form", str),
            boundaries=told.maybe("boundaries", date),
            which=Which(
                session_day=told.maybe("session", date),
                village=told.maybe("village", str),
                child=told.maybe("child", str),
            ),
        )
    data = {
        "file": str(made.file),
        "pages": made.pages,
        "sha256": made.sha256,
        "findings": findings_json(made.findings),
    }
    return Answer(
        data,
        lambda: [
            *finding_lines(made.findings),
            *fields({say("File"): made.file, say("Pages"): made.pages, say("SHA-256"): made.sha256}),
        ],
        code_of(made.findings),
    )


COMMANDS: Final = (
    Command(("report", "list"), say("Reports this version can make"), list_reports),
    Command(
        ("report",),
        say("Write a report to a file"),
        make,
        (Word("name", shown="NAME"),),
        (
            Option("unit", shown="CODE"),
            Option("period", a_period, "P", required=True),
            Option("format", one_of("pdf", "docx", "xlsx"), "pdf|docx|xlsx", required=True),
            Option("out", a_path, "FILE", required=True),
            Option("plan", shown="CODE"),
            Option("form", shown="NAME"),
            Option("layout", one_of("decree30", "statistical", "party"), "decree30|statistical|party"),
            Option("boundaries", a_day, "DATE"),
            Option("child", shown="UID"),
            Option("session", a_day, "DATE"),
            Option("village", shown="TEXT"),
        ),
    ),
)
