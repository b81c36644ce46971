"""`submission list` and the steps of a form's life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_day, a_period
from desktop.cli.output import Answer, iso, table
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.system.i18n import render
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.application.submissions import SubmissionRow


def list_submissions(session: Session) -> Answer:
    """Where every commune's forms of a period stand."""
    from desktop.application.submissions import rows

    with session.record() as record:
        found = rows(record, period=session.arguments.get("period", Period), form=session.arguments.maybe("form", str))
    heads = (
        *(say("Code"), say("Commune"), say("Form"), say("Where it stands"), say("Errors"), say("Warnings")),
        *(say("Received on"),),
    )
    return Answer(
        [_row_json(row) for row in found],
        lambda: table(
            heads,
            [
                (
                    *(row.commune.code, row.commune.name, row.form, STATES.get(row.state, row.state)),
                    *(row.errors, row.warnings, row.received_on or ""),
                )
                for row in found
            ],
        ),
    )


STATES: Final[dict[str, Sentence]] = {
    "not_started": say("not started"),
    "in_entry": say("in entry"),
    "complete": say("complete"),
    "checked": say("checked"),
    "locked": say("locked"),
    "returned": say("returned"),
}


def _row_json(row: SubmissionRow) -> dict[str, object]:
    return {
        "unit": row.commune.code,
        "form": row.form,
        "period": row.period,
        "state": row.state,
        "errors": row.errors,
        "warnings": row.warnings,
        "received_on": iso(row.received_on),
        "on_time": row.on_time,
        "holder": row.holder,
        "correction": row.correction,
        "reason": row.reason,
    }


def _step(step: str) -> Callable[[Session], Answer]:
    def take(session: Session) -> Answer:
        from desktop.application import submissions

        told = session.arguments
        unit, form, period = told.get("unit", str), told.get("form", str), told.get("period", Period)
        reason, received = told.maybe("reason", str), told.maybe("received", date)
        with session.record() as record:
            match step:
                case "complete":
                    changes = submissions.complete(
                        record, unit=unit, form=form, period=period, reason=reason, received_on=received
                    )
                case "check":
                    changes = submissions.check(record, unit=unit, form=form, period=period)
                case "return":
                    changes = submissions.give_back(record, unit=unit, form=form, period=period, reason=reason or "")
                case "lock":
                    changes = submissions.lock(record, unit=unit, form=form, period=period)
                case _:
                    changes = submissions.reopen(record, unit=unit, form=form, period=period, reason=reason or "")
            state = next(
                row.state for row in submissions.rows(record, period=period, form=form) if row.commune.code == unit
            )
        data = {
            "id": f"{unit}/{form}/{period.id}",
            "unit": unit,
            "form": form,
            "period": period.id,
            "state": state,
            "changed": changes.changed,
        }
        return Answer(data, lambda: [f"{unit} {form} {period.id}: {render(STATES[state])}"])

    return take


_ABOUT: Final[dict[str, Sentence]] = {
    "complete": say("Say that a form is complete; cells not reported need a reason"),
    "check": say("Say that a complete form was checked"),
    "return": say("Return a form for entry, with a reason"),
    "lock": say("Lock a checked form"),
    "reopen": say("Open a locked form again as a correction, with a reason"),
}
_PERIOD: Final = Option("period", a_period, "P", required=True)

COMMANDS: Final = (
    Command(
        ("submission", "list"),
        say("Where the forms of a period stand"),
        list_submissions,
        options=(_PERIOD, Option("form", shown="NAME")),
    ),
    *(
        Command(
            ("submission", step),
            about,
            _step(step),
            options=(
                Option("unit", shown="CODE", required=True),
                Option("form", shown="NAME", required=True),
                _PERIOD,
                Option("reason", shown="TEXT"),
                Option("received", a_day, "DATE"),
            ),
        )
        for step, about in _ABOUT.items()
    ),
)
