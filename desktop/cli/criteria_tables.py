"""`criteria install`, `remove`, `template`: the office's tables of sub-criteria (beyond the contract's table)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from desktop.cli.arguments import Command, Option, Word, a_path, a_text
from desktop.cli.criteria import SET
from desktop.cli.output import Answer, code_of, count_findings, finding_lines, findings_json
from desktop.cli.session import Session
from desktop.system.i18n import render
from desktop.wording import say


def install(session: Session) -> Answer:
    """Install an official table of sub-criteria from a workbook; --dry-run only shows what it changes."""
    from desktop.application.criteria_tables import install as put_in

    told, file = session.arguments, session.arguments.get("file", Path)
    with session.record() as record:
        done = put_in(record, content=file.read_bytes(), name=file.name, dry_run=told.flag("dry-run"))
    data = {
        "set": done.criteria.decided if done.criteria else None,
        "table": done.criteria.code if done.criteria else None,
        "first_year": done.criteria.first_year if done.criteria else None,
        "rows": len(done.criteria.rows) if done.criteria else 0,
        "differences": [{"code": one.code, "what": render(one.what)} for one in done.differences],
        "years_kept": list(done.years_kept),
        "findings": findings_json(done.findings),
        "changed": done.changes.changed,
    }

    def lines() -> Iterator[str]:
        yield from finding_lines(done.findings)
        yield render(count_findings(done.findings))
        for one in done.differences:
            yield f"{one.code or '*'}: {render(one.what)}"
        if done.criteria is not None:
            yield render(
                say("Table {code}, used from {year}.", code=done.criteria.code, year=str(done.criteria.first_year))
            )

    return Answer(data, lines, code_of(done.findings))


def remove(session: Session) -> Answer:
    """Take away a table that was loaded by mistake; one that points stand by stays."""
    from desktop.application.criteria_tables import remove as take_away

    code = session.arguments.get("set", str)
    with session.record() as record:
        changes = take_away(record, code=code)
    data = {"table": code, "changed": changes.changed}
    return Answer(data, lambda: iter([render(say("The table {code} is taken away.", code=code))]))


def template(session: Session) -> Answer:
    """Write the workbook of a decision's table: what the office loaded, or the empty one in the right shape."""
    from desktop.application.criteria_tables import template_bytes

    told, file = session.arguments, session.arguments.get("file", Path)
    with session.record_or_shipped() as record:
        content = template_bytes(record, code=told.maybe("set", str), made=session.today)
    with file.open("xb") as out:
        out.write(content)
    return Answer({"file": str(file), "changed": False}, lambda: iter([render(say("Written: {file}", file=file.name))]))


_FILE: Final = Word("file", a_path, "FILE.xlsx")
COMMANDS: Final = (
    Command(
        ("criteria", "install"),
        say("Install an official table of sub-criteria from Excel"),
        install,
        (_FILE,),
        (Option("dry-run", flag=True),),
    ),
    Command(
        ("criteria", "remove"),
        say("Take away a table of sub-criteria that nothing was scored by"),
        remove,
        options=(Option("set", a_text, "CODE", required=True),),
    ),
    Command(
        ("criteria", "template"),
        say("Write the Excel table of sub-criteria: the empty one, or what was loaded"),
        template,
        (_FILE,),
        (SET,),
    ),
)
