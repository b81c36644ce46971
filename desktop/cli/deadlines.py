"""`deadline list`, `deadline set`: when forms are due (beyond the contract's table)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_period, wrong
from desktop.cli.output import Answer, iso, table
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.domain.workdays import Rule

_DAY: Final = re.compile(r"([0-9]{1,2})(?:/([0-9]{1,2}))?")


def list_all(session: Session) -> Answer:
    """The rule of every form, and the due date of a period."""
    from desktop.application.catalogue import catalogue
    from desktop.application.deadlines import apart, deadline, due, rule_sentence
    from desktop.application.offices import communes_of

    period = session.arguments.maybe("period", Period)
    with session.record() as record:
        found = [
            (code, uid, rule, due(record, form=code, period=period, unit=uid) if period else None)
            for code in catalogue(record).forms
            for uid, rule in [(None, deadline(record, form=code)), *apart(record, form=code).items()]
        ]
        names = {commune.uid: commune.code for commune in communes_of(record, on=session.today)}
    data = [
        {
            "form": code,
            "unit": names.get(uid or "", uid),
            "working_days": rule.working_days if rule else None,
            "day": rule.day if rule else None,
            "month": rule.month if rule else None,
            "due": iso(known.day) if known else None,
            "provisional": known.provisional if known else None,
        }
        for code, uid, rule, known in found
    ]
    heads = (say("Form"), say("Commune"), say("Deadline"), say("Due on"))
    return Answer(
        data,
        lambda: table(
            heads,
            [
                (code, names.get(uid or "", uid or ""), render(rule_sentence(rule)), known.day if known else "")
                for code, uid, rule, known in found
            ],
        ),
    )


def set_one(session: Session) -> Answer:
    """Set or take back the rule of a form, for every sender or for one."""
    from desktop.application.deadlines import put_deadline, rule_sentence
    from desktop.application.figures import unknown_unit
    from desktop.application.offices import communes_of

    told = session.arguments
    form, unit = told.get("form", str), told.maybe("unit", str)
    rule = _rule(told.maybe("working-days", str), told.maybe("day", str), none=told.flag("none"))
    with session.record() as record:
        uids = {commune.code: commune.uid for commune in communes_of(record, on=session.today)}
        if unit is not None and unit not in uids:
            raise unknown_unit(unit, session.today)
        uid = uids[unit] if unit is not None else None
        changes = put_deadline(record, form=form, rule=rule, unit=uid, source="cli")
    return Answer({"form": form, "unit": unit, "changed": changes.changed}, lambda: [render(rule_sentence(rule))])


def _rule(working_days: str | None, day: str | None, *, none: bool) -> Rule | None:
    from desktop.domain.workdays import Rule

    if (working_days is not None) + (day is not None) + none != 1:
        raise wrong(say("Give --working-days, --day or --none."))
    if none:
        return None
    found = _DAY.fullmatch(day or "")
    if day is not None and not found:
        raise wrong(say("“{word}” is not a day.", word=day), say("Write a day of the month, or a day and month: 15/1."))
    try:
        if found:
            return Rule(day=int(found[1]), month=int(found[2]) if found[2] else None)
        return Rule(working_days=int(working_days or ""))
    except ValueError:
        raise wrong(say("“{word}” is no deadline.", word=working_days or day or "")) from None


COMMANDS: Final = (
    Command(
        ("deadline", "list"),
        say("When forms are due"),
        list_all,
        options=(Option("period", a_period, "P"),),
    ),
    Command(
        ("deadline", "set"),
        say("Set when a form is due"),
        set_one,
        options=(
            Option("form", shown="NAME", required=True),
            Option("unit", shown="CODE"),
            Option("working-days", shown="N"),
            Option("day", shown="DD[/MM]"),
            Option("none", flag=True),
        ),
    ),
)
