"""`values`, `value set`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_period, one_of
from desktop.cli.output import Answer, table, value_json
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.system.i18n import _, render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.value_row import ValueRow


def list_values(session: Session) -> Answer:
    """Figures as stored, or summed to a unit above the communes."""
    from desktop.application.values import value_rows

    told = session.arguments
    with session.record() as record:
        found = value_rows(
            record,
            period=told.get("period", Period),
            unit=told.maybe("unit", str),
            element=told.maybe("element", str),
            kind=Kind(told.maybe("kind", str) or Kind.ACTUAL),
            every=told.flag("all"),
            boundaries=told.maybe("boundaries", date),
        )
    data = [
        {
            "unit": row.unit,
            "period": row.period,
            "element": row.element,
            "category": row.category,
            "kind": str(row.kind),
            **computed_json(row),
            "reported": row.reported,
            "expected": row.expected,
            "note": row.note or (render(row.remark) if row.remark is not None else None),
        }
        for row in found
    ]
    notes = [(row, row.note or (render(row.remark) if row.remark is not None else None)) for row in found]
    heads = (say("Unit"), say("Element"), say("Figure"), say("Reported"), say("Expected"), say("Note"))
    return Answer(
        data,
        lambda: table(
            heads,
            [
                (row.unit, row.element, row.value if row.reason is None else "–", row.reported, row.expected, note)
                for row, note in notes
            ],
        ),
    )


def computed_json(row: ValueRow) -> dict[str, object]:
    """State and value, or that nothing can be computed and why; marks of what was estimated or derived."""
    if row.reason is not None:
        missing = [{"unit": one.code, "name": one.name} for one in row.missing]
        return {"state": "not_computable", "reason": row.reason, "value": None, "missing": missing}
    marks = {"estimated": row.estimated, "derived": row.derived}
    return {**value_json(row.value), **{name: True for name, said in marks.items() if said}}


def set_one(session: Session) -> Answer:
    """Write one figure as if it were typed."""
    from desktop.application.values import set_value

    told = session.arguments
    with session.record() as record:
        changes = set_value(
            record,
            unit=told.get("unit", str),
            period=told.get("period", Period),
            element=told.get("element", str),
            text=told.get("value", str),
            kind=Kind(told.maybe("kind", str) or Kind.ACTUAL),
            note=told.maybe("note", str),
            category=told.maybe("category", str) or "default",
        )
    done = changes.changed
    return Answer({"changed": done}, lambda: [_("Saved.") if done else _("Nothing changed: it already said so.")])


_PERIOD: Final = Option("period", a_period, "P", required=True)
_KIND: Final = Option("kind", one_of(*Kind), "actual|estimate|assigned")

COMMANDS: Final = (
    Command(
        ("values",),
        say("Figures of a period, as stored or summed to a unit"),
        list_values,
        options=(
            _PERIOD,
            Option("unit", shown="CODE"),
            Option("element", shown="KEY"),
            _KIND,
            Option("boundaries", a_day, "DATE"),
            Option("all", flag=True),
        ),
    ),
    Command(
        ("value", "set"),
        say("Write one figure: a number, yes, no, na, or an empty text for not reported"),
        set_one,
        (Word("value", shown="VALUE"),),
        (
            Option("unit", shown="CODE", required=True),
            _PERIOD,
            Option("element", shown="KEY", required=True),
            Option("category", shown="C"),
            _KIND,
            Option("note", shown="TEXT"),
        ),
    ),
)
