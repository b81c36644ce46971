"""`units areas`, `units area`: communes of area I, II, III and especially disadvantaged ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_day, a_text, one_of
from desktop.cli.output import Answer, table
from desktop.cli.session import Session
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.hard_areas import AreaOf

_YES: Final = say("yes")
_NO: Final = say("no")


def list_areas(session: Session) -> Answer:
    """What is said of the communes on a day."""
    from desktop.application.hard_areas import areas

    told = session.arguments
    with session.record() as record:
        found = areas(record, unit=told.maybe("unit", str), on=told.maybe("as-of", date) or session.today)
    heads = (say("Code"), say("Commune"), say("Area"), say("Especially disadvantaged"), say("Decision"))
    rows = [
        (one.commune.code, one.commune.name, one.area or "–", render(_YES if one.is_hard else _NO), one.basis)
        for one in found
    ]
    return Answer([_json(one) for one in found], lambda: table(heads, rows))


def say_area(session: Session) -> Answer:
    """Say what a commune is from a day on; what is not told stays."""
    from desktop.application.hard_areas import HardArea, areas, say_areas

    told = session.arguments
    day, area, hard = told.get("from", date), told.maybe("area", str), told.maybe("hard", str)
    with session.record() as record:
        now = [
            replace(
                one,
                area=one.area if area is None else None if area == "none" else HardArea(area),
                is_hard=one.is_hard if hard is None else hard == "yes",
                basis=told.maybe("basis", str) or one.basis,
            )
            for one in areas(record, unit=told.get("unit", str), on=day)
        ]
        changed = say_areas(record, told=now, day=day, source="cli").changed
    data = {"unit": told.get("unit", str), "changed": changed}
    return Answer(data, lambda: [render(say("What the commune is has been noted."))])


def _json(one: AreaOf) -> dict[str, object]:
    code = one.commune.code or f"uid:{one.commune.uid}"
    return {"unit": code, "area": one.area, "especially_disadvantaged": one.is_hard, "basis": one.basis}


COMMANDS: Final = (
    Command(
        ("units", "areas"),
        say("Communes of area I, II, III and especially disadvantaged ones"),
        list_areas,
        options=(Option("unit", shown="CODE"), Option("as-of", a_day, "DATE")),
    ),
    Command(
        ("units", "area"),
        say("Say which area (I, II, III) a commune is in and whether it is especially disadvantaged"),
        say_area,
        options=(
            Option("unit", shown="CODE", required=True),
            Option("area", one_of("I", "II", "III", "none"), "I|II|III|none"),
            Option("hard", one_of("yes", "no"), "yes|no"),
            Option("from", a_day, "DATE", required=True),
            Option("basis", a_text, "TEXT"),
        ),
    ),
)
