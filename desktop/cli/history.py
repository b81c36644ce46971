"""`history`, `undo`, `redo`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from desktop.cli.arguments import Command, Option, a_period, wrong
from desktop.cli.output import Answer
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.domain.values import SCALE, plain_fraction
from desktop.system.i18n import _, render
from desktop.wording import say

if TYPE_CHECKING:
    from db.history import Entry
    from desktop.application.history import Undone

SHOWN: Final = 50


def a_count(word: str) -> int:
    """How many rows, at least one."""
    if not (word.isascii() and word.isdigit() and int(word)):
        raise wrong(say("“{word}” is not a number of rows.", word=word))
    return int(word)


def list_history(session: Session) -> Answer:
    """What was written, newest first; people see the last rows, programs all of them."""
    from desktop.application.history import history
    from desktop.application.units import codes_of, standing_day

    told = session.arguments
    period, element, unit = told.maybe("period", Period), told.maybe("element", str), told.maybe("unit", str)
    limit = told.maybe("limit", int) or (None if session.common.json else SHOWN)
    with session.record() as record:
        if element is not None:
            from desktop.application.entry import element_of

            element_of(record, element)
        day = period.last if period else standing_day(record, unit, day=session.today) if unit else session.today
        found = history(record, unit=unit, period=period, element=element, today=day, limit=limit)
        units = codes_of(record, day=day)
        if named := {str(entry.key) for entry in found if entry.table == "child"}:
            from desktop.application import access

            access.look(record, what="list", about="history", rows=len(named))

    def lines() -> Iterator[str]:
        change = None
        for entry in found:
            if entry.change != change:
                change = entry.change
                yield f"{change}  {entry.when}  {entry.who}  {render(entry.what)}".rstrip()
            sides = f"{_side(entry, entry.before)} → {_side(entry, entry.after)}"
            yield f"    {entry.table} {_place(entry, units)}: {sides}"
        if not found:
            yield _("Nothing to show.")

    return Answer([_json(entry, units) for entry in found], lines)


def _json(entry: Entry, units: Mapping[str, str]) -> dict[str, object]:
    place = {name: units.get(part, part) if name == "unit" else part for name, part in entry.place.items()}
    return {
        "change": entry.change,
        "when": entry.when,
        "who": entry.who,
        "what": render(entry.what),
        "node": entry.node,
        "sequence": entry.sequence,
        "table": entry.table,
        "key": entry.key,
        "before": _content(entry, entry.before),
        "after": _content(entry, entry.after),
        "source": entry.source,
        "undoes": entry.undoes,
        "erased_by": entry.erased_by,
        **{name: place.get(name) for name in ("unit", "period", "element", "category", "kind", "form")},
    }


def _content(entry: Entry, columns: Mapping[str, Any] | None) -> dict[str, Any]:
    """The columns that changed; of a figure also its state's name and its value in plain decimals."""
    content = dict(columns or {})
    if entry.table == "value":
        from db.tables.codes import STATES

        if isinstance(content.get("state"), int):
            content["state"] = str(STATES[content["state"]])
        if "amount" in content or "text" in content:
            amount = content.get("amount")
            content["value"] = content.get("text") if amount is None else plain_fraction(Fraction(amount, SCALE), 4)
    return content


def _place(entry: Entry, units: Mapping[str, str]) -> str:
    return " ".join(str(units.get(str(part), part)) for part in entry.place.values())


def _side(entry: Entry, columns: Mapping[str, Any] | None) -> str:
    content = _content(entry, columns)
    if entry.table == "value" and content:
        shown = content.get("value")
        return str(content.get("state", "") if shown is None else shown) or "–"
    return ", ".join(f"{name}={value}" for name, value in content.items()) or "–"


def _step(back: bool) -> Callable[[Session], Answer]:  # noqa: FBT001 - the one thing that differs
    def take(session: Session) -> Answer:
        from desktop.application.history import history, redo, undo

        with session.record() as record:
            done: Undone = (undo if back else redo)(record, source=None)
            newest = history(record, today=session.today, limit=1)
        data = {
            "id": newest[0].change if newest else None,
            "what": render(done.what),
            "changed": done.changes.changed,
        }
        return Answer(data, lambda: [render(done.what)])

    return take


COMMANDS: Final = (
    Command(
        ("history",),
        say("What was written, by whom and when, newest first"),
        list_history,
        options=(
            Option("unit", shown="CODE"),
            Option("period", a_period, "P"),
            Option("element", shown="KEY"),
            Option("limit", a_count, "N"),
        ),
    ),
    Command(("undo",), say("Take back the last change of this person"), _step(back=True)),
    Command(("redo",), say("Do again what was last taken back"), _step(back=False)),
)
