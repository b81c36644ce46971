"""`children sessions|feed|give|treat|register`: beyond the contract's table, what the window's page Trẻ em does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_day, a_period, one_of, wrong
from desktop.cli.output import Answer, findings_json, iso, table
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.domain.values import plain
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.nutrition_feeding import Difference
    from desktop.application.records import Record
    from desktop.domain.children import Measurement

# As the nouns have them (`desktop.domain.child_care`), which are only loaded when a command is done.
SUPPLEMENTS: Final = ("vitamin_a", "iron", "zinc", "other")
DEGREES: Final = ("moderate", "severe", "complicated")
CARES: Final = ("outpatient", "preventive", "inpatient")
OUTCOMES: Final = ("recovered", "referred", "stopped", "died", "other")


def list_sessions(session: Session) -> Answer:
    """The weighing sessions of a commune, or of the office."""
    from desktop.application import weighing
    from desktop.application.children import meant
    from desktop.application.offices import communes_of

    told = session.arguments
    with session.record() as record:
        unit = told.maybe("unit", str)
        places = meant(record, unit=unit, day=session.today) if unit is not None else None
        found = weighing.sessions(record, communes=places)
        # A commune that ended is named as it was on the day of its session.
        codes = {
            (day, one.uid): one.code for day in {one.first for one in found} for one in communes_of(record, on=day)
        }
    order = {commune: place for place, commune in enumerate(codes)}
    found.sort(key=lambda one: (one.first, order.get((one.first, one.unit or ""), -1)))
    data = [
        {
            "uid": one.uid,
            "unit": (codes.get((one.first, one.unit)) or f"uid:{one.unit}") if one.unit else None,
            "first": one.first.isoformat(),
            "last": iso(one.last) if one.last else None,
            "kind": one.kind.value,
            "name": one.name,
        }
        for one in found
    ]
    heads = (say("Commune"), say("First day"), say("Last day"), say("Kind"), say("Name"))
    rows = [(str(one["unit"] or ""), one["first"], one["last"] or "", one["kind"], one["name"]) for one in data]
    return Answer(data, lambda: table(heads, rows))


def feed(session: Session) -> Answer:
    """Take the figures of the children's lists into the form of a period, or only say what would change."""
    from desktop.application import nutrition_feeding
    from desktop.application.children_papers import sessions_on

    told = session.arguments
    unit, period, day = told.maybe("unit", str), told.get("period", Period), told.maybe("session", date)
    replaces = told.flag("replace")
    with session.record() as record:
        sessions = sessions_on(record, unit=unit, period=period, day=day) if day is not None else None
        if told.flag("dry-run"):
            found = nutrition_feeding.differences(record, unit=unit, period=period, sessions=sessions)
            written = [one for one in found if nutrition_feeding.is_replaced(one, replace_typed=replaces)]
            kept, changed = [one for one in found if one not in written], False
        else:
            done = nutrition_feeding.feed(
                record, unit=unit, period=period, sessions=sessions, replace_typed=replaces, source="cli"
            )
            written, kept, changed = list(done.written), list(done.kept), done.changes.changed
        findings = nutrition_feeding.disagreements(record, unit=unit, period=period, sessions=sessions)
        lacking = nutrition_feeding.lacking(record, period=period)
    data = {
        "written": [_difference(one) for one in written],
        "kept": [_difference(one) for one in kept],
        "lacking": lacking,
        "findings": findings_json(findings),
        "changed": changed,
    }
    return Answer(data, lambda: _fed_lines(written, kept))


def _difference(one: Difference) -> dict[str, object]:
    return {
        "unit": one.commune.code or f"uid:{one.commune.uid}",
        "element": one.element.code,
        "held": None if one.held is None else plain(one.held),
        "value": plain(one.told),
    }


def _fed_lines(written: Sequence[Difference], kept: Sequence[Difference]) -> list[str]:
    heads = (say("Commune"), say("Element"), say("In the form"), say("By the list"), say("What happens"))
    takes, stays = render(say("taken from the list")), render(say("stays as it was typed"))
    rows = [
        (one.commune.name, one.element.name_vi, plain(one.held) or "" if one.held else "", plain(one.told) or "", word)
        for some, word in ((written, takes), (kept, stays))
        for one in some
    ]
    return list(table(heads, rows))


def give(session: Session) -> Answer:
    """Note a supplement given to a child; 0 doses takes the note away."""
    from desktop.application.child_care import give as note
    from desktop.domain.child_care import Given, Supplement

    told = session.arguments
    doses = told.maybe("doses", int)
    given = Given(
        told.get("child", str),
        told.maybe("date", date) or session.today,
        Supplement(told.get("what", str)),
        1 if doses is None else doses,
        told.maybe("note", str) or "",
    )
    with session.record() as record:
        done = note(record, given=[given], today=session.today, source="cli")
    return Answer({"changed": done.changed}, list)


def treat(session: Session) -> Answer:
    """Put a child on the register of acute malnutrition, change its line or say how it ended."""
    from desktop.application.child_care import treat as write
    from desktop.domain.child_care import Care, Degree, Outcome, Treatment

    told = session.arguments
    outcome = told.maybe("outcome", str)
    stay = Treatment(
        told.get("child", str),
        told.get("since", date),
        Degree(told.get("degree", str)),
        Care(told.get("care", str)),
        told.maybe("until", date),
        Outcome(outcome) if outcome else None,
        told.maybe("note", str) or "",
    )
    with session.record() as record:
        arm = told.maybe("muac", int)
        measured = _with_arm(record, stay.child, stay.since, arm) if arm is not None else None
        done = write(record, treatment=stay, measured=measured, today=session.today, source="cli")
    return Answer({"changed": done.changed}, list)


def _with_arm(record: Record, child: str, day: date, arm: int) -> Measurement:
    """What was measured on the day, with the arm said now: nothing that stands is lost."""
    from dataclasses import replace

    from desktop.application.children import child_page
    from desktop.domain.children import Measurement

    held = [one for one in child_page(record, uid=child, log=False).measurements if one.day == day]
    return replace(held[0], child=child, muac=arm, absent=False) if held else Measurement(child, day, muac=arm)


def list_register(session: Session) -> Answer:
    """The register of acute malnutrition of a period; who looked is noted."""
    from desktop.application.child_care import register
    from desktop.application.figures import meant_communes

    told = session.arguments
    period = told.get("period", Period)
    with session.record() as record:
        _, communes, _ = meant_communes(record, unit=told.maybe("unit", str), day=period.last)
        codes = {one.uid: one.code or f"uid:{one.uid}" for one in communes}
        last = min(period.last, session.today)
        found = register(record, communes=list(codes), first=period.first, last=max(last, period.first), log=True)
    data = [
        {
            "uid": one.child.uid,
            "unit": codes.get(one.unit, f"uid:{one.unit}"),
            "name": one.child.name,
            "since": one.treatment.since.isoformat(),
            "degree": one.treatment.degree.value,
            "care": one.treatment.care.value,
            "muac": one.came.muac if one.came else None,
            "oedema": one.came.oedema if one.came else None,
            "until": iso(one.treatment.until) if one.treatment.until else None,
            "outcome": one.treatment.outcome.value if one.treatment.outcome else None,
        }
        for one in found
    ]
    heads = (say("Commune"), say("Full name"), say("Since"), say("Arm (mm)"), say("Until"))
    rows = [
        (str(d["unit"]), str(d["name"]), str(d["since"]), str(d["muac"] or ""), str(d["until"] or "")) for d in data
    ]
    return Answer(data, lambda: table(heads, rows))


def a_number(word: str) -> int:
    """A whole number from 0."""
    if not (word.isascii() and word.isdigit() and len(word) <= 4):
        raise wrong(say("“{word}” is not a whole number.", word=word))
    return int(word)


def _choice(name: str, *words: str, required: bool = False) -> Option:
    return Option(name, one_of(*words), "|".join(words), required=required)


COMMANDS: Final = (
    Command(
        ("children", "sessions"),
        say("The weighing sessions with their days"),
        list_sessions,
        options=(Option("unit", shown="CODE"),),
    ),
    Command(
        ("children", "feed"),
        say("Take the figures of the children's lists into the form of a period"),
        feed,
        options=(
            Option("period", a_period, "P", required=True),
            Option("unit", shown="CODE"),
            Option("session", a_day, "DATE"),
            Option("replace", flag=True),
            Option("dry-run", flag=True),
        ),
    ),
    Command(
        ("children", "give"),
        say("Note a supplement given to a child"),
        give,
        options=(
            Option("child", shown="UID", required=True),
            _choice("what", *SUPPLEMENTS, required=True),
            Option("date", a_day, "DATE"),
            Option("doses", a_number, "N"),
            Option("note", shown="TEXT"),
        ),
    ),
    Command(
        ("children", "treat"),
        say("Write a line of the register of acute malnutrition"),
        treat,
        options=(
            Option("child", shown="UID", required=True),
            Option("since", a_day, "DATE", required=True),
            _choice("degree", *DEGREES, required=True),
            _choice("care", *CARES, required=True),
            Option("muac", a_number, "MM"),
            Option("until", a_day, "DATE"),
            _choice("outcome", *OUTCOMES),
            Option("note", shown="TEXT"),
        ),
    ),
    Command(
        ("children", "register"),
        say("The register of acute malnutrition of a period; who looks is noted"),
        list_register,
        options=(Option("period", a_period, "P", required=True), Option("unit", shown="CODE")),
    ),
)
