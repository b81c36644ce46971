"""`units list`, `act`, `undo`, `proposals`: the register on a day and the acts that change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop.cli.acts_told import answer_json, answer_lines, proposal_json
from desktop.cli.arguments import Command, Option, Word, a_day, a_path
from desktop.cli.output import Answer, code_of, finding_lines, findings_json, iso, table
from desktop.cli.session import Session, existing_file
from desktop.cli.words import spoken
from desktop.domain.findings import Severity
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.acts import ActsAnswer
    from desktop.domain.findings import Finding


def list_units(session: Session) -> Answer:
    """Units standing on a day, in register order; all, or those below one."""
    from desktop.application.units import units_on

    day = session.arguments.maybe("as-of", date) or session.today
    with session.record_or_shipped() as record:
        found = units_on(record, day=day, under=session.arguments.maybe("under", str))
    data = [
        {
            "uid": row.uid,
            "code": row.code,
            "name": row.name,
            "kind": str(row.kind),
            "parent": row.parent,
            "valid_from": iso(row.valid_from),
            "valid_to": iso(row.valid_to),
        }
        for row in found
    ]
    heads = (say("Code"), say("Name"), say("Kind"), say("Belongs to"), say("From day"), say("To day"))
    return Answer(
        data,
        lambda: table(
            heads, [(row.code, row.name, spoken(row.kind), row.parent, row.valid_from, row.valid_to) for row in found]
        ),
    )


def act(session: Session) -> Answer:
    """Enter the acts of a file as one change, or say what they would do."""
    from desktop.application.acts import ActsAnswer, enter_acts
    from desktop.exchange.act_file import read_acts

    file = existing_file(session.arguments.get("file", Path))
    drafts, findings = read_acts(file.read_bytes(), file.name)
    dry = session.arguments.flag("dry-run")
    with session.record() as record:
        done = ActsAnswer(()) if findings else enter_acts(record, drafts, source="cli", dry_run=dry)
    return _entered(done, findings)


def _entered(done: ActsAnswer, unread: Iterable[Finding] = ()) -> Answer:
    findings = [*unread, *done.findings]
    rows = [answer_json(answer) for answer in done.answers]
    data: dict[str, Any] = dict(rows[0]) if len(rows) == 1 else {"id": None, "act": None, "preview": _together(rows)}
    if len(rows) > 1:
        data["id"], data["acts"] = [row["id"] for row in rows], rows
    data |= {"findings": findings_json(findings), "changed": done.changes.changed}
    if (worst := next((one for one in findings if one.severity is Severity.ERROR), None)) is not None:
        advice = render(worst.advice) if worst.advice else None
        data = {"error": {"code": worst.rule, "title": render(worst.message), "advice": advice}} | data

    def lines() -> Iterator[str]:
        for answer in done.answers:
            yield from answer_lines(answer)
        yield from finding_lines(findings)

    return Answer(data, lines, code_of(findings))


def _together(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    names = ("units", "codes", "series", "unknowable")
    return {name: [entry for row in rows for entry in row["preview"][name]] for name in names}


def undo(session: Session) -> Answer:
    """Take an act back; refused while something stands on it."""
    from desktop.application.acts import undo_act

    uid = session.arguments.get("id", str)
    with session.record() as record:
        answer = undo_act(record, uid, source="cli")
    changed = answer.changes.changed
    done = say("The act was undone.") if changed else say("The act was undone before; nothing is changed.")
    return Answer(answer_json(answer.answers[0]) | {"changed": changed}, lambda: [render(done)])


def proposals(session: Session) -> Answer:
    """What the map of 1 July 2025 proposes; confirms what is asked for."""
    from desktop.application import proposals as offered
    from desktop.application.acts import look_at

    told = session.arguments
    uids, sure = told.many("confirm", str), told.flag("confirm-sure")
    with session.record() as record:
        if uids or sure:
            basis = told.maybe("basis", str)
            return _entered(offered.confirm(record, uids=uids, sure=sure, basis=basis, source="cli"))
        found = [(one, look_at(record, one.draft)) for one in offered.proposals(record)]
    heads = (say("New unit"), say("Parts"), say("Both lists agree"), say("Confirmed"))
    return Answer(
        [proposal_json(one, answer) for one, answer in found],
        lambda: table(
            heads,
            [
                (
                    f"{one.draft.tos[0].code} {one.draft.tos[0].name}",
                    ", ".join(part.name if part.whole else f"{part.name} (…)" for part in one.parts),
                    spoken("yes" if one.is_sure else "no"),
                    spoken("yes" if one.is_confirmed else "no"),
                )
                for one, _ in found
            ],
        ),
    )


COMMANDS: Final = (
    Command(
        ("units", "list"),
        say("Administrative units standing on a day"),
        list_units,
        options=(Option("as-of", a_day, "DATE"), Option("under", shown="CODE")),
    ),
    Command(
        ("units", "act"),
        say("Enter acts of units: mergers, divisions, new names and codes"),
        act,
        (Word("file", a_path, "ACT.json"),),
        (Option("dry-run", flag=True),),
    ),
    Command(("units", "undo"), say("Take an act of units back"), undo, (Word("id", shown="ID"),)),
    Command(
        ("units", "proposals"),
        say("Acts the shipped map of 1 July 2025 proposes"),
        proposals,
        options=(
            Option("confirm-sure", flag=True),
            Option("confirm", shown="ID", many=True),
            Option("basis", shown="TEXT"),
        ),
    ),
)
