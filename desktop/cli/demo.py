"""`demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from desktop.cli.arguments import Command, Word, a_path
from desktop.cli.output import Answer, fields
from desktop.cli.session import Session
from desktop.wording import say


def demo(session: Session) -> Answer:
    """Run the main job end to end in an empty folder, on the shipped sample year."""
    from desktop.application.demo import demo as run_demo

    made = run_demo(session.arguments.get("dir", Path), today=session.today, step=session.step)
    data = {
        "record": str(made.record),
        "report": str(made.report),
        "package": str(made.package),
        "province": str(made.province),
        "receipt": str(made.receipt),
        "changed": True,
    }
    return Answer(
        data,
        lambda: fields(
            {
                say("Record"): made.record,
                say("Report"): made.report,
                say("Package"): made.package,
                say("The province's record"): made.province,
                say("Receipt of the province"): made.receipt,
            }
        ),
    )


COMMANDS: Final = (
    Command(
        ("demo",),
        say("The main job end to end in an empty folder, on the shipped sample year"),
        demo,
        (Word("dir", a_path, "DIR"),),
    ),
)
