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
from desktop.wording import say


def list_reports(session: Session) -> Answer:
    """Reports this version can make."""
    from desktop.application.reports import report_list

    found = report_list()
    data = [{"name": one.name, "title": str(one.title), "formats": list(one.formats)} for one in found]
    _ = session
    return Answer(
        data,
        lambda: table(
            (say("Name"), say("Title"), say("Formats")), [(one.name, one.title, one.formats) for one in found]
        ),
    )


def make(session: Session) -> Answer:
    """Write one report to a file."""
    from desktop.application.reports import write_report

    told = session.arguments
    period = told.get("period", Period)
    boundaries = told.maybe("boundaries", date)
    if boundaries not in (None, period.last):
        raise later("report --boundaries")
    if told.maybe("layout", str) not in (None, "decree30"):
        raise later(f"report --layout {told.get('layout', str)}")
    if told.get("format", str) != "pdf":
        raise later(f"report --format {told.get('format', str)}")
    with session.record() as record:
        made = write_report(
            record,
            name=told.get("name", str),
            unit=told.maybe("unit", str),
            period=period,
            format=told.get("format", str),
            out=told.get("out", Path),
            today=session.today,
        )
    data = {
        "file": str(made.file),
        "pages": made.pages,
        "sha256": made.sha256,
        "findings": findings_json(made.findings),
        "changed": False,
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
            Option("layout", one_of("decree30", "statistical", "party"), "decree30|statistical|party"),
            Option("boundaries", a_day, "DATE"),
        ),
    ),
)
