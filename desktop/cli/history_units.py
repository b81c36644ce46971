"""`units history`: units outside the office's communes whose figures the record keeps as history."""

from __future__ import annotations

from datetime import date
from typing import Final

from desktop.application.changes import NOTHING
from desktop.cli.arguments import Command, Option, a_day
from desktop.cli.output import Answer, table
from desktop.cli.session import Session
from desktop.wording import say


def keep(session: Session) -> Answer:
    """Keep the figures of a unit as history (or no longer); without one, list those that are kept."""
    from desktop.application.history_units import keep_history, kept_as_history

    told = session.arguments
    unit, changes = told.maybe("unit", str), NOTHING
    with session.record() as record:
        if unit is not None:
            changes = keep_history(
                record,
                unit=unit,
                day=told.maybe("as-of", date) or session.today,
                basis=told.maybe("basis", str) or "",
                kept=not told.flag("remove"),
                source="cli",
            )
        found = kept_as_history(record)
    data = {"units": [{"code": one.code, "name": one.name} for one in found], "changed": changes.changed}
    return Answer(data, lambda: table((say("Code"), say("Name")), [(one.code, one.name) for one in found]))


COMMANDS: Final = (
    Command(
        ("units", "history"),
        say("Keep the figures of a unit outside the office as history, for series on newer boundaries"),
        keep,
        options=(
            Option("unit", shown="CODE"),
            Option("as-of", a_day, "DATE"),
            Option("basis", shown="TEXT"),
            Option("remove", flag=True),
        ),
    ),
)
