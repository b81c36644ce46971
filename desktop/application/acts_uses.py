"""What people have put on a unit that an act made: while it is there the act cannot be taken back."""

from __future__ import annotations

from typing import Final

from db.tables import acts as tables
from db.tables import units
from desktop.application.records import Record
from desktop.domain.acts import Act
from desktop.domain.acts_drafts import fault
from desktop.domain.acts_undo import made_by
from desktop.domain.findings import Finding
from desktop.wording import Sentence, say

_FIGURES: Final = ("value", "denominator", "assignment")
_FORMS: Final = ("submission", "judgement", "finding_reason", "second_entry")


def not_ours(act: Act) -> Finding:
    """The finding for an act that came with a package."""
    return fault(
        "act_received",
        say("The act of {day} ({basis}) came from another office.", day=act.date, basis=act.basis),
        say("Ask that office to take it back; its next package undoes it here too."),
    )


def used(record: Record, act: Act) -> tuple[Finding, ...]:
    """A finding for each unit made by an act on which something stands."""
    register, found = units.register(record), []
    for uid in sorted(made_by(act)):
        rows = tables.uses(record, uid)
        if rows and uid in register.units:
            unit = register.units[uid]
            said = _what(unit.versions[-1].name, rows)
            found.append(fault("act_used", said, say("Move or clear it first."), unit=unit.versions[-1].code))
    return tuple(found)


def _what(name: str, rows: dict[str, int]) -> Sentence:
    figures = sum(rows.get(table, 0) for table in _FIGURES)
    forms = sum(rows.get(table, 0) for table in _FORMS)
    if figures:
        return say("{name} has {count} figures already.", name=name, count=figures)
    if forms:
        return say("Forms of {name} were begun already.", name=name)
    if rows.keys() & {"office", "office_version", "office_commune"}:
        return say("An office has its seat in {name}.", name=name)
    return say("{count} entries speak of {name}.", name=name, count=sum(rows.values()))
