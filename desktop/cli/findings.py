"""`findings`, `findings keep`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_path, a_period, one_of
from desktop.cli.output import Answer, code_of, count_findings, fields, finding_lines, findings_json
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.queries import QueryWritten
    from desktop.application.reasons import ProposedReason
    from desktop.application.records import Record


def list_findings(session: Session) -> Answer:
    """What a person should look at in a period."""
    from desktop.application.checks import findings
    from desktop.application.reasons import proposed_reasons

    told = session.arguments
    form = told.maybe("form", str)
    with session.record() as record:
        if form is not None:
            from desktop.application.entry import form_of

            form_of(record, form)
        found = findings(
            record,
            period=told.get("period", Period),
            unit=told.maybe("unit", str),
            kind=Kind(told.maybe("kind", str) or Kind.ACTUAL),
            form=form,
        )
        asked = _query_sheet(session, record)
        before = proposed_reasons(record, (one for one in found if one.kept is None))

    def lines() -> Iterator[str]:
        yield from finding_lines(found)
        for reason, ids in _by_reason(before).items():
            yield render(say("Kept before because: {reason} ({ids})", reason=reason, ids=", ".join(ids)))
        yield render(count_findings(found))
        if asked:
            yield from fields({say("File"): asked.file, say("Questions"): asked.questions})

    told_json = [{**one, "proposed": _proposed_json(before.get(str(one["id"])))} for one in findings_json(found)]
    return Answer(told_json, lines, code_of(found))


def _by_reason(proposed: dict[str, ProposedReason]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding, one in proposed.items():
        found.setdefault(one.reason, []).append(finding)
    return found


def _proposed_json(proposed: ProposedReason | None) -> dict[str, object] | None:
    """What somebody accepted in an earlier year; it is never taken by itself."""
    if proposed is None:
        return None
    return {"reason": proposed.reason, "who": proposed.who, "period": proposed.period.id, "shown": proposed.shown}


def _query_sheet(session: Session, record: Record) -> QueryWritten | None:
    """The findings of one commune as a query sheet, where a file is asked for."""
    from desktop.application.queries import write

    told = session.arguments
    out = told.maybe("out", Path)
    if out is None:
        return None
    return write(
        record,
        unit=told.maybe("unit", str),
        period=told.get("period", Period),
        form=told.maybe("form", str),
        out=out,
        today=session.today,
    )


def keep(session: Session) -> Answer:
    """Keep findings as they are, with one reason."""
    from desktop.application import checks

    ids = list(dict.fromkeys(session.arguments.many("id", str)))
    with session.record() as record:
        period = checks.period_of_finding(record, ids)
        changes = checks.keep(record, ids=ids, period=period, reason=session.arguments.get("reason", str))
        kept = [finding for finding in checks.findings(record, period=period) if finding.id in ids]
    data = {
        "id": ids[0],
        "ids": ids,
        "period": period.id,
        "findings": findings_json(kept),
        "changed": changes.changed,
    }
    return Answer(data, lambda: finding_lines(kept))


COMMANDS: Final = (
    Command(
        ("findings",),
        say("What a person should look at in a period"),
        list_findings,
        options=(
            Option("period", a_period, "P", required=True),
            Option("unit", shown="CODE"),
            Option("kind", one_of(*Kind), "actual|estimate|assigned"),
            Option("form", shown="NAME"),
            Option("out", a_path, "FILE.pdf|.xlsx|.txt"),
        ),
    ),
    Command(
        ("findings", "keep"),
        say("Keep findings as they are, with a reason"),
        keep,
        (Word("id", shown="ID", many=True),),
        (Option("reason", shown="TEXT", required=True),),
    ),
)
