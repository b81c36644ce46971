"""`check`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.cli.arguments import Command, Option
from desktop.cli.output import Answer, code_of, count_findings, finding_lines, findings_json
from desktop.cli.session import Session
from desktop.system.i18n import _, render
from desktop.wording import say


def check(session: Session) -> Answer:
    """Prove the record sound; with --rules look at its figures too."""
    from desktop.application.health import check_record

    with session.record() as record:
        health = check_record(record, rules=session.arguments.flag("rules"), step=session.step)

    def lines() -> Iterator[str]:
        yield from finding_lines(health.findings)
        yield _("The record is sound: file, journal and chain.") if health.ok else _("The record is not sound.")
        if session.arguments.flag("rules"):
            yield render(count_findings(health.findings))

    data = {"ok": health.ok, "findings": findings_json(health.findings)}
    return Answer(data, lines, code_of(health.findings) or int(not health.ok))


COMMANDS: Final = (
    Command(
        ("check",),
        say("Prove the record sound; with --rules look at its figures too"),
        check,
        options=(Option("rules", flag=True),),
    ),
)
