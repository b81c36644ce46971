"""`children` and `erase`: the list of children with their measurements, and lawful erasure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_day
from desktop.cli.output import Answer, table, tell
from desktop.cli.session import Session
from desktop.system.i18n import _, render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.children_list import Listed, Measured


def list_children(session: Session) -> Answer:
    """Children with their measurements; who looked is noted."""
    from desktop.application.children_list import listed

    told = session.arguments
    with session.record() as record:
        found = listed(
            record,
            unit=told.maybe("unit", str),
            session=told.maybe("session", date),
            today=session.today,
            expected=told.flag("expected"),
        )
    # A province's list: made while it is printed.
    data = (
        {
            "uid": one.uid,
            "unit": one.unit,
            "name": one.name,
            "sex": one.sex,
            "birth_date": one.birth_date.isoformat() if one.birth_date else None,
            "status": str(one.status),
            "measurements": [_measured_json(measured) for measured in one.measurements],
        }
        for one in found
    )
    return Answer(data, lambda: _lines(found))


def _measured_json(one: Measured) -> dict[str, object]:
    return {
        "date": one.day,
        "weight": _plain(one.weight, 3),
        "lenhei": _plain(one.lenhei, 1),
        "measure": one.position,
        "oedema": one.oedema,
        "absent": one.absent,
        "age_days": one.age_days,
    }


def _plain(amount: int | None, places: int) -> str | None:
    """Grams as kilograms (3 places), millimetres as centimetres (1), in plain notation without trailing zeros."""
    if amount is None:
        return None
    whole, part = divmod(amount, 10**places)
    return f"{whole}.{part:0{places}d}".rstrip("0") if part else str(whole)


def _lines(found: list[Listed]) -> Iterator[str]:
    heads = (
        say("Code"),
        say("Full name"),
        say("Sex"),
        say("Birth date"),
        say("Visit"),
        say("Weight (kg)"),
        say("Length (cm)"),
    )
    rows = []
    for one in found:
        last = one.measurements[-1] if one.measurements else None
        sex = {"m": say("boy"), "f": say("girl")}.get(one.sex or "")
        shown = say("absent") if last is not None and last.absent else None
        rows.append(
            (
                one.unit,
                one.name or one.uid,
                render(sex) if sex else "",
                one.birth_date or "",
                last.day if last else "",
                render(shown) if shown else _plain(last.weight, 3) if last else "",
                _plain(last.lenhei, 1) or "" if last else "",
            )
        )
    yield from table(heads, rows)


def erase(session: Session) -> Answer:
    """Erase a child: its journal is redacted, the erasure travels to all who got it."""
    from desktop.application.erasing import erase_child

    told = session.arguments
    with session.record() as record:
        done = erase_child(record, uid=told.get("child", str), reason=told.get("reason", str), source="cli")
    if not done.scrubbed:
        tell(_("Close the other windows of this record: until then its log may still hold traces of what was erased."))
    data = {
        "erased": told.get("child", str),
        "entries": list(done.entries),
        "journal_rows_redacted": done.journal_rows,
        "partners": list(done.partners),
        "scrubbed": done.scrubbed,
        "changed": done.changes.changed,
    }
    return Answer(
        data,
        lambda: [
            render(say("Erased. Rows of history made empty: {count}.", count=done.journal_rows)),
            *(render(say("{name} is told with the next package.", name=name)) for name in done.partners),
        ],
    )


COMMANDS: Final = (
    Command(
        ("children",),
        say("Children with their measurements; who looks is noted"),
        list_children,
        options=(
            Option("unit", shown="CODE"),
            Option("session", a_day, "DATE"),
            Option("expected", flag=True),
        ),
    ),
    Command(
        ("erase",),
        say("Erase a child lawfully: here, in new backups, at all who got it"),
        erase,
        options=(Option("child", shown="UID", required=True), Option("reason", shown="TEXT", required=True)),
    ),
)
