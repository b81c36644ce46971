"""`submission list` and the steps of a form's life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_day, a_period, one_of
from desktop.cli.output import Answer, iso, table
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.system.i18n import render
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.application.judging import FormJudgement
    from desktop.application.submissions import SubmissionRow


def list_submissions(session: Session) -> Answer:
    """Where every commune's forms of a period stand."""
    from desktop.application.submissions import rows

    with session.record() as record:
        found = rows(record, period=session.arguments.get("period", Period), form=session.arguments.maybe("form", str))
    heads = (
        *(say("Code"), say("Commune"), say("Form"), say("Where it stands"), say("Errors"), say("Warnings")),
        *(say("Received on"), say("Judged")),
    )
    return Answer(
        [_row_json(row) for row in found],
        lambda: table(
            heads,
            [
                (
                    *(row.commune.code, row.commune.name, row.form, STATES.get(row.state, row.state)),
                    *(row.errors, row.warnings, row.received_on or "", _judged(row)),
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


def _judged(row: SubmissionRow) -> str:
    judged = row.judgement
    if judged is None:
        return ""
    word = say("{word} by {office}", word=STATES[judged.verdict], office=judged.office_name)
    return f"{render(word)}: {judged.reason}" if judged.reason else render(word)


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
        "judgement": _judgement_json(row.judgement),
        "may": sorted(row.may),
    }


def _judgement_json(judged: FormJudgement | None) -> dict[str, object] | None:
    if judged is None:
        return None
    return {
        "verdict": judged.verdict,
        "reason": judged.reason,
        "office": judged.office,
        "name": judged.office_name,
        "by": judged.returned_by,
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
                    changes = submissions.give_back(
                        record, unit=unit, form=form, period=period, reason=reason or "", by=told.maybe("by", str)
                    )
                case "lock":
                    changes = submissions.lock(record, unit=unit, form=form, period=period)
                case _:
                    changes = submissions.reopen(record, unit=unit, form=form, period=period, reason=reason or "")
            now = next(
                row
                for row in submissions.rows(record, period=period, form=form)
                if unit in (row.commune.code, f"uid:{row.commune.uid}")
            )
        data = {
            "id": f"{unit}/{form}/{period.id}",
            "unit": unit,
            "form": form,
            "period": period.id,
            "state": now.state,
            "judgement": _judgement_json(now.judgement),
            "changed": changes.changed,
        }
        return Answer(data, lambda: [f"{unit} {form} {period.id}: {render(STATES[now.state])} {_judged(now)}".rstrip()])

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
                *(
                    (Option("by", one_of("phone", "paper", "package"), "phone|paper|package"),)
                    if step == "return"
                    else ()
                ),
            ),
        )
        for step, about in _ABOUT.items()
    ),
)
